"""Working out the digests of an installed model anew, and taking over from a damaged one what is still good."""

import dataclasses
import threading
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from models.errors import StorageError
from models.store import faults
from models.store.digest import Digest, read_into
from models.store.events import Meter, Step
from models.store.installed import InstalledModel
from models.store.record import ModelRecord, RecordedFile, now, stamped, write_record


class Recorded(Protocol):
    """What was recorded of a file."""

    @property
    def size_bytes(self) -> int:
        """Its size."""
        ...

    @property
    def sha256(self) -> str:
        """Its digest, in hexadecimal."""
        ...


@dataclass(frozen=True, slots=True)
class Verified:
    """The last event: ``bad`` are the files that are missing or not what they were."""

    bad: tuple[str, ...]


def verify(model: InstalledModel, cancel: threading.Event) -> Iterator[Step | Verified]:
    """Read every file and compare its digest; the record then knows the files as they are now. Ends early if cancelled.

    Raises:
        StorageError: the model has no digests, or its folder cannot be read.
    """
    record = model.record
    if record is None:
        raise StorageError(
            "There is nothing to verify it against",
            "This folder was put here by hand, so no digests of its files are known. Your documents are not affected. "
            "Import the folder: its digests are taken then, and a kit's are checked.",
        )
    meter = Meter(sum(file.size_bytes for file in record.files))
    bad = []
    for file in record.files:
        if not (yield from is_good(model.folder / file.path, file, meter, cancel)):
            bad.append(file.path)
        if cancel.is_set():
            return
    if not bad:
        try:
            files = stamped(model.folder, record.files)
            write_record(model.folder, dataclasses.replace(record, checked_at=now(), files=files))
        except OSError as error:
            raise faults.from_os(error) from error
    yield Verified(tuple(bad))


def salvage(
    folder: Path,
    record: ModelRecord,
    staged: Path,
    keep: Callable[[RecordedFile], None],
    cancel: threading.Event,
) -> Iterator[Step]:
    """Move the files of a damaged model that are still good into ``staged``; ``keep`` is told each. Raises OSError."""
    checking = Meter(sum(file.size_bytes for file in record.files))
    for file in record.files:
        source, target = folder / file.path, staged / file.path
        good = yield from is_good(source, file, checking, cancel)
        if cancel.is_set():
            return
        if good:
            target.parent.mkdir(parents=True, exist_ok=True)
            source.replace(target)
            keep(RecordedFile(file.path, file.size_bytes, file.sha256, target.stat().st_mtime_ns))


def is_good(
    file: Path,
    recorded: Recorded,
    meter: Meter,
    cancel: threading.Event,
    message: str = "Checking the files",
) -> Generator[Step, None, bool]:
    """Whether a file has the size and the digest that were recorded of it; False for one that cannot be read."""
    digest = Digest()
    try:
        if file.stat().st_size != recorded.size_bytes:
            return False
        for count in read_into(digest, file, cancel):
            meter.done += count
            if meter.due:
                yield meter.step("check", message)
    except OSError:
        return False
    return digest.sha256 == recorded.sha256
