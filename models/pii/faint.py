"""What the model half sees counts where somebody is surely meant.

That a person is ill, believes or belongs is mostly said in few plain words ("on home oxygen", "ten o'clock Mass"),
which the model, asked about any text, rightly doubts. Beside a name or another sure sign of a person they are far
likelier about that person, and the text is kept on this device anyway; so less is enough there, and still less for
words that mostly speak of such things.
"""

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from models.pii.cues import cued
from models.pii.finding import Finding
from models.pii.kin import kin
from models.pii.policy import sensitivity
from models.pii.recognizers.name_lists import is_doubtful, is_given, is_surname
from models.pii.recognizers.pattern import CONTEXT
from models.pii.tagger.labels import ENTITIES, RECOGNIZER

if TYPE_CHECKING:
    from models.pii.tagger.tagger import Reading

_SPECIAL = tuple(entity for entity in ENTITIES if sensitivity(entity) == "special category")
_LEAST, _ENOUGH = 0.01, 0.25
"""Probabilities: of every word of a finding, and of its likeliest one, if none of its words is a cue. Half as much for
the first finds one health mark in 80 more, with as many findings at no mark."""
_NAME, _MOST_WORDS = 0.2, 3
"""The same for a name from the lists: one in 80 of the held-out corpus was found so, with about as many false ones."""
_REACH = 1500
"""Characters between the word and the sign of a person, at most."""
_NEAR = 120
"""The same, where the sign is words such as "my wife": about the sentence."""
_LEAST_LETTERS = 4
_SAID = {
    "HEALTH": "something about somebody's health",
    "RELIGION": "somebody's religion",
    "ETHNICITY": "somebody's origin",
    "POLITICS": "somebody's political views",
    "SEXUAL_LIFE": "somebody's sexual life or orientation",
    "UNION": "membership in a union",
}


def faint(text: str, findings: Sequence[Finding], reading: "Reading") -> list[Finding]:
    """Further findings of special categories, apart from ``findings``. Linear, sorting apart."""
    areas = _areas(text, findings)
    if not areas:
        return []
    starts = [start for start, _ in areas]
    taken = [(f.start, f.end) for f in findings]

    def somebody_is_meant(start: int, end: int) -> bool:
        place = bisect_right(starts, end) - 1
        return place >= 0 and areas[place][1] > start

    result = []
    for start, end, _, score in reading.runs(("PERSON",), _NAME, taken):
        if somebody_is_meant(start, end) and _is_name(text[start:end]):
            reason = f"Near a sure sign of a person, a name from the lists stands here (score {score:.2f})."
            result.append(Finding(start, end, "PERSON", CONTEXT, RECOGNIZER, reason))
    for start, end, entity, score in reading.runs(_SPECIAL, _LEAST, taken):
        if not somebody_is_meant(start, end):
            continue
        words = text[start:end]
        cue = cued(words)
        if cue or (score >= _ENOUGH and sum(map(str.isalpha, words)) >= _LEAST_LETTERS):
            entity = cue or entity
            reason = f"Near a sure sign of a person, the model half reads this as {_SAID[entity]} (score {score:.2f})."
            result.append(Finding(start, end, entity, CONTEXT, RECOGNIZER, reason))
    return result


def _is_name(text: str) -> bool:
    """Whether these are one to three words written like names, one of them from the lists and nothing else."""
    words = text.split()
    if not 0 < len(words) <= _MOST_WORDS or not all(word[:1].isupper() and word[1:].islower() for word in words):
        return False
    return any((is_given(word) or is_surname(word)) and not is_doubtful(word) for word in words)


def _areas(text: str, findings: Sequence[Finding]) -> list[tuple[int, int]]:
    """Where somebody is surely meant: spans around signs of a person, in order, none touching another."""
    signs = [(start - _NEAR, end + _NEAR) for start, end in kin(text)]
    signs += [
        (finding.start - _REACH, finding.end + _REACH)
        for finding in findings
        if sensitivity(finding.entity) not in ("context only", "secret")
    ]
    areas: list[tuple[int, int]] = []
    for start, end in sorted(signs):
        if areas and start <= areas[-1][1]:
            areas[-1] = (areas[-1][0], max(end, areas[-1][1]))
        else:
            areas.append((start, end))
    return areas
