"""A row of small bars: how long the last runs took."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.gui.wording import count, duration

BAR, GAP = 5, 2
SHOWN = 24
BARS_HEIGHT = 26
CAPTION = "time of the last runs"


class Sparkline(QWidget):
    """Bars of the last runs' total times (ms), the newest on the right, scaled to the longest."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: tuple[float, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_values(())

    def set_values(self, values: Sequence[float]) -> None:
        """Show these times in milliseconds, oldest first."""
        self._values = tuple(values)[-SHOWN:]
        if self._values:
            words = f"Time taken by the last {count(len(self._values), 'run')}; longest {duration(max(self._values))}"
        else:
            words = "Time taken by the last runs; there are none yet"
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.setVisible(bool(self._values))
        self.update()

    def sizeHint(self) -> QSize:
        """Room for all bars."""
        return QSize(SHOWN * (BAR + GAP), BARS_HEIGHT + self.fontMetrics().height() + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bars in the accent colour over a base line, and under it what they are."""
        painter = QPainter(self)
        width = self.width()
        painter.setPen(self.palette().placeholderText().color())
        words = self.rect().adjusted(0, BARS_HEIGHT + 2, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, CAPTION)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().mid())
        painter.drawRect(QRectF(0, BARS_HEIGHT - 1, width, 1))
        painter.setBrush(self.palette().accent())
        top = max(self._values, default=0.0)
        left = width - len(self._values) * (BAR + GAP)
        for at, value in enumerate(self._values):
            bar = max(2.0, (BARS_HEIGHT - 2) * value / top) if top > 0 else 2.0
            painter.drawRoundedRect(QRectF(left + at * (BAR + GAP), BARS_HEIGHT - 1 - bar, BAR, bar), 1, 1)
        painter.end()
