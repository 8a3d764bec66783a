"""The child process in which the language model lives; the only place that imports onnxruntime-genai.

The runtime holds Python's global lock while it loads, reads and writes, and can abort the process; in here neither
touches the window. The worker serves one pipe, looks at it between slices of the prompt and between tokens, and ends
when it closes.
"""

import contextlib
import os
from multiprocessing.connection import Connection

from models.engines.child_process import be_quiet, give_way, return_memory
from models.engines.loaded_model import DAMAGED, LoadedModel
from models.engines.worker_protocol import (
    Cancel,
    Command,
    Counted,
    CountTokens,
    Done,
    Failed,
    Generate,
    Load,
    Loaded,
    Reply,
    Score,
    Shutdown,
    Warm,
)
from models.kernel_filter import forbid_network
from models.offline import GUARD
from models.runtime import disable_telemetry, keep_numpy_to_one_thread

IDLE_SECONDS = 0.3
"""Without a command for so long, the worker takes it that none is on its way."""


def main(connection: Connection) -> None:
    """Entry point of the process. Returns never: it exits at once, without the runtime's teardown."""
    disable_telemetry()
    keep_numpy_to_one_thread()  # here it only moves numbers; its threads would take memory for nothing
    GUARD.forbid()
    forbid_network()
    be_quiet()
    give_way()
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        Worker(connection).serve()
    os._exit(0)


class Worker:
    """Serves the commands of ``worker_protocol`` on one pipe until it closes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._model: LoadedModel | None = None

    def serve(self) -> None:
        """Handle one command after the other.

        Raises:
            EOFError, OSError: the parent is gone.
        """
        while True:
            self._use_idle_time()
            command: Command = self._connection.recv()
            match command:
                case Shutdown():
                    return
                case Cancel():
                    continue  # what it meant is over
            try:
                self._handle(command)
            except EOFError:
                raise
            except Exception as error:  # noqa: BLE001 - the runtime's errors hold paths; the person gets words instead
                self._send(_in_words(command, error))

    def _use_idle_time(self) -> None:
        """Wait for a command; if none comes, get ready for the next, and after a while keep nothing of the document."""
        model = self._model
        if model is None or self._connection.poll(IDLE_SECONDS):
            return
        model.read_vocabulary()
        if not model.cache.kept or self._connection.poll(model.keep_seconds):
            return
        model.cache.drop()
        return_memory()

    def _handle(self, command: Load | CountTokens | Generate | Score | Warm) -> None:
        if isinstance(command, Load):
            import onnxruntime_genai

            self._model = LoadedModel(command, onnxruntime_genai)
            self._send(Loaded())
            return
        if self._model is None:
            raise RuntimeError("no model is loaded")
        if isinstance(command, CountTokens):
            self._send(Counted(command.id, tuple(self._model.count(item) for item in command.items)))
            return
        if isinstance(command, Warm):
            self._warm(self._model, command)
            return
        for reply in self._model.generate(command):
            self._send(reply)
            # Once it is given up, what comes is meant for later.
            going = not self._model.cancelled and not isinstance(reply, Done | Failed)
            if going and self._cancelled(command.id):
                self._model.cancelled = True

    def _warm(self, model: LoadedModel, command: Warm) -> None:
        """Compute ahead until there is something else to do. Nothing is lost if it fails: a run will say what it is."""
        with contextlib.suppress(RuntimeError, MemoryError):
            for prompt in command.prompts:
                for _ in model.warm(prompt):
                    if self._connection.poll(0):
                        return

    def _cancelled(self, number: int) -> bool:
        """Whether the pipe says to give this command up. Nothing but Cancel and Shutdown may come during a run."""
        while self._connection.poll(0):
            command: Command = self._connection.recv()
            if isinstance(command, Shutdown):
                raise EOFError
            if isinstance(command, Cancel) and command.id == number:
                return True
        return False

    def _send(self, reply: Reply) -> None:
        self._connection.send(reply)


def _in_words(command: Command, error: Exception) -> Failed:
    if isinstance(error, MemoryError) or "alloc" in str(error).lower():
        return Failed(
            command.id,
            "Not enough memory",
            "The model needs more memory than this computer has free now. Your document is unchanged. Close other "
            "programs and run the task again.",
        )
    if isinstance(error, ImportError):  # what the system says of a library that did not fit differs, and never "alloc"
        return Failed(
            command.id,
            "The model's runtime could not be loaded",
            "The program that runs the model did not get into memory, most likely because memory ran out. The model "
            "itself was not touched, and your document is unchanged. Close other programs and run the task again; if "
            "that does not help, install Strongroom again.",
        )
    if isinstance(error, OSError):
        return Failed(
            command.id,
            "The model's files could not be read",
            "The system did not let the model's files be read, so nothing was done. Your document is unchanged. See "
            "that the disk with the model is there, and run the task again.",
        )
    if isinstance(command, Load):
        return DAMAGED
    return Failed(
        command.id,
        "The model stopped",
        "The model's runtime reported an error while it worked on your text. Your document is unchanged and nothing "
        "left this computer. Run the task again.",
    )
