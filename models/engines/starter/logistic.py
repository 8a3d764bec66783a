"""Few-shot multinomial logistic regression over embeddings, in NumPy.

NumPy rather than scikit-learn: the problem is a few hundred points and one convex function, and the library would add
100 MB and a second of start-up to a program that is to be ready at a double-click.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]

FOLDS = 5
MAX_STEPS = 300
TOLERANCE = 1e-3
"""Largest change of a weight at which the descent ends; weights are of the order of 1 to 10."""
_TEMPERATURES = tuple(0.1 * 1.15**step for step in range(30))


@dataclass(frozen=True, slots=True)
class Model:
    """``softmax((x @ weights + bias) / temperature)``: weights (width, labels), bias (labels,).

    ``loss`` is the mean negative log-likelihood (nats) of held-out examples; infinite where there are too few to hold
    any out.
    """

    weights: "Floats"
    bias: "Floats"
    temperature: float
    loss: float

    def logits(self, vectors: "Floats") -> "Floats":
        """Calibrated log-odds (n, labels) of embeddings (n, width)."""
        result: Floats = (vectors @ self.weights + self.bias) / self.temperature
        return result


def softmax(logits: "Floats") -> "Floats":
    """Probabilities along the last axis."""
    import numpy as np

    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    result: Floats = shifted / shifted.sum(axis=-1, keepdims=True)
    return result


def fit(vectors: "Floats", targets: "Floats", strength: float) -> Model:
    """Fit on embeddings (n, width) and target distributions (n, labels), rows summing to 1; deterministic.

    Labels weigh the same however many examples each has. ``strength`` is the inverse of the L2 penalty per example
    (scikit-learn's C). The temperature is the one at which held-out examples (5 folds) are most likely.
    """
    import numpy as np

    bias, weights = _solve(vectors, targets, strength)
    held_out = held_out_logits(vectors, targets, strength)
    if held_out is None:
        return Model(weights, bias, 1.0, np.inf)
    losses = {temperature: _loss(held_out / temperature, targets) for temperature in _TEMPERATURES}
    best = min(losses, key=lambda temperature: losses[temperature])
    return Model(weights, bias, best, losses[best])


def held_out_logits(vectors: "Floats", targets: "Floats", strength: float) -> "Floats | None":
    """Logits of every example by a model that did not see it (5 folds), or None for too few examples."""
    import numpy as np

    folds = _folds(targets)
    if not folds:
        return None
    logits = np.zeros_like(targets)
    for fold in folds:
        kept = np.setdiff1d(np.arange(len(targets)), fold)
        bias, weights = _solve(vectors[kept], targets[kept], strength)
        logits[fold] = vectors[fold] @ weights + bias
    return logits


def _solve(vectors: "Floats", targets: "Floats", strength: float) -> tuple["Floats", "Floats"]:
    """(bias, weights) of the penalised maximum likelihood, by Nesterov's accelerated gradient (constant step).

    The step 1/L and the momentum follow from the bounds of the curvature: the softmax's Hessian is at most half that
    of least squares, and the penalty bounds it from below (Nesterov, Introductory Lectures on Convex Optimization,
    section 2.2).
    """
    import numpy as np

    frequency = targets.sum(axis=0)
    importance = targets @ (1.0 / np.maximum(frequency, 1e-9))
    importance = importance / importance.sum()
    penalty = 1.0 / (strength * len(targets))
    centre = importance @ vectors
    points = vectors - centre
    weighted = points * np.sqrt(importance)[:, None]
    gram = weighted @ weighted.T if len(points) < points.shape[1] else weighted.T @ weighted
    spread = float(np.linalg.eigvalsh(gram)[-1])
    # Centred points do not mix with the constant column; scaled to their spread it does not slow the descent either.
    unit = np.sqrt(spread) + 1e-6
    inputs = np.hstack([points, np.full((len(points), 1), unit)]).astype(np.float32)
    goal, share = targets.astype(np.float32), importance[:, None].astype(np.float32)
    curvature = 0.5 * unit**2 + penalty
    ratio = np.sqrt(penalty / curvature)
    momentum = (1 - ratio) / (1 + ratio)
    decay = np.full((inputs.shape[1], 1), penalty, np.float32)
    decay[-1] = 1e-6
    weights = previous = np.zeros((inputs.shape[1], targets.shape[1]), np.float32)
    for _ in range(MAX_STEPS):
        ahead = weights + np.float32(momentum) * (weights - previous)
        error = (softmax(inputs @ ahead) - goal) * share
        step = (inputs.T @ error + decay * ahead) / np.float32(curvature)
        previous, weights = weights, ahead - step
        if float(np.abs(step).max()) < TOLERANCE:
            break
    bias = unit * weights[-1] - centre @ weights[:-1]
    return bias, weights[:-1]


def _folds(targets: "Floats") -> Sequence["NDArray[np.int64]"]:
    """Indices of the held-out examples, fold by fold, every label spread over the folds; none for tiny packs."""
    import numpy as np

    main = targets.argmax(axis=1)
    _, counts = np.unique(main, return_counts=True)
    if len(counts) < 2 or counts.min() < 2:
        return ()
    place = np.zeros(len(main), np.int64)
    for label in np.unique(main):
        members = np.flatnonzero(main == label)
        place[members] = np.arange(len(members)) % FOLDS
    return [np.flatnonzero(place == fold) for fold in range(FOLDS) if (place == fold).any()]


def _loss(logits: "Floats", targets: "Floats") -> float:
    import numpy as np

    return -float((targets * np.log(softmax(logits) + 1e-12)).sum(axis=1).mean())
