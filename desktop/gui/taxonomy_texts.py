"""What a summarize or draft task is taught and tested with: the prompt, texts with an answer, and words to be in it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.gui.taxonomy_cases import CaseList
from models.skills.skill import Example

PROMPT = (
    "What Phi-4 Mini is told to do. The starter engine does not read it. Test a change with Phi-4 Mini before you keep "
    "it; Versions… compares two prompts."
)


class PromptPage(QWidget):
    """The instructions of a task. ``edited`` comes when the person changed them."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("Prompt")
        self.text.setToolTip("The instructions that Phi-4 Mini gets, before the examples and the document.")
        self.text.setTabChangesFocus(True)
        self.text.textChanged.connect(self._tell)
        self._filling = False
        note = QLabel(PROMPT)
        note.setProperty("role", "muted")
        note.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        layout.addWidget(note)
        layout.addWidget(self.text, 1)

    def show_prompt(self, text: str) -> None:
        """Show the instructions of a task."""
        self._filling = True
        self.text.setPlainText(text)
        self._filling = False

    def prompt(self) -> str:
        """The instructions as they stand."""
        return self.text.toPlainText().strip()

    def _tell(self) -> None:
        if not self._filling:
            self.edited.emit()


class TextCases(CaseList):
    """Texts with the answer to them; ``tests``: with words, a line each, that a good answer holds."""

    def __init__(
        self,
        what: str,
        one: str,
        take: Callable[[], None] | None = None,
        *,
        tests: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(what, one, take, parent)
        self._tests = tests
        self.answer = _field(f"Answer of the {one}", "A good answer to this text.")
        self.words = _field(
            "Words that a good answer holds", "All must be in the answer; upper and lower case are alike."
        )
        for field, caption in ((self.words, "A good answer holds, a line each:"), (self.answer, "A good answer:")):
            field.textChanged.connect(self._write)
            if tests or field is self.answer:
                self._right.addWidget(_captioned(caption, field))
        self._show(-1)

    def show_cases(self, cases: Sequence[Example]) -> None:
        """Show cases."""
        self.fill(cases)

    def cases(self) -> list[Example]:
        """The cases as they stand."""
        return self.written()

    def details(self) -> Sequence[QWidget]:
        """The fields beside the text."""
        return (self.words, self.answer) if self._tests else (self.answer,)

    def show_right(self, case: Example | None) -> None:
        """Show the answer, and the words that a good one holds."""
        self.answer.setPlainText(case.answer if case else "")
        self.words.setPlainText("\n".join(case.must_include) if case else "")

    def right(self, text: str, before: Example) -> Example:
        """The case as it was written."""
        words = tuple(line.strip() for line in self.words.toPlainText().splitlines() if line.strip())
        return replace(before, text=text, answer=self.answer.toPlainText().strip(), must_include=words)


def _captioned(caption: str, field: QWidget) -> QWidget:
    box = QWidget()
    label = QLabel(caption)
    label.setProperty("role", "muted")
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 4, 0, 0)
    layout.setSpacing(4)
    layout.addWidget(label)
    layout.addWidget(field, 1)
    return box


def _field(name: str, tip: str) -> QPlainTextEdit:
    field = QPlainTextEdit()
    field.setAccessibleName(name)
    field.setToolTip(tip)
    field.setPlaceholderText(tip)
    field.setTabChangesFocus(True)
    return field
