"""Removing an installed model and moving it to another place."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
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


def move_all(
    models: Sequence[InstalledModel],
    models_dir: Path,
    target: Path,
    switch: Callable[[], object],
    cancel: threading.Event,
) -> Iterator[Step | Installed]:
    """Copy all models into the folder ``target``, verified; then ``switch`` to it; then delete the old ones.

    Raises:
        StorageError: they do not fit, cannot be written, or one is damaged. All stay where they were then.
    """
    if target.resolve() == models_dir.resolve():
        raise StorageError("They are there already", f"That is the models folder. {faults.SAFE} Choose another one.")
    copies: list[Installed] = []
    try:
        for model in models:
            for event in import_model(model.folder, target, (), cancel):
                if isinstance(event, Installed):
                    copies.append(event)
                    _keep_origin(model.record, event.folder)
                else:
                    yield event
            if cancel.is_set():
                return
        switch()
    finally:
        if len(copies) < len(models):
            for copy in copies:
                shutil.rmtree(copy.folder, ignore_errors=True)
    for model in models:
        remove(model, models_dir)
    yield from copies[-1:]


def _keep_origin(old: ModelRecord | None, folder: Path) -> None:
    """A moved model still came from where it came from."""
    new = read_record(folder)
    if old is not None and new is not None:
        try:
            write_record(folder, replace(new, proof=old.proof, origin=old.origin))
        except OSError as error:
            raise faults.from_os(error) from error
