"""Runs every recognizer over a text and merges what they find."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from models.pii.finding import Finding, Scan
from models.pii.merge import merge
from models.pii.normalize import normalize
from models.pii.recognizer import Recognizer

MAX_CHARS = 20_000_000
"""A longer text is not scanned at all, and so never clears."""

# A regex cannot be interrupted, so time is looked at between windows. A window is a core, whose findings count, with
# some text on either side of it for context and for findings that run past its end.
_CORE_CHARS = 32_768
_TIMED_CHARS = 1_000_000
_LEAD_CHARS = 512
_TAIL_CHARS = 6_144


class Analyzer:
    """Scans texts; an unfinished or broken recognizer makes the scan incomplete.

    ``timeout_s`` is the time for each megabyte begun (a million characters).
    """

    def __init__(self, recognizers: Sequence[Recognizer], timeout_s: float = 10.0) -> None:
        self._recognizers = tuple(recognizers)
        self._timeout_s = timeout_s

    @property
    def detectors(self) -> tuple[str, ...]:
        """Names of the recognizers, for the receipt."""
        return tuple(recognizer.name for recognizer in self._recognizers)

    def warm_up(self) -> None:
        """Load what recognizers load on first use (phone metadata, compiled patterns), about 0.2 s. Any thread."""
        self.scan(
            "Dear Ms Example, call +44 20 7946 0018. key=0, born 1 May 1990, password: <none>, IBAN GB00, a@b.c ://"
        )

    def scan(self, text: str, cancel: threading.Event | None = None) -> Scan:
        """Scan ``text`` whole. Never raises: what went wrong is in ``Scan.failures``.

        ``cancel`` ends it early, within some 0.1 s; such a scan is not complete.
        """
        if len(text) > MAX_CHARS:
            return Scan((), complete=False, failures=self.detectors)
        deadline = time.monotonic() + self._timeout_s * (1 + len(text) // _TIMED_CHARS)

        def is_over() -> bool:
            return time.monotonic() > deadline or (cancel is not None and cancel.is_set())

        normalized = normalize(text)
        windows = tuple(_windows(normalized.text))
        findings: list[Finding] = []
        failures: list[str] = []
        for recognizer in self._recognizers:
            try:
                finished = _run(recognizer, normalized.text, windows, is_over, findings)
            # Whatever a recognizer does, the scan must say "not complete" rather than break off: the gate then
            # stays shut. The exception itself may quote the text, so nothing of it is kept.
            except Exception:  # noqa: BLE001
                finished = False
            if not finished:
                failures.append(recognizer.name)
        located = []
        for finding in merge(findings):
            start, end = normalized.original_span(finding.start, finding.end)
            located.append(replace(finding, start=start, end=end))
        return Scan(tuple(located), complete=not failures, failures=tuple(failures))


def _run(
    recognizer: Recognizer,
    text: str,
    windows: Sequence[tuple[int, int, int, int]],
    is_over: Callable[[], bool],
    findings: list[Finding],
) -> bool:
    """Run one recognizer window by window, adding to ``findings``; False when it was over before it was through.

    Raises whatever the recognizer raises, and ValueError for a finding outside the text.
    """
    for begin, core_begin, core_end, end in windows:
        if is_over():
            return False
        whole = begin == 0 and end == len(text)
        for finding in recognizer.find(text if whole else text[begin:end]):
            if not 0 <= finding.start < finding.end <= end - begin:
                raise ValueError("a finding lies outside the text")
            start = finding.start + begin
            if core_begin <= start < core_end:
                findings.append(replace(finding, start=start, end=finding.end + begin) if begin else finding)
            if is_over():
                return False
    return not is_over()


def _windows(text: str) -> Iterator[tuple[int, int, int, int]]:
    """Cut ``text`` into (begin, core begin, core end, end); cores follow on one another and cover it all."""
    core_begin = 0
    while True:
        core_end = core_begin + _CORE_CHARS
        if core_end + _TAIL_CHARS >= len(text):
            core_end = len(text)
        begin = _line_start(text, max(0, core_begin - _LEAD_CHARS), core_begin)
        yield begin, core_begin, core_end, min(len(text), core_end + _TAIL_CHARS)
        if core_end == len(text):
            return
        core_begin = core_end


def _line_start(text: str, low: int, high: int) -> int:
    """First offset in [low, high] after a line break, else after a space, so that a window starts on a whole word."""
    if low == 0:
        return 0
    for separator in ("\n", " "):
        found = text.find(separator, low, high)
        if found >= 0:
            return found + 1
    return low
