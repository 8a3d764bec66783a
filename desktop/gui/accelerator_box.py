"""What Phi-4 Mini computes on, in the settings: the CPU, or an accelerator that was tried on this machine and works."""

import threading
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.gui.job import Job, JobRunner
from desktop.settings import SettingsStore
from models.errors import StrongroomError

if TYPE_CHECKING:
    from models.engines.accelerators import Found

CPU = "CPU (tested)"
HELP = (
    "What Phi-4 Mini computes on. An accelerator (graphics or neural processor) is offered once it was tried here and "
    "worked. Nothing is downloaded, and where it fails the CPU takes over."
)
CHOOSE = "To use it, choose it above."
TRYING = "Trying each accelerator in a process of its own, a minute or two each …"


class AcceleratorBox(QWidget):
    """A choice, a button that looks for accelerators or stops that, and what was found. ``changed``: another is set."""

    changed = Signal()

    def __init__(
        self,
        store: SettingsStore,
        runner: JobRunner,
        known: Callable[[], Iterable["Found"]],
        find: Callable[[threading.Event], Iterable["Found"]],
        busy: Callable[[], bool],
        parent: QWidget | None = None,
    ) -> None:
        """``known`` and ``find`` as in ``Backend``; ``busy`` says whether a task runs, which uses the model."""
        super().__init__(parent)
        self._store = store
        self._runner = runner
        self._known = known
        self._find = find
        self._busy = busy
        self._job: Job | None = None
        self.choice = QComboBox()
        self.choice.setAccessibleName("Processor")
        self.choice.setAccessibleDescription(HELP)
        self.choice.setToolTip(HELP)
        self.choice.setMinimumWidth(240)
        self.choice.view().setAccessibleName("Processor")
        self.choice.activated.connect(lambda _row: self._choose())
        self.find_button = QPushButton("Look for accelerators")
        self.find_button.setAutoDefault(False)
        self.find_button.clicked.connect(self._look_or_stop)
        name = QLabel("Processor")
        name.setBuddy(self.choice)
        self.status = QLabel()
        self.status.setWordWrap(True)
        self.status.setProperty("role", "muted")
        self.status.setText(HELP)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(name)
        line.addStretch(1)
        line.addWidget(self.choice)
        line.addWidget(self.find_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addLayout(line)
        layout.addWidget(self.status)
        self._fill([("", CPU)])
        self._show_button()

    def ask(self) -> None:
        """Show what was found before, off the GUI thread; nothing is tried."""
        if self._job is not None:
            return

        def work(_cancel: threading.Event) -> Iterator[object]:
            yield _named(self._known(), self._store.current.accelerator)

        self._runner.start(work, self._offer, lambda _error: None)

    def _look_or_stop(self) -> None:
        if self._job is not None:
            self._job.stop()
            self.status.setText("Stopping …")
            return
        if self._busy():
            self.status.setText("A task is running and uses the model. Stop it first, or wait for it.")
            return

        def work(cancel: threading.Event) -> Iterator[object]:
            from models.engines.accelerators import ONLY_CPU

            found = list(self._find(cancel))
            if cancel.is_set():
                yield "Stopped. What was found before is kept."
                return
            better = any(each.works and each.provider != self._store.current.accelerator for each in found)
            said = " ".join(each.reason for each in found) if found else ONLY_CPU
            yield f"{said} {CHOOSE}" if better else said
            yield _named(found, self._store.current.accelerator)

        def take(event: object) -> None:
            if isinstance(event, str):
                self.status.setText(event)
            else:
                self._offer(event)

        def fail(error: StrongroomError) -> None:
            self.status.setText(f"{error.title}. {error.message}")

        def end() -> None:
            self._job = None
            self._show_button()

        self.status.setText(TRYING)
        self._job = self._runner.start(work, take, fail, end)
        self._show_button()

    def _offer(self, choices: object) -> None:
        self._fill([("", CPU), *cast("list[tuple[str, str]]", choices)])

    def _fill(self, choices: list[tuple[str, str]]) -> None:
        self.choice.clear()
        for value, words in choices:
            self.choice.addItem(words, value)
        self.choice.setCurrentIndex(max(self.choice.findData(self._store.current.accelerator), 0))
        self.choice.setEnabled(len(choices) > 1)

    def _choose(self) -> None:
        value = str(self.choice.currentData())
        if value == self._store.current.accelerator:
            return
        try:
            self._store.update(accelerator=value)
        except StrongroomError as error:
            self.status.setText(f"{error.title}. {error.message}")
        self.changed.emit()

    def _show_button(self) -> None:
        trying = self._job is not None
        self.find_button.setText("Stop" if trying else "Look for accelerators")
        self.find_button.setAccessibleName("Stop looking" if trying else "Look for accelerators")
        self.find_button.setToolTip(
            "Stop. What was found before is kept."
            if trying
            else "Unload Phi-4 Mini, then try it on each graphics and neural processor that the installed packages can "
            "use. Nothing leaves this device, and nothing is downloaded."
        )


def _named(found: Iterable["Found"], chosen: str) -> list[tuple[str, str]]:
    """Value and words of each that works, and of the chosen one, which stays in sight where it does not."""
    from models.engines.accelerators import words

    working = [each.provider for each in found if each.works]
    choices = [(provider, words(provider)) for provider in working]
    if chosen and chosen not in working:
        choices.append((chosen, f"{words(chosen)}, to be tried again"))
    return choices
