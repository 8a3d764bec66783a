"""Starts, talks to and ends one worker process."""

import contextlib
import multiprocessing
from multiprocessing.connection import Connection

from models.engines.worker import main
from models.engines.worker_protocol import Command, Reply, Shutdown
from models.runtime import choose_attention, disable_telemetry

GRACE = 1.0
"""Seconds that a worker gets to leave by itself, and again after it was asked by signal, before it is killed."""


class WorkerGone(Exception):
    """The process at the other end of the pipe has ended. ``exit_code`` is negative for a signal, None if unknown."""

    def __init__(self, exit_code: int | None) -> None:
        super().__init__(f"the worker has ended ({exit_code})")
        self.exit_code = exit_code


class WorkerProcess:
    """A spawned process that runs ``models.engines.worker.main``. Not shared between threads, save for ``stop``."""

    def __init__(self) -> None:
        disable_telemetry()  # the child inherits the environment, and has it before its first line of Python
        choose_attention()
        context = multiprocessing.get_context("spawn")
        self._connection: Connection
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=main, args=(theirs,), name="strongroom-model", daemon=True)
        try:
            self._process.start()
        except BaseException:
            self._connection.close()
            raise
        finally:
            theirs.close()
        self.pid = self._process.pid
        self._stopped = False

    def send(self, command: Command) -> None:
        """Send a command.

        Raises:
            WorkerGone: the process has ended.
        """
        try:
            self._connection.send(command)
        except OSError as error:
            raise self._gone() from error

    def receive(self, timeout: float) -> Reply | None:
        """The next reply, or None after ``timeout`` seconds.

        Raises:
            WorkerGone: the process has ended.
        """
        try:
            if not self._connection.poll(timeout):
                return None
            reply: Reply = self._connection.recv()
        except (EOFError, OSError) as error:
            raise self._gone() from error
        return reply

    def pulse(self) -> float | None:
        """Seconds of computing that the process has used; None if it cannot be known."""
        import psutil

        try:
            times = psutil.Process(self.pid).cpu_times()
        except psutil.Error:
            return None
        return float(times.user + times.system)

    def stop(self, *, now: bool = False) -> None:
        """End the process and give back its pipe: ask, then terminate, then kill. Safe to call twice.

        ``now`` leaves out the asking, for a process that is busy in the runtime and would not hear it.
        """
        if self._stopped:
            return
        self._stopped = True
        with contextlib.suppress(OSError):
            self._connection.send(Shutdown())
        self._connection.close()
        if not now:
            self._process.join(GRACE)
        for end in (self._process.terminate, self._process.kill):
            if self._process.is_alive():
                end()
                self._process.join(GRACE)
        self._process.join()
        self._process.close()

    def _gone(self) -> WorkerGone:
        with contextlib.suppress(ValueError):  # closed already, by stop()
            self._process.join(GRACE)
            return WorkerGone(self._process.exitcode)
        return WorkerGone(None)
