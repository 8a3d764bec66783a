"""Takes what the person says of an answer, teaches the program, and shows what was kept."""

import threading
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.events import RunRequest
from desktop.gui.feedback_bar import FeedbackBar
from desktop.gui.job import JobRunner
from desktop.gui.kept_dialog import KeptDialog
from desktop.gui.message_bar import MessageBar
from desktop.kept_examples import Keep, Kept, Verdicts
from desktop.learning import Correction, Learning, Lesson
from desktop.ledger import RunRecord
from models.errors import CredentialError, StrongroomError
from models.skills.answer import Answer, LabelAnswer


class LearningController(QObject):
    """Does nothing where there is nothing to learn with. Everything slow runs in a job.

    ``judged`` carries the ``Judgements`` so far, or None where they cannot be read.
    """

    judged = Signal(object)

    def __init__(
        self, learning: Learning | None, runner: JobRunner, feedback: FeedbackBar, bar: MessageBar, window: QWidget
    ) -> None:
        super().__init__(window)
        self._learning = learning
        self._runner = runner
        self._feedback = feedback
        self._bar = bar
        self._window = window
        self._request: RunRequest | None = None
        self._said: tuple[str, ...] = ()
        self._engine = ""
        self.dialog: KeptDialog | None = None
        feedback.judged.connect(self._judged)
        feedback.examples_wanted.connect(self.open)

    def answered(self, request: RunRequest, answer: Answer) -> None:
        """An answer came; it is asked about when the run is over."""
        self._request = None
        if isinstance(answer, LabelAnswer) and self._learning is not None:
            self._request, self._said = request, answer.labels

    def recorded(self, record: RunRecord) -> None:
        """The run is over: ask about its answer."""
        if self._request is not None and record.task == self._request.task.id and record.outcome == "done":
            self._engine = record.engine
            self._feedback.ask(self._request.task.label_names, self._said)

    def read_judged(self) -> None:
        """Read how often answers were right, and tell."""
        learning = self._learning
        if learning is None:
            return

        def work(_cancel: threading.Event) -> Iterator[object]:
            yield learning.kept.judgements()

        self._runner.start(work, self.judged.emit, lambda _error: self.judged.emit(None))

    def open(self) -> None:
        """Show what is kept, next to the window."""
        if self._learning is None:
            return
        if self.dialog is None:
            self.dialog = KeptDialog(self._window)
            self.dialog.delete_wanted.connect(self._delete)
        self.dialog.show()
        self.dialog.raise_()
        self._list()

    def _judged(self, label: str, keep: Keep) -> None:
        learning, request = self._learning, self._request
        if learning is None or request is None:
            return
        correction = Correction(request.task, request.text, self._said, label, self._engine, keep)

        def work(_cancel: threading.Event) -> Iterator[object]:
            yield learning.take(correction)

        self._request = None
        self._feedback.done("Learning …")
        self._runner.start(work, self._learnt, self._failed, self.read_judged)

    def _learnt(self, event: object) -> None:
        if not isinstance(event, Lesson):
            return
        self._feedback.done("Thank you." if event.number is None else "Learnt. Run it again to see.")
        number = event.number
        if number is not None:
            ways = [("Undo", "Delete the example again.", lambda: self._delete([number]))]
            self._bar.show_message("Learnt from your correction", event.sentence, "note", ways)

    def _failed(self, error: StrongroomError) -> None:
        self._feedback.done("Counted, but nothing was kept.")
        self._bar.show_error(error)

    def _list(self) -> None:
        learning = self._learning
        if learning is None or self.dialog is None:
            return

        def work(_cancel: threading.Event) -> Iterator[object]:
            kept = learning.kept
            try:
                yield kept.listed(), kept.verdicts(), kept.verdicts(days=30)
            except CredentialError as error:
                yield kept.count(), error

        self._runner.start(work, self._show, self._list_failed)

    def _show(self, event: object) -> None:
        assert self.dialog is not None
        match event:
            case (tuple() as kept, Verdicts() as ever, Verdicts() as recent):
                self.dialog.show_kept([one for one in kept if isinstance(one, Kept)], ever, recent)
            case (int() as number, StrongroomError() as error):
                self.dialog.show_locked(number)
                self.dialog.bar.show_error(error)

    def _list_failed(self, error: StrongroomError) -> None:
        if self.dialog is not None:
            self.dialog.bar.show_error(error)

    def _delete(self, numbers: Sequence[int] | None) -> None:
        learning = self._learning
        if learning is None:
            return

        def work(_cancel: threading.Event) -> Iterator[object]:
            for number in [None] if numbers is None else numbers:
                learning.kept.delete(number)
            yield True

        self._bar.hide()
        self._runner.start(work, lambda _event: None, self._bar.show_error, self._list)
