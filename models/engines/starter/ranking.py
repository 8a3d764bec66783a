"""Which sentences say most: centrality over embeddings, with position, and chosen for diversity."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

RELEVANCE = 0.7
"""Weight of a sentence's own score against its likeness to those chosen already, in maximal marginal relevance."""


def centrality(vectors: "Vectors") -> "Vectors":
    """Score in [0, 1] of each of n sentences, from normalised vectors (n, d).

    Half the likeness to the centroid, half the mean likeness to all others above the average one (degree centrality
    as in LexRank: Erkan and Radev, 2004).
    """
    import numpy as np

    if len(vectors) == 0:
        return np.zeros(0, dtype=np.float32)
    centroid = vectors.mean(axis=0)
    length = float(np.linalg.norm(centroid)) or 1.0
    likeness = vectors @ vectors.T
    np.fill_diagonal(likeness, 0.0)
    degree = np.where(likeness > likeness.mean(), likeness, 0.0).mean(axis=1)
    return np.asarray(_scaled(vectors @ (centroid / length)) / 2 + _scaled(degree) / 2, dtype=np.float32)


def _scaled(values: "Vectors") -> "Vectors":
    import numpy as np

    low, high = float(values.min()), float(values.max())
    return np.asarray((values - low) / (high - low) if high > low else np.full_like(values, 0.5), dtype=np.float32)


def choose_diverse(scores: Sequence[float], vectors: "Vectors", count: int) -> list[int]:
    """Indices, in their order, of up to ``count`` items by maximal marginal relevance.

    Source: Carbonell and Goldstein, 1998.
    """
    import numpy as np

    remaining = np.asarray(scores, dtype=np.float32).copy()
    nearest = np.zeros(len(remaining), dtype=np.float32)
    chosen: list[int] = []
    while len(chosen) < min(count, len(remaining)):
        value = RELEVANCE * remaining - (1 - RELEVANCE) * nearest
        value[chosen] = -np.inf
        best = int(value.argmax())
        chosen.append(best)
        nearest = np.maximum(nearest, vectors @ vectors[best])
    return sorted(chosen)
