"""Errors and notes in a bar inside the window: a title, a sentence, and what to do next as buttons."""

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from models.errors import StrongroomError

Action = tuple[str, str, Callable[[], None]]
"""A button: its text, its tooltip, what it does."""


def restyle(widget: QWidget, **properties: str) -> None:
    """Set dynamic properties and let the stylesheet look at the widget and its children again."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    for each in (widget, *widget.findChildren(QWidget)):
        each.style().unpolish(each)
        each.style().polish(each)


class MessageBar(QFrame):
    """Hidden until there is something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "strip")
        self.title = QLabel()
        self.title.setProperty("role", "heading")
        self.message = QLabel()
        self.message.setWordWrap(True)
        for label in (self.title, self.message):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(6)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setPlaceholderText("Password")
        self.password.setAccessibleName("Password of the document")
        self.password.setToolTip("Used once, to open this document on this device. It is not kept.")
        self.password.setFixedWidth(200)
        self.password.returnPressed.connect(self._enter_password)
        self.password.hide()
        self._on_password: Callable[[str], None] | None = None
        self.close_button = QPushButton("Dismiss")
        self.close_button.setAccessibleName("Dismiss the message")
        self.close_button.setToolTip("Hide this message. Your document stays as it is.")
        self.close_button.clicked.connect(self.hide)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.message)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.setSpacing(12)
        layout.addLayout(words, 1)
        layout.addWidget(self.password)
        layout.addLayout(self._actions)
        layout.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def show_error(self, error: StrongroomError, actions: Sequence[Action] = ()) -> None:
        """Show an error's title and message."""
        self.show_message(error.title, error.message, "error", actions)

    def show_message(
        self,
        title: str,
        message: str,
        state: Literal["ok", "warn", "error", "note"] = "note",
        actions: Sequence[Action] = (),
    ) -> None:
        """Show a note with buttons; a button hides the bar before it acts."""
        self.title.setText(title)
        self.message.setText(message)
        self.message.setVisible(bool(message))
        self.setAccessibleName(f"{title}. {message}")
        while (item := self._actions.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()  # at once: the deletion waits for the event loop
                widget.deleteLater()
        self.password.clear()
        self.password.hide()
        self._on_password = None
        for text, tip, act in actions:
            button = QPushButton(text)
            button.setToolTip(tip)
            button.setAccessibleName(text)
            button.clicked.connect(self.hide)
            button.clicked.connect(lambda _checked=False, act=act: act())
            self._actions.addWidget(button)
        restyle(self, state=state)
        self.show()

    def withdraw(self, title: str) -> None:
        """Hide the message with this title, if it is the one that is shown: it does not hold any more."""
        if self.title.text() == title:
            self.hide()

    def ask_password(self, title: str, message: str, on_password: Callable[[str], None]) -> None:
        """Ask for a document's password, here and not in a dialog; an empty one is not taken."""
        self.show_message(title, message, "warn", [])
        button = QPushButton("Open")
        button.setAccessibleName("Open with this password")
        button.setToolTip("Open the document with this password (Enter). It is not kept.")
        button.clicked.connect(self._enter_password)
        self._actions.addWidget(button)
        self._on_password = on_password
        self.password.show()
        self.password.setFocus()

    def _enter_password(self) -> None:
        given, act = self.password.text(), self._on_password
        if given and act is not None:
            self.password.clear()
            self.hide()
            act(given)

    def hideEvent(self, event: QHideEvent) -> None:
        """A password that was begun does not stay in a hidden field."""
        self.password.clear()
        super().hideEvent(event)
