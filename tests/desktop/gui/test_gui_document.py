"""The document pane: paste and it is scanned."""

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication

from desktop.gui.wording import one_line

IBAN = "DE89 3704 0044 0532 0130 00"


def marked(window) -> list[str]:
    """The highlighted stretches, as Qt sees them."""
    return [selection.cursor.selectedText() for selection in window.document.edit.extraSelections()]


def test_pasting_an_iban_highlights_it_and_says_that_the_cloud_is_blocked(qtbot, window):
    QGuiApplication.clipboard().setText(f"Please pay to {IBAN} today.")
    with qtbot.waitSignal(window.document.scanned):
        window.document.edit.paste()
    assert marked(window) == [IBAN]
    assert window.document.strip_text.text() == "⚠ 1 personal detail · cloud blocked"
    assert window.document.table.rows[0].entity == "Bank account (IBAN)"


def test_the_list_shows_only_the_ends_of_a_value(write, window):
    write(f"Please pay to {IBAN} today.")
    row = window.document.table.rows[0]
    assert row.value.startswith("DE")
    assert row.value.endswith("00")
    assert "3704" not in row.value


def test_offsets_stay_right_after_astral_characters(write, window):
    write(f"😀🧾 𝔘nicode, then {IBAN}, then 😀 and max@example.org.")
    assert marked(window) == [IBAN, "max@example.org"]


def test_highlights_follow_the_text_while_typing_before_them(qtbot, write, window):
    write(f"Pay {IBAN} now.")
    window.document.edit.moveCursor(window.document.edit.textCursor().MoveOperation.Start)
    qtbot.keyClicks(window.document.edit, "Well: ")
    span = window.document.edit.spans[0]
    assert window.document.text[span.start : span.end] == IBAN


def test_a_clear_text_says_so(write, window):
    write("The weather is fine and the meeting went well.")
    assert window.document.strip_text.text() == "✓ No personal details found · cloud drafts may be used"
    assert not window.document.table.isVisible()


def test_not_personal_dismisses_a_value_for_this_document_and_can_be_undone(qtbot, write, window):
    write(f"Pay {IBAN} and write to max@example.org.")
    table = window.document.table
    table.setCurrentIndex(table.model().index(1, 0))
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert marked(window) == [IBAN]
    assert "1 marked not personal" in window.document.strip_text.text()
    qtbot.mouseClick(window.document.restore_button, Qt.MouseButton.LeftButton)
    assert marked(window) == [IBAN, "max@example.org"]


def test_the_not_personal_cell_dismisses_with_a_click(qtbot, write, window):
    write("Write to max@example.org now.")
    table = window.document.table
    centre = table.visualRect(table.model().index(0, 4)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=centre)
    assert window.document.findings == ()


def test_dismissals_end_with_the_document(write, window):
    write("Write to max@example.org now.")
    window.document.table.dismissed.emit(0)
    assert window.document.dismissed
    write("Another letter to max@example.org.")
    assert not window.document.dismissed
    assert marked(window) == ["max@example.org"]


def test_choosing_a_finding_selects_it_in_the_text(write, window):
    write(f"😀 Pay {IBAN} now.")
    window.document.table.setCurrentIndex(window.document.table.model().index(0, 0))
    assert window.document.edit.textCursor().selectedText() == IBAN


def test_redact_copy_puts_placeholders_on_the_clipboard_and_says_so(write, window):
    write(f"Pay {IBAN} now.")
    window.document.redact_button.click()
    assert QGuiApplication.clipboard().text() == "Pay [IBAN_01] now."
    assert window.bar.isVisible()


def test_the_tooltip_names_the_recognizer_and_the_reason(write, window):
    write(f"Pay {IBAN} now.")
    row = window.document.table.rows[0]
    assert "Found by “iban” with a score of 0.97: " in row.tip
    assert row.reason[1:] in one_line(row.tip)
    assert IBAN not in row.tip


def test_paste_replacing_can_be_undone(qtbot, write, window):
    write("First text.")
    QGuiApplication.clipboard().setText("Second text.")
    qtbot.keyClick(
        window.document.edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    qtbot.waitUntil(lambda: window.document.text == "Second text.")
    window.document.edit.undo()
    assert window.document.text == "First text."


def test_pasted_markup_becomes_plain_text(window):
    data = QMimeData()
    data.setHtml("<b>bold</b>")
    data.setText("bold")
    window.document.edit.insertFromMimeData(data)
    assert window.document.text == "bold"


def test_a_dropped_file_is_read_into_the_window(qtbot, window, tmp_path):
    file = tmp_path / "letter.txt"
    file.write_text(f"Dear bank,\nplease use {IBAN}.", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    with qtbot.waitSignal(window.document.scanned):
        window.document.edit.insertFromMimeData(data)
    assert window.document.text.startswith("Dear bank,")
    assert marked(window) == [IBAN]


def test_a_file_that_cannot_be_read_leaves_the_document_as_it_is(qtbot, write, window, tmp_path):
    write("Kept.")
    file = tmp_path / "broken.pdf"
    file.write_bytes(b"%PDF-1.7 nothing more")
    window.open_file(file)
    qtbot.waitUntil(window.bar.isVisible)
    assert window.document.text == "Kept."
    assert "reading" not in window.document.counts.text().lower()


def test_a_result_for_an_older_text_is_dropped(qtbot, write, window):
    write(f"Pay {IBAN} now.")
    window.document.edit.replace_all("Nothing personal any more.")
    window.document.live_scan.touch(at_once=True)
    window.document.edit.replace_all("And nothing here either.")
    qtbot.waitUntil(lambda: not window.document.live_scan.pending)
    assert window.document.findings == ()


def test_an_incomplete_scan_blocks(qtbot, window, monkeypatch):
    from models.pii.finding import Scan

    monkeypatch.setattr(
        window.document.live_scan, "_scan", lambda _text, _cancel: Scan((), complete=False, failures=("iban",))
    )
    with qtbot.waitSignal(window.document.scanned):
        window.document.set_text("Some text.")
    assert window.document.strip_text.text() == "⚠ Scan incomplete · cloud blocked"


@pytest.mark.parametrize("text", ["", "one", "one two three"])
def test_words_are_counted(text, write, window):
    write(text)
    number = len(text.split())
    expected = "Empty" if not text else f"{number} word{'s' if number != 1 else ''} · about 1 page · "
    assert window.document.counts.text().startswith(expected)
