"""Preparing an installed model from the models page: from the button to prepared and back, and everything between."""

import errno
import multiprocessing
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import filelock
import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from desktop import app
from desktop.credentials import Credentials
from desktop.gui.main_window import MainWindow
from desktop.gui.model_preparing import question
from desktop.gui.models_dialog import ModelsDialog
from desktop.paths import default_paths
from desktop.services import Services, build_services
from models.engines import preparation, prepared
from models.engines.preparation import Estimate
from models.engines.prepared import FOLDER, LOCK, SCRATCH, look

TINY = default_paths().resources / "tiny-phi"


@pytest.fixture
def services() -> Iterator[Services]:
    """Everything real, with the tiny model installed."""
    paths = default_paths()
    shutil.copytree(TINY, paths.models / "tiny")
    made = build_services(paths, Credentials(lambda: None, frozenset()))
    yield made
    made.close()


@pytest.fixture
def folder(services: Services) -> Path:
    return services.models.folder / "tiny"


@pytest.fixture
def shown(qtbot: Any, qapp: QApplication, services: Services) -> Iterator[MainWindow]:
    window, _theme = app.build_window(qapp, services)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.first_paint):
        window.show()
    qtbot.waitUntil(lambda: not window.runner._jobs, timeout=30_000)
    yield window
    window.close()


@pytest.fixture
def page(qtbot: Any, shown: MainWindow) -> ModelsDialog:
    dialog = shown.models.open()
    qtbot.waitUntil(lambda: dialog.list.count() > 0 and not shown.runner._jobs)
    dialog.list.setCurrentRow(0)
    return dialog


def at_rest(qtbot: Any, window: MainWindow, phase: str = "idle") -> None:
    qtbot.waitUntil(lambda: window.models.transfer.phase == phase and not window.runner._jobs, timeout=90_000)


def buttons(place: Any) -> dict[str, QPushButton]:
    return {button.text(): button for button in place.findChildren(QPushButton) if button.isVisible()}


def press(place: Any, words: str) -> None:
    buttons(place)[words].click()


def begin(qtbot: Any, window: MainWindow, page: ModelsDialog) -> None:
    page.prepare_button.click()
    qtbot.waitUntil(lambda: "Prepare" in buttons(page.bar))
    press(page.bar, "Prepare")
    assert page.panel.isVisible()


def fact(page: ModelsDialog, name: str) -> str:
    labels = [label.accessibleName() for label in page.findChildren(QLabel)]
    return next(label.removeprefix(f"{name}: ") for label in reversed(labels) if label.startswith(f"{name}: "))


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def draft(qtbot: Any, window: MainWindow, services: Services) -> str:
    window.skills.choose("T10")
    window.document.set_text("Thank them.")
    window.document.run_button.click()
    qtbot.waitUntil(lambda: not window.runs.running and not window.runner._jobs, timeout=60_000)
    assert services.ledger.panel().recent[0].engine == "phi"
    return window.answer.answer_text


def test_a_model_is_prepared_used_and_put_back_from_the_models_page(
    qtbot: Any, shown: MainWindow, services: Services, page: ModelsDialog, folder: Path
) -> None:
    before, answer = contents(folder), draft(qtbot, shown, services)
    assert services.engines.local("phi").worker_pid is not None
    assert page.list.item(0).text() == "tiny · ready"
    assert fact(page, "Preparation").startswith("not done")
    assert not page.undo_button.isVisible()
    page.prepare_button.click()
    qtbot.waitUntil(page.bar.isVisible)
    assert "5.5 MB of disk" in page.bar.message.text()
    assert "writing may be a little slower" in page.bar.message.text()
    assert not (folder / FOLDER).exists()
    press(page.bar, "Prepare")
    assert not page.prepare_button.isEnabled()
    qtbot.waitUntil(lambda: "Packing the weights · step 2 of 3" in page.panel.line.text(), timeout=60_000)
    assert services.engines.local("phi").worker_pid is None
    at_rest(qtbot, shown)
    assert page.bar.title.text() == "Prepared"
    assert page.list.item(0).text() == "tiny · ready · prepared"
    assert fact(page, "Preparation").startswith("done for this computer: packed weights, ")
    assert not page.prepare_button.isVisible()
    assert draft(qtbot, shown, services) == answer
    press(page, "Remove what was prepared")
    at_rest(qtbot, shown)
    assert page.bar.title.text() == "Removed"
    assert page.list.item(0).text() == "tiny · ready"
    assert contents(folder).keys() - before.keys() <= {"used.json"}
    assert {name: contents(folder)[name] for name in before} == before


def test_verify_looks_at_what_was_prepared_and_removes_it_where_it_is_damaged(
    qtbot: Any, shown: MainWindow, services: Services, page: ModelsDialog, folder: Path
) -> None:
    shutil.rmtree(folder)
    shown.models.take(TINY)
    at_rest(qtbot, shown, "done")
    page.list.setCurrentRow(0)
    imported = services_model(shown).folder
    begin(qtbot, shown, page)
    at_rest(qtbot, shown)
    answer = draft(qtbot, shown, services)
    page.verify_button.click()
    at_rest(qtbot, shown)
    assert page.bar.title.text() == "Verified"
    assert "So has what was prepared of it" in page.bar.message.text()
    packed = imported / FOLDER / "packed.data"
    content = bytearray(packed.read_bytes())
    content[1000] ^= 1
    packed.write_bytes(content)
    assert services.engines.local("phi").worker_pid is not None
    page.verify_button.click()
    at_rest(qtbot, shown)
    assert page.bar.title.text() == "What was prepared was damaged"
    assert "packed.data" in page.bar.message.text()
    assert services.engines.local("phi").worker_pid is None
    assert not (imported / FOLDER).exists()
    assert page.prepare_button.isVisible()
    assert draft(qtbot, shown, services) == answer


def test_stop_in_the_middle_leaves_the_model_as_it_was(
    qtbot: Any, shown: MainWindow, page: ModelsDialog, folder: Path
) -> None:
    before = contents(folder)
    begin(qtbot, shown, page)
    qtbot.waitUntil(lambda: "step 1 of 3" in page.panel.line.text())
    press(page.panel, "Stop")
    at_rest(qtbot, shown)
    assert page.bar.title.text() == "Stopped"
    assert contents(folder) == before
    assert page.prepare_button.isEnabled()


def test_a_child_process_that_is_killed_in_the_middle_leaves_the_model_as_it_was(
    qtbot: Any, shown: MainWindow, services: Services, page: ModelsDialog, folder: Path
) -> None:
    before = contents(folder)
    begin(qtbot, shown, page)

    def child() -> Any:
        return next((each for each in multiprocessing.active_children() if each.name == "strongroom-prepare"), None)

    qtbot.waitUntil(lambda: child() is not None, timeout=30_000)
    child().kill()
    at_rest(qtbot, shown)
    assert page.bar.title.text() == "The model could not be prepared"
    assert "ended before it was done" in page.bar.message.text()
    assert contents(folder) == before
    assert page.list.item(0).text() == "tiny · ready"
    assert draft(qtbot, shown, services)


def test_closing_the_window_stops_the_preparation(
    qtbot: Any, shown: MainWindow, page: ModelsDialog, folder: Path
) -> None:
    before = contents(folder)
    begin(qtbot, shown, page)
    qtbot.waitUntil(lambda: "step 1 of 3" in page.panel.line.text())
    shown.close()
    assert contents(folder) == before


def test_a_disk_that_is_too_full_is_told_with_figures_before_anything_is_written(
    qtbot: Any, shown: MainWindow, page: ModelsDialog, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: type("Usage", (), {"free": 10**8})())
    page.prepare_button.click()
    qtbot.waitUntil(page.bar.isVisible)
    assert page.bar.title.text() == "Not enough free disk to pack the weights"
    assert "100.0 MB are free" in page.bar.message.text()
    assert "Prepare" not in buttons(page.bar)
    press(page.bar, "Without packed weights")
    at_rest(qtbot, shown)
    assert page.bar.title.text() == "There was nothing to gain"
    assert not (folder / FOLDER).exists()


def test_what_was_made_for_another_version_is_shown_and_made_again(
    qtbot: Any, shown: MainWindow, page: ModelsDialog, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(qtbot, shown, page)
    at_rest(qtbot, shown)
    with monkeypatch.context() as patch:
        for module in (prepared, preparation):
            patch.setattr(module, "runtime", lambda: "another version")
        shown.models.refresh()
        qtbot.waitUntil(lambda: page.list.item(0).text() == "tiny · ready · prepare again")
        assert "another version" in fact(page, "Preparation")
        assert page.prepare_button.text() == "Prepare again…"
        begin(qtbot, shown, page)
        at_rest(qtbot, shown)
        assert page.list.item(0).text() == "tiny · ready · prepared"
    assert look(folder).state == "stale"


def test_what_a_program_that_was_killed_left_is_shown_and_removed(
    qtbot: Any, shown: MainWindow, page: ModelsDialog, folder: Path
) -> None:
    (folder / SCRATCH).mkdir()
    (folder / SCRATCH / LOCK).touch()
    (folder / SCRATCH / "packed.data").write_bytes(bytes(2_000_000))
    shown.models.refresh()
    qtbot.waitUntil(lambda: "broke off" in fact(page, "Preparation"))
    assert "2.0 MB" in fact(page, "Preparation")
    press(page, "Remove what was prepared")
    at_rest(qtbot, shown)
    assert not (folder / SCRATCH).exists()
    assert fact(page, "Preparation").startswith("not done")


def test_a_preparation_in_another_window_is_shown_and_not_disturbed(
    qtbot: Any, shown: MainWindow, page: ModelsDialog, folder: Path
) -> None:
    (folder / SCRATCH).mkdir()
    (folder / SCRATCH / "packed.data").write_bytes(b"half")
    with filelock.FileLock(folder / SCRATCH / LOCK):
        shown.models.preparing.prepare(services_model(shown), prepack=True)
        at_rest(qtbot, shown)
        assert page.bar.title.text() == "The model is being prepared already"
        assert fact(page, "Preparation").startswith("under way")
        assert not page.prepare_button.isEnabled()
        assert (folder / SCRATCH / "packed.data").read_bytes() == b"half"


def test_a_model_is_not_prepared_while_a_task_runs(
    shown: MainWindow, page: ModelsDialog, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shown.models, "_busy", lambda: True)
    shown.models.preparing.prepare(services_model(shown), prepack=True)
    shown.models.preparing.undo(services_model(shown))
    assert page.bar.title.text() == "A task is running"
    assert not shown.models.running


def services_model(window: MainWindow) -> Any:
    return window._backend.models.installed()[0]


def test_the_question_says_what_the_real_model_takes() -> None:
    title, message = question("Phi-4 Mini", Estimate(52_000_000, 5_760_000_000, 80_000_000_000))
    assert title == "Prepare Phi-4 Mini for this computer?"
    assert "about 5.8 GB of disk (80.0 GB are free)" in message
    assert "can be undone" in message


def test_the_question_says_that_weights_are_copied_where_they_cannot_be_linked() -> None:
    copied = 4_870_000_000
    disks = (copied + 52_000_000, copied + 5_760_000_000)
    assert "4.9 GB are a copy" in question("Phi-4 Mini", Estimate(*disks, 80_000_000_000, copied))[1]
    title, message = question("Phi-4 Mini", Estimate(*disks, 7_000_000_000, copied))
    assert title == "Not enough free disk to pack the weights"
    assert "that takes 4.9 GB" in message
    title, message = question("Phi-4 Mini", Estimate(*disks, 5_000_000_000, copied))
    assert title == "Not enough free disk to prepare it"
    assert "4.9 GB are a copy" in message


def test_nothing_is_offered_where_not_even_the_copy_fits(
    qtbot: Any, shown: MainWindow, page: ModelsDialog, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(OSError(errno.EPERM, "not here")))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: type("Usage", (), {"free": 10**8})())
    page.prepare_button.click()
    qtbot.waitUntil(page.bar.isVisible)
    assert page.bar.title.text() == "Not enough free disk to prepare it"
    assert not {"Prepare", "Without packed weights"} & set(buttons(page.bar))


def test_every_control_of_preparing_has_a_name_and_a_tooltip(qtbot: Any, shown: MainWindow, page: ModelsDialog) -> None:
    page.prepare_button.click()
    qtbot.waitUntil(page.bar.isVisible)
    for button in page.findChildren(QPushButton):
        assert button.accessibleName(), button.text()
        assert button.toolTip(), button.text()
    assert page.prepare_button.nextInFocusChain() is not None
