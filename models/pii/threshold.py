"""The small model with another threshold than the built-in ones."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from models.pii.tagger.labels import CONTEXT_ONLY
from models.pii.tagger.session import FOLDER
from models.pii.tagger.tagger import Reading, Tagger

LEAST, MOST = 0.05, 0.95
"""Thresholds that a person may choose lie between these."""

Threshold = float | None
"""A score from 0 to 1 from which a reading of the model alone counts, whichever personal entity it is.

None for the built-in thresholds, which differ by entity.
"""


def checked(threshold: Threshold) -> Threshold:
    """``threshold`` if it may be used, else None: a damaged value means the built-in thresholds."""
    return threshold if threshold is not None and LEAST <= threshold <= MOST else None


class AdjustableTagger(Tagger):
    """A tagger that asks before every text from which score on its readings count.

    What a rule bears out stands whatever the threshold; see ``models.pii.evidence``.
    """

    def __init__(
        self, threshold: Callable[[], Threshold] = lambda: None, folder: Path = FOLDER, threads: int = 2
    ) -> None:
        super().__init__(folder, threads)
        self._threshold = threshold

    def read(self, text: str, is_over: Callable[[], bool] = lambda: False) -> Reading | None:
        """As ``Tagger.read``, with the thresholds replaced."""
        return at_threshold(super().read(text, is_over), checked(self._threshold()))


class RereadingTagger(Tagger):
    """A tagger that reads a text once and gives the same reading at several thresholds, for measuring."""

    def __init__(self, folder: Path = FOLDER, threads: int = 2) -> None:
        super().__init__(folder, threads)
        self.threshold: Threshold = None
        """What the next ``read`` goes by."""
        self._held: tuple[str, Reading] | None = None

    def read(self, text: str, is_over: Callable[[], bool] = lambda: False) -> Reading | None:
        """As ``Tagger.read``, at ``threshold``."""
        if self._held is None or self._held[0] != text:
            self._held = None
            reading = super().read(text, is_over)
            if reading is None:
                return None
            self._held = (text, reading)
        return at_threshold(self._held[1], checked(self.threshold))

    def forget(self) -> None:
        """Drop the kept results."""
        self._held = None
        super().forget()


def at_threshold(reading: Reading | None, threshold: Threshold) -> Reading | None:
    """``reading`` with this threshold for every entity that is not context only; as it is for None.

    Firms and places keep theirs: knowing them is what keeps them from being taken for people.
    """
    if reading is None or threshold is None:
        return reading
    thresholds = {
        entity: built_in if entity in CONTEXT_ONLY else threshold for entity, built_in in reading.thresholds.items()
    }
    return replace(reading, thresholds=thresholds, alone=threshold)
