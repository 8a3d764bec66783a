"""Two drafts of one text next to each other: this device and the cloud, what each took, and where they differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.comparisons import Better
from desktop.gui.answer_view import SafeTextView
from desktop.gui.wording import count, duration, money
from desktop.ledger import RunRecord
from desktop.word_diff import Span, changed_words

CHOICES: tuple[tuple[Better, str], ...] = (("local", "This device"), ("cloud", "The cloud"), ("same", "About the same"))


@dataclass(slots=True)
class Side:
    """One draft as far as it is written, and its row in the ledger when it is done."""

    text: str = ""
    record: RunRecord | None = None
    trouble: str = ""

    @property
    def done(self) -> bool:
        """Whether it is whole and can be kept."""
        return self.record is not None and bool(self.text) and not self.trouble


class Column(QFrame):
    """One draft: heading, text, and what it took."""

    def __init__(self, title: str, keep: str) -> None:
        super().__init__()
        heading = QLabel(title)
        heading.setProperty("role", "heading")
        heading.setTextFormat(Qt.TextFormat.PlainText)
        self.view = SafeTextView()
        self.view.setAccessibleName(f"Draft, {title}")
        self.facts = QLabel("Waiting …")
        self.facts.setProperty("role", "muted")
        self.facts.setWordWrap(True)
        self.facts.setTextFormat(Qt.TextFormat.PlainText)
        self.facts.setAccessibleName(f"What it took, {title}")
        self.keep_button = QPushButton(keep)
        self.keep_button.setAccessibleName(keep)
        self.keep_button.setToolTip("Put this draft into the answer, and close.")
        self.keep_button.setAutoDefault(False)
        self.keep_button.setEnabled(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(heading)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.facts)
        layout.addWidget(self.keep_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_side(self, side: Side) -> None:
        """Show what is known."""
        if self.view.toPlainText() != side.text:
            self.view.setPlainText(side.text)
            self.view.verticalScrollBar().setValue(self.view.verticalScrollBar().maximum())
        self.facts.setText(side.trouble or (_facts(side.record) if side.record else "Writing …"))
        self.keep_button.setEnabled(side.done)

    def mark(self, spans: Sequence[Span], text: str) -> None:
        """Mark ``spans`` of ``text``, or nothing."""
        marks = []
        for start, end in spans:
            cursor = QTextCursor(self.view.document())
            # Qt counts UTF-16 units.
            cursor.setPosition(len(text[:start].encode("utf-16-le", "surrogatepass")) // 2)
            cursor.setPosition(
                len(text[:end].encode("utf-16-le", "surrogatepass")) // 2, QTextCursor.MoveMode.KeepAnchor
            )
            mark = QTextEdit.ExtraSelection()
            mark.cursor = cursor
            mark.format = self._changed()
            marks.append(mark)
        self.view.setExtraSelections(marks)

    def _changed(self) -> QTextCharFormat:
        """Underlined, so that it needs no colour to be seen, and tinted with the theme's own."""
        tint = self.palette().accent().color()
        tint.setAlpha(46)
        style = QTextCharFormat()
        style.setBackground(tint)
        style.setFontUnderline(True)
        return style


class CompareDialog(QDialog):
    """Not modal. ``kept`` carries "local" or "cloud" and the judgement ("" if none was given)."""

    kept = Signal(str, str)

    def __init__(self, host: str, model: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Side by side")
        self.setModal(False)
        self.resize(940, 620)
        self.local = Side()
        self.cloud = Side()
        self.columns = {
            "local": Column("Phi-4 Mini, on this device", "Keep this device's draft"),
            "cloud": Column(f"{model}, at {host}", "Keep the cloud's draft"),
        }
        self.diff_box = QCheckBox("Show differences")
        self.diff_box.setAccessibleName("Show differences")
        self.diff_box.setToolTip("Mark the words that stand in one of the drafts only.")
        self.diff_box.setEnabled(False)
        self.diff_box.toggled.connect(self.refresh)
        question = QLabel("Which is better?")
        self.better = QButtonGroup(self)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(question)
        for number, (_, words) in enumerate(CHOICES):
            button = QRadioButton(words)
            button.setAccessibleName(f"Better: {words}")
            button.setToolTip("Your word counts in the score below; only figures are kept.")
            self.better.addButton(button, number)
            line.addWidget(button)
        line.addStretch(1)
        line.addWidget(self.diff_box)
        self.score = QLabel()
        self.score.setProperty("role", "muted")
        self.score.setWordWrap(True)
        self.score.setTextFormat(Qt.TextFormat.PlainText)
        self.close_button = QPushButton("Close")
        self.close_button.setAccessibleName("Close")
        self.close_button.setToolTip("Stop what is still running, keep neither draft, and close.")
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.reject)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        for place, (side, column) in enumerate(self.columns.items()):
            grid.addWidget(column, 0, place)
            grid.setColumnStretch(place, 1)
            column.keep_button.clicked.connect(lambda _checked=False, side=side: self._keep(side))
        foot = QHBoxLayout()
        foot.addWidget(self.score, 1)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addLayout(grid, 1)
        layout.addLayout(line)
        layout.addLayout(foot)
        self.refresh()

    @property
    def judgement(self) -> Better | Literal[""]:
        """Which was better, as far as the person said."""
        chosen = self.better.checkedId()
        return CHOICES[chosen][0] if chosen >= 0 else ""

    def refresh(self) -> None:
        """Show both sides as they are now."""
        sides = {"local": self.local, "cloud": self.cloud}
        for name, side in sides.items():
            self.columns[name].show_side(side)
        both = all(side.done for side in sides.values())
        self.diff_box.setEnabled(both)
        for button in self.better.buttons():
            button.setEnabled(both)
        marked = changed_words(self.local.text, self.cloud.text) if both and self.diff_box.isChecked() else ([], [])
        self.columns["local"].mark(marked[0], self.local.text)
        self.columns["cloud"].mark(marked[1], self.cloud.text)

    def _keep(self, side: str) -> None:
        self.kept.emit(side, self.judgement)
        self.accept()


def _facts(record: RunRecord) -> str:
    known = (
        duration(record.total_ms),
        f"first token {duration(record.first_token_ms)}" if record.first_token_ms is not None else "",
        count(record.output_tokens, "token"),
        f"{'about ' if record.estimated else ''}{money(record.cost_usd)}",
        "cut at the length limit" if record.outcome == "cut" else "",
    )
    return " · ".join(part for part in known if part)
