"""Removing an installed model and moving it to another place."""

import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from models.errors import StorageError
from models.store import faults
from models.store.events import Installed, Step
from models.store.importing import import_model
from models.store.installed import InstalledModel
from models.store.record import ModelRecord, read_record, write_record
from models.store.workplace import WORKPLACE


def remove(model: InstalledModel, models_dir: Path) -> int:
    """Delete an installed model; returns the bytes that it took. Close the engine that uses it first.

    Raises:
        StorageError: it lies outside of the models folder (it is not ours to delete), or cannot be deleted.
    """
    root, folder = models_dir.resolve(), model.folder.resolve()
    if root == folder or root not in folder.parents:
        raise StorageError(
            "The model is not Strongroom's",
            "It is used where it lies, and Strongroom deletes only what is in its own models folder. Nothing was "
            "deleted. Take it out of the settings, or delete the folder yourself.",
        )
    aside = models_dir / WORKPLACE / f"removed-{folder.name}-{os.getpid()}"
    try:
        aside.parent.mkdir(mode=0o700, exist_ok=True)
        # Out of sight at once, whole; deleting four gigabytes may be broken off.
        folder.replace(aside)
        shutil.rmtree(aside)
    except OSError as error:
        raise StorageError(
            "The model could not be removed",
            f"A file of it is in use or may not be deleted. {faults.SAFE} Close other windows of Strongroom and try "
            "again.",
        ) from error
    return model.size_bytes


def move(model: InstalledModel, models_dir: Path, target: Path, cancel: threading.Event) -> Iterator[Step | Installed]:
    """Copy a model into the models folder ``target``, verified, and only then delete it in ``models_dir``.

    Raises:
        StorageError: it does not fit, cannot be written, or is damaged. The model stays where it was then.
    """
    if target.resolve() in (models_dir.resolve(), model.folder.resolve()):
        raise StorageError("It is there already", f"The model lies in that folder. {faults.SAFE} Choose another one.")
    for event in import_model(model.folder, target, (), cancel):
        if isinstance(event, Installed):
            _keep_origin(model.record, event.folder)
            remove(model, models_dir)
        yield event


def _keep_origin(old: ModelRecord | None, folder: Path) -> None:
    """A moved model still came from where it came from."""
    new = read_record(folder)
    if old is not None and new is not None:
        try:
            write_record(folder, replace(new, proof=old.proof, origin=old.origin))
        except OSError as error:
            raise faults.from_os(error) from error
