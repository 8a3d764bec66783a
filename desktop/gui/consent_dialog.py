"""Switching cloud drafts on: what is sent, to whom, how long it may be kept, what it costs, and the key."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.gui.message_bar import MessageBar
from desktop.gui.wording import money
from models.errors import StrongroomError


class ConsentDialog(QDialog):
    """Modal: it asks for consent. ``agreed`` carries the key ("" keeps the one that is stored) and "session only"."""

    agreed = Signal(str, bool)

    def __init__(
        self,
        host: str,
        model: str,
        draft_cost_usd: float,
        budget_usd: int,
        *,
        has_key: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._has_key = has_key
        self.setWindowTitle("Cloud drafts")
        self.setModal(True)
        self.setFixedWidth(600)
        title = QLabel("Before you switch cloud drafts on")
        title.setProperty("role", "heading")
        cost = (
            f"About {money(draft_cost_usd)} for a one-page draft"
            if draft_cost_usd
            else "The provider's price for the model"
        )
        facts = (
            ("What is sent", "Your document, your wishes and the task's instructions. Only for drafts that you run."),
            ("Where to", f"{host} (model {model})."),
            ("When not", "If the check finds anything personal, or cannot finish, nothing is sent. "
                         "No check finds everything: look at the text before you send it."),
            ("How long it is kept", "The provider is asked not to store it, but may keep it for up to 30 days "
                                    "to watch for abuse."),
            ("What it costs", f"{cost}, billed to your key, up to ${budget_usd} a month (settings)."),
            ("Taking it back", "Switch cloud drafts off again; it also offers to forget the key."),
            ("Everything else", "Stays on this device. Summaries that came out unsure have their own switch, off."),
        )  # fmt: skip
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, (name, words) in enumerate(facts):
            heading = QLabel(name)
            heading.setProperty("role", "muted")
            text = QLabel(words)
            text.setWordWrap(True)
            text.setTextFormat(Qt.TextFormat.PlainText)
            grid.addWidget(heading, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text, row, 1)
        self.key_field = QLineEdit()
        self.key_field.setEchoMode(QLineEdit.EchoMode.Password)
        self.key_field.setPlaceholderText("A key is stored; leave empty to keep it" if has_key else "API key, sk-…")
        self.key_field.setAccessibleName("API key")
        self.key_field.setToolTip(f"Goes to the keyring of your operating system, for {host} only; never into a file.")
        self.session_box = QCheckBox("Keep the key for this session only")
        self.session_box.setAccessibleName("Keep the key for this session only")
        self.session_box.setToolTip("The key stays in memory and is gone when you close Strongroom.")
        self.bar = MessageBar()
        self.agree_button = QPushButton("Switch cloud drafts on")
        self.agree_button.setProperty("role", "primary")
        self.agree_button.setToolTip("Try the key out (no text is sent), keep it, and let drafts go to the cloud.")
        self.agree_button.setAutoDefault(False)
        self.decline_button = QPushButton("Keep everything on this device")
        self.decline_button.setToolTip("Leave cloud drafts off.")
        self.decline_button.setAutoDefault(False)
        for button in (self.agree_button, self.decline_button):
            button.setAccessibleName(button.text())
        buttons = QDialogButtonBox()
        buttons.addButton(self.agree_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.decline_button, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        self.agree_button.clicked.connect(self._agree)
        self.key_field.textChanged.connect(self._refresh)
        key_label = QLabel("Key")
        key_label.setProperty("role", "muted")
        key_label.setBuddy(self.key_field)
        grid.addWidget(key_label, len(facts), 0)
        grid.addWidget(self.key_field, len(facts), 1)
        grid.addWidget(self.session_box, len(facts) + 1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.setSpacing(12)
        layout.addWidget(title)
        layout.addLayout(grid)
        layout.addWidget(self.bar)
        layout.addWidget(buttons)
        self._refresh()
        self.key_field.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the height that the wrapped words need."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.setFixedHeight(layout.heightForWidth(self.width()))

    def set_busy(self, busy: bool) -> None:
        """While the keyring is asked."""
        self.agree_button.setEnabled(not busy)
        self.agree_button.setText("Trying the key …" if busy else "Switch cloud drafts on")

    def show_no_keyring(self, title: str, message: str) -> None:
        """The keyring refused: say why, and offer to keep the key in memory."""
        self.session_box.setChecked(True)
        self.bar.show_message(title, f"{message} Switched on now, the key is kept for this session only.", "warn")
        self._fit()

    def show_trouble(self, error: StrongroomError) -> None:
        """Something else went wrong; nothing is switched on."""
        self.bar.show_error(error)
        self._fit()

    def _agree(self) -> None:
        self.agreed.emit(self.key_field.text().strip(), self.session_box.isChecked())

    def _refresh(self) -> None:
        self.agree_button.setEnabled(self._has_key or bool(self.key_field.text().strip()))
