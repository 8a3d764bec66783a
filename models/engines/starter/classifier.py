"""Answers a classify or route task from the examples in its pack, and abstains where they do not carry an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from models.engines.starter.embedding import WIDTH
from models.engines.starter.logistic import Model, fit, softmax
from models.engines.starter.passages import Reading
from models.errors import PackError
from models.skills.skill import Example, Task

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Features = NDArray[np.float32]
    Floats = NDArray[np.floating[Any]]

STRENGTH = 10.0
"""Inverse of the L2 penalty per example: flat optimum of the held-out likelihood on the packs, between 3 and 30."""
SURE_ENOUGH = 0.35
"""Calibrated probability below which the classifier abstains (of two labels: ``SURE_OF_TWO``)."""
SURE_OF_TWO = 0.55
UNFAMILIAR = (0.1, 0.22)
"""Bounds of the likeness to the nearest example below which a text is of another kind than all of them. Between them
the task's own examples decide: nine tenths of the likeness that all but 1 % of them have to their nearest fellow."""
ALSO = 0.4
"""A further label of a ``multiple`` task needs this share of the first one's probability …"""
ALSO_AT_LEAST = 0.25
"""… and this probability."""
WHOLE_SHARE = 0.6
"""Weight of the text read whole against the mean of its sentences."""
POLARITY_SHARES = (0.35, 5.0)
"""Spreads of the polarity, relative to the embedding's, that are tried on held-out examples: hardly and much."""
FEW_LABELS = 8
"""Labels up to which a task may be about polarity; for more, the second try would only cost time."""
QUOTE = 120


@dataclass(frozen=True, slots=True)
class Scales:
    """Factors on the features of tone and polarity; without them the penalty would weigh the parts by chance."""

    tone: float
    polarity: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """Labels (none: abstained), probability of the first, and the reason in words."""

    labels: tuple[str, ...]
    confidence: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class Classifier:
    """What was learnt from a task's examples; ``vectors`` are their embeddings (n, 384).

    ``familiar`` is the likeness to the nearest example below which it abstains.
    """

    task: Task
    model: Model
    vectors: "Features"
    scales: Scales
    familiar: float

    def judge(self, text: Reading, features: "Features") -> Verdict:
        """Judge a text from the features (n, 771) of ``text.texts``."""
        import numpy as np

        names = self.task.label_names
        logits = self.model.logits(_scaled(features, self.scales))
        passages = logits[: len(text.passages)]
        together = self._together(text, logits)
        shares = softmax(together)
        order = np.argsort(-shares, kind="stable")
        best = int(order[0])
        likeness = self.vectors @ features[:, :WIDTH].T
        if float(likeness.max()) < self.familiar:
            return Verdict((), None, "The text is unlike every example of this task.")
        if shares[best] < (SURE_OF_TWO if len(names) == 2 else SURE_ENOUGH):
            close = " and ".join(f"{names[index]} ({shares[index]:.0%})" for index in order[:2])
            return Verdict((), None, f"Not sure enough: closest are {close}.")
        chosen = [best]
        if self.task.multiple:
            # A label that one part of the text speaks for need not prevail in the whole.
            by_part = softmax(passages).mean(axis=0)
            for measure in (shares, by_part):
                least = max(ALSO_AT_LEAST, ALSO * float(measure.max()))
                chosen += [int(index) for index in order if measure[index] >= least and int(index) not in chosen]
        reason = self._reason(text, passages, likeness, best)
        return Verdict(tuple(names[index] for index in chosen), float(shares[best]), reason)

    def _together(self, text: Reading, logits: "Floats") -> "Floats":
        """Log-odds of the whole text from those of its parts, long passages counting more."""
        import numpy as np

        passages = logits[: len(text.passages)]
        weights = np.sqrt([len(passage) for passage in text.passages])
        mean: Floats = weights @ passages / weights.sum()
        if len(logits) > len(passages):
            mean = WHOLE_SHARE * logits[-1] + (1 - WHOLE_SHARE) * mean
        return mean

    def _reason(self, text: Reading, passages: "Floats", likeness: "Features", best: int) -> str:
        """The passage that speaks most for the label; for a single sentence the example it is most like."""
        import numpy as np

        sampled = ""
        if text.total > len(text.passages):
            sampled = f" (judged from {len(text.passages)} of {text.total} passages, spread evenly)"
        if len(text.passages) > 1:
            for_it = np.log(softmax(passages)[:, best] + 1e-12)
            return _quoted(text.passages[int(for_it.argmax())]) + sampled
        name = self.task.label_names[best]
        mine = np.array([name in example.labels for example in _labelled(self.task)])
        nearest = int(np.where(mine, likeness.max(axis=1), -2.0).argmax())
        return f"Like the example {_quoted(_labelled(self.task)[nearest].text)}" + sampled


def texts_to_learn(task: Task) -> list[str]:
    """The texts whose features ``learn`` takes: the labelled examples, then a sentence on each label."""
    meanings = [f"{label.name.replace('_', ' ')}: {label.meaning}" for label in task.labels]
    return [example.text for example in _labelled(task)] + meanings


def learn(task: Task, features: "Features") -> Classifier:
    """Fit a classifier on the features (n, 771) of ``texts_to_learn(task)``.

    What a label means, in the pack's own words, counts as one more example of it.

    Raises:
        PackError: the pack has fewer than two labels.
    """
    import numpy as np

    names = task.label_names
    if len(names) < 2:
        raise PackError(
            "Too few labels",
            f"The pack of task {task.id} has fewer than two labels (key: labels), so there is nothing to choose "
            "between. Nothing was done with your text. Add labels and examples to the pack.",
        )
    examples = _labelled(task)
    targets = np.zeros((len(examples) + len(names), len(names)))
    for row, example in enumerate(examples):
        for label in example.labels:
            targets[row, names.index(label)] = 1.0 / len(example.labels)
    targets[len(examples) :] = np.eye(len(names))
    tries = []
    for share in POLARITY_SHARES if len(names) <= FEW_LABELS else POLARITY_SHARES[:1]:
        scales = _scales(features, share)
        tries.append((scales, fit(_scaled(features, scales), targets, STRENGTH)))
    scales, model = min(tries, key=lambda tried: tried[1].loss)
    vectors = features[: len(examples), :WIDTH]
    return Classifier(task, model, vectors, scales, _familiar(vectors))


def _familiar(vectors: "Features") -> float:
    """Likeness to the nearest example that a text of the same kind has; see ``UNFAMILIAR``."""
    import numpy as np

    likeness = vectors @ vectors.T
    np.fill_diagonal(likeness, -1.0)
    return float(np.clip(0.9 * np.quantile(likeness.max(axis=1), 0.01), *UNFAMILIAR))


def _labelled(task: Task) -> Sequence[Example]:
    return [example for example in task.examples if example.labels]


def _scales(features: "Features", polarity_share: float) -> Scales:
    """Scales at which the tone spreads as wide as the embedding, and the polarity ``polarity_share`` of that."""
    import numpy as np

    subject, tone, polarity = (
        float(np.sqrt(part.var(axis=0).sum())) + 1e-6
        for part in (features[:, :WIDTH], features[:, WIDTH : 2 * WIDTH], features[:, 2 * WIDTH :])
    )
    return Scales(subject / tone, polarity_share * subject / polarity)


def _scaled(features: "Features", scales: Scales) -> "Floats":
    import numpy as np

    parts = (
        features[:, :WIDTH],
        scales.tone * features[:, WIDTH : 2 * WIDTH],
        scales.polarity * features[:, 2 * WIDTH :],
    )
    return np.hstack(parts).astype(np.float64)


def _quoted(passage: str) -> str:
    words = " ".join(passage.split())
    if len(words) > QUOTE:
        words = words[: QUOTE - 1].rsplit(" ", 1)[0] + "…"
    return f"“{words}”"
