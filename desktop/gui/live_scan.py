"""Scans the document while the person types, off the GUI thread, and drops results that came too late."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.gui.job import Job, JobRunner
from desktop.gui.offsets import Span, offset_map, unfold
from models.errors import StrongroomError
from models.pii.finding import Scan

DEBOUNCE_MS = 150
"""Pause in typing after which a scan starts."""


ScanText: TypeAlias = Callable[[str, threading.Event], Scan]
"""Scans a text, and returns soon after the event is set (the window is closing).

The program gives one that looks anew only at what an edit touched (``models.pii.incremental``).
"""


@dataclass(frozen=True, slots=True)
class ScannedDocument:
    """A scan of one version of the document, with what else is counted in the same pass."""

    text: str
    scan: Scan
    spans: tuple[Span, ...] = ()
    """Where the findings stand in the text field; ``index`` counts in ``scan.findings``."""
    words: int = 0


def scan_shown(shown: str, scan: ScanText, cancel: threading.Event) -> ScannedDocument:
    """Scan the document that is shown as ``shown``; all of it that takes long, for a job to do."""
    text = unfold(shown)
    found = scan(text, cancel)
    to_qt = offset_map(shown).to_qt
    spans = tuple(Span(to_qt(each.start), to_qt(each.end), index) for index, each in enumerate(found.findings))
    return ScannedDocument(text, found, spans, len(text.split()))


class LiveScan(QObject):
    """Debounced scanning: ``scanned`` carries a ``ScannedDocument`` of the text as it is now, never of an older one."""

    scanned = Signal(object)
    started = Signal()

    def __init__(
        self,
        runner: JobRunner,
        scan: ScanText,
        shown: Callable[[], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._scan = scan
        self._shown = shown
        self._revision = 0
        self._scanned_revision = 0
        self._job: Job | None = None
        self._timer = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._timer.timeout.connect(self._start)

    @property
    def pending(self) -> bool:
        """Whether the newest text is still to be scanned."""
        return self._scanned_revision != self._revision

    def touch(self, *, at_once: bool = False) -> None:
        """Say that the text changed; ``at_once`` scans without waiting for a pause (a paste, an opened file)."""
        self._revision += 1
        self.started.emit()
        self._timer.start(0 if at_once else DEBOUNCE_MS)

    def _start(self) -> None:
        if self._job is not None:
            return  # the running scan is out of date; its end starts the next one
        revision, shown = self._revision, self._shown()

        def work(cancel: threading.Event) -> Iterator[ScannedDocument]:
            yield scan_shown(shown, self._scan, cancel)

        def deliver(result: object) -> None:
            if revision == self._revision:
                self._scanned_revision = revision
                self.scanned.emit(result)

        def fail(_error: StrongroomError) -> None:
            deliver(ScannedDocument(unfold(shown), Scan((), complete=False, failures=("scan",))))

        def finish() -> None:
            self._job = None
            if revision != self._revision and not self._timer.isActive():
                self._start()

        self._job = self._runner.start(work, deliver, fail, finish)
