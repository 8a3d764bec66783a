"""The rules of a task: what a text must say for a label to be certain, before any model is asked."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHeaderView, QLabel, QVBoxLayout, QWidget

from desktop.gui.taxonomy_parts import button, page
from desktop.gui.taxonomy_tables import Choices, EditTable
from models.errors import InputError
from models.skills.rules import Rule, pattern_problem
from models.taxonomy.labelled import SEVERAL

COLUMNS = ("Label", "Text contains", "Pattern", "Sender", "Amount above")
TIPS = (
    "The label that is given.",
    f"Words or phrases, parted by {SEVERAL}; one of them must stand in the text.",
    "A regular expression that must be found in the text.",
    "What the line “From:” must hold.",
    "An amount of money in the text must be above this.",
)
EMPTY = "No rules. A rule decides at once, before any model is asked: “from billing@…” is always Billing, say."


class RuleTable(EditTable):
    """Rules, one a row, in the order in which they are tried."""

    def __init__(self, labels: Callable[[], Sequence[str]], parent: QWidget | None = None) -> None:
        super().__init__(COLUMNS, parent, TIPS)
        self._labels = labels
        self.setAccessibleName("Rules")
        self.setAccessibleDescription("Label and conditions of every rule. Delete removes a rule.")
        self.setToolTip(
            "Double-click to change. All conditions of a rule must hold; the first rule that holds decides."
        )
        self.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.setItemDelegateForColumn(0, Choices(labels, "Label of the rule", self))
        for column, width in ((0, 150), (3, 150), (4, 125)):
            self.setColumnWidth(column, width)

    def show_rules(self, rules: Sequence[Rule]) -> None:
        """Show rules."""
        self.setRowCount(len(rules))
        for at, rule in enumerate(rules):
            amount = "" if rule.amount_over is None else f"{rule.amount_over:.15g}"
            self.put(at, (rule.label, f" {SEVERAL} ".join(rule.contains), rule.pattern, rule.sender, amount))

    def add(self) -> None:
        """A new rule, ready to be written."""
        at = self.rowCount()
        self.insertRow(at)
        self.put(at, (next(iter(self._labels()), ""), "", "", "", ""))
        self.begin(at, 1)
        self.edited.emit()

    def move_chosen(self, by: int) -> None:
        """Move the current rule up (-1) or down (1)."""
        at, to = self.currentRow(), self.currentRow() + by
        if at < 0 or not 0 <= to < self.rowCount():
            return
        here, there = self._cells(at), self._cells(to)
        self.put(at, there)
        self.put(to, here)
        self.setCurrentCell(to, self.currentColumn())
        self.edited.emit()

    def rules(self) -> list[Rule]:
        """The rules as they stand. Raises InputError for an amount that is no number."""
        return [self._rule(at) for at in range(self.rowCount())]

    def problem(self) -> str:
        """What is wrong with a rule, as far as that is told at a glance; "" for nothing."""
        for at in range(self.rowCount()):
            if (pattern := self._cells(at)[2].strip()) and (wrong := pattern_problem(pattern)):
                return f"Rule {at + 1}, pattern: {wrong}."
        try:
            self.rules()
        except InputError as error:
            return f"{error.title}. {error.message}"
        return ""

    def _rule(self, at: int) -> Rule:
        label, contains, pattern, sender, amount = self._cells(at)
        return Rule(
            " ".join(label.split()),
            tuple(part for phrase in contains.split(SEVERAL) if (part := " ".join(phrase.split()))),
            pattern.strip(),
            " ".join(sender.split()),
            _amount(amount, at + 1) if amount.strip() else None,
        )

    def _cells(self, at: int) -> list[str]:
        items = (self.item(at, column) for column in range(len(COLUMNS)))
        return [item.text() if item is not None else "" for item in items]


class RulesPage(QWidget):
    """The table with its buttons; says what is wrong with a rule while it is written."""

    def __init__(self, labels: Callable[[], Sequence[str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = RuleTable(labels)
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setAccessibleName("What is wrong with a rule")
        self.add_button = button("Add rule", "Add a rule; give it at least one condition.", self.table.add)
        self.remove_button = button("Remove rule", "Take the chosen rules away (Delete).", self.table.remove_chosen)
        self.up_button = button("Move up", "Try this rule earlier.", lambda: self.table.move_chosen(-1))
        self.down_button = button("Move down", "Try this rule later.", lambda: self.table.move_chosen(1))
        self.table.edited.connect(self._refresh)
        self.table.itemSelectionChanged.connect(self._refresh)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        buttons = (self.add_button, self.remove_button, self.up_button, self.down_button)
        layout.addWidget(page(self.table, buttons, self.note, margin=8))

    def show_rules(self, rules: Sequence[Rule]) -> None:
        """Show rules."""
        self.table.show_rules(rules)
        self._refresh()

    def _refresh(self) -> None:
        problem = self.table.problem()
        self.note.setText(problem or ("" if self.table.rowCount() else EMPTY))
        self.note.setProperty("role", "problem" if problem else "muted")
        self.note.style().polish(self.note)
        self.note.setVisible(bool(self.note.text()))
        at = self.table.currentRow()
        self.remove_button.setEnabled(bool(self.table.selectedIndexes()))
        self.up_button.setEnabled(at > 0)
        self.down_button.setEnabled(0 <= at < self.table.rowCount() - 1)


def _amount(written: str, number: int) -> float:
    try:
        return float(written.replace(" ", "").replace(",", "."))
    except ValueError:
        raise InputError(
            "An amount is no number",
            f"Rule {number}: “{written.strip()[:30]}” is not a number. Nothing was kept. Write it in digits, such as "
            "500 or 499.95, without thousands marks or a currency.",
        ) from None
