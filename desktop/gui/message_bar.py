"""Errors and notes in a bar inside the window: a title, a sentence, and what to do next as buttons."""

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

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
                widget.deleteLater()
        for text, tip, act in actions:
            button = QPushButton(text)
            button.setToolTip(tip)
            button.setAccessibleName(text)
            button.clicked.connect(self.hide)
            button.clicked.connect(lambda _checked=False, act=act: act())
            self._actions.addWidget(button)
        restyle(self, state=state)
        self.show()
