"""Everything the window does with models: fetch, import, verify, prepare, move, remove. One at a time, in a job."""

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.gui.backend import Backend
from desktop.gui.first_run import FirstRunBanner
from desktop.gui.job import Job, JobRunner
from desktop.gui.message_bar import MessageBar
from desktop.gui.model_preparing import ModelPreparing, Told
from desktop.gui.models_dialog import ModelsDialog
from desktop.gui.models_words import verified_words
from desktop.gui.settings_dialog import SettingsDialog
from desktop.gui.transfer_panel import Transfer, Work
from desktop.gui.wording import size
from desktop.model_store import Verification
from models.errors import StrongroomError
from models.store.events import Installed, Step
from models.store.fetch import Fetcher
from models.store.installed import InstalledModel, installed_models
from models.store.manifest import ManifestModel

ARCHIVES = "Archives of a model (*.zip *.tar *.tar.gz *.tgz);;All files (*)"

_SHOWN = ("download", "import")
"""Works that the banner shows to their end; of the others it shows nothing."""


class ModelsController(QObject):
    """``changed`` says that other models are here than before; ``progressed`` carries a ``Transfer``."""

    changed = Signal()
    progressed = Signal(object)

    def __init__(
        self,
        backend: Backend,
        runner: JobRunner,
        banner: FirstRunBanner,
        bar: MessageBar,
        busy: Callable[[], bool],
        window: QWidget,
    ) -> None:
        """``busy`` says whether a task runs, which uses the model's files."""
        super().__init__(window)
        self._backend = backend
        self._runner = runner
        self._banner = banner
        self._bar = bar
        self._busy = busy
        self._window = window
        self._job: Job | None = None
        self._held = Transfer()
        self._ending: Work | None = None
        self._fetching: ManifestModel | None = None
        self._fetcher: Fetcher | None = None
        self.preparing = ModelPreparing(self, runner, backend.release_engines, busy)
        self.transfer = Transfer()
        self.dialog: ModelsDialog | None = None
        banner.download_requested.connect(self.download)
        banner.folder_requested.connect(self.choose_folder)
        banner.archive_requested.connect(self.choose_archive)
        banner.place_requested.connect(self.choose_place)
        banner.panel.pause_requested.connect(self.pause)
        banner.panel.resume_requested.connect(self.resume)
        banner.panel.cancel_requested.connect(self.cancel)
        self.progressed.connect(banner.show_transfer)
        self.offer()

    @property
    def message_bar(self) -> MessageBar:
        """Where to ask and to say things: on the page while it is shown, else in the window."""
        return self.dialog.bar if self.dialog is not None and self.dialog.isVisible() else self._bar

    @property
    def running(self) -> bool:
        """Whether something is going on."""
        return self._job is not None

    def offer(self) -> None:
        """Put the offer into the banner, as the list and the settings are now."""
        try:
            model = self._backend.models.entry()
        except StrongroomError as error:
            self._bar.show_error(error)
            return
        begun = self._backend.models.begun_bytes(model)
        self._banner.offer(model, begun, offline=self._backend.models.offline)

    def open(self) -> ModelsDialog:
        """Show the models, next to the window."""
        if self.dialog is None:
            self.dialog = dialog = ModelsDialog(self._window)
            dialog.download_requested.connect(self.download)
            dialog.folder_requested.connect(self.choose_folder)
            dialog.archive_requested.connect(self.choose_archive)
            dialog.in_place_requested.connect(self._banner.in_place_requested)
            dialog.place_requested.connect(self.choose_place)
            dialog.verify_requested.connect(self.verify)
            dialog.prepare_requested.connect(self.preparing.ask)
            dialog.undo_requested.connect(self.preparing.undo)
            dialog.remove_requested.connect(self.ask_to_remove)
            dialog.open_requested.connect(self.open_folder)
            dialog.panel.pause_requested.connect(self.pause)
            dialog.panel.resume_requested.connect(self.resume)
            dialog.panel.cancel_requested.connect(self.cancel)
            self.progressed.connect(dialog.show_transfer)
        self.refresh()
        self.dialog.show_transfer(self.transfer)
        self.dialog.show()
        self.dialog.raise_()
        return self.dialog

    def refresh(self) -> None:
        """Read the models anew, off the GUI thread, into the dialog."""
        dialog, models = self.dialog, self._backend.models
        if dialog is None:
            return
        in_place = self._backend.settings.current.model_folder

        def work(_cancel: threading.Event) -> Iterator[object]:
            from models.engines.prepared import look

            here, there = models.installed(), installed_models(Path(in_place)) if in_place else ()
            yield here, models.manifest(), there, {model.folder: look(model.folder) for model in (*here, *there)}

        def show(found: object) -> None:
            assert isinstance(found, tuple)
            here, listed, there, prepared = found
            dialog.show_models(here, listed, models.folder, there, offline=models.offline, prepared=prepared)

        self._runner.start(work, show, dialog.bar.show_error)

    def download(self, model: ManifestModel | None = None) -> None:
        """Fetch ``model``, or the one that the banner offers, going on where it stopped."""
        if self._job is not None:
            return

        try:
            wanted = model or self._backend.models.entry()
        except StrongroomError as error:
            self._tell(Transfer("download", "failed", title=error.title, message=error.message))
            return
        if self._fetching != wanted or self.transfer.phase != "paused":
            self._fetcher = None
        self._fetching = wanted

        def work(cancel: threading.Event) -> Iterator[object]:
            if self._fetcher is None:  # a paused one knows what it has hashed; a new one takes the settings of now
                self._fetcher = self._backend.models.fetcher(wanted)
            yield from self._fetcher.fetch(cancel)

        self.start("download", wanted.name, work)

    def take(self, source: Path) -> None:
        """Import a model from a folder or an archive."""
        self.start("import", "", lambda cancel: self._backend.models.take(source, cancel))

    def verify(self, model: InstalledModel) -> None:
        """Work out the digests of an installed model, and of what was prepared of it, anew."""
        release = self._backend.release_engines
        self.start("verify", model.name, lambda cancel: self._backend.models.verify(model, cancel, release))

    def move(self, target: Path) -> None:
        """Move every model to another folder, or only point to it where there is none yet."""
        if self.refuse_while_busy():
            return

        def work(cancel: threading.Event) -> Iterator[object]:
            self._backend.release_engines()
            yield from self._backend.models.move(target, cancel)

        self.start("move", "", work)

    def ask_to_remove(self, model: InstalledModel) -> None:
        """Ask in the dialog, not over it; only its button deletes."""
        self.message_bar.show_message(
            f"Delete {model.name} from this machine?",
            f"This frees {size(model.size_bytes)}. Your documents are not affected; to use it again it has to be "
            "fetched or imported anew.",
            "warn",
            [("Delete it", "Unload the model, then delete its files.", lambda: self.remove(model))],
        )

    def remove(self, model: InstalledModel) -> None:
        """Unload and delete a model."""
        if self.refuse_while_busy():
            return

        def work(_cancel: threading.Event) -> Iterator[object]:
            self._backend.release_engines()
            self._backend.models.remove(model)
            yield from ()

        self.start("remove", model.name, work)

    def pause(self) -> None:
        """Stop a download for now."""
        if self._job is not None and self.transfer.work == "download":
            self._job.stop()

    def resume(self) -> None:
        """Go on with a paused download."""
        self.download(self._fetching)

    def cancel(self) -> None:
        """Stop, and delete what was fetched."""
        if self._job is not None:
            self._ending = self.transfer.work
            self._job.stop()
        elif self.transfer.phase == "paused":
            self._discard()

    def set_proxy(self, address: str, settings: SettingsDialog) -> None:
        """Use a proxy that asks for a password, which goes into the keyring, off the GUI thread."""

        def work(_cancel: threading.Event) -> Iterator[object]:
            yield self._backend.models.set_proxy(address)

        def show(kept: object) -> None:
            settings.refresh()
            where = (
                "They are in the keyring" if kept else "There is no keyring, so they hold until you close Strongroom"
            )
            settings.bar.show_message(
                "The proxy is set", f"Its name and password are not in the settings. {where}.", "ok" if kept else "warn"
            )

        self._runner.start(work, show, settings.bar.show_error)

    def choose_folder(self) -> None:
        """Ask for a folder to import."""
        name = QFileDialog.getExistingDirectory(self._parent, "Folder of a model, or of a kit")
        if name:
            self.take(Path(name))

    def choose_archive(self) -> None:
        """Ask for an archive to import."""
        name, _ = QFileDialog.getOpenFileName(self._parent, "Archive of a model", "", ARCHIVES)
        if name:
            self.take(Path(name))

    def choose_place(self) -> None:
        """Ask where models are to live."""
        name = QFileDialog.getExistingDirectory(self._parent, "Folder for models")
        if name:
            self.move(Path(name))

    def open_folder(self, model: InstalledModel) -> None:
        """Show a model's folder in the system's file manager."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(model.folder)))

    @property
    def _parent(self) -> QWidget:
        return self.dialog if self.dialog is not None and self.dialog.isVisible() else self._window

    def start(self, kind: Work, name: str, work: Callable[[threading.Event], Iterable[object]]) -> None:
        """Start a long work, unless one is under way."""
        if self._job is not None:
            return
        self._ending = None
        # A paused download stays on show behind the other works.
        self._held = self.transfer if self.transfer.phase == "paused" else Transfer()
        if self.dialog is not None:
            self.dialog.bar.hide()
        self._tell(Transfer(kind, "running", name, self.transfer.step if kind == "download" else None))

        def take(event: object) -> None:
            if isinstance(event, Step):
                self._tell(replace(self.transfer, step=event))
            elif isinstance(event, Installed):
                self._tell(replace(self.transfer, name=event.name))
                ended.append("done")
            elif isinstance(event, Verification):
                self.message_bar.show_message(*verified_words(event))
            elif isinstance(event, Told):
                self.message_bar.show_message(event.title, event.message, event.state)

        def fail(error: StrongroomError) -> None:
            ended.append("failed")
            failed = replace(self.transfer, phase="failed", title=error.title, message=error.message)
            if kind not in _SHOWN or not self._banner.isVisible():
                self.message_bar.show_error(error)
            self._tell(failed if kind in _SHOWN else self._held)

        def end() -> None:
            self._job = None
            self._end(kind, ended[-1] if ended else "stopped")

        ended: list[str] = []
        self._job = self._runner.start(work, take, fail, end)

    def _end(self, kind: Work, how: str) -> None:
        if how == "failed":
            self.offer()
            self.refresh()
            return
        if kind == "download" and how == "stopped":
            if self._ending is not None:
                self._discard()
            else:
                self._tell(replace(self.transfer, phase="paused"))
            return
        ready = kind in _SHOWN and how == "done"
        self._tell(replace(self.transfer, phase="done") if ready else Transfer() if kind in _SHOWN else self._held)
        if ready:
            self._banner.show()
        self.offer()
        self.refresh()
        self.changed.emit()

    def _discard(self) -> None:
        """Delete what was fetched of the model whose download was cancelled."""
        model = self._fetching

        def work(_cancel: threading.Event) -> Iterator[object]:
            if model is not None:
                self._backend.models.discard(model)
            yield from ()

        self._tell(Transfer())
        self._runner.start(work, lambda _event: None, self._bar.show_error, self.offer)

    def refuse_while_busy(self) -> bool:
        """Say that a task runs, if one does; whether it does."""
        if self._busy():
            self.message_bar.show_message(
                "A task is running", "It may be using the model. Stop it first, or wait for it.", "warn"
            )
            return True
        return False

    def _tell(self, transfer: Transfer) -> None:
        self.transfer = transfer
        self.progressed.emit(transfer)
