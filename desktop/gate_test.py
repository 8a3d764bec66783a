"""Measures the gate on marked texts, at one or several thresholds of the small model, by the person's own rules."""

import threading
import time
from collections.abc import Iterable, Iterator, Sequence

from models.pii.finding import Scan
from models.pii.incremental import IncrementalAnalyzer
from models.pii.measure import MarkedText, Measurement, seen_in
from models.pii.personal import OwnRules, PersonalAnalyzer
from models.pii.registry import default_analyzer
from models.pii.threshold import RereadingTagger, Threshold, checked

STEPS: tuple[float, ...] = (0.1, 0.25, 0.5, 0.75, 0.9)
"""Thresholds that are tried beside the built-in ones."""


def thresholds_to_try(present: Threshold) -> tuple[Threshold, ...]:
    """The built-in thresholds first, then the steps and the one in use, rising."""
    own = checked(present)
    return (None, *sorted({*STEPS} if own is None else {*STEPS, own}))


class GateTest:
    """Counts for each threshold over the texts that were added. For one thread at a time.

    It has an analyzer of its own, so that the window's own scans neither wait nor lose what they keep. The patterns and
    the small model look at each text once, however many thresholds there are.
    """

    def __init__(self, rules: OwnRules, thresholds: Sequence[Threshold] = (None,)) -> None:
        self._tagger = RereadingTagger()
        self._again = IncrementalAnalyzer(default_analyzer(self._tagger))
        self._scanner = PersonalAnalyzer(self._again, rules)
        self.measurements: dict[Threshold, Measurement] = {checked(each): Measurement() for each in thresholds}

    def warm_up(self) -> None:
        """Load patterns and model, about 1 s, so that the first text is timed like the others."""
        self._again.warm_up()
        self._forget()

    def add(self, marked: MarkedText, cancel: threading.Event | None = None) -> bool:
        """Count one text; False if ``cancel`` ended it, and then it is not counted."""
        seen = []
        for threshold in self.measurements:
            self._tagger.threshold = threshold
            scan, seconds = _timed(self._scanner, marked.text, cancel)
            if cancel is not None and cancel.is_set():
                self._forget()
                return False
            seen.append((threshold, seen_in(scan), seconds))
        for threshold, each, seconds in seen:
            self.measurements[threshold].add(marked, each, seconds=seconds)
        self._forget()
        return True

    def add_all(self, texts: Iterable[MarkedText], cancel: threading.Event) -> Iterator[int]:
        """Count texts one by one and say after each how many there were; ends early with ``cancel``."""
        for number, marked in enumerate(texts, 1):
            if not self.add(marked, cancel):
                return
            yield number

    def _forget(self) -> None:
        """Nothing of a text stays, and the next is looked at whole."""
        self._again.forget()
        self._tagger.forget()


def _timed(scanner: PersonalAnalyzer, text: str, cancel: threading.Event | None) -> tuple[Scan, float]:
    start = time.perf_counter()
    return scanner.scan(text, cancel), time.perf_counter() - start
