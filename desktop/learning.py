"""Learning by correction: what the person says of an answer becomes a count and, if they agree, an example."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.kept_examples import Keep, KeptExamples
from models.skills.skill import Task

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Correction:
    """What the person says of one answer: ``label`` is what it should have been (or was, and rightly)."""

    task: Task
    text: str
    said: tuple[str, ...]
    label: str
    engine: str
    keep: Keep

    @property
    def right(self) -> bool:
        """Whether the answer had the label."""
        return self.label in self.said


@dataclass(frozen=True, slots=True)
class Lesson:
    """What came of a correction: a sentence, and the number of the example that was kept (None: none was)."""

    sentence: str
    number: int | None = None


class Learning:
    """Takes corrections. ``features_of`` reads a text with the built-in model; slow, so not on the GUI thread."""

    def __init__(self, kept: KeptExamples, features_of: "Callable[[str], NDArray[np.float32]]") -> None:
        self.kept = kept
        self._features_of = features_of

    def take(self, correction: Correction) -> Lesson:
        """Count it, keep what may be kept, and say what was done.

        Raises:
            CredentialError: there is no keyring, so no example was kept; the answer was counted.
            StorageError: it could not be written.
        """
        self.kept.judge(correction.task.id, correction.engine, right=correction.right)
        if correction.keep == "verdict":
            return Lesson("Counted. Nothing of the text was kept.")
        features = self._features_of(correction.text)
        text = correction.text if correction.keep == "text" else None
        number = self.kept.keep(correction.task.id, correction.label, features, text)
        what = "the text" if text is not None else "how the text looks to the model, without the text"
        return Lesson(
            f"Texts like this are “{correction.label}” from now on. Kept on this device, encrypted: {what}.", number
        )
