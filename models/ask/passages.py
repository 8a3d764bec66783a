"""Cuts documents into passages of whole sentences, each with its place."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from models.engines.starter.sentences import split_sentences

PASSAGE = 600
"""Characters that a passage has about: a paragraph, which the embedding still reads as one thing."""
PAGE_BREAK = "\f"


@dataclass(frozen=True, slots=True)
class Passage:
    """``text[start:end]`` of a document. ``page`` counts from 1; None where the document has no pages."""

    start: int
    end: int
    page: int | None

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return f"page {self.page}" if self.page is not None else f"from character {self.start + 1:,}"


def passages(text: str, check: Callable[[], None] = lambda: None) -> Iterator[Passage]:
    """Passages in order; together they hold every sentence, and none goes over a page's end.

    ``check`` is called now and then, and may raise to stop.
    """
    begin = 0
    pages = text.split(PAGE_BREAK)
    for number, page in enumerate(pages, start=1):
        shown = number if len(pages) > 1 else None
        for start, end in _grouped(page, check):
            yield Passage(begin + start, begin + end, shown)
        begin += len(page) + 1


def _grouped(text: str, check: Callable[[], None]) -> Iterator[tuple[int, int]]:
    start: int | None = None
    end = 0
    for sentence in split_sentences(text, check):
        if start is not None and sentence.end - start > PASSAGE:
            yield start, end
            start = None
        if start is None:
            start = sentence.start
        end = sentence.end
    if start is not None:
        yield start, end
