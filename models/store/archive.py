"""Unpacking an archive that someone else made: plain files with plain names only, never more than it should hold."""

import stat
import tarfile
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from models.errors import StorageError
from models.store.digest import PIECE
from models.store.record import is_plain_path

MEMBERS = 10_000
INFLATION = 10
"""How many times its own size an archive may unpack to; weights hardly compress."""
HEADROOM = 20_000_000
"""Bytes on top of that, for small archives."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive; ``open`` gives its bytes."""

    path: str
    size_bytes: int
    open: Callable[[], IO[bytes]]


def is_archive(file: Path) -> bool:
    """Whether the file is a zip or a tar archive, by its content. Raises OSError."""
    return zipfile.is_zipfile(file) or tarfile.is_tarfile(file)


def unpack(archive: Path, target: Path, cancel: threading.Event, room: Callable[[int], None]) -> Iterator[int]:
    """Write the archive's files below ``target``; yields bytes as they are written, and ends early when cancelled.

    ``room`` is asked with the bytes to come before each file, and raises where they do not fit.

    Raises:
        StorageError: the archive is damaged, or holds what no model does (links, paths that lead outside, a bomb).
        OSError: the disk does not take it.
    """
    most = archive.stat().st_size * INFLATION + HEADROOM
    seen: set[str] = set()
    written = 0
    try:
        for member in _members(archive):
            if member.path.casefold() in seen or len(seen) >= MEMBERS:
                raise _refused("it holds a name twice, or far too many files")
            seen.add(member.path.casefold())
            if member.size_bytes < 0 or written + member.size_bytes > most:
                raise _bomb()
            room(member.size_bytes)
            for count in _write(member, target / member.path, cancel, most - written):
                written += count
                yield count
            if cancel.is_set():
                return
    except (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise StorageError(
            "The archive is damaged",
            "It cannot be read to its end, or is protected by a password. Nothing was installed, and what was unpacked "
            "is deleted. Copy the archive again, or unpack it yourself and import the folder.",
        ) from error


def _write(member: Member, target: Path, cancel: threading.Event, most: int) -> Iterator[int]:
    target.parent.mkdir(parents=True, exist_ok=True)
    left = min(member.size_bytes, most)
    with member.open() as stream, target.open("xb") as out:
        while not cancel.is_set() and (piece := stream.read(PIECE)):
            left -= len(piece)
            if left < 0:
                raise _bomb()
            out.write(piece)
            yield len(piece)


def _members(archive: Path) -> Iterator[Member]:
    if zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as packed:
            if len(packed.infolist()) > MEMBERS:
                raise _refused("it holds far too many files")
            for info in packed.infolist():
                _check_name(info.orig_filename.rstrip("/"), plain=info.flag_bits & 0x800 != 0)
                kind = stat.S_IFMT(info.external_attr >> 16)
                if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
                    raise _refused("it holds a link or a device")
                if not info.is_dir():
                    yield Member(info.filename, info.file_size, partial(packed.open, info))
        return
    with tarfile.open(archive, encoding="utf-8", errors="surrogateescape") as packed_tar:
        for entry in packed_tar:
            path = entry.name.removeprefix("./")
            if entry.isdir() and path in (".", ""):
                continue
            _check_name(path.rstrip("/"), plain=True)
            if entry.isdir():
                continue
            if not entry.isreg() or entry.issparse():
                raise _refused("it holds a link or a device")
            yield Member(path, entry.size, partial(_open, packed_tar, entry))


def _open(packed: tarfile.TarFile, entry: tarfile.TarInfo) -> IO[bytes]:
    stream = packed.extractfile(entry)
    if stream is None:
        raise _refused("it holds a link or a device")
    return stream


def _check_name(name: str, *, plain: bool) -> None:
    """``plain``: the archive says that its names are UTF-8."""
    if not plain and not name.isascii():
        raise _refused("it holds a name that is not in UTF-8")
    if any("\ud800" <= letter <= "\udfff" for letter in name):
        raise _refused("it holds a name that is not in UTF-8")
    if not is_plain_path(name):
        raise _refused("it holds a name that leads outside of its own folder")


def _refused(why: str) -> StorageError:
    return StorageError(
        "The archive is not safe to unpack",
        f"No model's archive is like this: {why}. Nothing was installed, and what was unpacked is deleted. Get the "
        "model from a source that you trust.",
    )


def _bomb() -> StorageError:
    return _refused("it unpacks to far more than its size, as if to fill the disk")
