"""Prompts, golden cases of texts, and tasks that a person makes, in the editor; two prompts beside each other."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from desktop.events import RunRequest
from desktop.gui.main_window import MainWindow
from desktop.paths import default_paths
from desktop.taxonomies import TaxonomyStore
from models.engines.base import Chunk, Finished, FinishReason, Usage
from models.engines.starter.engine import StarterEngine
from models.pii.analyzer import Analyzer
from models.skills.answer import TextAnswer

SHORT = "Write one line and say thanks."


class PromptReader:
    """Answers as its prompt says: "thanks" where the prompt asks for it."""

    name = "phi"

    def run(self, request: Any, cancel: threading.Event) -> Iterator[Chunk | Finished]:
        yield Chunk("Thanks, and goodbye." if "thanks" in request.task.instructions else "Goodbye.")
        yield Finished(FinishReason.CANCELLED if cancel.is_set() else FinishReason.STOP, Usage(), "scripted")

    def close(self) -> None:
        """Nothing to give back."""


@pytest.fixture
def store(house: Any) -> Iterator[TaxonomyStore]:
    made = TaxonomyStore(default_paths())
    starter = StarterEngine(Analyzer(()), default_paths().resources)
    house.backend = replace(house.backend, taxonomies=made, starter=lambda: starter, phi=PromptReader)
    yield made
    starter.close()


def editor(store: TaxonomyStore, window: MainWindow, task_id: str) -> Any:
    window.skills.choose(task_id)
    window.answer.labels_button.click()
    return window.taxonomies.dialog


def visible_pages(pages: Any) -> list[str]:
    return [pages.tabText(at) for at in range(pages.count()) if pages.isTabVisible(at)]


def test_every_kind_of_task_shows_its_pages(store, window):
    assert visible_pages(editor(store, window, "T10").pages) == ["Examples", "Golden cases", "Prompt"]
    assert window.answer.labels_button.text() == "Prompt…"
    assert visible_pages(editor(store, window, "T05").pages) == ["Fields", "Examples", "Golden cases", "Prompt"]
    assert visible_pages(editor(store, window, "T15").pages) == ["Labels", "Rules", "Golden cases", "Prompt"]


def test_a_golden_case_of_a_summary_is_written_tested_and_kept(qtbot, store, window):
    dialog = editor(store, window, "T08")
    cases = dialog.pages.text_golden
    dialog.pages.show_golden()
    assert dialog.pages.currentWidget() is cases
    cases.add_button.click()
    cases.text.setPlainText("The bridge opened in May. It cost two million euros. Nobody came.")
    cases.words.setPlainText("two million\n\nbridge")
    dialog.test_button.click()
    qtbot.waitUntil(dialog.keep_button.isEnabled, timeout=90_000)
    assert "golden cases are right with this change" in dialog.outcome.text()
    dialog.keep_button.click()
    assert store.packs().get("T08").golden[-1].must_include == ("two million", "bridge")


def test_a_case_without_words_or_answer_is_told(qtbot, store, window):
    dialog = editor(store, window, "T08")
    dialog.pages.text_golden.add_button.click()
    dialog.pages.text_golden.text.setPlainText("The bridge opened in May.")
    dialog.test_button.click()
    qtbot.waitUntil(dialog.bar.isVisible)
    assert "answer" in dialog.bar.message.text()
    assert not dialog.keep_button.isEnabled()


def test_the_document_becomes_a_golden_case_with_the_text_that_it_got(store, window, write):
    dialog = editor(store, window, "T08")
    write("The bridge opened in May.")
    request = RunRequest(store.packs().get("T08"), "The bridge opened in May.")
    window.taxonomies.answered(request, TextAnswer("The bridge is open."))
    dialog.pages.text_golden.take_button.click()
    case = dialog.pages.text_golden.cases()[-1]
    assert (case.text, case.answer) == ("The bridge opened in May.", "The bridge is open.")


def test_a_draft_is_tested_by_phi_alone(qtbot, store, window, house):
    house.phi[0] = True
    dialog = editor(store, window, "T10")
    assert dialog.engine_box.engine == "phi"
    dialog.pages.prompt.text.setPlainText(SHORT)
    dialog.test_button.click()
    qtbot.waitUntil(dialog.keep_button.isEnabled, timeout=30_000)
    dialog.keep_button.click()
    assert store.packs().get("T10").instructions == SHORT


def test_a_draft_can_be_kept_untested_where_phi_is_missing_and_that_is_said(qtbot, store, window):
    dialog = editor(store, window, "T10")
    assert dialog.engine_box.engine is None
    dialog.pages.prompt.text.setPlainText(SHORT)
    dialog.test_button.click()
    qtbot.waitUntil(dialog.keep_button.isEnabled, timeout=30_000)
    assert "were not run" in dialog.outcome.text()


def test_an_empty_prompt_is_told(qtbot, store, window):
    dialog = editor(store, window, "T10")
    dialog.pages.prompt.text.setPlainText(" ")
    dialog.test_button.click()
    qtbot.waitUntil(dialog.bar.isVisible)
    assert "instructions" in dialog.bar.message.text()


@pytest.fixture
def two_prompts(store: TaxonomyStore, window: MainWindow, house: Any) -> Any:
    """T08 as it ships, and now with another prompt and a golden case that only the new one passes."""
    house.phi[0] = True
    shipped = store.packs().get("T08")
    case = replace(shipped.golden[0], must_include=("thanks",))
    store.save(replace(shipped, golden=(case,)))
    store.save(replace(shipped, golden=(case,), instructions=SHORT))
    editor(store, window, "T08").versions_button.click()
    return window.taxonomies.versions.dialog


def test_two_prompts_are_compared_by_phi(qtbot, two_prompts, window):
    two_prompts.engine_box.setCurrentIndex(1)
    two_prompts.compare_button.click()
    qtbot.waitUntil(lambda: not window.runner._jobs, timeout=30_000)
    assert two_prompts.outcome.text() == "Right in the first and the second version: 0 and 1 of 1 golden cases."
    assert two_prompts.table.item(0, 1).text() == "thanks"
    assert two_prompts.table.item(0, 2).text() == "✗ Goodbye."
    assert two_prompts.table.item(0, 3).text() == "✓ Thanks, and goodbye."


def test_the_starter_engine_is_said_not_to_read_prompts(qtbot, two_prompts, window):
    two_prompts.engine_box.setCurrentIndex(0)
    two_prompts.compare_button.click()
    qtbot.waitUntil(lambda: not window.runner._jobs, timeout=60_000)
    assert two_prompts.bar.title.text() == "Only the prompt differs"


def test_phi_is_not_on_offer_where_it_is_missing(two_prompts, house, window):
    house.phi[0] = False
    window.taxonomies.dialog.versions_button.click()
    assert two_prompts.engine_box.engine == "starter"


def make(window: MainWindow, name: str, kind: int) -> Any:
    window.taxonomies.dialog.new_button.click()
    asked = window.taxonomies.new_dialog
    asked.name_field.setText(name)
    asked.kind_box.setCurrentIndex(kind)
    asked.accept()
    return window.taxonomies.dialog


def test_an_extract_task_is_made_from_nothing(qtbot, store, window):
    editor(store, window, "T05")
    dialog = make(window, "Invoice head", 0)
    assert dialog.task.id == "invoice-head"
    assert dialog.pages.currentWidget() is dialog.pages.fields
    table = dialog.pages.fields.table
    table.item(0, 0).setText("invoice_no")
    table.item(0, 1).setText("the number of the invoice")
    dialog.test_button.click()
    qtbot.waitUntil(dialog.bar.isVisible)
    assert "at least one example is needed" in dialog.bar.message.text()
    cases = dialog.pages.cases
    cases.add_button.click()
    cases.text.setPlainText("Invoice no. 4711")
    cases.add_record_button.click()
    cases.records.item(0, 0).setText("4711")
    dialog.test_button.click()
    qtbot.waitUntil(dialog.keep_button.isEnabled, timeout=60_000)
    dialog.keep_button.click()
    kept = store.packs().get("invoice-head")
    assert [field.name for field in kept.fields] == ["invoice_no"]
    assert kept.examples[0].records == ({"invoice_no": "4711"},)
    window.skills.choose("invoice-head")
    assert window.skills.task.name == "Invoice head"


@pytest.mark.parametrize(("kind", "pages"), [(1, "Labels"), (3, "Examples"), (4, "Examples")])
def test_tasks_of_other_kinds_are_made_too(store, window, kind, pages):
    editor(store, window, "T05")
    dialog = make(window, "Mine", kind)
    assert visible_pages(dialog.pages)[0] == pages
    assert dialog.test_button.isEnabled()


def test_a_name_that_is_taken_is_told(store, window):
    editor(store, window, "T05").new_button.click()
    asked = window.taxonomies.new_dialog
    asked.name_field.setText("t05")
    assert asked.note.text() == "There is a task of this name."
    asked.reject()
