"""The editor of a task: its labels or fields, prompt, examples and cases; a change is tested before it is kept."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from desktop.gui.engine_box import EngineBox
from desktop.gui.instant_box import InstantBox
from desktop.gui.message_bar import MessageBar
from desktop.gui.taxonomy_pages import TaxonomyPages
from desktop.gui.taxonomy_parts import button
from desktop.gui.wording import count
from models.skills.skill import Task
from models.taxonomy.comparing import Comparison, expected
from models.taxonomy.editing import Edit


class TaxonomyDialog(QDialog):
    """Not modal. Its signals say what the person wants; the controller does it."""

    task_chosen = Signal(str)
    test_wanted = Signal()
    keep_wanted = Signal()
    undo_wanted = Signal()
    import_wanted = Signal()
    export_wanted = Signal()
    stop_wanted = Signal()
    take_wanted = Signal()
    versions_wanted = Signal()
    new_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Labels, fields, prompts and cases")
        self.task: Task | None = None
        self.bar = MessageBar()
        self._build()
        self.resize(900, 640)

    def show_tasks(self, tasks: Sequence[Task], chosen: str) -> None:
        """Offer these tasks; ``chosen`` is an id."""
        self.task_box.blockSignals(True)
        self.task_box.clear()
        for task in tasks:
            self.task_box.addItem(task.name, task.id)
        self.task_box.setCurrentIndex(max(0, self.task_box.findData(chosen)))
        self.task_box.blockSignals(False)

    def show_task(
        self, task: Task, *, own: bool, versions: int, kept: bool = True, can_try: tuple[bool, bool] = (True, False)
    ) -> None:
        """Show a task as it is kept, or as an import would make it (``kept`` False: there is none of this id yet).

        ``can_try`` says whether the starter engine, and whether Phi-4 Mini, can answer its golden cases.
        """
        self.task = task
        self.pages.show_task(task)
        self.instant.setVisible(bool(task.labels) and kept)
        kind = "your own pack" if own else "built in; a change makes it your own" if kept else "not kept yet"
        self.engine_box.offer(starter=can_try[0], phi=can_try[1])
        parts = f"{count(len(task.labels), 'label')}, " if task.labels else ""
        parts += f"{count(len(task.fields), 'field')}, " if task.fields else ""
        self.facts.setText(
            f"{parts}{count(len(task.examples), 'example')}, {count(len(task.golden), 'golden case')} · {kind}"
        )
        self.undo_button.setEnabled(versions > 0 or own)
        self.versions_button.setEnabled(versions > 0)
        self.set_changed(False)

    def edit(self) -> Edit:
        """What was changed. Raises InputError for a cell that cannot be read."""
        return self.pages.edit()

    def set_changed(self, changed: bool) -> None:
        """Whether there is something to test and keep; what was tested before no longer holds."""
        self.test_button.setEnabled(changed)
        self.keep_button.setEnabled(False)
        self.outcome.setText("Test the change before it is kept." if changed else "")
        self.worse.hide()

    def show_progress(self, done: int, total: int) -> None:
        """The golden cases are running."""
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        self.progress.show()
        self.stop_button.show()
        self.test_button.setEnabled(False)

    def show_comparison(self, comparison: Comparison, note: str = "") -> None:
        """What the change does, or why that is not known; it may be kept now."""
        self.end_progress()
        self.outcome.setText(note or comparison.sentence())
        self.worse.clear()
        for one in comparison.worse:
            now, right = "; ".join(one.after) or "nothing", "; ".join(expected(one.case)) or "nothing"
            self.worse.addItem(f"{' '.join(one.case.text.split())[:200]}  →  {now}, not {right}")
        self.worse.setVisible(bool(comparison.worse))
        self.keep_button.setText("Keep it all the same" if comparison.worse else "Keep")
        self.keep_button.setEnabled(True)

    def end_progress(self) -> None:
        """Nothing runs."""
        self.progress.hide()
        self.stop_button.hide()

    def _build(self) -> None:
        self.task_box = QComboBox()
        self.task_box.setAccessibleName("Task")
        self.task_box.setToolTip("The task that is shown.")
        self.task_box.currentIndexChanged.connect(lambda _index: self.task_chosen.emit(self.task_box.currentData()))
        self.facts = QLabel()
        self.facts.setProperty("role", "muted")
        top = QHBoxLayout()
        top.addWidget(self.task_box)
        top.addWidget(self.facts, 1)

        self.pages = TaxonomyPages()
        self.pages.edited.connect(lambda: self.set_changed(True))
        self.pages.take_wanted.connect(self.take_wanted)
        self.labels, self.examples, self.only_box = self.pages.labels, self.pages.examples, self.pages.only_box

        self.instant = InstantBox()
        self.outcome = QLabel()
        self.outcome.setWordWrap(True)
        self.worse = QListWidget()
        self.worse.setAccessibleName("Golden cases that the change turns wrong")
        self.worse.setToolTip("Golden cases that the change turns wrong.")
        self.worse.setMaximumHeight(96)
        self.worse.hide()
        self.progress = QProgressBar()
        self.progress.setAccessibleName("Progress of the golden cases")
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(4)
        self.stop_button = button("Stop", "Stop the test; nothing is kept.", self.stop_wanted.emit)

        self.import_button = button(
            "Import…", "Add examples from CSV, JSON lines or Excel, or a pack.", self.import_wanted.emit
        )
        self.export_button = button(
            "Export…",
            "Write this task as a pack to share, with its golden cases, or its examples as CSV.",
            self.export_wanted.emit,
        )
        self.versions_button = button(
            "Versions…",
            "Earlier versions of this task: compare two of them, go back to one.",
            self.versions_wanted.emit,
        )
        self.undo_button = button("Undo", "Go back to the version before.", self.undo_wanted.emit)
        self.test_button = button(
            "Test the change", "Run the golden cases as they were and with the change.", self.test_wanted.emit
        )
        self.engine_box = EngineBox("Who answers the golden cases")
        self.keep_button = button("Keep", "Keep the change as your own pack; it can be undone.", self.keep_wanted.emit)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        bottom = QHBoxLayout()
        bottom.setSpacing(6)
        self.new_button = button(
            "New task…", "Make a task of your own: fields to extract, a summary or a draft.", self.new_wanted.emit
        )
        for left in (
            self.new_button,
            self.import_button,
            self.export_button,
            self.versions_button,
            self.undo_button,
        ):
            bottom.addWidget(left)
        bottom.addStretch(1)
        for right in (self.stop_button, self.engine_box, self.test_button, self.keep_button):
            bottom.addWidget(right)
        bottom.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(self.bar)
        layout.addLayout(top)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.instant)
        layout.addWidget(self.outcome)
        layout.addWidget(self.worse)
        layout.addWidget(self.progress)
        layout.addLayout(bottom)
        self.end_progress()
