"""Progress of a download, an import or another long work on a model, with its buttons; shown in banner and dialog."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop.gui.wording import size
from models.store.events import Step

Work = Literal["download", "import", "verify", "move", "remove", "prepare", "unprepare"]
Phase = Literal["idle", "running", "paused", "failed", "done"]
_CANCEL: dict[Work, tuple[str, str]] = {
    "verify": ("Stop", "Stop comparing. The model stays as it is."),
    "prepare": ("Stop", "Stop preparing. The model stays as it was, and nothing is left behind."),
}
"""What the last button says and does, where it is not the usual."""
_SCALE = 10_000  # a progress bar counts in 32 bits, a model's bytes do not fit


@dataclass(frozen=True, slots=True)
class Transfer:
    """What is going on with a model. ``title`` and ``message`` are for "failed" and "done"."""

    work: Work = "download"
    phase: Phase = "idle"
    name: str = ""
    step: Step | None = None
    title: str = ""
    message: str = ""

    @property
    def share(self) -> float | None:
        """How much of it is done, 0 to 1; None where there is nothing to show."""
        if self.step is None or not self.step.total or self.phase not in ("running", "paused"):
            return None
        return min(self.step.done / self.step.total, 1.0)

    @property
    def words(self) -> str:
        """The line under the bar."""
        step = self.step
        if step is None:
            return {"running": "Starting …", "paused": "Paused."}.get(self.phase, "")
        if step.stage == "prepare":
            return f"{step.message} · step {min(step.done + 1, step.total)} of {step.total}"
        done = f"{size(step.done)} of {size(step.total)}"
        if self.phase == "paused":
            return f"Paused at {done}. It goes on from there, also after a restart."
        parts = [step.message, done]
        if step.rate:
            parts.append(f"{size(int(step.rate))}/s")
        if step.left_s is not None and step.stage in ("fetch", "copy", "check"):
            parts.append(left_words(step.left_s))
        return " · ".join(parts)


def left_words(seconds: float) -> str:
    """Time left, roughly, as people say it."""
    if seconds < 50:
        return "less than a minute left"
    minutes = round(seconds / 60)
    return f"about {minutes} min left" if minutes < 90 else f"about {minutes / 60:.1f} h left"


class TransferPanel(QWidget):
    """A bar, a line and three buttons; hidden while nothing goes on."""

    pause_requested = Signal()
    resume_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QProgressBar()
        self.bar.setRange(0, _SCALE)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.bar.setAccessibleName("Progress")
        self.line = QLabel()
        self.line.setTextFormat(Qt.TextFormat.PlainText)
        self.line.setWordWrap(True)
        self.pause_button = QPushButton("Pause")
        self.pause_button.setToolTip("Stop for now. What was fetched is kept, and it goes on from there.")
        self.resume_button = QPushButton("Resume")
        self.resume_button.setToolTip("Go on from where it stopped.")
        self.cancel_button = QPushButton("Cancel")
        for button, signal in (
            (self.pause_button, self.pause_requested),
            (self.resume_button, self.resume_requested),
            (self.cancel_button, self.cancel_requested),
        ):
            button.setAccessibleName(button.text())
            button.clicked.connect(signal)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.line)
        words.addWidget(self.bar)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(words, 1)
        for button in (self.pause_button, self.resume_button, self.cancel_button):
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.show_transfer(Transfer())

    def show_transfer(self, transfer: Transfer) -> None:
        """Show how far it is."""
        self.setVisible(transfer.phase in ("running", "paused"))
        self.pause_button.setVisible(transfer.phase == "running" and transfer.work == "download")
        self.resume_button.setVisible(transfer.phase == "paused")
        self.line.setText(transfer.words)
        words, tip = _CANCEL.get(transfer.work, ("Cancel", "Stop, and delete what was fetched or copied so far."))
        self.cancel_button.setText(words)
        self.cancel_button.setToolTip(tip)
        self.cancel_button.setAccessibleName(words)
        share = transfer.share
        stage = transfer.step.stage if transfer.step is not None else ""
        waiting = share is None or stage == "prepare" or (stage == "connect" and not share)
        self.bar.setRange(0, 0 if waiting and transfer.phase == "running" else _SCALE)
        self.bar.setValue(int((share or 0.0) * _SCALE))
        self.bar.setAccessibleDescription(transfer.words)
