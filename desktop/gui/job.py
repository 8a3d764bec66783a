"""The only thread of the window: runs one generator and hands its events to the GUI, never more than it can take."""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from PySide6.QtCore import QObject, QThread, QTimer, Signal

from models.engines.base import Chunk, Progress
from models.errors import StrongroomError

Work: TypeAlias = Callable[[threading.Event], Iterable[object]]
"""A generator function: it looks at the event often and returns soon after it is set."""

COALESCE_MS = 30
"""Longest time that an event waits to be joined with its neighbours."""


def coalesce(events: Iterable[object]) -> Iterator[object]:
    """Join neighbouring chunks into one, and keep only the last of neighbouring progress reports of a stage."""
    held: list[object] = []
    for event in events:
        last = held[0] if held else None
        if isinstance(last, Chunk) and isinstance(event, Chunk):
            event = Chunk(last.text + event.text)
        elif held and not (isinstance(last, Progress) and isinstance(event, Progress) and last.stage == event.stage):
            yield last
        held = [event]
    yield from held


class _Thread(QThread):
    """Runs the generator and puts what it yields into a queue that the GUI thread empties."""

    woken = Signal()

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self.cancel = threading.Event()
        self.queue: deque[object] = deque()
        self.error: BaseException | None = None

    def run(self) -> None:
        """Thread body; keeps whatever it raised for the GUI thread to report."""
        try:
            for event in self._work(self.cancel):
                self.queue.append(event)
                if len(self.queue) == 1:  # a longer queue has its wake-up call on the way, or is being emptied
                    self.woken.emit()
        except BaseException as error:  # noqa: BLE001 - no silent death: the GUI thread reports it
            self.error = error


class Job(QObject):
    """One run of a generator in a thread of its own.

    ``arrived`` carries what it yields (chunks joined), ``failed`` a ``StrongroomError``, ``crashed`` any other
    exception (a bug); ``cancelled`` comes when it ended after ``stop``. ``finished`` is always the last
    signal. All signals arrive in the thread that made the job.
    """

    arrived = Signal(object)
    failed = Signal(object)
    crashed = Signal(object)
    cancelled = Signal()
    finished = Signal()

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = _Thread(work)
        self._thread.woken.connect(self._schedule)
        self._thread.finished.connect(self._end)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._drain)
        self._drained_at = 0.0
        self._ended = False

    @property
    def running(self) -> bool:
        """Whether ``finished`` is still to come."""
        return not self._ended

    @property
    def stopping(self) -> bool:
        """Whether Stop was pressed."""
        return self._thread.cancel.is_set()

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """Ask the generator to end; returns at once."""
        self._thread.cancel.set()

    def wait(self, timeout_ms: int) -> bool:
        """Block until the thread has ended; False if it did not within ``timeout_ms``."""
        return self._thread.wait(timeout_ms)

    def _schedule(self) -> None:
        """Empty the queue now if the last time is long ago, else when the coalescing time is over."""
        if self._timer.isActive() or not self._thread.queue:
            return
        elapsed_ms = (time.monotonic() - self._drained_at) * 1000
        if elapsed_ms >= COALESCE_MS:
            self._drain()
        else:
            self._timer.start(int(COALESCE_MS - elapsed_ms) + 1)

    def _drain(self) -> None:
        queue = self._thread.queue
        events = [queue.popleft() for _ in range(len(queue))]
        for event in coalesce(events):
            self.arrived.emit(event)
        self._drained_at = time.monotonic()
        if queue:  # came in while emptying, without a wake-up call
            self._timer.start(COALESCE_MS)

    def _end(self) -> None:
        if self._ended:
            return
        self._drain()
        self._timer.stop()
        self._ended = True
        error = self._thread.error
        if isinstance(error, StrongroomError):
            self.failed.emit(error)
        elif error is not None:
            self.crashed.emit(error)
        elif self.stopping:
            self.cancelled.emit()
        self.finished.emit()


class JobRunner(QObject):
    """Starts jobs, keeps them alive while they run, and ends them all when the window closes.

    ``crashed`` carries the exception of a job that failed by a bug, so that no call site can forget it.
    """

    crashed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: set[Job] = set()
        self._closed = False

    def start(
        self,
        work: Work,
        on_event: Callable[[object], None],
        on_failed: Callable[[StrongroomError], None],
        on_finished: Callable[[], None] | None = None,
    ) -> Job:
        """Run ``work`` in a thread; the callbacks run in the GUI thread, and not at all after ``shutdown``."""
        job = Job(work)
        job.arrived.connect(lambda event: None if self._closed else on_event(event))
        job.failed.connect(lambda error: None if self._closed else on_failed(error))
        job.crashed.connect(lambda error: None if self._closed else self.crashed.emit(error))

        def finish() -> None:
            self._jobs.discard(job)
            job.deleteLater()
            if on_finished is not None and not self._closed:
                on_finished()

        job.finished.connect(finish)
        self._jobs.add(job)
        job.start()
        return job

    def shutdown(self, timeout_ms: int, last_resort: Callable[[], None] | None = None) -> None:
        """Stop every job and wait. ``last_resort`` (closing the engines) is called if one does not end in time."""
        self._closed = True
        for job in self._jobs:
            job.stop()
        if not all(job.wait(timeout_ms) for job in list(self._jobs)) and last_resort is not None:
            last_resort()
            for job in list(self._jobs):
                job.wait(timeout_ms)
        self._jobs.clear()
