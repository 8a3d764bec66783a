"""The document's text field: plain text only, findings highlighted and explained under the pointer."""

from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QTextEdit, QToolTip, QWidget

from desktop.gui.findings_table import add_finding_actions
from desktop.gui.offsets import FOLD_MARK, LONGEST_LINE, Span, Spans, fold, unfold

SHOWN_LIMIT = 500
"""Highlights painted at once; only those in view count, so a page can hardly hold more."""


class DocumentEdit(QPlainTextEdit):
    """A plain text editor that marks spans (UTF-16 positions) and keeps them in place while the person types."""

    files_dropped = Signal(list)
    """Paths of what was dropped or pasted: files, perhaps folders."""
    folded_changed = Signal(bool)
    edit_refused = Signal()
    """The person tried to edit a folded document."""
    replaced = Signal()
    """The text changed by more than typing: a paste, a drop, an opened file."""
    dismiss_wanted = Signal(int)
    allow_wanted = Signal(int)
    flag_wanted = Signal(int)
    """The index of the finding that the person chose this of in the menu."""
    flag_text_wanted = Signal(str)
    """A selected text that the person wants flagged always."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spans = Spans()
        self._folded = False
        self._unfolded_yet = True  # False from an edit that may have brought or taken a fold until that was looked up
        self._mark = QTextCharFormat()
        self._tip: Callable[[int], str] = lambda _index: ""
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTabChangesFocus(True)
        self.document().contentsChange.connect(self._follow_edit)
        self.textChanged.connect(self._look_for_folds)  # not before: Qt is in the middle of the edit
        # In the next turn of the loop: Qt also scrolls in the middle of an edit, when it must not be given selections.
        self._repaint = QTimer(self, singleShot=True, interval=0)
        self._repaint.timeout.connect(self._paint_visible)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._repaint.start())

    def set_mark_color(self, ground: str, text: str) -> None:
        """Colours of a highlight."""
        self._mark = QTextCharFormat()
        self._mark.setBackground(QColor(ground))
        self._mark.setForeground(QColor(text))
        self._paint_visible()

    def set_spans(self, spans: Sequence[Span], tip: Callable[[int], str]) -> None:
        """Highlight ``spans`` (sorted, not overlapping); ``tip`` explains the one with the given index."""
        self._spans = Spans(spans)
        self._tip = tip
        self._paint_visible()

    @property
    def spans(self) -> tuple[Span, ...]:
        """The highlights as they lie now."""
        return tuple(self._spans)

    def span_at(self, position: int) -> Span | None:
        """The highlight over a UTF-16 position."""
        return next(self._spans.between(position, position), None)

    @property
    def folded(self) -> bool:
        """Whether a line is too long to be laid out, so that it is shown folded and the document is read-only."""
        return self._folded

    @property
    def document_text(self) -> str:
        """The document as it was given, without folds."""
        return unfold(self.toPlainText()) if self._folded else self.toPlainText()

    def replace_all(self, text: str) -> None:
        """Put ``text`` in place of everything; one step that Undo takes back."""
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(fold(text))
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

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Plain text and local files only."""
        return source.hasText() or bool(_local_files(source))

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste as plain text; a file is opened instead."""
        paths = _local_files(source)
        if paths:
            self.files_dropped.emit(paths)
            return
        self.textCursor().insertText(fold(source.text()))
        self.ensureCursorVisible()
        self.replaced.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and text."""
        if _local_files(event.mimeData()):
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take files anywhere on the field."""
        if _local_files(event.mimeData()):
            event.acceptProposedAction()
        else:
            super().dragMoveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a dropped file; text goes where it was dropped."""
        paths = _local_files(event.mimeData())
        if paths:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.files_dropped.emit(paths)
        else:
            super().dropEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied has no folds in it."""
        data = QMimeData()
        data.setText(unfold(self.textCursor().selection().toPlainText()))
        return data

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """In a folded document Undo and a paste over everything work; other edits are refused in words."""
        if self._folded and event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        elif self._folded and _would_edit(event):
            if event.matches(QKeySequence.StandardKey.Paste) and len(self.textCursor().selectedText()) > LONGEST_LINE:
                self.setReadOnly(False)
                self.paste()
                self._look_for_folds()
            else:
                self.edit_refused.emit()
        else:
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Explain the finding under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            span = self.span_at(self.cursorForPosition(event.pos()).position())
            if span is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), self._tip(span.index), self)
            return True
        if event.type() == QEvent.Type.Resize:
            self._repaint.start()
        return super().viewportEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The usual menu, and what can be said of the finding or the selection under the pointer."""
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        place = self.viewport().mapToGlobal(self.cursorRect().bottomLeft()) if keyboard else event.globalPos()
        cursor = self.textCursor() if keyboard else self.cursorForPosition(event.pos())
        self.menu_at(cursor.position()).popup(place)

    def menu_at(self, position: int) -> QMenu:
        """The menu for a UTF-16 position; it deletes itself when it closes."""
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        span = self.span_at(position)
        selected = unfold(self.textCursor().selection().toPlainText()).strip()
        if span is not None:
            menu.addSeparator()
            add_finding_actions(menu, span.index, self.dismiss_wanted, self.allow_wanted, self.flag_wanted)
        elif selected:
            menu.addSeparator()
            action = menu.addAction("Always flag the selected text")
            action.setToolTip("Put it on your own list: it is flagged in every document.")
            action.triggered.connect(lambda: self.flag_text_wanted.emit(selected))
        return menu

    def _follow_edit(self, position: int, removed: int, added: int) -> None:
        self._spans.edit(position, removed, added)
        self._unfolded_yet = self._unfolded_yet and not self._folded and added <= LONGEST_LINE

    def _look_for_folds(self) -> None:
        """A fold in a text that is edited could end up as a line end that nobody put there: read-only, then."""
        if self._unfolded_yet:
            return
        self._unfolded_yet = True
        folded = not self.document().find(FOLD_MARK).isNull()
        self.setReadOnly(folded)
        if folded != self._folded:
            self._folded = folded
            self.folded_changed.emit(folded)

    def _visible_range(self) -> tuple[int, int]:
        first = self.firstVisibleBlock().position()
        last = self.cursorForPosition(self.viewport().rect().bottomRight()).block()
        return first, last.position() + last.length()

    def _paint_visible(self) -> None:
        """Set the highlights in view; a long document has too many to set them all on every key."""
        first, last = self._visible_range()
        selections: list[QTextEdit.ExtraSelection] = []
        for span in islice(self._spans.between(first, last), SHOWN_LIMIT):
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(span.start)
            cursor.setPosition(span.end, QTextCursor.MoveMode.KeepAnchor)
            selection.cursor = cursor
            selection.format = self._mark
            selections.append(selection)
        self.setExtraSelections(selections)


def _would_edit(event: QKeyEvent) -> bool:
    keys = QKeySequence.StandardKey
    if any(event.matches(key) for key in (keys.Paste, keys.Cut, keys.Delete, keys.DeleteEndOfWord)):
        return True
    plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    return plain and ((bool(event.text()) and event.text().isprintable()) or event.key() in _EDITING_KEYS)


_EDITING_KEYS = (Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter)


def _local_files(source: QMimeData) -> list[Path]:
    """The local files among what is pasted or dropped."""
    return [Path(url.toLocalFile()) for url in (source.urls() if source.hasUrls() else ()) if url.isLocalFile()]
