"""Comparing two versions of a task in the window, and going back to one."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from desktop.gui.main_window import MainWindow
from desktop.gui.versions_dialog import NOW, VersionsDialog
from desktop.kept_examples import KeptExamples
from desktop.learning import Learning
from desktop.paths import default_paths
from desktop.taxonomies import TaxonomyStore
from models.engines.starter.engine import StarterEngine
from models.pii.analyzer import Analyzer
from models.skills.rules import Rule

SHOUTED = "Please pass the crocodile."


@pytest.fixture
def kept(house: Any) -> Iterator[KeptExamples]:
    examples = KeptExamples(default_paths().examples_file, house.credentials)
    starter = StarterEngine(Analyzer(()), default_paths().resources)
    house.backend = replace(
        house.backend,
        taxonomies=TaxonomyStore(default_paths()),
        starter=lambda: starter,
        learning=Learning(examples, starter.features_of),
    )
    yield examples
    starter.close()


@pytest.fixture
def versions(kept: KeptExamples, house: Any, window: MainWindow) -> VersionsDialog:
    """T15 with two versions: as it ships with a correction on record, and now with a rule that makes it right."""
    store = house.backend.taxonomies
    shipped = store.packs().get("T15")
    features = house.backend.learning._features_of(SHOUTED)
    kept.keep("T15", shipped.label_names[0], features, SHOUTED)
    store.save(replace(shipped, golden=shipped.golden[:3], rules=(Rule(shipped.label_names[0], ("crocodile",)),)))
    window.skills.choose("T15")
    window.answer.labels_button.click()
    window.taxonomies.dialog.versions_button.click()
    return window.taxonomies.versions.dialog


def compare(qtbot: Any, window: MainWindow, dialog: VersionsDialog) -> None:
    dialog.compare_button.click()
    qtbot.waitUntil(lambda: not window.runner._jobs, timeout=120_000)


def test_versions_are_compared_on_golden_cases_and_corrections(qtbot, versions, window):
    assert versions.first_box.currentText().startswith("Built in, until ")
    compare(qtbot, window, versions)
    assert versions.table.rowCount() == 4
    assert versions.outcome.text().endswith("and 1 of 1 corrections.")
    assert versions.table.item(0, 0).text() == SHOUTED
    assert versions.table.item(0, 2).text().startswith("✗")
    assert versions.table.item(0, 3).text().startswith("✓")
    versions.only_box.setChecked(True)
    assert versions.table.rowCount() == 1


def test_corrections_that_are_locked_are_told_and_the_golden_cases_compared(qtbot, versions, kept, house, window):
    house.keyring.kept.clear()
    kept.key.forget()
    compare(qtbot, window, versions)
    assert versions.bar.isVisible()
    assert "locked" in versions.bar.title.text()
    assert versions.table.rowCount() == 3


def test_a_version_is_not_compared_with_itself(versions):
    versions.first_box.setCurrentIndex(versions.first_box.findData(NOW))
    assert not versions.compare_button.isEnabled()
    assert not versions.restore_button.isEnabled()


def test_comparing_can_be_stopped(qtbot, versions, window):
    versions.compare_button.click()
    versions.stop_button.click()
    qtbot.waitUntil(lambda: not window.runner._jobs, timeout=60_000)
    assert versions.outcome.text() == "Stopped. Nothing was changed."
    assert versions.table.rowCount() == 0


def test_an_earlier_version_holds_again_and_that_can_be_undone(versions, house, window):
    store = house.backend.taxonomies
    versions.restore_button.click()
    assert store.packs().get("T15").rules == ()
    assert window.taxonomies.dialog.pages.rules.table.rowCount() == 0
    window.taxonomies.dialog.undo_button.click()
    assert len(store.packs().get("T15").rules) == 1


def test_a_task_that_was_never_changed_has_no_versions(house, kept, window):
    window.skills.choose("T13")
    window.answer.labels_button.click()
    assert not window.taxonomies.dialog.versions_button.isEnabled()
