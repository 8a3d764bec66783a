"""Makes a score mean what it says: one temperature for all logits (Guo et al. 2017, arXiv:1706.04599)."""

from collections.abc import Sequence

import numpy as np

from models.pii.tagger.decoding import log_softmax

_GOLDEN = (5**0.5 - 1) / 2


def negative_log_likelihood(logits: np.ndarray, tags: np.ndarray, temperature: float) -> float:
    """Mean over the pieces, in nats. ``logits`` (pieces, tags), ``tags`` (pieces,)."""
    log_probs = log_softmax(logits / temperature)
    return float(-log_probs[np.arange(len(tags)), tags].mean())


def fit_temperature(logits: np.ndarray, tags: np.ndarray, low: float = 0.25, high: float = 8.0) -> float:
    """The temperature with the least negative log-likelihood, by golden-section search on its logarithm.

    The likelihood has one minimum in the temperature. Raises ValueError where there is nothing to fit on.
    """
    if len(tags) == 0:
        raise ValueError("no pieces to fit the temperature on")
    logits = logits.astype(np.float64)
    left, right = np.log(low), np.log(high)
    for _ in range(30):
        inner_left, inner_right = right - _GOLDEN * (right - left), left + _GOLDEN * (right - left)
        loss_left = negative_log_likelihood(logits, tags, float(np.exp(inner_left)))
        loss_right = negative_log_likelihood(logits, tags, float(np.exp(inner_right)))
        left, right = (left, inner_right) if loss_left < loss_right else (inner_left, right)
    return float(np.exp((left + right) / 2))


def calibration_error(scores: Sequence[float], correct: Sequence[bool], bins: int = 10) -> float:
    """Expected calibration error: mean distance of score and share of hits in equal bins, weighted by their size."""
    if not scores:
        return 0.0
    values, hits = np.array(scores), np.array(correct, np.float64)
    bin_of = np.minimum((values * bins).astype(int), bins - 1)
    return float(
        sum(
            abs(values[bin_of == index].mean() - hits[bin_of == index].mean()) * (bin_of == index).mean()
            for index in np.unique(bin_of)
        )
    )
