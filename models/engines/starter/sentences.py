"""Splits a text into sentences with their spans, in one pass over each line.

A line that does not go on in the next one (a heading, a bullet, a field of a form) ends a sentence too.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from models.engines.starter.month_names import month_number

MAX_SENTENCE = 1200
"""Characters after which a passage without a full stop is cut at a space, so that no sentence is boundless."""


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ABBREVIATIONS = _words(
    """
    mr mrs ms dr prof rev hon sr jr st gen col sgt capt lt gov sen rep inc ltd co corp llc llp plc bros dept univ al vs
    cf e.g i.e eg ie etc viz resp incl excl a.m p.m u.s u.k e.u d.c ph.d b.sc m.sc bzw z.b d.h u.a mme mlle sra dña
    """
)
# Words of their own too: an abbreviation only before a number ("No. 5", "Sat. 8 March", but "The cat sat. It slept.").
_BEFORE_NUMBER = _words(
    """
    no nos nr art sec para pp p vol fig figs ed eds v approx ca est min max tel ext ref acc acct str hr fr abs
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun
    """
)
# These end a sentence when a capital follows, unlike "Dr. Miller" or "No. 5".
_MAY_END = _words("etc inc ltd co corp llc plc a.m p.m u.s u.k e.u d.c jr sr ph.d")
_STOP = re.compile(r"[.!?…]{1,4}[\"'”’»)\]]{0,3}(?=\s|$)|[。！？]")
_BULLET = re.compile(r"[ \t]*(?:[-*•‣–—▪◦·>]|\(?(?:[0-9]{1,3}|[a-zA-Z]|[ivx]{1,5})[.)](?:[0-9]+[.)]?)*)[ \t]+")
_LETTERS = re.compile(r"[^\W\d_]{3,14}")
_LAST_WORD = re.compile(r"[^\s(\[\"“'‘]{1,24}$")
_FIELD = re.compile(r"[^:\n]{1,40}:(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence at ``text[start:end]``, trimmed and without its bullet; ``heading`` for a line that titles others."""

    start: int
    end: int
    heading: bool = False


def split_sentences(text: str, check: Callable[[], None] = lambda: None) -> list[Sentence]:
    """Split ``text`` into sentences, in order and without overlaps.

    ``check`` is called now and then, and may raise to stop the reading.
    """
    sentences: list[Sentence] = []
    for start, end in _blocks(text):
        check()
        sentences.extend(_sentences(text, start, end))
    return sentences


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Runs of lines that belong together: wrapped prose is one block, every bullet, field and heading its own."""
    start: int | None = None
    end = 0
    widest = 0
    for line in re.finditer(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+", text):
        content = line[0].strip()
        if not content:
            continue
        blank_before = start is not None and text.count("\n", end, line.start()) > 1
        if start is not None and not blank_before and _continues(text, start, end, line.start(), line.end(), widest):
            end, widest = line.end(), max(widest, line.end() - line.start())
            continue
        if start is not None:
            yield start, end
        start, end, widest = line.start(), line.end(), line.end() - line.start()
    if start is not None:
        yield start, end


def _continues(text: str, start: int, end: int, line_start: int, line_end: int, widest: int) -> bool:
    """Whether the line goes on with the sentence that the block ended in."""
    line = text[line_start : min(line_end, line_start + 80)]
    if _BULLET.match(line) or "\t" in line or "|" in line or _FIELD.match(line.strip()):
        return False
    before = text[max(start, end - 80) : end].rstrip()
    if not before or before[-1] in ":|" or "\t" in before:
        return False
    first = line.strip()[0]
    if before[-1] in ".!?。！？":
        return widest > 50 and not _BULLET.match(text[start : start + 12])
    return first.islower() or before[-1] in ",;-–(" or widest > 60 or (first.isdigit() and widest > 40)


def _sentences(text: str, start: int, end: int) -> Iterator[Sentence]:
    bullet = _BULLET.match(text, start, end)
    begin = bullet.end() if bullet else start
    item = bullet is not None and not bullet[0].strip("( ").rstrip(").\t ").isdigit()
    for stop in _STOP.finditer(text, begin, end):
        if stop.start() < begin or not _ends(text, begin, stop, end):
            continue
        yield from _pieces(text, begin, stop.end(), item)
        begin = stop.end()
    yield from _pieces(text, begin, end, item)


def _ends(text: str, begin: int, stop: re.Match[str], end: int) -> bool:
    mark = stop[0]
    if mark[0] in "!?。！？":
        return True
    following = text[stop.end() : min(end, stop.end() + 12)].lstrip()
    if not following:
        return True
    if mark.startswith("..") or mark[0] == "…":
        return not following[0].islower()
    if following[0].islower():
        return False
    match = _LAST_WORD.search(text, max(begin, stop.start() - 24), stop.start())
    word = match[0].casefold().strip("\"'“‘") if match else ""
    if word in _MAY_END:
        return following[0].isupper() and word not in {"co", "u.s", "u.k", "e.u"}
    if word in _BEFORE_NUMBER:
        return not (following[0].isdigit() or following[0] in "+#(")
    if word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha() and word != "i"):
        return False
    if word.isdigit() and len(word) <= 2 and _is_month(following):
        return False
    # "15. Oktober", "§ 3. Absatz", "1. Item": a number of one or two digits does not end one unless much precedes it.
    return not (word.isdigit() and len(word) <= 2 and stop.start() - begin <= 6)


def _is_month(following: str) -> bool:
    word = _LETTERS.match(following)
    return word is not None and month_number(word[0]) is not None


def _pieces(text: str, start: int, end: int, item: bool) -> Iterator[Sentence]:
    """The trimmed span, cut at spaces where it is longer than ``MAX_SENTENCE``."""
    while start < end:
        while start < end and text[start].isspace():
            start += 1
        stop = end
        if end - start > MAX_SENTENCE:
            space = text.rfind(" ", start + MAX_SENTENCE // 2, start + MAX_SENTENCE)
            stop = space if space > 0 else start + MAX_SENTENCE
        last = stop
        while last > start and text[last - 1].isspace():
            last -= 1
        if last > start and any(character.isalnum() for character in text[start:last]):
            yield Sentence(start, last, not item and _is_heading(text[start:last]))
        start = stop


def _is_heading(sentence: str) -> bool:
    if sentence[0] == "#":
        return True
    _, colon, rest = sentence.partition(":")
    if colon and rest.strip():
        return False
    return len(sentence) <= 80 and sentence[-1] not in '.!?…;,。！？"”)' and len(sentence.split()) <= 9
