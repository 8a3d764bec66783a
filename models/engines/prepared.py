"""What was made of a model for this machine: ``prepared`` inside its folder, with a note of what it is for.

It holds the model with its head on the last row, and, where the person wanted that, with the weights in the form in
which this processor computes with them, which are then read from disk piece by piece instead of being converted into
memory at each start.
"""

import importlib.metadata
import json
import platform
from dataclasses import asdict, dataclass
from pathlib import Path

from models.engines.model_folder import fingerprint

FOLDER = "prepared"
NOTE = "prepared.json"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Note:
    """What a prepared folder was made from and for. ``threads`` is the number that was fastest, 0 if not measured."""

    source: str
    runtime: str
    machine: str
    prepacked: bool
    threads: int = 0
    version: int = VERSION


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
    return " ".join(importlib.metadata.version(name) for name in ("onnxruntime", "onnxruntime-genai"))


def read_note(folder: Path) -> Note | None:
    """The note of the model folder ``folder``, if what was prepared is still right for this model and this machine."""
    try:
        untrusted = json.loads((folder / FOLDER / NOTE).read_text(encoding="utf-8"))
        note = Note(**untrusted)
        threads = int(note.threads)
    except (OSError, ValueError, TypeError, RecursionError):
        return None
    now = Note(fingerprint(folder), runtime(), machine(), note.prepacked, threads)
    return note if note == now and note.source and 0 <= threads <= 256 else None


def write_note(prepared: Path, note: Note) -> None:
    """Write the note into a prepared folder.

    Raises:
        OSError: the disk refused.
    """
    (prepared / NOTE).write_text(json.dumps(asdict(note)), encoding="utf-8")


def folder_to_load(folder: Path) -> Path:
    """The prepared folder inside ``folder``, if there is one that fits; else ``folder``."""
    return folder / FOLDER if read_note(folder) is not None else folder
