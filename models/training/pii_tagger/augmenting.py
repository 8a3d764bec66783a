"""Changes batches a little each time they are read: case thrown away, words exchanged, pieces hidden.

The number of hand-written shapes limits the tagger, not the time; so each is read in many versions.
"""

import numpy as np

from models.pii.tagger.features import PLACES, rewrite_case
from models.training.pii_tagger.data import Batch

MASK = 103
FIRST_WORD = 1000
"""Pieces before it are special ones, unused ones and single characters."""
LOWERED, RAISED = 0.12, 0.08
"""Share of windows read as if lower-cased or upper-cased."""
NEIGHBOURS = 8
LEAST_COSINE = 0.45
_CONTINUATION = PLACES.index("continuation")


def neighbour_table(embeddings: np.ndarray, words: "list[str]") -> np.ndarray:
    """(pieces, ``NEIGHBOURS``) int32: for each whole word the words that mean most nearly the same, itself where none.

    ``embeddings`` (pieces, width) are the encoder's; ``words`` the vocabulary in order. Numbers and parts of words have
    no neighbours.
    """
    table = np.repeat(np.arange(len(words), dtype=np.int32)[:, None], NEIGHBOURS, axis=1)
    chosen = np.array([i for i, word in enumerate(words) if i >= FIRST_WORD and word.isalpha() and len(word) > 2])
    unit = embeddings[chosen].astype(np.float32)
    unit = unit - unit.mean(axis=0)
    unit /= np.linalg.norm(unit, axis=1, keepdims=True)
    most = min(NEIGHBOURS, len(chosen) - 1)
    for first in range(0, len(chosen), 2048):
        cosines = unit[first : first + 2048] @ unit.T
        near = np.argpartition(-cosines, most, axis=1)[:, : most + 1]
        for row, columns in enumerate(near):
            piece = chosen[first + row]
            others = [chosen[c] for c in columns if c != first + row and cosines[row, c] >= LEAST_COSINE]
            if others:
                table[piece] = np.resize(others, NEIGHBOURS)
    return table


def rewritten(batch: Batch, rng: np.random.Generator) -> np.ndarray:
    """The cases of the batch, with some windows read as if lower- or upper-cased."""
    cases, chance = batch.cases.copy(), rng.random(len(batch.cases))
    for shape, rows in (("lower", chance < LOWERED), ("upper", (chance >= LOWERED) & (chance < LOWERED + RAISED))):
        cases[rows] = rewrite_case(cases[rows], shape)
    return cases


def exchanged(batch: Batch, share: float, neighbours: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The ids of the batch, the ``share`` of its whole words replaced by one of their neighbours."""
    inside = (batch.cases > 0) & ((batch.cases - 1) % len(PLACES) == _CONTINUATION)
    goes_on = np.zeros_like(inside)
    goes_on[:, :-1] = inside[:, 1:]
    fit = ~inside & ~goes_on & (neighbours[batch.ids, 0] != batch.ids) & (rng.random(batch.ids.shape) < share)
    return np.where(fit, neighbours[batch.ids, rng.integers(0, NEIGHBOURS, batch.ids.shape)], batch.ids)


def hidden(ids: np.ndarray, tagged: np.ndarray, share: float, rng: np.random.Generator) -> np.ndarray:
    """The ids with the ``share`` of the pieces hidden; ``tagged`` says which are pieces of the text."""
    return np.where(tagged & (rng.random(ids.shape) < share), MASK, ids)
