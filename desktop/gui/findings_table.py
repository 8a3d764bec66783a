"""The list of findings under the document: what, masked value, why, how sure, and what can be done about each."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal, SignalInstance
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.gui.wording import one_line

COLUMNS = ("Personal detail", "Value", "Why", "Sure?", "")
DISMISS_COLUMN = 4
Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One row: words only, and the index of its finding. ``value`` is masked; ``tip`` says all there is to say."""

    entity: str
    value: str
    reason: str
    band: str
    tip: str
    index: int


class _Model(QAbstractTableModel):
    """The rows; nothing is copied for display, so ten thousand of them cost nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[FindingRow, ...] = ()

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return (row.entity, row.value, row.reason, row.band, "Not personal")[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            if index.column() == DISMISS_COLUMN:
                return "You know better: stop counting this value as personal, in this document only."
            return row.tip
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return one_line(row.tip)
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == DISMISS_COLUMN:
            return f"Not personal: dismiss {row.entity} {row.value}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return COLUMNS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def set_rows(self, rows: Sequence[FindingRow]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()


class _DismissButton(QStyledItemDelegate):
    """Paints the last column as a button."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """A button in the manner of the stylesheet's, which does not reach into cells."""
        palette = option.palette
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(palette.mid().color())
        over = option.state & QStyle.StateFlag.State_MouseOver
        painter.setBrush(palette.midlight() if over else palette.button())
        painter.drawRoundedRect(QRectF(option.rect).adjusted(3.5, 2.5, -3.5, -2.5), 5, 5)
        painter.setPen(palette.buttonText().color())
        painter.drawText(option.rect, Qt.AlignmentFlag.AlignCenter, str(index.data()))
        painter.restore()


class FindingsTable(QTableView):
    """Click or arrow keys select a finding in the text; Delete, or the last column, dismisses it.

    A menu on each row (right click, or the menu key) offers the person's own lists too.
    """

    chosen = Signal(int)
    dismissed = Signal(int)
    allow_wanted = Signal(int)
    flag_wanted = Signal(int)
    explained = Signal(str)
    """All there is to say of the row that is now current, "" for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Model()
        self.setModel(self._model)
        self.setItemDelegateForColumn(DISMISS_COLUMN, _DismissButton(self))
        self.setAccessibleName("Personal details found")
        self.setAccessibleDescription(
            "One row for each personal detail. Arrow keys select it in the document, Delete marks it as not personal, "
            "the menu key offers your own lists."
        )
        self.setToolTip("What was found, where. A click selects it in the document. Nothing here is stored.")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 14)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(40)
        for column, mode in enumerate((QHeaderView.ResizeMode.Interactive,) * 5):
            header.setSectionResizeMode(column, mode)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentRowChanged.connect(self._choose)
        self.clicked.connect(self._click)

    @property
    def rows(self) -> tuple[FindingRow, ...]:
        """The rows as shown."""
        return self._model.rows

    def height_of(self, rows: int) -> int:
        """Height (px) that shows the heading and this many rows."""
        heading = max(self.horizontalHeader().sizeHint().height(), self.horizontalHeader().height())
        return heading + rows * self.verticalHeader().defaultSectionSize() + 2 * self.frameWidth() + 2

    def set_rows(self, rows: Sequence[FindingRow]) -> None:
        """Show these rows; the same rows again change nothing, so that typing does not make the list jump."""
        if tuple(rows) == self._model.rows:
            return
        self._model.set_rows(rows)
        self.explained.emit("")
        metrics = self.fontMetrics()
        shown = self._model.rows[:200]
        for column, texts in enumerate(
            ([row.entity for row in shown], [row.value for row in shown], [], [row.band for row in shown])
        ):
            if column != 2:
                widest = max((metrics.horizontalAdvance(text) for text in (*texts, COLUMNS[column])), default=0)
                self.setColumnWidth(column, min(widest + 24, 190))
        self.setColumnWidth(DISMISS_COLUMN, metrics.horizontalAdvance("Not personal") + 34)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete dismisses the current finding."""
        row = self.currentIndex().row()
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and 0 <= row < len(self.rows):
            self.dismissed.emit(self.rows[row].index)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the row under the pointer, or with the current one (menu key)."""
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if keyboard else self.indexAt(event.pos())
        if not 0 <= index.row() < len(self.rows):
            return
        place = self.viewport().mapToGlobal(self.visualRect(index).center()) if keyboard else event.globalPos()
        menu = finding_menu(self, self.rows[index.row()].index, self.dismissed, self.allow_wanted, self.flag_wanted)
        menu.popup(place)

    def _choose(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if 0 <= current.row() < len(self.rows):
            row = self.rows[current.row()]
            self.chosen.emit(row.index)
            self.explained.emit(row.tip)

    def _click(self, index: QModelIndex) -> None:
        if index.column() == DISMISS_COLUMN:
            self.dismissed.emit(self.rows[index.row()].index)
        else:
            self.chosen.emit(self.rows[index.row()].index)


def finding_menu(
    parent: QWidget, index: int, dismissed: SignalInstance, allow_wanted: SignalInstance, flag_wanted: SignalInstance
) -> QMenu:
    """A menu for one finding; each choice sends ``index`` by its signal."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setToolTipsVisible(True)
    add_finding_actions(menu, index, dismissed, allow_wanted, flag_wanted)
    return menu


def add_finding_actions(
    menu: QMenu, index: int, dismissed: SignalInstance, allow_wanted: SignalInstance, flag_wanted: SignalInstance
) -> None:
    """What a person can say of one finding."""
    for text, tip, signal in (
        ("Not personal in this document", "Stop counting this value as personal, in this document only.", dismissed),
        ("Always allow this", "Put it on your own list: it is not flagged in any document.", allow_wanted),
        ("Always flag this", "Put it on your own list: it is flagged in every document.", flag_wanted),
    ):
        action = menu.addAction(text)
        action.setToolTip(tip)
        action.triggered.connect(lambda _checked=False, signal=signal: signal.emit(index))
