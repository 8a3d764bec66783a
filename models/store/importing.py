"""Taking over a model from a folder, an archive or a kit: copied, hashed, compared with what is known, installed."""

import os
import re
import shutil
import threading
from collections.abc import Callable, Collection, Generator, Iterator
from dataclasses import replace
from pathlib import Path, PurePath

from models.errors import StorageError
from models.store import faults
from models.store.archive import is_archive, unpack
from models.store.digest import PIECE, Digest, read_into
from models.store.events import Installed, Meter, Step
from models.store.installed import InstalledModel, model_folder
from models.store.manifest import ManifestModel
from models.store.record import OWN_FILES, ModelRecord, Proof, RecordedFile, now, read_record, stamped
from models.store.workplace import check_room, free_bytes, install, workplace

_SYNC_EVERY = 64_000_000


def import_model(
    source: Path,
    models_dir: Path,
    manifest: tuple[ManifestModel, ...],
    cancel: threading.Event,
    free: Callable[[Path], int] = free_bytes,
) -> Iterator[Step | Installed]:
    """Copy the model in ``source`` into ``models_dir``; the last event is ``Installed``, unless it was cancelled.

    Raises:
        StorageError: it is damaged, not safe, not what it says it is, or does not fit. Nothing is installed then.
        EngineUnavailable: there is no usable model in it.
    """
    try:
        archive = source.is_file()
        if archive and not is_archive(source):
            raise StorageError(
                "That is not a model",
                f"The file is neither a zip nor a tar archive. {faults.SAFE} Choose the folder, or an archive of it.",
            )
        size = source.stat().st_size
    except OSError as error:
        raise faults.from_os(error, "the place you chose") from error
    key = f"import-{_slug(source.name if not archive else source.name.split('.')[0])}"
    with workplace(models_dir, key) as staged:
        _empty(staged)
        try:
            if archive:
                meter = Meter(size)

                def room(needed: int) -> None:
                    check_room(models_dir, needed, free)

                for count in unpack(source, staged, cancel, room):
                    meter.done += count
                    if meter.due:
                        yield meter.step("copy", "Unpacking")
                if cancel.is_set():
                    return
                inner = model_folder(staged)
                default = inner.folder.name if inner.folder != staged else source.name.split(".")[0]
                yield from _settle(inner, inner.folder, default, models_dir, manifest, cancel)
            else:
                inner = model_folder(source)
                check_room(models_dir, inner.size_bytes, free)
                yield from _settle(inner, staged, inner.folder.name, models_dir, manifest, cancel)
        finally:
            shutil.rmtree(staged, ignore_errors=True)


def _settle(
    inner: InstalledModel,
    staged: Path,
    default: str,
    models_dir: Path,
    manifest: tuple[ManifestModel, ...],
    cancel: threading.Event,
) -> Iterator[Step | Installed]:
    """Hash what is in place or copy it there, compare, install."""
    kit = read_record(inner.folder)
    names = [file.path for file in kit.files] if kit is not None else _files_of(inner.folder)
    sizes = [(inner.folder / name).stat().st_size if (inner.folder / name).is_file() else 0 for name in names]
    meter = Meter(sum(sizes))
    files: list[RecordedFile] = []
    for name in names:
        got = yield from _take(inner.folder, staged, name, meter, cancel)
        if got is None:
            return
        files.append(got)
    yield meter.step("install", "Installing")
    known = _entry(manifest, kit, files)
    _compare(files, kit, known)
    record = _record(kit, known, tuple(files), inner, default, manifest)
    target = _place(models_dir, record, known=kit is not None or known is not None)
    _empty(staged, keep={PurePath(name).parts[0] for name in names})
    folder = install(staged, models_dir, target, replace(record, files=stamped(staged, record.files)))
    yield Installed(folder, record.name)


def _take(
    folder: Path, staged: Path, name: str, meter: Meter, cancel: threading.Event
) -> Generator[Step, None, RecordedFile | None]:
    """Hash one file, copying it where it is not in place yet; None when cancelled. Raises OSError."""
    source, target = folder / name, staged / name
    digest = Digest()
    if not source.is_file():
        raise _differs(name, "is missing")
    if source == target:
        for count in read_into(digest, source, cancel):
            meter.done += count
            if meter.due:
                yield meter.step("check", "Checking the files")
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        synced = 0
        with source.open("rb", buffering=0) as stream, target.open("xb") as out:
            while not cancel.is_set() and (piece := stream.read(PIECE)):
                out.write(piece)
                digest.update(piece)
                meter.done += len(piece)
                if digest.size - synced >= _SYNC_EVERY:
                    synced = digest.size
                    out.flush()
                    os.fsync(out.fileno())
                if meter.due:
                    yield meter.step("copy", "Copying")
    if cancel.is_set():
        return None
    return RecordedFile(name, digest.size, digest.sha256)


def _entry(
    manifest: tuple[ManifestModel, ...], kit: ModelRecord | None, files: list[RecordedFile]
) -> ManifestModel | None:
    """The list's entry that this is: by a kit's word, or because every file that the list knows is here in its size."""
    sizes = {file.path: file.size_bytes for file in files}
    for model in manifest:
        if kit is not None:
            if (kit.id, kit.revision) == (model.id, model.revision):
                return model
        elif sum(sizes.get(file.path, 0) for file in model.files) == model.total_bytes and all(
            file.size_bytes in (None, sizes.get(file.path)) for file in model.files
        ):
            return model
    return None


def _compare(files: list[RecordedFile], kit: ModelRecord | None, known: ManifestModel | None) -> None:
    """Hold the digests against the list and against the kit. Raises StorageError."""
    digests = {file.path: file.sha256 for file in files}
    expected = {file.path: file.sha256 for file in kit.files} if kit is not None else {}
    for file in known.files if known is not None else ():
        if file.path not in digests:
            raise _differs(file.path, "is missing")
        if file.sha256:
            expected[file.path] = file.sha256
    for path, sha256 in expected.items():
        if digests.get(path) != sha256:
            raise _differs(path, "has another SHA-256 than it should have, so it was damaged or altered")


def _record(
    kit: ModelRecord | None,
    known: ManifestModel | None,
    files: tuple[RecordedFile, ...],
    inner: InstalledModel,
    default: str,
    manifest: tuple[ManifestModel, ...],
) -> ModelRecord:
    in_list = known is not None and all(file.sha256 for file in known.files)
    about = known or kit
    if about is None:
        name = inner.name if inner.name == "Phi-4 Mini" else default
        return ModelRecord(_slug(default), name, "not stated", "", "", "", "", "import", now(), files)
    proof: Proof = "list" if in_list else "kit" if kit is not None else "import"
    # A kit of another revision does not take the place of the one that the list means.
    taken = known is None and any(model.id == about.id for model in manifest)
    identifier = f"{about.id}-{about.revision[:8]}" if taken else about.id
    return ModelRecord(
        identifier, about.name, about.license, about.license_text, about.repository, about.revision, "", proof, now(),
        files,
    )  # fmt: skip


def _place(models_dir: Path, record: ModelRecord, *, known: bool) -> str:
    """Name of the folder to install into: a known model replaces its older self, an unknown one nothing."""
    name = _slug(record.id)
    if known:
        return name
    number = 2
    free = name
    while (models_dir / free).exists():
        there = read_record(models_dir / free)
        if there is not None and [file.sha256 for file in there.files] == [file.sha256 for file in record.files]:
            return free
        free, number = f"{name}-{number}", number + 1
    return free


def _files_of(folder: Path) -> list[str]:
    """The plain files in a model's folder that are not ours and not hidden. Raises OSError."""
    return sorted(
        path.name
        for path in folder.iterdir()
        if path.is_file() and path.name not in OWN_FILES and not path.name.startswith(".")
    )


def _empty(folder: Path, keep: Collection[str] = ()) -> None:
    for path in [path for path in folder.iterdir() if path.name not in keep]:
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def _slug(name: str) -> str:
    """A folder name that every system takes."""
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60]
    return slug if slug and not re.fullmatch(r"con|prn|aux|nul|(com|lpt)\d", slug) else f"model-{slug}".strip("-")


def _differs(name: str, how: str) -> StorageError:
    return StorageError(
        "The model is not what it should be",
        f"{name} {how}. Nothing was installed, and the models on this machine are as they were. Copy the model again "
        "from where it came, and check the kit there with check.py.",
    )
