"""Marked spans → tags of word pieces, for training."""

from collections.abc import Iterable, Sequence

import numpy as np

from models.pii.tagger.features import Tokens
from models.pii.tagger.labels import ENTITIES, begin, inside

IGNORED = -100
"""Tag of positions that are no token of the text (padding, [CLS], [SEP]); PyTorch's own default for cross-entropy."""

_NUMBERS = [
    "BANK_ACCOUNT",
    "IBAN",
    "PAYMENT_CARD",
    "NATIONAL_ID",
    "PASSPORT",
    "DRIVING_LICENCE",
    "US_SSN",
    "US_ITIN",
    "UK_NHS",
    "UK_NINO",
    "DEVICE_ID",
]
LEARNT_AS = {**{entity: entity for entity in ENTITIES}, **dict.fromkeys(_NUMBERS, "ID_NUMBER")}
"""Entity of the corpus → entity of the model: whatever office gave it, a number of a person is one to the model."""

Span = tuple[int, int, str]
"""Start, end (characters of the text) and entity."""


def known(spans: Iterable[Span]) -> list[Span]:
    """The spans that this model learns, under the entities that it knows, sorted."""
    return sorted((start, end, LEARNT_AS[entity]) for start, end, entity in spans if entity in LEARNT_AS)


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
