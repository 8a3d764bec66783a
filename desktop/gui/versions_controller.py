"""Earlier versions of a task: two of them compared on golden cases and past corrections, and the way back to one."""

import threading
from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.corrections import corrected_cases
from desktop.gui.backend import Backend
from desktop.gui.job import Job, JobRunner
from desktop.gui.versions_dialog import NOW, Choice, VersionsDialog
from desktop.taxonomies import TaxonomyStore, Version
from models.errors import CredentialError, InputError, StrongroomError
from models.skills.skill import Example, Task
from models.taxonomy.comparing import Comparison, compare, differ_in_words_only

WORDS_ONLY = "The starter engine does not read it, so it answers alike. Let Phi-4 Mini answer the cases."


class VersionsController(QObject):
    """``restored`` carries the id of a task of which an earlier version holds again."""

    restored = Signal(str)

    def __init__(self, backend: Backend, runner: JobRunner, window: QWidget) -> None:
        super().__init__(window)
        self._backend = backend
        self._runner = runner
        self._window = window
        self._task: Task | None = None
        self._job: Job | None = None
        self.dialog: VersionsDialog | None = None

    def open(self, task: Task) -> VersionsDialog:
        """Show the versions of a task, next to the window."""
        if self.dialog is None:
            dialog = VersionsDialog(self._window)
            dialog.compare_wanted.connect(self.compare)
            dialog.restore_wanted.connect(self.restore)
            dialog.stop_wanted.connect(self.stop)
            dialog.finished.connect(lambda _result: self.stop())
            self.dialog = dialog
        self.stop()
        self._task = task
        self.dialog.show_versions(
            task.name,
            [_choice(version) for version in reversed(self._store.versions(task.id))],
            self._backend.can_try(task),
        )
        self.dialog.show()
        self.dialog.raise_()
        return self.dialog

    def compare(self, first: int, second: int) -> None:
        """Answer every golden case of the second version, and every kept correction, with both."""
        dialog, task = self.dialog, self._task
        if dialog is None or task is None or self._job is not None:
            return
        learning = self._backend.learning
        name = dialog.engine_box.engine
        engine = self._backend.to_try(name)
        total = [0]
        dialog.begin()

        def work(cancel: threading.Event) -> Iterator[object]:
            before, after = self._read(task.id, first), self._read(task.id, second)
            if engine is None or after is None:
                raise InputError("This cannot be compared", "There was no such task then. Choose another version.")
            corrected: tuple[Example, ...] = ()
            if learning is not None and after.labels:
                try:
                    corrected = corrected_cases(learning.kept, after)
                except CredentialError as error:
                    yield error
            tested = replace(after, golden=(*after.golden, *corrected))
            yield len(after.golden), len(corrected)
            if name == "starter" and before is not None and differ_in_words_only(before, after):
                yield WORDS_ONLY
            yield from compare(before, tested, engine(), cancel)

        def take(event: object) -> None:
            match event:
                case str():
                    dialog.bar.show_message("Only the prompt differs", event, "warn")
                case CredentialError():
                    dialog.bar.show_error(event)
                case (int() as golden, int() as corrections):
                    total[0] = golden + corrections
                    dialog.show_cases(golden, corrections)
                case Comparison():
                    dialog.show_progress(len(event.results), total[0])
                    if len(event.results) == total[0]:
                        dialog.show_comparison(event)

        def end() -> None:
            self._job = None
            dialog.end()

        self._job = self._runner.start(work, take, dialog.bar.show_error, end)

    def stop(self) -> None:
        """Stop comparing."""
        if self._job is not None:
            self._job.stop()

    def restore(self, number: int) -> None:
        """Make an earlier version hold again; what holds now becomes a version."""
        dialog, task = self.dialog, self._task
        if dialog is None or task is None:
            return
        try:
            earlier = self._read(task.id, number)
            if earlier is None:
                raise InputError("There was no such task then", "Nothing was done. Choose another version.")
            kept = self._store.save(earlier)
        except StrongroomError as error:
            dialog.bar.show_error(error)
            return
        self.restored.emit(kept.id)
        self.open(kept)

    def _read(self, task_id: str, number: int) -> Task | None:
        store = self._store
        if number == NOW:
            return store.packs().get(task_id)
        version = next((one for one in store.versions(task_id) if one.number == number), None)
        return store.read_version(task_id, version) if version is not None else None

    @property
    def _store(self) -> TaxonomyStore:
        assert self._backend.taxonomies is not None
        return self._backend.taxonomies


def _choice(version: Version) -> Choice:
    return Choice(version.number, version.until, built_in=version.built_in)
