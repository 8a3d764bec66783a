"""The pages of the editor: labels, rules and golden cases of a task with labels; fields, examples and golden cases."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QSplitter, QTabWidget, QWidget

from desktop.gui.taxonomy_fields import Column, FieldsPage
from desktop.gui.taxonomy_parts import button, page
from desktop.gui.taxonomy_records import TAKE, RecordCases
from desktop.gui.taxonomy_rules import RulesPage
from desktop.gui.taxonomy_tables import ExampleTable, LabelTable
from models.skills.skill import Example, Field, Task
from models.taxonomy.editing import Edit


class TaxonomyPages(QTabWidget):
    """``edited`` comes when the person changed something; ``take_wanted`` asks for the document as a golden case."""

    edited = Signal()
    take_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Parts of the task")
        self._extracts = False
        self.labels, self.examples, self.golden = LabelTable(), ExampleTable(), ExampleTable("Golden cases")
        self.only_box = QCheckBox("Only the chosen label")
        self.only_box.setToolTip("Show the examples of the label that is chosen above.")
        self.rules, self.fields = RulesPage(self._label_names), FieldsPage()
        self.cases = RecordCases("Examples", "example")
        self.golden_cases = RecordCases("Golden cases", "golden case", self.take_wanted.emit)
        self._tabs: list[tuple[QWidget, str, str, bool]] = [
            (self._labels_page(), "Labels", "Labels and the examples that teach them.", False),
            (self.rules, "Rules", "What decides before any model is asked.", False),
            (self._golden_page(), "Golden cases", GOLDEN, False),
            (self.fields, "Fields", "What a record holds.", True),
            (self.cases, "Examples", "Texts with their records; they show Phi-4 Mini what is meant.", True),
            (self.golden_cases, "Golden cases", GOLDEN, True),
        ]
        for widget, title, tip, _extracts in self._tabs:
            self.setTabToolTip(self.addTab(widget, title), tip)
        for source in (self.labels, self.examples, self.golden, self.rules.table):
            source.edited.connect(self.edited)
        for part in (self.fields, self.cases, self.golden_cases):
            part.edited.connect(self.edited)
        self.fields.table.edited.connect(self._take_columns)

    def show_task(self, task: Task) -> None:
        """Show all parts of a task."""
        self._extracts = task.skill == "extract"
        for at, (_widget, _title, _tip, extracts) in enumerate(self._tabs):
            self.setTabVisible(at, extracts == self._extracts)
        if self._extracts:
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
        if self._extracts:
            return Edit(
                examples=self.cases.cases(),
                golden=self.golden_cases.cases(),
                fields=self.fields.table.fields(),
                ground=self.fields.ground,
                single=not self.fields.many_box.isChecked(),
            )
        return Edit(self.labels.labels(), self.examples.examples(), self.rules.table.rules(), self.golden.examples())

    def show_golden(self) -> None:
        """Bring the golden cases to the front."""
        self.setCurrentIndex(5 if self._extracts else 2)

    def add_golden(self, case: Example) -> None:
        """Put a golden case in, ready to be looked at."""
        self.show_golden()
        if self._extracts:
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


GOLDEN = "Texts with the right answer, which test a change and do not teach."


def _column(field: Field) -> Column:
    return Column(field.name, field.name, field.values)
