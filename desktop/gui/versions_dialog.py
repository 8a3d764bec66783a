"""Two versions of a task side by side: how many cases each gets right, and which cases differ."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.gui.engine_box import EngineBox
from desktop.gui.message_bar import MessageBar
from desktop.gui.taxonomy_parts import button
from desktop.gui.wording import count
from models.taxonomy.comparing import CaseResult, Comparison, expected

NOW = 0
"""Stands for the version that holds now; earlier ones have numbers from 1."""
EMPTY = "Choose two versions and compare them on the golden cases and on the corrections that you kept."


@dataclass(frozen=True, slots=True)
class Choice:
    """An earlier version: its number, until when it held (None: not known), and whether it is the one that ships."""

    number: int
    until: datetime.datetime | None
    built_in: bool = False

    @property
    def words(self) -> str:
        """How it is called in the lists."""
        name = "Built in" if self.built_in else f"Version {self.number}"
        return f"{name}, until {self.until.astimezone():%Y-%m-%d %H:%M}" if self.until else name


class VersionsDialog(QDialog):
    """Not modal. ``compare_wanted`` carries two version numbers, ``restore_wanted`` one."""

    compare_wanted = Signal(int, int)
    """Who answers is in ``engine_box``."""
    restore_wanted = Signal(int)
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = MessageBar()
        self._comparison = Comparison(())
        self._golden = 0
        self.first_box, self.second_box = _box("First version"), _box("Second version")
        self.engine_box = EngineBox("Who answers the cases")
        self.compare_button = button(
            "Compare", "Answer the same cases with both versions. Nothing is changed.", self._compare
        )
        self.stop_button = button("Stop", "Stop comparing.", self.stop_wanted.emit)
        self.restore_button = button(
            "Go back to the first",
            "Make the first version hold again; what holds now stays among the versions.",
            lambda: self.restore_wanted.emit(int(self.first_box.currentData())),
        )
        self.progress = QProgressBar()
        self.progress.setAccessibleName("Progress of the comparison")
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(4)
        self.outcome = QLabel(EMPTY)
        self.outcome.setWordWrap(True)
        self.only_box = QCheckBox("Only where they differ")
        self.only_box.setToolTip("Leave out the cases that both versions answer alike.")
        self.only_box.toggled.connect(lambda _on: self._fill())
        self.table = QTableWidget(0, 4)
        self.table.setAccessibleName("Cases answered by both versions")
        self.table.setToolTip("✓ right, ✗ wrong.")
        self.table.setHorizontalHeaderLabels(["Text", "Right", "First", "Second"])
        self.table.verticalHeader().hide()
        self.table.setWordWrap(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2, 3):
            self.table.setColumnWidth(column, 150)
        self._lay_out()
        self.resize(860, 560)
        self.end()

    def show_versions(self, name: str, versions: Sequence[Choice], can_try: tuple[bool, bool] = (True, False)) -> None:
        """Offer the earlier versions of a task, the latest first, beside the one that holds now.

        ``can_try`` says whether the starter engine, and whether Phi-4 Mini, can answer its cases.
        """
        self.engine_box.offer(starter=can_try[0], phi=can_try[1])
        self.setWindowTitle(f"Versions of {name}")
        self.bar.hide()
        for box in (self.first_box, self.second_box):
            box.clear()
            box.addItem("Now", NOW)
            for version in versions:
                box.addItem(version.words, version.number)
        self.first_box.setCurrentIndex(min(1, self.first_box.count() - 1))
        self.second_box.setCurrentIndex(0)
        self._comparison = Comparison(())
        self.outcome.setText(EMPTY)
        self._fill()
        self.end()

    def begin(self) -> None:
        """The cases begin to run."""
        self.bar.hide()
        self._comparison = Comparison(())
        self._fill()
        self.outcome.setText("Running the cases …")
        self.progress.setRange(0, 0)
        self.progress.show()
        self.stop_button.show()
        self.compare_button.setEnabled(False)
        self.restore_button.setEnabled(False)

    def show_cases(self, golden: int, corrections: int) -> None:
        """How many cases there are."""
        self._golden = golden
        cases = f"{count(golden, 'golden case')} and {count(corrections, 'correction')} of yours"
        self.outcome.setText(f"Running {cases} …" if golden + corrections else "There are no cases to compare on.")

    def show_progress(self, done: int, total: int) -> None:
        """So many cases are answered by both."""
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def show_comparison(self, comparison: Comparison) -> None:
        """What came of it."""
        self._comparison = comparison
        parts = [("golden cases", comparison.results[: self._golden])]
        parts.append(("corrections", comparison.results[self._golden :]))
        said = [
            f"{sum(one.right_before for one in of)} and {sum(one.right_after for one in of)} of {len(of)} {what}"
            for what, of in parts
            if of
        ]
        if said:
            self.outcome.setText(f"Right in the first and the second version: {'; '.join(said)}.")
        self._fill()

    def end(self) -> None:
        """Nothing runs."""
        self.progress.hide()
        self.stop_button.hide()
        if self.outcome.text().startswith("Running"):
            self.outcome.setText("Stopped. Nothing was changed.")
        self._refresh()

    def _fill(self) -> None:
        results = [one for one in self._comparison.results if one.before != one.after or not self.only_box.isChecked()]
        self.only_box.setEnabled(bool(self._comparison.results))
        self.table.setRowCount(len(results))
        for row, one in enumerate(sorted(results, key=_order)):
            text = " ".join(one.case.text.split())
            cells = (text, _words(expected(one.case)), _marked(one.before, one.right_before))
            for column, cell in enumerate((*cells, _marked(one.after, one.right_after))):
                item = QTableWidgetItem(cell[:300])
                item.setToolTip(cell[:1000])
                self.table.setItem(row, column, item)

    def _compare(self) -> None:
        self.compare_wanted.emit(int(self.first_box.currentData()), int(self.second_box.currentData()))

    def _refresh(self) -> None:
        different = self.first_box.currentData() != self.second_box.currentData()
        idle = self.progress.isHidden()
        self.compare_button.setEnabled(different and idle and self.engine_box.engine is not None)
        self.restore_button.setEnabled(idle and self.first_box.currentData() not in (None, NOW))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(6)
        words = QLabel("with")
        words.setProperty("role", "muted")
        by = QLabel("answered by")
        by.setProperty("role", "muted")
        for widget in (
            self.first_box,
            words,
            self.second_box,
            by,
            self.engine_box,
            self.compare_button,
            self.stop_button,
        ):
            top.addWidget(widget)
        top.addStretch(1)
        for box in (self.first_box, self.second_box):
            box.currentIndexChanged.connect(lambda _at: self._refresh())
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        bottom = QHBoxLayout()
        bottom.addWidget(self.restore_button)
        bottom.addWidget(self.only_box)
        bottom.addStretch(1)
        bottom.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(self.bar)
        layout.addLayout(top)
        layout.addWidget(self.progress)
        layout.addWidget(self.outcome)
        layout.addWidget(self.table, 1)
        layout.addLayout(bottom)


def _box(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setToolTip(f"{name} of the comparison.")
    box.setMinimumContentsLength(18)
    return box


def _order(one: CaseResult) -> tuple[bool, bool, bool]:
    """Cases that turn wrong first, then those that turn right, then the others that differ."""
    return not (one.right_before and not one.right_after), not one.changed, one.before == one.after


def _marked(said: Sequence[str], right: bool) -> str:
    return f"{'✓' if right else '✗'} {_words(said)}"


def _words(said: Sequence[str]) -> str:
    return "; ".join(said) or "nothing"
