"""Marked spans → tags of word pieces, for training."""

from collections.abc import Iterable, Sequence

import numpy as np

from models.pii.tagger.features import Tokens
from models.pii.tagger.labels import ENTITIES, begin, inside

IGNORED = -100
"""Tag of positions that are no token of the text (padding, [CLS], [SEP]); PyTorch's own default for cross-entropy."""

Span = tuple[int, int, str]
"""Start, end (characters of the text) and entity."""


def known(spans: Iterable[Span]) -> list[Span]:
    """The spans of entities that this model learns, sorted."""
    return sorted(span for span in spans if span[2] in ENTITIES)


def tag_tokens(tokens: Tokens, spans: Sequence[Span]) -> np.ndarray:
    """Tag of every token, (tokens,) int64. A span that covers a part of a word takes the whole word."""
    tags = np.zeros(len(tokens), np.int64)
    word_start, word_end = tokens.word_bounds()
    free = 0
    for start, end, entity in known(spans):
        first = int(np.searchsorted(tokens.ends, start, side="right"))
        last = int(np.searchsorted(tokens.starts, end, side="left")) - 1
        if first > last:
            continue  # nothing of the span is a token, such as white space
        first, last = max(int(word_start[first]), free), int(word_end[last])
        if first <= last:
            tags[first : last + 1] = inside(entity)
            tags[first] = begin(entity)
            free = last + 1
    return tags
