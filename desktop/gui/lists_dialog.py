"""The person's own lists: what is always flagged, and what never is. Each change holds and is kept at once."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.gui.message_bar import MessageBar
from desktop.gui.wording import count
from desktop.own_rules import OwnRulesStore, read_lines, write_lines
from models.errors import StrongroomError
from models.pii.own_lists import MAX_ENTRY_CHARS, AllowEntry

TEXT = Qt.ItemDataRole.UserRole
KEPT = (
    "Both lists are kept on this device only, as you typed them, in the file lists.json in your settings folder, which "
    "only you can read. They never go into the ledger or the log."
)


class EntryList(QListWidget):
    """Entries; Delete removes the chosen ones."""

    remove_requested = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete removes."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_requested.emit()
        else:
            super().keyPressEvent(event)


class ListBox(QWidget):
    """One list with what can be done with it."""

    added = Signal(str)
    removed = Signal(list)
    import_requested = Signal()
    export_requested = Signal()

    def __init__(self, title: str, helping: str, example: str) -> None:
        super().__init__()
        name = QLabel(title)
        name.setProperty("role", "heading")
        words = QLabel(helping)
        words.setProperty("role", "muted")
        words.setWordWrap(True)
        words.setAlignment(Qt.AlignmentFlag.AlignTop)
        words.setMinimumHeight(words.fontMetrics().lineSpacing() * 3 + 4)
        self.field = QLineEdit()
        self.field.setPlaceholderText(example)
        self.field.setMaxLength(MAX_ENTRY_CHARS)
        self.field.setAccessibleName(f"{title}: new entry")
        self.field.setToolTip("A word or a few, as they stand in documents. Enter adds them to the list.")
        self.field.returnPressed.connect(self._add)
        self.add_button = _button("Add", f"{title}: add", "Put the entry on the list. It holds at once.")
        self.add_button.clicked.connect(self._add)
        self.view = EntryList()
        self.view.setAccessibleName(title)
        self.view.setAccessibleDescription("Your entries. Delete takes the chosen ones off the list.")
        self.view.setToolTip("Your entries. Delete takes the chosen ones off the list.")
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setWordWrap(True)
        self.view.remove_requested.connect(self._remove)
        self.view.itemSelectionChanged.connect(self._refresh)
        self.remove_button = _button("Remove", f"{title}: remove", "Take the chosen entries off the list (Delete).")
        self.remove_button.clicked.connect(self._remove)
        self.import_button = _button(
            "Import…", f"{title}: import", "Add the lines of a plain text file. The file is not changed."
        )
        self.import_button.clicked.connect(self.import_requested)
        self.export_button = _button(
            "Export…", f"{title}: export", "Write the entries into a plain text file, one a line, readable by you only."
        )
        self.export_button.clicked.connect(self.export_requested)
        new = QHBoxLayout()
        new.setSpacing(6)
        new.addWidget(self.field, 1)
        new.addWidget(self.add_button)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.remove_button)
        row.addStretch(1)
        row.addWidget(self.import_button)
        row.addWidget(self.export_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(name)
        layout.addWidget(words)
        layout.addLayout(new)
        layout.addWidget(self.view, 1)
        layout.addLayout(row)
        self._refresh()

    def show_entries(self, entries: Sequence[tuple[str, str]]) -> None:
        """Show entries, each with what is said about it ("" for nothing)."""
        self.view.clear()
        for text, remark in entries:
            item = QListWidgetItem(f"{text}  ({remark})" if remark else text)
            item.setData(TEXT, text)
            self.view.addItem(item)
        self._refresh()

    def _add(self) -> None:
        if self.field.text().strip():
            self.added.emit(self.field.text())

    def _remove(self) -> None:
        chosen = [item.data(TEXT) for item in self.view.selectedItems()]
        if chosen:
            self.removed.emit(chosen)

    def _refresh(self) -> None:
        self.remove_button.setEnabled(bool(self.view.selectedItems()))
        self.export_button.setEnabled(self.view.count() > 0)


class ListsDialog(QDialog):
    """Not modal. ``changed`` comes after a change; ``allow_wanted`` hands on an entry that may take a second word."""

    changed = Signal()
    allow_wanted = Signal(str)

    def __init__(self, store: OwnRulesStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self.setWindowTitle("Your lists")
        self.setModal(False)
        self.resize(760, 520)
        self.bar = MessageBar()
        self.flag_box = ListBox(
            "Always flag",
            "Client names, project code names. Found as whole words in any case, also across line breaks.",
            "Such as a client's name",
        )
        self.allow_box = ListBox(
            "Always allow",
            "Your company's own address, say. Nothing inside these texts is flagged, in any document. Entries of the "
            "other list, and what is very likely a secret, still are.",
            "Such as your company's address",
        )
        self.flag_box.added.connect(self._flag)
        self.flag_box.removed.connect(lambda entries: self._do(lambda: store.remove(flagged=entries)))
        self.flag_box.import_requested.connect(lambda: self._import(store.flag))
        self.flag_box.export_requested.connect(lambda: self._export("flag", store.lists.deny))
        self.allow_box.added.connect(self.allow_wanted)
        self.allow_box.removed.connect(lambda entries: self._do(lambda: store.remove(allowed=entries)))
        self.allow_box.import_requested.connect(lambda: self._import(store.allow))
        self.allow_box.export_requested.connect(
            lambda: self._export("allow", tuple(entry.text for entry in store.lists.allow))
        )
        boxes = QHBoxLayout()
        boxes.setSpacing(18)
        boxes.addWidget(self.flag_box, 1)
        boxes.addWidget(self.allow_box, 1)
        kept = QLabel(KEPT)
        kept.setProperty("role", "muted")
        kept.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setAccessibleName("Close")
        close.setToolTip("Close. Every change holds already.")
        close.setAutoDefault(False)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 12)
        layout.setSpacing(12)
        layout.addWidget(self.bar)
        layout.addLayout(boxes, 1)
        layout.addWidget(kept)
        layout.addWidget(buttons)
        self.flag_box.field.setFocus()
        self.refresh()

    def refresh(self) -> None:
        """Show the lists as they are now."""
        lists = self._store.lists
        self.flag_box.show_entries([(entry, "") for entry in lists.deny])
        self.allow_box.show_entries([(entry.text, _remark(entry)) for entry in lists.allow])
        missing = self._store.lists_missing
        for box in (self.flag_box, self.allow_box):
            box.setEnabled(not missing)
        if missing:
            self.bar.show_message(
                "Your lists cannot be read",
                "The file lists.json in your settings folder is damaged or not yours to read, so nothing goes to the "
                "cloud. Put a copy of it back and start Strongroom again, or begin with empty lists.",
                "error",
                [("Start new lists", "Keep the old file aside and begin with empty lists.", self._start_new)],
            )

    def done_adding(self) -> None:
        """An entry that was handed on is on the list."""
        self.allow_box.field.clear()
        self.bar.hide()
        self.refresh()

    def _flag(self, entry: str) -> None:
        if self._do(lambda: self._store.flag(entry)):
            self.flag_box.field.clear()

    def _start_new(self) -> None:
        self._do(self._store.start_new)

    def _do(self, act: Callable[[], None]) -> bool:
        """Make a change and show it; False when it went wrong, which is said."""
        self.bar.hide()
        error: StrongroomError | None = None
        try:
            act()
        except StrongroomError as trouble:
            error = trouble
        self.refresh()
        if error is not None:
            self.bar.show_error(error)
        self.changed.emit()
        return error is None

    def _import(self, add: Callable[..., None]) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Import a list", "", "Plain text (*.txt);;All files (*)")
        if name:
            self.import_file(Path(name), add)

    def import_file(self, file: Path, add: Callable[..., None]) -> None:
        """Add the lines of a file by ``add``."""
        entries: tuple[str, ...] = ()
        left_out = 0

        def act() -> None:
            nonlocal entries, left_out
            entries, left_out = read_lines(file)
            add(*entries)

        if self._do(act):
            rest = f" {count(left_out, 'line')} could not be an entry and stayed out." if left_out else ""
            self.bar.show_message("List imported", f"{count(len(entries), 'line')} read.{rest}", "ok")

    def _export(self, kind: str, entries: Sequence[str]) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "Export the list", f"always-{kind}.txt", "Plain text (*.txt)")
        if name and self._do(lambda: write_lines(Path(name), entries)):
            self.bar.show_message("List exported", f"{count(len(entries), 'line')} written.", "ok")


def _remark(entry: AllowEntry) -> str:
    return "confirmed" if entry.confirmed else ""


def _button(text: str, name: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setAccessibleName(name)
    button.setToolTip(tip)
    button.setAutoDefault(False)
    return button
