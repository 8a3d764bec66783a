"""Edits tasks: shows them, imports, tests a change on the golden cases, keeps it, undoes it."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.events import RunRequest
from desktop.gui.backend import Backend
from desktop.gui.import_dialog import ImportDialog
from desktop.gui.job import Job, JobRunner
from desktop.gui.new_task_dialog import NewTaskDialog
from desktop.gui.taxonomy_dialog import TaxonomyDialog
from desktop.gui.versions_controller import VersionsController
from desktop.instant_settings import policy_for, read_policies, write_policies
from desktop.settings import write_private
from desktop.taxonomies import TaxonomyStore
from models.documents.table_file import Table, read_table
from models.engines.instant import Policy
from models.errors import StorageError, StrongroomError
from models.skills.answer import Answer
from models.skills.loader import Packs, load_pack
from models.skills.pack_writer import examples_csv, pack_text
from models.skills.skill import Example, Task
from models.taxonomy.comparing import Comparison, compare
from models.taxonomy.editing import case_of
from models.taxonomy.thresholds import Tried, choose, curve, try_cases

UNTESTED = "Only Phi-4 Mini drafts, and it is not installed: the golden cases were not run. The change can be kept."
TABLES = "Tables and packs (*.csv *.tsv *.jsonl *.xlsx *.toml)"


class TaxonomyController(QObject):
    """``changed`` carries the tasks as they are now, after a change was kept or undone."""

    changed = Signal(object)

    def __init__(self, backend: Backend, runner: JobRunner, window: QWidget, document: Callable[[], str]) -> None:
        """``document`` gives the text of the document pane."""
        super().__init__(window)
        self._document = document
        self._answered: tuple[RunRequest, Answer] | None = None
        self._backend = backend
        self._runner = runner
        self._window = window
        self._tested: Task | None = None
        self._job: Job | None = None
        self.versions = VersionsController(backend, runner, window)
        self.versions.restored.connect(
            lambda task_id: self._after(task_id, "Gone back", "That version holds again. “Undo” takes it back.")
        )
        self.dialog: TaxonomyDialog | None = None
        self.import_dialog: ImportDialog | None = None
        self.new_dialog: NewTaskDialog | None = None

    def open(self, task_id: str) -> TaxonomyDialog | None:
        """Show the editor with one task, next to the window; what is being changed in that task stays."""
        if self._backend.taxonomies is None:
            return None
        shown = self.dialog.task if self.dialog is not None and self.dialog.isVisible() else None
        if self.dialog is None:
            dialog = TaxonomyDialog(self._window)
            dialog.task_chosen.connect(self._show)
            dialog.test_wanted.connect(self.test)
            dialog.keep_wanted.connect(self.keep)
            dialog.undo_wanted.connect(self.undo)
            dialog.import_wanted.connect(self._choose_import)
            dialog.export_wanted.connect(self._choose_export)
            dialog.stop_wanted.connect(self.stop)
            dialog.take_wanted.connect(self._take_document)
            dialog.versions_wanted.connect(lambda: dialog.task and self.versions.open(dialog.task))
            dialog.pages.edited.connect(self._edited)
            dialog.new_wanted.connect(self.make)
            dialog.instant.mode_chosen.connect(lambda _mode: self._set_policy())
            dialog.instant.measure_wanted.connect(self.measure)
            dialog.finished.connect(lambda _result: self.stop())
            self.dialog = dialog
        if shown is None or shown.id != task_id:
            self._list(task_id)
        self.dialog.show()
        self.dialog.raise_()
        return self.dialog

    def test(self) -> None:
        """Run the golden cases as they were and with the change."""
        dialog, shown = self._open_dialog(), self._open_dialog().task
        engine = self._backend.to_try(dialog.engine_box.engine)
        if shown is None or self._job is not None:
            return
        try:
            edit = dialog.edit()
        except StrongroomError as error:
            dialog.bar.show_error(error)
            return
        dialog.bar.hide()
        before = next((known for known in self._packs().tasks if known.id.casefold() == shown.id.casefold()), None)
        self._tested = None
        changed: list[Task] = []
        dialog.show_progress(0, 0)

        def work(cancel: threading.Event) -> Iterator[object]:
            task = edit.applied(shown)
            yield task
            if engine is not None:
                yield from compare(edit.renamed(before) if before is not None else None, task, engine(), cancel)
            else:
                yield Comparison(())

        def take(event: object) -> None:
            if isinstance(event, Task):
                changed.append(event)
            elif isinstance(event, Comparison):
                total = len(changed[0].golden) if engine is not None else 0
                dialog.show_progress(len(event.results), total)
                if len(event.results) == total and not job.stopping:
                    self._tested = changed[0]
                    dialog.show_comparison(event, "" if engine is not None else UNTESTED)

        def end() -> None:
            self._job = None
            dialog.end_progress()
            if self._tested is None:
                dialog.set_changed(True)

        job = self._job = self._runner.start(work, take, dialog.bar.show_error, end)

    def measure(self, target: int) -> None:
        """Choose from which confidence an instant answer counts, on the golden cases of the task that is shown."""
        dialog, starter = self._open_dialog(), self._backend.starter
        task = dialog.task
        if task is None or starter is None or self._job is not None:
            return
        total = len(task.golden)
        done: list[tuple[Tried, ...]] = [()]
        dialog.show_progress(0, total)

        def work(cancel: threading.Event) -> Iterator[object]:
            yield from try_cases(task, starter(), None, cancel)

        def take(event: object) -> None:
            if isinstance(event, tuple):
                done[0] = event
                dialog.show_progress(len(event), total)

        def end() -> None:
            self._job = None
            dialog.end_progress()
            if len(done[0]) == total:
                threshold = choose(done[0], target / 100)
                self._set_policy(threshold)
                dialog.instant.show_points(curve(done[0]), threshold)

        self._job = self._runner.start(work, take, dialog.bar.show_error, end)

    def _set_policy(self, threshold: float | None = None) -> None:
        """Keep who answers the task that is shown; a threshold that was measured before stays."""
        dialog, settings = self._open_dialog(), self._backend.settings
        if dialog.task is None:
            return
        policies = read_policies(settings.current.instant)
        key = dialog.task.id.casefold()
        before = policies.get(key, Policy())
        policies[key] = Policy(dialog.instant.mode, before.threshold if threshold is None else threshold)
        try:
            settings.update(instant=write_policies(policies))
        except StrongroomError as error:
            dialog.bar.show_error(error)
        dialog.instant.show_policy(policies[key])

    def stop(self) -> None:
        """Stop the test; nothing is kept."""
        if self._job is not None:
            self._job.stop()

    def keep(self) -> None:
        """Keep what was tested."""
        if self._tested is None or self._backend.taxonomies is None:
            return
        try:
            kept = self._backend.taxonomies.save(self._tested)
        except StrongroomError as error:
            self._open_dialog().bar.show_error(error)
            return
        self._after(kept.id, "Kept", "The change holds from the next run on. “Undo” takes it back.")

    def undo(self) -> None:
        """Go back by one version of the task that is shown."""
        dialog = self._open_dialog()
        if dialog.task is None or self._backend.taxonomies is None:
            return
        try:
            now = self._backend.taxonomies.undo(dialog.task.id)
        except StrongroomError as error:
            dialog.bar.show_error(error)
            return
        self._after(now.id if now is not None else "", "Undone", "The version before holds again.")

    def take_file(self, path: Path) -> None:
        """Read a table or a pack, and show what it would change."""
        dialog = self._open_dialog()

        def work(_cancel: threading.Event) -> Iterator[object]:
            yield load_pack(path) if path.suffix.lower() == ".toml" else read_table(path)

        def take(event: object) -> None:
            if isinstance(event, Task):
                self._offer(event)
            elif isinstance(event, Table) and dialog.task is not None and not dialog.task.labels:
                dialog.bar.show_message(
                    "This task has no labels",
                    "A table gives texts with labels. Nothing was changed. Choose a task with labels first.",
                    "warn",
                )
            elif isinstance(event, Table):
                self._preview(event)

        self._runner.start(work, take, dialog.bar.show_error)

    def write_file(self, path: Path) -> None:
        """Write the task that is shown as a pack, or its examples as a table."""
        dialog = self._open_dialog()
        task = dialog.task
        if task is None:
            return
        content = examples_csv(task) if path.suffix.lower() == ".csv" else pack_text(task)
        try:
            write_private(path, content.encode("utf-8"))
        except OSError:
            dialog.bar.show_error(
                StorageError(
                    "The file could not be written", "The disk is full or not yours to write. Choose another place."
                )
            )
        else:
            dialog.bar.show_message("Written", "The file holds the examples in plain text: share it with care.", "note")

    def _preview(self, table: Table) -> None:
        dialog = self._open_dialog()
        assert dialog.task is not None
        ids = {task.id.casefold() for task in self._packs().tasks}
        preview = ImportDialog(table, dialog.task, lambda task_id: task_id.casefold() in ids, dialog)
        self.import_dialog = preview
        preview.accepted.connect(lambda: self._offer(preview.plan.task if preview.plan is not None else None))
        preview.open()

    def _offer(self, task: Task | None) -> None:
        """Show a task that is not kept yet."""
        if task is None or self._backend.taxonomies is None:
            return
        dialog = self._open_dialog()
        store = self._backend.taxonomies
        known = self._editable()
        kept = any(one.id == task.id for one in known)
        dialog.show_tasks(known if kept else [*known, task], task.id)
        self._show_in(dialog, task, store, kept=kept)
        dialog.set_changed(True)

    def _after(self, task_id: str, title: str, message: str) -> None:
        self._tested = None
        self.changed.emit(self._packs().tasks)
        self._list(task_id)
        self._open_dialog().bar.show_message(title, message, "note")

    def _list(self, task_id: str) -> None:
        dialog = self._open_dialog()
        tasks = self._editable()
        known = {task.id for task in tasks}
        chosen = task_id if task_id in known else tasks[0].id
        dialog.show_tasks(tasks, chosen)
        self._show(chosen)

    def _show(self, task_id: str) -> None:
        store = self._backend.taxonomies
        assert store is not None
        task = next((task for task in self._editable() if task.id == task_id), None)
        if task is not None:
            dialog = self._open_dialog()
            self._show_in(dialog, task, store)
            dialog.instant.show_policy(policy_for(self._backend.settings.current.instant, task_id))

    def _show_in(self, dialog: TaxonomyDialog, task: Task, store: TaxonomyStore, *, kept: bool = True) -> None:
        dialog.show_task(
            task,
            own=store.is_own(task.id),
            versions=len(store.versions(task.id)),
            kept=kept,
            can_try=self._backend.can_try(task),
        )

    def make(self) -> None:
        """Ask for the kind and the name of a new task, and show it, not kept yet."""
        taken = {task.id.casefold() for task in self._packs().tasks}
        asked = NewTaskDialog(taken, self._open_dialog())
        self.new_dialog = asked

        def begin() -> None:
            self._offer(asked.task())
            self._open_dialog().pages.show_first()

        asked.accepted.connect(begin)
        asked.open()

    def _editable(self) -> list[Task]:
        return list(self._packs().tasks)

    def _packs(self) -> Packs:
        assert self._backend.taxonomies is not None
        return self._backend.taxonomies.packs()

    def _open_dialog(self) -> TaxonomyDialog:
        assert self.dialog is not None
        return self.dialog

    def answered(self, request: RunRequest, answer: Answer) -> None:
        """An answer came; its text may become a golden case, and is kept only if the person keeps that change."""
        self._answered = (request, answer)

    def add_golden(self, label: str) -> None:
        """Offer the text that was answered last as a golden case of its task; ``label`` is what is right."""
        if self._answered is not None and self.open(self._answered[0].task.id) is not None:
            self._open_dialog().pages.add_golden(Example(self._answered[0].text.strip(), (label,) if label else ()))

    def _take_document(self) -> None:
        """Offer the document as a golden case of the task that is shown, with the answer that it got."""
        dialog, text = self._open_dialog(), self._document().strip()
        if not text or dialog.task is None:
            dialog.bar.show_message("There is no text yet", "Paste a text or open a document, then try again.", "warn")
            return
        case = Example(text)
        if self._answered is not None:
            request, answer = self._answered
            if request.text.strip() == text and request.task.id == dialog.task.id:
                case = case_of(text, answer)
        dialog.pages.add_golden(case)

    def _edited(self) -> None:
        """What was tested, or is being tested, no longer stands in the editor."""
        self._tested = None
        self.stop()

    def _choose_import(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self.dialog, "Import examples", "", TABLES)
        if name:
            self.take_file(Path(name))

    def _choose_export(self) -> None:
        task = self._open_dialog().task
        start = f"{task.id}.toml" if task is not None else ""
        name, _ = QFileDialog.getSaveFileName(self.dialog, "Export", start, "Pack (*.toml);;Examples (*.csv)")
        if name:
            self.write_file(Path(name))
