"""Offsets in Python count code points of the document; those in Qt count UTF-16 units of what the field shows.

They part at the first astral character, and where a line that is too long to lay out is folded.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST_LINE = 10_000
"""Characters of a line that Qt lays out anew with every key in about 10 ms; a longer one is folded."""
FOLDED_LINE = 2_000
FOLD_MARK = "\ufff8"
"""Unassigned, and invisible by its properties (default ignorable), so that no text means anything by it."""
FOLD = f"{FOLD_MARK}\n"

_TOO_LONG = re.compile(f"[^\n]{{{LONGEST_LINE + 1},}}")
_UNEVEN = re.compile(f"[\U00010000-\U0010ffff]|{FOLD}")


def fold(text: str) -> str:
    """``text`` as it is shown: lines that are too long are folded, at a space if there is one. ``unfold`` undoes it."""
    return _TOO_LONG.sub(lambda match: FOLD.join(_pieces(match[0])), text.replace(FOLD_MARK, ""))


def unfold(shown: str) -> str:
    """The document, out of what is shown."""
    return shown.replace(FOLD, "").replace(FOLD_MARK, "")


def _pieces(line: str) -> Iterator[str]:
    start = 0
    while start < len(line):
        end = start + FOLDED_LINE
        if end < len(line):
            end = line.rfind(" ", start + FOLDED_LINE // 2, end) + 1 or end
        yield line[start:end]
        start = end


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Converts offsets of one text.

    ``extra`` holds, in order, for each unit that only Qt counts, the offset of the character that it comes after.
    """

    extra: tuple[int, ...]

    def to_qt(self, offset: int) -> int:
        """UTF-16 position of a code-point offset."""
        return offset + bisect_left(self.extra, offset)


def offset_map(shown: str) -> OffsetMap:
    """Build the map of a document from what is shown of it; one pass at the speed of a regular expression."""
    if shown.isascii():
        return OffsetMap(())
    extra: list[int] = []
    folds = 0  # code points of folds so far, which the document does not have
    for match in _UNEVEN.finditer(shown):
        at = match.start() - folds
        if match[0] == FOLD:
            extra += (at - 1, at - 1)
            folds += len(FOLD)
        else:
            extra.append(at)
    return OffsetMap(tuple(extra))


@dataclass(frozen=True, slots=True)
class Span:
    """A marked stretch of the document in UTF-16 positions, and the index of its finding."""

    start: int
    end: int
    index: int


class Spans:
    """Spans that stay on their words while the text is edited.

    Those before an edit stay, those after it move, those that it touched go. An edit costs as much as it is far from
    the last one, not as there are spans.
    """

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        """``spans`` are sorted and do not overlap."""
        self._before: list[Span] = []
        self._after: list[Span] = list(spans)[::-1]  # the next one last
        self._shift = 0  # what the positions in ``_after`` still have to be moved by

    def __iter__(self) -> Iterator[Span]:
        """All of them, in order."""
        yield from self._before
        yield from (self._moved(span) for span in reversed(self._after))

    def edit(self, position: int, removed: int, added: int) -> None:
        """Follow an edit at ``position``."""
        if not removed and not added:
            return
        while self._before and self._before[-1].end > position:
            span = self._before.pop()
            self._after.append(Span(span.start - self._shift, span.end - self._shift, span.index))
        while self._after and self._after[-1].end + self._shift <= position:
            self._before.append(self._moved(self._after.pop()))
        while self._after and self._after[-1].start + self._shift < position + removed:
            self._after.pop()
        self._shift += added - removed

    def between(self, first: int, last: int) -> Iterator[Span]:
        """Those that reach into positions ``first`` to ``last``, in order."""
        for index in range(bisect_right(self._before, first, key=lambda span: span.end), len(self._before)):
            if self._before[index].start > last:
                return
            yield self._before[index]
        # In ``_after`` ends fall from front to back.
        at = bisect_left(self._after, self._shift - first, key=lambda span: -span.end)
        for index in range(at - 1, -1, -1):
            moved = self._moved(self._after[index])
            if moved.start > last:
                return
            yield moved

    def _moved(self, span: Span) -> Span:
        return Span(span.start + self._shift, span.end + self._shift, span.index)
