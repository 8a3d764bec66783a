"""Small parts that the pages of the editor of tasks share."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget


def button(text: str, tip: str, act: Callable[[], object]) -> QPushButton:
    """A button of the editor; it is never pressed by Enter in a table."""
    made = QPushButton(text)
    made.setAccessibleName(text.rstrip("…"))
    made.setToolTip(tip)
    made.setAutoDefault(False)
    made.clicked.connect(lambda _checked=False: act())
    return made


def row(*controls: QWidget) -> QHBoxLayout:
    """Controls side by side, from the left."""
    layout = QHBoxLayout()
    layout.setSpacing(6)
    for control in controls:
        layout.addWidget(control)
    layout.addStretch(1)
    return layout


def page(main: QWidget, controls: Sequence[QWidget], *below: QWidget, margin: int = 0) -> QWidget:
    """``main`` over a row of controls, and what stands below."""
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(6)
    layout.addWidget(main, 1)
    layout.addLayout(row(*controls))
    for widget in below:
        layout.addWidget(widget)
    return box
