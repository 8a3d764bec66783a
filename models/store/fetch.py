"""Fetching a model: every file resumed, hashed while it comes, checked; then installed by one rename."""

import json
import threading
from collections.abc import Callable, Generator, Iterator
from dataclasses import asdict
from pathlib import Path

from models.offline import refuse_if
from models.store.events import Installed, Meter, Step
from models.store.fetch_file import FileFetch, Patience
from models.store.manifest import ManifestModel, ModelFile
from models.store.part import Part
from models.store.record import (
    ModelRecord,
    Proof,
    RecordedFile,
    now,
    read_record,
    stamped,
    state,
    write_whole,
)
from models.store.source import Source
from models.store.verify import salvage
from models.store.workplace import check_room, free_bytes, install, workplace

_DONE = "done.json"

Event = Step | Installed


def key_of(model: ManifestModel) -> str:
    """Name of the folder in which a model is put together."""
    return f"{model.id}-{model.revision[:12]}"


def is_note(file: Path) -> bool:
    """Whether a file in that folder is a note of ours and not a part of the model."""
    return file.name == _DONE or file.name.endswith(".part.json")


class Fetcher:
    """Fetches one model into ``models_dir``. Stop it by the event; call ``fetch`` again to go on where it stopped.

    Not for use by two threads at once. Between two calls it remembers the digest of the file at hand.
    """

    def __init__(
        self,
        model: ManifestModel,
        models_dir: Path,
        source: Source,
        patience: Patience | None = None,
        free: Callable[[Path], int] = free_bytes,
        offline: Callable[[], bool] = lambda: False,
    ) -> None:
        self._model = model
        self._dir = models_dir
        self._source = source
        self._patience = patience or Patience()
        self._free = free
        self._offline = offline
        self._parts: dict[Path, Part] = {}
        self._meter = Meter(model.total_bytes)

    @property
    def host(self) -> str:
        """The host that is asked."""
        return self._source.host

    def fetch(self, cancel: threading.Event) -> Iterator[Event]:
        """Fetch what is missing; the last event is ``Installed``, unless it was cancelled.

        Raises:
            StrongroomError: it cannot go on; what was fetched is kept where it can be.
        """
        model = self._model
        refuse_if(offline=self._offline())
        folder = self._dir / model.id
        record = read_record(folder)
        if record is not None and record.revision == model.revision and state(folder, record) == "intact":
            yield Installed(folder, model.name)
            return
        with workplace(self._dir, key_of(model)) as staged:
            done = _load_done(staged)
            if record is not None and record.revision == model.revision:

                def keep(file: RecordedFile) -> None:
                    done[file.path] = file
                    _save_done(staged, done)

                yield from salvage(folder, record, staged, keep, cancel)
            self._start_meter(staged, done)
            check_room(self._dir, max(0, self._meter.total - self._meter.done), self._free)
            for file in model.files:
                if file.path in done and _is(staged, done[file.path]):
                    continue
                got = yield from self._file(file, staged, cancel)
                if got is None:
                    return
                done[file.path] = got
                _save_done(staged, done)
            if cancel.is_set():
                return
            yield self._meter.step("install", "Installing")
            (staged / _DONE).unlink(missing_ok=True)
            target = install(staged, self._dir, model.id, self._record(staged, done))
        self._parts.clear()
        yield Installed(target, model.name)

    def _start_meter(self, staged: Path, done: dict[str, RecordedFile]) -> None:
        sizes = [file.size_bytes for file in self._model.files]
        known = [size for size in sizes if size is not None]
        self._meter = Meter(sum(known) if len(known) == len(sizes) else self._model.total_bytes)
        self._meter.done = sum(file.size_bytes for file in done.values() if _is(staged, file))

    def _record(self, staged: Path, done: dict[str, RecordedFile]) -> ModelRecord:
        model = self._model
        proof: Proof = "list" if all(file.sha256 for file in model.files) else "source"
        return ModelRecord(
            id=model.id,
            name=model.name,
            license=model.license,
            license_text=model.license_text,
            repository=model.repository,
            revision=model.revision,
            origin=self._source.host,
            proof=proof,
            checked_at=now(),
            files=stamped(staged, tuple(done[file.path] for file in model.files)),
        )

    def _file(
        self, file: ModelFile, staged: Path, cancel: threading.Event
    ) -> Generator[Step, None, RecordedFile | None]:
        part = self._parts.setdefault(staged / file.path, Part(staged / file.path))
        fetch = FileFetch(self._model, file, part, self._source, self._patience, self._meter, self._look)
        got = yield from fetch.run(cancel)
        if got is not None:
            del self._parts[staged / file.path]
        return got

    def _look(self) -> None:
        """In mid-download: is the switch still off, and is there still room for what is to come?"""
        refuse_if(offline=self._offline())
        check_room(self._dir, max(0, self._meter.total - self._meter.done), self._free)


def _save_done(staged: Path, done: dict[str, RecordedFile]) -> None:
    write_whole(staged / _DONE, json.dumps([asdict(each) for each in done.values()]))


def _load_done(staged: Path) -> dict[str, RecordedFile]:
    """Files that were fetched and checked before; {} if the list of them makes no sense."""
    try:
        untrusted = json.loads((staged / _DONE).read_text(encoding="utf-8"))
        files = [RecordedFile(**each) for each in untrusted]
        return {file.path: file for file in files}
    except (OSError, ValueError, TypeError, RecursionError):
        return {}


def _is(staged: Path, file: RecordedFile) -> bool:
    """Whether the file still is as it was when it was checked."""
    try:
        found = (staged / file.path).stat()
    except (OSError, ValueError, TypeError):
        return False
    return found.st_size == file.size_bytes and found.st_mtime_ns == file.mtime_ns
