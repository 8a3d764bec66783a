"""One text of the set with its marks, which the person puts right."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.gui.gate_test_words import entity_choices, title
from desktop.gui.offsets import OffsetMap, fold, offset_map
from desktop.gui.theme import LIGHT, Colors
from desktop.gui.wording import one_line
from models.pii.measure import MarkedText, Span

PAINTED = 500
"""Marks painted in a text."""


class MarkedView(QPlainTextEdit):
    """A text that is read only, with marks painted in it; offsets are those of the text, not of Qt."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._length = 0
        self._offsets: OffsetMap = offset_map("")
        self._spans: list[tuple[int, int]] = []
        self.set_colors(LIGHT)

    def set_colors(self, colors: Colors) -> None:
        """Take the theme's colours."""
        self._format = QTextCharFormat()
        self._format.setBackground(QColor(colors.mark))
        self._format.setForeground(QColor(colors.text))
        self._paint()

    def show_text(self, text: str, spans: Sequence[tuple[int, int]]) -> None:
        """Show ``text`` with ``spans`` marked."""
        shown = fold(text)
        if shown != self.toPlainText():
            self.setPlainText(shown)
        self._length, self._offsets, self._spans = len(text), offset_map(shown), list(spans)
        self._paint()

    def select(self, start: int, end: int) -> None:
        """Select characters and scroll there."""
        self.setTextCursor(self._cursor(start, end))
        self.centerCursor()

    def selection(self) -> tuple[int, int]:
        """Characters that are selected; equal ends for none."""
        cursor = self.textCursor()
        return self._offset(cursor.selectionStart()), self._offset(cursor.selectionEnd())

    def _offset(self, position: int) -> int:
        return bisect_left(range(self._length + 1), position, key=self._offsets.to_qt)

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        last = max(0, self.document().characterCount() - 1)
        cursor.setPosition(min(self._offsets.to_qt(start), last))
        cursor.setPosition(min(self._offsets.to_qt(end), last), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _paint(self) -> None:
        selections = []
        for start, end in islice(self._spans, PAINTED):
            selection = QTextEdit.ExtraSelection()
            selection.cursor = self._cursor(start, end)
            selection.format = self._format
            selections.append(selection)
        self.setExtraSelections(selections)


class MarkList(QListWidget):
    """The marks; Delete removes the chosen ones."""

    remove_requested = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete removes."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_requested.emit()
        else:
            super().keyPressEvent(event)


class MarkEditor(QWidget):
    """``changed`` carries the text with its new marks."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marked = MarkedText("")
        self.view = MarkedView()
        self.view.setAccessibleName("Text with its marks")
        self.view.setAccessibleDescription("Select words here, choose what they are, and mark them.")
        self.list = MarkList()
        self.list.setAccessibleName("Marks")
        self.list.setToolTip("What is marked in this text. Choosing a mark selects it; Delete takes it away.")
        self.list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.list.setMaximumHeight(150)
        self.kind = QComboBox()
        self.kind.setAccessibleName("What the selected words are")
        self.kind.setToolTip("What the selected words are. This changes marks only, never your document.")
        self.kind.setMaxVisibleItems(16)
        for words, entity in entity_choices():
            self.kind.addItem(words, entity)
        self.kind.view().setAccessibleName("What the selected words are")
        self.mark_button = button(
            "Mark selection", "Mark the selected words, which the check missed (Ctrl+M).", "Ctrl+M"
        )
        self.remove_button = button("Remove mark", "Take the chosen marks away: they are not personal (Delete).")
        self.mark_button.clicked.connect(self.mark_selection)
        self.remove_button.clicked.connect(self.remove_chosen)
        self.list.remove_requested.connect(self.remove_chosen)
        self.list.itemSelectionChanged.connect(self._chosen)
        self.view.selectionChanged.connect(self._refresh_buttons)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.kind, 1)
        row.addWidget(self.mark_button)
        row.addWidget(self.remove_button)
        marks = QLabel("Marks in this text")
        marks.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.view, 1)
        layout.addLayout(row)
        layout.addWidget(marks)
        layout.addWidget(self.list)
        self.show_text(None)

    def show_text(self, marked: MarkedText | None) -> None:
        """Show a text of the set, or nothing."""
        self._marked = marked or MarkedText("")
        self.setEnabled(marked is not None)
        self.view.show_text(self._marked.text, [(span.start, span.end) for span in self._marked.spans])
        self.list.clear()
        for span in self._marked.spans:
            words = one_line(self._marked.text[span.start : span.end])
            self.list.addItem(QListWidgetItem(f"{title(span.entity)}  ·  {words}"))
        self._refresh_buttons()

    def mark_selection(self) -> None:
        """Mark what is selected, without the blanks around it, in place of the marks that it touches."""
        start, end = self.view.selection()
        words = self._marked.text[start:end]
        start, end = start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))
        if start < end:
            kept = [span for span in self._marked.spans if span.end <= start or span.start >= end]
            self._put([*kept, Span(start, end, self.kind.currentData())])

    def remove_chosen(self) -> None:
        """Take the chosen marks away."""
        chosen = {index.row() for index in self.list.selectedIndexes()}
        if chosen:
            self._put([span for number, span in enumerate(self._marked.spans) if number not in chosen])

    def _put(self, spans: Sequence[Span]) -> None:
        changed = MarkedText(self._marked.text, tuple(sorted(spans)))
        self.show_text(changed)
        self.changed.emit(changed)

    def _chosen(self) -> None:
        row = self.list.currentRow()
        if self.list.selectedIndexes() and 0 <= row < len(self._marked.spans):
            self.view.select(*self._marked.spans[row][:2])
        self._refresh_buttons()

    def _refresh_buttons(self) -> None:
        start, end = self.view.selection()
        self.mark_button.setEnabled(start < end)
        self.remove_button.setEnabled(bool(self.list.selectedIndexes()))


def button(text: str, tip: str, keys: str = "") -> QPushButton:
    """A button with an accessible name, a tooltip and perhaps a shortcut."""
    made = QPushButton(text)
    made.setAccessibleName(text.rstrip("…"))
    made.setToolTip(tip)
    made.setAutoDefault(False)
    if keys:
        made.setShortcut(keys)
    return made
