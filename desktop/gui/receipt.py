"""The privacy receipt of a run: what was looked at, what was decided, what left. Figures and names only, no content."""

import textwrap
from dataclasses import dataclass

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from desktop.events import Recorded, Routed, Scanned
from desktop.gui.wording import count, duration, engine_name, moment, money, size, speed
from desktop.ledger import RunRecord
from models.pii.entities import describe

OUTCOMES = {
    "done": "finished",
    "cut": "ended at the length limit",
    "repeating": "ended because it repeated itself",
    "cancelled": "stopped by you",
    "failed": "failed",
    "blocked": "kept on this device",
}


@dataclass(slots=True)
class RunNotes:
    """What is known about a run so far; filled in as its events arrive."""

    task_name: str = ""
    scanned: Scanned | None = None
    routed: Routed | None = None
    recorded: Recorded | None = None


def receipt_text(notes: RunNotes, host: str) -> str:
    """The receipt as plain text. ``host`` is where cloud drafts go."""
    lines = ["Strongroom privacy receipt", ""]
    record = notes.recorded.record if notes.recorded else None
    if record is not None:
        lines.append(f"Time        {moment(record.at)}")
    lines.append(f"Task        {notes.task_name}")
    if notes.scanned is not None:
        scan = notes.scanned.scan
        lines += [
            "",
            f"Scanned     the whole text, by {count(len(notes.scanned.detectors), 'detector')}",
            f"Found       {describe(scan.counts()) or 'nothing personal'}",
            *_dismissed(notes),
            f"Scan        {'complete' if scan.complete else 'NOT complete: ' + ', '.join(scan.failures)}",
        ]
    if notes.routed is not None:
        engine = notes.routed.route.engine
        lines += [
            "",
            f"Decided     {engine_name(engine) if engine else 'nothing ran'}",
            *_why(notes.routed.route.reason),
        ]
    if record is not None:
        left = f"{size(record.bytes_sent)} left this machine"
        if record.bytes_sent:
            left += f", to {host or 'the cloud host'}"
        lines += [
            "",
            f"Outcome     {OUTCOMES.get(record.outcome, record.outcome)}",
            f"Left        {left}",
            f"Cost        {money(record.cost_usd)}{' by estimate' if record.estimated else ''} "
            f"(the same tokens in the cloud: {money(record.cost_avoided_usd)})",
            f"Model       {record.model or '–'}",
            f"Tokens      {record.prompt_tokens:,} read ({record.cached_tokens:,} from cache), "
            f"{record.output_tokens:,} written",
            *_memory(record),
            f"Time taken  first token {duration(record.first_token_ms)}, total {duration(record.total_ms)}"
            + (f", {speed(record)}" if speed(record) != "–" else ""),
            f"Recorded    {'these figures, in the ledger on this device' if _stored(notes) else 'nothing was stored'}",
        ]
    if notes.scanned is not None:
        lines += ["", f"Detectors   {', '.join(notes.scanned.detectors)}"]
    return "\n".join(_hanging(line) for line in lines) + "\n"


def _dismissed(notes: RunNotes) -> list[str]:
    """What the person said is not personal, by kind."""
    counts = notes.recorded.record.dismissed if notes.recorded else {}
    return [f"Dismissed   {describe(counts)}, by you"] if counts else []


def _memory(record: RunRecord) -> list[str]:
    """The most memory that the model's process had, where it is known."""
    if not record.peak_bytes:
        return []
    return [f"Memory      {size(record.peak_bytes)} at most, in the model's own process, with the weights it maps"]


def _why(reason: str) -> list[str]:
    return [f"Because     {reason}"] if reason else []


def _stored(notes: RunNotes) -> bool:
    return notes.recorded is not None and notes.recorded.stored


def _hanging(line: str) -> str:
    """Wrap at 76 columns, indented to the column of the figures."""
    return "\n".join(textwrap.wrap(line, 76, subsequent_indent=" " * 12, break_long_words=False)) or line


class ReceiptDialog(QDialog):
    """Shows the receipt next to the window (not modal) and copies it."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Privacy receipt")
        self.setModal(False)
        self.resize(660, 540)
        self.view = QPlainTextEdit(text)
        self.view.setReadOnly(True)
        self.view.setTabChangesFocus(True)
        self.view.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.view.setAccessibleName("Privacy receipt")
        self.view.setToolTip("What was scanned, decided and sent. It holds no word of your document.")
        font = self.view.font()
        font.setFamilies(["DejaVu Sans Mono", "Menlo", "Consolas", "Courier New", "monospace"])
        font.setStyleHint(font.StyleHint.Monospace)
        self.view.setFont(font)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy_button = QPushButton("Copy receipt")
        self.copy_button.setAccessibleName("Copy receipt")
        self.copy_button.setToolTip("Copy these figures to the clipboard; they hold no word of your document.")
        self.copy_button.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        buttons.addButton(self.copy_button, QDialogButtonBox.ButtonRole.ActionRole)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setAccessibleName("Close")
        close.setToolTip("Close the receipt. It can be opened again until the next run.")
        close.setDefault(True)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.addWidget(self.view)
        layout.addWidget(buttons)
