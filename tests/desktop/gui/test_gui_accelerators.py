"""The processor in the settings: the CPU unless an accelerator was tried here and works."""

import dataclasses

import pytest

from desktop.gui.accelerator_box import CHOOSE, CPU
from desktop.gui.main_window import MainWindow
from models.engines.accelerators import ONLY_CPU, Found
from models.errors import EngineUnavailable

WORKS = Found(
    "cuda",
    works=True,
    reason="On NVIDIA graphics (CUDA) the model reads 20 times as fast.",
)
FAILS = Found("dml", works=False, reason="On graphics (DirectML) the model does not load.")


@pytest.fixture
def trial():
    """What a trial finds; an exception is raised, and "endless" lasts until Stop."""
    return []


@pytest.fixture
def known():
    """What was found before."""
    return []


@pytest.fixture
def box(qtbot, house, trial, known):
    def find(cancel):
        for each in trial:
            if each == "endless":
                cancel.wait(20)
                return
            if isinstance(each, Exception):
                raise each
            yield each

    backend = dataclasses.replace(house.backend, known_accelerators=lambda: tuple(known), find_accelerators=find)
    window = MainWindow(backend, house.theme)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.first_paint):
        window.show()
    made = window.show_settings().accelerator_box
    qtbot.waitUntil(lambda: not window.runner._jobs)
    yield made
    window.close()


def look(qtbot, box):
    box.find_button.click()
    qtbot.waitUntil(lambda: box.find_button.text() == "Look for accelerators")


def choices(box):
    return [box.choice.itemText(row) for row in range(box.choice.count())]


def test_at_first_there_is_the_cpu_and_nothing_to_choose(box):
    assert choices(box) == [CPU]
    assert not box.choice.isEnabled()
    assert "Nothing is downloaded" in box.status.text()


def test_a_machine_with_a_cpu_only_is_told_so(qtbot, box):
    look(qtbot, box)
    assert box.status.text() == ONLY_CPU
    assert choices(box) == [CPU]


def test_what_works_is_offered_what_does_not_is_told_and_the_choice_is_kept(qtbot, house, box, trial):
    trial += [WORKS, FAILS]
    look(qtbot, box)
    assert choices(box) == [CPU, "NVIDIA graphics (CUDA)"]
    assert box.status.text() == f"{WORKS.reason} {FAILS.reason} {CHOOSE}"
    assert house.settings.current.accelerator == ""
    box.choice.setCurrentIndex(1)
    box.choice.activated.emit(1)
    assert house.settings.current.accelerator == "cuda"
    look(qtbot, box)
    assert CHOOSE not in box.status.text()
    box.choice.setCurrentIndex(0)
    box.choice.activated.emit(0)
    assert house.settings.current.accelerator == ""


def test_what_was_found_before_is_offered_without_a_trial(qtbot, box, known):
    known.append(WORKS)
    box.ask()
    qtbot.waitUntil(lambda: len(choices(box)) == 2)


def test_a_choice_that_no_longer_holds_stays_in_sight(qtbot, house, box):
    house.settings.update(accelerator="cuda")
    box.ask()
    qtbot.waitUntil(lambda: len(choices(box)) == 2)
    assert box.choice.currentText() == "NVIDIA graphics (CUDA), to be tried again"


def test_looking_can_be_stopped(qtbot, box, trial):
    trial += [WORKS, "endless"]
    box.find_button.click()
    assert box.find_button.text() == "Stop"
    box.find_button.click()
    qtbot.waitUntil(lambda: box.find_button.text() == "Look for accelerators")
    assert box.status.text().startswith("Stopped")
    assert choices(box) == [CPU]


def test_without_a_model_it_says_what_is_missing(qtbot, box, trial):
    trial.append(EngineUnavailable("Phi-4 Mini is not installed", "Install the model."))
    look(qtbot, box)
    assert box.status.text() == "Phi-4 Mini is not installed. Install the model."


def test_while_a_task_runs_nothing_is_tried(box, trial, monkeypatch):
    trial.append(WORKS)
    monkeypatch.setattr(box, "_busy", lambda: True)
    box.find_button.click()
    assert "A task is running" in box.status.text()
    assert choices(box) == [CPU]


def test_every_control_has_a_name_and_a_tooltip(box):
    for control in (box.choice, box.find_button):
        assert control.accessibleName()
        assert control.toolTip()
