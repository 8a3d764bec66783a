"""Weighs what rules, lists and the model say of the same place.

A cue in the text (a title, a field label, a greeting, a mail header, the heading of a column) stands by itself. Two
capitalised words from the lists of names are weak evidence: streets, firms and works are called like people, and the
model, which reads the sentence, mostly knows. A weak word of the model, in turn, is enough where a name from the lists
stands. The numbers were read off the training side's kept-back shapes (``pii_tagger.evaluation``).
"""

import math
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from models.pii.cues import cued
from models.pii.faint import faint
from models.pii.finding import Finding
from models.pii.policy import sensitivity
from models.pii.recognizers.goods import counts_goods
from models.pii.recognizers.known_name import LISTED, KnownNameRecognizer
from models.pii.recognizers.name_lists import folded, is_doubtful, is_given, is_in_lexicon, is_public, is_surname
from models.pii.recognizers.name_words import NOT_NAMES
from models.pii.recognizers.other_script import is_other_script
from models.pii.recognizers.pattern import CONTEXT, PATTERN, compiled
from models.pii.recognizers.person import TITLED, office_holders
from models.pii.recognizers.placeholder import is_placeholder
from models.pii.recognizers.public_names import NOT_SURNAMES
from models.pii.recognizers.vehicle import is_near_driving
from models.pii.tagger.labels import RECOGNIZER

if TYPE_CHECKING:
    from models.pii.tagger.decoding import Prediction
    from models.pii.tagger.tagger import Reading

STRONGEST = PATTERN - 0.01
"""Score of a finding that only words around it bear out, however many: below that of a format."""

_GIVEN, _DOUBTFUL_GIVEN, _SURNAME = 2.0, 1.0, 1.0
"""Weights, in logits, of a listed given name, of one that is a word too, and of a surname beside another word. With a
listed given name, one finding of the model in fifty was none from a score of 0.5 on; without, from 0.9 on. Of the names
that the lists alone bear out, those to which the model gave less than 0.1 were none in two cases of three, those to
which it gave more than 0.3 in one of fifty."""
_NOTHING_LISTED, _NOT_WRITTEN_SO = -1.0, -3.0
"""Weights of a single word that is on no list, and of one that is besides in lower case, in a few capitals or a word
that begins sentences. Below a score of 0.96, every second one of the former was no name, and nearly all of the latter.
"""
_SHORT_CAPITALS = 4
_PUBLIC = -6.0
"""Weight of the whole name of a public figure: the model cannot know them apart, and may not decide alone."""

_SAID = {
    "PERSON": "a person's name",
    "ADDRESS": "a postal address",
    "DATE_OF_BIRTH": "a date of birth",
    "AGE": "a person's age",
    "HEALTH": "something about a person's health",
    "RELIGION": "a person's religion",
    "ETHNICITY": "a person's origin",
    "POLITICS": "a person's political views",
    "SEXUAL_LIFE": "a person's sexual life or orientation",
    "UNION": "membership in a union",
    "USERNAME": "a person's user name",
    "PHONE": "a person's telephone number",
    "ID_NUMBER": "a number that stands for a person",
    "VEHICLE": "somebody's vehicle",
    "ORGANISATION": "an organisation",
    "PLACE": "a place",
}
_MONTHS = (
    "april|may|june|july|august|märz|mai|juni|juli|avril|juin|juillet|août|abril|mayo|junio|julio|agosto|aprile|"
    "maggio|giugno|luglio|maio|junho|julho|augustus|mei"
)
_OF_TIME = (
    r"(?:(?<!\w)(?:in|(?:end|start|beginning|middle|month) of|until|till|since|early|mid|late|last|next|im|ab|bis|seit|"
    r"vom|zum|anfang|mitte|ende|letzten|nächsten|en|de|du|d['’]|fin|début|mi|depuis|hasta|desde|a|di|fino a|da|até|"
    r"sinds|tot|eind|half|begin)|\d\.?)[ -]?$"
)
"""What stands before a month and hardly ever before a name."""
_FORMED = frozenset({"USERNAME", "PHONE", "ID_NUMBER", "VEHICLE"})
"""Entities with recognizers of their own, which know more of their form than the model does."""
_SOMEBODY = (
    "my his her your their client customer patient member employee tenant applicant pupil student "
    "mein dein ihr sein kund patient mitglied mon ma votre son sa mi su tu cliente paciente mio sua suo meu minha seu "
    "mijn zijn haar klant min din hans hennes"
)
_CALLING = (
    "call called calling phone phoned ring rang dial text texted tel telephone mobile cell fax whatsapp signal "
    "ruf anruf handy telefon appel appeler appelez tél téléphone llama llame llamar móvil chiama chiamare cellulare "
    "liga ligue ligar celular bel mobiel ring mobil"
)
_SAID_OF_SOMEBODY = {
    "ID_NUMBER": rf"(?i)\b(?:{'|'.join(_SOMEBODY.split())})(?:e[mnrs]?|in)?\b",
    "PHONE": rf"(?i)\b(?:{'|'.join(_CALLING.split())})\b",
}
"""Words that say, within ``_REACH`` characters before a number, that it is somebody's."""
_COUNTED = frozenset({*_SAID_OF_SOMEBODY, "VEHICLE"})
"""Numbers that also count or name things. Of vehicles, ``is_near_driving`` says whether one is meant."""
_REACH = 60
_TITLE_CHARS = 32
_NAMES_A_THING = (
    r"(?:^|[^\w-])(?:name|title|label|package|crate|module|image|host(?:name)?|ssid|id|key|type|kind|class|version|branch|region)"
    r"[\"']?[ \t]{0,4}(?:[=:]|=>)[ \t]{0,4}[\"'`]?\Z"
)
"""A setting or field right before a value that names a thing, as packages of a lock file are named."""
_CERTAIN = CONTEXT + (STRONGEST - CONTEXT) * 0.97
"""Score from which the model is too sure of a name for the lexicon to speak against it."""
_FUSED = frozenset({"PERSON", "ADDRESS", "DATE_OF_BIRTH"})
"""Entities that rules and the model both find: what overlaps is one."""


def weigh(text: str, findings: Sequence[Finding], reading: "Reading | None") -> list[Finding]:
    """``findings`` of the recognizers with those of the model, agreeing ones as one.

    Without a ``reading`` (no model, or one that failed) the recognizers' own stand. Linear, sorting apart.
    """
    holders = office_holders(text)
    kept = [f for f in findings if not _is_office_holder(f, text, holders)]
    if reading is None:
        return kept
    kept = [f for f in kept if not _is_unlikely(f, text, reading)]
    by_entity: dict[str, list[Finding]] = {}
    for finding in kept:
        if finding.entity in _FUSED:
            by_entity.setdefault(finding.entity, []).append(finding)
    result = [finding for finding in kept if finding.entity not in _FUSED]
    places = Places(kept)
    read: dict[str, list[Prediction]] = {}
    for prediction in reading.predictions:
        value = text[prediction.start : prediction.end]
        if is_other_script(value) or not any(map(str.isalnum, value)) or _is_call(value, text, prediction.end):
            continue  # words that the vocabulary does not hold: what the model says of them means nothing
        if prediction.entity in _FORMED and not _may_be_formed(text, prediction, places, reading):
            continue
        read.setdefault(prediction.entity, []).append(prediction)
    for entity in {**by_entity, **read}:
        ruled = sorted(by_entity.get(entity, []))
        said = read.get(entity, [])
        threshold = reading.thresholds[entity]
        if entity in _FUSED:
            result += _fused(text, ruled, said, threshold)
        else:
            result += [_alone(p) for p in said if p.score >= threshold]
    result = without_numbers_only(text, without_famous_only(text, without_doubtful_only(text, result, reading.alone)))
    return [*result, *faint(text, result, reading)]


def _is_call(value: str, text: str, end: int) -> bool:
    """Whether it is the name of a function of a program that is called: ``os.Getenv(``."""
    return text[end : end + 1] == "(" and compiled(r"\w+(?:\.\w+)+").fullmatch(value) is not None


def without_doubtful_only(text: str, findings: Sequence[Finding], alone: float) -> list[Finding]:
    """``findings`` without special categories that score below ``alone``, if nothing else in the text is personal.

    Where no word mostly speaks of health, belief or belonging, such a reading of an unusual word is mostly wrong.
    """
    others = [f for f in findings if not _is_doubtful(text, f, alone)]
    return list(findings) if _any_blocks(others) else others


def _is_doubtful(text: str, finding: Finding, alone: float) -> bool:
    return (
        finding.recognizer == RECOGNIZER
        and finding.score < _scored(alone)
        and sensitivity(finding.entity) == "special category"
        and cued(text[finding.start : finding.end]) is None
    )


def without_famous_only(text: str, findings: Sequence[Finding]) -> list[Finding]:
    """``findings`` without the names of people in the lexicon, if nothing else in the text is personal.

    A text about Keynes is nobody's data; where somebody's address stands too, a name is taken for somebody's.
    """
    others = [f for f in findings if not _is_famous(text, f)]
    return list(findings) if _any_blocks(others) else others


def without_numbers_only(text: str, findings: Sequence[Finding]) -> list[Finding]:
    """``findings`` without the numbers that nothing but the model bears out, if nothing says that somebody is meant.

    Beside a name or an address, such a number is somebody's; in a text without, it counts what was sold or built.
    """
    others = [f for f in findings if not _is_only_counted(f)]
    likely = [f for f in findings if not _is_only_counted(f) or not counts_goods(text, f.start)]
    if _any_blocks(others):
        return likely
    return [f for f in likely if not _is_only_counted(f) or _is_somebodys(text, f)]


def _any_blocks(findings: Sequence[Finding]) -> bool:
    return any(sensitivity(f.entity) != "context only" for f in findings)


def _is_only_counted(finding: Finding) -> bool:
    return finding.recognizer == RECOGNIZER and finding.entity in _COUNTED


def _is_somebodys(text: str, finding: Finding) -> bool:
    if finding.entity == "VEHICLE":
        return is_near_driving(text, finding.start, finding.end)
    before = text[max(0, finding.start - _REACH) : finding.start]
    return compiled(_SAID_OF_SOMEBODY[finding.entity]).search(before) is not None


def _is_famous(text: str, finding: Finding) -> bool:
    if finding.entity != "PERSON":
        return False
    weak = finding.recognizer in (RECOGNIZER, KnownNameRecognizer.name) and finding.score < _CERTAIN
    name = re.sub(r"['’]s?$", "", text[finding.start : finding.end])
    if weak and (is_in_lexicon(name) or is_public(name)):
        return True
    # "Captain Ahab" by his title, "Juan Sebastián Elcano" where a word was left out.
    before = compiled(r"(?:[^\W\d_][\w'’-]*\.?[ ]){1,2}$").search(
        text, max(0, finding.start - _TITLE_CHARS), finding.start
    )
    words = before[0].split() if before else []
    return any(is_public(" ".join([*words[-count:], name])) for count in range(1, len(words) + 1))


def _may_be_formed(text: str, prediction: "Prediction", places: "Places", reading: "Reading") -> bool:
    """Whether a number or user name that the model reads is none that a recognizer judged, and could be one at all."""
    if places.touches(prediction.start, prediction.end):
        return False
    value = text[prediction.start : prediction.end]
    if prediction.entity != "USERNAME":
        return any(char.isdigit() for char in value)
    word_start = max(text.rfind(blank, 0, prediction.start) for blank in " \n\t") + 1
    if len(value) < 3 or "://" in text[word_start : prediction.end] or "@" in value[1:]:
        return False
    if is_placeholder(value) or compiled(_NAMES_A_THING, re.IGNORECASE).search(
        text, max(0, prediction.start - _REACH), prediction.start
    ):
        return False
    if value[-1] in "._-" and text[prediction.end : prediction.end + 1].isalnum():
        return False  # a part of a name in a program: "os.Getenv"
    # A word that everybody knows is no user name on the model's word alone.
    return value[0] == "@" or not value.isalpha() or reading.pieces(prediction.start, prediction.end) > 1


class Places:
    """Where findings stand."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        spans = sorted((f.start, f.end) for f in findings)
        self._starts = [start for start, _ in spans]
        self._reach = list(accumulate((end for _, end in spans), max))

    def touches(self, start: int, end: int) -> bool:
        """Whether one of them overlaps ``[start, end)``."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._reach[before - 1] > start


def _is_office_holder(finding: Finding, text: str, holders: frozenset[str]) -> bool:
    """Whether a title stands before the last name of a high official ("President Jane Doe … Ms Doe")."""
    return (
        bool(holders)
        and finding.entity == "PERSON"
        and finding.reason == TITLED
        and text[finding.start : finding.end].split()[-1] in holders
    )


def _is_unlikely(finding: Finding, text: str, reading: "Reading") -> bool:
    """Whether only the lists bear a name out, and the model sees too little of one there."""
    if finding.recognizer != KnownNameRecognizer.name or finding.score > LISTED:
        return False
    likely = reading.probability(finding.start, finding.end)
    return not _is_name(text[finding.start : finding.end], likely, reading.thresholds["PERSON"])


def _fused(text: str, ruled: Sequence[Finding], said: Sequence["Prediction"], threshold: float) -> list[Finding]:
    """One finding for all rules and readings that overlap; a reading alone must reach its threshold."""
    result: list[Finding] = []
    free = list(ruled)
    starts = [finding.start for finding in free]
    reach = max((finding.end - finding.start for finding in free), default=0)
    agreed: dict[int, Prediction] = {}
    for prediction in said:
        first = bisect_left(starts, prediction.start - reach)
        after = bisect_left(starts, prediction.end)
        touched = [i for i in range(first, after) if free[i].end > prediction.start]
        if touched:
            agreed.update((index, prediction) for index in touched)
        elif _is_enough(text, prediction, threshold) and not _is_month(text, prediction):
            result.append(_alone(prediction, _listed_words(text, prediction)))
    for index, finding in enumerate(free):
        match = agreed.get(index)
        result.append(finding if match is None else _together(finding, match))
    return result


def _alone(prediction: "Prediction", more: str = "") -> Finding:
    reason = f"The model reads this as {_SAID[prediction.entity]} (score {_shown(prediction.score)}){more}."
    return Finding(prediction.start, prediction.end, prediction.entity, _scored(prediction.score), RECOGNIZER, reason)


def _scored(score: float) -> float:
    """The score of a finding that the model alone gives this much."""
    return round(CONTEXT + (STRONGEST - CONTEXT) * score, 4)


def _together(finding: Finding, prediction: "Prediction") -> Finding:
    """Both cover the place: the span of both, and a score above either."""
    reason = (
        f"{finding.reason} The model reads it as {_SAID[prediction.entity]} too (score {_shown(prediction.score)})."
    )
    score = finding.score
    if score < STRONGEST:
        score += (STRONGEST - score) * prediction.score
    start, end = min(finding.start, prediction.start), max(finding.end, prediction.end)
    return replace(finding, start=start, end=end, score=round(score, 4), reason=reason)


def _shown(score: float) -> str:
    return f"{min(score, 0.99):.2f}"


def _logit(score: float) -> float:
    # No score of a small model is surer than this, whatever it says.
    score = min(max(score, 0.005), 0.995)
    return math.log(score / (1 - score))


def _is_month(text: str, prediction: "Prediction") -> bool:
    """Whether a month's name stands where a month is meant: "Mitte August", "in April", "12 juin"."""
    if compiled(_MONTHS, re.IGNORECASE).fullmatch(text, prediction.start, prediction.end) is None:
        return False
    return compiled(_OF_TIME, re.IGNORECASE).search(text, max(0, prediction.start - 16), prediction.start) is not None


def _is_enough(text: str, prediction: "Prediction", threshold: float) -> bool:
    """Whether a reading that no rule shares reaches its threshold; for names, with what the lists say."""
    if prediction.entity != "PERSON":
        return prediction.score >= threshold
    return _is_name(text[prediction.start : prediction.end], prediction.score, threshold)


def _is_name(value: str, likely: float, threshold: float) -> bool:
    return _logit(likely) + list_weight(value) >= _logit(threshold)


def list_weight(value: str) -> float:
    """What the lists of names say of ``value``, in logits."""
    words = _words(value)
    if is_public(" ".join(words)):
        return _PUBLIC
    given = [is_doubtful(word) for word in words if is_given(word)]
    surname = len(words) > 1 and any(is_surname(word) and not is_doubtful(word) for word in words)
    weight = 0.0 if not given else _DOUBTFUL_GIVEN if all(given) else _GIVEN
    weight += _SURNAME if surname else 0.0
    if given or surname or len(words) > 1:
        return weight
    no_name = not words or folded(words[0]) in NOT_SURNAMES or folded(words[0]) in NOT_NAMES
    short = value.isupper() and len(value) <= _SHORT_CAPITALS
    return _NOT_WRITTEN_SO if no_name or short or value.islower() else _NOTHING_LISTED


def _listed_words(text: str, prediction: "Prediction") -> str:
    if prediction.entity != "PERSON":
        return ""
    words = _words(text[prediction.start : prediction.end])
    given, surname = any(map(is_given, words)), any(map(is_surname, words[1:]))
    if given and surname:
        return "; a first name and a surname from the lists stand here"
    return "; a first name from the lists stands here" if given else ""


def _words(value: str) -> list[str]:
    words: list[str] = compiled(r"[^\W\d_]+(?:['’-][^\W\d_]+){0,3}").findall(value)
    return [re.sub(r"['’]s$", "", word) for word in words if len(word) > 1]
