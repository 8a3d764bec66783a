"""The second word before something that is surely a secret or an identifier counts as harmless."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.gui.wording import Doubt


class ConfirmDialog(QDialog):
    """Modal, because it asks for consent. Enter, Esc and closing it keep the protection."""

    def __init__(self, doubt: Doubt, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Strongroom")
        self.setModal(True)
        self.setFixedWidth(480)
        title = QLabel(doubt.question)
        title.setProperty("role", "heading")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.setSpacing(10)
        layout.addWidget(title)
        for words in (doubt.what, doubt.means):
            label = QLabel(words)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            layout.addWidget(label)
        self.setAccessibleName(doubt.question)
        self.setAccessibleDescription(f"{doubt.what} {doubt.means}")
        self.keep_button = QPushButton("Keep it protected")
        self.keep_button.setToolTip("Change nothing: it still counts as personal (Enter or Esc).")
        self.keep_button.setProperty("role", "primary")
        self.keep_button.setDefault(True)
        self.agree_button = QPushButton(doubt.answer)
        self.agree_button.setToolTip(doubt.means)
        self.agree_button.setAutoDefault(False)
        for button in (self.keep_button, self.agree_button):
            button.setAccessibleName(button.text())
        buttons = QDialogButtonBox()
        buttons.addButton(self.agree_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.keep_button, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addSpacing(4)
        layout.addWidget(buttons)
        self.keep_button.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the height that the wrapped words need; the safe answer has the focus."""
        super().showEvent(event)
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.setFixedHeight(layout.heightForWidth(self.width()))
        self.keep_button.setDefault(True)
        self.keep_button.setFocus()
