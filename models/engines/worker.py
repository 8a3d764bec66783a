"""The child process in which the language model lives; the only place that imports onnxruntime-genai.

The runtime holds Python's global lock while it loads, reads and writes, and can abort the process; in here neither
touches the window. The worker serves one pipe, looks at it between slices of the prompt and between tokens, and ends
when it closes.
"""

import contextlib
import json
import os
import signal
from collections.abc import Iterator
from multiprocessing.connection import Connection
from typing import Any

from models.engines.base import FinishReason
from models.engines.chat_tokens import ChatEncoder
from models.engines.repetition import is_looping
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
    Prefilled,
    Prompt,
    Reply,
    Shutdown,
    Started,
    Token,
)
from models.runtime import disable_telemetry

SLICE = 64
"""Tokens of the prompt computed between two looks at the pipe: about a second on a laptop."""
LOOP_CHECK_EVERY = 8
"""Tokens between two looks for an endless repetition."""

DAMAGED = Failed(
    0,
    "The model is damaged",
    "The model's files are on the disk but do not work: they are cut off, changed, or made for another version. Your "
    "document is unchanged. Remove the model in Settings and install it again.",
    damaged=True,
)


def main(connection: Connection) -> None:
    """Entry point of the process. Returns never: it exits at once, without the runtime's teardown."""
    disable_telemetry()
    _be_quiet()
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        Worker(connection).serve()
    os._exit(0)


def _be_quiet() -> None:
    """No Ctrl+C (the parent decides), no output and no core file: either could hold the person's text."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # the parent ends it so, even where it ignores the signal itself
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


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
            command: Command = self._connection.recv()
            match command:
                case Shutdown():
                    return
                case Cancel():
                    continue  # what it meant is over
            try:
                self._handle(command)
            except (EOFError, OSError):
                raise
            except Exception as error:  # noqa: BLE001  # the runtime's errors hold paths; the person gets words instead
                self._send(_in_words(command, error))

    def _handle(self, command: Load | CountTokens | Generate) -> None:
        if isinstance(command, Load):
            self._model = LoadedModel(command)
            self._send(Loaded())
            return
        if self._model is None:
            raise RuntimeError("no model is loaded")
        if isinstance(command, CountTokens):
            self._send(Counted(command.id, tuple(self._model.count(item) for item in command.items)))
            return
        for reply in self._model.generate(command):
            self._send(reply)
            if not isinstance(reply, Done | Failed) and self._cancelled(command.id):
                self._model.cancelled = True

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


class LoadedModel:
    """A model in memory, its tokenizer, and the run that is going on."""

    def __init__(self, load: Load) -> None:
        import onnxruntime_genai as og

        config = og.Config(load.model_dir)
        if load.threads is not None:
            session = {"intra_op_num_threads": load.threads}
            config.overlay(json.dumps({"model": {"decoder": {"session_options": session}}}))
        self._og = og
        self._model = og.Model(config)
        self._tokenizer = og.Tokenizer(self._model)
        self._encoder = ChatEncoder(self._tokenizer)
        self._end_ids = {int(token) for token in self._tokenizer.eos_token_ids}
        self._max_length = load.max_length
        self.cancelled = False
        """Set from outside while ``generate`` runs."""

    def count(self, item: str | Prompt) -> int:
        """Tokens of a text or of a prompt."""
        return len(self._encoder.text(item) if isinstance(item, str) else self._encoder.prompt(item))

    def generate(self, job: Generate) -> Iterator[Reply]:
        """Answer a prompt, greedily; a reply after each slice of the prompt and each token."""
        self.cancelled = False
        prompt = self._encoder.prompt(job.prompt)
        written: list[int] = []
        room = min(job.max_tokens, self._max_length - len(prompt))
        if room < 1:
            yield _too_long(job.id)
            return

        def done(reason: FinishReason) -> Done:
            return Done(job.id, reason, len(prompt), len(written), _resident_bytes())

        generator, guided = self._generator(len(prompt) + room, job.schema)
        yield Started(job.id, len(prompt), guided)
        for start, end in prefill_slices(len(prompt)):
            if self.cancelled:
                yield done(FinishReason.CANCELLED)
                return
            generator.append_tokens(prompt[start:end])
            yield Prefilled(job.id, end)
        if not _all_finite(generator.get_logits()):
            yield Failed(job.id, DAMAGED.title, DAMAGED.message, damaged=True)
            return
        # Free text also ends where the model begins a turn that is not its own. A grammar sees to its end itself, and
        # takes the marks of tools for letters like any other.
        ends = self._end_ids if guided and job.schema is not None else self._end_ids | self._encoder.control_ids
        stream = self._tokenizer.create_stream()
        while not generator.is_done():
            if self.cancelled:
                yield done(FinishReason.CANCELLED)
                return
            generator.generate_next_token()
            token = int(generator.get_next_tokens()[0])
            if token in ends:
                yield done(FinishReason.STOP)
                return
            written.append(token)
            yield Token(job.id, stream.decode(token), len(written))
            if len(written) % LOOP_CHECK_EVERY == 0 and is_looping(written):
                break
        yield done(FinishReason.CUT)

    def _generator(self, length: int, schema: str | None) -> tuple[Any, bool]:
        """A generator for so many tokens in all, and whether it keeps to the schema."""
        if schema is not None:
            # A runtime that was built without guidance says so only here; the parent then parses what comes.
            with contextlib.suppress(RuntimeError):
                params = self._params(length)
                params.set_guidance("json_schema", schema, False)
                return self._og.Generator(self._model, params), True
        return self._og.Generator(self._model, self._params(length)), schema is None

    def _params(self, length: int) -> Any:
        params = self._og.GeneratorParams(self._model)
        params.set_search_options(max_length=length, do_sample=False, batch_size=1)
        return params


def prefill_slices(length: int) -> Iterator[tuple[int, int]]:
    """(start, end) of each slice of a prompt.

    The last holds two tokens or more: a single row is computed by other kernels, with slightly other results.
    """
    start = 0
    while start < length:
        end = min(start + SLICE, length)
        if length - end == 1:
            end = length if end - start < SLICE else end - 1
        yield start, end
        start = end


def _all_finite(logits: Any) -> bool:
    """Whether the first logits are numbers: overwritten weights load without an error and give NaN."""
    import numpy

    return bool(numpy.isfinite(logits).all())


def _resident_bytes() -> int:
    import psutil

    return int(psutil.Process().memory_info().rss)


def _too_long(number: int) -> Failed:
    return Failed(
        number,
        "The text does not fit",
        "The text and the task's instructions are longer than the model can take in at once. Nothing was cut, and your "
        "document is unchanged. Run the task on a shorter text.",
    )


def _in_words(command: Command, error: Exception) -> Failed:
    if isinstance(error, MemoryError) or "alloc" in str(error).lower():
        return Failed(
            command.id,
            "Not enough memory",
            "The model needs more memory than this computer has free now. Your document is unchanged. Close other "
            "programs and run the task again.",
        )
    if isinstance(command, Load):
        return DAMAGED
    return Failed(
        command.id,
        "The model stopped",
        "The model's runtime reported an error while it worked on your text. Your document is unchanged and nothing "
        "left this computer. Run the task again.",
    )
