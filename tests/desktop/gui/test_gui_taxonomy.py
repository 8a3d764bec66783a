"""Creating a taxonomy, importing examples, changing labels, testing and undoing, in the window."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from desktop.gui.main_window import MainWindow
from desktop.instant_settings import policy_for
from desktop.paths import default_paths
from desktop.taxonomies import TaxonomyStore
from models.engines.instant import SURE
from models.engines.starter.engine import StarterEngine
from models.pii.analyzer import Analyzer

TABLE = """text,label
my parcel has not arrived,delivery
where is the package,delivery
the courier never came,delivery
I want my money back,refund
how do I get a refund,refund
return what I paid,refund
=1+1,refund
"""


@pytest.fixture
def store(house: Any) -> Iterator[TaxonomyStore]:
    made = TaxonomyStore(default_paths())
    starter = StarterEngine(Analyzer(()), default_paths().resources)
    house.backend = replace(house.backend, taxonomies=made, starter=lambda: starter)
    yield made
    starter.close()


@pytest.fixture
def editor(store: TaxonomyStore, window: MainWindow) -> Any:
    window.skills.choose("T15")
    window.answer.labels_button.click()
    return window.taxonomies.dialog


def test_a_table_becomes_a_task_in_the_list(qtbot, editor, store, window, tmp_path):
    (tmp_path / "shop.csv").write_text(TABLE)
    window.taxonomies.take_file(tmp_path / "shop.csv")
    qtbot.waitUntil(lambda: window.taxonomies.import_dialog is not None)
    preview = window.taxonomies.import_dialog
    preview.into_box.setCurrentIndex(1)
    preview.name_field.setText("Shop mail")
    assert preview.verdict.text().startswith("6 new examples and 2 new labels")
    assert "shop.csv, row 8, column text: the cell holds a formula" in preview.report.toPlainText()
    preview.accept()
    assert [one.label.name for one in editor.labels.labels()] == ["delivery", "refund"]
    editor.test_button.click()
    qtbot.waitUntil(editor.keep_button.isEnabled, timeout=60_000)
    assert editor.outcome.text() == "This pack has no golden cases, so the change cannot be tested."
    editor.keep_button.click()
    assert store.is_own("shop-mail")
    window.skills.choose("shop-mail")
    assert window.skills.task.name == "Shop mail"


def test_a_change_is_tested_on_the_golden_cases_before_it_is_kept_and_undone_after(qtbot, editor, store, window):
    assert not editor.keep_button.isEnabled()
    editor.labels.item(0, 1).setText("The matter must go to somebody with more authority.")
    editor.test_button.click()
    qtbot.waitUntil(editor.keep_button.isEnabled, timeout=90_000)
    assert "golden cases are right with this change" in editor.outcome.text()
    editor.keep_button.click()
    assert store.packs().get("T15").labels[0].meaning == "The matter must go to somebody with more authority."
    editor.undo_button.click()
    assert not store.is_own("T15")
    assert editor.labels.item(0, 1).text() != "The matter must go to somebody with more authority."


def test_a_renamed_label_takes_its_examples_and_golden_cases_with_it(editor):
    before = editor.task
    name = before.labels[0].name
    editor.labels.item(0, 0).setText("up we go")
    changed = editor.changed_task()
    assert changed.label_names[0] == "up we go"
    assert sum("up we go" in example.labels for example in changed.examples) == sum(
        name in example.labels for example in before.examples
    )
    assert len(changed.golden) == len(before.golden)


def test_a_label_without_examples_is_told_and_not_kept(qtbot, editor, store):
    editor.labels.add()
    editor.test_button.click()
    assert editor.bar.isVisible()
    assert not editor.keep_button.isEnabled()
    assert not store.is_own("T15")


def test_a_file_that_is_no_table_is_told_by_name(qtbot, editor, window, tmp_path):
    (tmp_path / "odd.csv").write_bytes(b"\x00\x01\x02\xff" * 50)
    window.taxonomies.take_file(tmp_path / "odd.csv")
    qtbot.waitUntil(editor.bar.isVisible)
    assert window.taxonomies.import_dialog is None


def test_a_pack_is_exported_and_can_be_taken_in_again(qtbot, editor, window, tmp_path):
    window.taxonomies.write_file(tmp_path / "share.toml")
    shared = (tmp_path / "share.toml").read_text().replace('id = "T15"', 'id = "shared"', 1)
    (tmp_path / "share.toml").write_text(shared)
    window.taxonomies.take_file(tmp_path / "share.toml")
    qtbot.waitUntil(lambda: editor.task.id == "shared")
    assert editor.test_button.isEnabled()


def test_examples_of_one_label_can_be_looked_at_alone(editor):
    editor.labels.selectRow(1)
    editor.only_box.setChecked(True)
    label = editor.task.label_names[1]
    shown = [row for row in range(editor.examples.rowCount()) if not editor.examples.isRowHidden(row)]
    assert len(shown) == sum(label in example.labels for example in editor.task.examples)


def test_who_answers_is_set_for_each_task_and_measured(qtbot, editor, house):
    box = editor.instant
    assert box.mode == "phi"
    box.mode_box.setCurrentIndex(1)
    assert policy_for(house.settings.current.instant, "T15").mode == "sure"
    box.target_box.setValue(20)
    box.measure_button.click()
    qtbot.waitUntil(lambda: "answered at once" in box.words.text() or "too few" in box.words.text(), timeout=90_000)
    policy = policy_for(house.settings.current.instant, "T15")
    assert policy.mode == "sure"
    assert policy.threshold != SURE
    assert box.curve.isVisible()
    box.mode_box.setCurrentIndex(0)
    assert house.settings.current.instant == ""
