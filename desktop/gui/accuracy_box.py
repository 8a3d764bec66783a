"""How often the last answers of each task were right, as the person judged: a row of marks and a figure a task."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from desktop.kept_examples import JUDGED

SHOWN = 6
"""Tasks shown: those judged most."""
MARK, GAP, HEIGHT = 5, 2, 14


def right_words(judged: Sequence[bool]) -> str:
    """Such as "17 of the last 20 answers were right (85 %)"."""
    if len(judged) == 1:
        return "the one answer so far was right" if judged[0] else "the one answer so far was wrong"
    return f"{sum(judged)} of the last {len(judged)} answers were right ({sum(judged) / len(judged):.0%})"


class Marks(QWidget):
    """One mark an answer, the latest on the right: tall and full for a right one, low and hollow for a wrong one."""

    def __init__(self, judged: Sequence[bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._judged = tuple(judged)[-JUDGED:]
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(f"{right_words(self._judged)}; the latest is on the right.")
        self.setAccessibleName(right_words(self._judged))

    def sizeHint(self) -> QSize:
        """Room for all marks."""
        return QSize(JUDGED * (MARK + GAP), HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the marks over a base line."""
        painter = QPainter(self)
        painter.fillRect(QRectF(0, HEIGHT - 1, self.width(), 1), self.palette().mid())
        left = self.width() - len(self._judged) * (MARK + GAP)
        for at, right in enumerate(self._judged):
            height = HEIGHT - 2 if right else MARK
            mark = QRectF(left + at * (MARK + GAP), HEIGHT - 1 - height, MARK, height)
            if right:
                painter.fillRect(mark, self.palette().accent())
            else:
                painter.setPen(self.palette().text().color())
                painter.drawRect(mark.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()


class AccuracyBox(QWidget):
    """Hidden by its owner while nothing was judged; ``tasks`` is the number of tasks in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("How often answers were right, by task")
        self.tasks = 0
        self.figures: list[QLabel] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(2, 1)

    def show_judged(self, by_task: Mapping[str, Sequence[bool]], names: Mapping[str, str]) -> None:
        """Show the tasks that were judged most; ``names`` are theirs by id."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()
        most = sorted(by_task.items(), key=lambda pair: -len(pair[1]))[:SHOWN]
        self.tasks = len(most)
        self.figures = []
        for at, (task, judged) in enumerate(most):
            name, figure = QLabel(names.get(task, task)), QLabel(right_words(judged))
            name.setProperty("role", "muted")
            for label in (name, figure):
                label.setTextFormat(Qt.TextFormat.PlainText)
            self._grid.addWidget(name, at, 0)
            self._grid.addWidget(Marks(judged), at, 1, Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(figure, at, 2)
            self.figures.append(figure)
