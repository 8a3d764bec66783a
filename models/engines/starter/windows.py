"""Cuts a long text into windows that are read one after another, so that an answer streams and Stop is heard."""

from collections.abc import Iterator
from dataclasses import dataclass

CORE = 24_000
"""Characters of a window: about 0.1 s of the slowest finder."""
_OVERLAP = 400
"""Characters read on either side of a window, for what a finder looks at before and after what it finds."""


@dataclass(frozen=True, slots=True)
class Window:
    """What is found in ``text[begin:end]`` counts if it starts in ``text[core_begin:core_end]``."""

    begin: int
    core_begin: int
    core_end: int
    end: int

    def owns(self, start: int) -> bool:
        """Whether what starts at this offset of the window (not of the text) is this window's to report."""
        return self.core_begin <= self.begin + start < self.core_end


def windows(text: str, core: int = CORE) -> Iterator[Window]:
    """Windows of about ``core`` characters, whose cores follow on one another and are the whole of ``text``.

    A core ends between paragraphs if it can, else between lines, else between words. A window begins and ends between
    lines or words too.
    """
    start = 0
    while True:
        end = len(text) if len(text) - start <= core else _cut(text, start + core * 3 // 4, start + core)
        yield Window(_before(text, start), start, end, _after(text, end))
        if end == len(text):
            return
        start = end


def _cut(text: str, low: int, high: int) -> int:
    """The last good place to cut in (low, high]."""
    for separator in ("\n\n", "\n", " "):
        found = text.rfind(separator, low, high)
        if found >= 0:
            return found + len(separator)
    return high


def _before(text: str, start: int) -> int:
    """Where the window begins whose core begins at ``start``."""
    low = max(0, start - _OVERLAP)
    if low == 0:
        return 0
    for separator in ("\n", " "):
        found = text.find(separator, low, start - 1)
        if found >= 0:
            return found + 1
    return low


def _after(text: str, end: int) -> int:
    """Where the window ends whose core ends at ``end``."""
    high = end + _OVERLAP
    if high >= len(text):
        return len(text)
    for separator in ("\n", " "):
        found = text.rfind(separator, end + 1, high)
        if found >= 0:
            return found
    return high
