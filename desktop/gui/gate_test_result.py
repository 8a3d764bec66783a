"""The figures of a test of the gate: by entity, at the threshold of the slider, with the misses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListWidget,
    QProgressBar,
    QSlider,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.gui.gate_test_marks import MarkedView, button
from desktop.gui.gate_test_words import (
    HEADINGS,
    NOT_MEASURED,
    THRESHOLD_HELP,
    effect,
    excerpt,
    rows,
    threshold_words,
    title,
    verdict,
)
from desktop.gui.theme import Colors
from desktop.gui.wording import count
from models.pii.measure import MarkedText, Measurement
from models.pii.threshold import Threshold

LISTED = 1000
"""Misses in the list."""


@dataclass(frozen=True)
class Result:
    """The texts that were measured, and the counts at each threshold in the order of the slider."""

    texts: tuple[MarkedText, ...]
    measurements: Mapping[Threshold, Measurement]
    in_use: Threshold


class ResultPage(QWidget):
    """Shows a result; ``threshold_wanted`` carries the threshold that the person wants to go by from now on."""

    measure_requested = Signal()
    stop_requested = Signal()
    threshold_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._result: Result | None = None
        self._steps: tuple[Threshold, ...] = (None,)
        self.measure_button = button(
            "Measure", "Check every text of the set on this device and count (F5). Nothing is sent or stored.", "F5"
        )
        self.measure_button.setProperty("role", "primary")
        self.measure_button.clicked.connect(self.measure_requested)
        self.stop_button = button("Stop", "Stop measuring. The figures of the last time stay.")
        self.stop_button.clicked.connect(self.stop_requested)
        self.progress = QProgressBar()
        self.progress.setAccessibleName("Progress of measuring")
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(4)
        self.state = QLabel()
        self.state.setProperty("role", "muted")
        self.empty = QLabel(NOT_MEASURED)
        self.empty.setProperty("role", "empty")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.table = _table()
        self.verdict = QLabel()
        self.verdict.setWordWrap(True)
        self.body = QWidget()
        self._build_threshold()
        self._build_misses()
        self._lay_out()
        self.set_running(on=False)
        self.show_result(None)

    def set_colors(self, colors: Colors) -> None:
        """Take the theme's colours."""
        self.place.set_colors(colors)
        palette = (
            self.slider.palette()
        )  # Fusion paints the handle like a button, which is hard to see on the dark ground
        palette.setColor(QPalette.ColorRole.Button, QColor(colors.accent))
        self.slider.setPalette(palette)

    def set_running(self, *, on: bool, words: str = "", done: int = 0, total: int = 0) -> None:
        """Show that a measurement runs and how far it is."""
        self.measure_button.setEnabled(not on)
        self.stop_button.setEnabled(on)
        self.progress.setVisible(on)
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        self.state.setText(f"{words} {done:,} of {total:,}" if on and total else words)

    def show_result(self, result: Result | None) -> None:
        """Show figures, with the slider at the threshold in use; or that there are none."""
        self._result = result
        self.empty.setVisible(result is None)
        self.body.setVisible(result is not None)
        if result is None:
            return
        self._steps = tuple(result.measurements)
        self.slider.setRange(0, len(self._steps) - 1)
        self.slider.setValue(self._steps.index(result.in_use))
        self._show_step()

    @property
    def threshold(self) -> Threshold:
        """The threshold that the slider stands at."""
        return self._steps[min(self.slider.value(), len(self._steps) - 1)]

    def set_in_use(self, threshold: Threshold) -> None:
        """Another threshold is in use now."""
        if self._result is not None and threshold in self._result.measurements:
            self._result = Result(self._result.texts, self._result.measurements, threshold)
            self._show_step()

    def _build_threshold(self) -> None:
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName("Threshold of the small model")
        self.slider.setToolTip("Show the figures at another threshold. Nothing changes until you press Use.")
        self.slider.setTickPosition(QSlider.TickPosition.TicksBelow)
        self.slider.setTickInterval(1)
        self.slider.setPageStep(1)
        self.slider.setMinimumWidth(180)
        self.slider.valueChanged.connect(lambda _value: self._show_step())
        self.threshold_label = QLabel()
        self.threshold_label.setMinimumWidth(90)
        self.use_button = button(
            "Use this threshold", "Check every document with this threshold from now on. Only the number is kept."
        )
        self.use_button.clicked.connect(lambda: self.threshold_wanted.emit(self.threshold))
        self.effect = QLabel()
        self.effect.setWordWrap(True)

    def _build_misses(self) -> None:
        self.misses_heading = QLabel("Missed")
        self.misses_heading.setProperty("role", "heading")
        self.misses = QListWidget()
        self.misses.setAccessibleName("Marks that were missed")
        self.misses.setToolTip("Choose one to see the text around it, in this window only.")
        self.misses.currentRowChanged.connect(self._show_place)
        self.place = MarkedView()
        self.place.setAccessibleName("Text around the miss")
        self.place.setPlaceholderText("Choose a miss to see the text around it.")

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.measure_button)
        top.addWidget(self.stop_button)
        top.addWidget(self.state, 1)
        name = QLabel("Threshold of the small model")
        name.setBuddy(self.slider)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(name)
        line.addWidget(self.slider, 1)
        line.addWidget(self.threshold_label)
        line.addWidget(self.use_button)
        left = QWidget()
        words = QVBoxLayout(left)
        words.setContentsMargins(0, 0, 0, 0)
        words.addWidget(self.misses_heading)
        words.addWidget(self.misses, 1)
        below = QSplitter(Qt.Orientation.Horizontal)
        below.setChildrenCollapsible(False)
        below.setHandleWidth(10)
        below.addWidget(left)
        below.addWidget(self.place)
        below.setSizes([330, 470])
        inner = QVBoxLayout(self.body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        helping = QLabel(THRESHOLD_HELP)
        helping.setWordWrap(True)
        helping.setProperty("role", "muted")
        inner.addLayout(line)
        inner.addWidget(helping)
        inner.addWidget(self.effect)
        inner.addWidget(self.verdict)
        inner.addWidget(self.table, 3)
        inner.addWidget(below, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addWidget(self.progress)
        layout.addWidget(self.empty, 1)
        layout.addWidget(self.body, 1)

    def _show_step(self) -> None:
        result = self._result
        if result is None:
            return
        threshold = self.threshold
        words = threshold_words(threshold)
        measured = result.measurements[threshold]
        self.threshold_label.setText(words)
        self.slider.setAccessibleDescription(f"{words}; in use: {threshold_words(result.in_use)}")
        self.effect.setText(effect(result.measurements[result.in_use], measured, result.in_use, threshold))
        self.use_button.setEnabled(threshold != result.in_use)
        self.verdict.setText(verdict(measured))
        _fill(self.table, rows(measured))
        missed = measured.recall().total - measured.recall().hits
        shown = measured.misses[:LISTED]
        more = f", the first {len(shown):,} listed" if len(shown) < missed else ""
        self.misses_heading.setText(f"Missed: {count(missed, 'mark')}{more}" if missed else "Nothing was missed")
        self.misses.clear()
        self.misses.addItems([f"Text {place.text + 1}  ·  {title(place.span.entity)}" for place in shown])
        self.place.show_text("", [])

    def _show_place(self, row: int) -> None:
        if self._result is None or row < 0:
            return
        place = self._result.measurements[self.threshold].misses[row]
        text, start, end = excerpt(self._result.texts[place.text].text, place.span.start, place.span.end)
        self.place.show_text(text, [(start, end)])
        self.place.select(start, start)


def _table() -> QTableWidget:
    table = QTableWidget(0, len(HEADINGS))
    table.setHorizontalHeaderLabels(list(HEADINGS))
    table.setAccessibleName("Figures by entity")
    table.setAccessibleDescription("Brackets hold 95 % intervals.")
    table.setToolTip(
        "Found: findings cover at least half of the mark. Named right: one that touches it says the same. "
        "False alarm: a finding that touches no mark. Brackets: 95 % intervals (Wilson)."
    )
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setTabKeyNavigation(False)
    table.setAlternatingRowColors(True)
    table.setShowGrid(False)
    table.verticalHeader().hide()
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setHighlightSections(False)
    return table


def _fill(table: QTableWidget, lines: Sequence[Sequence[str]]) -> None:
    table.setRowCount(len(lines))
    for number, line in enumerate(lines):
        for column, cell in enumerate(line):
            table.setItem(number, column, QTableWidgetItem(cell))
