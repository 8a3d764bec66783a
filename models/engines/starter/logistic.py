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
TOLERANCE = 1e-6
"""Twice the fall of the mean loss (nats) that the next step promises, at which the descent ends."""
_TEMPERATURES = tuple(0.1 * 1.15**step for step in range(30))


@dataclass(frozen=True, slots=True)
class Model:
    """``softmax((x @ weights + bias) / temperature)``: weights (width, labels), bias (labels,).

    ``held_out`` are the calibrated logits (n, labels) of the examples, each by a model that had not seen it, and
    ``loss`` their mean negative log-likelihood (nats); None and infinite where there are too few to hold any out.
    """

    weights: "Floats"
    bias: "Floats"
    temperature: float
    loss: float
    held_out: "Floats | None" = None

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
    """Fit on features (n, width) and target distributions (n, labels), rows summing to 1; deterministic.

    Labels weigh the same however many examples each has. ``strength`` is the inverse of the L2 penalty per example
    (scikit-learn's C). The temperature is the one at which held-out examples (5 folds) are most likely.
    """
    import numpy as np

    points = _principal(vectors, _importance(targets))
    everything = np.arange(len(targets))
    solution = _solve(points, targets, strength, everything)
    weights = points.directions @ solution[:-1]
    bias = solution[-1] - points.centre @ weights
    held_out = _held_out_logits(points, targets, strength)
    if held_out is None:
        return Model(weights, bias, 1.0, np.inf)
    best, loss = calibrate(held_out, targets)
    return Model(weights, bias, best, loss, held_out / best)


def refit(vectors: "Floats", targets: "Floats", strength: float, before: Model) -> Model:
    """Fit again where only a few examples changed: as ``fit``, with the temperature and the loss as they were.

    A small part of the time, since nothing is held out and the descent begins at what was found before.
    """
    import numpy as np

    points = _principal(vectors, _importance(targets))
    bias = before.bias + points.centre @ before.weights
    begin = np.vstack([points.directions.T @ before.weights, bias]).astype(np.float32)
    solution = _solve(points, targets, strength, np.arange(len(targets)), begin)
    weights = points.directions @ solution[:-1]
    return Model(weights, solution[-1] - points.centre @ weights, before.temperature, before.loss)


def calibrate(held_out: "Floats", targets: "Floats") -> tuple[float, float]:
    """The temperature at which held-out logits (n, labels) make the targets likeliest, and the loss there (nats)."""
    losses = {temperature: _loss(held_out / temperature, targets) for temperature in _TEMPERATURES}
    best = min(losses, key=lambda temperature: losses[temperature])
    return best, losses[best]


@dataclass(frozen=True, slots=True)
class _Points:
    """Centred points in their principal axes: ``coordinates`` (n, r) with ``variance`` (r,) about ``centre``.

    A penalised solution lies in the span of the points, so nothing is lost, and few examples make small matrices.
    """

    coordinates: "Floats"
    variance: "Floats"
    directions: "Floats"
    centre: "Floats"


def _importance(targets: "Floats") -> "Floats":
    """Weight of every example (n,), in sum 1, such that all labels weigh the same."""
    import numpy as np

    importance = targets @ (1.0 / np.maximum(targets.sum(axis=0), 1e-9))
    normalised: Floats = importance / importance.sum()
    return normalised


def _principal(vectors: "Floats", importance: "Floats") -> _Points:
    import numpy as np

    centre = importance @ vectors
    points = vectors - centre
    root = np.sqrt(importance)[:, None]
    weighted = points * root
    if len(points) < points.shape[1]:
        variance, axes = np.linalg.eigh(weighted @ weighted.T)
        kept = variance > 1e-7 * variance[-1]
        variance = variance[kept]
        directions = weighted.T @ axes[:, kept] / np.sqrt(variance)
    else:
        variance, directions = np.linalg.eigh(weighted.T @ weighted)
        kept = variance > 1e-7 * variance[-1]
        variance, directions = variance[kept], directions[:, kept]
    return _Points((points @ directions).astype(np.float32), variance, directions, centre)


def _held_out_logits(points: _Points, targets: "Floats", strength: float) -> "Floats | None":
    """Logits of every example by a model that did not see it (5 folds), or None for too few examples."""
    import numpy as np

    folds = _folds(targets)
    if not folds:
        return None
    logits = np.zeros_like(targets)
    for fold in folds:
        kept = np.setdiff1d(np.arange(len(targets)), fold)
        solution = _solve(points, targets, strength, kept)
        logits[fold] = points.coordinates[fold] @ solution[:-1] + solution[-1]
    return logits


def _solve(
    points: _Points, targets: "Floats", strength: float, kept: "NDArray[np.int64]", begin: "Floats | None" = None
) -> "Floats":
    """Penalised maximum likelihood on the ``kept`` examples: weights (r, labels) with the bias as the last row.

    Descent with a fixed bound of the curvature in place of the Hessian (Böhning, Ann. Inst. Statist. Math. 44, 1992:
    the softmax curves at most half as much as least squares), which is diagonal in the principal axes of all examples
    and holds for part of them times the largest growth of an example's weight; accelerated, with restarts
    (O'Donoghue and Candès, Found. Comput. Math. 15, 2015).
    """
    import numpy as np

    share = _importance(targets[kept])
    growth = float((share / _importance(targets)[kept]).max())
    penalty = 1.0 / (strength * len(kept))
    inputs = np.hstack([points.coordinates[kept], np.ones((len(kept), 1), np.float32)])
    goal, weight = targets[kept].astype(np.float32), share[:, None].astype(np.float32)
    decay = np.full((inputs.shape[1], 1), penalty, np.float32)
    decay[-1] = 0.0
    curvature = (0.5 * growth * np.append(points.variance, 1.0)[:, None] + decay).astype(np.float32)
    solution = ahead = np.zeros((inputs.shape[1], targets.shape[1]), np.float32) if begin is None else begin
    speed = 1.0
    for _ in range(MAX_STEPS):
        error = (softmax(inputs @ ahead) - goal) * weight
        gradient = inputs.T @ error + decay * ahead
        step = gradient / curvature
        previous, solution = solution, ahead - step
        if float((gradient * step).sum()) < TOLERANCE:
            break
        if float((gradient * (solution - previous)).sum()) > 0:
            speed = 1.0
        faster = (1 + np.sqrt(1 + 4 * speed * speed)) / 2
        ahead = solution + np.float32((speed - 1) / faster) * (solution - previous)
        speed = faster
    result: Floats = solution.astype(np.float64)
    return result


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
