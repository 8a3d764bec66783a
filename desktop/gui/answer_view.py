"""Shows one answer: a label as a headline, records as a table, text as safely rendered Markdown."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QColor, QFont, QPalette, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLabel,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.gui.wording import confidence_words
from models.skills.answer import Answer, LabelAnswer, Record, RecordsAnswer
from models.skills.render import CHECK_FROM, band, unsupported_words
from models.skills.skill import Task

_SPAN = Qt.ItemDataRole.UserRole
_WHOLE_WORD = QTextDocument.FindFlag.FindWholeWords | QTextDocument.FindFlag.FindCaseSensitively
MOST_MARKED = 40
"""More words than these are counted, not looked for: each search goes through the whole answer."""
MARKED = "#d9822b"
"""Colour of the line under what a document does not have; it stands out on light and dark."""


class SafeTextView(QTextEdit):
    """Read-only rich text that loads nothing, opens no link and takes no HTML."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.document().setIndentWidth(22)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        """No picture or stylesheet is ever loaded, from disk or from the network."""
        return None

    def set_untrusted_markdown(self, text: str) -> None:
        """Render Markdown; HTML in it stays text."""
        features = QTextDocument.MarkdownFeature
        self.document().setMarkdown(text, features.MarkdownDialectGitHub | features.MarkdownNoHTML)

    def mark_words(self, words: Sequence[str]) -> None:
        """Underline each of the words, and say at the end what that means."""
        if not words:
            return
        form = QTextCharFormat()
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        form.setUnderlineColor(QColor(MARKED))
        form.setToolTip("Not in the document: check it.")
        for word in words[:MOST_MARKED]:
            cursor = self.document().find(word, 0, _WHOLE_WORD)
            while not cursor.isNull():
                cursor.mergeCharFormat(form)
                cursor = self.document().find(word, cursor, _WHOLE_WORD)
        end = QTextCursor(self.document())
        end.movePosition(QTextCursor.MoveOperation.End)
        end.insertBlock(QTextBlockFormat(), QTextCharFormat())
        end.insertBlock()
        more = f" So are {len(words) - MOST_MARKED:,} more." if len(words) > MOST_MARKED else ""
        end.insertText(f"Underlined: not in the document. Check it before you rely on it.{more}", _muted())

    def append_plain(self, text: str) -> None:
        """Add streamed text at the end; follows it unless the person scrolled up."""
        bar = self.verticalScrollBar()
        follows = bar.value() >= bar.maximum() - 4
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(text)
        if follows:
            bar.setValue(bar.maximum())


class AnswerView(QStackedWidget):
    """The empty state, the stream, and the three kinds of answer."""

    span_chosen = Signal(int, int)
    """Code-point offsets in the document of the record that was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.empty = QLabel()
        self.empty.setProperty("role", "empty")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setTextFormat(Qt.TextFormat.PlainText)
        self.text = SafeTextView()
        self.text.setAccessibleName("Answer")
        self.table = self._make_table()
        self.labels = self._make_labels()
        for page in (self.empty, self.text, self.table, self.labels):
            self.addWidget(page)
        self.show_empty("")

    def show_empty(self, hint: str) -> None:
        """Say what to do next, or what is going on, where there is no answer yet."""
        self.empty.setText(hint)
        self.setCurrentWidget(self.empty)

    def stream(self, text: str) -> None:
        """Show a piece of a text answer as it is written."""
        if self.currentWidget() is not self.text:
            self.text.clear()
            self.text.setExtraSelections([])
            self.setCurrentWidget(self.text)
        self.text.append_plain(text)

    def mark(self, texts: Sequence[str]) -> None:
        """Mark every place in a text answer where one of ``texts`` stands, to be looked at."""
        marks = []
        for text in texts:
            cursor = self.text.document().find(text)
            while not cursor.isNull():
                mark = QTextEdit.ExtraSelection()
                mark.cursor = cursor
                mark.format = _marked()
                marks.append(mark)
                cursor = self.text.document().find(text, cursor)
        self.text.setExtraSelections(marks)

    def show_answer(self, task: Task, answer: Answer) -> None:
        """Show the whole answer."""
        if isinstance(answer, LabelAnswer):
            self._show_labels(answer)
        elif isinstance(answer, RecordsAnswer):
            self._show_records(task, answer)
        else:
            self.text.set_untrusted_markdown(answer.text)
            self.text.mark_words(unsupported_words(answer))
            self.setCurrentWidget(self.text)

    def _make_table(self) -> QTableWidget:
        table = QTableWidget()
        table.setAccessibleName("Extracted records")
        table.setAccessibleDescription("Selecting a row selects its place in the document.")
        table.setToolTip("Select a row to see where it stands in the document.")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.currentCellChanged.connect(lambda row, column, *_: self._choose(row, column))
        table.cellClicked.connect(self._choose)
        return table

    def _make_labels(self) -> QWidget:
        self.headline = QLabel()
        font = self.headline.font()
        font.setPointSizeF(font.pointSizeF() * 1.7)
        font.setBold(True)
        self.headline.setFont(font)
        self.band = QLabel()
        self.band.setProperty("role", "muted")
        self.reason = QLabel()
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        for label in (self.headline, self.band, self.reason):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            layout.addWidget(label)
        layout.addStretch(1)
        return page

    def _show_labels(self, answer: LabelAnswer) -> None:
        word = band(answer.confidence)
        if answer.labels:
            self.headline.setText(", ".join(answer.labels))
            self.band.setText(f"The engine is {confidence_words(word)}." if word != "check" else "Worth a check.")
        else:
            self.headline.setText("Not sure")
            self.band.setText("No label stands out. Decide yourself, or try Phi-4 Mini.")
        self.reason.setText(f"Because: {answer.reason}" if answer.reason else "")
        self.setCurrentWidget(self.labels)

    def _show_records(self, task: Task, answer: RecordsAnswer) -> None:
        if not answer.records:
            self.show_empty("Nothing of this kind stands in the document.")
            return
        names = [field.name for field in task.fields]
        self.table.blockSignals(True)
        self.table.clear()
        self.table.setColumnCount(len(names))
        self.table.setHorizontalHeaderLabels([_heading(name) for name in names])
        self.table.setRowCount(len(answer.records))
        for row, record in enumerate(answer.records):
            for column, name in enumerate(names):
                self.table.setItem(row, column, _cell(record, name))
        header = self.table.horizontalHeader()
        self.table.resizeColumnsToContents()
        for column in range(len(names)):
            self.table.setColumnWidth(column, min(self.table.columnWidth(column) + 12, 260))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(len(names) - 1, QHeaderView.ResizeMode.Stretch)
        self.table.setCurrentCell(-1, -1)
        self.table.blockSignals(False)
        self.setCurrentWidget(self.table)

    def _choose(self, row: int, column: int) -> None:
        item = self.table.item(row, column)
        span = item.data(_SPAN) if item is not None else None
        if span is not None:
            self.span_chosen.emit(*span)


def _muted() -> QTextCharFormat:
    form = QTextCharFormat()
    form.setForeground(QApplication.palette().color(QPalette.ColorRole.PlaceholderText))
    form.setFontItalic(True)
    return form


def _heading(name: str) -> str:
    return "ISO 8601" if name == "iso" else name.replace("_", " ").capitalize()


def _cell(record: Record, name: str) -> QTableWidgetItem:
    value = record.values.get(name, "")
    item = QTableWidgetItem(value)
    place = record.places.get(name, record.span)
    item.setData(_SPAN, place or record.span)
    hint = "" if place else "\nThis value does not stand in the document: check it."
    if record.confidence.get(name, 1.0) < CHECK_FROM:
        hint += "\nThe model was unsure of this value: check it."
    item.setToolTip(f"{value}{hint}")
    if hint:
        font = item.font()
        font.setItalic(True)
        item.setFont(font)
    return item


def _marked() -> QTextCharFormat:
    """A wavy line, which needs no colour of its own to be seen in light and dark."""
    style = QTextCharFormat()
    style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    style.setUnderlineColor(QColor("#d9730d"))
    style.setFontWeight(QFont.Weight.Bold)
    return style
