"""The right half of the work: which engine, the answer as it comes, where it ran and what left the machine."""

from collections.abc import Sequence
from typing import get_args

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.events import EngineChoice
from desktop.gui.answer_view import AnswerView
from desktop.gui.feedback_bar import FeedbackBar
from desktop.gui.theme import HEADING_HEIGHT
from desktop.gui.wording import count
from models.engines.base import Progress
from models.skills.answer import Answer, TextAnswer
from models.skills.render import to_text
from models.skills.skill import Task

CHOICES: tuple[tuple[EngineChoice, str, str], ...] = (
    ("auto", "Automatic", "The program chooses; it never chooses the cloud unless cloud drafts are on."),
    ("starter", "Starter engine", "Small and quick, built in. Runs on this device."),
    ("phi", "Phi-4 Mini", "The language model. Runs on this device."),
    ("cloud", "Cloud draft", "Drafts only, and only when the text holds nothing personal."),
)
assert {choice for choice, _, _ in CHOICES} == set(get_args(EngineChoice))


class AnswerPane(QWidget):
    """Shows one run at a time; keeps its answer until the next."""

    stop_requested = Signal()
    save_requested = Signal()
    receipt_requested = Signal()
    compare_requested = Signal()
    look_requested = Signal()
    span_chosen = Signal(int, int)
    labels_requested = Signal()
    ask_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._task: Task | None = None
        self._answer: Answer | None = None
        self._streamed: list[str] = []
        self._running = False
        self._unknown: tuple[str, ...] = ()
        self._build()
        self._refresh()

    @property
    def engine(self) -> EngineChoice:
        """The engine that the person chose."""
        return CHOICES[self.engine_box.currentIndex()][0]

    @property
    def note(self) -> str:
        """The person's wish for a draft, empty for other tasks."""
        return self.note_field.text().strip() if not self.note_field.isHidden() else ""

    @property
    def answer_text(self) -> str:
        """The answer (or the part that was written before Stop) as text to copy or save."""
        if self._task is not None and self._answer is not None:
            return to_text(self._task, self._answer)
        return "".join(self._streamed)

    def set_task(self, task: Task, *, cloud_enabled: bool, reason: str) -> None:
        """Fit the controls to a task; ``cloud_enabled`` for this one, ``reason`` why the cloud is not on offer."""
        drafting = task.skill == "draft"
        self.note_field.setVisible(drafting)
        for button in (self.look_button, self.compare_button):
            button.setVisible(drafting and cloud_enabled)
        name = "Labels" if task.labels else "Fields" if task.skill == "extract" else "Prompt"
        self.labels_button.setText(f"{name}…")
        self.labels_button.setAccessibleName(name)
        model = self.engine_box.model()
        assert isinstance(model, QStandardItemModel)
        allowed = cloud_enabled
        item = model.item(3)
        item.setEnabled(allowed)
        item.setToolTip(CHOICES[3][2] if allowed else reason)
        if not allowed and self.engine == "cloud":
            self.engine_box.setCurrentIndex(0)
        if self._answer is None and not self._streamed and not self._running:
            self.view.show_empty(f"{task.name}\n\n{task.description}\n\nPaste a document and press Run (Ctrl+Enter).")

    def begin(self, task: Task) -> None:
        """Clear for a new run."""
        self.feedback.hide()
        self._task, self._answer, self._streamed, self._running = task, None, [], True
        self._unknown = ()
        self.view.show_empty("Working …")
        self.where.setText("")
        self.set_progress("Starting …")
        self._refresh()

    def set_progress(self, message: str, done: int = 0, total: int = 0) -> None:
        """Say what is happening; an unknown length runs as a busy bar."""
        self.progress_text.setText(message)
        self.progress_bar.setRange(0, total)
        self.progress_bar.setValue(min(done, total) if total else 0)

    def show_progress(self, progress: Progress) -> None:
        """Show a step of an engine."""
        self.set_progress(progress.message, progress.done, progress.total)

    def stream(self, text: str) -> None:
        """Show a piece of the answer; JSON is not shown while it is written, but counted as progress."""
        self._streamed.append(text)
        if self._task is not None and self._task.skill in ("summarize", "draft"):
            self.view.stream(text)
        self.set_progress("Writing the answer …")

    def show_answer(self, answer: Answer) -> None:
        """Show the whole answer in place of what was streamed."""
        assert self._task is not None
        self._answer = answer
        self.view.show_answer(self._task, answer)
        self._refresh()

    def show_kept(self, task: Task, text: str, where: str) -> None:
        """Show the draft that the person kept out of two."""
        self.begin(task)
        self.show_answer(TextAnswer(text))
        self.end(f"Ran {where} · kept out of two")
        self.set_receipt_enabled(False)

    def mark_placeholders(self, unknown: Sequence[str]) -> None:
        """Mark placeholders in the answer that stand for nothing in the document, and say so."""
        self._unknown = tuple(unknown)
        self.view.mark(self._unknown)

    def end(self, where: str, status: str = "") -> None:
        """The run is over: where it ran, and how it ended if not as usual."""
        self._running = False
        if self._unknown:
            number = count(len(self._unknown), "placeholder")
            status = " · ".join(part for part in (status, f"{number} marked: nothing to put back") if part)
        self.where.setText(" · ".join(part for part in (status, where) if part))
        if self._answer is None and self._task is not None and self._task.skill not in ("summarize", "draft"):
            self._streamed = []
        if self._answer is None and not self._streamed:
            self.view.show_empty(
                "Stopped before there was an answer. Your document is unchanged; run it again any time."
                if status.startswith("Stopped")
                else "No answer. The message at the top of the window says why."
            )
        self._refresh()

    def _build(self) -> None:
        heading = QLabel("Answer")
        heading.setProperty("role", "heading")
        heading.setMinimumHeight(HEADING_HEIGHT)
        self.engine_box = QComboBox()
        self.engine_box.setAccessibleName("Engine")
        self.engine_box.setToolTip("Where the task runs. Everything but a cloud draft runs on this device.")
        self.engine_box.view().setAccessibleName("Engines")
        for index, (_choice, name, tip) in enumerate(CHOICES):
            self.engine_box.addItem(name)
            self.engine_box.setItemData(index, tip, Qt.ItemDataRole.ToolTipRole)
        self.stop_button = _button("Stop", "Stop (Esc). What was written so far stays here.")
        self.stop_button.clicked.connect(self.stop_requested)
        self.labels_button = _button(
            "Labels…", "Labels or fields, examples, rules and golden cases of this task: look, change, import, share."
        )
        self.labels_button.clicked.connect(self.labels_requested)
        self.ask_button = _button("Ask…", "Ask a question over documents or a folder, on this device.")
        self.ask_button.clicked.connect(self.ask_requested)
        top = QHBoxLayout()
        top.addWidget(heading)
        top.addStretch(1)
        top.addWidget(self.ask_button)
        top.addWidget(self.labels_button)
        top.addWidget(self.engine_box)
        top.addWidget(self.stop_button)

        self.note_field = QLineEdit()
        self.note_field.setPlaceholderText("Your wishes for the draft: formal, two sentences …")
        self.note_field.setAccessibleName("Wishes for the draft")
        self.note_field.setToolTip("Added to the request. For a cloud draft it is checked for personal details too.")
        self.note_field.setMaxLength(500)
        self.note_field.hide()

        self.view = AnswerView()
        self.view.span_chosen.connect(self.span_chosen)
        frame = QFrame()
        frame.setObjectName("answer")
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.addWidget(self.view)

        self.progress_text = QLabel()
        self.progress_text.setProperty("role", "muted")
        self.progress_text.setTextFormat(Qt.TextFormat.PlainText)
        self.progress_bar = QProgressBar()
        self.progress_bar.setTextVisible(False)
        self.progress_bar.setFixedHeight(4)
        self.progress_bar.setAccessibleName("Progress")
        self.where = QLabel()
        self.where.setWordWrap(True)
        self.where.setTextFormat(Qt.TextFormat.PlainText)
        self.where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.where.setProperty("role", "muted")

        self.feedback = FeedbackBar()
        self.copy_button = _button("Copy", "Copy the answer to the clipboard. Other programs can read the clipboard.")
        self.copy_button.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.answer_text))
        self.save_button = _button("Save…", "Write the answer to a file that you choose. It is not encrypted.")
        self.save_button.clicked.connect(self.save_requested)
        self.receipt_button = _button("Receipt", "What was scanned, decided and sent in this run; no content.")
        self.receipt_button.clicked.connect(self.receipt_requested)
        self.compare_button = _button(
            "Side by side…", "Draft on this device and in the cloud at once, if the text holds nothing personal."
        )
        self.compare_button.clicked.connect(self.compare_requested)
        self.look_button = _button(
            "What leaves…",
            "Look at the exact bytes that a cloud draft would send, its tokens and cost. Nothing is sent.",
        )
        self.look_button.clicked.connect(self.look_requested)
        self.look_button.hide()
        self.compare_button.hide()
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        for button in (self.copy_button, self.save_button, self.receipt_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        cloud = QHBoxLayout()
        cloud.setSpacing(6)
        for button in (self.look_button, self.compare_button):
            cloud.addWidget(button)
        cloud.addStretch(1)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addWidget(self.note_field)
        layout.addLayout(cloud)
        layout.addWidget(frame, 1)
        layout.addWidget(self.progress_text)
        layout.addWidget(self.progress_bar)
        layout.addWidget(self.where)
        layout.addWidget(self.feedback)
        layout.addLayout(buttons)

    def set_receipt_enabled(self, enabled: bool) -> None:
        """Whether there is a run to show a receipt of."""
        self.receipt_button.setEnabled(enabled)

    def _refresh(self) -> None:
        has_text = bool(self._answer is not None or self._streamed)
        self.copy_button.setEnabled(has_text and not self._running)
        self.save_button.setEnabled(has_text and not self._running)
        self.receipt_button.setEnabled(self._task is not None and not self._running)
        self.stop_button.setEnabled(self._running)
        self.look_button.setEnabled(not self._running)
        self.compare_button.setEnabled(not self._running)
        for widget in (self.progress_text, self.progress_bar):
            widget.setVisible(self._running)
        self.where.setVisible(bool(self.where.text()))


def _button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setAccessibleName(text.rstrip("…"))
    button.setToolTip(tip)
    return button
