"""The folder in which a model is put together before it is installed, its lock, and the last step: one rename."""

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from models.errors import StorageError
from models.store import faults
from models.store.record import ModelRecord, write_record

WORKPLACE = ".downloads"
MARGIN = 200_000_000
"""Bytes of the disk that are left free."""


@contextlib.contextmanager
def workplace(models_dir: Path, key: str) -> Iterator[Path]:
    """A folder for ``key`` that this program alone writes to until the end of the block; it outlives the block.

    Raises:
        StorageError: another program works on the same model, or the folder cannot be made.
    """
    import filelock

    root = models_dir / WORKPLACE
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = filelock.FileLock(root / f"{key}.lock", thread_local=False)
        lock.acquire(timeout=0)
    except filelock.Timeout:
        raise StorageError(
            "Another program is at it",
            f"Another window or command is fetching or importing this model right now. {faults.SAFE} Wait for it, or "
            "stop it there.",
        ) from None
    except OSError as error:
        raise faults.from_os(error) from error
    try:
        folder = root / key
        folder.mkdir(mode=0o700, exist_ok=True)
        yield folder
    except OSError as error:
        raise faults.from_os(error) from error
    finally:
        with contextlib.suppress(OSError):
            lock.release()


def discard(models_dir: Path, key: str) -> None:
    """Delete what was fetched of a model that is not installed yet.

    Raises:
        StorageError: another program works on it, or it cannot be deleted.
    """
    with workplace(models_dir, key) as folder:
        shutil.rmtree(folder)


def install(staged: Path, models_dir: Path, name: str, record: ModelRecord) -> Path:
    """Make a verified folder the installed model ``name``; an older one of that name is replaced. Raises OSError."""
    write_record(staged, record)
    target = models_dir / name
    old = models_dir / WORKPLACE / f"{name}.old-{os.getpid()}"
    if target.exists():
        target.replace(old)
    try:
        staged.replace(target)
    except OSError:
        if old.exists():
            old.replace(target)
        raise
    _sync(models_dir)
    shutil.rmtree(old, ignore_errors=True)
    return target


def free_bytes(folder: Path) -> int:
    """Free bytes where ``folder`` is or would be. Raises OSError."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    return shutil.disk_usage(there).free


def check_room(folder: Path, needed: int, free: Callable[[Path], int] = free_bytes) -> None:
    """See that ``needed`` bytes, and a margin, fit.

    Raises:
        StorageError: they do not; the message has both figures.
    """
    try:
        there = free(folder)
    except OSError as error:
        raise faults.from_os(error) from error
    if there < needed + MARGIN:
        raise StorageError(
            "Not enough free disk",
            f"{(needed + MARGIN) / 1e9:.1f} GB are needed in the models folder and {there / 1e9:.1f} GB are free. "
            f"Nothing more was written. {faults.KEPT} Free some space or choose a folder on another disk.",
        )


def _sync(folder: Path) -> None:
    """See a rename onto the disk, where the system can."""
    with contextlib.suppress(OSError, AttributeError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
