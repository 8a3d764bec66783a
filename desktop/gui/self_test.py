"""A short walk through the whole program, as ``strongroom --self-test`` does it, frozen or not."""

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QTextCursor

from desktop.gui.main_window import MainWindow
from desktop.settings import SettingsStore

TEXT = (
    "Dear support team,\n\nI was charged twice for order 1042. Please refund the second payment to "
    "DE89 3704 0044 0532 0130 00 as soon as possible.\n\nKind regards"
)
LIMIT_S = 25.0


class SelfTest:
    """Prints a line for each step; stops at the first that fails."""

    def __init__(self, window: MainWindow, settings: SettingsStore, resources: Path) -> None:
        self._window = window
        self._settings = settings
        self._resources = resources
        self._deadline = time.monotonic() + LIMIT_S

    def run(self) -> int:
        """0 if every step passed."""
        steps: tuple[tuple[str, Callable[[], bool]], ...] = (
            ("the window is painted", self._paint),
            ("an IBAN is found while typing", self._find_iban),
            ("the starter engine answers", self._starter),
            ("the model worker starts, answers and stops", self._worker),
        )
        passed = True
        for name, step in steps:
            passed = step()
            trouble = "" if passed or self._window.bar.isHidden() else f" ({self._window.bar.title.text()})"
            print(f"{'ok  ' if passed else 'FAIL'} {name}{trouble}")
            if not passed:
                break
        self._window.close()
        if passed:
            print("self-test passed")
        return 0 if passed else 1

    def _paint(self) -> bool:
        painted: list[bool] = []
        self._window.first_paint.connect(lambda: painted.append(True))
        self._window.show()
        return self._wait(lambda: bool(painted))

    def _find_iban(self) -> bool:
        edit = self._window.document.edit
        edit.moveCursor(QTextCursor.MoveOperation.End)
        for line in TEXT.splitlines(keepends=True):
            edit.insertPlainText(line)
        return self._wait(lambda: any(finding.entity == "IBAN" for finding in self._window.document.findings))

    def _starter(self) -> bool:
        return self._run_classify(1)

    def _worker(self) -> bool:
        self._settings.update(model_folder=str(self._resources / "tiny-phi"))
        return self._run_classify(2)

    def _run_classify(self, engine: int) -> bool:
        window = self._window
        outcomes: list[str] = []
        window.runs.recorded.connect(lambda record: outcomes.append(record.outcome))
        window.skills.choose_skill(0)
        window.answer.engine_box.setCurrentIndex(engine)
        window.document.run_button.click()
        ended = self._wait(lambda: bool(outcomes) and not window.runs.running)
        return ended and outcomes[-1] in ("done", "cut", "repeating")

    def _wait(self, condition: Callable[[], bool]) -> bool:
        """Turn the event loop until ``condition`` holds; False when time is up."""
        loop = QEventLoop()
        timer = QTimer(interval=10)
        timer.timeout.connect(lambda: loop.quit() if condition() or time.monotonic() > self._deadline else None)
        timer.start()
        loop.exec()
        timer.stop()
        return condition()
