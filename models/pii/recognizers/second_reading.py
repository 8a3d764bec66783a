"""Reads again what is written so that only a reader puts it together, and gives that reading to other recognizers.

Spaced-out characters ("j a n e @ …"), numbers with unusual separators ("4111_1111 …", "4111 / 1111 / …"), values broken
at the end of a line or of a quoted or encoded one, percent-encoding, and digits in words. All readings of a text go
into one scratch text, so that every recognizer runs over it once and time stays linear.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from models.pii.finding import Finding
from models.pii.recognizer import Recognizer
from models.pii.recognizers.number_words import number_readings
from models.pii.recognizers.pattern import CHECKSUM, CONTEXT, compiled, lowered, merged

_BEFORE_CHARS = 64
_AFTER_CHARS = 32
_PADDING = "\n" * 72
"""Between two readings, longer than any recognizer looks for context."""
_SURE = CHECKSUM - 0.08
"""More than a format: a line break or a comma between two numbers is mostly what it seems."""

Edit = tuple[int, int, str]
"""``text[start:end]`` is read as the third."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a stretch of the text: edits in order, and the least score of a finding that it can carry."""

    edits: tuple[Edit, ...]
    least_score: float


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
    """The readings one after another, and the place in the original of each of their characters."""

    def __init__(self, text: str, readings: Sequence[Reading]) -> None:
        parts: list[str] = []
        self._origins: list[int] = []
        self._ends: list[int] = []
        self._edited: list[int] = []
        self._least: list[float] = []
        for reading in readings:
            begin = max(0, reading.edits[0][0] - _BEFORE_CHARS)
            end = min(len(text), reading.edits[-1][1] + _AFTER_CHARS)
            position = begin
            for start, stop, value in (*reading.edits, (end, end, _PADDING)):
                parts += (text[position:start], value)
                self._origins += range(position, start)
                self._ends += range(position + 1, start + 1)
                self._edited += [0] * (start - position)
                self._origins += [start] * len(value)
                self._ends += [stop] * len(value)
                # An edited place is one more than the last, so that a span across it is told by its ends.
                self._edited += [1] * len(value)
                if not value and self._edited:
                    self._edited[-1] = 1
                position = stop
            self._least += [reading.least_score] * (len(self._origins) - len(self._least))
        self.text = "".join(parts)
        total = 0
        for index, edited in enumerate(self._edited):
            total += edited
            self._edited[index] = total

    def moved(self, finding: Finding) -> Finding | None:
        """``finding`` in the original, or None where it would have been found there anyhow or is too weak."""
        last = finding.end - 1
        crosses = self._edited[last] > (self._edited[finding.start - 1] if finding.start else 0)
        least = CONTEXT if self.text[finding.start] == "+" else self._least[finding.start]
        if not crosses or finding.score < least:
            return None
        start, end = self._origins[finding.start], self._ends[last]
        if start >= end:
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


def _spaced_out(text: str) -> Iterator[Reading]:
    for match in compiled(_SPACED_OUT).finditer(text):
        blanks = compiled(r"[ \t\n]+").finditer(text, match.start(), match.end())
        yield Reading(tuple((blank.start(), blank.end(), "") for blank in blanks), CONTEXT)


# The end of a line with its hyphen or the sign of quoted-printable text, and the marks of a quotation before the next.
_LINE_END = r"[ \t]{0,3}(?P<hyphen>[-=]?)\r?\n(?P<quote>[ \t>|*#/]{0,8})"
_LONG_TOKEN = 20


def _broken_lines(text: str) -> Iterator[Reading]:
    addresses: list[Edit] = []
    joined: list[Edit] = []
    hyphened: list[Edit] = []
    spaced: list[Edit] = []
    for match in compiled(_LINE_END).finditer(text):
        before = _word_before(text, match.start())
        after = _word_after(text, match.end())
        if not before or not after:
            continue
        numbers = before[-1].isdigit() and after[0].isdigit()
        in_parts = any(char.isdigit() for char in before) and any(char.isdigit() for char in after)
        edge = match.start(), match.end()
        if "@" in before + after:
            addresses.append((*edge, ""))
        elif in_parts and (match["hyphen"] or numbers or len(before) + len(after) >= _LONG_TOKEN):
            joined.append((*edge, ""))
        if match["hyphen"] == "-" and in_parts:
            hyphened.append((*edge, "-"))
        if in_parts and (match["quote"] or match["hyphen"] or not numbers):
            spaced.append((*edge, " "))
    for edits, least in ((addresses, CONTEXT), (joined, _SURE), (hyphened, CONTEXT), (spaced, _SURE)):
        for cluster in _clusters(edits):
            yield Reading(cluster, least)


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
_LONGEST_PREFIX = 8


def _odd_separators(text: str) -> Iterator[Reading]:
    """Groups of letters and digits with the same separator between them, which is none of the usual ones."""
    spans = ((max(0, m.start() - _LONGEST_PREFIX), min(len(text), m.end() + 6)) for m in compiled(_RUN).finditer(text))
    for begin, end in merged(spans):
        groups = list(compiled(_GROUP).finditer(text, begin, end))
        seams = [(a, b, text[a.end() : b.start()]) for a, b in pairwise(groups)]
        for separator, stretch in groupby(seams, key=lambda seam: seam[2]):
            parts = list(stretch)
            yield from _stretch(separator, [parts[0][0], *(second for _, second, _ in parts)])


def _stretch(separator: str, groups: Sequence[re.Match[str]]) -> Iterator[Reading]:
    mark = separator.strip(" ")
    if len(separator) > 5 or separator in (" ", "-") or len(groups) < 2:
        return
    digits = sum(char.isdigit() for group in groups for char in group[0])
    if digits < 6 or _is_usual(mark, [group[0] for group in groups]):
        return
    least = _SURE if mark[:1] in _LIST_MARKS else CONTEXT
    seams = [(a.end(), b.start()) for a, b in pairwise(groups)]
    for value in ("", " ", "-"):
        yield Reading(tuple((start, end, value) for start, end in seams), least)


def _is_usual(mark: str, groups: Sequence[str]) -> bool:
    """Dates, times, decimals, thousands, network addresses and lists of small numbers: nothing to put together."""
    if mark in (".", ",", "/", ":") and len(groups) < 4 and all(len(group) <= 4 for group in groups):
        return len(groups) < 3 or mark == ":" or len(groups[-1]) == len(groups[0]) - 2 or len(groups[0]) <= 2
    if mark in (".", ",") and all(len(group) == 3 and group.isdigit() for group in groups[1:]) and len(groups[0]) <= 3:
        return True
    if mark == ":":
        return all(len(group) <= 2 for group in groups)
    if mark == "." and len(groups) == 4 and all(len(group) <= 3 for group in groups):
        return True
    return mark[:1] in _LIST_MARKS and len(set(map(len, groups[:-1]))) > 1
