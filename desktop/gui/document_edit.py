"""The document's text field: plain text only, findings highlighted and explained under the pointer."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QHelpEvent,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QToolTip, QWidget

from desktop.gui.offsets import Span, shift_spans

SHOWN_LIMIT = 500
"""Highlights painted at once; only those in view count, so a page can hardly hold more."""


class DocumentEdit(QPlainTextEdit):
    """A plain text editor that marks spans (UTF-16 positions) and keeps them in place while the person types."""

    file_dropped = Signal(Path)
    replaced = Signal()
    """The text changed by more than typing: a paste, a drop, an opened file."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spans: list[Span] = []
        self._ends: list[int] = []
        self._mark = QTextCharFormat()
        self._tip: Callable[[int], str] = lambda _index: ""
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTabChangesFocus(True)
        self.document().contentsChange.connect(self._follow_edit)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._paint_visible())

    def set_mark_color(self, ground: str, text: str) -> None:
        """Colours of a highlight."""
        self._mark = QTextCharFormat()
        self._mark.setBackground(QColor(ground))
        self._mark.setForeground(QColor(text))
        self._paint_visible()

    def set_spans(self, spans: Sequence[Span], tip: Callable[[int], str]) -> None:
        """Highlight ``spans`` (sorted, not overlapping); ``tip`` explains the one with the given index."""
        self._spans = list(spans)
        self._ends = [span.end for span in self._spans]
        self._tip = tip
        self._paint_visible()

    @property
    def spans(self) -> tuple[Span, ...]:
        """The highlights as they lie now."""
        return tuple(self._spans)

    def span_at(self, position: int) -> Span | None:
        """The highlight over a UTF-16 position."""
        at = bisect_left(self._ends, position + 1)
        return self._spans[at] if at < len(self._spans) and self._spans[at].start <= position else None

    def replace_all(self, text: str) -> None:
        """Put ``text`` in place of everything; one step that Undo takes back."""
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.replaced.emit()

    def select_span(self, start: int, end: int) -> None:
        """Select UTF-16 positions and scroll there."""
        cursor = QTextCursor(self.document())
        last = max(0, self.document().characterCount() - 1)
        cursor.setPosition(min(start, last))
        cursor.setPosition(min(end, last), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.centerCursor()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802
        """Plain text and local files only."""
        return source.hasText() or _local_file(source) is not None

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802
        """Paste as plain text; a file is opened instead."""
        path = _local_file(source)
        if path is not None:
            self.file_dropped.emit(path)
            return
        self.textCursor().insertText(source.text())
        self.ensureCursorVisible()
        self.replaced.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take files and text."""
        if _local_file(event.mimeData()) is not None:
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802
        """Take files anywhere on the field."""
        if _local_file(event.mimeData()) is not None:
            event.acceptProposedAction()
        else:
            super().dragMoveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Open a dropped file; text goes where it was dropped."""
        path = _local_file(event.mimeData())
        if path is not None:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.file_dropped.emit(path)
        else:
            super().dropEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802
        """Explain the finding under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            span = self.span_at(self.cursorForPosition(event.pos()).position())
            if span is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), self._tip(span.index), self)
            return True
        if event.type() == QEvent.Type.Resize:
            self._paint_visible()
        return super().viewportEvent(event)

    def _follow_edit(self, position: int, removed: int, added: int) -> None:
        if self._spans:
            self._spans = shift_spans(self._spans, position, removed, added)
            self._ends = [span.end for span in self._spans]

    def _visible_range(self) -> tuple[int, int]:
        first = self.firstVisibleBlock().position()
        last = self.cursorForPosition(self.viewport().rect().bottomRight()).block()
        return first, last.position() + last.length()

    def _paint_visible(self) -> None:
        """Set the highlights in view; a long document has too many to set them all on every key."""
        first, last = self._visible_range()
        selections: list[QTextEdit.ExtraSelection] = []
        for span in self._spans[bisect_left(self._ends, first) :]:
            if span.start > last or len(selections) >= SHOWN_LIMIT:
                break
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(span.start)
            cursor.setPosition(span.end, QTextCursor.MoveMode.KeepAnchor)
            selection.cursor = cursor
            selection.format = self._mark
            selections.append(selection)
        self.setExtraSelections(selections)


def _local_file(source: QMimeData) -> Path | None:
    """The first local file among what is pasted or dropped."""
    for url in source.urls() if source.hasUrls() else ():
        if url.isLocalFile():
            return Path(url.toLocalFile())
    return None
