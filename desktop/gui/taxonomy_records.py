"""Texts of an extract task with the records that stand in them: a list, and the chosen one to write in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QWidget

from desktop.gui.taxonomy_cases import CaseList
from desktop.gui.taxonomy_fields import NEW, Column
from desktop.gui.taxonomy_parts import button, page
from desktop.gui.taxonomy_tables import Choices, EditTable
from models.skills.skill import Example


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


class RecordCases(CaseList):
    """Texts with the records that stand in them."""

    def __init__(
        self, what: str, one: str, take: Callable[[], None] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(what, one, take, parent)
        self._columns: tuple[Column, ...] = ()
        self.records = RecordTable()
        self.records.edited.connect(self._write)
        self.add_record_button = button("Add record", "Add a record to this text.", self.records.add)
        self.remove_record_button = button(
            "Remove record", "Take the chosen records away (Delete).", self.records.remove_chosen
        )
        self._right.addWidget(page(self.records, (self.add_record_button, self.remove_record_button)))
        self._show(-1)

    def show_cases(self, cases: Sequence[Example], columns: Sequence[Column]) -> None:
        """Show cases, whose records have the fields' known names."""
        self._columns = tuple(columns)
        self.fill(cases)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """The fields have changed."""
        if tuple(columns) != self._columns:
            self._columns = tuple(columns)
            self._show(self.list.currentRow())

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
            for case in self.written()
        ]

    def details(self) -> Sequence[QWidget]:
        """The records and what is done with them."""
        return self.records, self.add_record_button, self.remove_record_button

    def show_right(self, case: Example | None) -> None:
        """Show the records of the chosen case."""
        self.records.show_records(self._columns, case.records if case else ())

    def right(self, text: str, before: Example) -> Example:
        """The case as it was written."""
        return replace(before, text=text, records=self.records.records())


def _choices(column: Column, table: QWidget) -> Choices:
    return Choices(lambda: ("", *column.choices), column.name, table)
