"""Reads again what is written so that only a reader puts it together, and gives that reading to other recognizers.

Spaced-out characters ("j a n e @ …"), numbers with unusual separators ("4111_1111 …", "4111 / 1111 / …"), values broken
at the end of a line or of a quoted or encoded one, percent-encoding, and digits in words. All readings of a text go
into one scratch text, so that every recognizer runs over it once and time stays linear.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from models.pii.finding import Finding
from models.pii.recognizer import Recognizer
from models.pii.recognizers.literals import places_in
from models.pii.recognizers.number_words import number_readings
from models.pii.recognizers.pattern import CHECKSUM, CONTEXT, PATTERN, around, compiled, lowered, merged
from models.pii.recognizers.window_text import WindowText

_BEFORE_CHARS = 64
_AFTER_CHARS = 32
_PADDING = "\n" * 72
"""Between two readings, longer than any recognizer looks for context."""
_SURE = CHECKSUM - 0.08
"""More than a format: a line break or a comma between two numbers is mostly what it seems."""

_AS_IT_IS = -1
"""In place of an end: a stretch of the original, character by character."""

Edit = tuple[int, int, str]
"""``text[start:end]`` is read as the third."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a stretch of the text: edits in order, and the least score of a finding that it can carry.

    ``whole``: only a finding that takes in every edit counts. ``across_lines``: of telephone numbers, which have no
    check digit, only international ones count.
    """

    edits: tuple[Edit, ...]
    least_score: float
    whole: bool = False
    across_lines: bool = False


class SecondReadingRecognizer:
    """Runs ``recognizers`` over other readings of the text; only findings across an edited place count."""

    name = "second reading"

    def __init__(self, recognizers: Sequence[Recognizer]) -> None:
        self._recognizers = tuple(recognizers)

    def find(self, text: str) -> Iterator[Finding]:
        """Yield findings at the places in ``text`` that they were read from."""
        scratch = _Scratch(text, list(_readings(text)))
        if not scratch.text:
            return
        for recognizer in self._recognizers:
            for finding in recognizer.find(scratch.text):
                moved = scratch.moved(finding)
                if moved is not None:
                    yield moved


class _Scratch:
    """The readings one after another, and where in the original each stretch of them comes from."""

    def __init__(self, text: str, readings: Sequence[Reading]) -> None:
        parts: list[str] = []
        # For each stretch: its offset here, its start there, its end there where it is an edit, and the edits so far.
        self._offsets: list[int] = []
        self._stretches: list[tuple[int, int, int]] = []
        self._readings = readings
        self._bounds: list[int] = []
        length = edits = 0
        for reading in readings:
            position = max(0, reading.edits[0][0] - _BEFORE_CHARS)
            end = min(len(text), reading.edits[-1][1] + _AFTER_CHARS)
            self._bounds.append(length)
            for start, stop, value in (*reading.edits, (end, end, _PADDING)):
                if position < start:
                    parts.append(text[position:start])
                    self._offsets.append(length)
                    self._stretches.append((position, _AS_IT_IS, edits))
                    length += start - position
                edits += 1
                if value:
                    parts.append(value)
                    self._offsets.append(length)
                    self._stretches.append((start, stop, edits))
                    length += len(value)
                position = stop
        self.text = WindowText("".join(parts))

    def _place(self, offset: int) -> tuple[int, int, int]:
        """Start and end in the original of the character at ``offset``, and the number of edits up to it."""
        stretch = bisect_right(self._offsets, offset) - 1
        start, end, edits = self._stretches[stretch]
        if end == _AS_IT_IS:
            start += offset - self._offsets[stretch]
            end = start + 1
        return start, end, edits

    def moved(self, finding: Finding) -> Finding | None:
        """``finding`` in the original, or None where it would have been found there anyhow or is too weak."""
        first, last = finding.start, finding.end - 1
        reading = self._readings[bisect_right(self._bounds, first) - 1]
        start, _, edits_before = self._place(first)
        _, end, edits = self._place(last)
        replaced = any(edit[2] and edit[0] <= start and end <= edit[1] for edit in reading.edits[:1])
        if start >= end or (edits == edits_before and not replaced):
            return None
        international = self.text[first] == "+"
        if finding.score < (CONTEXT if international else reading.least_score):
            return None
        if reading.across_lines and finding.entity == "PHONE" and not international:
            return None
        if reading.whole and not (start < reading.edits[0][0] and reading.edits[-1][1] < end):
            return None
        reason = f"{finding.reason} It is written so that only a reader puts it together."
        return replace(finding, start=start, end=end, score=round(finding.score - 0.02, 4), reason=reason)


def _readings(text: str) -> Iterator[Reading]:
    lower = lowered(text)
    yield from number_readings(lower, Reading)
    yield from _percent(text)
    yield from _spaced_out(text)
    yield from _broken_lines(text)
    yield from _odd_separators(text)


_PERCENT = r"%(?:2[0-9BbDdEeFf]|3[AaDd]|40|5[Ff]|[46][1-9A-Fa-f]|[57][0-9Aa])|=40(?=[A-Za-z])"


def _percent(text: str) -> Iterator[Reading]:
    if "%" not in text and "=40" not in text:
        return
    edits = [(m.start(), m.end(), chr(int(m[0][1:], 16))) for m in compiled(_PERCENT).finditer(text)]
    for cluster in _clusters(edits):
        yield Reading(cluster, CONTEXT)


def _clusters(edits: Sequence[Edit]) -> Iterator[tuple[Edit, ...]]:
    """Edits that stand near one another, together."""
    cluster: list[Edit] = []
    for edit in edits:
        if cluster and edit[0] - cluster[-1][1] > _BEFORE_CHARS:
            yield tuple(cluster)
            cluster = []
        cluster.append(edit)
    if cluster:
        yield tuple(cluster)


_SPACED_OUT = r"(?<!\S)\S(?:[ \t\n]{1,2}\S){7,160}(?!\S)"

# Six characters by themselves, as in every such row behind its first.
_SINGLE = r"[ \t\n](?:\S[ \t\n]{1,2}){6}"
_SPACED_BEFORE_CHARS, _SPACED_CHARS = 4, 512


def _spaced_out(text: str) -> Iterator[Reading]:
    for begin, end in around(text, _SINGLE, _SPACED_BEFORE_CHARS, _SPACED_CHARS):
        for match in compiled(_SPACED_OUT).finditer(text, begin, end):
            blanks = compiled(r"[ \t\n]+").finditer(text, match.start(), match.end())
            yield Reading(tuple((blank.start(), blank.end(), "") for blank in blanks), CONTEXT)


# The end of a line with its hyphen or the sign of quoted-printable text, and the marks of a quotation before the next.
_LINE_END = r"[ \t]{0,3}(?P<hyphen>[-=]?)\r?\n(?P<quote>[ \t>|*#/]{0,8})"
_LINE_END_CHARS = 5
_LONGEST_QUOTE = 9
"""With the line break before it."""
_LINE_BREAK = r"\n[ \t>|*#/]{0,8}"
# Where the word behind it holds a digit or the sign of an address, or a sign of quoted-printable text stands before it.
_BREAK_BEFORE = rf"{_LINE_BREAK}+(?=\S{{0,40}}[\d@])"
_BREAK_BEHIND = r"=[ \t\r]{0,47}\n"
_LONG_TOKEN = 14
_ABOVE_CHARS = 48


def _broken_lines(text: str) -> Iterator[Reading]:
    addresses: list[Edit] = []
    joined: list[Edit] = []
    hyphened: list[Edit] = []
    spaced: list[Edit] = []
    for place in _breaks(text):
        begin = max(0, place - _LINE_END_CHARS)
        last = text.rfind("\n", max(0, begin - _LONGEST_QUOTE), place)
        if last >= 0 and (line_break := compiled(_LINE_BREAK).match(text, last)):
            begin = max(begin, line_break.end())
        match = compiled(_LINE_END).search(text, begin)
        if match is None:
            continue
        before = _word_before(text, match.start())
        after = _word_after(text, match.end())
        if not before or not after:
            continue
        numbers = before[-1].isdigit() and after[0].isdigit()
        in_parts = any(char.isdigit() for char in before) and any(char.isdigit() for char in after)
        edge = match.start(), match.end()
        if _is_broken_address(before, after, hyphen=bool(match["hyphen"])):
            addresses.append((*edge, ""))
        elif match["hyphen"] == "=" and text[match.start()] == "=":
            addresses.append((*edge, ""))  # a soft break of quoted-printable text, mostly
        elif in_parts and (match["hyphen"] or numbers or len(before) + len(after) >= _LONG_TOKEN):
            joined.append((*edge, ""))
        if match["hyphen"] == "-" and in_parts:
            hyphened.append((*edge, "-"))
        if in_parts:
            spaced.append((*edge, " "))
    for edits, least in ((addresses, CONTEXT), (joined, PATTERN), (hyphened, CONTEXT), (spaced, PATTERN)):
        for cluster in _clusters(edits):
            if not _is_column(text, cluster):
                yield Reading(cluster, least, across_lines=least == PATTERN)


def _breaks(text: str) -> list[int]:
    """The ends of lines between which there may be something to put together."""
    places = {match.start() for match in compiled(_BREAK_BEFORE).finditer(text)}
    places.update(match.end() - 1 for match in compiled(_BREAK_BEHIND).finditer(text))
    reached = 0
    for at in places_in(text, "@"):
        place = text.find("\n", max(reached, at), at + _ABOVE_CHARS + 1)
        while place >= 0:
            places.add(place)
            reached = place + 1
            place = text.find("\n", reached, at + _ABOVE_CHARS + 1)
    return sorted(places)


def _is_column(text: str, breaks: Sequence[Edit]) -> bool:
    """Whether many lines of nothing but a number follow one another."""
    lines = [text[first[1] : second[0]] for first, second in pairwise(breaks)]
    return len(lines) >= _MOST_LINES - 1 and all(len(line) > 2 and line.isdigit() for line in lines)


def _is_broken_address(before: str, after: str, *, hyphen: bool) -> bool:
    """Whether an e-mail address may go on in the next line; a whole one beside a line break is found without this."""
    if "@" in before:
        domain = before.rpartition("@")[2]
        return after[0].isalnum() and (hyphen or compiled(r"[\w-]*|.*[.]").fullmatch(domain) is not None)
    return "@" in after and (hyphen or after[0] == "@" or before[-1] in "._-")


def _word_before(text: str, end: int) -> str:
    words = text[max(0, end - 40) : end].rsplit(None, 1)
    return words[-1] if words and not text[end - 1].isspace() else ""


def _word_after(text: str, start: int) -> str:
    words = text[start : start + 40].split(None, 1)
    return words[0] if words and not text[start].isspace() else ""


_BETWEEN = r"[^A-Za-z0-9]{0,5}"
_RUN = rf"\d(?:{_BETWEEN}(?:[A-Z]{{1,4}}{_BETWEEN})?\d){{5,60}}"
_GROUP = r"[A-Za-z0-9]+"
_LIST_MARKS = frozenset(",;|\t\n")
_LEAST_DIGITS = 6
_LONGEST_SEPARATOR = 5
_LONGEST_PREFIX = 8
_LONGEST_WORD = 24
_USUAL = (" ", "-")
_OPERATORS, _SENTENCE_MARKS = frozenset("+-*/×÷"), frozenset(".!?;:")
_IBAN = r"[A-Z]{2}\d\d(?!\w)|[A-Z]{2}\d\d[A-Z0-9]{4}"
_DASHED = [3, 2, 4]
"""The groups of a US Social Security number, which is known by its dashes."""
_MOST_COLUMNS = 6
_MOST_LINES = 5
_MOST_GROUPS = 40
"""More than the longest identifier has characters: a list."""


def _odd_separators(text: str) -> Iterator[Reading]:
    """Groups of letters and digits with the same separator between them, which is none of the usual ones."""
    spans = ((max(0, m.start() - _LONGEST_PREFIX), min(len(text), m.end() + 6)) for m in compiled(_RUN).finditer(text))
    for begin, end in merged(spans):
        begin, end = _whole_words(text, begin, end)
        groups = list(compiled(_GROUP).finditer(text, begin, end))
        words = [group[0] for group in groups]
        capital = [word == word.upper() for word in words]
        separators = [text[a.end() : b.start()] for a, b in pairwise(groups)]
        # The usual ones only between capitals and digits, since words stand beside numbers.
        for place, separator in enumerate(separators):
            if separator in _USUAL and not (capital[place] and capital[place + 1]):
                separators[place] = ""
        for separator, stretch in groupby(range(len(separators)), key=separators.__getitem__):
            if not separator or len(separator) > _LONGEST_SEPARATOR:
                continue
            places = list(stretch)
            first, stop = places[0], places[-1] + 2
            if separator.strip(" ") in _OPERATORS and compiled(r"[ ]?=").match(text, groups[stop - 1].end()):
                continue  # a sum
            yield from _stretch(separator, groups[first:stop], words[first:stop])


def _whole_words(text: str, begin: int, end: int) -> tuple[int, int]:
    """The span grown to whole words, within reason."""
    low, high = max(0, begin - _LONGEST_WORD), min(len(text), end + _LONGEST_WORD)
    while low < begin and text[begin - 1].isalnum():
        begin -= 1
    while end < high and text[end].isalnum():
        end += 1
    return begin, end


def _stretch(separator: str, groups: Sequence[re.Match[str]], words: Sequence[str]) -> Iterator[Reading]:
    if not 2 <= len(groups) <= _MOST_GROUPS:
        return
    mark = separator.strip(" ")
    if sum(map(str.isdigit, "".join(words))) < _LEAST_DIGITS or _is_usual(mark, words):
        return
    seams = [(a.end(), b.start()) for a, b in pairwise(groups)]
    usual = separator in _USUAL
    if usual and (len(words) < 3 or all(word.isdigit() for word in words) or compiled(_IBAN).match(words[0])):
        return  # the other recognizers know digits in groups
    if mark[:1] in _LIST_MARKS - {"\t"} and (len(words) < 3 or not all(word.isdigit() for word in words)):
        return
    if separator == " + " and all(len(word) <= 3 for word in words):
        return  # a sum
    if mark in _SENTENCE_MARKS and any(len(word) > 2 and word.istitle() and word.isalpha() for word in words[1:]):
        return  # the end of a sentence and the first word of the next
    if "(" in mark or ")" in mark or ("=" in mark and len(mark) > 1):
        return  # telephone numbers; elements of a list in a program
    if "\n" in separator and len(words) > _MOST_LINES and all(len(word) > 2 and word.isdigit() for word in words):
        return  # a column of numbers
    least = _SURE if usual or mark[:1] in _LIST_MARKS else CONTEXT
    dashed = ("-",) if [len(word) for word in words] == _DASHED else ()
    for value in ("",) if usual else ("", " ", *dashed):
        yield Reading(tuple((start, end, value) for start, end in seams), least)
        if "\t" in mark and len(groups) <= _MOST_COLUMNS:
            yield Reading(tuple((start, end, value) for start, end in seams), CONTEXT, whole=True)


def _is_usual(mark: str, groups: Sequence[str]) -> bool:
    """Dates, times, decimals, thousands, network addresses and lists of small numbers: nothing to put together."""
    if mark in (".", ",", "/", ":") and len(groups) < 4 and all(len(group) <= 4 for group in groups):
        return len(groups) < 3 or mark == ":" or len(groups[-1]) == len(groups[0]) - 2 or len(groups[0]) <= 2
    if mark in (".", ",") and len(groups) == 2 and len(groups[0]) <= 3 and all(group.isdigit() for group in groups):
        return True  # decimals, numbers of versions
    if mark in (".", ",") and all(len(group) == 3 and group.isdigit() for group in groups[1:]) and len(groups[0]) <= 3:
        return True
    if mark == ":":
        return all(len(group) <= 2 or compiled(r"(?:\d\d)?T\d\d").fullmatch(group) for group in groups)
    if mark == "." and len(groups) == 3 and all(group.isdigit() for group in groups):
        return all(len(group) <= 2 for group in groups[:2])
    if mark in ("+", "-") and [len(group) for group in groups] in ([4, 5], [6, 7]):
        return True  # degrees of latitude and longitude
    if mark == "." and len(groups) == 4 and all(len(group) <= 3 for group in groups):
        return True
    return mark[:1] in _LIST_MARKS - {"\t"} and len(set(map(len, groups[:-1]))) > 1
