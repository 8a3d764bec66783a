"""The person's own packs on disk, every version of each, and undo. A pack holds what the person put into it."""

import datetime
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.paths import Paths, private_folder
from desktop.settings import write_private
from models.errors import InputError, StorageError
from models.skills.loader import Packs, load_pack, load_packs
from models.skills.pack_writer import pack_text
from models.skills.skill import Task
from models.taxonomy.building import checked

HISTORY = "history"
MOST_VERSIONS = 50
"""Versions kept of one pack; the oldest go."""
_VERSION = re.compile(r"(\d{4})\.toml")


@dataclass(frozen=True, slots=True)
class Version:
    """One earlier version of a pack: a number that rises, and its file."""

    number: int
    file: Path

    @property
    def built_in(self) -> bool:
        """Whether it stands for "no pack of the person's own"."""
        return _size(self.file) == 0

    @property
    def until(self) -> datetime.datetime | None:
        """When another version took its place; None if that cannot be known."""
        try:
            return datetime.datetime.fromtimestamp(self.file.stat().st_mtime, datetime.UTC)
        except OSError:
            return None


class TaxonomyStore:
    """Keeps own packs in the data folder, one file each, with their earlier versions beside them. Thread-safe.

    A pack with the id of one that ships takes its place; undoing back to nothing gives the shipped one again.
    """

    def __init__(self, paths: Paths, changed: Callable[[Packs], None] | None = None) -> None:
        """``changed`` hears the packs, read afresh, after every change."""
        self._paths = paths
        self._changed = changed
        self._lock = threading.Lock()

    def packs(self) -> Packs:
        """All packs as they are on disk now."""
        return load_packs(self._paths.shipped_skills, self._paths.own_skills)

    def is_own(self, task_id: str) -> bool:
        """Whether the person has a pack of this id of their own."""
        return self._file(task_id).exists()

    def versions(self, task_id: str) -> tuple[Version, ...]:
        """Earlier versions, the latest last. Empty where nothing was changed yet."""
        folder = self._history(task_id)
        if not folder.is_dir():
            return ()
        found = [(match, path) for path in folder.iterdir() if (match := _VERSION.fullmatch(path.name))]
        return tuple(Version(int(match[1]), path) for match, path in sorted(found, key=lambda pair: pair[1].name))

    def read_version(self, task_id: str, version: Version) -> Task | None:
        """The pack that held then; None where there was none, neither the person's own nor one that ships.

        Raises:
            PackError: it can no longer be used; the message names the file and the key.
            StorageError: it is gone.
        """
        size = _size(version.file)
        if size is None:
            raise StorageError("This version is gone", "Its file cannot be read. What holds now is not affected.")
        if size:
            return load_pack(version.file)
        return next(
            (task for task in load_packs(self._paths.shipped_skills).tasks if task.id.casefold() == task_id.casefold()),
            None,
        )

    def save(self, task: Task) -> Task:
        """Keep ``task`` as the person's own pack; what it replaces becomes a version. Returns it as it will be read.

        Raises:
            InputError: it is no usable pack.
            StorageError: it could not be written; what was there is unchanged.
        """
        task = checked(task, task.id)
        shipped = {known.id.casefold(): known for known in load_packs(self._paths.shipped_skills).tasks}
        same = shipped.get(task.id.casefold())
        if same is not None and same.skill != task.skill:
            raise InputError(
                "This name is taken",
                f"{same.id} is a {same.skill} task that ships with Strongroom, and a pack that replaces it keeps its "
                "kind. Nothing was kept. Choose another short name.",
            )
        with self._lock:
            try:
                self._keep_version(task.id)
                private_folder(self._paths.own_skills)
                write_private(self._file(task.id), pack_text(task).encode("utf-8"))
            except OSError as error:
                raise _not_written() from error
        self._tell()
        return task

    def undo(self, task_id: str) -> Task | None:
        """Go back by one version. Returns the pack that holds now; None where the person's own is gone altogether.

        Raises:
            InputError: nothing was ever changed.
            StorageError: it could not be written.
        """
        with self._lock:
            versions = self.versions(task_id)
            file = self._file(task_id)
            if not versions and not file.exists():
                raise InputError(
                    "There is nothing to undo",
                    f"The pack {task_id} was not changed by you. Nothing was done.",
                )
            try:
                if versions and versions[-1].file.stat().st_size > 0:
                    versions[-1].file.replace(file)
                else:
                    file.unlink(missing_ok=True)
                    if versions:
                        versions[-1].file.unlink()
            except OSError as error:
                raise _not_written() from error
        packs = self._tell()
        return next((task for task in packs.tasks if task.id.casefold() == task_id.casefold()), None)

    def _keep_version(self, task_id: str) -> None:
        """Move what holds now aside; an empty file stands for "there was no pack of the person's own"."""
        folder = private_folder(self._history(task_id))
        versions = self.versions(task_id)
        number = versions[-1].number + 1 if versions else 1
        file = self._file(task_id)
        write_private(folder / f"{number:04d}.toml", file.read_bytes() if file.exists() else b"")
        for old in versions[: max(0, len(versions) + 1 - MOST_VERSIONS)]:
            old.file.unlink(missing_ok=True)

    def _tell(self) -> Packs:
        packs = self.packs()
        if self._changed is not None:
            self._changed(packs)
        return packs

    def _file(self, task_id: str) -> Path:
        """The file of a pack: that in which its id stands, whatever its name, else one named after the id."""
        named = self._paths.own_skills / f"{task_id.casefold()}.toml"
        if named.exists() or not self._paths.own_skills.is_dir():
            return named
        pattern = re.compile(rf"^\s*id\s*=\s*[\"']{re.escape(task_id)}[\"']", re.MULTILINE | re.IGNORECASE)
        for path in sorted(self._paths.own_skills.glob("*.toml")):
            try:
                if pattern.search(path.read_text(encoding="utf-8-sig", errors="replace")[:2000]):
                    return path
            except OSError:
                continue
        return named

    def _history(self, task_id: str) -> Path:
        return self._paths.own_skills / HISTORY / task_id.casefold()


def _size(file: Path) -> int | None:
    """Bytes of a file; None where it is gone."""
    try:
        return file.stat().st_size
    except OSError:
        return None


def _not_written() -> StorageError:
    return StorageError(
        "The pack could not be kept",
        "The disk is full, read-only or not yours to write. What was there before still holds, and your documents are "
        "not affected. Free the disk and try again.",
    )
