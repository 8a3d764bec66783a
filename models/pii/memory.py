"""What a document has said once it need not say again: names and values that were found are found everywhere in it.

A name is known by its parts too (the surname alone, the first name alone), in any case, with a possessive, with
initials, and written together as people make addresses and handles of it. Parts that are ordinary words ("Mark",
"Will", "May") count only where something else speaks for a name. Everything is looked up by its words, in one pass.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Literal

from models.pii.finding import Finding
from models.pii.recognizers import name_words
from models.pii.recognizers.known_name import LISTED
from models.pii.recognizers.literals import Literals
from models.pii.recognizers.name_lists import folded, is_doubtful, is_given, is_surname
from models.pii.recognizers.pattern import CONTEXT, compiled, lowered
from models.pii.recognizers.placeholder import listed
from models.pii.recognizers.public_names import NOT_SURNAMES, THINGS

if TYPE_CHECKING:
    from models.pii.tagger.tagger import Reading

RECOGNIZER = "document memory"

_Kind = Literal["name", "initialled", "initials", "part", "doubtful part", "handle", "value"]
Key = tuple[str, ...]

_WORD = r"[^\W_]+"
_FOLDED_WORD = r"(?<![^\W_])[0-9A-Za-z]*+[^\W\x00-\x7f][^\W_]*"
"""One whose look-up drops accents, perhaps."""
_TITLES = frozenset(folded(word) for word in re.findall(r"[^\W\d_]+", name_words.HONORIFICS)) - {"a"}
_PARTICLES = frozenset(re.findall(r"[^\W\d_]+", name_words.PARTICLES.lower()))
_MOST_WORDS = 24
"""Longer values are not looked up."""
_SURE_MODEL = CONTEXT + 0.15
"""Score from which a name that only the model read is remembered: one weak reading must not spread."""
_DOUBTFUL_NEEDS, _LOWER_NEEDS = 0.25, 0.1
"""What the model must give a name's part that is a word too, and one in lower case."""
_THING = 0.9
"""From this on, the model is so sure of a firm or a place that a name's part there is not the person."""
_VALUES = listed(
    """
    ADDRESS DATE_OF_BIRTH ID_NUMBER BANK_ACCOUNT PASSPORT DRIVING_LICENCE NATIONAL_ID US_SSN UK_NHS UK_NINO VEHICLE
    DEVICE_ID PHONE PASSWORD API_TOKEN
    """
)
"""Entities whose values are looked for again; the others are found wherever they stand."""
_LEAST_VALUE_CHARS = 6
_LEAST_HANDLE_CHARS = 5
_NOT_INITIALS = frozenset(("jd", "md", "ma", "ba", "bs", "mr", "ms", "dr", "us", "uk", "eu", "am", "pm", "ad", "bc"))


@dataclass(frozen=True, slots=True)
class _Form:
    """What a sequence of words means in this document."""

    kind: _Kind
    entity: str
    first: str = ""
    """Initial of the first name that goes with a surname."""


def recall(text: str, findings: Sequence[Finding], reading: "Reading | None" = None) -> list[Finding]:
    """Further findings: where names and values among ``findings`` come again. Linear in ``text``."""
    forms = _forms(text, findings)
    if not forms:
        return []
    lengths: dict[str, list[int]] = {}
    for key in forms:
        sizes = lengths.setdefault(key[0], [])
        if len(key) not in sizes:
            sizes.append(len(key))
    for sizes in lengths.values():
        sizes.sort(reverse=True)
    taken = _Taken(findings)
    return list(_again(text, forms, lengths, taken, reading))


class _Taken:
    """Places that are found already, asked for in rising order."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self._spans = sorted((f.start, f.end) for f in findings)
        self._index = 0
        self._reach = 0

    def covers(self, start: int, end: int) -> bool:
        """Whether one of the findings that begin at or before ``start`` reaches to ``end``."""
        while self._index < len(self._spans) and self._spans[self._index][0] <= start:
            self._reach = max(self._reach, self._spans[self._index][1])
            self._index += 1
        return self._reach >= end


def _again(
    text: str, forms: dict[Key, _Form], lengths: dict[str, list[int]], taken: _Taken, reading: "Reading | None"
) -> Iterator[Finding]:
    reach = 0
    for first in _places(text, lengths):
        if first < reach:
            continue
        following = compiled(_WORD).finditer(text, first)
        words = [next(following)]
        sizes = lengths.get(folded(words[0][0]))
        if sizes is None:
            continue
        words += islice(following, sizes[0] - 1)
        keys = tuple(folded(word[0]) for word in words)
        for size in sizes:
            form = forms.get(keys[:size]) if size <= len(keys) else None
            if form is None:
                continue
            start, end = first, words[size - 1].end()
            if taken.covers(start, end):
                reach = end
                break
            if _stands(text, start, end, form, reading):
                start, end = _widened(text, start, end, form)
                yield Finding(start, end, form.entity, _score(form), RECOGNIZER, _reason(form))
                reach = words[size - 1].end()
                break


def _places(text: str, words: Collection[str]) -> list[int]:
    """Where one of ``words`` (folded) stands in ``text``, in order: one pass for all, not a look at every word."""
    places = {
        place
        for word, found in Literals(words).places(lowered(text)).items()
        for place in found
        if not text[place - 1 : place].isalnum() and not text[place + len(word) : place + len(word) + 1].isalnum()
    }
    if not text.isascii():
        places.update(word.start() for word in compiled(_FOLDED_WORD).finditer(text) if folded(word[0]) in words)
    return sorted(places)


def _score(form: _Form) -> float:
    return round(CONTEXT + (0.05 if form.kind in ("name", "initialled", "value") else 0.02), 4)


def _reason(form: _Form) -> str:
    if form.kind == "value":
        return "The same was found elsewhere in this text."
    if form.kind in ("name", "initialled"):
        return "The same name was found elsewhere in this text."
    if form.kind == "handle":
        return "It is written together from a name that was found elsewhere in this text."
    return "It is part of a name that was found elsewhere in this text."


def _stands(text: str, start: int, end: int, form: _Form, reading: "Reading | None") -> bool:
    """Whether the form means the same at this place."""
    value = text[start:end]
    if form.kind == "value":
        return True
    if form.kind == "handle":
        return not _is_one_piece(reading, start, end)
    if form.kind == "name":
        return True
    if form.kind == "initialled":
        return _is_initialled(value)
    if form.kind == "initials":
        return compiled(r"(?:[^\W\d_a-z]\.[ ]?){2,3}[^\W\d_a-z]").fullmatch(value) is not None
    following = compiled(r"[ ]([^\W\d_]+)").match(text, end)
    if following and value[0].isupper() and following[1][0].isupper() and folded(following[1]) in THINGS:
        return False
    before = text[max(0, start - 24) : start]
    if _introduced(before, form):
        return True
    likely = reading.probability(start, end) if reading is not None else None
    if form.kind == "doubtful part":
        return likely is not None and likely >= _DOUBTFUL_NEEDS
    if value[0].isupper():
        return likely is None or likely >= 0.05 or not _is_thing(reading, start, end)
    if len(value) < 4 or compiled(r"[@/_\\]|[.](?=\w)").match(text, end) or before.endswith(("@", "/", "_", ".", "\\")):
        return False
    if likely is not None:
        return likely >= _LOWER_NEEDS
    return is_given(value) or is_surname(value)


def _is_initialled(value: str) -> bool:
    """Whether an initial and a surname are written as such ("M. Silva", "m.silva"), not "a long" for "A. Long"."""
    initial, between, last = value[0], value[1:].partition(value[1:].lstrip(" ._-"))[0], value[1:].lstrip(" ._-")
    if between.strip():
        return between != ". " or (initial.isupper() and last[0].isupper())
    return initial.isupper() and last[0].isupper() and not is_doubtful(last)


def _introduced(before: str, form: _Form) -> bool:
    """Whether a title, or the initial of the first name, stands right before."""
    match = compiled(r"(?<![^\W_])([^\W\d_]{1,12})\.?[ ]$").search(before)
    if match is None:
        return False
    word = match[1]
    if len(word) == 1:
        return word.isupper() and bool(form.first) and folded(word) == form.first
    return word[0].isupper() and folded(word) in _TITLES


def _widened(text: str, start: int, end: int, form: _Form) -> tuple[int, int]:
    """With the initials before a surname ("M. Silva", "M. E. Silva")."""
    if form.kind in ("part", "doubtful part") and form.first:
        match = compiled(r"(?<![^\W_])(?:[^\W\d_]\.?[ ]?-?){1,3}$").search(text, max(0, start - 10), start)
        if match and folded(match[0][0]) == form.first and match[0][0].isupper():
            return match.start(), end
    return start, end


def _is_thing(reading: "Reading | None", start: int, end: int) -> bool:
    if reading is None:
        return False
    return max(reading.probability(start, end, entity) for entity in ("ORGANISATION", "PLACE")) >= _THING


def _is_one_piece(reading: "Reading | None", start: int, end: int) -> bool:
    """Whether the model's vocabulary knows this as one word: then it is an ordinary one."""
    return reading is not None and reading.pieces(start, end) == 1


def _forms(text: str, findings: Sequence[Finding]) -> dict[Key, _Form]:
    forms: dict[Key, _Form] = {}
    names: list[Key] = []
    for finding in findings:
        value = text[finding.start : finding.end]
        if finding.entity == "PERSON" and _is_confident(finding):
            names.append(_name_words(value))
        elif finding.entity in _VALUES:
            for part in _value_parts(value, finding.entity):
                key = _key(part)
                if 0 < len(key) <= _MOST_WORDS:
                    forms[key] = _Form("value", finding.entity)
    # Whole names last, so that a part of one person's does not hide another's whole.
    for name in dict.fromkeys(names):
        for key, form in _parts(name):
            forms.setdefault(key, form)
    for name in dict.fromkeys(names):
        if len(name) > 1:
            whole = [word for word in name if len(word) > 1]
            if len(whole) > 1:
                forms[name] = _Form("name", "PERSON")
            if len(whole) > 1:
                forms[(whole[-1], *whole[:-1])] = _Form("name", "PERSON")
    return forms


def _is_confident(finding: Finding) -> bool:
    """Names that a cue, several things together or a sure reading bear out."""
    return finding.score >= _SURE_MODEL if finding.recognizer == "model" else finding.score > LISTED


def _key(value: str) -> Key:
    return tuple(folded(word) for word in compiled(_WORD).findall(value))


def _name_words(value: str) -> Key:
    """The words of a name without titles, first name first ("Silva, Maria" is turned around)."""
    before, comma, after = value.partition(",")
    words = _key(f"{after} {before}" if comma and after.strip() else value)
    if words and words[-1] == "s" and re.search(r"['’][sS]$", value):
        words = words[:-1]
    while len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    return words


def _parts(name: Key) -> Iterator[tuple[Key, _Form]]:
    """Every part that may stand for the person, and what they make of it in addresses and handles."""
    whole = [word for word in name if len(word) > 1 and word not in _PARTICLES and word.isalpha()]
    several = len(name) > 1
    for word in whole:
        if len(word) < 3 and several:
            continue
        surname = several and word == whole[-1]
        doubtful = is_doubtful(word) or word in NOT_SURNAMES or word in THINGS or word in name_words.NOT_NAMES
        kind: _Kind = "doubtful part" if doubtful else "part"
        yield (word,), _Form(kind, "PERSON", name[0][0] if surname and name[0] != word else "")
    if several:
        initials = tuple(word[0] for word in name if word not in _PARTICLES)
        if 3 <= len(initials) <= 4 and "".join(initials) not in _NOT_INITIALS:
            yield initials, _Form("initials", "PERSON")
    if len(whole) > 1 or (several and whole):
        first, last = name[0], whole[-1]
        for handle in _handles(first, last):
            yield handle, _Form("handle", "USERNAME")
        yield (first[0], last), _Form("initialled", "PERSON")


def _handles(first: str, last: str) -> Iterator[Key]:
    """Written together, and the parts that a dot, dash or underscore leaves."""
    if first == last:
        return
    for joined in (first[0] + last, first + last, last + first[0], last + first):
        if len(joined) >= _LEAST_HANDLE_CHARS and not is_doubtful(joined):
            yield (joined,)


def _value_parts(value: str, entity: str) -> Iterator[str]:
    """A value as a whole, and of an address each line with a number in it."""
    if len(value) >= _LEAST_VALUE_CHARS and (entity == "ADDRESS" or any(char.isdigit() for char in value)):
        yield value
    if entity == "ADDRESS":
        for line in re.split(r"[\n,;|]", value):
            if len(line.strip()) >= 8 and re.search(r"\d", line) and re.search(r"[^\W\d_]{3}", line):
                yield line
