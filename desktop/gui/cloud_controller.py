"""Switching cloud drafts on and off: consent first, key to the keyring, nothing on without both."""

import threading
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.cloud_account import ModelNotice
from desktop.gui.backend import Backend
from desktop.gui.consent_dialog import ConsentDialog
from desktop.gui.job import JobRunner
from desktop.gui.key_box import KeyState, key_state, store_key
from desktop.gui.message_bar import Action, MessageBar
from models.errors import CredentialError, StrongroomError

WITHDRAWN = "Cloud drafts are off"


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
        """Off at once, which withdraws the consent; on only through the consent dialog."""
        host = self._backend.cloud_host
        if not on:
            self._withdraw(host)
            return
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
            if self._backend.settings.current.agreed_to(host) and state.shown:
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
            host,
            settings.cloud_model,
            self._backend.draft_cost_usd(),
            settings.cloud_budget_usd,
            has_key=bool(state.shown),
            parent=self._window,
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
        note = ""

        def work(_cancel: threading.Event) -> Iterator[str]:
            said = ""
            if key:
                said = self._backend.check_key(key)
                store_key(self._backend.credentials, host, key, session_only=session_only)
            yield said

        def done(event: object) -> None:
            nonlocal stored, note
            stored, note = True, str(event)

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
                self._update(cloud_enabled=True, cloud_consent=True, cloud_consent_host=host)
                dialog.accept()
                if note:
                    self._bar.show_message("Cloud drafts are on", note, "warn")
                else:
                    self.look_at_model()

        self._runner.start(work, done, fail, finish)

    def _withdraw(self, host: str) -> None:
        """One switch takes the consent back; the key stays until the person says that it should be forgotten too."""
        self._update(cloud_enabled=False, cloud_consent=False, cloud_consent_host="")
        actions: list[Action] = []
        kept = ""
        if host:
            kept = f" A key for {host}, if you stored one, is still kept."
            actions = [("Forget the key", f"Delete the key for {host} from the keyring.", lambda: self._forget(host))]
        self._bar.show_message(
            WITHDRAWN, f"Your consent is withdrawn; no document leaves this device.{kept}", "note", actions
        )

    def _forget(self, host: str) -> None:
        def work(_cancel: threading.Event) -> Iterator[str]:
            self._backend.credentials.delete(host)
            yield host

        def done(_event: object) -> None:
            self._bar.show_message("The key is forgotten", f"No key for {host} is kept on this device any more.", "ok")
            self.changed.emit()

        self._runner.start(work, done, self._bar.show_error)

    def host_changed(self) -> None:
        """Consent is given to one provider: for another one, cloud drafts are off until the person agrees again."""
        current, host = self._backend.settings.current, self._backend.cloud_host
        if current.cloud_enabled and not current.agreed_to(host):
            self._update(cloud_enabled=False)
            self._bar.show_message(
                WITHDRAWN, f"You have not agreed to drafts by {host} yet. Switch them on to read what is sent there."
            )

    def look_at_model(self) -> None:
        """Say quietly that the model in use ends, or has ended, with a switch to its successor."""
        if not self._backend.settings.current.cloud_enabled:
            return
        self._tell(self._backend.model_notice())

        def work(_cancel: threading.Event) -> Iterator[ModelNotice | None]:
            if self._backend.refresh_models():
                yield self._backend.model_notice()

        def show(notice: object) -> None:
            if isinstance(notice, ModelNotice):
                self._tell(notice)

        self._runner.start(work, show, self._bar.show_error)

    def _tell(self, notice: ModelNotice | None) -> None:
        if notice is None:
            return
        actions = [self.switch_model(notice.successor)] if notice.successor else []
        self._bar.show_message("About the cloud model", notice.sentence, "note", actions)

    def switch_model(self, model: str, then: Callable[[], None] | None = None) -> Action:
        """A button that lets cloud drafts be written by ``model`` from now on."""

        def act() -> None:
            self._update(cloud_model=model)
            if then is not None:
                then()

        return (f"Switch to {model}", f"Let {model} write cloud drafts from now on. You can change it back.", act)

    def _update(self, **changes: bool | str) -> None:
        try:
            self._backend.settings.update(**changes)
        except StrongroomError as error:
            self._bar.show_error(error)
        self.changed.emit()
