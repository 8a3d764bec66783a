"""Scans a text again after an edit, looking anew only at what the edit can have changed.

Patterns look at the touched lines with a stretch of text on either side; the model at the windows whose words changed;
tables, names and values that come again, and the merging of findings, at the whole text, since they are quick.

The result is that of a full scan unless a single pattern reaches over more than ``REACH_CHARS`` of unchanged text to
the edit, or, in texts over 65,536 characters, the windows of the full scan cut one short. Long values (keys, tokens)
are reported from their first characters on, and a text that leaves is always scanned in full by the gate.
"""

import threading
from dataclasses import dataclass, replace

from models.pii.analyzer import MAX_CHARS, Analyzer
from models.pii.changes import common_ends
from models.pii.finding import Finding, Scan
from models.pii.normalize import normalize
from models.pii.search import LEAD_CHARS, Found, Window, follows_whole_text, search, window_around, windows_of

REACH_CHARS = 2_048


@dataclass(frozen=True, slots=True)
class _Searched:
    """What the windowed recognizers found in a text, as they gave it."""

    text: str
    findings: tuple[Finding, ...]


class IncrementalAnalyzer:
    """An analyzer for a text that changes by edits. It keeps the last text in memory, until ``forget``.

    Safe to call from any thread; scans wait for one another.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._lock = threading.Lock()
        self._last: _Searched | None = None

    @property
    def detectors(self) -> tuple[str, ...]:
        """Names of the recognizers and the model."""
        return self._analyzer.detectors

    def warm_up(self) -> None:
        """Load what is loaded on first use. Any thread."""
        self._analyzer.warm_up()

    def forget(self) -> None:
        """Drop the last text: the next scan looks at everything."""
        with self._lock:
            self._last = None

    def scan(self, text: str, cancel: threading.Event | None = None) -> Scan:
        """Scan ``text``, going by the last complete scan where the text is the same. Never raises."""
        if len(text) > MAX_CHARS:
            return self._analyzer.scan(text, cancel)
        with self._lock:
            is_over = self._analyzer.time_limit(len(text), cancel)
            normalized = normalize(text)
            read = normalized.text
            recognizers = self._analyzer.recognizers
            windowed = [each for each in recognizers if not follows_whole_text(each)]
            following = [each for each in recognizers if follows_whole_text(each)]
            last, self._last = self._last, None
            windows, kept = _touched(last, read)
            found = search(windowed, read, windows, is_over)
            findings = (*kept, *found.findings)
            if not found.failures:
                self._last = _Searched(read, findings)
            whole = search(following, read, (), is_over)
            failures = (*found.failures, *whole.failures)
            return self._analyzer.conclude(normalized, Found((*findings, *whole.findings), failures), cancel)


def _touched(last: _Searched | None, text: str) -> tuple[list[Window], list[Finding]]:
    """The windows to look at, and what stands of the findings elsewhere."""
    if last is None:
        return list(windows_of(text)), []
    prefix, suffix = common_ends(last.text, text)
    if prefix == len(text) == len(last.text):
        return [], list(last.findings)
    shift = len(text) - len(last.text)
    begin = _line_start(text, max(0, prefix - REACH_CHARS))
    # A finding that reaches into the edit from farther off is looked for again from its start.
    for finding in last.findings:
        if finding.start < begin and finding.end + LEAD_CHARS > prefix:
            begin = finding.start
    end = min(len(text), len(text) - suffix + REACH_CHARS)
    if end - begin > len(text) // 2 and len(text) > 4 * REACH_CHARS:
        return list(windows_of(text)), []
    kept = [finding for finding in last.findings if finding.start < begin]
    kept += [
        replace(finding, start=finding.start + shift, end=finding.end + shift)
        for finding in last.findings
        if finding.start >= end - shift
    ]
    window = window_around(text, begin, end)
    return [replace(window, end=min(len(text), end + REACH_CHARS))], kept


def _line_start(text: str, offset: int) -> int:
    return text.rfind("\n", max(0, offset - LEAD_CHARS), offset) + 1 or offset
