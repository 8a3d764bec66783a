"""What was made of a model for this machine: ``prepared`` inside its folder, with a note of what it is for.

It holds the model with its head on the last row, and, where the person wanted that, with the weights in the form in
which this processor computes with them, which are then read from disk piece by piece instead of being converted into
memory at each start.
"""

import contextlib
import json
import os
import platform
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from models.engines.model_folder import fingerprint

FOLDER = "prepared"
SCRATCH = f"{FOLDER}.new"
"""Where it is made; not called anything that stands for a download that was not finished."""
LOCK = "lock"
"""In the scratch folder: held by the program that works there."""
NOTE = "prepared.json"
VERSION = 2


@dataclass(frozen=True, slots=True)
class Made:
    """A file of a prepared folder. ``sha256`` is "" for the installed model's own file, by another name."""

    name: str
    size_bytes: int
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What a prepared folder was made from and for, and its files; () where it was made before they were noted."""

    source: str
    runtime: str
    machine: str
    prepacked: bool
    version: int = VERSION
    files: tuple[Made, ...] = ()


def machine() -> str:
    """This processor's name and what it can do, as far as the system tells."""
    parts = [platform.machine(), platform.processor()]
    try:
        with Path("/proc/cpuinfo").open(encoding="utf-8", errors="replace") as lines:
            wanted = ("model name", "flags", "Features")
            parts += sorted({line.split(":", 1)[1].strip() for line in lines if line.startswith(wanted)})
    except OSError:
        pass
    return "|".join(parts)


def runtime() -> str:
    """Versions of the two packages that read what was prepared."""
    import importlib.metadata

    return " ".join(importlib.metadata.version(name) for name in ("onnxruntime", "onnxruntime-genai"))


def read_note(folder: Path) -> Note | None:
    """The note of the model folder ``folder``, if what was prepared is still right for this model and this machine."""
    try:
        untrusted = json.loads((folder / FOLDER / NOTE).read_text(encoding="utf-8"))
        note = Note(**untrusted | {"files": tuple(_made(file) for file in untrusted.get("files", ()))})
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return None
    now = Note(fingerprint(folder), runtime(), machine(), note.prepacked, files=note.files)
    return note if note == now and note.source else None


def _made(untrusted: dict[str, Any]) -> Made:
    """A file of a note. Raises ValueError or TypeError for what is none, or lies elsewhere."""
    made = Made(**untrusted)
    if not isinstance(made.size_bytes, int) or not isinstance(made.sha256, str) or Path(made.name).name != made.name:
        raise ValueError("not a file of a note")
    return made


def write_note(prepared: Path, note: Note) -> None:
    """Write the note into a prepared folder.

    Raises:
        OSError: the disk refused.
    """
    with (prepared / NOTE).open("w", encoding="utf-8") as stream:
        json.dump(asdict(note), stream)
        stream.flush()
        os.fsync(stream.fileno())


def to_disk(prepared: Path) -> None:
    """Have the system write what was made to the disk now, and not some time.

    A computer that loses its power may otherwise keep the files' names and sizes, and zeros for what was in them: such
    weights load, and answer with noise.

    Raises:
        OSError: the disk refused.
    """
    for file in own_files(prepared):
        with file.open("rb+") as stream:
            os.fsync(stream.fileno())


def own_files(prepared: Path) -> list[Path]:
    """The files of a prepared folder that preparing wrote; the others are the installed model's, by another name.

    Raises:
        OSError: the folder cannot be read.
    """
    return sorted(file for file in prepared.iterdir() if file.name not in (LOCK, NOTE) and file.stat().st_nlink == 1)


def folder_to_load(folder: Path) -> Path:
    """The prepared folder inside ``folder``, if there is one that fits; else ``folder``."""
    return folder / FOLDER if read_note(folder) is not None else folder


@dataclass(frozen=True, slots=True)
class Prepared:
    """What there is of a preparation.

    It is "ready" (and used), "stale" (made for another model, processor or runtime, so not used), "working" (a program
    is at it now), or "unfinished" (one broke off). ``disk`` is what it takes, in bytes; ``prepacked`` says whether the
    weights are packed.
    """

    state: Literal["none", "ready", "stale", "working", "unfinished"] = "none"
    disk: int = 0
    prepacked: bool = False


NOT_PREPARED = Prepared()


def look(folder: Path) -> Prepared:
    """What there is of a preparation of the model in ``folder``; milliseconds, nothing is loaded."""
    disk = sum(_own_bytes(folder / name) for name in (FOLDER, SCRATCH))
    note = read_note(folder)
    if (folder / SCRATCH).is_dir():
        if is_locked(folder / SCRATCH):
            return Prepared("working", disk)
        if note is None:
            return Prepared("unfinished", disk)
    if note is not None:
        return Prepared("ready", disk, note.prepacked)
    return Prepared("stale", disk) if (folder / FOLDER).is_dir() else NOT_PREPARED


def is_locked(scratch: Path) -> bool:
    """Whether a program works in the scratch folder now."""
    import filelock

    if not (scratch / LOCK).exists():
        return False
    try:
        with filelock.FileLock(scratch / LOCK, timeout=0):
            return False
    except filelock.Timeout:
        return True
    except OSError:
        return False


def _own_bytes(folder: Path) -> int:
    """Bytes of the files in a folder that are not also the installed model's (hard links take nothing)."""
    total = 0
    with contextlib.suppress(OSError):
        for file in folder.iterdir():
            status = file.stat()
            total += status.st_size if status.st_nlink == 1 else 0
    return total
