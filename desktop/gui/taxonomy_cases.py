"""Texts with what is right for them: a list, and the chosen one to write in. What is right is a subclass's to show."""

from abc import abstractmethod
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QPlainTextEdit, QSplitter, QVBoxLayout, QWidget

from desktop.gui.taxonomy_parts import button, page
from models.skills.skill import Example

SHOWN = 80
"""Characters of a text in the list."""
NO_TEXT = "(no text yet)"
KEPT = "Kept in your pack, readable by you only, and not encrypted."
TAKE = f"Make a golden case of the text in the document pane, with the answer that it got. {KEPT}"


class CaseList(QWidget):
    """``what`` is "Examples" or "Golden cases", ``one`` a single one. ``edited`` comes when the person changed one."""

    edited = Signal()

    def __init__(
        self, what: str, one: str, take: Callable[[], None] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._one = one
        self._cases: list[Example] = []
        self._filling = False
        self.list = QListWidget()
        self.list.setAccessibleName(what)
        self.list.setToolTip(f"Choose one to see its text and what is right for it. {KEPT}")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._show)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(f"Text of the {one}")
        self.text.setToolTip(KEPT)
        self.text.setTabChangesFocus(True)
        self.text.textChanged.connect(self._write)
        self.add_button = button(f"Add {one}", "Add a text with what is right for it.", self.add)
        self.remove_button = button(f"Remove {one}", "Take the chosen text away.", self.remove_chosen)
        controls = [self.add_button, self.remove_button]
        if take is not None:
            self.take_button = button("Take the document", TAKE, take)
            controls.insert(1, self.take_button)
        self._right = QSplitter(Qt.Orientation.Vertical)
        self._right.setChildrenCollapsible(False)
        self._right.addWidget(self.text)
        both = QSplitter()
        both.setChildrenCollapsible(False)
        both.addWidget(page(self.list, controls))
        both.addWidget(self._right)
        both.setStretchFactor(0, 2)
        both.setStretchFactor(1, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(both)

    @abstractmethod
    def details(self) -> Sequence[QWidget]:
        """What is of use only while a case is chosen."""

    @abstractmethod
    def show_right(self, case: Example | None) -> None:
        """Show what is right for the chosen case."""

    @abstractmethod
    def right(self, text: str, before: Example) -> Example:
        """The case as it was written; ``before`` is how it was."""

    def fill(self, cases: Sequence[Example]) -> None:
        """Show these cases, the first one chosen."""
        self._filling = True
        self._cases = list(cases)
        self.list.clear()
        self.list.addItems([_line(case.text) for case in cases])
        self._filling = False
        self.list.setCurrentRow(0 if cases else -1)
        self._show(self.list.currentRow())

    def add(self, case: Example | None = None) -> None:
        """A new case, ready to be written, or one that is there already."""
        self._cases.append(case or Example(""))
        self.list.addItem(_line(self._cases[-1].text))
        self.list.setCurrentRow(len(self._cases) - 1)
        (self.details()[0] if case else self.text).setFocus()
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

    def written(self) -> list[Example]:
        """The cases as they stand; one without a text is none yet."""
        return [case for case in self._cases if case.text.strip()]

    def _show(self, at: int) -> None:
        if self._filling:
            return
        case = self._cases[at] if 0 <= at < len(self._cases) else None
        self._filling = True
        self.text.setPlainText(case.text if case else "")
        self.text.setPlaceholderText("The text." if case else f"Choose or add a {self._one}.")
        self.show_right(case)
        self._filling = False
        for widget in (self.text, *self.details(), self.remove_button):
            widget.setEnabled(case is not None)

    def _write(self) -> None:
        at = self.list.currentRow()
        if self._filling or at < 0:
            return
        self._cases[at] = self.right(self.text.toPlainText(), self._cases[at])
        item = self.list.item(at)
        item.setText(_line(self._cases[at].text))
        self.edited.emit()


def _line(text: str) -> str:
    words = " ".join(text.split())
    return (words[: SHOWN - 1] + "…" if len(words) > SHOWN else words) or NO_TEXT
