"""Asking over documents: what is read in, a question, the passages that say something, and an answer from them."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.gui.message_bar import MessageBar
from desktop.gui.wording import count
from models.ask.index import Hit

EMPTY = (
    "Add documents or a folder, then ask. They are read on this device and forgotten when this window closes; "
    "nothing of them is written to the disk."
)


class AskDialog(QDialog):
    """Not modal. Its signals say what the person wants; the controller does it."""

    files_wanted = Signal()
    folder_wanted = Signal()
    document_wanted = Signal()
    paths_dropped = Signal(object)
    asked = Signal(str)
    stop_wanted = Signal()
    keep_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Ask your documents")
        self.setAcceptDrops(True)
        self.bar = MessageBar()
        self.words = QLabel(EMPTY)
        self.words.setWordWrap(True)
        self.words.setProperty("role", "muted")
        self.files_button = _button("Add files…", "Read documents in: text, PDF or Word.")
        self.files_button.clicked.connect(self.files_wanted)
        self.folder_button = _button("Add folder…", "Read in every document of a folder and of those below it.")
        self.folder_button.clicked.connect(self.folder_wanted)
        self.document_button = _button("Add open document", "Read in the document that is open in the window.")
        self.document_button.clicked.connect(self.document_wanted)
        adding = QHBoxLayout()
        adding.setSpacing(6)
        for button in (self.files_button, self.folder_button, self.document_button):
            adding.addWidget(button)
        adding.addStretch(1)
        self.keep_box = QCheckBox("Keep them, encrypted")
        self.keep_box.setToolTip(
            "Keep what was read in on this device until you untick this: encrypted, the key in the system's keyring."
        )
        self.keep_box.toggled.connect(self.keep_changed)
        adding.addWidget(self.keep_box)

        self.field = QLineEdit()
        self.field.setPlaceholderText("Your question: When is the rent due?")
        self.field.setAccessibleName("Your question")
        self.field.setToolTip("Enter finds the passages that answer it.")
        self.field.setMaxLength(500)
        self.field.returnPressed.connect(self._ask)
        self.ask_button = _button("Ask", "Find the passages that answer it (Enter).")
        self.ask_button.setProperty("role", "primary")
        self.ask_button.clicked.connect(self._ask)
        self.stop_button = _button("Stop", "Stop reading or writing.")
        self.stop_button.clicked.connect(self.stop_wanted)
        asking = QHBoxLayout()
        asking.setSpacing(6)
        asking.addWidget(self.field, 1)
        asking.addWidget(self.ask_button)
        asking.addWidget(self.stop_button)

        self.answer = QLabel()
        self.answer.setWordWrap(True)
        self.answer.setTextFormat(Qt.TextFormat.PlainText)
        self.answer.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.answer.setAccessibleName("Answer")
        self.answer.hide()
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setProperty("role", "muted")
        self.note.hide()
        self.found = QListWidget()
        self.found.setAccessibleName("Passages")
        self.found.setToolTip("Passages that say something to your question, with their place.")
        self.found.setWordWrap(True)
        self.found.setSpacing(4)
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.progress = QProgressBar()
        self.progress.setAccessibleName("Progress")
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(4)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(self.bar)
        layout.addLayout(adding)
        layout.addWidget(self.words)
        layout.addLayout(asking)
        layout.addWidget(self.progress)
        layout.addWidget(self.answer)
        layout.addWidget(self.note)
        layout.addWidget(self.found, 1)
        layout.addWidget(close)
        self.resize(720, 600)
        self.set_busy("")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders can be dropped."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read in what was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.paths_dropped.emit(paths)

    def show_documents(self, documents: int, passages: int) -> None:
        """How much is read in."""
        kept = "kept, encrypted" if self.keep_box.isChecked() else "kept until this window closes"
        text = f"{count(documents, 'document')} read in, {count(passages, 'passage')}; {kept}."
        self.words.setText(text if documents else EMPTY)

    def set_keep(self, keep: bool) -> None:
        """Tick or untick the box, without asking for anything."""
        self.keep_box.blockSignals(True)
        self.keep_box.setChecked(keep)
        self.keep_box.blockSignals(False)

    def set_busy(self, message: str, done: int = 0, total: int = 0) -> None:
        """Say what is going on; "" for nothing."""
        busy = bool(message)
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        for widget in (self.progress, self.stop_button):
            widget.setVisible(busy)
        for button in (self.files_button, self.folder_button, self.document_button, self.ask_button, self.keep_box):
            button.setEnabled(not busy)
        if busy:
            self.words.setText(message)

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Show the passages that were found."""
        self.answer.hide()
        self.note.hide()
        self.found.clear()
        for number, hit in enumerate(hits, start=1):
            text = " ".join(hit.text.split())
            item = QListWidgetItem(f"[{number}] {hit.document}, {hit.passage.place}\n{text}")
            item.setToolTip(f"How like the question it is: {hit.score:.0%}")
            self.found.addItem(item)
        if not hits:
            self.say("No passage says anything to that. Ask in other words, or add the document that does.")

    def show_answer(self, text: str, cited: Sequence[int], *, doubtful: bool) -> None:
        """Show what Phi-4 Mini made of the passages."""
        self.answer.setText(text)
        self.answer.show()
        if doubtful:
            self.say("Some of this stands on no passage below: check it.")
        for row in range(self.found.count()):
            font = self.found.item(row).font()
            font.setBold(row + 1 in cited)
            self.found.item(row).setFont(font)

    def say(self, sentence: str) -> None:
        """A sentence above the passages."""
        self.note.setText(sentence)
        self.note.show()

    def _ask(self) -> None:
        if self.ask_button.isEnabled():
            self.asked.emit(self.field.text())


def _button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setAccessibleName(text.rstrip("…"))
    button.setToolTip(tip)
    button.setAutoDefault(False)
    return button
