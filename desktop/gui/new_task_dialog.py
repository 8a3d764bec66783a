"""Asks what a new task is to do and how it is called."""

from collections.abc import Collection

from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from models.skills.skill import SkillName, Task
from models.taxonomy.building import empty_task, task_id_from

KINDS: tuple[tuple[SkillName, str, str], ...] = (
    ("extract", "Extract fields", "Name the fields under Fields, then add a text with its record under Examples."),
    ("classify", "Sort by labels", "Add the labels, and at least two examples of each; or import a table."),
    ("route", "Route to queues", "Add the queues, and at least two examples of each; or import a table."),
    ("summarize", "Summarize", "Say under Prompt what matters, then add a text with a good summary under Examples."),
    ("draft", "Draft", "Say under Prompt what to write, then add a text with a good draft under Examples."),
)


class NewTaskDialog(QDialog):
    """``task`` gives the task once accepted; nothing is kept yet."""

    def __init__(self, taken: Collection[str], parent: QWidget | None = None) -> None:
        """``taken`` are the ids that there are, in lower case."""
        super().__init__(parent)
        self.setWindowTitle("New task")
        self._taken = taken
        self.name_field = QLineEdit()
        self.name_field.setAccessibleName("Name of the task")
        self.name_field.setToolTip("How the list calls it.")
        self.name_field.setMaxLength(60)
        self.kind_box = QComboBox()
        self.kind_box.setAccessibleName("What the task does")
        self.kind_box.setToolTip("What the task does with a text.")
        for skill, words, _next in KINDS:
            self.kind_box.addItem(words, skill)
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setProperty("role", "muted")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.addRow("Name", self.name_field)
        form.addRow("It is to", self.kind_box)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.note)
        layout.addWidget(self.buttons)
        self.name_field.textChanged.connect(lambda _text: self._refresh())
        self.kind_box.currentIndexChanged.connect(lambda _at: self._refresh())
        self.setMinimumWidth(420)
        self._refresh()

    def task(self) -> Task:
        """The task as it begins."""
        name = self.name_field.text().strip()
        return empty_task(task_id_from(name), name, self.kind_box.currentData())

    def _refresh(self) -> None:
        name = self.name_field.text().strip()
        exists = bool(name) and task_id_from(name).casefold() in self._taken
        self.note.setText("There is a task of this name." if exists else KINDS[self.kind_box.currentIndex()][2])
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(bool(name) and not exists)
