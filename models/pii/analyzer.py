"""Runs every recognizer and the model over a text, weighs what they say, and merges it."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from models.pii.evidence import weigh
from models.pii.finding import Finding, Scan
from models.pii.memory import recall
from models.pii.merge import merge
from models.pii.normalize import Normalized, normalize
from models.pii.recognizer import Recognizer
from models.pii.search import Found, search, windows_of

if TYPE_CHECKING:
    from models.pii.tagger.tagger import Reading, Tagger

MAX_CHARS = 20_000_000
"""A longer text is not scanned at all, and so never clears."""

_TIMED_CHARS = 1_000_000
_MODEL_S_PER_CHAR = 200e-6
"""The model takes some 30 microseconds a character on two cores; a slow or busy machine may take six times as long."""
_MEMORY = "document memory"


class Analyzer:
    """Scans texts; an unfinished or broken recognizer, or a model that cannot read, makes the scan incomplete.

    ``timeout_s`` is the time of the patterns for each megabyte begun (a million characters); the model has its own on
    top, by the length of the text. Without a ``tagger``, only patterns and lists are looked at.
    """

    def __init__(
        self, recognizers: Sequence[Recognizer], timeout_s: float = 10.0, tagger: "Tagger | None" = None
    ) -> None:
        self.recognizers = tuple(recognizers)
        self._timeout_s = timeout_s
        self._tagger = tagger

    @property
    def detectors(self) -> tuple[str, ...]:
        """Names of the recognizers and the model, for the receipt."""
        names = tuple(recognizer.name for recognizer in self.recognizers)
        return (*names, self._tagger.name) if self._tagger else names

    def warm_up(self) -> None:
        """Load what is loaded on first use (phone metadata, compiled patterns, the model), about 0.5 s. Any thread."""
        self.scan(
            "Dear Ms Example, call +44 20 7946 0018. key=0, born 1 May 1990, password: <none>, IBAN GB00, a@b.c ://"
        )

    def scan(self, text: str, cancel: threading.Event | None = None) -> Scan:
        """Scan ``text`` whole. Never raises: what went wrong is in ``Scan.failures``.

        ``cancel`` ends it early, within some 0.1 s; such a scan is not complete.
        """
        if len(text) > MAX_CHARS:
            return Scan((), complete=False, failures=self.detectors)
        is_over = self.time_limit(len(text), cancel)
        normalized = normalize(text)
        windows = tuple(windows_of(normalized.text))
        return self.conclude(normalized, search(self.recognizers, normalized.text, windows, is_over), cancel)

    def time_limit(self, length: int, cancel: threading.Event | None) -> Callable[[], bool]:
        """Says from now on whether the patterns' time for a text of so many characters is up, or ``cancel`` is set."""
        return _until(self._timeout_s * (1 + length // _TIMED_CHARS), cancel)

    def conclude(self, normalized: Normalized, found: Found, cancel: threading.Event | None) -> Scan:
        """From what the recognizers found in ``normalized.text`` to the scan of the original text.

        Adds what the model reads, weighs both, looks for names and values that come again, and merges.
        """
        text, failures = normalized.text, list(found.failures)
        reading = None
        if self._tagger is not None:
            limit = _until(self._timeout_s + _MODEL_S_PER_CHAR * len(text), cancel)
            try:
                reading = self._tagger.read(text, limit)
            # As with the recognizers: a missing file or an error of the runtime, which may quote what it was given.
            except Exception:  # noqa: BLE001
                reading = None
            if reading is None:
                failures.append(self._tagger.name)
        findings: list[Finding] = list(found.findings)
        try:
            findings = _understood(text, findings, reading)
        # Lists that cannot be read, say. What the recognizers found stands as it is.
        except Exception:  # noqa: BLE001
            failures.append(_MEMORY)
        located = []
        for finding in merge(findings):
            start, end = normalized.original_span(finding.start, finding.end)
            located.append(replace(finding, start=start, end=end))
        return Scan(tuple(located), complete=not failures, failures=tuple(failures))


def _understood(text: str, findings: Sequence[Finding], reading: "Reading | None") -> list[Finding]:
    weighed = weigh(text, findings, reading)
    return [*weighed, *recall(text, weighed, reading)]


def _until(seconds: float, cancel: threading.Event | None) -> Callable[[], bool]:
    deadline = time.monotonic() + seconds

    def is_over() -> bool:
        return time.monotonic() > deadline or (cancel is not None and cancel.is_set())

    return is_over
