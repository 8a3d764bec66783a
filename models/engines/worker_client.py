"""Talks to the worker process: waits, listens for Stop, and sees when the worker has died or hangs."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from models.engines.worker_process import WorkerGone, WorkerProcess
from models.engines.worker_protocol import Cancel, Command, Prefilled, Reply, Scored, Started, Token
from models.errors import EngineError, EngineUnavailable, OutOfMemory

POLL = 0.02
"""Seconds between two looks at the cancel event while the pipe is silent."""
LOOK_AT_PULSE = 1.0
"""Seconds of silence between two looks at whether the worker computes."""

# Exit codes: minus the signal on POSIX, the exception on Windows.
_ILLEGAL_INSTRUCTION = (-4, 0xC000001D)
_KILLED = -9
_OUT_OF_MEMORY = (_KILLED, -6)  # the system's killer, and the runtime's abort when an allocation fails
_WINDOWS_EXCEPTION = 0x80000000
"""Exit codes from here on are exceptions of Windows; a smaller one is what a process gave itself."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds without a sign of life after which the worker counts as hung, and that Stop waits for its answer.

    A worker that is silent but computes has ``load`` or ``run`` seconds; one that does not even compute, ``stalled``.
    Only time in which this program ran counts: a computer that slept has not waited.
    """

    load: float = 300.0
    run: float = 120.0
    stalled: float = 30.0
    stop: float = 1.0


class WorkerClient:
    """At most one worker. Not shared between threads, save for ``closing``, which ends any wait."""

    def __init__(self, patience: Patience, closing: threading.Event) -> None:
        self.patience = patience
        self.process: WorkerProcess | None = None
        self._closing = closing
        self._number = 0

    def start(self) -> None:
        """Start a worker.

        Raises:
            EngineError: the system does not let us.
        """
        try:
            self.process = WorkerProcess()
        except OSError as error:
            raise EngineError(
                "The language model could not be started",
                "The system did not let Strongroom start the process in which the model runs. Your document is "
                "unchanged. Close other programs and run the task again.",
            ) from error

    def drop(self, *, now: bool = False) -> None:
        """End the worker. ``now`` leaves out the asking."""
        process, self.process = self.process, None
        if process is not None:
            process.stop(now=now)

    def next_number(self) -> int:
        """A number for the next command."""
        self._number += 1
        return self._number

    def tell(self, command: Command) -> None:
        """Send a command that has no reply; a worker that is gone is dropped."""
        if self.process is None:
            return
        try:
            self.process.send(command)
        except WorkerGone:
            self.drop(now=True)

    def replies(
        self, command: Command, cancel: threading.Event, patience: float | None = None, stop: float | None = None
    ) -> Iterator[Reply]:
        """Send a command and give its replies, the last one included; ends early, without one, on Stop.

        Leaving the iterator early gives the command up, too.

        Raises:
            EngineError: the worker died, or hangs and was ended.
        """
        process = self.process
        if process is None:
            raise self._broken(None)
        silence = Silence(self.patience.run if patience is None else patience, self.patience.stalled, process.pulse)
        stop = self.patience.stop if stop is None else stop
        over = False
        stopped_at: float | None = None
        try:
            process.send(command)
            while not over:
                if stopped_at is None and (cancel.is_set() or self._closing.is_set()):
                    stopped_at = time.monotonic()
                    process.send(Cancel(command.id))
                reply = process.receive(POLL)
                if reply is not None:
                    silence.broken()
                    if reply.id == command.id:
                        over = not isinstance(reply, Started | Prefilled | Scored | Token)
                        yield reply
                elif self._closing.is_set() or (stopped_at is not None and time.monotonic() - stopped_at >= stop):
                    over = True  # it has heard, or will: what it still says is told apart by its number
                elif silence.too_long():
                    self.drop(now=True)
                    raise EngineError(
                        "The language model does not answer",
                        f"It gave no sign for {silence.seconds:.0f} seconds and was ended. Your document is unchanged "
                        "and nothing left this computer. Run the task again; the model is then loaded afresh.",
                    )
        except WorkerGone as gone:
            over = True
            self.drop(now=True)
            if not self._closing.is_set():
                raise self._broken(gone.exit_code) from gone
        finally:
            if not over:
                self.tell(Cancel(command.id))

    def _broken(self, exit_code: int | None) -> EngineError:
        if exit_code in _ILLEGAL_INSTRUCTION:
            return EngineUnavailable(
                "This processor cannot run the language model",
                "It lacks instructions that the model's runtime needs (AVX2 on Intel and AMD). Your document is "
                "unchanged. Use the starter engine, which does without them.",
            )
        if exit_code is not None and 0 < exit_code < _WINDOWS_EXCEPTION:
            # The worker itself ends with 0 only; a library that gets no memory (OpenBLAS) ends the process with 1.
            return OutOfMemory(
                "The language model broke off",
                "The process in which it runs ended before it was done, most likely because memory ran out. Your "
                "document is unchanged and nothing left this computer. Close other programs and run the task again.",
            )
        why = "perhaps because memory ran out" if exit_code in _OUT_OF_MEMORY else "for a reason that is not known"
        kind = OutOfMemory if exit_code == _KILLED else EngineError
        return kind(
            "The language model broke off",
            f"The process in which it runs has ended, {why}. Your document is unchanged and nothing left this "
            "computer. Run the task again; the model is then loaded afresh.",
        )


class Silence:
    """How long a worker has said nothing, by a clock that stands still while this program does.

    ``pulse`` gives the seconds of computing that the worker has used, None if that cannot be known.
    """

    def __init__(
        self,
        patience: float,
        stalled: float,
        pulse: Callable[[], float | None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._patience = patience
        self._stalled = min(stalled, patience)
        self._pulse = pulse
        self._clock = clock
        self.broken()

    def broken(self) -> None:
        """It said something."""
        self.seconds = 0.0
        """How long it has been silent."""
        self._since_beat = 0.0
        self._last = self._clock()
        self._looked = 0.0
        self._beat: float | None = None

    def too_long(self) -> bool:
        """To be asked again and again while it is silent: whether to wait no longer."""
        now = self._clock()
        step = min(now - self._last, LOOK_AT_PULSE)  # a longer step is a computer that slept
        self._last = now
        self.seconds += step
        self._since_beat += step
        if self.seconds - self._looked >= min(LOOK_AT_PULSE, self._stalled / 3):
            self._looked = self.seconds
            beat = self._pulse()
            if beat is None or beat != self._beat:
                self._beat, self._since_beat = beat, 0.0
        return self.seconds > self._patience or self._since_beat > self._stalled
