"""Who answers a task with labels: Phi-4 Mini, the starter engine when sure, or it alone; and the curve behind it."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QSpinBox, QWidget

from models.engines.instant import MODES, Mode, Policy
from models.taxonomy.thresholds import NEVER, Point

WORDS = {"phi": "Phi-4 Mini always", "sure": "Instant when sure", "only": "Instant only"}
TIPS = {
    "phi": "Phi-4 Mini answers wherever it is installed.",
    "sure": "The built-in model answers at once where it is sure enough; Phi-4 Mini answers the rest.",
    "only": "The built-in model answers always.",
}


class Curve(QWidget):
    """Share answered at once (to the right) against the share of all answers that are right (upwards)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: tuple[Point, ...] = ()
        self._chosen = NEVER
        self.setFixedSize(QSize(120, 34))
        self.setAccessibleName("Share answered at once against share right")

    def show_points(self, points: Sequence[Point], chosen: float) -> None:
        """Show a curve with the chosen threshold marked."""
        self._points, self._chosen = tuple(points), chosen
        self.setToolTip(
            "To the right: share answered at once. Upwards: share of all answers that are right.\n"
            + "\n".join(f"{point.share:.0%} at once, {point.right_of_all:.0%} right" for point in points[:30])
        )
        self.setVisible(len(points) > 1)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The axes, the line, the point that was chosen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        low = min((point.right_of_all for point in self._points), default=0.0)
        span = max(1.0 - low, 0.05)

        def place(point: Point) -> QPointF:
            return QPointF(
                area.left() + point.share * area.width(), area.top() + (1 - point.right_of_all) / span * area.height()
            )

        painter.setPen(QPen(self.palette().mid().color(), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.setPen(QPen(self.palette().highlight().color(), 2))
        painter.drawPolyline(QPolygonF([place(point) for point in self._points]))
        painter.setBrush(self.palette().highlight())
        for point in self._points:
            if point.threshold == self._chosen:
                painter.drawEllipse(place(point), 3, 3)


class InstantBox(QWidget):
    """``mode_chosen`` carries a mode, ``measure_wanted`` the target in percent."""

    mode_chosen = Signal(str)
    measure_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name = QLabel("Answered by")
        name.setProperty("role", "muted")
        self.mode_box = QComboBox()
        self.mode_box.setAccessibleName("Who answers this task")
        for mode in MODES:
            self.mode_box.addItem(WORDS[mode], mode)
        self.mode_box.currentIndexChanged.connect(self._choose)
        self.target_box = QSpinBox()
        self.target_box.setRange(0, 20)
        self.target_box.setValue(2)
        self.target_box.setPrefix("at most ")
        self.target_box.setSuffix(" % worse")
        self.target_box.setAccessibleName(
            "How much worse than Phi-4 Mini instant answers may make the whole, in percent"
        )
        self.target_box.setToolTip(
            "How much worse than “Phi-4 Mini always” the answers together may be, on golden cases."
        )
        self.measure_button = QPushButton("Measure")
        self.measure_button.setAccessibleName("Measure instant answers")
        self.measure_button.setAutoDefault(False)
        self.measure_button.setToolTip("Answer the golden cases at once, and choose from which confidence that counts.")
        self.measure_button.clicked.connect(lambda: self.measure_wanted.emit(self.target_box.value()))
        self.words = QLabel()
        self.words.setProperty("role", "muted")
        self.words.setWordWrap(True)
        self.curve = Curve()
        self.curve.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for widget in (name, self.mode_box, self.target_box, self.measure_button):
            layout.addWidget(widget)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.curve)

    @property
    def mode(self) -> Mode:
        """The mode that is shown."""
        return MODES[max(0, self.mode_box.currentIndex())]

    def show_policy(self, policy: Policy) -> None:
        """Show how a task is answered now."""
        self.mode_box.blockSignals(True)
        self.mode_box.setCurrentIndex(MODES.index(policy.mode))
        self.mode_box.blockSignals(False)
        self._refresh()
        self.curve.hide()
        self.words.setText(
            f"from {policy.threshold:.0%} confidence" if policy.mode == "sure" and policy.threshold <= 1 else ""
        )

    def show_points(self, points: Sequence[Point], chosen: float) -> None:
        """Show what a threshold does on the golden cases."""
        self.curve.show_points(points, chosen)
        point = next((point for point in points if point.threshold == chosen), None)
        if point is None or chosen >= NEVER:
            self.words.setText("No confidence is high enough: the golden cases are too few, or too many turn wrong.")
            return
        self.words.setText(
            f"From {chosen:.0%} confidence, {point.share:.0%} are answered at once, "
            f"{point.right_of_those:.0%} of them rightly."
        )

    def _choose(self, _index: int) -> None:
        self._refresh()
        self.mode_chosen.emit(self.mode)

    def _refresh(self) -> None:
        self.mode_box.setToolTip(TIPS[self.mode])
        for widget in (self.target_box, self.measure_button):
            widget.setVisible(self.mode == "sure")
