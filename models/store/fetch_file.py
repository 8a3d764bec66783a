"""One file of a model: attempts until its bytes are all there and their digest is right."""

import queue
import threading
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass

from models.errors import StorageError
from models.store import faults
from models.store.download import Head, Transfer, Wanted
from models.store.events import Meter, Step
from models.store.faults import Failure
from models.store.manifest import ManifestModel, ModelFile
from models.store.part import Declared, Part
from models.store.record import RecordedFile
from models.store.source import Source

_POLL_S = 0.05
_LOOK_EVERY = 64_000_000
"""Bytes between two looks at the free disk."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long (seconds) to wait for what, and how often to try again without any byte gained in between.

    A connection that brings less than ``least_bytes`` in ``stall_s`` is given up and made anew.
    """

    connect_s: float = 20.0
    stall_s: float = 30.0
    least_bytes: int = 16_000
    first_wait_s: float = 1.0
    longest_wait_s: float = 60.0
    longest_asked_s: float = 300.0
    tries: int = 7


class FileFetch:
    """Fetches one file into its part; ``look`` is called now and then and raises where it must not go on."""

    def __init__(
        self,
        model: ManifestModel,
        file: ModelFile,
        part: Part,
        source: Source,
        patience: Patience,
        meter: Meter,
        look: Callable[[], None],
    ) -> None:
        self._model = model
        self._file = file
        self._part = part
        self._source = source
        self._patience = patience
        self._meter = meter
        self._look = look
        self._before = meter.done  # bytes of the files that came before
        self._looked = meter.done
        self._transfer: Transfer | None = None

    def run(self, cancel: threading.Event) -> Generator[Step, None, RecordedFile | None]:
        """Fetch and check; returns None when cancelled.

        Raises:
            StrongroomError: it cannot go on.
            OSError: the disk does not take it.
        """
        part = self._part
        for _ in part.load(cancel):
            self._count()
            if self._meter.due:
                yield self._meter.step("check", "Checking what is here already")
        self._count()
        self._meter.pause()
        failures = wrong = best = 0
        while not cancel.is_set():
            if not self._is_whole():
                failure = yield from self._attempt(cancel)
                if cancel.is_set():
                    return None
                if failure is None and not self._is_whole(at_end=True):
                    failure = faults.dropped("The connection was lost", f"{self._source.host} sent too few bytes.")
                if failure is not None:
                    gained = part.digest.size > best and failure.kind == "drop" and failure.wait_s is None
                    failures = 0 if gained else failures + 1
                    best = max(best, part.digest.size)
                    yield from self._after(failure, failures, cancel)
                    continue
            if part.digest.matches(self._expected()):
                part.finish()
                size, sha256 = part.digest.size, part.digest.sha256
                return RecordedFile(self._file.path, size, sha256, part.target.stat().st_mtime_ns)
            part.reset()
            self._count()
            wrong, best = wrong + 1, 0
            if wrong == 2:
                raise faults.altered(self._file.path, self._source.host)
        return None

    def _after(self, failure: Failure, failures: int, cancel: threading.Event) -> Generator[Step, None, None]:
        """Wait as the failure and its number ask for, or give up."""
        patience = self._patience
        if failure.kind == "changed":
            self._part.reset()
            self._count()
        if failure.kind == "fatal" or failures >= patience.tries:
            raise failure.error
        wait = min(patience.first_wait_s * 2.0 ** max(failures - 1, 0), patience.longest_wait_s)
        if failure.wait_s:
            wait = failure.wait_s
            if wait > patience.longest_asked_s:
                raise StorageError(
                    "The download is interrupted",
                    f"{self._source.host} asks to be left alone for {wait / 60:.0f} minutes. {faults.KEPT} Resume "
                    "after that.",
                )
        self._meter.pause()
        end = time.monotonic() + wait
        while (left := end - time.monotonic()) > 0 and not cancel.is_set():
            yield self._meter.step("wait", f"{failure.error.title}; trying again in {left:.0f} s")
            cancel.wait(min(left, 0.5))
        self._meter.pause()

    def _attempt(self, cancel: threading.Event) -> Generator[Step, None, Failure | None]:
        """One connection; returns what went wrong, None at the end of a whole body or when cancelled."""
        part, patience = self._part, self._patience
        # An ETag differs between the storage hosts behind a hub; where a digest is known, it alone decides in the end.
        etag = "" if self._expected() else part.declared.etag
        wanted = Wanted(self._source.url(self._model, self._file), part.digest.size, etag, self._total())
        yield self._meter.step("connect", f"Asking {self._source.host}")
        transfer = Transfer(self._source, wanted, part.file.open("r+b"), patience.connect_s, patience.stall_s)
        transfer.start()
        failure: Failure | None = None
        began, gained = time.monotonic(), 0
        try:
            while not cancel.is_set():
                item = _next(transfer)
                if item is None:
                    return failure
                if isinstance(item, Failure):
                    failure = item
                elif isinstance(item, Head):
                    if item.start and item.digest and item.digest != part.declared.digest:
                        return Failure("changed", faults.changed(self._source.host))
                    self._accept(item)
                    transfer.accept()
                elif item:
                    part.digest.update(item)
                    gained += len(item)
                    self._count()
                    if part.digest.size > (self._total() or self._model.total_bytes):
                        raise self._not_as_listed("is larger")
                waited = time.monotonic() - began
                if waited > patience.stall_s and failure is None:
                    if gained < patience.least_bytes:
                        slow = f"{self._source.host} sent next to nothing for {patience.stall_s:g} seconds."
                        return Failure("drop", faults.dropped("The download stalls", slow).error, 0.0)
                    began, gained = time.monotonic(), 0
                if self._meter.done - self._looked >= _LOOK_EVERY:
                    self._looked = self._meter.done
                    self._look()
                if self._meter.due:
                    if not part.file.is_file():
                        raise faults.gone()
                    yield self._meter.step("fetch", f"Downloading {self._model.name}")
            return None
        finally:
            self._end(transfer)

    def _end(self, transfer: Transfer) -> None:
        """Stop, and take over what is on the disk already, so that going on costs no second read."""
        if not transfer.stop():
            self._part.forget()
            return
        while not transfer.items.empty():
            item = transfer.items.get_nowait()
            if isinstance(item, bytes):
                self._part.digest.update(item)

    def _accept(self, head: Head) -> None:
        """Compare what the source declares with the list of models; raises where it is something else."""
        model, file, part = self._model, self._file, self._part
        if head.revision and head.revision != model.revision:
            raise self._not_as_listed("is of another revision")
        if head.total is not None and file.size_bytes not in (None, head.total):
            raise self._not_as_listed("has another size")
        if file.sha256 and head.digest.startswith("sha256:") and head.digest != f"sha256:{file.sha256}":
            raise self._not_as_listed("has another SHA-256")
        digest = head.digest or part.declared.digest
        if not file.sha256 and not digest:
            raise StorageError(
                "The file cannot be verified",
                f"{self._source.host} does not say which SHA-256 {file.path} has, and the list of models does not "
                f"either, so it was not fetched. {faults.KEPT} A login page of the network can cause this: open a web "
                "page once and resume. If it stays so, use a source that declares it, or a list with digests.",
            )
        total = head.total if head.total is not None else part.declared.total
        part.declare(Declared(total, head.etag or part.declared.etag, digest))
        if head.start == 0:
            part.begin()
            self._count()

    def _not_as_listed(self, how: str) -> StorageError:
        return StorageError(
            "The source has another file",
            f"{self._file.path} at {self._source.host} {how} than the list of models says, so nothing of it was used. "
            f"{faults.KEPT} Check the mirror's address and the list, or import the model from a folder.",
        )

    def _total(self) -> int | None:
        return self._file.size_bytes if self._file.size_bytes is not None else self._part.declared.total

    def _expected(self) -> str:
        return f"sha256:{self._file.sha256}" if self._file.sha256 else self._part.declared.digest

    def _is_whole(self, *, at_end: bool = False) -> bool:
        """Whether all bytes are here; where nobody said how many there are, the end of the body decides."""
        total = self._total()
        if total is None:
            return at_end
        return self._part.digest.size == total and bool(self._expected())

    def _count(self) -> None:
        self._meter.done = self._before + self._part.digest.size


def _next(transfer: Transfer) -> Head | bytes | Failure | None:
    """The next item; b"" if there is none yet."""
    try:
        return transfer.items.get(timeout=_POLL_S)
    except queue.Empty:
        return b""
