"""Texts of an extract task with the records that stand in them: a list, and the chosen one to write in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHeaderView,
    QListWidget,
    QPlainTextEdit,
    QSplitter,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from desktop.gui.taxonomy_fields import NEW, Column
from desktop.gui.taxonomy_parts import button, page
from desktop.gui.taxonomy_tables import Choices, EditTable
from models.skills.skill import Example

SHOWN = 80
"""Characters of a text in the list."""
NO_TEXT = "(no text yet)"
KEPT = "Kept in your pack, readable by you only, and not encrypted."
TAKE = f"Make a golden case of the text in the document pane, with the answer that it got. {KEPT}"


class RecordTable(EditTable):
    """The records of one text, one a row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__((), parent)
        self._columns: tuple[Column, ...] = ()
        self._plain = QStyledItemDelegate(self)
        self.setAccessibleName("Records")
        self.setToolTip("What is right for this text. Double-click to change. Dates in the form 2026-03-31.")

    def show_records(self, columns: Sequence[Column], records: Sequence[Mapping[str, str]]) -> None:
        """Show records, whose values are known by the fields' known names."""
        self._columns = tuple(columns)
        self.setColumnCount(len(columns))
        self.setHorizontalHeaderLabels([column.name for column in columns])
        for at, column in enumerate(columns):
            self.setItemDelegateForColumn(at, _choices(column, self) if column.choices else self._plain)
        self.setRowCount(len(records))
        for at, record in enumerate(records):
            self.put(at, [record.get(column.known, "") for column in columns])
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    def add(self) -> None:
        """A new record, ready to be written."""
        at = self.rowCount()
        self.insertRow(at)
        self.put(at, [""] * len(self._columns))
        self.begin(at)
        self.edited.emit()

    def records(self) -> tuple[dict[str, str], ...]:
        """The records as they stand; an empty row is none yet."""
        rows = (
            {column.known: value for at, column in enumerate(self._columns) if (value := self.cell(row, at))}
            for row in range(self.rowCount())
        )
        return tuple(row for row in rows if row)


class RecordCases(QWidget):
    """``what`` is "Examples" or "Golden cases", ``one`` a single one. ``edited`` comes when the person changed one."""

    edited = Signal()

    def __init__(
        self, what: str, one: str, take: Callable[[], None] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._one = one
        self._cases: list[Example] = []
        self._columns: tuple[Column, ...] = ()
        self._filling = False
        self.list = QListWidget()
        self.list.setAccessibleName(what)
        self.list.setToolTip(f"Choose one to see its text and records. {KEPT}")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._show)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(f"Text of the {one}")
        self.text.setToolTip(KEPT)
        self.text.setTabChangesFocus(True)
        self.text.textChanged.connect(self._write)
        self.records = RecordTable()
        self.records.edited.connect(self._write)
        self.add_button = button(f"Add {one}", "Add a text with what is right for it.", self.add)
        self.remove_button = button(f"Remove {one}", "Take the chosen text away.", self.remove_chosen)
        controls = [self.add_button, self.remove_button]
        if take is not None:
            self.take_button = button("Take the document", TAKE, take)
            controls.insert(1, self.take_button)
        self.add_record_button = button("Add record", "Add a record to this text.", self.records.add)
        self.remove_record_button = button(
            "Remove record", "Take the chosen records away (Delete).", self.records.remove_chosen
        )
        right = QSplitter(Qt.Orientation.Vertical)
        right.setChildrenCollapsible(False)
        right.addWidget(self.text)
        right.addWidget(page(self.records, (self.add_record_button, self.remove_record_button)))
        both = QSplitter()
        both.setChildrenCollapsible(False)
        both.addWidget(page(self.list, controls))
        both.addWidget(right)
        both.setStretchFactor(0, 2)
        both.setStretchFactor(1, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(both)
        self._show(-1)

    def show_cases(self, cases: Sequence[Example], columns: Sequence[Column]) -> None:
        """Show cases, whose records have the fields' known names."""
        self._filling = True
        self._cases, self._columns = list(cases), tuple(columns)
        self.list.clear()
        self.list.addItems([_line(case.text) for case in cases])
        self._filling = False
        self.list.setCurrentRow(0 if cases else -1)
        self._show(self.list.currentRow())

    def set_columns(self, columns: Sequence[Column]) -> None:
        """The fields have changed."""
        if tuple(columns) != self._columns:
            self._columns = tuple(columns)
            self._show(self.list.currentRow())

    def add(self, case: Example | None = None) -> None:
        """A new case, ready to be written, or one that is there already."""
        self._cases.append(case or Example(""))
        self.list.addItem(_line(self._cases[-1].text))
        self.list.setCurrentRow(len(self._cases) - 1)
        (self.records if case else self.text).setFocus()
        self.edited.emit()

    def remove_chosen(self) -> None:
        """Take the chosen case away."""
        at = self.list.currentRow()
        if at >= 0:
            self._filling = True
            del self._cases[at]
            self.list.takeItem(at)
            self._filling = False
            self._show(self.list.currentRow())
            self.edited.emit()

    def cases(self) -> list[Example]:
        """The cases as they stand, with the fields' names: those that they had, or those of new ones."""
        names = {
            column.known: column.name if column.known.startswith(NEW) else column.known for column in self._columns
        }
        return [
            replace(
                case,
                records=tuple(
                    {names[known]: value for known, value in record.items() if known in names}
                    for record in case.records
                ),
            )
            for case in self._cases
            if case.text.strip()
        ]

    def _show(self, at: int) -> None:
        if self._filling:
            return
        case = self._cases[at] if 0 <= at < len(self._cases) else None
        self._filling = True
        self.text.setPlainText(case.text if case else "")
        self.text.setPlaceholderText("The text." if case else f"Choose or add a {self._one}.")
        self.records.show_records(self._columns, case.records if case else ())
        self._filling = False
        for widget in (self.text, self.records, self.add_record_button, self.remove_record_button, self.remove_button):
            widget.setEnabled(case is not None)

    def _write(self) -> None:
        at = self.list.currentRow()
        if self._filling or at < 0:
            return
        self._cases[at] = Example(self.text.toPlainText(), records=self.records.records())
        item = self.list.item(at)
        item.setText(_line(self._cases[at].text))
        self.edited.emit()


def _line(text: str) -> str:
    words = " ".join(text.split())
    return (words[: SHOWN - 1] + "…" if len(words) > SHOWN else words) or NO_TEXT


def _choices(column: Column, table: QWidget) -> Choices:
    return Choices(lambda: ("", *column.choices), column.name, table)
