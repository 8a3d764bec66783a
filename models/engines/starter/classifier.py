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
FAMILIAR = 0.12
"""Likeness to the nearest example below which a text is of another kind than all examples: the classifier abstains."""
ALSO = 0.5
"""A further label of a ``multiple`` task needs this share of the first one's probability …"""
ALSO_AT_LEAST = 0.2
"""… and this probability."""
WHOLE_SHARE = 0.6
"""Weight of the text read whole against the mean of its sentences."""
QUOTE = 120


@dataclass(frozen=True, slots=True)
class Verdict:
    """Labels (none: abstained), probability of the first, and the reason in words."""

    labels: tuple[str, ...]
    confidence: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class Classifier:
    """What was learnt from a task's examples; ``vectors`` are their embeddings (n, 384)."""

    task: Task
    model: Model
    vectors: "Features"
    tone_scale: float

    def judge(self, text: Reading, features: "Features") -> Verdict:
        """Judge a text from the features (n, 768) of ``text.texts``."""
        import numpy as np

        names = self.task.label_names
        logits = self.model.logits(_scaled(features, self.tone_scale))
        passages = logits[: len(text.passages)]
        together = self._together(text, logits)
        shares = softmax(together)
        order = np.argsort(-shares, kind="stable")
        best = int(order[0])
        likeness = self.vectors @ features[:, :WIDTH].T
        if float(likeness.max()) < FAMILIAR:
            return Verdict((), None, "The text is unlike every example of this task.")
        if shares[best] < (SURE_OF_TWO if len(names) == 2 else SURE_ENOUGH):
            close = " and ".join(f"{names[index]} ({shares[index]:.0%})" for index in order[:2])
            return Verdict((), None, f"Not sure enough: closest are {close}.")
        chosen = [best]
        if self.task.multiple:
            least = max(ALSO_AT_LEAST, ALSO * float(shares[best]))
            chosen += [int(index) for index in order[1:] if shares[index] >= least]
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
    """Fit a classifier on the features (n, 768) of ``texts_to_learn(task)``.

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
    spread = [float(half.var(axis=0).sum()) for half in (features[:, :WIDTH], features[:, WIDTH:])]
    tone_scale = float(np.sqrt(spread[0] / max(spread[1], 1e-9)))
    model = fit(_scaled(features, tone_scale), targets, STRENGTH)
    return Classifier(task, model, features[: len(examples), :WIDTH], tone_scale)


def _labelled(task: Task) -> Sequence[Example]:
    return [example for example in task.examples if example.labels]


def _scaled(features: "Features", tone_scale: float) -> "Floats":
    """Features with the tone, whose values vary little around a large mean, spread as wide as the embedding."""
    import numpy as np

    return np.hstack([features[:, :WIDTH], tone_scale * features[:, WIDTH:]]).astype(np.float64)


def _quoted(passage: str) -> str:
    words = " ".join(passage.split())
    if len(words) > QUOTE:
        words = words[: QUOTE - 1].rsplit(" ", 1)[0] + "…"
    return f"“{words}”"
