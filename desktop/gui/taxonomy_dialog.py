"""The editor of a task's labels: labels, examples, import, export, undo; a change is tested before it is kept."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QProgressBar,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from desktop.gui.instant_box import InstantBox
from desktop.gui.message_bar import MessageBar
from desktop.gui.taxonomy_tables import ExampleTable, LabelTable
from desktop.gui.wording import count
from models.skills.skill import Task
from models.taxonomy.comparing import Comparison
from models.taxonomy.editing import edited


class TaxonomyDialog(QDialog):
    """Not modal. Its signals say what the person wants; the controller does it."""

    task_chosen = Signal(str)
    test_wanted = Signal()
    keep_wanted = Signal()
    undo_wanted = Signal()
    import_wanted = Signal()
    export_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Labels and examples")
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

    def show_task(self, task: Task, *, own: bool, versions: int, kept: bool = True) -> None:
        """Show a task as it is kept, or as an import would make it (``kept`` False: there is none of this id yet)."""
        self.task = task
        self.labels.show_labels(task.labels, task.examples)
        self.examples.show_examples(task.examples)
        self.only_box.setChecked(False)
        kind = "your own pack" if own else "built in; a change makes it your own" if kept else "not kept yet"
        self.facts.setText(
            f"{count(len(task.labels), 'label')}, {count(len(task.examples), 'example')}, "
            f"{count(len(task.golden), 'golden case')} · {kind}"
        )
        self.undo_button.setEnabled(versions > 0 or own)
        self.set_changed(False)

    def changed_task(self) -> Task:
        """The task as edited. Raises InputError where it makes no usable pack."""
        assert self.task is not None
        return edited(self.task, self.labels.labels(), self.examples.examples())

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

    def show_comparison(self, comparison: Comparison) -> None:
        """What the change does; it may be kept now."""
        self.end_progress()
        self.outcome.setText(comparison.sentence())
        self.worse.clear()
        for one in comparison.worse:
            now = ", ".join(one.after) or "no label"
            self.worse.addItem(f"{' '.join(one.case.text.split())[:200]}  →  {now}, not {', '.join(one.case.labels)}")
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
        self.task_box.setToolTip("The task whose labels are shown.")
        self.task_box.currentIndexChanged.connect(lambda _index: self.task_chosen.emit(self.task_box.currentData()))
        self.facts = QLabel()
        self.facts.setProperty("role", "muted")
        top = QHBoxLayout()
        top.addWidget(self.task_box)
        top.addWidget(self.facts, 1)

        self.labels, self.examples = LabelTable(), ExampleTable()
        self.add_label_button = _button("Add label", "Add a label; give it at least two examples.", self.labels.add)
        self.remove_label_button = _button(
            "Remove label",
            "Take the chosen labels away (Delete), with what is filed under them.",
            self.labels.remove_chosen,
        )
        self.add_example_button = _button(
            "Add example", "Add a text with the chosen label.", lambda: self.examples.add(self.labels.chosen)
        )
        self.remove_example_button = _button(
            "Remove example", "Take the chosen examples away (Delete).", self.examples.remove_chosen
        )
        self.only_box = QCheckBox("Only the chosen label")
        self.only_box.setToolTip("Show the examples of the label that is chosen above.")
        self.only_box.toggled.connect(lambda _on: self._filter())
        self.labels.itemSelectionChanged.connect(self._filter)
        for table in (self.labels, self.examples):
            table.edited.connect(lambda: self.set_changed(True))
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(_boxed(self.labels, [self.add_label_button, self.remove_label_button]))
        splitter.addWidget(_boxed(self.examples, [self.add_example_button, self.remove_example_button, self.only_box]))

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
        self.stop_button = _button("Stop", "Stop the test; nothing is kept.", self.stop_wanted.emit)

        self.import_button = _button(
            "Import…", "Add examples from CSV, JSON lines or Excel, or a pack.", self.import_wanted.emit
        )
        self.export_button = _button(
            "Export…",
            "Write this task as a pack to share, with its golden cases, or its examples as CSV.",
            self.export_wanted.emit,
        )
        self.undo_button = _button("Undo last change", "Go back to the version before.", self.undo_wanted.emit)
        self.test_button = _button(
            "Test the change", "Run the golden cases as they were and with the change.", self.test_wanted.emit
        )
        self.keep_button = _button("Keep", "Keep the change as your own pack; it can be undone.", self.keep_wanted.emit)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        bottom = QHBoxLayout()
        bottom.setSpacing(6)
        for button in (self.import_button, self.export_button, self.undo_button):
            bottom.addWidget(button)
        bottom.addStretch(1)
        for button in (self.stop_button, self.test_button, self.keep_button):
            bottom.addWidget(button)
        bottom.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(self.bar)
        layout.addLayout(top)
        layout.addWidget(splitter, 1)
        layout.addWidget(self.instant)
        layout.addWidget(self.outcome)
        layout.addWidget(self.worse)
        layout.addWidget(self.progress)
        layout.addLayout(bottom)
        self.end_progress()

    def _filter(self) -> None:
        self.examples.show_only(self.labels.chosen if self.only_box.isChecked() else "")


def _boxed(table: QWidget, controls: Sequence[QWidget]) -> QWidget:
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(6)
    layout.addWidget(table, 1)
    row = QHBoxLayout()
    row.setSpacing(6)
    for control in controls:
        row.addWidget(control)
    row.addStretch(1)
    layout.addLayout(row)
    return box


def _button(text: str, tip: str, act: object) -> QPushButton:
    button = QPushButton(text)
    button.setAccessibleName(text.rstrip("…"))
    button.setToolTip(tip)
    button.setAutoDefault(False)
    assert callable(act)
    button.clicked.connect(lambda _checked=False: act())
    return button
