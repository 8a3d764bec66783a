"""Running a task: stream, Stop, errors, receipt, keyboard."""

import dataclasses

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
)

from desktop.events import Recorded
from desktop.gui.payload_dialog import PayloadDialog
from desktop.gui.receipt import RunNotes, receipt_text
from desktop.gui.theme import DARK, LIGHT
from models.errors import EngineError

SECRET = "max@example.org"


def run_task(qtbot, window, task_id: str, text: str = "A short plain text.") -> None:
    """Choose a task, set the text, run it to its end."""
    window.skills.choose(task_id)
    with qtbot.waitSignal(window.document.scanned):
        window.document.set_text(text)
    window.document.run_button.click()
    qtbot.waitUntil(lambda: not window.runs.running)


def cloud_on(house) -> None:
    """Cloud drafts as after the consent dialog."""
    house.credentials.set("api.openai.com", "sk-0123456789abcdef")
    house.settings.update(cloud_enabled=True, cloud_consent=True)


def review(window) -> PayloadDialog | None:
    """The payload dialog that is open, if any."""
    return next((dialog for dialog in window.findChildren(PayloadDialog) if dialog.isVisible()), None)


def test_a_label_answer_is_a_headline_with_its_reason_and_place(qtbot, window):
    run_task(qtbot, window, "T01")
    assert window.answer.view.headline.text() == "negative"
    assert "broken" in window.answer.view.reason.text()
    assert window.answer.where.text().startswith("Ran on this device (Starter engine)")
    assert window.answer.where.text().endswith("0 bytes left this machine")


def test_the_panel_shows_this_run_and_the_ledger_counts_it(qtbot, window):
    run_task(qtbot, window, "T01")
    assert window.ledger._figures["run"].text().startswith("first token ")
    qtbot.waitUntil(lambda: window.ledger._figures["today"].text().startswith("1 run "))


def test_text_streams_and_ends_as_rendered_markdown(qtbot, house, window):
    house.engine.chunks = ["## Decisions\n", "- **Ship** it\n"]
    run_task(qtbot, window, "T08")
    assert "Decisions" in window.answer.view.text.toPlainText()
    assert "**" not in window.answer.view.text.toPlainText()
    assert window.answer.answer_text.startswith("## Decisions")


def test_an_answer_cannot_load_a_picture(qtbot, house, window, tmp_path):
    house.engine.chunks = [f"![x](file://{tmp_path}/x.png) <img src='http://example.org/x.png'>"]
    run_task(qtbot, window, "T08")
    assert "<img" in window.answer.view.text.toPlainText()


def test_choosing_a_record_selects_its_place_in_the_document(qtbot, house, window):
    task = next(task for task in house.backend.tasks if task.id == "T06")
    values = {field.name: (field.values[0] if field.values else "") for field in task.fields}
    values |= {task.ground: "3 May 2026", "iso": "2026-05-03", "date": "2026-05-03"}
    import json

    items = [{field.name: values[field.name] for field in task.fields}]
    house.engine.chunks = [json.dumps({"items": items})]
    run_task(qtbot, window, "T06", "😀 We met on 3 May 2026 in town.")
    window.answer.view.table.setCurrentCell(0, 0)
    assert window.document.edit.textCursor().selectedText() == "3 May 2026"


def test_stop_ends_the_run_and_keeps_what_was_written(qtbot, house, window):
    house.engine.chunks, house.engine.endless = ["The beginning"], True
    window.skills.choose("T08")
    window.document.set_text("A short plain text.")
    window.document.run_button.click()
    qtbot.waitUntil(lambda: window.answer.view.text.toPlainText() == "The beginning")
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.runs.running)
    assert window.answer.where.text().startswith("Stopped · ")
    assert window.answer.answer_text == "The beginning"


def test_an_error_is_shown_in_the_window_and_the_next_run_works(qtbot, house, window):
    house.engine.error = EngineError("The engine broke", "Nothing was sent. Try again.")
    run_task(qtbot, window, "T01")
    assert window.bar.title.text() == "The engine broke"
    house.engine.error = None
    run_task(qtbot, window, "T01")
    assert not window.bar.isVisible()
    assert window.answer.view.headline.text() == "negative"


def test_running_without_a_text_says_what_to_do(qtbot, window):
    window.document.run_button.click()
    qtbot.waitUntil(window.bar.isVisible)
    assert "Paste" in window.bar.message.text()


def test_a_bug_is_reported_and_the_window_goes_on(qtbot, house, window):
    house.engine.error = ZeroDivisionError(SECRET)
    with qtbot.waitSignal(window.runner.crashed):
        window.skills.choose("T01")
        window.document.set_text("Text.")
        window.document.run_button.click()
    qtbot.waitUntil(lambda: not window.runs.running)
    assert window.document.run_button.isEnabled()


def test_the_receipt_names_what_was_scanned_and_holds_no_content(qtbot, house, window):
    run_task(qtbot, window, "T01", f"Write to {SECRET}, the parcel is lost.")
    receipt = window.runs.show_receipt().view.toPlainText()
    for words in (
        "Scanned",
        "1 e-mail address",
        "Decided     Starter engine",
        "0 bytes left this machine",
        "Detectors",
    ):
        assert words in receipt
    for content in (SECRET, "parcel", "broken"):
        assert content not in receipt


def test_panel_and_receipt_say_how_much_memory_the_model_took_and_what_it_kept(qtbot, window):
    run_task(qtbot, window, "T01")
    record = window.runs._notes.recorded.record
    assert "Memory" not in window.runs.show_receipt().view.toPlainText()  # it has no process of its own
    known = dataclasses.replace(record, engine="phi", prompt_tokens=900, cached_tokens=725, peak_bytes=3_930_000_000)
    window.ledger.show_run(known)
    line = window.ledger._figures["run"].text()
    assert "725 of 900 tokens kept" in line
    assert "memory up to 3.9 GB" in line
    text = receipt_text(RunNotes("Sentiment", recorded=Recorded(known, stored=True)), "")
    assert "Memory      3.9 GB at most" in text
    assert "900 read (725 from cache)" in text


def test_the_keyboard_is_enough(qtbot, window):
    window.document.set_text("A short plain text.")
    qtbot.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert window.skills.task.skill == "route"
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.skills.task.id == "T01"
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.skills.task.id == "T02"
    window.document.edit.setFocus()
    qtbot.keyClick(window.document.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.answer.view.headline.text() != "" or window.bar.isVisible())
    qtbot.waitUntil(lambda: not window.runs.running)
    assert window.document.text == "A short plain text."


def test_a_draft_with_personal_details_is_blocked_with_ways_on(qtbot, house, window):
    cloud_on(house)
    run_task(qtbot, window, "T10", f"Answer {SECRET}.")
    assert house.cloud.requests == []
    assert house.engine.requests == []
    assert "e-mail address" in window.bar.message.text()
    texts = {button.text() for button in window.bar.findChildren(QAbstractButton) if button.isVisible()}
    assert texts == {"Add Phi-4 Mini…", "Redact, look, and send", "Dismiss"}


def test_a_draft_without_the_model_offers_to_add_it(qtbot, house, window):
    window.banner.hide()
    run_task(qtbot, window, "T10", "Answer that we agree.")
    add = next(button for button in window.bar.findChildren(QAbstractButton) if button.text() == "Add Phi-4 Mini…")
    add.click()
    assert window.banner.isVisible()
    assert window.banner.download_button.isVisible()


def test_a_redacted_draft_is_shown_sent_and_restored(qtbot, house, window):
    cloud_on(house)
    house.cloud.chunks = ["Dear [EMAIL_", "01], thank you."]
    run_task(qtbot, window, "T10", f"Answer {SECRET}.")
    send = next(b for b in window.bar.findChildren(QAbstractButton) if b.text() == "Redact, look, and send")
    send.click()
    qtbot.waitUntil(lambda: review(window) is not None)
    dialog = review(window)
    shown = " ".join(view.toPlainText() for view in dialog.findChildren(QPlainTextEdit))
    assert SECRET not in shown
    assert "[EMAIL_01]" in shown
    dialog.send_button.click()
    qtbot.waitUntil(lambda: not window.runs.running)
    assert window.answer.answer_text == f"Dear {SECRET}, thank you."
    sent = "".join(message.content for message in house.cloud.requests[0].messages)
    assert SECRET not in sent
    assert "321 bytes left this machine" in window.answer.where.text()


@pytest.mark.parametrize("ending", ["breaks off", "is stopped"])
def test_a_redacted_draft_that_ends_midway_keeps_its_part_with_the_values_put_back(qtbot, house, window, ending):
    cloud_on(house)
    house.cloud.chunks = ["Dear [EMAIL_", "01], thank", " you and"]
    if ending == "breaks off":
        house.cloud.error = EngineError("The connection broke", "Try again.")
    else:
        house.cloud.endless = True
    run_task(qtbot, window, "T10", f"Answer {SECRET}.")
    send = next(b for b in window.bar.findChildren(QAbstractButton) if b.text() == "Redact, look, and send")
    send.click()
    qtbot.waitUntil(lambda: review(window) is not None)
    review(window).send_button.click()
    qtbot.waitUntil(lambda: "you and" in window.answer.answer_text)
    window.runs.stop()
    qtbot.waitUntil(lambda: not window.runs.running)
    assert window.answer.answer_text == f"Dear {SECRET}, thank you and"
    assert window.answer.view.text.toPlainText() == f"Dear {SECRET}, thank you and"


def test_refusing_the_payload_sends_nothing(qtbot, house, window):
    cloud_on(house)
    window.skills.choose("T10")
    window.document.set_text("Answer that we agree.")
    window.document.run_button.click()
    qtbot.waitUntil(lambda: review(window) is not None)
    review(window).keep_button.click()
    qtbot.waitUntil(lambda: not window.runs.running)
    assert house.ledger.recent(1)[0].outcome == "cancelled"
    assert house.ledger.recent(1)[0].bytes_sent == 0
    assert window.answer.where.text().startswith("Stopped")


def test_a_wish_with_personal_details_blocks_too(qtbot, house, window):
    cloud_on(house)
    window.skills.choose("T10")
    window.answer.note_field.setText(f"copy {SECRET}")
    window.document.set_text("Answer that we agree.")
    window.document.run_button.click()
    qtbot.waitUntil(lambda: not window.runs.running and window.bar.isVisible())
    assert house.cloud.requests == []
    assert house.ledger.recent(1)[0].outcome == "blocked"


def test_closing_stops_the_run_and_leaves_no_thread(qtbot, house, window):
    house.engine.endless = True
    window.skills.choose("T08")
    window.document.set_text("A short plain text.")
    window.document.run_button.click()
    qtbot.waitUntil(lambda: bool(house.engine.requests))
    jobs = list(window.runner._jobs)
    window.close()
    assert jobs
    assert all(job.wait(0) for job in jobs)
    assert house.ledger.recent(1)[0].outcome == "cancelled"


def test_the_theme_setting_changes_the_colours_at_once(qtbot, house, window):
    dialog = window.show_settings()
    combo = dialog.control("theme")
    combo.setCurrentIndex(combo.findData("dark"))
    combo.activated.emit(combo.currentIndex())
    assert house.theme.colors is DARK
    combo.setCurrentIndex(combo.findData("light"))
    combo.activated.emit(combo.currentIndex())
    assert house.theme.colors is LIGHT
    dialog.close()


INTERACTIVE = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QAbstractItemView)


def unnamed(root) -> list[str]:
    """Interactive widgets without an accessible name, but for the inner parts of Qt's own composite widgets."""
    return [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for kind in INTERACTIVE
        for widget in root.findChildren(kind)
        if not widget.accessibleName()
        and not widget.objectName().startswith("qt_")
        and not isinstance(widget.parent(), QComboBox | QAbstractItemView)
        and type(widget).__name__ not in ("QComboBoxListView", "QHeaderView")
    ]


def untold(root) -> list[str]:
    """Buttons and fields without a tooltip."""
    return [
        widget.accessibleName()
        for kind in (QAbstractButton, QComboBox, QLineEdit)
        for widget in root.findChildren(kind)
        if widget.accessibleName() and not widget.toolTip() and not isinstance(widget.parent(), QTabBar)
    ]


@pytest.mark.parametrize("which", ["window", "settings", "about", "receipt", "consent", "payload", "crash"])
def test_every_control_has_an_accessible_name_and_a_tooltip(which, qtbot, house, window):
    from desktop.gui.crash import CrashDialog
    from desktop.gui.key_box import KeyState
    from desktop.review import Payload

    roots = {
        "window": lambda: window,
        "settings": window.show_settings,
        "about": window.show_about,
        "receipt": window.runs.show_receipt,
        "consent": lambda: window.cloud.ask(KeyState("", "", keyring=True)),
        "payload": lambda: PayloadDialog(Payload("a", "b", "c", "d", 0.0), redacted=False, parent=window),
        "crash": lambda: CrashDialog("ValueError", window),
    }
    root = roots[which]()
    assert unnamed(root) == []
    if which != "window":
        root.close()
    assert untold(root) == []
