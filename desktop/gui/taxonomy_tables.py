"""Tables of the editor of tasks: their common base, labels with what they mean, texts with their label."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from models.skills.skill import Example, Label
from models.taxonomy.editing import EditedLabel
from models.taxonomy.labelled import SEVERAL

WAS = Qt.ItemDataRole.UserRole
LABEL_COLUMNS = ("Name", "Meaning", "Also called", "Group", "Examples")
EXAMPLE_COLUMNS = ("Text", "Label")


class EditTable(QTableWidget):
    """A table whose chosen rows Delete takes away. ``edited`` comes when the person changed a cell."""

    edited = Signal()

    def __init__(self, columns: Sequence[str], parent: QWidget | None = None, tips: Sequence[str] = ()) -> None:
        super().__init__(0, len(columns), parent)
        self.setHorizontalHeaderLabels(list(columns))
        for at, tip in enumerate(tips):
            heading = QTableWidgetItem(columns[at])
            heading.setToolTip(tip)
            self.setHorizontalHeaderItem(at, heading)
        self.verticalHeader().hide()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setAlternatingRowColors(True)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setWordWrap(False)
        self._filling = False
        self.itemChanged.connect(lambda _item: None if self._filling else self.edited.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes the chosen rows away."""
        if event.key() == Qt.Key.Key_Delete and self.state() != QAbstractItemView.State.EditingState:
            self.remove_chosen()
        else:
            super().keyPressEvent(event)

    def remove_chosen(self) -> None:
        """Take the chosen rows away."""
        rows = sorted({index.row() for index in self.selectedIndexes()}, reverse=True)
        for row in rows:
            self.removeRow(row)
        if rows:
            self.edited.emit()

    def put(self, row: int, cells: Sequence[str], was: str = "") -> None:
        """Fill a row; ``was`` is the name that it is known by."""
        self._filling = True
        for column, cell in enumerate(cells):
            item = QTableWidgetItem(cell)
            item.setData(WAS, was)
            item.setToolTip(cell[:1000])
            self.setItem(row, column, item)
        self._filling = False

    def begin(self, row: int, column: int = 0) -> None:
        """Begin to write into a cell of a row."""
        self.setCurrentCell(row, column)
        item = self.item(row, column)
        if item is not None:
            self.editItem(item)

    def cell(self, row: int, column: int) -> str:
        """The words of a cell."""
        item = self.item(row, column)
        return " ".join(item.text().split()) if item is not None else ""


class Choices(QStyledItemDelegate):
    """Offers what ``values`` says, in a box, for every cell of a column."""

    def __init__(self, values: Callable[[], Sequence[str]], name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._values = values
        self._name = name

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        """The box."""
        box = QComboBox(parent)
        box.setAccessibleName(self._name)
        box.addItems(list(self._values()))
        box.activated.connect(lambda _at: self.commitData.emit(box))
        return box

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        """Choose what the cell says."""
        assert isinstance(editor, QComboBox)
        editor.setCurrentIndex(max(0, editor.findText(str(index.data() or ""))))

    def setModelData(
        self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Write what was chosen."""
        assert isinstance(editor, QComboBox)
        model.setData(index, editor.currentText())


class LabelTable(EditTable):
    """Labels, one a row; a renamed one is still known by the name it had."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(LABEL_COLUMNS, parent)
        self.setAccessibleName("Labels")
        self.setAccessibleDescription("Name, meaning, other names and group of every label. Delete removes a label.")
        self.setToolTip("Double-click to change. The meaning teaches both engines; other names are parted by commas.")
        self.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)

    def show_labels(self, labels: Sequence[Label], examples: Sequence[Example]) -> None:
        """Show labels with the number of their examples."""
        self.setRowCount(len(labels))
        for row, label in enumerate(labels):
            number = sum(label.name in example.labels for example in examples)
            cells = (label.name, label.meaning, ", ".join(label.aliases), label.group, str(number))
            self.put(row, cells, label.name)
            self._lock(row)
        for column in (0, 2, 3, 4):
            self.resizeColumnToContents(column)
            self.setColumnWidth(column, min(self.columnWidth(column), 180))

    def add(self) -> None:
        """A new label, ready to be named."""
        row = self.rowCount()
        self.insertRow(row)
        self.put(row, ("new label", "", "", "", "0"))
        self._lock(row)
        self.begin(row)
        self.edited.emit()

    def labels(self) -> list[EditedLabel]:
        """The labels as they stand."""
        found = []
        for row in range(self.rowCount()):
            item = self.item(row, 0)
            name = self.cell(row, 0)
            aliases = tuple(part.strip() for part in self.cell(row, 2).split(",") if part.strip())
            label = Label(name, self.cell(row, 1) or name, aliases, self.cell(row, 3))
            found.append(EditedLabel(str(item.data(WAS) or "") if item is not None else "", label))
        return found

    @property
    def chosen(self) -> str:
        """The name, as it was, of the label whose row is current; "" for none."""
        item = self.item(self.currentRow(), 0)
        return str(item.data(WAS) or item.text()) if item is not None else ""

    def _lock(self, row: int) -> None:
        item = self.item(row, 4)
        if item is not None:
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class ExampleTable(EditTable):
    """Texts with the name of their label (several parted by a bar): ``what`` is "Examples" or "Golden cases"."""

    def __init__(self, what: str = "Examples", parent: QWidget | None = None) -> None:
        super().__init__(EXAMPLE_COLUMNS, parent)
        self.setAccessibleName(what)
        self.setAccessibleDescription("Texts with their label. Delete removes the chosen ones.")
        self.setToolTip("Double-click to change. They are kept in your pack, readable by you only, and not encrypted.")
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def show_examples(self, examples: Sequence[Example]) -> None:
        """Show examples."""
        self.setRowCount(len(examples))
        for row, example in enumerate(examples):
            self.put(row, (example.text, SEVERAL.join(example.labels)))
        self.setColumnWidth(1, 160)

    def add(self, label: str, text: str = "") -> None:
        """A new text of ``label``, ready to be written, or to be labelled where it is there already."""
        self.insertRow(0)
        self.put(0, (text, label))
        self.begin(0, 0 if not text else 1)
        self.edited.emit()

    def examples(self) -> list[Example]:
        """The examples as they stand; a row without a text is none yet."""
        found = []
        for row in range(self.rowCount()):
            item = self.item(row, 0)
            text = item.text().strip() if item is not None else ""
            labels = tuple(part.strip() for part in self.cell(row, 1).split(SEVERAL) if part.strip())
            if text:
                found.append(Example(text, labels))
        return found

    def show_only(self, label: str) -> None:
        """Hide the rows of other labels; "" shows all."""
        for row in range(self.rowCount()):
            self.setRowHidden(row, bool(label) and label not in self.cell(row, 1).split(SEVERAL))
