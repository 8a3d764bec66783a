"""Answers a classify or route task from the examples in its pack, and abstains where they do not carry an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from models.engines.starter.background import BACKGROUND
from models.engines.starter.domain import Domain, learn_domain, relevance
from models.engines.starter.embedding import WIDTH
from models.engines.starter.few_shot import FEW_LABELS, SOME_LABELS, Learnt, learn_features, scaled_parts, spread
from models.engines.starter.logistic import softmax
from models.engines.starter.passages import Reading
from models.errors import PackError
from models.skills.skill import Example, Task

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Features = NDArray[np.float32]
    Floats = NDArray[np.floating[Any]]

SURE_ENOUGH = 0.35
"""Calibrated probability below which the classifier abstains (of two labels: ``SURE_OF_TWO``)."""
SURE_OF_TWO = 0.55
MOST_DEMANDED = 2.3
"""Log-odds (ten to one) by which the surest sentence of a long text must be above the threshold of a single one."""
OWN_SHARE = 0.1
"""Share of a text, in characters, that must be the task's business; else the classifier abstains."""
ALSO = 0.4
"""A further label of a ``multiple`` task needs this share of the first one's probability …"""
ALSO_AT_LEAST = 0.25
"""… and this probability."""
WHOLE_SHARE = 0.6
"""Weight of a short text read whole against the mean of its sentences."""
UNLIKE = 0.05
"""Share of a task's own examples, held out, that may be taken for something else altogether."""
POLARITY_SHARE = 0.35
"""Spread of the polarity relative to the embedding's, for telling a task's texts from others: hardly any."""
RESERVE = 1.5
"""Log-odds taken off the label for texts that lean to no other: it must not win where a text leans a little."""
DECIDES = 0.9
"""Probability from which one sentence settles a task's decisive label."""
DECIDES_OWN = 2 * MOST_DEMANDED
"""Log-odds above the threshold that such a sentence must have: it is surely the task's business."""
QUOTE = 120


@dataclass(frozen=True, slots=True, eq=False)
class Taught:
    """A text that the person gave a label to: its features (771); the text itself need not be known."""

    label: str
    features: "Features"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Labels (none: abstained), probability of the first, and the reason in words."""

    labels: tuple[str, ...]
    confidence: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class Classifier:
    """What was learnt from a task's examples: its labels, and (weighed by ``scales``) which texts are its business."""

    task: Task
    learnt: Learnt
    domain: Domain
    scales: tuple[float, float]

    def judge(self, text: Reading, features: "Features") -> Verdict:
        """Judge a text from the features (n, 771) of ``text.texts``."""
        import numpy as np

        names = self.task.label_names
        logits, sureness, _likeness = self.learnt.read(features)
        passages = logits[: len(text.passages)]
        log_odds = self.domain.log_odds(scaled_parts(features, self.scales))
        if not self._is_own(text, log_odds) or not self._belongs(text, sureness):
            return Verdict((), None, "The text is unlike the examples of this task.")
        weights = relevance(log_odds[: len(passages)]) * np.sqrt([len(passage) for passage in text.passages])
        weights /= weights.sum()
        together = weights @ passages
        if len(logits) > len(passages):
            together = WHOLE_SHARE * logits[-1] + (1 - WHOLE_SHARE) * together
        if self.task.undecided:
            together[names.index(self.task.undecided)] -= RESERVE
        shares = softmax(together)
        if self.task.decisive:
            shares = self._settle(shares, softmax(passages), log_odds[: len(passages)])
        order = np.argsort(-shares, kind="stable")
        best = int(order[0])
        if shares[best] < (SURE_OF_TWO if len(names) == 2 else SURE_ENOUGH):
            close = " and ".join(f"{names[index]} ({shares[index]:.0%})" for index in order[:2])
            return Verdict((), None, f"Not sure enough: closest are {close}.")
        chosen = [best]
        if self.task.multiple:
            # A label that one part of the text speaks for need not prevail in the whole.
            by_part = weights @ softmax(passages)
            for measure in (shares, by_part):
                least = max(ALSO_AT_LEAST, ALSO * float(measure.max()))
                chosen += [int(index) for index in order if measure[index] >= least and int(index) not in chosen]
        reason = self._reason(text, weights * softmax(passages)[:, best], features, best)
        return Verdict(tuple(names[index] for index in chosen), float(shares[best]), reason)

    def _settle(self, shares: "Floats", by_passage: "Floats", log_odds: "Floats") -> "Floats":
        """``shares``, or those of the sentence that settles the decisive label where they are higher."""
        decisive = self.task.label_names.index(self.task.decisive)
        said = by_passage[:, decisive] * (log_odds >= self.domain.threshold + DECIDES_OWN)
        strongest = int(said.argmax())
        return by_passage[strongest] if said[strongest] >= max(DECIDES, shares[decisive]) else shares

    def _is_own(self, text: Reading, log_odds: "Floats") -> bool:
        """Whether enough of the text is the task's business."""
        import numpy as np

        lengths = np.array([len(passage) for passage in text.passages])
        whole, parts = log_odds[len(lengths) :], log_odds[: len(lengths)]
        if len(whole):
            return bool(WHOLE_SHARE * whole[0] + (1 - WHOLE_SHARE) * parts.max() >= self.domain.threshold)
        # Of many sentences one is always a little like an example: the more there are, the surer it must be.
        surest = self.domain.threshold + min(float(np.log(len(parts))), MOST_DEMANDED)
        own = lengths[parts >= self.domain.threshold].sum() / lengths.sum()
        return bool(parts.max() >= surest and own >= OWN_SHARE)

    def _belongs(self, text: Reading, sureness: "Floats") -> bool:
        """Whether a text that was read whole, or its surest sentence, is like what some label was taught with.

        Few labels say little of what is none of them, and of many sentences one is always a little like an example.
        """
        few = len(self.learnt.labels) <= FEW_LABELS
        return few or len(text.texts) != len(sureness) or bool(sureness.max() >= self.learnt.threshold)

    def _reason(self, text: Reading, said: "Floats", features: "Features", best: int) -> str:
        """The passage that says most for the label (``said``); for a single sentence the example it is most like."""
        import numpy as np

        sampled = ""
        if text.total > len(text.passages):
            sampled = f" (judged from {len(text.passages)} of {text.total} sentences, spread evenly)"
        if len(text.passages) > 1:
            return _quoted(text.passages[int(said.argmax())]) + sampled
        name = self.task.label_names[best]
        examples = labelled(self.task)
        mine = np.array([name in example.labels for example in examples])
        likeness = self.learnt.vectors[: len(examples)] @ features[0, :WIDTH]
        return f"Like the example {_quoted(examples[int(np.where(mine, likeness, -2.0).argmax())].text)}" + sampled


def texts_to_learn(task: Task) -> list[str]:
    """The texts whose features ``learn`` takes: the labelled examples, a sentence on each label, the background."""
    meanings = [f"{label.name.replace('_', ' ')}: {' '.join((label.meaning, *label.aliases))}" for label in task.labels]
    return [*(example.text for example in labelled(task)), *meanings, *BACKGROUND]


def learn(
    task: Task, features: "Features", taught: Sequence[Taught] = (), before: Classifier | None = None
) -> Classifier:
    """Fit a classifier on the features (n, 771) of ``texts_to_learn(task)`` and on what the person taught besides.

    What a label means, in the pack's own words, counts as one more example of it. What was taught under a label that
    the task no longer has is passed over. ``before`` is what was learnt of the same task with a little less taught: how
    to weigh the parts, the calibration and the threshold then stay, which makes it quick.

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
    labels = [example.labels for example in labelled(task)]
    added = [one for one in taught if one.label in names]
    if added:
        place = len(labels)
        features = np.vstack([features[:place], np.array([one.features for one in added]), features[place:]])
        labels += [(one.label,) for one in added]
    learnt = learn_features(names, labels, features, before.learnt if before else None, UNLIKE)
    own, background = features[: len(labels) + len(names)], features[len(labels) + len(names) :]
    if before is not None:
        scales = before.scales
    else:
        scales = spread(own, 1.0, POLARITY_SHARE) if len(names) <= SOME_LABELS else (0.0, 0.0)
    domain = learn_domain(
        scaled_parts(own, scales),
        scaled_parts(background, scales),
        len(labels),
        before.domain if before is not None else None,
    )
    return Classifier(task, learnt, domain, scales)


def labelled(task: Task) -> Sequence[Example]:
    """The examples of a task that bear a label."""
    return [example for example in task.examples if example.labels]


def _quoted(passage: str) -> str:
    words = " ".join(passage.split())
    if len(words) > QUOTE:
        words = words[: QUOTE - 1].rsplit(" ", 1)[0] + "…"
    return f"“{words}”"
