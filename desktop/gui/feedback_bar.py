"""Under an answer with labels: was it right, what should it have been, and what of the text may be kept."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.kept_examples import Keep


class FeedbackBar(QWidget):
    """``judged`` carries the right label and what may be kept; ``examples_wanted`` asks for what was kept so far.

    ``golden_wanted`` carries the right label of a text that is to become a golden case.
    """

    judged = Signal(str, str)
    examples_wanted = Signal()
    golden_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said: tuple[str, ...] = ()
        self.question = QLabel("Was this right?")
        self.question.setProperty("role", "muted")
        self.yes_button = _button("Yes", "Answer was right", "Count this answer as right.")
        self.yes_button.clicked.connect(self._right)
        self.no_button = _button("No …", "Answer was wrong", "Say what it should have been.")
        self.no_button.setCheckable(True)
        self.no_button.toggled.connect(self._ask)
        self.examples_button = _button(
            "Examples…", "Kept examples", "What was kept of your corrections: look at it, delete it."
        )
        self.examples_button.clicked.connect(self.examples_wanted)
        self.golden_button = _button(
            "Golden case…",
            "Make this text a golden case",
            "Test later changes of this task on this text. Opens the editor; nothing is kept until you keep it there.",
        )
        self.golden_button.clicked.connect(lambda: self.golden_wanted.emit(self.right_label))
        top = QHBoxLayout()
        top.setSpacing(6)
        for widget in (self.question, self.yes_button, self.no_button):
            top.addWidget(widget)
        top.addStretch(1)
        top.addWidget(self.golden_button)
        top.addWidget(self.examples_button)

        words = QLabel("It should be")
        words.setProperty("role", "muted")
        self.label_box = QComboBox()
        self.label_box.setAccessibleName("What the answer should have been")
        self.label_box.setToolTip("The label that this text belongs to.")
        self.label_box.view().setAccessibleName("Labels")
        self.label_box.setMinimumContentsLength(12)
        self.label_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.learn_button = _button(
            "Send correction", "Send correction", "Count the answer as wrong, and learn if you agree."
        )
        self.learn_button.clicked.connect(self._wrong)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(words)
        line.addWidget(self.label_box, 1)
        line.addWidget(self.learn_button)
        self.should_be = QWidget()
        self.should_be.setLayout(line)
        line.setContentsMargins(0, 0, 0, 0)

        self.text_box = QCheckBox("Keep this text as an example")
        self.text_box.setAccessibleName("Keep this text as an example")
        self.text_box.setToolTip(
            "Kept on this device, encrypted; the key lies in the system's keyring. Delete it any time."
        )
        self.features_box = QCheckBox("Learn without the text")
        self.features_box.setAccessibleName("Learn without the text")
        self.features_box.setToolTip(
            "Keeps only the numbers that the built-in model makes of the text, encrypted. The text cannot be "
            "read from them, though what it is about can be guessed."
        )
        self.text_box.toggled.connect(self._refresh)
        boxes = QHBoxLayout()
        boxes.setSpacing(12)
        boxes.addWidget(self.text_box)
        boxes.addWidget(self.features_box)
        boxes.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addWidget(self.should_be)
        layout.addLayout(boxes)
        self.hide()

    @property
    def keep(self) -> Keep:
        """What of the text may be kept."""
        if self.text_box.isChecked():
            return "text"
        return "features" if self.features_box.isChecked() else "verdict"

    @property
    def right_label(self) -> str:
        """What the person says is right: what is chosen where the answer was wrong, else what was said."""
        return self.label_box.currentText() if self.no_button.isChecked() or not self._said else self._said[0]

    def ask(self, labels: Sequence[str], said: Sequence[str]) -> None:
        """Ask about an answer; nothing is ticked until the person ticks it."""
        self._said = tuple(said)
        self.label_box.clear()
        self.label_box.addItems([label for label in labels if label not in said])
        self.text_box.setChecked(False)
        self.features_box.setChecked(False)
        self.no_button.setChecked(False)
        self.yes_button.setVisible(bool(said))
        self.question.setText("Was this right?" if said else "No label was sure enough.")
        self._ask(False)
        self._refresh()
        self.show()

    def done(self, sentence: str) -> None:
        """Say what was done, and ask no more about this answer."""
        self.question.setText(sentence)
        for widget in (self.yes_button, self.no_button, self.should_be, self.text_box, self.features_box):
            widget.hide()

    def _ask(self, wrong: bool) -> None:
        self.no_button.show()
        self.should_be.setVisible(wrong)
        self.text_box.show()
        self.features_box.show()

    def _refresh(self) -> None:
        self.features_box.setEnabled(not self.text_box.isChecked())

    def _right(self) -> None:
        if self._said:
            self.judged.emit(self._said[0], self.keep)

    def _wrong(self) -> None:
        if self.label_box.currentText():
            self.judged.emit(self.label_box.currentText(), self.keep)


def _button(text: str, name: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setAccessibleName(name)
    button.setToolTip(tip)
    return button
