"""Side by side: two drafts, what each took, where they differ, and the person's word on which was better."""

from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton

from desktop import comparisons
from desktop.comparisons import Score
from desktop.gui.wording import score_words
from desktop.word_diff import changed_words
from models.errors import EngineError

TEXT = "Answer that the parcel arrives on Thursday, and that we are sorry."


@pytest.fixture
def open_pair(qtbot: Any, house: Any, window: Any, write: Any) -> Any:
    def open_it(text: str = TEXT, *, review: bool = False) -> Any:
        house.phi[0] = True
        house.settings.update(cloud_enabled=True, cloud_consent=True, show_payload=review)
        house.credentials.set("api.openai.com", "sk-0123456789abcdef")
        house.engine.chunks = ["Dear team, ", "it comes on Thursday."]
        house.cloud.chunks = ["Dear all, ", "it comes on Thursday, sorry."]
        window.skills.choose("T10")
        window._refresh()
        write(text)
        window.answer.compare_button.click()
        return window.compare.dialog

    return open_it


def finished(qtbot: Any, dialog: Any) -> None:
    qtbot.waitUntil(lambda: all(side.record or side.trouble for side in (dialog.local, dialog.cloud)))


def test_the_button_is_there_for_drafts_with_the_cloud_on_only(house: Any, window: Any) -> None:
    window.skills.choose("T10")
    window._refresh()
    assert not window.answer.compare_button.isVisible()
    house.settings.update(cloud_enabled=True, cloud_consent=True)
    window._refresh()
    assert window.answer.compare_button.isVisible()
    window.skills.choose("T01")
    window._refresh()
    assert not window.answer.compare_button.isVisible()


def test_both_drafts_show_with_time_tokens_and_cost(qtbot: Any, open_pair: Any, house: Any) -> None:
    dialog = open_pair()
    finished(qtbot, dialog)
    local, cloud = dialog.columns["local"], dialog.columns["cloud"]
    assert local.view.toPlainText() == "Dear team, it comes on Thursday."
    assert cloud.view.toPlainText() == "Dear all, it comes on Thursday, sorry."
    assert "2 tokens · $0" in local.facts.text()
    assert "$0.00" in cloud.facts.text()
    assert len(house.ledger.recent()) == 2


def test_the_difference_view_marks_what_stands_on_one_side_only(qtbot: Any, open_pair: Any) -> None:
    dialog = open_pair()
    assert not dialog.diff_box.isEnabled()
    finished(qtbot, dialog)
    dialog.diff_box.click()

    def marked(side: str) -> list[str]:
        return [mark.cursor.selectedText() for mark in dialog.columns[side].view.extraSelections()]

    assert (marked("local"), marked("cloud")) == (["team"], ["all", ", sorry"])
    dialog.diff_box.click()
    assert marked("cloud") == []


def test_the_person_keeps_one_and_says_which_was_better_and_the_panel_keeps_the_score(
    qtbot: Any, open_pair: Any, house: Any, window: Any
) -> None:
    dialog = open_pair()
    finished(qtbot, dialog)
    dialog.better.buttons()[1].click()
    dialog.columns["cloud"].keep_button.click()
    assert window.answer.answer_text == "Dear all, it comes on Thursday, sorry."
    qtbot.waitUntil(lambda: "cloud better 1" in window.ledger.score.text())
    window.ledger.details_button.click()
    assert window.ledger.score.isVisible()
    score = comparisons.score(house.ledger)
    assert (score.cloud, score.total) == (1, 1)
    assert score.cloud_usd > 0


def test_keeping_one_without_a_word_counts_nothing(qtbot: Any, open_pair: Any, house: Any, window: Any) -> None:
    dialog = open_pair()
    finished(qtbot, dialog)
    dialog.columns["local"].keep_button.click()
    assert window.answer.answer_text == "Dear team, it comes on Thursday."
    qtbot.waitUntil(lambda: not window.runner._jobs)
    assert comparisons.score(house.ledger).total == 0


def test_a_text_with_personal_details_is_drafted_here_and_goes_nowhere(qtbot: Any, open_pair: Any, house: Any) -> None:
    dialog = open_pair("Answer jane.doe@mailbox.org that the parcel arrives on Thursday.")
    finished(qtbot, dialog)
    assert "Kept on this device" in dialog.columns["cloud"].facts.text()
    assert not dialog.columns["cloud"].keep_button.isEnabled()
    assert dialog.columns["local"].keep_button.isEnabled()
    assert house.cloud.requests == []


def test_the_payload_is_looked_at_first_and_a_no_sends_nothing(
    qtbot: Any, open_pair: Any, house: Any, window: Any
) -> None:
    dialog = open_pair(review=True)
    qtbot.waitUntil(lambda: window.compare._review is not None)
    window.compare._review.keep_button.click()
    finished(qtbot, dialog)
    assert "Stopped" in dialog.columns["cloud"].facts.text()
    assert all(record.bytes_sent == 0 for record in house.ledger.recent())


def test_a_side_that_fails_says_why_and_the_other_can_be_kept(qtbot: Any, open_pair: Any, house: Any) -> None:
    house.cloud.error = EngineError("The cloud failed", "Try again later.")
    dialog = open_pair()
    finished(qtbot, dialog)
    assert "The cloud failed" in dialog.columns["cloud"].facts.text()
    assert dialog.columns["local"].keep_button.isEnabled()
    assert not dialog.diff_box.isEnabled()


def test_closing_stops_both(qtbot: Any, open_pair: Any, house: Any, window: Any) -> None:
    house.engine.endless = house.cloud.endless = True
    dialog = open_pair()
    qtbot.waitUntil(lambda: "Thursday" in dialog.cloud.text and "Thursday" in dialog.local.text)
    dialog.close_button.click()
    qtbot.waitUntil(lambda: not window.runner._jobs)
    assert {record.outcome for record in house.ledger.recent()} == {"cancelled"}
    assert window.compare.dialog is None


def test_everything_in_it_has_a_name_and_a_tooltip(qtbot: Any, open_pair: Any) -> None:
    dialog = open_pair()
    for button in dialog.findChildren(QAbstractButton):
        assert button.accessibleName(), button.text()
        assert button.toolTip(), button.text()
    finished(qtbot, dialog)


@pytest.mark.parametrize(
    ("left", "right", "changed"),
    [
        ("a b c", "a b c", ([], [])),
        ("a  b", "a b", ([], [])),
        ("a b", "a x b", ([], ["x"])),
        ("Hi Tom, yes", "Hi Ann, no", (["Tom", "yes"], ["Ann", "no"])),
        ("", "all new", ([], ["all new"])),
        ("🙂 one", "🙂 two", (["one"], ["two"])),
        ("w " * 5000, "v", ([], [])),
    ],
)
def test_words_that_differ_are_found(left: str, right: str, changed: tuple[list[str], list[str]]) -> None:
    found = changed_words(left, right)
    assert ([left[a:b] for a, b in found[0]], [right[a:b] for a, b in found[1]]) == changed


def test_the_score_is_a_sentence() -> None:
    assert "No drafts were compared yet" in score_words(Score())
    assert "Of 1 pair: cloud better 1" in score_words(Score(cloud=1, cloud_usd=0.004))
    assert "Of 6 pairs: cloud better 1, this device better 2, the same 3" in score_words(Score(2, 1, 3, 0.01))
