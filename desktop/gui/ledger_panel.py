"""The latency and cost panel: this run, today, all time, by skill, and what the cloud would have cost."""

from collections.abc import Mapping
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSizePolicy,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.comparisons import Score
from desktop.gui.accuracy_box import AccuracyBox, right_words
from desktop.gui.sparkline import Sparkline
from desktop.gui.wording import count, duration, money, score_words, size, speed
from desktop.kept_examples import Judgements
from desktop.ledger import Panel, RunRecord, Totals

Figure = Literal["run", "today", "all", "judged"]
NOT_JUDGED = "no answers judged yet"
COLUMNS = ("Skill", "Runs", "Mean time", "Cost", "Cost avoided", "Left this machine")


class LedgerPanel(QFrame):
    """Shows figures only; the ledger holds nothing else."""

    export_requested = Signal()

    def __init__(self, prices_as_of: str = "", reference_model: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ledger")
        self._figures: dict[Figure, QLabel] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        for row, (key, title, tip) in enumerate(_ROWS):
            name = QLabel(title)
            name.setProperty("role", "muted")
            figure = QLabel()
            figure.setAccessibleName(title)
            figure.setTextFormat(Qt.TextFormat.PlainText)
            figure.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # the window may be narrow
            for label in (name, figure):
                label.setToolTip(tip)
            grid.addWidget(name, row, 0)
            grid.addWidget(figure, row, 1)
            self._figures[key] = figure
        self.spark = Sparkline()
        self.details_button = _button("By skill", "Show the figures by skill. They never hold text.")
        self.details_button.setCheckable(True)
        self.details_button.toggled.connect(self._show_details)
        self.export_button = _button("Export CSV…", "Write the figures of every run to a file; they never hold text.")
        self.export_button.clicked.connect(self.export_requested)
        self.prices = QLabel()
        self.prices.setProperty("role", "muted")
        self.set_prices(prices_as_of, reference_model)
        self.score = QLabel()
        self.score.setProperty("role", "muted")
        self.score.setAccessibleName("Was the cloud worth it?")
        buttons = QHBoxLayout()
        buttons.addWidget(self.details_button)
        buttons.addWidget(self.export_button)
        top = QHBoxLayout()
        top.setSpacing(14)
        top.addLayout(grid, 1)
        top.addWidget(self.spark, 0, Qt.AlignmentFlag.AlignBottom)
        top.addLayout(buttons)
        self.tree = self._make_tree()
        self.accuracy = AccuracyBox()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 14, 8)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addWidget(self.tree)
        layout.addWidget(self.accuracy)
        layout.addWidget(self.prices)
        layout.addWidget(self.score)
        self._show_details(False)
        self.show_run(None)
        self.show_judged(Judgements(), {})
        self.show_panel(Panel(Totals(), Totals(), {}, ()))

    def set_prices(self, as_of: str, reference_model: str) -> None:
        """Say which prices the cost avoided rests on."""
        self.prices.setText(
            f"Cost avoided: what the same tokens would have cost with {reference_model}, prices as of {as_of}."
            if as_of
            else ""
        )

    def show_score(self, score: Score) -> None:
        """Say which drafts were better of those that the person saw side by side."""
        self.score.setText(score_words(score) if score.total else "")
        self.score.setVisible(self.details_button.isChecked() and bool(self.score.text()))

    def show_run(self, record: RunRecord | None) -> None:
        """Show the run that just ended."""
        if record is None:
            words = "none yet: its time and cost show up here"
        else:
            known = (
                f"first token {duration(record.first_token_ms)}" if record.first_token_ms is not None else "",
                f"total {duration(record.total_ms)}",
                speed(record),
                f"{'about ' if record.estimated else ''}{money(record.cost_usd)} spent",
                f"{money(record.cost_avoided_usd)} avoided",
                f"{record.cached_tokens:,} of {record.prompt_tokens:,} tokens kept" if record.cached_tokens else "",
                f"memory up to {size(record.peak_bytes)}" if record.peak_bytes else "",
            )
            words = " · ".join(part for part in known if part not in ("", "–"))
        self._figures["run"].setText(words)
        self._figures["run"].setToolTip(words)

    def show_panel(self, panel: Panel) -> None:
        """Show sums and the last runs' times."""
        self._figures["today"].setText(_sums(panel.today))
        self._figures["all"].setText(_sums(panel.all_time))
        self.spark.set_values([run.total_ms for run in reversed(panel.recent)])
        self.export_button.setEnabled(panel.all_time.runs > 0)
        self.tree.clear()
        for skill, totals in panel.by_skill.items():
            item = QTreeWidgetItem(
                [
                    skill.capitalize(),
                    f"{totals.runs:,}",
                    duration(totals.mean_ms),
                    money(totals.cost_usd),
                    money(totals.cost_avoided_usd),
                    size(totals.bytes_sent),
                ]
            )
            for column in range(1, len(COLUMNS)):
                item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.tree.addTopLevelItem(item)
        if not panel.by_skill:
            self.tree.addTopLevelItem(QTreeWidgetItem(["No runs yet"]))

    def show_judged(self, judged: Judgements | None, names: Mapping[str, str]) -> None:
        """Show how often the last answers were right, as the person judged; ``names`` are those of the tasks by id."""
        if judged is None:
            self._figures["judged"].setText("what you judged could not be read")
            judged = Judgements()
        else:
            self._figures["judged"].setText(right_words(judged.all_tasks) if judged.all_tasks else NOT_JUDGED)
        self.accuracy.show_judged(judged.by_task, names)
        self._show_details(self.details_button.isChecked())

    def show_unreadable(self) -> None:
        """The ledger could not be read: say so instead of showing old figures."""
        for key in ("today", "all"):
            self._figures[key].setText("the ledger could not be read")

    def _show_details(self, shown: bool) -> None:
        self.tree.setVisible(shown)
        self.accuracy.setVisible(shown and self.accuracy.tasks > 0)
        self.prices.setVisible(shown and bool(self.prices.text()))
        self.score.setVisible(shown and bool(self.score.text()))

    def _make_tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setAccessibleName("Figures by skill")
        tree.setToolTip("Runs, times and costs by skill. They never hold text.")
        tree.setRootIsDecorated(False)
        tree.setHeaderLabels(list(COLUMNS))
        tree.setSelectionMode(QTreeWidget.SelectionMode.NoSelection)
        tree.header().setStretchLastSection(False)
        tree.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        tree.headerItem().setTextAlignment(0, Qt.AlignmentFlag.AlignLeft)
        for column in range(1, len(COLUMNS)):
            tree.headerItem().setTextAlignment(column, Qt.AlignmentFlag.AlignRight)
        tree.setFixedHeight((tree.fontMetrics().height() + 8) * 7)
        return tree


_ROWS: tuple[tuple[Figure, str, str], ...] = (
    ("run", "This run", "How long the last run took, what it kept computed from before, its memory, and what it cost."),
    ("today", "Today", "All runs since midnight."),
    ("all", "All time", "All runs in the ledger on this device."),
    ("judged", "Judged", "Answers that you said were right or wrong: counted by task, without a word of the text."),
)


def _sums(totals: Totals) -> str:
    if not totals.runs:
        return "no runs"
    return (
        f"{count(totals.runs, 'run')} · {money(totals.cost_usd)} spent · {money(totals.cost_avoided_usd)} avoided · "
        f"{size(totals.bytes_sent)} left this machine"
    )


def _button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setAccessibleName(text.rstrip("…"))
    button.setToolTip(tip)
    return button
