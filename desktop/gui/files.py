"""Everything that reads or writes a file the person chose; always in a job, always said."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from desktop.gui.answer_pane import AnswerPane
from desktop.gui.backend import Backend
from desktop.gui.document_pane import DocumentPane
from desktop.gui.job import Job, JobRunner
from desktop.gui.message_bar import MessageBar
from desktop.gui.wording import count
from models.errors import StorageError, StrongroomError

FILTER = "Documents (*.txt *.md *.pdf *.docx);;All files (*)"


class FileController(QObject):
    """Open, save and export. ``model_chosen`` says that a model folder was put into the settings."""

    model_chosen = Signal()

    def __init__(
        self, backend: Backend, runner: JobRunner, document: DocumentPane, answer: AnswerPane, bar: MessageBar
    ) -> None:
        super().__init__(document)
        self._backend = backend
        self._runner = runner
        self._document = document
        self._answer = answer
        self._bar = bar
        self._reading: Job | None = None

    def choose(self) -> None:
        """Ask for a file and open it."""
        name, _ = QFileDialog.getOpenFileName(self._document.window(), "Open a document", "", FILTER)
        if name:
            self.read(Path(name))

    def read_dropped(self, paths: list[Path]) -> None:
        """Read the first of several files, and say so."""
        self.read(paths[0], more=len(paths) - 1)

    def read(self, path: Path, password: str | None = None, more: int = 0) -> None:
        """Read a file into the document; the document stays as it is if that fails.

        A newer call takes the place of one that still reads. ``more`` files were given, and are not opened.
        """
        self._document.counts.setText("Reading the file …")
        if self._reading is not None:
            self._reading.stop()

        def work(cancel: threading.Event) -> Iterator[object]:
            from models.documents import read_document

            yield read_document(path, password, cancel=cancel)

        def show(document: object) -> None:
            from models.documents import Document

            assert isinstance(document, Document)
            if job is not self._reading:
                return
            self._bar.hide()
            self._document.set_text(document.text, document.pages)
            if document.notice:
                self._bar.show_message("Opened, but not all of it could be read", document.notice, "warn")
            elif more:
                self._bar.show_message(
                    "The first file was opened",
                    f"One document at a time fits the window; {count(more, 'other file')} "
                    f"{'was' if more == 1 else 'were'} not opened.",
                )

        def fail(error: StrongroomError) -> None:
            from models.documents import PasswordError

            if job is not self._reading:
                return
            self._document.refresh_counts()
            if isinstance(error, PasswordError):
                self._bar.ask_password(
                    error.title, f"{error.message} Nothing is sent.", lambda given: self.read(path, given)
                )
            else:
                self._bar.show_error(error)

        job = self._runner.start(work, show, fail)
        self._reading = job

    def save_answer(self) -> None:
        """Ask where, and write the answer there."""
        name, _ = QFileDialog.getSaveFileName(
            self._document.window(), "Save the answer", "answer.md", "Text (*.md *.txt);;All files (*)"
        )
        if name:
            self.write_answer(Path(name))

    def write_answer(self, path: Path) -> None:
        """Write the answer to ``path``."""
        text = self._answer.answer_text

        def work(_cancel: threading.Event) -> Iterator[None]:
            try:
                path.write_text(text + "\n", encoding="utf-8")
            except OSError as error:
                raise StorageError(
                    "The answer was not saved",
                    "The file could not be written: the disk is full, read-only or not yours to write. The answer is "
                    "still in the window. Choose another folder.",
                ) from error
            yield None

        self._run(work, lambda _none: self._bar.show_message("Saved", "The answer is in the file you chose.", "ok"))

    def export_ledger(self) -> None:
        """Ask where, and write the ledger's figures there."""
        name, _ = QFileDialog.getSaveFileName(
            self._document.window(), "Export the figures", "strongroom-runs.csv", "CSV (*.csv)"
        )
        if not name:
            return

        def work(_cancel: threading.Event) -> Iterator[int]:
            yield self._backend.ledger.export_csv(Path(name))

        def show(number: object) -> None:
            assert isinstance(number, int)
            self._bar.show_message(
                "Exported", f"{count(number, 'run')} written. The file holds figures, no text.", "ok"
            )

        self._run(work, show)

    def choose_model(self) -> None:
        """Ask for a folder with the model and use it where it lies."""
        name = QFileDialog.getExistingDirectory(self._document.window(), "Folder with genai_config.json")
        if name:
            self.use_model(Path(name))

    def use_model(self, folder: Path) -> None:
        """Use a model folder in place."""

        def work(_cancel: threading.Event) -> Iterator[None]:
            self._backend.check_model_folder(folder)
            self._backend.settings.update(model_folder=str(folder))
            yield None

        def show(_none: object) -> None:
            self.model_chosen.emit()
            self._bar.show_message(
                "Phi-4 Mini is ready", "It is used where it lies. The first run loads it, which takes a while.", "ok"
            )

        self._run(work, show)

    def _run(self, work: Callable[[threading.Event], Iterator[object]], show: Callable[[object], None]) -> None:
        def fail(error: StrongroomError) -> None:
            self._document.refresh_counts()
            self._bar.show_error(error)

        self._runner.start(work, show, fail)
