"""The language-model engine: supervises the worker process in which Phi-4 Mini runs; keeps the engines' contract."""

import contextlib
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from models.cores import performance_cores
from models.engines.accelerators import words
from models.engines.base import EngineEvent, EngineName, Finished, FinishReason, Progress, Request, Usage
from models.engines.calibration import CalibrationStore
from models.engines.idle_threads import IdleMeasurement, ThreadCounts
from models.engines.label_choice import LabelScores
from models.engines.model_folder import check_memory, fitting_length, read_model_folder
from models.engines.phi_session import Session
from models.engines.preparation import discard
from models.engines.prepared import Note, folder_to_load, read_note
from models.engines.worker_client import Patience, WorkerClient
from models.engines.worker_protocol import Counted, CountTokens, Failed, Load, Warm
from models.errors import EngineError, EngineUnavailable, InputError, OutOfMemory, StorageError
from models.skills.prompts import build_messages
from models.skills.skill import Task

MAX_LENGTH = 4096
"""Tokens of prompt and output: above it Phi-4 Mini switches its rotary tables and writes garbage."""
KEEP_SECONDS = 300.0
"""Seconds for which the worker keeps what it computed of the last document, for the next task on it."""
_MAPPED = 0.5
"""Share of packed weights that must fit into free memory: they are read from disk, and given back when need be."""
MAX_WARM = 6
"""Tasks at most whose instructions are computed ahead."""


class PhiEngine:
    """Phi-4 Mini in a child process, started when first needed and kept. Implements ``Engine[Request]``.

    ``threads`` None or 0 means what ``thread_counts`` has of this machine, which is measured in idle time; until then,
    and without it, one for each fast core. ``check_memory`` False is "load anyway".
    ``keep_seconds`` bounds how long an idle worker keeps the last document's computed form (see ``prefix_cache``).
    ``unload_seconds`` bounds how long an idle worker keeps the model; 0 for ever. ``favourites`` names the tasks, those
    used most first, whose instructions the worker computes while it has nothing else to do. ``calibrations`` keeps
    what was measured of each task's labels; without it no confidence is ever "sure". ``provider`` is an accelerator
    (see ``accelerators``), "" the processor, which also takes over where the accelerator fails; ``note`` is a sentence
    that each run ends with.
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
        unload_seconds: float = 0.0,
        favourites: Callable[[], Sequence[Task]] = tuple,
        calibrations: CalibrationStore | None = None,
        provider: str = "",
        note: str = "",
        thread_counts: ThreadCounts | None = None,
    ) -> None:
        self._model_dir = model_dir
        self._model_name = model_name
        self._threads = threads
        self._max_length = min(max_length, MAX_LENGTH)
        self._check_memory = check_memory
        self._keep_seconds = keep_seconds
        self._unload_seconds = unload_seconds
        self._favourites = favourites
        self._calibrations = calibrations
        self._provider = provider
        self._note = note
        self._loaded_length = 0
        self._warmed: tuple[Task, ...] = ()
        self._busy = threading.Lock()
        self._closing = threading.Event()
        self._client = WorkerClient(patience or Patience(), self._closing)
        self._unloading: threading.Timer | None = None
        self._measurement = IdleMeasurement(thread_counts, model_dir) if thread_counts and not threads else None
        self.peak_bytes = 0
        """The most memory that the worker had, as of the last run."""

    @property
    def worker_pid(self) -> int | None:
        """Process id of the worker, None while there is none."""
        process = self._client.process
        return process.pid if process else None

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
        self._begin()
        try:
            yield from self._run(request, cancel)
        except EngineError:
            if self._client.process is None:  # it died, hung, or computed what is no number
                self._give_up_provider("broke off")
            raise
        finally:
            self._end()

    def score(self, task: Task, text: str, cancel: threading.Event) -> LabelScores | None:
        """The model's probability of each label of a task for a text that fits its window; None on Stop.

        Raises:
            EngineUnavailable, EngineError: as ``run``.
        """
        self._begin()
        try:
            for _ in self._load(cancel):
                pass
            if self._client.process is None or not self._is_idle(cancel):
                return None
            return Session(self._client, cancel, self._loaded_length).score(task, text)
        finally:
            self._end()

    def step_back(self) -> None:
        """Leave the processor to another engine that a person waits for: give up what is measured in idle time."""
        if self._measurement is not None:
            self._measurement.stop(wait=False)

    def close(self) -> None:
        """End the worker and give its memory back; a run that is going on ends as cancelled."""
        self._stop_unloading()
        if self._measurement is not None:
            self._measurement.stop()
        self._closing.set()
        idle = self._busy.acquire(timeout=0.5)
        try:
            self._client.drop()
        finally:
            if idle:
                self._busy.release()

    def _begin(self) -> None:
        self._stop_unloading()
        if not self._busy.acquire(blocking=False):
            raise EngineError(
                "The language model is busy",
                "It works on another text. Nothing was done with this one. Wait until the other run is over, or stop "
                "it.",
            )
        self._closing.clear()
        if self._measurement is not None:  # its memory may be needed to load the model
            self._measurement.stop(wait=self._client.process is None)

    def _end(self) -> None:
        self._when_idle()
        self._busy.release()

    def _run(self, request: Request, cancel: threading.Event) -> Iterator[EngineEvent]:
        usage, reason, peak = Usage(), FinishReason.CANCELLED, 0
        # The worker may still be winding down a run that was stopped, so waiting is a place to stop, too.
        ready = (yield from self._load(cancel)) and (yield from self._wait_until_idle(cancel))
        if ready:
            session = Session(self._client, cancel, self._loaded_length, self._calibrations)
            completion = yield from session.answer(request)
            usage, reason = completion.usage, completion.reason
            self.peak_bytes = peak = session.peak_bytes
        yield Finished(reason, usage, self._model_name, peak_bytes=peak, note=self._note)

    def _wait_until_idle(self, cancel: threading.Event) -> Generator[EngineEvent, None, bool]:
        """Wait until the worker takes commands; False if the person stopped that.

        A worker that died or hung since the last run is replaced: nothing was lost, so there is nothing to tell.
        """
        try:
            return self._is_idle(cancel)
        except EngineError:
            if self._closing.is_set():
                return False
        return (yield from self._load(cancel)) and self._is_idle(cancel)

    def _is_idle(self, cancel: threading.Event) -> bool:
        ping = CountTokens(self._client.next_number(), ())
        return any(isinstance(reply, Counted) for reply in self._client.replies(ping, cancel))

    def _load(self, cancel: threading.Event) -> Generator[EngineEvent, None, bool]:
        """Have a worker with the model loaded; False if the person stopped it."""
        if self._client.process is not None:
            return True
        if self._provider:  # what is prepared is for the processor
            try:
                return (yield from self._load_from(self._model_dir, None, cancel, self._provider))
            except EngineUnavailable:
                raise
            except EngineError:
                self._give_up_provider("did not load")
                yield Progress("load", self._note)
        note = read_note(self._model_dir)
        if note is not None:
            try:
                return (yield from self._load_from(folder_to_load(self._model_dir), note, cancel))
            except (EngineUnavailable, OutOfMemory):  # as it was installed, the model takes more memory yet
                raise
            except EngineError:  # what was prepared is no good after all; the installed model may be
                with contextlib.suppress(StorageError):  # then it is not removed, but nor is it loaded again
                    discard(self._model_dir)
        return (yield from self._load_from(self._model_dir, None, cancel))

    def _give_up_provider(self, what: str) -> None:
        """Compute on the processor from now on, and say so after each run."""
        if self._provider:
            self._note = f"The model {what} on {words(self._provider)}, so the CPU computes."
            self._provider = ""

    def _load_from(
        self, place: Path, note: Note | None, cancel: threading.Event, provider: str = ""
    ) -> Generator[EngineEvent, None, bool]:
        client = self._client
        folder = read_model_folder(self._model_dir)
        if note is not None and note.prepacked:
            folder = replace(folder, weight_bytes=int(folder.weight_bytes * _MAPPED))
        length = fitting_length(folder, min(self._max_length, folder.context_length))
        if self._check_memory:
            check_memory(folder, length)
        yield Progress("load", f"Loading {self._model_name}")
        threads = self._threads or (self._measurement.threads() if self._measurement else performance_cores())
        client.start()
        loaded = False
        try:
            kept = folder.cache_tokens(length)
            command = Load(str(place), threads, length, self._keep_seconds, cache_tokens=kept, provider=provider)
            for reply in client.replies(command, cancel, client.patience.load, stop=0.0):
                if isinstance(reply, Failed):
                    raise (EngineError if reply.damaged else OutOfMemory)(reply.title, reply.message)
                loaded = True
        finally:
            if not loaded:  # stopped, failed, or the run was left: a half-loaded worker is of no use
                client.drop(now=True)
        self._loaded_length = length
        self._warmed = ()
        return loaded

    def _when_idle(self) -> None:
        """After a run: let the worker compute ahead, and let go of the model after a while."""
        if self._client.process is None or self._closing.is_set():
            return
        tasks = tuple(self._favourites())[:MAX_WARM]
        if tasks != self._warmed:
            self._warmed = tasks
            self._client.tell(Warm(self._client.next_number(), tuple(build_messages(task, "") for task in tasks)))
        if self._measurement is not None and not self._provider:
            self._measurement.soon()
        if self._unload_seconds:
            self._unloading = threading.Timer(self._unload_seconds, self._unload)
            self._unloading.daemon = True
            self._unloading.start()

    def _unload(self) -> None:
        if self._busy.acquire(blocking=False):
            try:
                self._client.drop()
            finally:
                self._busy.release()

    def _stop_unloading(self) -> None:
        timer, self._unloading = self._unloading, None
        if timer is not None:
            timer.cancel()
            timer.join()  # one that has begun to unload is waited for: three seconds at most
