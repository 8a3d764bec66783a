"""The fields of an extract task: their names, what they mean, of which kind they are, and which must be there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHeaderView, QLabel, QVBoxLayout, QWidget

from desktop.gui.taxonomy_parts import button, page, row
from desktop.gui.taxonomy_tables import WAS, Choices, EditTable
from models.errors import InputError
from models.skills.skill import Field, Task
from models.taxonomy.editing import EditedField

COLUMNS = ("Name", "Meaning", "Kind", "Choices", "Required")
TIPS = (
    "Small letters, digits and _.",
    "What to look for; it tells Phi-4 Mini what is meant.",
    "Any text, a date (given as 2026-03-31), or one of some choices.",
    "What a choice may be, parted by commas.",
    "A record in which a required field is empty is left out.",
)
KINDS = ("Text", "Date", "Choice")
NEW = "#"
"""Begins what a new field is known by until it is kept; no name does."""


@dataclass(frozen=True, slots=True)
class Column:
    """A field as its records show it: what it is known by, its name now, and its choices."""

    known: str
    name: str
    choices: tuple[str, ...] = ()


class FieldTable(EditTable):
    """Fields, one a row; a renamed one is still known by the name it had."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(COLUMNS, parent, TIPS)
        self._made = 0
        self.setAccessibleName("Fields")
        self.setAccessibleDescription("Name, meaning, kind and choices of every field. Delete removes a field.")
        self.setToolTip("Double-click to change. Name: small letters, digits and _. Choices are parted by commas.")
        self.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.setItemDelegateForColumn(2, Choices(lambda: KINDS, "Kind of the field", self))
        for column, width in ((0, 140), (2, 90), (3, 220), (4, 80)):
            self.setColumnWidth(column, width)

    def show_fields(self, fields: Sequence[Field]) -> None:
        """Show fields."""
        self.setRowCount(len(fields))
        for at, field in enumerate(fields):
            kind = "Date" if field.format == "date" else "Choice" if field.values else "Text"
            self._fill(at, (field.name, field.description, kind, ", ".join(field.values)), field.name, field.required)

    def add(self) -> None:
        """A new field, ready to be named."""
        at = self.rowCount()
        self._made += 1
        self.insertRow(at)
        self._fill(at, (f"field_{self._made}", "", "Text", ""), f"{NEW}{self._made}", required=False)
        self.begin(at)
        self.edited.emit()

    def columns(self) -> list[Column]:
        """The fields as records show them."""
        return [Column(self._known(at), self.cell(at, 0), self._choices(at)) for at in range(self.rowCount())]

    def fields(self) -> list[EditedField]:
        """The fields as they stand. Raises InputError for a choice without choices."""
        found = []
        for at in range(self.rowCount()):
            name, meaning, kind = (self.cell(at, column) for column in range(3))
            choices = self._choices(at)
            if kind == "Choice" and not choices:
                raise InputError(
                    "A choice has nothing to choose from",
                    f"The field “{name[:40]}” is a choice and has no choices. Nothing was kept. Write them, parted by "
                    "commas, or make it a text.",
                )
            form: Literal["text", "date"] = "date" if kind == "Date" else "text"
            known, box = self._known(at), self.item(at, 4)
            required = box is not None and box.checkState() == Qt.CheckState.Checked
            was = "" if known.startswith(NEW) else known
            found.append(EditedField(was, Field(name, meaning or name, form, choices, required)))
        return found

    def _choices(self, at: int) -> tuple[str, ...]:
        values = self.cell(at, 3).split(",") if self.cell(at, 2) == "Choice" else []
        return tuple(value.strip() for value in values if value.strip())

    def _known(self, at: int) -> str:
        item = self.item(at, 0)
        return str(item.data(WAS)) if item is not None else ""

    def _fill(self, at: int, cells: Sequence[str], known: str, required: bool) -> None:
        self.put(at, (*cells, ""), known)
        self._filling = True
        box = self.item(at, 4)
        assert box is not None
        box.setFlags((box.flags() | Qt.ItemFlag.ItemIsUserCheckable) & ~Qt.ItemFlag.ItemIsEditable)
        box.setCheckState(Qt.CheckState.Checked if required else Qt.CheckState.Unchecked)
        self._filling = False


class FieldsPage(QWidget):
    """The table with its buttons, the field that stands in the text, and whether there may be several records."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = FieldTable()
        self.add_button = button("Add field", "Add a field to every record.", self.table.add)
        self.remove_button = button(
            "Remove field", "Take the chosen fields away (Delete), with their values.", self.table.remove_chosen
        )
        words = QLabel("Stands in the text word for word")
        words.setProperty("role", "muted")
        self.ground_box = QComboBox()
        self.ground_box.setAccessibleName("Field that stands in the text word for word")
        self.ground_box.setToolTip(
            "Its value says where a record was found. A value that is not in the text is flagged."
        )
        self.ground_box.activated.connect(lambda _at: self.edited.emit())
        self.many_box = QCheckBox("Several records in a text")
        self.many_box.setAccessibleName("Several records in a text")
        self.many_box.setToolTip("Without it, only the first record of a text is given.")
        self.many_box.clicked.connect(lambda _on: self.edited.emit())
        self.table.edited.connect(self._refresh)
        self.table.edited.connect(self.edited)
        below = QWidget()
        line = row(words, self.ground_box, self.many_box)
        line.setContentsMargins(0, 0, 0, 0)
        below.setLayout(line)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(page(self.table, (self.add_button, self.remove_button), below, margin=8))

    def show_task(self, task: Task) -> None:
        """Show the fields of a task."""
        self.table.show_fields(task.fields)
        self._offer(task.ground)
        self.many_box.setChecked(not task.single)

    @property
    def ground(self) -> str:
        """The field that stands in the text: the name it had, or that of a new one; "" for none."""
        known = str(self.ground_box.currentData() or "")
        names = {column.known: column.name for column in self.table.columns()}
        return names.get(known, "") if known.startswith(NEW) else known

    def _refresh(self) -> None:
        self._offer(str(self.ground_box.currentData() or ""))

    def _offer(self, ground: str) -> None:
        self.ground_box.clear()
        for column in self.table.columns():
            self.ground_box.addItem(column.name, column.known)
        self.ground_box.setCurrentIndex(self.ground_box.findData(ground))
