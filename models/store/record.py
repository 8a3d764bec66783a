"""What is known of an installed model: where it came from, and the digest of every file. Lies beside its files."""

import datetime
import json
import os
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

RECORD = "strongroom-model.json"
USED = "strongroom-used"
VERSION = 1
OWN_FILES = frozenset({RECORD, USED, "SHA256SUMS", "check.py", "README.txt", "LICENSE.txt"})
"""Files in a model's folder that are ours and not the model's."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
Proof = Literal["list", "source", "kit", "import"]
"""What the digests were held against: the list of models, what the source declared for the pinned revision, a kit's own
digests, or nothing (taken when the folder was imported)."""
State = Literal["unknown", "intact", "changed"]


@dataclass(frozen=True, slots=True)
class RecordedFile:
    """A file as it was installed. ``mtime_ns`` is its time of change then, 0 if not known."""

    path: str
    size_bytes: int
    sha256: str
    mtime_ns: int = 0


@dataclass(frozen=True, slots=True)
class ModelRecord:
    """An installed model. ``checked_at`` is when its digests were last worked out (ISO 8601)."""

    id: str
    name: str
    license: str
    license_text: str
    repository: str
    revision: str
    origin: str
    """The host that the files came from; "" for an import."""
    proof: Proof
    checked_at: str
    files: tuple[RecordedFile, ...]


def now() -> str:
    """The time as records keep it."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def stamped(folder: Path, files: tuple[RecordedFile, ...]) -> tuple[RecordedFile, ...]:
    """``files`` with their present times of change. Raises OSError."""
    return tuple(
        RecordedFile(file.path, file.size_bytes, file.sha256, (folder / file.path).stat().st_mtime_ns) for file in files
    )


def write_record(folder: Path, record: ModelRecord) -> None:
    """Write the record, whole or not at all. Raises OSError."""
    content = json.dumps({"version": VERSION, **asdict(record)}, indent=1, ensure_ascii=False) + "\n"
    write_whole(folder / RECORD, content)


def write_whole(file: Path, content: str) -> None:
    """Replace a small file whole or not at all, and see it onto the disk. Raises OSError."""
    temporary = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        with temporary.open("w", encoding="utf-8", newline="\n") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(file)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def read_record(folder: Path) -> ModelRecord | None:
    """The record of a folder; None if it has none, or one that makes no sense."""
    try:
        untrusted = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        return _record(untrusted)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def state(folder: Path, record: ModelRecord | None) -> State:
    """Whether every file still has the size and time of change that the record knows. Reads no content.

    A kit's record knows no times, so that a kit in place is "unknown" until it is verified or imported.
    """
    if record is None:
        return "unknown"
    known = True
    for file in record.files:
        try:
            found = (folder / file.path).stat()
        except OSError:
            return "changed"
        if found.st_size != file.size_bytes or file.mtime_ns not in (0, found.st_mtime_ns):
            return "changed"
        known = known and file.mtime_ns != 0
    return "intact" if known else "unknown"


def note_use(folder: Path) -> None:
    """Remember that the model was used now; a folder that cannot be written to is left alone."""
    try:
        if (folder / RECORD).is_file():
            (folder / USED).touch(mode=0o600)
    except OSError:
        return


def last_used(folder: Path) -> datetime.datetime | None:
    """When the model was last loaded, local time; None if it never was, or is not known."""
    try:
        return datetime.datetime.fromtimestamp((folder / USED).stat().st_mtime).astimezone()
    except (OSError, ValueError, OverflowError):
        return None


def _record(untrusted: dict[str, Any]) -> ModelRecord:
    if untrusted.get("version") != VERSION:
        raise ValueError("another version")
    texts = {
        key: str(untrusted[key])
        for key in ("id", "name", "license", "license_text", "repository", "revision", "origin", "checked_at")
    }
    proof: Proof = untrusted["proof"] if untrusted["proof"] in ("list", "source", "kit") else "import"
    files = tuple(_file(each) for each in untrusted["files"])
    if not files:
        raise ValueError("no files")
    return ModelRecord(**texts, proof=proof, files=files)


def _file(untrusted: dict[str, Any]) -> RecordedFile:
    path, size, sha256 = untrusted["path"], untrusted["size_bytes"], untrusted["sha256"]
    if not is_plain_path(path) or type(size) is not int or size < 0 or not _SHA256.fullmatch(sha256):
        raise ValueError("not a file of a model")
    mtime = untrusted.get("mtime_ns", 0)
    return RecordedFile(path, size, sha256, mtime if type(mtime) is int else 0)


def is_plain_path(path: Any) -> bool:
    """Whether a path from outside stays in the model's folder, on every system."""
    if not isinstance(path, str) or not path or path != path.strip() or not path.isprintable():
        return False
    return not ("\\" in path or ":" in path or {"", ".", ".."} & set(path.split("/")))
