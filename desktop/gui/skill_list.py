"""The list of what the program can do, grouped by skill."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from models.skills.skill import SKILLS, Task

_TASK = Qt.ItemDataRole.UserRole


class SkillList(QListWidget):
    """One row a task under the heading of its skill; ``chosen`` carries the task."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Skills")
        self.setAccessibleDescription("What to do with the document. Control+1 to Control+5 jump to a skill.")
        self.setToolTip("Choose what to do with your document. Choosing sends nothing anywhere.")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(170)
        self.currentItemChanged.connect(self._choose)

    def set_tasks(self, tasks: Sequence[Task]) -> None:
        """Show these tasks; the first is chosen if none was."""
        previous = self.task
        self.clear()
        for skill in SKILLS:
            members = [task for task in tasks if task.skill == skill]
            if not members:
                continue
            heading = QListWidgetItem(skill.upper())
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
            font = QFont(self.font())
            font.setPointSizeF(font.pointSizeF() * 0.82)
            font.setWeight(QFont.Weight.DemiBold)
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.6)
            heading.setFont(font)
            heading.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
            heading.setSizeHint(QSize(0, self.fontMetrics().height() + 18))
            self.addItem(heading)
            for task in members:
                item = QListWidgetItem(task.name)
                item.setToolTip(task.description)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{task.name}, {skill}")
                item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, task.description)
                item.setData(_TASK, task)
                self.addItem(item)
        names = [task.id for task in tasks]
        if names:
            self.choose(previous.id if previous is not None and previous.id in names else names[0])

    @property
    def task(self) -> Task | None:
        """The task that is chosen."""
        item = self.currentItem()
        task = item.data(_TASK) if item is not None else None
        return task if isinstance(task, Task) else None

    @property
    def names(self) -> dict[str, str]:
        """Names of all tasks by their id."""
        return {task.id: task.name for item in self._task_items() for task in (item.data(_TASK),)}

    def choose(self, task_id: str) -> None:
        """Choose a task by its id."""
        for item in self._task_items():
            if item.data(_TASK).id == task_id:
                self.setCurrentItem(item)

    def choose_skill(self, number: int) -> None:
        """Choose the first task of the skill ``number`` (0 to 4), or the next one if a task of it is chosen already."""
        members = [item for item in self._task_items() if item.data(_TASK).skill == SKILLS[number]]
        if members:
            current = self.currentItem()
            at = (members.index(current) + 1) % len(members) if current in members else 0
            self.setCurrentItem(members[at])

    def set_heading_color(self, color: str) -> None:
        """Colour of the skills' names."""
        for row in range(self.count()):
            if not self.item(row).flags():
                self.item(row).setForeground(QColor(color))

    def _task_items(self) -> list[QListWidgetItem]:
        items = [self.item(row) for row in range(self.count())]
        return [item for item in items if isinstance(item.data(_TASK), Task)]

    def _choose(self, current: QListWidgetItem | None, _previous: QListWidgetItem | None) -> None:
        if current is not None and isinstance(current.data(_TASK), Task):
            self.chosen.emit(current.data(_TASK))
