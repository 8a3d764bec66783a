"""Offsets in Python count code points, offsets in Qt count UTF-16 units; they part at the first astral character."""

import re
from bisect import bisect_left
from dataclasses import dataclass

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Converts offsets of one text in both directions; ``astral`` are the code-point offsets of astral characters."""

    astral: tuple[int, ...]

    def to_qt(self, offset: int) -> int:
        """UTF-16 position of a code-point offset."""
        return offset + bisect_left(self.astral, offset)

    def to_python(self, position: int) -> int:
        """Code-point offset of a UTF-16 position; inside a surrogate pair it is the pair's start."""
        low, high = 0, len(self.astral)
        while low < high:
            middle = (low + high) // 2
            if self.astral[middle] + middle + 1 < position:
                low = middle + 1
            else:
                high = middle
        start = low < len(self.astral) and self.astral[low] + low + 1 == position
        return position - low - (1 if start else 0)


def offset_map(text: str) -> OffsetMap:
    """Build the map of a text; one pass at the speed of a regular expression."""
    if text.isascii():
        return OffsetMap(())
    return OffsetMap(tuple(match.start() for match in _ASTRAL.finditer(text)))


@dataclass(frozen=True, slots=True)
class Span:
    """A marked stretch of the document in UTF-16 positions, and the index of its finding."""

    start: int
    end: int
    index: int


def shift_spans(spans: list[Span], position: int, removed: int, added: int) -> list[Span]:
    """Spans after an edit at ``position``: those before stay, those after move, those that were touched go."""
    delta = added - removed
    kept = []
    for span in spans:
        if span.end <= position:
            kept.append(span)
        elif span.start >= position + removed:
            kept.append(Span(span.start + delta, span.end + delta, span.index))
    return kept
