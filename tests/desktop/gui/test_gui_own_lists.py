"""Second words, the person's own lists, and reasons, in the window."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.gui.live_scan import ScannedDocument
from desktop.gui.main_window import MainWindow
from desktop.gui.offsets import Span
from desktop.gui.wording import doubt
from desktop.own_rules import OwnRulesStore
from desktop.paths import default_paths
from models.pii.finding import Finding, Scan

IBAN = "DE89 3704 0044 0532 0130 00"


def entities(window):
    return [finding.entity for finding in window.document.findings]


def test_a_proven_number_is_dismissed_only_after_a_second_word(qtbot, write, window):
    write(f"Pay {IBAN} now.")
    window.document.table.dismissed.emit(0)
    question = window.document.question
    assert entities(window) == ["IBAN"]
    qtbot.mouseClick(question.agree_button, Qt.MouseButton.LeftButton)
    assert entities(window) == []
    (dismissal,) = window.document.dismissed
    assert dismissal.confirmed


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_enter_and_escape_keep_the_protection(qtbot, write, window, key):
    write(f"Pay {IBAN} now.")
    window.document.table.dismissed.emit(0)
    question = window.document.question
    qtbot.waitUntil(question.isVisible)
    qtbot.keyClick(question, key)
    qtbot.waitUntil(lambda: not question.isVisible())
    assert entities(window) == ["IBAN"]
    assert not window.document.dismissed


def test_the_second_question_does_not_show_the_value(write, window):
    write(f"Pay {IBAN} now.")
    window.document.table.dismissed.emit(0)
    question = window.document.question
    assert "DE••••00" in question.accessibleDescription()
    assert IBAN not in question.accessibleDescription()


@pytest.mark.parametrize(
    ("entity", "words"), [("API_TOKEN", "may be able to use it"), ("IBAN", "very likely a real one")]
)
def test_the_second_question_says_why_it_is_asked(entity, words):
    assert words in doubt(Finding(0, 9, entity, 0.98, "r", ""), "abcdefghi", always=False).what


def test_context_is_neither_marked_nor_listed_nor_counted(write, window: MainWindow):
    pane = window.document
    write("Acme wrote to max@example.org")
    context = Finding(0, 4, "ORGANISATION", 0.9, "model", "The model is sure.")
    mail = Finding(14, 29, "EMAIL", 0.85, "e-mail address", "It has the form of an e-mail address.")
    pane._take_scan(ScannedDocument(pane.text, Scan((context, mail)), (Span(0, 4, 0), Span(14, 29, 1)), 4))
    assert entities(window) == ["EMAIL"]
    assert [span.index for span in pane.edit.spans] == [1]
    assert "1 personal detail " in pane.strip_text.text()


def test_a_finding_is_explained_by_tooltip_details_and_to_screen_readers(write, window):
    write(f"Pay {IBAN} now.")
    table = window.document.table
    (row,) = table.rows
    assert "Bank account (IBAN) · identifier" in row.tip
    assert "Found by “" in row.tip
    assert "keeps the text on this device" in row.tip
    index = table.model().index(0, 0)
    assert "Found by “" in table.model().data(index, Qt.ItemDataRole.AccessibleDescriptionRole)
    table.setCurrentIndex(index)
    assert window.document.details.text().startswith("Bank account (IBAN) · identifier. Found by “")


def test_the_menu_key_offers_what_can_be_said_of_a_row(qtbot, write, window):
    write("Write to max@example.org.")
    table = window.document.table
    table.setCurrentIndex(table.model().index(0, 0))
    QApplication.sendEvent(table, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0)))
    menu = QApplication.activePopupWidget()
    assert [action.text() for action in menu.actions()] == [
        "Not personal in this document",
        "Always allow this",
        "Always flag this",
    ]
    menu.actions()[0].trigger()
    menu.close()
    assert entities(window) == []


def test_always_flag_this_from_a_selection_finds_it_at_once_and_undo_takes_it_back(qtbot, write, window):
    write("Minutes of Blue\nFalcon.")
    window.document.select_span(11, 22)
    menu = window.document.edit.menu_at(12)
    with qtbot.waitSignal(window.document.scanned, timeout=10_000):
        menu.actions()[-1].trigger()
    assert entities(window) == ["DENY_LISTED"]
    undo = window.bar._actions.itemAt(0).widget()
    with qtbot.waitSignal(window.document.scanned, timeout=10_000):
        qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert entities(window) == []


def test_always_allow_this_ends_the_alarm_in_every_document(qtbot, write, window):
    write("Write to info@example.org.")
    menu = window.document.edit.menu_at(12)
    with qtbot.waitSignal(window.document.scanned, timeout=10_000):
        next(action for action in menu.actions() if action.text() == "Always allow this").trigger()
    assert entities(window) == []
    write("Again, INFO@example.org is ours.")
    assert entities(window) == []


def test_always_allow_this_takes_a_second_word_for_a_proven_number(qtbot, write, window, house):
    write(f"Pay {IBAN} now.")
    window.document.table.allow_wanted.emit(0)
    assert house.backend.own_rules.lists.allow == ()
    with qtbot.waitSignal(window.document.scanned, timeout=10_000):
        qtbot.mouseClick(window.lists.question.agree_button, Qt.MouseButton.LeftButton)
    assert entities(window) == []
    assert house.backend.own_rules.lists.allow[0].confirmed


def test_an_entry_typed_into_the_dialog_holds_at_once(qtbot, write, window):
    write("The falcon papers.")
    box = window.lists.open().flag_box
    box.field.setText("  Falcon ")
    with qtbot.waitSignal(window.document.scanned, timeout=10_000):
        qtbot.keyClick(box.field, Qt.Key.Key_Return)
    assert entities(window) == ["DENY_LISTED"]
    assert box.field.text() == ""
    box.view.setCurrentRow(0)
    with qtbot.waitSignal(window.document.scanned, timeout=10_000):
        qtbot.keyClick(box.view, Qt.Key.Key_Delete)
    assert entities(window) == []


def test_a_typed_entry_that_holds_a_proven_number_takes_a_second_word(qtbot, window, house):
    box = window.lists.open().allow_box
    box.field.setText(f"IBAN {IBAN}")
    qtbot.mouseClick(box.add_button, Qt.MouseButton.LeftButton)
    assert house.backend.own_rules.lists.allow == ()
    qtbot.mouseClick(window.lists.question.agree_button, Qt.MouseButton.LeftButton)
    assert box.view.item(0).text() == f"IBAN {IBAN}  (confirmed)"


def test_an_entry_that_cannot_be_one_is_refused_in_words(qtbot, window):
    dialog = window.lists.open()
    for box in (dialog.flag_box, dialog.allow_box):
        box.field.setText("–")
        qtbot.mouseClick(box.add_button, Qt.MouseButton.LeftButton)
        assert "two letters or digits" in dialog.bar.message.text()
        assert box.view.count() == 0


def test_lists_go_out_and_in_as_plain_lines(qtbot, monkeypatch, tmp_path, window):
    dialog = window.lists.open()
    file = tmp_path / "list.txt"
    file.write_text("Falcon\n\nNorthwind   Ltd\n-\n", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    qtbot.mouseClick(dialog.flag_box.import_button, Qt.MouseButton.LeftButton)
    assert dialog.bar.message.text() == "2 lines read. 1 line could not be an entry and stayed out."
    out = tmp_path / "out.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    qtbot.mouseClick(dialog.flag_box.export_button, Qt.MouseButton.LeftButton)
    assert out.read_text(encoding="utf-8") == "Falcon\nNorthwind Ltd\n"


def test_the_dialog_says_where_the_lists_are_kept(window):
    from PySide6.QtWidgets import QLabel

    words = " ".join(label.text() for label in window.lists.open().findChildren(QLabel))
    assert "lists.json" in words
    assert "only you can read" in words


def test_damaged_lists_can_be_left_behind_from_the_dialog(qtbot, house, window, tmp_path):
    paths = default_paths()
    paths.lists_file.parent.mkdir(parents=True, exist_ok=True)
    paths.lists_file.write_text("{", encoding="utf-8")
    from desktop.gui.lists_dialog import ListsDialog

    store = OwnRulesStore(paths)
    dialog = ListsDialog(store)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "nothing goes to the cloud" in dialog.bar.message.text()
    assert not dialog.flag_box.isEnabled()
    qtbot.mouseClick(dialog.bar._actions.itemAt(0).widget(), Qt.MouseButton.LeftButton)
    assert dialog.flag_box.isEnabled()
    assert not store.lists_missing


def test_the_settings_lead_to_the_lists(qtbot, window):
    qtbot.mouseClick(window.show_settings().lists_button, Qt.MouseButton.LeftButton)
    assert window.lists.dialog.isVisible()
