"""Cuts a long text into overlapping parts of so many tokens, at paragraphs, else sentences, else words."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

Span = tuple[int, int]
Count = Callable[[Sequence[str]], Sequence[int]]
"""Tokens of each text."""

_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
_SENTENCE = re.compile(r"(?<=[.!?…。！？])[\"'”’)\]]*\s+|(?<=[。！？])|\n+")
_WORDS = 160
"""Characters of the runs of words that a sentence too long is cut into."""
_COARSE = 4
"""A unit larger than this part of the window is cut further, so that parts come out full."""


def split_text(text: str, window: int, overlap: int, count: Count) -> list[Span]:
    """(start, end) of each part, in order, such that every character is in a part.

    No part has more than ``window`` tokens, by the sum of the tokens of its pieces (as a whole it may count a little
    more or less). All but the first begin with the last sentences of the part before, if up to ``overlap`` tokens hold
    any.
    """
    parts: list[Span] = []
    start, tokens = 0, 0
    units = _units(text, window - overlap, count)
    for (begin, _), more in units:
        if begin > start and tokens + more > window - overlap:
            parts.append((start, begin))
            start, tokens = begin, 0
        tokens += more
    if units:
        parts.append((start, len(text)))
    return [(_lead(text, start, overlap, count), end) for start, end in parts]


def _lead(text: str, start: int, overlap: int, count: Count) -> int:
    """Where the last whole sentences before ``start`` begin that have up to ``overlap`` tokens together."""
    earliest = max(0, start - 4 * overlap)
    begins = [match.end() for match in _SENTENCE.finditer(text, earliest, start) if match.end() < start]
    tokens = count([text[begin:start] for begin in begins])
    return next((begin for begin, many in zip(begins, tokens, strict=True) if many <= overlap), start)


def _units(text: str, window: int, count: Count) -> list[tuple[Span, int]]:
    """Spans that follow each other through the whole text, and the tokens of each.

    None has more than ``window`` tokens, unless a single character has.
    """
    limit = max(1, window // _COARSE)
    done = _counted(text, [(0, len(text))] if text else [], count)
    # A token is at least one byte, a character at most four: so many characters never have more tokens than the limit.
    characters = max(1, limit // 4)
    for cut in (_at(_PARAGRAPH), _at(_SENTENCE), _words, lambda piece: _every(piece, characters)):
        if all(tokens <= limit for _, tokens in done):
            break
        spans: list[Span] = []
        for (start, end), tokens in done:
            cuts = cut(text[start:end]) if tokens > limit else iter(())
            marks = [start, *(start + offset for offset in cuts if 0 < offset < end - start), end]
            spans += pairwise(marks)
        done = _counted(text, spans, count)
    return done


def _counted(text: str, spans: Sequence[Span], count: Count) -> list[tuple[Span, int]]:
    return list(zip(spans, count([text[start:end] for start, end in spans]), strict=True))


def _at(pattern: re.Pattern[str]) -> Callable[[str], Iterator[int]]:
    return lambda piece: (match.end() for match in pattern.finditer(piece))


def _words(piece: str) -> Iterator[int]:
    previous = 0
    for match in re.finditer(r"\s+", piece):
        if match.end() - previous >= _WORDS:
            previous = match.end()
            yield previous


def _every(piece: str, characters: int) -> Iterator[int]:
    return iter(range(characters, len(piece), characters))
