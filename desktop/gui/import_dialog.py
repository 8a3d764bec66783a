"""Before examples of a table are taken: which columns, what stands in them, what is left out and why."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.gui.wording import count
from models.documents.table_file import Table
from models.errors import StrongroomError
from models.skills.skill import Task
from models.taxonomy.building import Plan, new_task, plan_import, task_id_from
from models.taxonomy.labelled import Labelled, labelled_texts, pick_columns

PREVIEW_ROWS = 8
MOST_TOLD = 100
INTO_NEW = "A new task"


class ImportDialog(QDialog):
    """``plan`` is what the table would make of the task, None while it cannot."""

    def __init__(self, table: Table, task: Task, taken: Callable[[str], bool], parent: QWidget | None = None) -> None:
        """``taken`` says whether a task of this id exists already."""
        super().__init__(parent)
        self.setWindowTitle("Import examples")
        self.plan: Plan | None = None
        self._table = table
        self._task = task
        self._taken = taken
        self._build()
        self._pick()
        self._refresh()
        self.resize(680, 560)

    def _build(self) -> None:
        self.text_box, self.label_box = QComboBox(), QComboBox()
        for box, name in ((self.text_box, "Column of the text"), (self.label_box, "Column of the label")):
            box.addItems(list(self._table.columns))
            box.setAccessibleName(name)
            box.setToolTip(f"{name} in the file.")
            box.currentIndexChanged.connect(lambda _index: self._refresh())
        self.into_box = QComboBox()
        self.into_box.setAccessibleName("Where the examples go")
        self.into_box.setToolTip("Add to the task that is shown, or make a task of its own.")
        self.into_box.addItems([self._task.name, INTO_NEW])
        self.into_box.currentIndexChanged.connect(lambda _index: self._refresh())
        self.name_field = QLineEdit()
        self.name_field.setAccessibleName("Name of the new task")
        self.name_field.setPlaceholderText("Name of the new task")
        self.name_field.setToolTip("How the task stands in the list on the left.")
        self.name_field.setMaxLength(60)
        self.name_field.setText(self._table.file.rsplit(".", 1)[0][:60])
        self.name_field.textChanged.connect(lambda _text: self._refresh())
        form = QFormLayout()
        form.addRow("Text", self.text_box)
        form.addRow("Label", self.label_box)
        form.addRow("Into", self.into_box)
        form.addRow("", self.name_field)
        self.preview = QTableWidget(0, 2)
        self.preview.setAccessibleName("The first rows")
        self.preview.setToolTip("The first rows, as they would be taken.")
        self.preview.setHorizontalHeaderLabels(["Text", "Label"])
        self.preview.horizontalHeader().setStretchLastSection(True)
        self.preview.setColumnWidth(0, 440)
        self.preview.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.preview.verticalHeader().hide()
        self.preview.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.verdict = QLabel()
        self.verdict.setWordWrap(True)
        self.report = QPlainTextEdit()
        self.report.setReadOnly(True)
        self.report.setAccessibleName("What is left out, and why")
        self.report.setToolTip("What is left out, by row and column.")
        self.buttons = QDialogButtonBox()
        self.take_button = self.buttons.addButton("Take these examples", QDialogButtonBox.ButtonRole.AcceptRole)
        self.take_button.setToolTip("Show the task with these examples; the change is tested before it is kept.")
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addLayout(form)
        layout.addWidget(self.preview, 1)
        layout.addWidget(self.verdict)
        layout.addWidget(self.report, 1)
        layout.addWidget(self.buttons)

    def _pick(self) -> None:
        """Choose the columns whose headings say so; else the first two."""
        try:
            text, label = pick_columns(self._table)
        except StrongroomError:
            self.label_box.setCurrentIndex(min(1, self.label_box.count() - 1))
            return
        self.text_box.setCurrentText(text)
        self.label_box.setCurrentText(label)

    def _refresh(self) -> None:
        new = self.into_box.currentText() == INTO_NEW and self.into_box.currentIndex() == 1
        self.name_field.setVisible(new)
        text, label = self.text_box.currentText(), self.label_box.currentText()
        multiple = self._task.multiple and not new
        labelled = labelled_texts(self._table, text, label, multiple=multiple)
        self._show_rows(text, label)
        self.plan = None
        try:
            self.plan = self._make(labelled, new=new)
            self.verdict.setText(_said(self.plan))
        except StrongroomError as error:
            self.verdict.setText(f"{error.title}. {error.message}")
        lines = _report(labelled, self.plan)
        self.report.setPlainText("\n".join(lines[:MOST_TOLD]))
        self.report.setVisible(bool(lines))
        self.take_button.setEnabled(self.plan is not None and self.plan.added > 0)

    def _make(self, labelled: Labelled, *, new: bool) -> Plan:
        if not new:
            return plan_import(labelled, self._task)
        name = self.name_field.text().strip() or "Own labels"
        task_id, number = task_id_from(name), 1
        while self._taken(task_id):
            number += 1
            task_id = f"{task_id_from(name)[:28]}-{number}"
        skill = self._task.skill if self._task.skill in ("classify", "route") else "classify"
        return new_task(labelled, task_id, name, skill)

    def _show_rows(self, text: str, label: str) -> None:
        rows = self._table.rows[:PREVIEW_ROWS]
        self.preview.setRowCount(len(rows))
        for index, row in enumerate(rows):
            for column, name in enumerate((text, label)):
                self.preview.setItem(index, column, QTableWidgetItem(" ".join(row.cells.get(name, "")[:500].split())))


def _said(plan: Plan) -> str:
    new = f" and {count(len(plan.new_labels), 'new label')}" if plan.new_labels else ""
    return f"{count(plan.added, 'new example')}{new}; {len(plan.known):,} are there already."


def _report(labelled: Labelled, plan: Plan | None) -> list[str]:
    lines = [labelled.notice] if labelled.notice else []
    lines += [problem.sentence(labelled.file) for problem in labelled.problems]
    lines += [
        f"{labelled.file}, rows {', '.join(map(str, clash.rows))}: the same text under {' and '.join(clash.labels)}"
        for clash in labelled.clashes
    ]
    if labelled.repeated:
        lines.append(f"{labelled.file}: {count(len(labelled.repeated), 'row')} repeat an earlier text")
    if plan is not None:
        lines += [
            f"{labelled.file}, row {clash.rows[0]}: the task has this text under {clash.labels[-1]}"
            for clash in plan.clashes
        ]
        if plan.golden:
            lines.append(
                f"{labelled.file}: {count(len(plan.golden), 'row')} are golden cases, which test and do not teach"
            )
    return lines
