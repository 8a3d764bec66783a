"""The language-model engine: supervises the worker process in which Phi-4 Mini runs; keeps the engines' contract."""

import json
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.engines.base import Chunk, EngineEvent, EngineName, Finished, FinishReason, Progress, Request, Usage
from models.engines.long_document import Completion, answer_in_parts
from models.engines.model_folder import check_memory, physical_cores, read_model_folder
from models.engines.structured_output import StructuredOutput
from models.engines.worker_process import WorkerGone, WorkerProcess
from models.engines.worker_protocol import (
    Cancel,
    Command,
    Counted,
    CountTokens,
    Done,
    Failed,
    Generate,
    Load,
    Prefilled,
    Prompt,
    Reply,
    Started,
    Token,
)
from models.errors import EngineError, EngineUnavailable, InputError
from models.skills.prompts import build_messages
from models.skills.schema import output_schema
from models.skills.skill import Task

MAX_LENGTH = 4096
"""Tokens of prompt and output: above it Phi-4 Mini switches its rotary tables and writes garbage."""
_SURELY_TOO_LONG = 64
"""Characters a token that no text has throughout: a longer one is not worth counting in one piece."""
POLL = 0.02
"""Seconds between two looks at the cancel event while the pipe is silent."""
KEEP_SECONDS = 300.0
"""Seconds for which the worker keeps what it computed of the last document, for the next task on it."""

# Exit codes: minus the signal on POSIX, the exception on Windows.
_ILLEGAL_INSTRUCTION = (-4, 0xC000001D)
_OUT_OF_MEMORY = (-9, -6)  # the system's killer, and the runtime's abort when an allocation fails


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds without a sign of life after which the worker counts as hung, and that Stop waits for its answer."""

    load: float = 300.0
    run: float = 120.0
    stop: float = 1.0


class PhiEngine:
    """Phi-4 Mini in a child process, started when first needed and kept. Implements ``Engine[Request]``.

    ``threads`` None or 0 means one for each physical core. ``check_memory`` False is "load anyway".
    ``keep_seconds`` bounds how long an idle worker keeps the last document's computed form (see ``prefix_cache``).
    """

    name: EngineName = "phi"

    def __init__(
        self,
        model_dir: Path,
        model_name: str,
        threads: int | None = None,
        max_length: int = MAX_LENGTH,
        *,
        check_memory: bool = True,
        patience: Patience | None = None,
        keep_seconds: float = KEEP_SECONDS,
    ) -> None:
        self._model_dir = model_dir
        self._model_name = model_name
        self._threads = threads
        self._max_length = min(max_length, MAX_LENGTH)
        self._check_memory = check_memory
        self._patience = patience or Patience()
        self._keep_seconds = keep_seconds
        self._worker: WorkerProcess | None = None
        self._loaded_length = 0
        self._number = 0
        self._busy = threading.Lock()
        self._closing = threading.Event()

    @property
    def worker_pid(self) -> int | None:
        """Process id of the worker, None while there is none."""
        return self._worker.pid if self._worker else None

    def run(self, request: Request, cancel: threading.Event) -> Iterator[EngineEvent]:
        """Answer one request (see ``Engine``).

        Raises:
            InputError: there is no text.
            EngineUnavailable, EngineError: no model, a damaged one, too little memory, a worker that died or hung.
        """
        if cancel.is_set():
            yield Finished(FinishReason.CANCELLED, Usage(), self._model_name)
            return
        if not request.text.strip():
            raise InputError("There is no text", "Nothing was done. Paste or open a document, then run the task again.")
        if not self._busy.acquire(blocking=False):
            raise EngineError(
                "The language model is busy",
                "It works on another text. Nothing was done with this one. Wait until the other run is over, or stop "
                "it.",
            )
        try:
            self._closing.clear()
            yield from self._run(request, cancel)
        finally:
            self._busy.release()

    def close(self) -> None:
        """End the worker and give its memory back; a run that is going on ends as cancelled."""
        self._closing.set()
        idle = self._busy.acquire(timeout=0.5)
        try:
            self._drop()
        finally:
            if idle:
                self._busy.release()

    def _run(self, request: Request, cancel: threading.Event) -> Iterator[EngineEvent]:
        usage, reason = Usage(), FinishReason.CANCELLED
        loaded = yield from self._load(cancel)
        # The worker may still be winding down a run that was stopped, so this is the second place to wait, and to stop.
        if loaded and self._is_idle(cancel):
            session = _Session(self, cancel, self._loaded_length)
            completion = yield from session.answer(request)
            usage, reason = completion.usage, completion.reason
        yield Finished(reason, usage, self._model_name)

    def _is_idle(self, cancel: threading.Event) -> bool:
        """Wait until the worker takes commands; False if the person stopped that."""
        return any(isinstance(reply, Counted) for reply in self.replies(CountTokens(self.next_number(), ()), cancel))

    def _load(self, cancel: threading.Event) -> Generator[EngineEvent, None, bool]:
        """Have a worker with the model loaded; False if the person stopped it."""
        if self._worker is not None:
            return True
        folder = read_model_folder(self._model_dir)
        length = min(self._max_length, folder.context_length)
        if self._check_memory:
            check_memory(folder, length)
        yield Progress("load", f"Loading {self._model_name}")
        threads = self._threads or physical_cores()
        try:
            self._worker = WorkerProcess()
        except OSError as error:
            raise EngineError(
                "The language model could not be started",
                "The system did not let Strongroom start the process in which the model runs. Your document is "
                "unchanged. Close other programs and run the task again.",
            ) from error
        loaded = False
        try:
            command = Load(str(self._model_dir), threads, length, self._keep_seconds)
            for reply in self.replies(command, cancel, self._patience.load, stop=0.0):
                if isinstance(reply, Failed):
                    raise EngineError(reply.title, reply.message)
                loaded = True
        finally:
            if not loaded:  # stopped, failed, or the run was left: a half-loaded worker is of no use
                self._drop(now=True)
        self._loaded_length = length
        return loaded

    def replies(
        self, command: Command, cancel: threading.Event, patience: float | None = None, stop: float | None = None
    ) -> Iterator[Reply]:
        """Send a command and give its replies, the last one included; ends early, without one, on Stop.

        Leaving the iterator early gives the command up, too.
        """
        worker = self._worker
        if worker is None:
            raise self._broken(None)
        patience = self._patience.run if patience is None else patience
        stop = self._patience.stop if stop is None else stop
        over = False
        stopped_at: float | None = None
        try:
            worker.send(command)
            heard = time.monotonic()
            while not over:
                if stopped_at is None and (cancel.is_set() or self._closing.is_set()):
                    stopped_at = time.monotonic()
                    worker.send(Cancel(command.id))
                reply = worker.receive(POLL)
                now = time.monotonic()
                if reply is not None:
                    heard = now
                    if reply.id == command.id:
                        over = not isinstance(reply, Started | Prefilled | Token)
                        yield reply
                elif self._closing.is_set() or (stopped_at is not None and now - stopped_at >= stop):
                    over = True  # it has heard, or will: what it still says is told apart by its number
                elif now - heard > patience:
                    self._drop(now=True)
                    raise EngineError(
                        "The language model does not answer",
                        f"It gave no sign for {patience:.0f} seconds and was ended. Your document is unchanged and "
                        "nothing left this computer. Run the task again; the model is then loaded afresh.",
                    )
        except WorkerGone as gone:
            over = True
            self._drop(now=True)
            if not self._closing.is_set():
                raise self._broken(gone.exit_code) from gone
        finally:
            if not over and self._worker is not None:
                self._give_up(command)

    def discard_worker(self) -> None:
        """End a worker whose model is of no use; the next run loads it afresh."""
        self._drop()

    def next_number(self) -> int:
        """A number for the next command."""
        self._number += 1
        return self._number

    def _give_up(self, command: Command) -> None:
        assert self._worker is not None
        try:
            self._worker.send(Cancel(command.id))
        except WorkerGone:
            self._drop(now=True)

    def _drop(self, *, now: bool = False) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.stop(now=now)

    def _broken(self, exit_code: int | None) -> EngineError:
        if exit_code in _ILLEGAL_INSTRUCTION:
            return EngineUnavailable(
                "This processor cannot run the language model",
                "It lacks instructions that the model's runtime needs (AVX2 on Intel and AMD). Your document is "
                "unchanged. Use the starter engine, which does without them.",
            )
        why = "perhaps because memory ran out" if exit_code in _OUT_OF_MEMORY else "for a reason that is not known"
        return EngineError(
            "The language model broke off",
            f"The process in which it runs has ended, {why}. Your document is unchanged and nothing left this "
            "computer. Run the task again; the model is then loaded afresh.",
        )


class _Session:
    """One run of the engine, as the ``Model`` that ``long_document`` works with."""

    def __init__(self, engine: PhiEngine, cancel: threading.Event, max_length: int) -> None:
        self._engine = engine
        self._cancel = cancel
        self.max_length = max_length

    def answer(self, request: Request) -> Generator[EngineEvent, None, Completion]:
        """Answer a request at once if its document fits beside the longest answer, else in parts."""
        task = request.task
        if len(request.text) < _SURELY_TOO_LONG * self.max_length:
            prompt = build_messages(task, request.text, request.note, today=request.today)
            if self.count([prompt])[0] + task.max_output_tokens <= self.max_length:
                return (yield from self.complete(task, prompt, output_schema(task)))
        return (yield from answer_in_parts(self, request))

    def count(self, items: Sequence[str | Prompt]) -> Sequence[int]:
        """Tokens of each; milliseconds, so Stop is looked at afterwards."""
        command = CountTokens(self._engine.next_number(), tuple(items))
        for reply in self._engine.replies(command, threading.Event()):
            if isinstance(reply, Failed):
                raise EngineError(reply.title, reply.message)
            if isinstance(reply, Counted):
                return reply.counts
        raise EngineError("The language model was closed", "Nothing was done with your text. Run the task again.")

    def complete(
        self, task: Task, prompt: Prompt, schema: dict[str, Any] | None
    ) -> Generator[EngineEvent, None, Completion]:
        """Answer one prompt: progress and chunks; the whole is returned."""
        output = StructuredOutput(task) if schema is not None else None
        command = Generate(
            self._engine.next_number(),
            prompt,
            json.dumps(schema, ensure_ascii=False) if schema is not None else None,
            task.max_output_tokens,
        )
        text: list[str] = []
        total = cached = written = 0
        reason = FinishReason.CANCELLED
        for reply in self._engine.replies(command, self._cancel):
            piece = ""
            match reply:
                case Failed():
                    if reply.damaged:
                        self._engine.discard_worker()
                    raise EngineError(reply.title, reply.message)
                case Started():
                    total, cached = reply.prompt_tokens, reply.cached_tokens
                    if not reply.guided:
                        output = None
                    yield Progress("read", "Reading", cached, total)
                case Prefilled():
                    yield Progress("read", "Reading", reply.done, total)
                case Token():
                    written = reply.count
                    piece = reply.text if output is None else output.feed(reply.text)
                    if not piece:
                        yield Progress("write", "Writing", min(written, task.max_output_tokens), task.max_output_tokens)
                case Done():
                    reason = reply.reason
            if piece:
                text.append(piece)
                yield Chunk(piece)
        if output is not None and not output.whole and (text or reason is not FinishReason.CANCELLED):
            reason = FinishReason.CUT if reason is FinishReason.STOP else reason
            text.append(output.finish())
            yield Chunk(text[-1])
        return Completion("".join(text), reason, Usage(total, cached, written))
