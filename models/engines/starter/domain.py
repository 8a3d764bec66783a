"""Tells texts that are a task's business from junk and from texts about something else altogether.

A softmax over labels cannot say "none of these": it is as sure of a recipe as of a complaint. So each task also learns
its own examples apart from a bank of background texts (fillers, general knowledge, code, gibberish, other languages).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from models.engines.starter.background import BACKGROUND, FILLER, GENERAL
from models.engines.starter.embedding import WIDTH
from models.engines.starter.logistic import Model, fit, refit, softmax

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Features = NDArray[np.float32]
    Floats = NDArray[np.floating[Any]]

STRENGTH = 10.0
REFUSED = 0.03
"""Share of a task's own examples, held out, that may fall below its threshold."""
THRESHOLDS = (-2.0, -1.0)
"""Bounds of the threshold (log-odds): three to one against at most, and never so low that anything passes."""
NEAR = 0.1
"""A background text is left out where it is more like an example than this quantile of the examples are like each
other: it may well be the task's business."""
BROAD = 0.6
"""A task is about anything at all where general texts are, on average, this nearly as like its examples as these are
like each other; general texts then say nothing against a text."""


@dataclass(frozen=True, slots=True)
class Domain:
    """What tells the task's texts from others; ``threshold`` are the log-odds below which a text is refused."""

    model: Model
    threshold: float

    def log_odds(self, features: "Floats") -> "Floats":
        """Calibrated log-odds (n,) that texts with these (scaled) features are the task's business."""
        logits = self.model.logits(features)
        result: Floats = logits[:, 0] - logits[:, 1]
        return result


def relevance(log_odds: "Floats") -> "Floats":
    """Weight (0 to 1) of passages by their log-odds; squared, since fillers are many and each is a little likely."""
    import numpy as np

    result: Floats = softmax(np.stack([log_odds, np.zeros_like(log_odds)], axis=-1))[..., 0] ** 2
    return result


def learn_domain(own: "Floats", background: "Floats", examples: int, before: Domain | None = None) -> Domain:
    """Learn from scaled features of a task's own texts (the first ``examples`` are examples) and of ``BACKGROUND``.

    The first 384 columns must be embeddings of length 1. ``before`` is what was learnt before a few examples came to
    it: its threshold stays.
    """
    import numpy as np

    kept = background[_outside(own[:examples, :WIDTH], background[:, :WIDTH])]
    targets = np.repeat(np.eye(2), [len(own), len(kept)], axis=0)
    if before is not None:
        return Domain(refit(np.vstack([own, kept]), targets, STRENGTH, before.model), before.threshold)
    model = fit(np.vstack([own, kept]), targets, STRENGTH)
    if model.held_out is None:
        return Domain(model, THRESHOLDS[0])
    mine = model.held_out[:examples, 0] - model.held_out[:examples, 1]
    return Domain(model, float(np.clip(np.quantile(mine, REFUSED), *THRESHOLDS)))


def _outside(examples: "Floats", background: "Floats") -> "NDArray[np.bool_]":
    """Which background texts (n,) are none of the task's business."""
    import numpy as np

    among = examples @ examples.T
    pairs = among[~np.eye(len(examples), dtype=bool)]
    np.fill_diagonal(among, -1.0)
    likeness = background @ examples.T
    outside: NDArray[np.bool_] = likeness.max(axis=1) < max(0.1, float(np.quantile(among.max(axis=1), NEAR)))
    general = slice(len(FILLER), len(FILLER) + len(GENERAL))
    if likeness[general].mean() > BROAD * pairs.mean():
        outside[general] = False
    # Something must stand against the examples, whatever they are.
    return outside if outside.any() else np.ones(len(BACKGROUND), dtype=bool)
