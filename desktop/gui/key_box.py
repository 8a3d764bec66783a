"""The key of the cloud drafts in the settings: where it is kept, its last four characters, replace and delete."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from desktop.credentials import Credentials, last_four
from desktop.gui.job import JobRunner
from models.errors import CredentialError, StrongroomError


@dataclass(frozen=True, slots=True)
class KeyState:
    """What can be shown of a key: its last characters ("" if there is none) and how it is kept, as a sentence."""

    shown: str
    sentence: str
    keyring: bool


def key_state(credentials: Credentials, host: str) -> KeyState:
    """Ask the keyring; may wait for the person to unlock it."""
    status = credentials.status()
    try:
        key = credentials.get(host) if host else None
    except CredentialError as error:
        return KeyState("", error.message, keyring=False)
    return KeyState(last_four(key) if key else "", status.sentence, status.available)


def store_key(credentials: Credentials, host: str, key: str, *, session_only: bool) -> None:
    """Keep a key in the keyring, or in memory. Raises CredentialError."""
    if session_only:
        credentials.remember_for_session(host, key)
    else:
        credentials.set(host, key)


class KeyBox(QWidget):
    """Shows and changes the key; every keyring call runs in a job. ``changed``: there is another key, or none."""

    changed = Signal()

    def __init__(
        self,
        credentials: Credentials,
        host: Callable[[], str],
        runner: JobRunner,
        check_key: Callable[[str], str],
        parent: QWidget | None = None,
    ) -> None:
        """``check_key`` tries a key out at the host (see ``Backend.check_key``)."""
        super().__init__(parent)
        self._credentials = credentials
        self._host = host
        self._runner = runner
        self._check_key = check_key
        self._note = ""
        self.status = QLabel("Asking the keyring …")
        self.status.setWordWrap(True)
        self.status.setProperty("role", "muted")
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setPlaceholderText("New key")
        self.field.setAccessibleName("New API key")
        self.field.setToolTip("Goes to the keyring of your operating system, for the address above only.")
        self.field.textChanged.connect(self._refresh)
        self.field.returnPressed.connect(self._save)
        self.save_button = QPushButton("Save key")
        self.save_button.setToolTip(
            "Try the key out (no text is sent) and put it into the keyring of your operating system."
        )
        self.save_button.clicked.connect(self._save)
        self.delete_button = QPushButton("Delete key")
        self.delete_button.setToolTip("Remove the key from the keyring and from memory.")
        self.delete_button.clicked.connect(self._delete)
        for button in (self.save_button, self.delete_button):
            button.setAccessibleName(button.text())
            button.setAutoDefault(False)
        name = QLabel("Key")
        name.setBuddy(self.field)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.field, 1)
        line.addWidget(self.save_button)
        line.addWidget(self.delete_button)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(12)
        layout.addWidget(name, 0, 0)
        layout.addLayout(line, 0, 1)
        layout.addWidget(self.status, 1, 0, 1, 2)
        self._state = KeyState("", "", keyring=False)
        self._busy = False
        self._refresh()

    def ask(self) -> None:
        """Look the key up; the answer may take as long as the person takes to unlock the keyring."""
        self._act(lambda: None, "Asking the keyring …")

    def _save(self) -> None:
        key, host = self.field.text().strip(), self._host()
        if not key or not host:
            return
        session_only = not self._state.keyring
        self.field.clear()

        def save() -> None:
            self._note = self._check_key(key)
            store_key(self._credentials, host, key, session_only=session_only)

        self._act(save, "Trying the key …", changes=True)

    def _delete(self) -> None:
        host = self._host()
        self._act(lambda: self._credentials.delete(host), "Deleting …", changes=True)

    def _act(self, act: Callable[[], None], words: str, *, changes: bool = False) -> None:
        if self._busy:
            return
        self._busy = True
        host = self._host()
        self.status.setText(words)
        self._refresh()

        def work(_cancel: threading.Event) -> Iterator[KeyState]:
            act()
            yield key_state(self._credentials, host)

        def show(state: object) -> None:
            assert isinstance(state, KeyState)
            self._state = state
            kept = (
                f"A key that ends in {state.shown} is stored for {host}."
                if state.shown
                else f"No key for {host or 'this address'}."
            )
            session = "" if state.keyring else " A key entered here is kept for this session only."
            self.status.setText(" ".join(part for part in (kept, self._note, f"{state.sentence}{session}") if part))
            self._note = ""
            if changes:
                self.changed.emit()

        def fail(error: StrongroomError) -> None:
            self.status.setText(f"{error.title}: {error.message}")

        def finish() -> None:
            self._busy = False
            self._refresh()

        self._runner.start(work, show, fail, finish)

    def _refresh(self) -> None:
        self.save_button.setEnabled(bool(self.field.text().strip()) and not self._busy)
        self.delete_button.setEnabled(bool(self._state.shown) and not self._busy)
