"""Puts texts on the person's own lists, from the dialog or a finding's menu, with a second word where it takes one."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.gui.confirm_dialog import ConfirmDialog
from desktop.gui.lists_dialog import ListsDialog
from desktop.gui.message_bar import Action, MessageBar
from desktop.gui.wording import doubt
from desktop.own_rules import OwnRulesStore
from models.errors import StrongroomError
from models.pii.finding import Finding, Scan


class ListsController(QObject):
    """``changed`` says that the lists are others now, so that the document is looked at again."""

    changed = Signal()

    def __init__(self, store: OwnRulesStore, scan: Callable[[str], Scan], bar: MessageBar, window: QWidget) -> None:
        """``scan`` looks at an entry (a few words, at once) for what takes a second word."""
        super().__init__(window)
        self._store = store
        self._scan = scan
        self._bar = bar
        self._window = window
        self.dialog: ListsDialog | None = None
        self.question: ConfirmDialog | None = None

    def open(self) -> ListsDialog:
        """Show the lists, next to the window."""
        if self.dialog is None:
            self.dialog = ListsDialog(self._store, self._window)
            self.dialog.changed.connect(self.changed)
            self.dialog.allow_wanted.connect(self._allow_typed)
        self.dialog.refresh()
        self.dialog.show()
        self.dialog.raise_()
        return self.dialog

    def flag(self, text: str) -> None:
        """Put a text of the document on the list of what is always flagged."""
        self._do(
            lambda: self._store.flag(text),
            "Always flagged from now on",
            "It is on your own list, which is kept on this device.",
            lambda: self._store.remove(flagged=[" ".join(text.split())]),
        )

    def allow(self, text: str, finding: Finding) -> None:
        """Put the text of a finding on the list of what is always allowed, after a second word if it takes one."""

        def add(*, confirmed: bool) -> None:
            self._do(
                lambda: self._store.allow(text, confirmed=confirmed),
                "Always allowed from now on",
                "It is on your own list, and is not flagged in any document.",
                lambda: self._store.remove(allowed=[" ".join(text.split())]),
            )

        if finding.needs_confirmation:
            self._ask(finding, text, self._window, lambda: add(confirmed=True))
        else:
            add(confirmed=False)

    def _allow_typed(self, text: str) -> None:
        """An entry typed into the dialog: it may hold what takes a second word."""
        dialog = self.dialog
        assert dialog is not None

        def add(*, confirmed: bool) -> None:
            try:
                self._store.allow(text, confirmed=confirmed)
            except StrongroomError as error:
                dialog.refresh()
                dialog.bar.show_error(error)
            else:
                dialog.done_adding()
            self.changed.emit()

        proven = next((each for each in self._scan(text).findings if each.needs_confirmation), None)
        if proven is None:
            add(confirmed=False)
        else:
            self._ask(proven, text[proven.start : proven.end], dialog, lambda: add(confirmed=True))

    def _ask(self, finding: Finding, text: str, parent: QWidget, agreed: Callable[[], None]) -> None:
        question = ConfirmDialog(doubt(finding, text, always=True), parent)
        question.accepted.connect(agreed)
        question.finished.connect(question.deleteLater)
        self.question = question
        question.open()

    def _do(self, act: Callable[[], None], title: str, message: str, undo: Callable[[], None]) -> None:
        try:
            act()
        except StrongroomError as error:
            self._bar.show_error(error)
        else:
            ways: list[Action] = [
                ("Undo", "Take it off the list again.", lambda: self._undo(undo)),
                ("Your lists…", "Look at both lists and change them.", self._open),
            ]
            self._bar.show_message(title, message, "note", ways)
        self.changed.emit()

    def _open(self) -> None:
        self.open()

    def _undo(self, undo: Callable[[], None]) -> None:
        try:
            undo()
        except StrongroomError as error:
            self._bar.show_error(error)
        self.changed.emit()
