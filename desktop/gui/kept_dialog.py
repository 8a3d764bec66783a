"""What was kept of the person's corrections: listed, and deleted at a word."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.gui.message_bar import MessageBar
from desktop.gui.wording import count
from desktop.kept_examples import Kept, Verdicts

NUMBER = Qt.ItemDataRole.UserRole
COLUMNS = ("When", "Task", "Label", "Text")
EMPTY = "Nothing is kept. Under an answer with labels, tick “Keep this text as an example” to teach the program."


class KeptDialog(QDialog):
    """Not modal. ``delete_wanted`` carries the numbers to delete; None stands for all."""

    delete_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Kept examples")
        self.bar = MessageBar()
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setProperty("role", "muted")
        self.table = QTableWidget(0, len(COLUMNS))
        self.table.setAccessibleName("Kept examples")
        self.table.setToolTip("What you agreed to keep. Without its text, an example is kept as numbers only.")
        self.table.setHorizontalHeaderLabels(COLUMNS)
        self.table.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.verticalHeader().hide()
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.itemSelectionChanged.connect(self._refresh)
        self.delete_button = QPushButton("Delete")
        self.delete_button.setToolTip("Delete the chosen examples; they are overwritten on the disk.")
        self.delete_button.clicked.connect(self._delete)
        self.all_button = QPushButton("Delete all")
        self.all_button.setToolTip("Delete every example, also those that are locked.")
        self.all_button.clicked.connect(lambda: self.delete_wanted.emit(None))
        for button in (self.delete_button, self.all_button):
            button.setAccessibleName(f"{button.text()} examples")
            button.setAutoDefault(False)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.delete_button)
        row.addWidget(self.all_button)
        row.addStretch(1)
        row.addWidget(close)
        layout = QVBoxLayout(self)
        layout.addWidget(self.bar)
        layout.addWidget(self.words)
        layout.addWidget(self.table, 1)
        layout.addLayout(row)
        self.resize(760, 420)
        self._refresh()

    def show_kept(self, kept: Sequence[Kept], verdicts: Verdicts, recent: Verdicts) -> None:
        """Show what is kept, and how often answers were right as the person judged them."""
        self.bar.hide()
        said = EMPTY if not kept else f"{count(len(kept), 'example')}, encrypted on this device."
        if verdicts.judged:
            said += f" Of {count(verdicts.judged, 'answer')} that you judged, {verdicts.right} were right"
            said += f"; in the last 30 days, {recent.right} of {recent.judged}." if recent.judged else "."
        self.words.setText(said)
        self.table.setRowCount(len(kept))
        for row, one in enumerate(kept):
            text = "(only how it looks to the model)" if one.text is None else " ".join(one.text.split())
            cells = (one.at.astimezone().strftime("%Y-%m-%d %H:%M"), one.task, one.label, text)
            for column, cell in enumerate(cells):
                item = QTableWidgetItem(cell)
                item.setData(NUMBER, one.number)
                item.setToolTip(cell[:1000])
                self.table.setItem(row, column, item)
        for column in range(3):
            self.table.resizeColumnToContents(column)
        self._refresh()

    def show_locked(self, number: int) -> None:
        """The examples cannot be read now, but they can be deleted."""
        self.words.setText(f"{count(number, 'example')} on this device, locked.")
        self.table.setRowCount(0)
        self._refresh()
        self.all_button.setEnabled(number > 0)

    def _delete(self) -> None:
        chosen = sorted({item.data(NUMBER) for item in self.table.selectedItems()})
        if chosen:
            self.delete_wanted.emit(chosen)

    def _refresh(self) -> None:
        self.delete_button.setEnabled(bool(self.table.selectedItems()))
        self.all_button.setEnabled(self.table.rowCount() > 0)
