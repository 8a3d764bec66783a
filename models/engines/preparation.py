"""Makes an installed model ready for this machine, once: a shorter graph, and weights that need no unpacking.

    prepare(folder, progress, cancel)

Nothing of the installed model is changed: what is made lies in a folder of its own inside it, is checked against the
original before it is used, and is ignored as soon as model, processor or runtime are others.
"""

import contextlib
import json
import multiprocessing
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from models.cores import performance_cores
from models.engines.base import Progress
from models.engines.model_folder import CONFIG, check_memory, fingerprint, read_model_folder
from models.engines.prepared import FOLDER, Note, machine, read_note, runtime, write_note
from models.engines.preparing_process import main
from models.engines.thread_calibration import candidates, fastest, measure
from models.engines.worker_process import GRACE
from models.errors import EngineError, StorageError
from models.runtime import disable_telemetry

Report = Callable[[Progress], None]

SCRATCH = f"{FOLDER}.new"
"""Where it is made; not called anything that stands for a download that was not finished."""
POLL = 0.1
"""Seconds between two looks at the cancel event."""
_PACKED_SIZE = 2.4
"""Bytes of packed weights for a byte of int4 weights (measured: 5.63 GB for 2.40 GB)."""
_SPARE_DISK = 500_000_000
_STEPS = {"packing": (1, "Packing the weights"), "checking": (2, "Checking against the original")}


@dataclass(frozen=True, slots=True)
class Estimate:
    """What preparing takes, to be said beforehand: bytes of disk without and with packed weights, and bytes free."""

    disk: int
    disk_packed: int
    free: int


def estimate(folder: Path) -> Estimate:
    """What preparing the model in ``folder`` takes.

    Raises:
        EngineError: there is no whole model there.
    """
    weights = read_model_folder(folder).weight_bytes
    graph = sum(file.stat().st_size for file in folder.glob("*.onnx"))
    return Estimate(graph, int(weights * _PACKED_SIZE), shutil.disk_usage(folder).free)


def is_prepared(folder: Path) -> bool:
    """Whether there is nothing to prepare: it was done, for this model and this machine."""
    return read_note(folder) is not None


def prepare(folder: Path, progress: Report, cancel: threading.Event, *, prepack: bool = True, threads: int = 0) -> bool:
    """Make the model in ``folder`` ready. False if it was stopped, or there was nothing to gain; nothing then changed.

    Takes a minute or two, the memory that the model takes, and for ``prepack`` the disk that ``estimate`` says.

    Raises:
        EngineError: no model, too little memory, or the runtime cannot do it with this model.
        StorageError: too little disk, or it cannot be written.
    """
    model = read_model_folder(folder)
    check_memory(model, 256)
    sizes = estimate(folder)
    if prepack and sizes.free < sizes.disk_packed + _SPARE_DISK:
        raise StorageError(
            "Not enough free disk",
            f"Packing the weights takes {sizes.disk_packed / 1e9:.1f} GB and {sizes.free / 1e9:.1f} GB are free. The "
            "model works as it is. Free some space and try again, or leave this out.",
        )
    scratch = folder / SCRATCH
    progress(Progress("load", "Preparing the model", 0, 4))
    try:
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
        _copy_small_files(folder, scratch)
        cores = threads or performance_cores()
        outcome = _in_child(folder / _graph(folder), scratch, cores, progress, cancel, prepack=prepack)
        if outcome != "ok":
            if outcome == "failed":
                raise EngineError(
                    "The model could not be prepared",
                    "What was made of it did not work like the original, so it was thrown away. The model works as it "
                    "is.",
                )
            return False
        progress(Progress("load", "Measuring the speed", 3, 4))
        fast = threads or fastest(measure(scratch, candidates(), cancel))
        if cancel.is_set():
            return False
        write_note(scratch, Note(fingerprint(folder), runtime(), machine(), prepack, fast))
        shutil.rmtree(folder / FOLDER, ignore_errors=True)
        scratch.rename(folder / FOLDER)
        progress(Progress("load", "The model is ready", 4, 4))
    except OSError as error:
        raise StorageError(
            "The model could not be prepared",
            "Strongroom may not write into the model's folder, or the disk is full. The model works as it is.",
        ) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return True


def discard(folder: Path) -> None:
    """Remove what was prepared; the model itself stays."""
    shutil.rmtree(folder / FOLDER, ignore_errors=True)
    shutil.rmtree(folder / SCRATCH, ignore_errors=True)


def _graph(folder: Path) -> str:
    return str(json.loads((folder / CONFIG).read_text(encoding="utf-8"))["model"]["decoder"]["filename"])


def _copy_small_files(folder: Path, scratch: Path) -> None:
    for file in folder.iterdir():
        if file.is_file() and ".onnx" not in file.name:
            shutil.copyfile(file, scratch / file.name)
    config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    config["model"]["decoder"]["filename"] = "model.onnx"
    (scratch / CONFIG).write_text(json.dumps(config, indent=1), encoding="utf-8")


def _in_child(
    graph: Path, scratch: Path, threads: int, progress: Report, cancel: threading.Event, *, prepack: bool
) -> str:
    disable_telemetry()
    context = multiprocessing.get_context("spawn")
    ours: Connection
    ours, theirs = context.Pipe()
    process = context.Process(
        target=main, args=(theirs, str(graph), str(scratch), threads, prepack), name="strongroom-prepare", daemon=True
    )
    process.start()
    theirs.close()
    outcome = ""
    try:
        while not outcome and not cancel.is_set():
            if not ours.poll(POLL):
                continue
            said: str = ours.recv()
            if said in _STEPS:
                done, message = _STEPS[said]
                progress(Progress("load", message, done, 4))
            else:
                outcome = said
    except (EOFError, OSError):
        outcome = "failed"  # it died, of too little memory most likely
    finally:
        ours.close()
        for end in (process.terminate, process.kill):
            process.join(GRACE if outcome else 0)
            if process.is_alive():
                with contextlib.suppress(OSError):
                    end()
        process.join()
        process.close()
    return outcome or "stopped"
