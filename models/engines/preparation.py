"""Makes an installed model ready for this machine, once: a shorter graph, and weights that need no unpacking.

    for step in preparing(folder, cancel): ...        or        prepare(folder, report, cancel)

Nothing of the installed model is changed: what is made lies in a folder of its own inside it, is checked against the
original before it is used, and is ignored as soon as model, processor or runtime are others.
"""

import contextlib
import json
import multiprocessing
import shutil
import threading
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from models.cores import performance_cores
from models.engines.base import Progress
from models.engines.hard_links import can_link
from models.engines.model_folder import CONFIG, check_memory, fingerprint, read_model_folder
from models.engines.prepared import FOLDER, LOCK, NOTE, SCRATCH, Made, Note, machine, read_note, runtime, write_note
from models.engines.preparing_process import ALL_THREADS, main
from models.engines.worker_process import GRACE
from models.errors import EngineError, StorageError
from models.runtime import disable_telemetry

Report = Callable[[Progress], None]

POLL = 0.1
"""Seconds between two looks at the cancel event."""
STEPS = 3
"""Of a preparation, as ``Progress.total``."""
_PACKED_SIZE = 2.4
"""Bytes of packed weights for a byte of int4 weights (measured: 5.63 GB for 2.40 GB); tables that are only looked up
stay in the file that was installed."""
_SPARE_DISK = 500_000_000
_STEPS = {
    "copying": (0, "Copying the weights"),
    "packing": (1, "Packing the weights"),
    "checking": (2, "Checking against the original"),
    "noting": (2, "Taking the SHA-256 of what was made"),
}
_AS_IT_IS = "The model works as it is."
_FAILURES = {
    "different": f"What was made of it did not work like the original, so it was thrown away. {_AS_IT_IS}",
    "failed": f"The runtime cannot do that with this model. {_AS_IT_IS}",
    "died": "The process that was at it ended before it was done, most likely because memory ran out. "
    f"{_AS_IT_IS} Close other programs and try again.",
}


@dataclass(frozen=True, slots=True)
class Estimate:
    """What preparing takes, to be said beforehand: bytes of disk without and with packed weights, and bytes free.

    ``copied`` are those of them that a copy of the installed weights takes, where the disk's format asks for one.
    """

    disk: int
    disk_packed: int
    free: int
    copied: int = 0

    @property
    def fits(self) -> bool:
        """Whether packed weights fit, and leave some disk free."""
        return self.free >= self.disk_packed + _SPARE_DISK

    @property
    def fits_small(self) -> bool:
        """Whether it fits without packed weights."""
        return self.free >= self.disk + (_SPARE_DISK if self.copied else 0)

    @property
    def remark(self) -> str:
        """A sentence, with a space before it, on the copy; "" where there is none."""
        if not self.copied:
            return ""
        return (
            f" Of what it takes, {self.copied / 1e9:.1f} GB are a copy of the installed weights: this disk's format "
            "lets no file have two names (exFAT and FAT do not)."
        )


def estimate(folder: Path) -> Estimate:
    """What preparing the model in ``folder`` takes.

    Raises:
        EngineError: there is no whole model there.
        StorageError: the disk does not answer.
    """
    weights = read_model_folder(folder).weight_bytes
    try:
        graph = sum(file.stat().st_size for file in folder.glob("*.onnx"))
        data = folder / f"{_graph(folder)}.data"
        copied = 0 if can_link(data, folder, probe=folder / CONFIG) else data.stat().st_size
        packed = int(weights * _PACKED_SIZE)
        return Estimate(graph + copied, packed + copied, shutil.disk_usage(folder).free, copied)
    except OSError as error:
        raise _not_written() from error


def is_prepared(folder: Path) -> bool:
    """Whether there is nothing to prepare: it was done, for this model and this machine."""
    return read_note(folder) is not None


def prepare(folder: Path, progress: Report, cancel: threading.Event, *, prepack: bool = True) -> bool:
    """As ``preparing``, with the steps told to ``progress``; returns what that does."""
    steps = preparing(folder, cancel, prepack=prepack)
    while True:
        try:
            progress(next(steps))
        except StopIteration as end:
            return bool(end.value)


def preparing(folder: Path, cancel: threading.Event, *, prepack: bool = True) -> Generator[Progress, None, bool]:
    """Make the model in ``folder`` ready. False if it was stopped, or there was nothing to gain; nothing then changed.

    Takes a minute or two, the memory that the model takes, and for ``prepack`` the disk that ``estimate`` says. Close
    the engine that uses the model first: memory for two is rarely there, and Windows replaces no file in use.

    Raises:
        EngineError: no model, too little memory, or the runtime cannot do it with this model.
        StorageError: too little disk, or it cannot be written, or another program is at it.
    """
    model = read_model_folder(folder)
    check_memory(model, 256)
    sizes = estimate(folder)
    if not (sizes.fits if prepack else sizes.fits_small):
        what, takes = ("Packing the weights", sizes.disk_packed) if prepack else ("Preparing the model", sizes.disk)
        raise StorageError(
            "Not enough free disk",
            f"{what} takes {takes / 1e9:.1f} GB and {sizes.free / 1e9:.1f} GB are free.{sizes.remark} {_AS_IT_IS} Free "
            "some space and try again, or leave this out.",
        )
    scratch = folder / SCRATCH
    yield Progress("load", "Preparing the model", 0, STEPS)
    with _scratch_of_our_own(scratch):
        try:
            _copy_small_files(folder, scratch, ALL_THREADS if prepack else {})
            outcome, made = yield from _in_child(
                folder / _graph(folder), scratch, cancel, prepack=prepack, copy=bool(sizes.copied)
            )
            if outcome == "disk":
                raise OSError("the child could not write")
            if outcome in _FAILURES:
                raise EngineError("The model could not be prepared", _FAILURES[outcome])
            if outcome != "ok":
                return False
            write_note(scratch, Note(fingerprint(folder), runtime(), machine(), prepack, files=made))
            _remove(folder / FOLDER)
            scratch.rename(folder / FOLDER)
            (folder / FOLDER / LOCK).unlink(missing_ok=True)
            yield Progress("load", "The model is ready", STEPS, STEPS)
        except OSError as error:
            raise _not_written() from error
    return True


def discard(folder: Path) -> None:
    """Remove what was prepared, and what a preparation that broke off left; the model itself stays.

    Close the engine first.

    Raises:
        StorageError: a program is preparing the model, or has the files in use, or they may not be deleted.
    """
    try:
        _remove(folder / FOLDER)
        if (folder / SCRATCH).is_dir():
            with _scratch_of_our_own(folder / SCRATCH):
                pass
    except OSError as error:
        raise StorageError(
            "What was prepared could not be removed",
            "A file of it is in use or may not be deleted. The model itself is as it was, and works. Close other "
            "windows of Strongroom and try again.",
        ) from error


@contextlib.contextmanager
def _scratch_of_our_own(scratch: Path) -> Iterator[None]:
    """An empty scratch folder that this program alone works in; gone afterwards.

    Raises:
        StorageError: another program works in it, or it cannot be made.
    """
    import filelock

    lock = filelock.FileLock(scratch / LOCK, thread_local=False)
    try:
        scratch.mkdir(exist_ok=True)
        lock.acquire(timeout=0)
        for left in scratch.iterdir():
            if left.name != LOCK:
                left.unlink()
    except filelock.Timeout:
        raise StorageError(
            "The model is being prepared already",
            "Another window or command is at it right now. Nothing was changed here. Wait for it, or stop it there.",
        ) from None
    except OSError as error:
        lock.release(force=True)
        raise _not_written() from error
    try:
        yield
    finally:
        lock.release(force=True)
        shutil.rmtree(scratch, ignore_errors=True)


def _remove(prepared: Path) -> None:
    """Delete a prepared folder; without its note, a half-deleted one is never loaded. Raises OSError."""
    (prepared / NOTE).unlink(missing_ok=True)
    if prepared.exists():
        shutil.rmtree(prepared)


def _not_written() -> StorageError:
    return StorageError(
        "The model could not be prepared",
        f"Strongroom may not write into the model's folder, or the disk is full. {_AS_IT_IS}",
    )


def _graph(folder: Path) -> str:
    return str(json.loads((folder / CONFIG).read_text(encoding="utf-8"))["model"]["decoder"]["filename"])


def _copy_small_files(folder: Path, scratch: Path, options: dict[str, str]) -> None:
    """All but graph and weights; ``options`` are what the runtime is told when it loads them."""
    for file in folder.iterdir():
        if file.is_file() and ".onnx" not in file.name:
            shutil.copyfile(file, scratch / file.name)
    config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    decoder = config["model"]["decoder"]
    decoder["filename"] = "model.onnx"
    decoder["session_options"] = decoder.get("session_options", {}) | options
    (scratch / CONFIG).write_text(json.dumps(config, indent=1), encoding="utf-8")


def _in_child(
    graph: Path, scratch: Path, cancel: threading.Event, *, prepack: bool, copy: bool
) -> Generator[Progress, None, tuple[str, tuple[Made, ...]]]:
    """How it ended, and the files that were made.

    It ends as "ok", "same" (nothing to gain), "stopped", "disk", or one of ``_FAILURES``.
    """
    disable_telemetry()
    context = multiprocessing.get_context("spawn")
    ours: Connection
    ours, theirs = context.Pipe()
    process = context.Process(
        target=main,
        args=(theirs, str(graph), str(scratch), performance_cores(), prepack, copy),
        name="strongroom-prepare",
        daemon=True,
    )
    process.start()
    theirs.close()
    outcome = ""
    made: tuple[Made, ...] = ()
    try:
        while not outcome and not cancel.is_set():
            if not ours.poll(POLL):
                continue
            said: str | tuple[Made, ...] = ours.recv()
            if isinstance(said, tuple):
                outcome, made = "ok", said
            elif said in _STEPS:
                done, message = _STEPS[said]
                yield Progress("load", message, done, STEPS)
            else:
                outcome = said
    except (EOFError, OSError):
        outcome = "died"
    finally:
        ours.close()
        for end in (process.terminate, process.kill):
            process.join(GRACE if outcome else 0)
            if process.is_alive():
                with contextlib.suppress(OSError):
                    end()
        process.join()
        process.close()
    return outcome or "stopped", made
