"""SHA-256 of what was prepared of a model: taken when it is made, worked out anew when the person asks.

A damaged packed weight loads, and answers with noise: its file has the size that it should have, and no check of its
own. To take them costs seconds of the minutes that preparing takes: 1.5 GB/s where the processor has instructions for
it, 0.5 GB/s where not.
"""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from models.engines.prepared import FOLDER, Made, own_files, read_note
from models.store.digest import Digest, read_into
from models.store.events import Meter, Step
from models.store.verify import is_good


@dataclass(frozen=True, slots=True)
class Checked:
    """The last event: ``bad`` are the files that are missing or not what they were.

    "unknown" is what was prepared before digests were taken; "none" also what is not used as it is.
    """

    state: Literal["none", "whole", "unknown", "damaged"] = "none"
    bad: tuple[str, ...] = ()


def take(prepared: Path) -> tuple[Made, ...]:
    """Name, size and digest of every file of a prepared folder. Raises OSError."""
    going, made = threading.Event(), []
    own = own_files(prepared)
    for file in own:
        digest = Digest()
        for _ in read_into(digest, file, going):
            pass
        made.append(Made(file.name, digest.size, digest.sha256))
    linked = sorted(file for file in prepared.iterdir() if file.stat().st_nlink > 1)
    return (*made, *(Made(file.name, file.stat().st_size) for file in linked if file not in own))


def check(folder: Path, cancel: threading.Event) -> Iterator[Step | Checked]:
    """Compare what was prepared of the model in ``folder`` with its digests. Changes nothing; ends early if cancelled.

    A preparation that is not used (made for another version, say) is not looked at.
    """
    note = read_note(folder)
    if note is None or not note.files:
        yield Checked("none" if note is None else "unknown")
        return
    meter = Meter(sum(made.size_bytes for made in note.files if made.sha256))
    bad = []
    for made in note.files:
        file = folder / FOLDER / made.name
        if made.sha256:
            good = yield from is_good(file, made, meter, cancel, "Checking what was prepared")
        else:
            good = _is_same(file, folder / made.name, made.size_bytes)
        if not good:
            bad.append(made.name)
        if cancel.is_set():
            return
    if read_note(folder) != note:  # another program removed it, or made it anew
        yield Checked()
    else:
        yield Checked("damaged" if bad else "whole", tuple(bad))


def _is_same(file: Path, installed: Path, size: int) -> bool:
    """Whether a file is still the installed one, by another name."""
    try:
        return file.stat().st_size == size and file.samefile(installed)
    except OSError:
        return False
