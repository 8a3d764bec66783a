"""Switching cloud drafts on and off: consent first, key to the keyring, nothing on without both."""

import threading
from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.gui.backend import Backend
from desktop.gui.consent_dialog import ConsentDialog
from desktop.gui.job import JobRunner
from desktop.gui.key_box import KeyState, key_state, store_key
from desktop.gui.message_bar import MessageBar
from models.errors import CredentialError, StrongroomError


class CloudController(QObject):
    """``changed`` says that the switch has another position, or was put back."""

    changed = Signal()

    def __init__(self, backend: Backend, runner: JobRunner, bar: MessageBar, window: QWidget) -> None:
        super().__init__(window)
        self._backend = backend
        self._runner = runner
        self._bar = bar
        self._window = window
        self.dialog: ConsentDialog | None = None

    def switch(self, on: bool) -> None:
        """Off at once; on only through the consent dialog, unless the person agreed before and a key is there."""
        if not on:
            self._update(cloud_enabled=False)
            return
        host = self._backend.cloud_host
        if not host:
            self.changed.emit()
            self._bar.show_message(
                "The cloud address is not usable",
                "Nothing was switched on. Correct the address in the settings.",
                "error",
            )
            return
        self._bar.hide()

        def work(_cancel: threading.Event) -> Iterator[KeyState]:
            yield key_state(self._backend.credentials, host)

        def go_on(state: object) -> None:
            assert isinstance(state, KeyState)
            if self._backend.settings.current.cloud_consent and state.shown:
                self._update(cloud_enabled=True)
            else:
                self.ask(state)

        self._runner.start(work, go_on, self._bar.show_error)
        self.changed.emit()

    def ask(self, state: KeyState) -> ConsentDialog:
        """Open the consent dialog."""
        settings = self._backend.settings.current
        host = self._backend.cloud_host
        dialog = ConsentDialog(
            host, settings.cloud_model, self._backend.draft_cost_usd(), has_key=bool(state.shown), parent=self._window
        )
        if not state.keyring:
            dialog.show_no_keyring("No keyring to keep the key in", state.sentence)
        dialog.agreed.connect(lambda key, session_only: self._agree(dialog, host, key, session_only=session_only))
        dialog.finished.connect(self._closed)
        self.dialog = dialog
        dialog.open()
        return dialog

    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None
        self.changed.emit()

    def _agree(self, dialog: ConsentDialog, host: str, key: str, *, session_only: bool) -> None:
        """Store the key off the GUI thread; only then is the switch on."""
        dialog.set_busy(True)
        stored = False

        def work(_cancel: threading.Event) -> Iterator[bool]:
            if key:
                store_key(self._backend.credentials, host, key, session_only=session_only)
            yield True

        def done(_event: object) -> None:
            nonlocal stored
            stored = True

        def fail(error: StrongroomError) -> None:
            if isinstance(error, CredentialError):
                dialog.show_no_keyring(error.title, error.message)
            else:
                dialog.show_trouble(error)

        def finish() -> None:
            if self.dialog is not dialog:
                return  # closed meanwhile: the switch stays off
            dialog.set_busy(False)
            if stored:
                self._update(cloud_enabled=True, cloud_consent=True)
                dialog.accept()

        self._runner.start(work, done, fail, finish)

    def _update(self, **changes: bool) -> None:
        try:
            self._backend.settings.update(**changes)
        except StrongroomError as error:
            self._bar.show_error(error)
        self.changed.emit()
