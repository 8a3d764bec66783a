"""The child process in which the language model lives; the only place that imports onnxruntime-genai.

The runtime holds Python's global lock while it loads, reads and writes, and can abort the process; in here neither
touches the window. The worker serves one pipe, looks at it between slices of the prompt and between tokens, and ends
when it closes.
"""

import contextlib
import enum
import json
import os
import signal
import sys
from collections.abc import Generator, Iterator
from multiprocessing.connection import Connection
from typing import Any

from models.engines.base import FinishReason
from models.engines.chat_tokens import ChatEncoder
from models.engines.prefix_cache import CachedGenerator, PrefixCache
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
from models.kernel_filter import forbid_network
from models.offline import GUARD
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
    GUARD.forbid()
    forbid_network()
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
            self._forget_when_idle()
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

    def _forget_when_idle(self) -> None:
        """Wait for a command, and if none comes for a while, keep nothing of the last document."""
        model = self._model
        if model is None or model.cache.kept is None or self._connection.poll(model.keep_seconds):
            return
        model.cache.drop()
        _return_memory()

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
        self.keep_seconds = load.keep_seconds
        self.cache = PrefixCache(self._generator, load.max_length)
        self.cancelled = False
        """Set from outside while ``generate`` runs."""

    def count(self, item: str | Prompt) -> int:
        """Tokens of a text or of a prompt."""
        return len(self._encoder.text(item) if isinstance(item, str) else self._encoder.prompt(item))

    def generate(self, job: Generate) -> Iterator[Reply]:
        """Answer a prompt, greedily; a reply after each slice of the prompt and each token."""
        self.cancelled = False
        prompt = self._encoder.prompt(job.prompt)
        room = min(job.max_tokens, self._max_length - len(prompt))
        if room < 1:
            yield _too_long(job.id)
            return
        length = len(prompt) + room
        kept = self.cache.take(prompt, length, job.schema)
        outcome = yield from self._read(job.id, kept, prompt)
        if outcome is _Read.UNSOUND and kept.reused:
            del kept  # its memory is needed for the next
            kept = self.cache.fresh(length, job.schema)
            outcome = yield from self._read(job.id, kept, prompt)
        if outcome is _Read.UNSOUND:
            yield Failed(job.id, DAMAGED.title, DAMAGED.message, damaged=True)
            return
        reason, written = FinishReason.CANCELLED, 0
        if outcome is _Read.WHOLE:
            reason, written = yield from self._write(job.id, kept, room)
        self.cache.keep(kept)
        yield Done(job.id, reason, len(prompt), written, _resident_bytes())

    def _read(self, number: int, kept: CachedGenerator, prompt: list[int]) -> Generator[Reply, None, "_Read"]:
        """Compute the rest of the prompt."""
        reused = kept.reused
        yield Started(number, len(prompt), kept.guided, reused)
        for start, end in prefill_slices(len(prompt) - reused):
            if self.cancelled:
                return _Read.STOPPED
            try:
                kept.append(prompt[reused + start : reused + end])
            except RuntimeError:
                if not reused:
                    raise
                return _Read.UNSOUND
            yield Prefilled(number, reused + end)
        sound = _all_finite(kept.generator.get_logits()) and (not reused or kept.is_sound())
        return _Read.WHOLE if sound else _Read.UNSOUND

    def _write(self, number: int, kept: CachedGenerator, room: int) -> Generator[Reply, None, tuple[FinishReason, int]]:
        """Write the answer, of ``room`` tokens at most; why it ended and its tokens are returned."""
        # Free text also ends where the model begins a turn that is not its own. A grammar sees to its end itself, and
        # takes the marks of tools for letters like any other.
        under_grammar = kept.guided and kept.schema is not None
        ends = self._end_ids if under_grammar else self._end_ids | self._encoder.control_ids
        stream = self._tokenizer.create_stream()
        written: list[int] = []
        while len(written) < room and not kept.generator.is_done():
            if self.cancelled:
                return FinishReason.CANCELLED, len(written)
            kept.generator.generate_next_token()
            token = int(kept.generator.get_next_tokens()[0])
            if token in ends:
                return FinishReason.STOP, len(written)
            written.append(token)
            yield Token(number, stream.decode(token), len(written))
            if len(written) % LOOP_CHECK_EVERY == 0 and is_looping(written):
                break
        return FinishReason.CUT, len(written)

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


class _Read(enum.Enum):
    """How the reading of a prompt ended."""

    WHOLE = enum.auto()
    STOPPED = enum.auto()
    UNSOUND = enum.auto()
    """The kept prefix cannot be built on, or the weights are damaged: the answer would be noise."""


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


def _return_memory() -> None:
    """Give freed memory back to the system, which wipes it. Only glibc keeps much of it otherwise."""
    if sys.platform == "linux":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)


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
