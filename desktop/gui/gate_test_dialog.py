"""“Test the gate on my documents”: the set of marked texts on one page, what the gate makes of it on the other."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.gui.gate_test_marks import MarkEditor, button
from desktop.gui.gate_test_result import Result, ResultPage
from desktop.gui.gate_test_words import EMPTY_SET, KEPT, set_line, text_line
from desktop.gui.message_bar import MessageBar
from desktop.gui.theme import Colors
from models.pii.measure import MarkedText


class GateTestDialog(QDialog):
    """Not modal. Holds the set; what takes time or touches a file is asked for by signals."""

    open_requested = Signal()
    save_requested = Signal()
    add_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts: list[MarkedText] = []
        self._saved = True
        self.setWindowTitle("Test the gate on my documents")
        self.setModal(False)
        self.resize(880, 720)
        self.bar = MessageBar()
        self.summary = QLabel()
        self.summary.setProperty("role", "heading")
        self.open_button = button("Open a set…", "Read a .jsonl file with marked texts. The file is not changed.")
        self.add_button = button(
            "Add the open document",
            "Take the document in the window, its findings as marks. Only this set gets it.",
        )
        self.save_button = button(
            "Save the set…", "Write the set, with its texts as they are, into a file that you choose. Not encrypted."
        )
        self.open_button.clicked.connect(self.open_requested)
        self.add_button.clicked.connect(self.add_requested)
        self.save_button.clicked.connect(self.save_requested)
        self.figures = ResultPage()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setAccessibleName("Pages")
        self.tabs.addTab(self._build_texts(), "Texts and marks")
        self.tabs.addTab(self.figures, "Figures")
        self._lay_out()
        self.set_texts((), saved=True)

    @property
    def texts(self) -> tuple[MarkedText, ...]:
        """The set as it stands."""
        return tuple(self._texts)

    def set_texts(self, texts: Sequence[MarkedText], *, saved: bool, chosen: int = 0) -> None:
        """Show another set; earlier figures go, for they are not about it."""
        self._texts = list(texts)
        self.list.clear()
        self.list.addItems([text_line(number, marked) for number, marked in enumerate(self._texts, 1)])
        self.list.setCurrentRow(min(chosen, len(self._texts) - 1))
        self._show_chosen()
        self._changed(saved=saved)

    def add_text(self, marked: MarkedText) -> None:
        """Put a text at the end of the set and show it."""
        self.set_texts((*self._texts, marked), saved=False, chosen=len(self._texts))
        self.tabs.setCurrentIndex(0)

    def set_saved(self) -> None:
        """The set is in a file as it stands."""
        self._saved = True
        self._refresh()

    def show_result(self, result: Result) -> None:
        """Show figures."""
        self.figures.show_result(result)
        self.tabs.setCurrentIndex(1)

    def set_running(self, *, on: bool, words: str = "", done: int = 0, total: int = 0) -> None:
        """While it measures the set stays as it is."""
        self.figures.set_running(on=on, words=words, done=done, total=total)
        self.pages.setEnabled(not on)
        self._refresh(running=on)

    def set_colors(self, colors: Colors) -> None:
        """Take the theme's colours."""
        self.marks.view.set_colors(colors)
        self.figures.set_colors(colors)

    def _build_texts(self) -> QWidget:
        self.list = QListWidget()
        self.list.setAccessibleName("Texts of the set")
        self.list.setToolTip("The texts of the set. Choose one to look at its marks.")
        self.list.currentRowChanged.connect(lambda _row: self._show_chosen())
        self.remove_button = button("Remove text", "Take the chosen text out of the set. Files are not changed.")
        self.remove_button.clicked.connect(self._remove)
        self.empty = QLabel(EMPTY_SET)
        self.empty.setProperty("role", "empty")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.marks = MarkEditor()
        self.marks.changed.connect(self._replace)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.list, 1)
        column.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.halves = QSplitter(Qt.Orientation.Horizontal)
        self.halves.setChildrenCollapsible(False)
        self.halves.setHandleWidth(10)
        self.halves.addWidget(left)
        self.halves.addWidget(self.marks)
        self.halves.setSizes([270, 580])
        self.pages = QWidget()
        layout = QVBoxLayout(self.pages)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self.empty, 1)
        layout.addWidget(self.halves, 1)
        return self.pages

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.summary, 1)
        for each in (self.open_button, self.add_button, self.save_button):
            row.addWidget(each)
        kept = QLabel(KEPT)
        kept.setProperty("role", "muted")
        kept.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setAccessibleName("Close")
        close.setToolTip("Close. The set stays in memory until Strongroom closes.")
        close.setAutoDefault(False)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 12)
        layout.setSpacing(10)
        layout.addWidget(self.bar)
        layout.addLayout(row)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(kept)
        layout.addWidget(buttons)

    def _show_chosen(self) -> None:
        row = self.list.currentRow()
        self.marks.show_text(self._texts[row] if 0 <= row < len(self._texts) else None)
        self.remove_button.setEnabled(row >= 0)

    def _replace(self, marked: MarkedText) -> None:
        row = self.list.currentRow()
        self._texts[row] = marked
        self.list.item(row).setText(text_line(row + 1, marked))
        self._changed(saved=False)

    def _remove(self) -> None:
        row = self.list.currentRow()
        if row >= 0:
            self.set_texts([*self._texts[:row], *self._texts[row + 1 :]], saved=False, chosen=row)

    def _changed(self, *, saved: bool) -> None:
        self._saved = saved
        self.figures.show_result(None)
        self._refresh()

    def _refresh(self, *, running: bool = False) -> None:
        marks = sum(len(marked.spans) for marked in self._texts)
        self.summary.setText(set_line(len(self._texts), marks, saved=self._saved))
        self.empty.setVisible(not self._texts)
        self.halves.setVisible(bool(self._texts))
        self.save_button.setEnabled(bool(self._texts) and not running)
        self.open_button.setEnabled(not running)
        self.add_button.setEnabled(not running)
        self.figures.measure_button.setEnabled(bool(self._texts) and not running)
