"""Redact, look, send: values come back while the answer streams, and what stands for nothing is marked."""

from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QPlainTextEdit

LETTER = "Please thank Ms Amara Okafor (amara.okafor@mailbox.org) for her letter."


def send(qtbot: Any, house: Any, window: Any, write: Any, *chunks: str) -> None:
    house.settings.update(cloud_enabled=True, cloud_consent=True)
    house.credentials.set("api.openai.com", "sk-0123456789abcdef")
    house.cloud.chunks = list(chunks)
    window.skills.choose("T10")
    window.answer.engine_box.setCurrentIndex(3)
    write(LETTER)
    window.document.run_button.click()
    qtbot.waitUntil(lambda: not window.runs.running)
    way = next(b for b in window.bar.findChildren(QAbstractButton) if b.text() == "Redact, look, and send")
    way.click()
    qtbot.waitUntil(lambda: window.runs._dialog is not None)
    window.runs._dialog.send_button.click()


def test_values_come_back_while_the_answer_streams_though_placeholders_are_cut_up(
    qtbot: Any, house: Any, window: Any, write: Any
) -> None:
    house.cloud.endless = True
    send(qtbot, house, window, write, "Dear [PER", "SON_0", "1], thank you. We wrote to [EMAIL", "_01]. Yours")
    qtbot.waitUntil(lambda: "Yours" in window.answer.view.text.toPlainText())
    shown = window.answer.view.text.toPlainText()
    assert "Okafor" in shown
    assert "amara.okafor@mailbox.org" in shown
    assert "[PERSON" not in shown
    window.runs.stop()
    qtbot.waitUntil(lambda: not window.runs.running)
    assert "Okafor" in window.answer.answer_text


def test_a_placeholder_that_stands_for_nothing_is_marked_and_said(
    qtbot: Any, house: Any, window: Any, write: Any
) -> None:
    send(qtbot, house, window, write, "Dear [PERSON_01], [PERSON_09] will call.")
    qtbot.waitUntil(lambda: not window.runs.running)
    marks = window.answer.view.text.extraSelections()
    assert [mark.cursor.selectedText() for mark in marks] == ["[PERSON_09]"]
    assert "1 placeholder marked: nothing to put back" in window.answer.where.text()
    window.skills.choose("T10")
    window.document.run_button.click()
    qtbot.waitUntil(lambda: not window.runs.running)
    assert "marked" not in window.answer.where.text()


def test_the_request_carries_the_values_that_may_not_leave(qtbot: Any, house: Any, window: Any, write: Any) -> None:
    send(qtbot, house, window, write, "Dear [PERSON_01].")
    qtbot.waitUntil(lambda: not window.runs.running)
    sent = house.cloud.requests[-1]
    assert "amara.okafor@mailbox.org" in sent.withheld
    assert all("okafor" not in message.content.lower() for message in sent.messages)


@pytest.mark.parametrize("chunks", [("Dear [PERS",), ("Dear [PERSON_01",)])
def test_a_stop_in_the_middle_of_a_placeholder_keeps_what_came(
    qtbot: Any, house: Any, window: Any, write: Any, chunks: tuple[str, ...]
) -> None:
    house.cloud.endless = True
    send(qtbot, house, window, write, *chunks)
    qtbot.waitUntil(lambda: "Dear" in window.answer.view.text.toPlainText())
    window.runs.stop()
    qtbot.waitUntil(lambda: not window.runs.running)
    assert window.answer.answer_text.startswith("Dear ")


def test_what_leaves_is_one_click_away_and_nothing_is_sent_by_looking(
    qtbot: Any, house: Any, window: Any, write: Any
) -> None:
    house.settings.update(cloud_enabled=True, cloud_consent=True, show_payload=False)
    house.credentials.set("api.openai.com", "sk-0123456789abcdef")
    window.skills.choose("T10")
    window._refresh()
    window.answer.look_button.click()
    assert window.bar.title.text() == "There is no text yet"
    write("Answer that we agree.")
    window.answer.look_button.click()
    qtbot.waitUntil(lambda: window.runs.looked_at is not None)
    dialog = window.runs.looked_at
    shown = " ".join(view.toPlainText() for view in dialog.findChildren(QPlainTextEdit))
    assert "Answer that we agree." in shown
    assert not dialog.send_button.isVisible()
    dialog.keep_button.click()
    qtbot.waitUntil(lambda: window.runs.looked_at is None)
    assert house.cloud.requests == []
    assert house.ledger.recent() == ()


def test_looking_at_a_personal_text_says_what_keeps_it_here_and_the_ways_on(
    qtbot: Any, house: Any, window: Any, write: Any
) -> None:
    house.settings.update(cloud_enabled=True, cloud_consent=True)
    window.skills.choose("T10")
    window._refresh()
    write(LETTER)
    window.answer.look_button.click()
    qtbot.waitUntil(window.bar.isVisible)
    assert "1 e-mail address" in window.bar.message.text()
    assert any(b.text() == "Redact, look, and send" for b in window.bar.findChildren(QAbstractButton))
