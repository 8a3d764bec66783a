"""Correcting an answer in the window, seeing it learn, and looking at what was kept."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from desktop.gui.main_window import MainWindow
from desktop.kept_examples import KeptExamples
from desktop.learning import Learning
from desktop.paths import default_paths
from models.engines.base import EngineEvent, Request
from models.engines.starter.engine import StarterEngine
from models.pii.analyzer import Analyzer

TEXT = "The dishwasher arrived broken and the courier left it in the rain."


class Learner:
    """The real starter engine in place of the scripted one."""

    def __init__(self, starter: StarterEngine) -> None:
        self.starter = starter

    def run(self, request: Request, cancel: threading.Event) -> Iterator[EngineEvent]:
        return self.starter.run(request, cancel)


@pytest.fixture
def learning(house: Any) -> Iterator[Learning]:
    kept = KeptExamples(default_paths().examples_file, house.credentials)
    starter = StarterEngine(Analyzer(()), default_paths().resources, taught=kept.taught)
    house.engine.run = Learner(starter).run
    made = Learning(kept, starter.features_of)
    house.backend = replace(house.backend, learning=made)
    yield made
    starter.close()


def run(qtbot: Any, window: MainWindow, task: str = "T02") -> None:
    window.skills.choose(task)
    with qtbot.waitSignal(window.runs.recorded, timeout=60_000):
        qtbot.mouseClick(window.document.run_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.runs.running)


def correct(qtbot: Any, window: MainWindow, label: str) -> None:
    feedback = window.answer.feedback
    feedback.no_button.click()
    feedback.label_box.setCurrentText(label)
    feedback.learn_button.click()
    qtbot.waitUntil(lambda: "Learning" not in feedback.question.text(), timeout=30_000)


def test_a_correction_is_learnt_and_shows_in_the_next_answer(qtbot, learning, window, write):
    write(TEXT)
    run(qtbot, window)
    before = window.answer.answer_text
    other = window.answer.feedback.label_box.itemText(0)
    for _ in range(3):
        window.answer.feedback.text_box.setChecked(True)
        correct(qtbot, window, other)
        run(qtbot, window)
        if other in window.answer.answer_text:
            break
    assert other not in before
    assert other in window.answer.answer_text
    assert learning.kept.listed()[0].text == TEXT


def test_nothing_is_kept_unless_it_was_ticked(qtbot, learning, window, write):
    write(TEXT)
    run(qtbot, window)
    correct(qtbot, window, window.answer.feedback.label_box.itemText(0))
    assert learning.kept.count() == 0
    assert learning.kept.verdicts("T02").judged == 1
    assert window.answer.feedback.question.text() == "Thank you."


def test_what_was_kept_is_listed_and_deleted(qtbot, learning, window, write):
    write(TEXT)
    run(qtbot, window)
    window.answer.feedback.features_box.setChecked(True)
    correct(qtbot, window, window.answer.feedback.label_box.itemText(0))
    window.answer.feedback.examples_button.click()
    dialog = window.learning.dialog
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 1)
    assert "only how it looks" in dialog.table.item(0, 3).text()
    dialog.table.selectRow(0)
    dialog.delete_button.click()
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 0)
    assert learning.kept.count() == 0
    assert "Nothing is kept" in dialog.words.text()


def test_a_keyring_that_went_away_is_told_and_nothing_is_lost(qtbot, house, learning, window, write):
    write(TEXT)
    run(qtbot, window)
    window.answer.feedback.text_box.setChecked(True)
    correct(qtbot, window, window.answer.feedback.label_box.itemText(0))
    house.keyring.kept.clear()
    learning.kept.key.forget()
    window.answer.feedback.examples_button.click()
    dialog = window.learning.dialog
    qtbot.waitUntil(lambda: "locked" in dialog.words.text())
    assert dialog.bar.isVisible()
    assert learning.kept.count() == 1


def test_a_right_answer_is_counted(qtbot, learning, window, write):
    write(TEXT)
    run(qtbot, window)
    feedback = window.answer.feedback
    feedback.yes_button.click()
    qtbot.waitUntil(lambda: feedback.question.text() == "Thank you.")
    assert (learning.kept.verdicts().judged, learning.kept.verdicts().right) == (1, 1)


def test_how_often_answers_were_right_stands_in_the_panel(qtbot, learning, window, write):
    figure = window.ledger._figures["judged"]
    assert figure.text() == "no answers judged yet"
    write(TEXT)
    run(qtbot, window)
    window.answer.feedback.yes_button.click()
    qtbot.waitUntil(lambda: figure.text() == "the one answer so far was right")
    run(qtbot, window)
    correct(qtbot, window, window.answer.feedback.label_box.itemText(0))
    qtbot.waitUntil(lambda: figure.text() == "1 of the last 2 answers were right (50%)")
    assert not window.ledger.accuracy.isVisible()
    window.ledger.details_button.setChecked(True)
    assert window.ledger.accuracy.isVisible()
    assert window.ledger.accuracy.figures[0].text() == "1 of the last 2 answers were right (50%)"


def test_what_was_judged_before_is_shown_at_the_start(qtbot, house, learning):
    learning.kept.judge("T02", "starter", right=False)
    window = MainWindow(house.backend, house.theme)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.ledger._figures["judged"].text() == "the one answer so far was wrong")
    window.close()


def test_verdicts_that_cannot_be_read_are_said_to_be(qtbot, learning, window):
    default_paths().examples_file.parent.mkdir(parents=True, exist_ok=True)
    default_paths().examples_file.write_bytes(b"not a database at all" * 100)
    window.learning.read_judged()
    qtbot.waitUntil(lambda: "could not be read" in window.ledger._figures["judged"].text())


def test_an_answer_without_labels_is_not_asked_about(qtbot, learning, window, write):
    write(TEXT)
    run(qtbot, window, "T06")
    assert not window.answer.feedback.isVisible()
