"""Reads documents in, asks over them, and forgets them when the dialog closes."""

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.ask_store import AskStore
from desktop.asking import Found, Unread, Written, ask, files_of, read_in
from desktop.gui.ask_dialog import AskDialog
from desktop.gui.backend import Backend
from desktop.gui.job import Job, JobRunner
from models.ask.index import AskIndex
from models.documents.reader import ACCEPTED_SUFFIXES
from models.engines.base import Progress
from models.engines.starter.embedding import Cancelled, Embedder
from models.errors import CredentialError, StrongroomError

DOCUMENT = "The open document"


class AskController(QObject):
    """One job at a time; the index is touched by that job only. ``text`` gives the document in the window."""

    def __init__(self, backend: Backend, runner: JobRunner, text: Callable[[], str], window: QWidget) -> None:
        super().__init__(window)
        self._backend = backend
        self._runner = runner
        self._text = text
        self._window = window
        self._job: Job | None = None
        self._embedder = Embedder(backend.resources / "onnx")
        self._index = AskIndex(self._embedder)
        self._unread: list[Unread] = []
        self._store = backend.ask_store
        self._saving = False
        self.dialog: AskDialog | None = None

    def open(self) -> AskDialog:
        """Show the dialog, next to the window."""
        if self.dialog is None:
            dialog = AskDialog(self._window)
            dialog.files_wanted.connect(self._choose_files)
            dialog.folder_wanted.connect(self._choose_folder)
            dialog.document_wanted.connect(self.add_document)
            dialog.paths_dropped.connect(self.add)
            dialog.asked.connect(self.ask)
            dialog.stop_wanted.connect(self._stop)
            dialog.keep_changed.connect(self._keep)
            dialog.keep_box.setVisible(self._store is not None)
            dialog.finished.connect(lambda _result: self._forget())
            self.dialog = dialog
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.field.setFocus()
        if self._store is not None and self._store.in_use and not self._index.size:
            self.dialog.set_keep(True)
            self._load(self._store)
        return self.dialog

    def add(self, paths: Sequence[Path]) -> None:
        """Read files and folders in."""
        index = self._index

        def work(cancel: threading.Event) -> Iterator[object]:
            files = [file for path in paths for file in files_of(path)]
            yield from read_in(index, files, cancel)

        self._start(work, save=True)

    def add_document(self) -> None:
        """Read in what is open in the window."""
        text, index = self._text(), self._index

        def work(cancel: threading.Event) -> Iterator[object]:
            try:
                for done, total in index.add(DOCUMENT, text, cancel):
                    yield Progress("read", "Reading the open document", done, total)
            except Cancelled:
                return

        if text.strip():
            self._start(work, save=True)
        elif self.dialog is not None:
            self.dialog.bar.show_message("No document is open", "Open or paste one in the window first.", "note")

    def ask(self, question: str) -> None:
        """Find passages, and let Phi-4 Mini answer from them where it is installed."""
        backend, index = self._backend, self._index

        def work(cancel: threading.Event) -> Iterator[object]:
            yield from ask(index, question, backend.assistant, backend.phi_ready, cancel)

        self._start(work)

    def _keep(self, keep: bool) -> None:
        """Keep what was read in from now on, or forget what was kept."""
        store = self._store
        if store is None:
            return

        def work(_cancel: threading.Event) -> Iterator[object]:
            if not keep:
                store.delete()
            yield True

        self._start(work, save=keep)

    def _load(self, store: AskStore) -> None:
        index = self._index

        def work(cancel: threading.Event) -> Iterator[object]:
            for done, total in store.load(index, cancel):
                yield Progress("read", "Opening what was kept", done, total)

        self._start(work)

    def _save(self) -> None:
        """Write what is read in, if the person asked for it."""
        store, index = self._store, self._index
        if store is None or self.dialog is None or not self.dialog.keep_box.isChecked():
            return

        def work(_cancel: threading.Event) -> Iterator[object]:
            store.save(index)
            yield True

        self._start(work)

    def _start(self, work: Callable[[threading.Event], Iterator[object]], *, save: bool = False) -> None:
        """``save``: keep what is read in afterwards, where the person asked for it."""
        if self._job is not None or self.dialog is None:
            return
        self._saving = save
        self._unread = []
        self.dialog.bar.hide()
        self.dialog.set_busy("Working …")
        self._job = self._runner.start(work, self._take, self._fail, self._finish)

    def _take(self, event: object) -> None:
        dialog = self.dialog
        assert dialog is not None
        if isinstance(event, Progress):
            dialog.set_busy(event.message, event.done, event.total)
        elif isinstance(event, Unread):
            self._unread.append(event)
        elif isinstance(event, Found):
            dialog.show_hits(event.hits)
        elif isinstance(event, Written):
            dialog.show_answer(event.text, event.cited, doubtful=event.doubtful)

    def _fail(self, error: StrongroomError) -> None:
        assert self.dialog is not None
        self._saving = False
        if isinstance(error, CredentialError) and not (self._store is not None and self._store.in_use):
            self.dialog.set_keep(False)
        self.dialog.bar.show_error(error)

    def _finish(self) -> None:
        self._job = None
        dialog = self.dialog
        assert dialog is not None
        dialog.set_busy("")
        dialog.show_documents(len(self._index.documents), self._index.size)
        if self._unread:
            names = "\n".join(f"{one.name}: {one.reason}" for one in self._unread[:5])
            more = f"\nand {len(self._unread) - 5} more" if len(self._unread) > 5 else ""
            dialog.bar.show_message("Some files were not read", names + more, "warn")
        if not dialog.isVisible():
            self._forget()
        elif self._saving:
            self._save()

    def _forget(self) -> None:
        """Nothing stays of what was read in."""
        if self._job is not None:
            self._job.stop()
            return
        self._embedder.close()
        self._index = AskIndex(self._embedder)
        if self.dialog is not None:
            self.dialog.show_hits(())
            self.dialog.note.hide()
            self.dialog.show_documents(0, 0)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stop()

    def _choose_files(self) -> None:
        kinds = " ".join(f"*{suffix}" for suffix in ACCEPTED_SUFFIXES)
        names, _ = QFileDialog.getOpenFileNames(self.dialog, "Add files", "", f"Documents ({kinds})")
        if names:
            self.add([Path(name) for name in names])

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self.dialog, "Add a folder")
        if name:
            self.add([Path(name)])
