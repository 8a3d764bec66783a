"""Creating a taxonomy, importing examples, changing labels, testing and undoing, in the window."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from desktop.events import RunRequest
from desktop.gui.main_window import MainWindow
from desktop.instant_settings import policy_for
from desktop.paths import default_paths
from desktop.taxonomies import TaxonomyStore
from models.engines.instant import SURE
from models.engines.starter.engine import StarterEngine
from models.pii.analyzer import Analyzer
from models.skills.answer import LabelAnswer, Record, RecordsAnswer
from models.skills.rules import Rule

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
    changed = editor.edit().applied(before)
    assert changed.label_names[0] == "up we go"
    assert sum("up we go" in example.labels for example in changed.examples) == sum(
        name in example.labels for example in before.examples
    )
    assert len(changed.golden) == len(before.golden)


def test_a_label_without_examples_is_told_and_not_kept(qtbot, editor, store):
    editor.labels.add()
    editor.test_button.click()
    qtbot.waitUntil(editor.bar.isVisible)
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


@pytest.fixture
def rules(editor: Any) -> Any:
    editor.pages.setCurrentWidget(editor.pages.rules)
    editor.pages.rules.add_button.click()
    return editor.pages.rules


def test_a_rule_is_tested_kept_and_undone(qtbot, editor, rules, store):
    rules.table.item(0, 1).setText("lawyer | court")
    rules.table.item(0, 4).setText("10000")
    label = editor.task.label_names[0]
    editor.test_button.click()
    qtbot.waitUntil(editor.keep_button.isEnabled, timeout=90_000)
    editor.keep_button.click()
    assert store.packs().get("T15").rules == (Rule(label, ("lawyer", "court"), amount_over=10_000.0),)
    editor.undo_button.click()
    assert store.packs().get("T15").rules == ()
    assert rules.table.rowCount() == 0


def test_what_a_rule_turns_wrong_is_shown_before_it_is_kept(qtbot, editor, rules):
    wrong = next(name for name in editor.task.label_names if name not in editor.task.golden[0].labels)
    rules.table.item(0, 0).setText(wrong)
    rules.table.item(0, 2).setText(r"\w")
    editor.test_button.click()
    qtbot.waitUntil(editor.keep_button.isEnabled, timeout=90_000)
    assert editor.worse.count() > 0
    assert editor.keep_button.text() == "Keep it all the same"


def test_a_broken_pattern_is_told_while_it_is_written(rules):
    rules.table.item(0, 2).setText("(refund")
    assert "Rule 1, pattern: this is not a regular expression" in rules.note.text()
    rules.table.item(0, 2).setText("refund")
    assert rules.note.isHidden()


def test_a_pattern_that_takes_too_long_is_refused_in_words(qtbot, editor, rules, store):
    rules.table.item(0, 2).setText("(a+)+$")
    editor.test_button.click()
    qtbot.waitUntil(editor.bar.isVisible)
    assert "takes too long" in editor.bar.message.text()
    assert not editor.keep_button.isEnabled()


def test_an_amount_that_is_no_number_is_told(editor, rules):
    rules.table.item(0, 4).setText("lots")
    editor.test_button.click()
    assert editor.bar.isVisible()
    assert "is not a number" in rules.note.text()


def test_rules_change_places(rules):
    rules.table.item(0, 1).setText("first")
    rules.add_button.click()
    rules.table.item(1, 1).setText("second")
    rules.table.setCurrentCell(1, 1)
    rules.up_button.click()
    assert [rule.contains for rule in rules.table.rules()] == [("second",), ("first",)]


def test_a_golden_case_is_added_and_deleted(qtbot, editor, store):
    pages = editor.pages
    pages.show_golden()
    pages.golden.selectRow(0)
    pages.remove_golden_button.click()
    pages.add_golden_button.click()
    pages.golden.item(0, 0).setText("I will see you in court.")
    pages.golden.item(0, 1).setText(editor.task.label_names[0])
    editor.test_button.click()
    qtbot.waitUntil(editor.keep_button.isEnabled, timeout=90_000)
    editor.keep_button.click()
    golden = store.packs().get("T15").golden
    assert golden[0].text == "I will see you in court."
    assert len(golden) == len(pages.golden.examples())


def test_the_document_becomes_a_golden_case(editor, window, write):
    write("We shall sue you tomorrow.")
    editor.pages.take_button.click()
    assert editor.pages.golden.examples()[0].text == "We shall sue you tomorrow."
    assert editor.test_button.isEnabled()


def test_an_answered_text_becomes_a_golden_case_with_the_right_label(store, window, write):
    task = next(task for task in store.packs().tasks if task.id == "T15")
    window.taxonomies.answered(RunRequest(task, "We shall sue you."), LabelAnswer((task.label_names[0],)))
    window.answer.feedback.ask(task.label_names, (task.label_names[0],))
    window.answer.feedback.no_button.click()
    window.answer.feedback.label_box.setCurrentText(task.label_names[1])
    window.answer.feedback.golden_button.click()
    added = window.taxonomies.dialog.pages.golden.examples()[0]
    assert (added.text, added.labels) == ("We shall sue you.", (task.label_names[1],))


def test_an_edit_during_the_test_keeps_nothing_that_is_not_shown(qtbot, editor, window):
    editor.labels.item(0, 1).setText("One meaning.")
    editor.test_button.click()
    editor.labels.item(0, 1).setText("Another meaning.")
    qtbot.waitUntil(lambda: not window.runner._jobs, timeout=90_000)
    assert not editor.keep_button.isEnabled()
    assert editor.test_button.isEnabled()


@pytest.fixture
def fields(store: TaxonomyStore, window: MainWindow) -> Any:
    window.skills.choose("T05")
    window.answer.labels_button.click()
    return window.taxonomies.dialog


def test_fields_are_renamed_added_and_kept(qtbot, fields, store, window):
    assert window.answer.labels_button.text() == "Fields…"
    table = fields.pages.fields.table
    table.item(0, 0).setText("title")
    fields.pages.fields.add_button.click()
    table.item(2, 0).setText("unit")
    table.item(2, 1).setText("the unit of the value, where it has one")
    table.item(1, 4).setCheckState(Qt.CheckState.Checked)
    fields.test_button.click()
    qtbot.waitUntil(fields.keep_button.isEnabled, timeout=90_000)
    assert fields.outcome.text().endswith("0 better, 0 worse.")
    fields.keep_button.click()
    kept = store.packs().get("T05")
    assert [(field.name, field.required) for field in kept.fields] == [
        ("title", False), ("value", True), ("unit", False)
    ]  # fmt: skip
    assert "title" in kept.examples[0].records[0]
    fields.undo_button.click()
    assert [field.name for field in store.packs().get("T05").fields] == ["key", "value"]


def test_a_choice_without_choices_is_told(fields):
    fields.pages.fields.table.item(0, 2).setText("Choice")
    fields.test_button.click()
    assert "has no choices" in fields.bar.message.text()


def test_records_of_a_golden_case_are_written_and_checked(qtbot, fields):
    cases = fields.pages.golden_cases
    fields.pages.show_golden()
    cases.add_button.click()
    cases.text.setPlainText("Total: 12 EUR")
    cases.add_record_button.click()
    cases.records.item(0, 0).setText("Total")
    cases.records.item(0, 1).setText("13 EUR")
    fields.test_button.click()
    qtbot.waitUntil(fields.bar.isVisible)
    assert "record 1, value: this value does not stand in the text" in fields.bar.message.text()
    cases.records.item(0, 1).setText("12 EUR")
    fields.test_button.click()
    qtbot.waitUntil(fields.keep_button.isEnabled, timeout=90_000)


def test_the_document_becomes_a_golden_case_with_the_records_it_got(fields, store, window, write):
    write("Total: 12 EUR")
    record = Record({"key": "Total", "value": "12 EUR"}, (7, 13))
    window.taxonomies.answered(RunRequest(store.packs().get("T05"), "Total: 12 EUR"), RecordsAnswer((record,)))
    fields.pages.golden_cases.take_button.click()
    case = fields.pages.golden_cases.cases()[-1]
    assert (case.text, case.records) == ("Total: 12 EUR", ({"key": "Total", "value": "12 EUR"},))


def test_a_removed_golden_case_of_records_is_gone(fields):
    cases = fields.pages.golden_cases
    before = cases.cases()
    cases.list.setCurrentRow(1)
    cases.remove_button.click()
    assert cases.cases() == [case for case in before if case != before[1]]
    assert fields.test_button.isEnabled()
