"""The last look before anything leaves: the exact payload, where it goes, and what it costs at most."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.gui.wording import count, money, size
from desktop.review import Payload


def tokens_words(payload: Payload) -> str:
    """Such as "412 tokens"; "about" where the model's own tokenizer is not on this machine."""
    return f"{'' if payload.tokens_exact else 'about '}{count(payload.tokens, 'token')}"


class PayloadDialog(QDialog):
    """Modal, because it asks for consent. Closing it in any way but "Send" sends nothing.

    ``only_look``: nothing is about to be sent, so there is no such button.
    """

    def __init__(
        self, payload: Payload, *, redacted: bool, only_look: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Look before it leaves")
        self.setModal(True)
        self.resize(720, 560)
        title = QLabel(f"This {'would' if only_look else 'will'} be sent to {payload.host}")
        title.setProperty("role", "heading")
        title.setTextFormat(Qt.TextFormat.PlainText)
        replaced = (
            "Personal details that were found are replaced by placeholders, and put back into the answer here. "
            if redacted
            else ""
        )
        words = QLabel(
            f"{replaced}{size(len(payload.body.encode()))} in all, {tokens_words(payload)}, to {payload.model}, "
            f"{money(payload.most_usd)} at most. "
            "A check found nothing personal in it, but no check finds everything: read it once."
        )
        words.setWordWrap(True)
        words.setTextFormat(Qt.TextFormat.PlainText)
        tabs = QTabWidget()
        tabs.setAccessibleName("Payload")
        for name, text, tip in (
            ("To read", payload.readable, "The messages that are sent."),
            ("Exact bytes", payload.body, "The request's body, byte for byte."),
        ):
            view = QPlainTextEdit(text)
            view.setReadOnly(True)
            view.setTabChangesFocus(True)
            view.setAccessibleName(f"Payload, {name.lower()}")
            view.setToolTip(tip)
            tabs.addTab(view, name)
        self.send_button = QPushButton("Send this")
        self.send_button.setProperty("role", "primary")
        self.send_button.setAutoDefault(False)
        self.send_button.setToolTip(f"Send exactly this text to {payload.host}.")
        self.keep_button = QPushButton("Close" if only_look else "Do not send")
        self.keep_button.setDefault(True)
        self.keep_button.setToolTip("Close this. Nothing leaves this device.")
        for button in (self.send_button, self.keep_button):
            button.setAccessibleName(button.text())
        buttons = QDialogButtonBox()
        if only_look:
            self.send_button.hide()
        else:
            buttons.addButton(self.send_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.keep_button, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addWidget(title)
        layout.addWidget(words)
        layout.addWidget(tabs, 1)
        layout.addWidget(buttons)
        self.keep_button.setFocus()
