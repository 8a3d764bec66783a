"""Runs every recognizer over a text and merges what they find."""

from collections.abc import Sequence

from models.pii.finding import Scan
from models.pii.recognizer import Recognizer


class Analyzer:
    """Scans texts; an unfinished or broken recognizer makes the scan incomplete."""

    def __init__(self, recognizers: Sequence[Recognizer], timeout_s: float = 10.0) -> None:
        self._recognizers = tuple(recognizers)
        self._timeout_s = timeout_s

    @property
    def detectors(self) -> tuple[str, ...]:
        """Names of the recognizers, for the receipt."""
        return tuple(recognizer.name for recognizer in self._recognizers)

    def scan(self, text: str) -> Scan:
        """Scan ``text`` whole. Never raises: what went wrong is in ``Scan.failures``."""
        raise NotImplementedError
