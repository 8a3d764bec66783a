"""Drafts one text on this device and in the cloud at once, and keeps the score of which was better."""

import datetime
import threading
from collections.abc import Iterator
from typing import Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from desktop import comparisons
from desktop.comparisons import Better, Comparison, Score
from desktop.events import Answered, Recorded, RunRequest
from desktop.gui.backend import Backend
from desktop.gui.compare_dialog import CompareDialog, Side
from desktop.gui.job import Job, JobRunner
from desktop.gui.message_bar import MessageBar
from desktop.gui.payload_dialog import PayloadDialog
from desktop.gui.wording import score_words
from desktop.review import Review, run_with_review
from models.engines.base import Chunk
from models.errors import StrongroomError
from models.skills.answer import TextAnswer
from models.skills.skill import Task

Name = Literal["local", "cloud"]


class CompareController(QObject):
    """One comparison at a time. ``kept`` carries the task and the text of the draft that the person keeps."""

    kept = Signal(object, str, str)
    recorded = Signal(object)
    scored = Signal(object)

    def __init__(self, backend: Backend, runner: JobRunner, bar: MessageBar, window: QWidget) -> None:
        super().__init__(window)
        self._backend = backend
        self._runner = runner
        self._bar = bar
        self._window = window
        self._jobs: list[Job] = []
        self._review: PayloadDialog | None = None
        self.dialog: CompareDialog | None = None

    def open(self, request: RunRequest) -> None:
        """Begin; the cloud's draft is looked at before it leaves, if the settings say so."""
        if self.dialog is not None:
            self.dialog.raise_()
            return
        current = self._backend.settings.current
        dialog = CompareDialog(self._backend.cloud_host, current.cloud_model, self._window)
        self.dialog = dialog
        dialog.kept.connect(lambda side, better: self._keep(request.task, dialog, side, better))
        dialog.finished.connect(self._close)
        dialog.show()
        self.read_score()
        self._run("local", request, review=False)
        self._run("cloud", request, review=current.show_payload)

    def read_score(self) -> None:
        """Read the score off the GUI thread; ``scored`` carries it."""

        def work(_cancel: threading.Event) -> Iterator[Score]:
            yield comparisons.score(self._backend.ledger)

        self._runner.start(work, self._show_score, self._bar.show_error)

    def _show_score(self, score: object) -> None:
        assert isinstance(score, Score)
        if self.dialog is not None:
            self.dialog.score.setText(score_words(score))
        self.scored.emit(score)

    def _run(self, name: Name, request: RunRequest, *, review: bool) -> None:
        dialog = self.dialog
        assert dialog is not None
        side = dialog.local if name == "local" else dialog.cloud
        wish = RunRequest(
            request.task, request.text, request.note, "phi" if name == "local" else "cloud", request.dismissed
        )

        def work(cancel: threading.Event) -> Iterator[object]:
            return run_with_review(self._backend.assistant, wish, self._backend.preview, cancel, review=review)

        def fail(error: StrongroomError) -> None:
            side.trouble = f"{error.title}. {error.message}"
            dialog.refresh()

        self._jobs.append(self._runner.start(work, lambda event: self._take(dialog, side, event), fail))

    def _take(self, dialog: CompareDialog, side: Side, event: object) -> None:
        if isinstance(event, Review):
            self._ask(event)
        elif isinstance(event, Chunk):
            side.text += event.text
        elif isinstance(event, Answered) and isinstance(event.answer, TextAnswer):
            side.text = event.answer.text.replace("\r\n", "\n")
        elif isinstance(event, Recorded):
            if event.record.outcome not in ("blocked", "failed"):  # else the error that says why is on its way
                side.record = event.record
            if event.record.outcome == "cancelled":
                side.trouble = "Stopped; nothing to keep."
            self.recorded.emit(event.record)
        if self.dialog is dialog:
            dialog.refresh()

    def _ask(self, review: Review) -> None:
        if self.dialog is None:
            review.refuse()
            return
        question = PayloadDialog(review.payload, redacted=False, parent=self.dialog)
        self._review = question

        def decide(result: int) -> None:
            self._review = None
            if result == QDialog.DialogCode.Accepted:
                review.allow()
            else:
                review.refuse()
            question.deleteLater()

        question.finished.connect(decide)
        question.open()

    def _keep(self, task: Task, dialog: CompareDialog, name: str, better: Better | Literal[""]) -> None:
        side = dialog.local if name == "local" else dialog.cloud
        self.kept.emit(task, side.text, "on this device (Phi-4 Mini)" if name == "local" else "in the cloud")
        local, cloud = dialog.local.record, dialog.cloud.record
        if not better or local is None or cloud is None:
            return
        said = Comparison(
            datetime.datetime.now().astimezone(),
            task.id,
            cloud.model,
            local.total_ms,
            cloud.total_ms,
            cloud.cost_usd,
            better,
        )

        def work(_cancel: threading.Event) -> Iterator[Score]:
            comparisons.add(self._backend.ledger, said)
            yield comparisons.score(self._backend.ledger)

        self._runner.start(work, self._show_score, self._bar.show_error)

    def _close(self) -> None:
        """Whatever is still running is stopped; nothing of the drafts stays."""
        dialog, self.dialog = self.dialog, None
        for job in self._jobs:
            if job.running:
                job.stop()
        self._jobs.clear()
        if self._review is not None:
            self._review.reject()
        if dialog is not None:
            dialog.deleteLater()
