"""Learns labels from a few texts each, for tables of texts and the person's own labels; see ``classifier`` for packs.

What it knows of a text is its features (see ``embedding``). Three things beyond a logistic regression on them, each of
which told more of the held-out texts right on tables of many labels:

- a label's own name, as words, counts as one more example of it ("card_arrival" says more than a tenth example does);
- how near the two nearest examples of a label are counts beside the regression, which cannot follow every bend;
- texts that belong to no label are told by three signs: the share and the height of the best label, and how near the
  nearest example of that very label is. Few labels say little of what is none of them; there a bank of texts about
  anything helps.
"""

import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from models.engines.starter.background import BACKGROUND
from models.engines.starter.embedding import WIDTH, Embedder
from models.engines.starter.logistic import Model, calibrate, fit, refit, softmax

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Features = NDArray[np.float32]
    Floats = NDArray[np.floating[Any]]

FALSE_REFUSALS = 0.10
"""Share of held-out texts that fall below the threshold; of new ones it is less, since the model has then seen more."""
STRENGTH = 20.0
"""Inverse of the L2 penalty per example; flat between 10 and 40 on tables of many labels."""
FEW_LABELS = 8
"""Labels up to which polarity may decide, and texts about anything help to tell what is none of them."""
SOME_LABELS = 24
"""Labels up to which tone may count; more labels differ in their subject, and trying would cost time."""
NEAR = 10.0
"""Log-odds for a likeness of 1 to the examples of a label; flat between 5 and 20 for many labels."""
NEAREST = (0.6, 0.4)
"""Weights of the nearest and the second nearest example of a label."""
MANY = ((STRENGTH, 0.0, 0.0, NEAR),)
SOME = (*MANY, (STRENGTH, 1.0, 0.35, NEAR), (STRENGTH, 1.0, 0.35, 0.0))
FEW = ((STRENGTH, 1.0, 0.35, NEAR), (STRENGTH, 1.0, 0.35, 0.0), (0.3, 1.0, 5.0, 0.0))
"""(strength, spread of tone and of polarity relative to the embedding, weight of nearness): what is tried."""
CLEARLY = 0.9
"""The polarity's try, which has little freedom, is passed over only for a held-out loss of so much of its own: between
near ones the choice on a few dozen texts is chance."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What was made of one text.

    ``order`` are labels, the likeliest first, with their calibrated ``shares``; ``sureness`` is higher the more surely
    the text belongs to a label at all; ``nearest`` is the index of the most similar text that was learnt.
    """

    order: tuple[int, ...]
    shares: tuple[float, ...]
    sureness: float
    nearest: int


@dataclass(frozen=True, slots=True)
class Learnt:
    """What was learnt. ``texts`` is the number of texts; ``vectors`` (n, 384) are theirs, then those of the names.

    ``strength`` is that of the model.

    ``owners`` (n,) are the labels of the vectors. ``threshold`` is for ``sureness``.
    """

    labels: tuple[str, ...]
    model: Model
    temperature: float
    scales: tuple[float, float]
    near: float
    texts: int
    vectors: "Features"
    owners: "NDArray[np.int64]"
    background: "Features"
    signs: "Floats"
    threshold: float
    strength: float = STRENGTH

    def read(self, features: "Features") -> tuple["Floats", "Floats", "Floats"]:
        """Calibrated log-odds (n, labels), sureness (n,) and likeness (n, vectors) of texts, from features (n, 771)."""
        likeness = features[:, :WIDTH] @ self.vectors.T
        near = _nearness(likeness, self.owners, len(self.labels))
        raw = self.model.logits(scaled_parts(features, self.scales)) * self.model.temperature
        logits = (raw + self.near * near[0]) / self.temperature
        unlike = features[:, :WIDTH] @ self.background.T
        return logits, _signs(logits, near[1], likeness, unlike) @ self.signs, likeness

    def judge(self, features: "Features") -> list[Judged]:
        """Judge texts from their features (n, 771)."""
        import numpy as np

        logits, sureness, likeness = self.read(features)
        shares = softmax(logits)
        order = np.argsort(-shares, axis=1, kind="stable")
        return [
            Judged(
                tuple(int(label) for label in order[row]),
                tuple(float(share) for share in shares[row, order[row]]),
                float(sureness[row]),
                int(likeness[row, : self.texts].argmax()),
            )
            for row in range(len(features))
        ]


def words_of(name: str) -> str:
    """A label's name as words: "card_arrival" and "cardArrival" become "card arrival"."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return " ".join(re.sub(r"[^\w']|_", " ", spaced).split())


def learn_texts(
    embedder: Embedder,
    texts: Sequence[str],
    labels: Sequence[Sequence[str]],
    *,
    outside: Sequence[str] = (),
    on_progress: Callable[[int, int], None] | None = None,
    cancel: threading.Event | None = None,
) -> Learnt:
    """Read the texts and learn. ``outside`` are texts that are known to belong to no label.

    ``on_progress`` hears (windows read, windows in all). See ``learn_features`` for what else is raised.

    Raises:
        Cancelled: ``cancel`` was set.
        EngineUnavailable: the built-in model is missing or damaged.
    """
    names = tuple(dict.fromkeys(label for own in labels for label in own))
    everything = [*texts, *(words_of(name) for name in names), *outside, *BACKGROUND]
    features = embedder.features(everything, on_progress, cancel)
    return learn_features(names, labels, features)


def learn_features(
    names: Sequence[str],
    labels: Sequence[Sequence[str]],
    features: "Features",
    before: Learnt | None = None,
    false_refusals: float = FALSE_REFUSALS,
) -> Learnt:
    """Learn from features (n, 771) of the texts, then of the names as words, then of texts that belong to no label.

    ``before`` is what was learnt of the same labels with a few texts less: how the parts weigh, the calibration and the
    threshold then stay, and the descent begins where it ended, which makes it quick. ``false_refusals`` is the share of
    held-out texts that may fall below the threshold.

    Raises:
        ValueError: fewer than two labels, or features that do not fit the labels (a bug of the caller).
    """
    import numpy as np

    if len(names) < 2 or len(features) <= len(labels) + len(names):
        raise ValueError("two labels are needed, and features of texts, names and background")
    place = {name: index for index, name in enumerate(names)}
    targets = np.zeros((len(labels) + len(names), len(names)))
    for row, given in enumerate(labels):
        for label in given:
            targets[row, place[label]] = 1.0 / len(given)
    targets[len(labels) :] = np.eye(len(names))
    own, background = features[: len(targets)], features[len(targets) :, :WIDTH]
    vectors = own[:, :WIDTH]
    owners = targets.argmax(axis=1)
    if before is not None:
        model = refit(scaled_parts(own, before.scales), targets, before.strength, before.model)
        return replace(before, model=model, texts=len(labels), vectors=vectors, owners=owners, background=background)
    among = vectors @ vectors.T
    np.fill_diagonal(among, -1.0)
    near = _nearness(among, owners, len(names))
    tried = []
    fitted: dict[tuple[float, tuple[float, float]], Model] = {}  # tries may differ in the weight of nearness only
    for strength, tone, polarity, weight in tries(len(names)):
        scales = spread(own, tone, polarity)
        if (strength, scales) not in fitted:
            fitted[strength, scales] = fit(scaled_parts(own, scales), targets, strength)
        model = fitted[strength, scales]
        calibrated = model.held_out if model.held_out is not None else model.logits(scaled_parts(own, scales))
        held_out = calibrated * model.temperature + weight * near[0]
        temperature, loss = calibrate(held_out, targets)
        demanded = loss * CLEARLY if polarity > 1 else loss
        tried.append((demanded, scales, weight, model, temperature, held_out / temperature, strength))
    _, scales, weight, model, temperature, held_out, strength = min(tried, key=lambda one: one[0])
    mine = _signs(held_out, near[1], among, vectors @ background.T)[: len(labels)]
    signs = _weigh(mine, few=len(names) <= FEW_LABELS)
    return Learnt(
        tuple(names),
        model,
        temperature,
        scales,
        weight,
        len(labels),
        vectors,
        owners,
        background,
        signs,
        float(np.quantile(mine @ signs, false_refusals)),
        strength,
    )


def tries(labels: int) -> Sequence[tuple[float, float, float, float]]:
    """What is tried for so many labels: (strength, spread of tone, spread of polarity, weight of nearness)."""
    return FEW if labels <= FEW_LABELS else SOME if labels <= SOME_LABELS else MANY


def _nearness(likeness: "Floats", owners: "NDArray[np.int64]", count: int) -> tuple["Floats", "Floats"]:
    """For every text and label (n, labels): likeness to its two nearest examples together, and to the nearest."""
    import numpy as np

    first, both = np.zeros((len(likeness), count)), np.zeros((len(likeness), count))
    for label in range(count):
        of_label = likeness[:, owners == label]
        if of_label.shape[1] > 1:
            pair = np.partition(of_label, -2, axis=1)[:, -2:]
            first[:, label] = pair[:, 1]
            both[:, label] = NEAREST[0] * pair[:, 1] + NEAREST[1] * np.maximum(pair[:, 0], 0.0)
        else:
            first[:, label] = both[:, label] = of_label[:, 0]
    return both, first


def _signs(logits: "Floats", near: "Floats", likeness: "Floats", unlike: "Floats") -> "Floats":
    """Signs (n, 4) of belonging: the best label's share, height and nearness; nearness to nothing else."""
    import numpy as np

    best = logits.argmax(axis=1)
    own = near[np.arange(len(near)), best]
    share = np.log(softmax(logits).max(axis=1))
    return np.stack([share, logits.max(axis=1), own, likeness.max(axis=1) - unlike.max(axis=1)], axis=1)


def _weigh(mine: "Floats", *, few: bool) -> "Floats":
    """Weights (4,) under which every sign spreads alike over the held-out texts; the last one is for few labels."""
    import numpy as np

    result: Floats = 1.0 / np.maximum(mine.std(axis=0), 1e-6)
    if not few:
        result[3] = 0.0
    return result


def spread(features: "Features", tone: float, polarity: float) -> tuple[float, float]:
    """Factors at which tone and polarity spread by so much relative to the embedding."""
    import numpy as np

    parts = (features[:, :WIDTH], features[:, WIDTH : 2 * WIDTH], features[:, 2 * WIDTH :])
    subject, second, third = (float(np.sqrt(part.var(axis=0).sum())) + 1e-6 for part in parts)
    return tone * subject / second, polarity * subject / third


def scaled_parts(features: "Features", scales: tuple[float, float]) -> "Floats":
    """The embedding with tone and polarity weighed by ``scales``; alone where both are 0."""
    import numpy as np

    if scales == (0.0, 0.0):
        return features[:, :WIDTH].astype(np.float64)
    parts = (features[:, :WIDTH], scales[0] * features[:, WIDTH : 2 * WIDTH], scales[1] * features[:, 2 * WIDTH :])
    return np.hstack(parts).astype(np.float64)
