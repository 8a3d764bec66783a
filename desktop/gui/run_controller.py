"""Runs the chosen task on the document and shows what comes of it."""

import threading
from collections.abc import Iterator

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from desktop.events import Answered, EngineChoice, Recorded, Routed, RunRequest, Scanned
from desktop.gui.answer_pane import AnswerPane
from desktop.gui.backend import Backend
from desktop.gui.cloud_controller import CloudController
from desktop.gui.document_pane import DocumentPane
from desktop.gui.job import Job, JobRunner
from desktop.gui.message_bar import Action, MessageBar
from desktop.gui.payload_dialog import PayloadDialog
from desktop.gui.receipt import ReceiptDialog, RunNotes, receipt_text
from desktop.gui.wording import where_line
from desktop.redacted import Restored, for_the_cloud, restored
from desktop.review import Payload, Review, run_with_review
from models.engines.base import Chunk, Progress
from models.engines.cloud_errors import ModelNotFound
from models.errors import EngineUnavailable, StrongroomError
from models.pii.gate import Blocked
from models.pii.redactor import Redaction
from models.skills.answer import Answer
from models.skills.skill import Task

STATUS = {
    "cut": "Cut at the length limit: the answer is not whole",
    "repeating": "Ended because it repeated itself: the answer is not whole",
    "cancelled": "Stopped",
    "failed": "Failed",
}


class RunController(QObject):
    """One run at a time. ``recorded`` carries the run's row, ``running_changed`` whether one is under way."""

    recorded = Signal(object)
    running_changed = Signal(bool)
    answered = Signal(object, object)
    """The request and the answer, once it can be read."""
    model_wanted = Signal()

    def __init__(
        self,
        backend: Backend,
        runner: JobRunner,
        document: DocumentPane,
        answer: AnswerPane,
        bar: MessageBar,
        cloud: CloudController,
    ) -> None:
        super().__init__(document)
        self._backend = backend
        self._runner = runner
        self._document = document
        self._answer = answer
        self._bar = bar
        self._cloud = cloud
        self._job: Job | None = None
        self._notes = RunNotes()
        self._receipt_host = ""
        self._redacted = False
        self._request: RunRequest | None = None
        self._dialog: PayloadDialog | None = None
        self.looked_at: PayloadDialog | None = None

    @property
    def running(self) -> bool:
        """Whether a run is under way."""
        return self._job is not None

    def run(self, task: Task, engine: EngineChoice | None = None) -> None:
        """Run ``task`` on the document as it stands, on the engine chosen in the window or on ``engine``."""
        self._start(
            RunRequest(
                task=task,
                text=self._document.text,
                note=self._answer.note,
                engine=engine or self._engine(),
                dismissed=self._document.dismissed,
            )
        )

    def look(self, task: Task) -> None:
        """Show what a cloud draft would send, or what keeps it here; nothing is sent."""
        request = RunRequest(task, self._document.text, self._answer.note, "cloud", self._document.dismissed)
        self._request, self._redacted = request, False

        def work(_cancel: threading.Event) -> Iterator[Payload]:
            yield self._backend.preview(request)

        def show(payload: object) -> None:
            assert isinstance(payload, Payload)
            dialog = PayloadDialog(payload, redacted=False, only_look=True, parent=self._document.window())
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.finished.connect(lambda _result: setattr(self, "looked_at", None))
            self.looked_at = dialog
            dialog.open()

        def fail(error: StrongroomError) -> None:
            if isinstance(error, Blocked):
                self._bar.show_message(error.title, error.message, "warn", self._ways_on())
            else:
                self._bar.show_error(error)

        self._runner.start(work, show, fail)

    def stop(self) -> None:
        """Stop the run; what was written so far stays."""
        if self._job is not None:
            self._job.stop()
            self._answer.set_progress("Stopping …")
        if self._dialog is not None:
            self._dialog.reject()

    def show_receipt(self) -> ReceiptDialog:
        """Open the receipt of the last run."""
        window: QWidget = self._document.window()
        dialog = ReceiptDialog(receipt_text(self._notes, self._receipt_host), window)
        dialog.show()
        return dialog

    def _engine(self) -> EngineChoice:
        """The choice under the answer; "Automatic" means what the settings say for this device."""
        choice = self._answer.engine
        preferred = self._backend.settings.current.engine
        drafting = not self._answer.note_field.isHidden()
        if choice == "auto" and not drafting and preferred in ("starter", "phi"):
            return "starter" if preferred == "starter" else "phi"
        return choice

    def _start(self, request: RunRequest, redaction: Redaction | None = None) -> None:
        if self._job is not None:
            return
        self._bar.hide()
        self._request = request
        self._redacted = redaction is not None
        self._notes = RunNotes(task_name=request.task.name)
        self._receipt_host = self._backend.cloud_host
        self._answer.begin(request.task)
        summary = request.task.skill == "summarize" and request.engine == "cloud"
        review = self._redacted or summary or self._backend.settings.current.show_payload

        def work(cancel: threading.Event) -> Iterator[object]:
            events = run_with_review(self._backend.assistant, request, self._backend.preview, cancel, review=review)
            return restored(events, redaction) if redaction is not None else events

        self._job = self._runner.start(work, self._take, self._fail, self._finish)
        self.running_changed.emit(True)

    def _take(self, event: object) -> None:
        if isinstance(event, Scanned):
            self._notes.scanned = event
        elif isinstance(event, Routed):
            self._notes.routed = event
            self._answer.set_progress(event.route.reason)
        elif isinstance(event, Review):
            self._ask(event)
        elif isinstance(event, Progress):
            self._answer.show_progress(event)
        elif isinstance(event, Chunk):
            self._answer.stream(event.text)
        elif isinstance(event, Answered):
            self._answer.show_answer(event.answer)
            self.answered.emit(self._request, event.answer)
            self._offer_the_cloud(event.answer)
        elif isinstance(event, Restored):
            self._answer.mark_placeholders(event.restoration.unknown)
        elif isinstance(event, Recorded):
            self._notes.recorded = event
            self.recorded.emit(event.record)

    def _offer_the_cloud(self, answer: Answer) -> None:
        """A summary that holds what the document does not may be written anew there, if the person says so."""
        current = self._backend.settings.current
        unsure = getattr(answer, "unsupported", ())
        here = self._notes.routed is not None and self._notes.routed.route.engine == "phi"
        if not (here and unsure and current.cloud_enabled and current.cloud_summaries and self._request is not None):
            return
        task = self._request.task
        if task.skill == "summarize":
            self._bar.show_message(
                "This summary is unsure",
                "It holds names, figures or dates that the document does not have; check them, or let the cloud "
                "summarize it if the text holds nothing personal.",
                "note",
                [("Summarize in the cloud", "Look at what would be sent first.", lambda: self.run(task, "cloud"))],
            )

    def _ask(self, review: Review) -> None:
        """Show the payload; the run waits in its thread meanwhile."""
        self._answer.set_progress("Waiting for your word …")
        dialog = PayloadDialog(review.payload, redacted=self._redacted, parent=self._document.window())
        self._dialog = dialog

        def decide(result: int) -> None:
            self._dialog = None
            if result == QDialog.DialogCode.Accepted:
                review.allow()
            else:
                review.refuse()
            dialog.deleteLater()

        dialog.finished.connect(decide)
        dialog.open()

    def _fail(self, error: StrongroomError) -> None:
        route = self._notes.routed.route if self._notes.routed else None
        if isinstance(error, Blocked) or (route is not None and route.blocked):
            self._bar.show_message(error.title, error.message, "warn", self._ways_on())
        elif isinstance(error, EngineUnavailable) and not self._backend.phi_ready():
            self._bar.show_error(error, [self._add_model()])
        elif route is not None and route.engine == "cloud" and self._request is not None:
            task = self._request.task
            actions = [self._run_here(task)] if self._backend.phi_ready() else [self._add_model()]
            successor, saving = self._backend.successor()
            if isinstance(error, ModelNotFound) and successor:
                cheaper = f", which costs about {saving:.0%} less" if saving else ""
                error = ModelNotFound(error.title, f"{error.message} Its replacement is {successor}{cheaper}.")
                actions.insert(0, self._cloud.switch_model(successor, lambda: self.run(task)))
            self._bar.show_error(error, actions)
        else:
            self._bar.show_error(error)

    def _run_here(self, task: Task) -> Action:
        return ("Run on this device", "Draft with Phi-4 Mini; nothing leaves.", lambda: self.run(task, "phi"))

    def _ways_on(self) -> list[Action]:
        """What a person can do with a draft that may not leave; only what works now."""
        assert self._request is not None
        task = self._request.task
        ways: list[Action] = []
        if self._backend.phi_ready():
            ways.append(self._run_here(task))
        else:
            ways.append(self._add_model())
        cloud_on = self._backend.settings.current.cloud_enabled
        if cloud_on and not self._redacted and self._document.findings and self._document.up_to_date:
            ways.append(
                (
                    "Redact, look, and send",
                    "Replace what was found by placeholders, show you the text, and send it only if you agree.",
                    lambda: self.send_redacted(task),
                )
            )
        return ways

    def _add_model(self) -> Action:
        return ("Add Phi-4 Mini…", "Drafts on this device need it; see how.", self.model_wanted.emit)

    def send_redacted(self, task: Task) -> None:
        """Run a cloud draft on the redacted document, after a look; the answer gets its values back here."""
        if not self._document.up_to_date:
            self._bar.show_message("Still looking", "Nothing was sent: the scan is not finished. Try again soon.")
            return
        redaction = self._document.redacted()
        request = RunRequest(task, "", self._answer.note, dismissed=self._document.dismissed)
        self._start(for_the_cloud(request, redaction), redaction)

    def _finish(self) -> None:
        self._job = None
        record = self._notes.recorded.record if self._notes.recorded else None
        if record is None:
            self._answer.end("")
        elif not record.engine or record.outcome == "blocked":
            status = STATUS["cancelled"] if record.outcome == "cancelled" else ""
            self._answer.end("Nothing ran · 0 bytes left this machine", status)
        else:
            at_home = record.engine == "cloud" and record.outcome in ("done", "cut") and not record.bytes_sent
            where = where_line(record.engine, record.reason, record.bytes_sent, self._receipt_host, at_home=at_home)
            self._answer.end(where, STATUS.get(record.outcome, ""))
        self.running_changed.emit(False)
