"""The pages of the editor: those of tasks with labels, of extract tasks and of texts, and the prompt of each."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QSplitter, QTabWidget, QWidget

from desktop.gui.taxonomy_cases import TAKE
from desktop.gui.taxonomy_fields import Column, FieldsPage
from desktop.gui.taxonomy_parts import button, page
from desktop.gui.taxonomy_records import RecordCases
from desktop.gui.taxonomy_rules import RulesPage
from desktop.gui.taxonomy_tables import ExampleTable, LabelTable
from desktop.gui.taxonomy_texts import PROMPT, PromptPage, TextCases
from models.skills.skill import Example, Field, SkillName, Task
from models.taxonomy.editing import Edit

Kind = Literal["labels", "records", "texts"]
"""What the answers of a task are."""
KINDS: dict[SkillName, Kind] = {
    "classify": "labels",
    "route": "labels",
    "extract": "records",
    "summarize": "texts",
    "draft": "texts",
}
GOLDEN = "Texts with the right answer, which test a change and do not teach."


class TaxonomyPages(QTabWidget):
    """``edited`` comes when the person changed something; ``take_wanted`` asks for the document as a golden case."""

    edited = Signal()
    take_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Parts of the task")
        self._kind: Kind = "labels"
        self.labels, self.examples, self.golden = LabelTable(), ExampleTable(), ExampleTable("Golden cases")
        self.only_box = QCheckBox("Only the chosen label")
        self.only_box.setToolTip("Show the examples of the label that is chosen above.")
        self.rules, self.fields = RulesPage(self._label_names), FieldsPage()
        self.cases = RecordCases("Examples", "example")
        self.golden_cases = RecordCases("Golden cases", "golden case", self.take_wanted.emit)
        self.text_examples = TextCases("Examples", "example")
        self.text_golden = TextCases("Golden cases", "golden case", self.take_wanted.emit, tests=True)
        self.prompt = PromptPage()
        self._tabs: list[tuple[QWidget, str, str, Kind | None]] = [
            (self._labels_page(), "Labels", "Labels and the examples that teach them.", "labels"),
            (self.rules, "Rules", "What decides before any model is asked.", "labels"),
            (self._golden_page(), "Golden cases", GOLDEN, "labels"),
            (self.fields, "Fields", "What a record holds.", "records"),
            (self.cases, "Examples", "Texts with their records; they show Phi-4 Mini what is meant.", "records"),
            (self.golden_cases, "Golden cases", GOLDEN, "records"),
            (self.text_examples, "Examples", "Texts with a good answer; they show Phi-4 Mini what is meant.", "texts"),
            (self.text_golden, "Golden cases", GOLDEN, "texts"),
            (self.prompt, "Prompt", PROMPT, None),
        ]
        for widget, title, tip, _kind in self._tabs:
            self.setTabToolTip(self.addTab(widget, title), tip)
        for source in (self.labels, self.examples, self.golden, self.rules.table):
            source.edited.connect(self.edited)
        for part in (
            self.fields,
            self.cases,
            self.golden_cases,
            self.text_examples,
            self.text_golden,
            self.prompt,
        ):
            part.edited.connect(self.edited)
        self.fields.table.edited.connect(self._take_columns)

    def show_task(self, task: Task) -> None:
        """Show all parts of a task."""
        self._kind = KINDS[task.skill]
        for at, (_widget, _title, _tip, kind) in enumerate(self._tabs):
            self.setTabVisible(at, kind in (self._kind, None))
        self.prompt.show_prompt(task.instructions)
        if self._kind == "texts":
            self.text_examples.show_cases(task.examples)
            self.text_golden.show_cases(task.golden)
        elif self._kind == "records":
            self.fields.show_task(task)
            columns = [_column(field) for field in task.fields]
            self.cases.show_cases(task.examples, columns)
            self.golden_cases.show_cases(task.golden, columns)
        else:
            self.labels.show_labels(task.labels, task.examples)
            self.examples.show_examples(task.examples)
            self.only_box.setChecked(False)
            self.rules.show_rules(task.rules)
            self.golden.show_examples(task.golden)

    def edit(self) -> Edit:
        """What stands in the pages. Raises InputError for a cell that cannot be read."""
        prompt = self.prompt.prompt()
        if self._kind == "texts":
            return Edit(examples=self.text_examples.cases(), golden=self.text_golden.cases(), instructions=prompt)
        if self._kind == "records":
            return Edit(
                examples=self.cases.cases(),
                golden=self.golden_cases.cases(),
                fields=self.fields.table.fields(),
                ground=self.fields.ground,
                single=not self.fields.many_box.isChecked(),
                instructions=prompt,
            )
        return Edit(
            self.labels.labels(),
            self.examples.examples(),
            self.rules.table.rules(),
            self.golden.examples(),
            instructions=prompt,
        )

    def show_golden(self) -> None:
        """Bring the golden cases to the front."""
        self.setCurrentIndex({"labels": 2, "records": 5, "texts": 7}[self._kind])

    def show_first(self) -> None:
        """Bring what the task is made of to the front."""
        self.setCurrentIndex(next(at for at in range(self.count()) if self.isTabVisible(at)))

    def add_golden(self, case: Example) -> None:
        """Put a golden case in, ready to be looked at."""
        self.show_golden()
        if self._kind == "texts":
            self.text_golden.add(case)
        elif self._kind == "records":
            self.golden_cases.add(case)
        else:
            self.golden.add("|".join(case.labels), case.text)

    def _labels_page(self) -> QWidget:
        self.add_label_button = button("Add label", "Add a label; give it at least two examples.", self.labels.add)
        self.remove_label_button = button(
            "Remove label",
            "Take the chosen labels away (Delete), with what is filed under them.",
            self.labels.remove_chosen,
        )
        self.add_example_button = button(
            "Add example", "Add a text with the chosen label.", lambda: self.examples.add(self.labels.chosen)
        )
        self.remove_example_button = button(
            "Remove example", "Take the chosen examples away (Delete).", self.examples.remove_chosen
        )
        self.only_box.toggled.connect(lambda _on: self._filter())
        self.labels.itemSelectionChanged.connect(self._filter)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(page(self.labels, [self.add_label_button, self.remove_label_button], margin=8))
        splitter.addWidget(
            page(self.examples, [self.add_example_button, self.remove_example_button, self.only_box], margin=8)
        )
        return splitter

    def _golden_page(self) -> QWidget:
        self.add_golden_button = button(
            "Add golden case", "Add a text with its right label.", lambda: self.golden.add(self.labels.chosen)
        )
        self.take_button = button("Take the document", TAKE, self.take_wanted.emit)
        self.remove_golden_button = button(
            "Remove golden case", "Take the chosen golden cases away (Delete).", self.golden.remove_chosen
        )
        return page(self.golden, [self.add_golden_button, self.take_button, self.remove_golden_button], margin=8)

    def _label_names(self) -> Sequence[str]:
        return [one.label.name for one in self.labels.labels()]

    def _filter(self) -> None:
        self.examples.show_only(self.labels.chosen if self.only_box.isChecked() else "")

    def _take_columns(self) -> None:
        columns = self.fields.table.columns()
        self.cases.set_columns(columns)
        self.golden_cases.set_columns(columns)


def _column(field: Field) -> Column:
    return Column(field.name, field.name, field.values)
