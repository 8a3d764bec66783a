"""“Test the gate on my documents” in the window: the set, its marks, the figures and the threshold."""

import dataclasses
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QPlainTextEdit,
    QSlider,
    QTabBar,
)

from desktop.gui.gate_test_words import effect, entity_choices, excerpt, rows, set_line, text_line, verdict
from desktop.own_threshold import chosen_threshold
from desktop.regression_set import read_set, write_set
from models.pii.measure import MarkedText, Measurement, Seen, Span

LETTER = "Dear Ms Varga, write to a.varga@example.org. 🌻 Ask Zzyzx about it."
MISSED = MarkedText(LETTER, (Span(8, 13, "PERSON"), Span(24, 43, "EMAIL"), Span(51, 56, "PERSON")))
PLAIN = MarkedText("The meeting is at ten.")


@pytest.fixture
def dialog(window):
    return window.gate_test.open()


@pytest.fixture
def measured(qtbot, window, dialog):
    def run(*texts):
        dialog.set_texts(texts, saved=True)
        window.gate_test.measure()
        qtbot.waitUntil(lambda: not window.gate_test.running, timeout=20_000)
        return dialog.figures

    return run


def shown(table):
    return [
        [table.item(row, column).text() for column in range(table.columnCount())] for row in range(table.rowCount())
    ]


@pytest.mark.parametrize("way", ["gate_test_button", "settings"])
def test_it_opens_from_the_header_and_from_the_settings(qtbot, window, way):
    button = window.header.gate_test_button if way == "gate_test_button" else window.show_settings().gate_test_button
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.gate_test.dialog.isVisible()
    if window.settings_dialog is not None:
        window.settings_dialog.close()


def test_an_empty_set_says_what_to_do_and_offers_nothing_else(dialog):
    assert dialog.empty.isVisible()
    assert not dialog.save_button.isEnabled()
    assert not dialog.figures.measure_button.isEnabled()


def test_every_control_has_an_accessible_name_and_a_tooltip(dialog):
    dialog.set_texts([MISSED], saved=True)
    for kind in (QAbstractButton, QComboBox, QAbstractItemView, QPlainTextEdit, QSlider):
        for widget in dialog.findChildren(kind):
            if isinstance(widget.parent(), QComboBox | QAbstractItemView | QTabBar) or "Combo" in type(widget).__name__:
                continue
            if widget.objectName().startswith("qt_") or type(widget).__name__ == "QHeaderView":
                continue
            assert widget.accessibleName(), widget
            silent = isinstance(widget, QPlainTextEdit) or type(widget).__name__ == "QListView"
            assert widget.toolTip() or silent, widget.accessibleName()


def test_the_open_document_comes_in_with_its_findings_as_marks(write, window, dialog):
    write(LETTER)
    window.gate_test.add_document()
    (marked,) = dialog.texts
    assert marked.text == LETTER
    assert Span(24, 43, "EMAIL") in marked.spans
    assert "not saved" in dialog.summary.text()


def test_no_document_is_told(window, dialog):
    window.gate_test.add_document()
    assert "no document" in dialog.bar.title.text()
    assert dialog.texts == ()


def test_selected_words_become_a_mark_without_their_blanks_and_beyond_emoji(qtbot, dialog):
    dialog.set_texts([MarkedText(LETTER, (Span(24, 43, "EMAIL"),))], saved=True)
    start = LETTER.index(" Zzyzx")
    dialog.marks.view.select(start, start + 7)
    dialog.marks.kind.setCurrentIndex(dialog.marks.kind.findData("PERSON"))
    qtbot.mouseClick(dialog.marks.mark_button, Qt.MouseButton.LeftButton)
    (marked,) = dialog.texts
    assert marked.spans == (Span(24, 43, "EMAIL"), Span(start + 1, start + 6, "PERSON"))


def test_a_mark_takes_the_place_of_those_that_it_touches(dialog):
    dialog.set_texts([MISSED], saved=True)
    dialog.marks.view.select(5, 13)
    dialog.marks.mark_selection()
    assert dialog.texts[0].spans[0] == Span(5, 13, "PERSON")
    assert len(dialog.texts[0].spans) == 3


def test_delete_takes_a_wrong_mark_away(qtbot, dialog):
    dialog.set_texts([MISSED], saved=True)
    dialog.marks.list.setCurrentRow(1)
    qtbot.keyClick(dialog.marks.list, Qt.Key.Key_Delete)
    assert [span.entity for span in dialog.texts[0].spans] == ["PERSON", "PERSON"]
    assert "2 marks" in dialog.list.item(0).text()


def test_a_text_can_be_taken_out_of_the_set(qtbot, dialog):
    dialog.set_texts([MISSED, PLAIN], saved=True)
    dialog.list.setCurrentRow(0)
    qtbot.mouseClick(dialog.remove_button, Qt.MouseButton.LeftButton)
    assert dialog.texts == (PLAIN,)


def test_the_list_of_texts_shows_no_words_of_them(dialog):
    dialog.set_texts([MISSED], saved=True)
    assert "Varga" not in dialog.list.item(0).text()


def test_a_set_is_kept_only_where_the_person_saves_it(qtbot, monkeypatch, tmp_path, own_home, window, dialog):
    dialog.set_texts([MISSED, PLAIN], saved=False)
    assert not [path for path in own_home.rglob("*") if path.is_file() and b"Zzyzx" in path.read_bytes()]
    file = tmp_path / "mine.jsonl"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments: (str(file), ""))
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.bar.title.text() == "Saved")
    assert read_set(file) == (MISSED, PLAIN)
    assert "· saved" in dialog.summary.text()
    kept = [path for path in own_home.rglob("*") if path.is_file()]
    assert not [path for path in kept if b"mine.jsonl" in path.read_bytes() or b"Zzyzx" in path.read_bytes()]


def test_a_set_is_opened_from_a_file(qtbot, monkeypatch, tmp_path, dialog):
    file = tmp_path / "set.jsonl"
    write_set(file, [MISSED, PLAIN])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_arguments: (str(file), ""))
    qtbot.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.texts == (MISSED, PLAIN))


def test_a_bad_file_leaves_the_set_as_it_is_and_names_the_line(qtbot, tmp_path, window, dialog):
    dialog.set_texts([PLAIN], saved=True)
    (tmp_path / "bad.jsonl").write_text('{"text": "a"}\n{"words": 1}\n')
    window.gate_test.read(tmp_path / "bad.jsonl")
    qtbot.waitUntil(dialog.bar.isVisible)
    assert "Line 2" in dialog.bar.message.text()
    assert dialog.texts == (PLAIN,)


def test_the_figures_and_the_misses_of_a_set(measured, dialog):
    figures = measured(MISSED, PLAIN)
    lines = {line[0]: line for line in shown(figures.table)}
    assert lines["E-mail address"][1:3] == ["1", "100.0 % [21–100]"]
    assert lines["All"][1] == "3"
    assert "1 of 1" in figures.verdict.text()
    assert "0 of 1" in figures.verdict.text()
    assert dialog.tabs.currentWidget() is figures


def test_choosing_a_miss_shows_the_text_around_it(measured):
    text = MarkedText("x " * 400 + "Our Zzyzx stays." + " y" * 400, (Span(804, 809, "PROJECT"),))
    figures = measured(text)
    assert figures.misses.count() == 1
    figures.misses.setCurrentRow(0)
    around = figures.place.toPlainText()
    assert "Zzyzx" in around
    assert len(around) < 700


def test_the_slider_shows_other_thresholds_and_nothing_changes_until_use_is_pressed(qtbot, house, measured):
    figures = measured(MISSED, PLAIN)
    assert not figures.use_button.isEnabled()
    qtbot.keyClick(figures.slider, Qt.Key.Key_Right)
    assert figures.threshold == 0.1
    assert "At 0.1: marks found" in figures.effect.text()
    assert house.settings.current.model_threshold == 0
    qtbot.mouseClick(figures.use_button, Qt.MouseButton.LeftButton)
    assert chosen_threshold(house.settings.current) == 0.1
    assert not figures.use_button.isEnabled()
    assert "threshold in use: 0.1" in figures.effect.text()


def test_a_new_threshold_has_the_document_looked_at_again(qtbot, write, window, dialog):
    write(LETTER)
    with qtbot.waitSignal(window.document.scanned, timeout=10_000):
        window.gate_test.use_threshold(0.5)


def test_the_built_in_thresholds_can_be_taken_back(house, window, dialog):
    window.gate_test.use_threshold(0.5)
    window.gate_test.use_threshold(None)
    assert house.settings.current.model_threshold == 0


def test_stop_ends_measuring_and_leaves_no_half_figures(qtbot, monkeypatch, window, dialog):
    begun = threading.Event()

    def add(_self, _marked, cancel):
        begun.set()
        cancel.wait(10)
        return False

    monkeypatch.setattr("desktop.gate_test.GateTest.add", add)
    dialog.set_texts([MISSED, PLAIN], saved=True)
    window.gate_test.measure()
    assert not dialog.pages.isEnabled()
    qtbot.waitUntil(begun.is_set)
    qtbot.mouseClick(dialog.figures.stop_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.gate_test.running)
    assert "Stopped" in dialog.figures.state.text()
    assert dialog.figures.empty.isVisible()
    assert dialog.pages.isEnabled()


def test_figures_go_when_the_set_changes(measured, dialog):
    figures = measured(PLAIN)
    assert not figures.empty.isVisible()
    dialog.add_text(MISSED)
    dialog.tabs.setCurrentIndex(1)
    assert figures.empty.isVisible()


def test_every_entity_that_blocks_can_be_marked_and_context_cannot():
    choices = {entity: words for words, entity in entity_choices()}
    assert {"PERSON", "API_TOKEN", "HEALTH"} <= set(choices)
    assert not {"PLACE", "ORGANISATION", "DENY_LISTED"} & set(choices)
    assert next(iter(choices)) == "PERSON"


def test_words_about_a_set():
    assert set_line(0, 0, saved=True) == "The set is empty"
    assert set_line(1, 2, saved=False) == "1 text, 2 marks · not saved"
    assert text_line(3, PLAIN) == "3  ·  22 characters, 0 marks"


def test_an_excerpt_keeps_the_span_in_its_place():
    text = "a" * 1000 + "NAME" + "b" * 1000
    around, start, end = excerpt(text, 1000, 1004)
    assert around[start:end] == "NAME"
    assert excerpt("NAME", 0, 4) == ("NAME", 0, 4)


def test_an_unfinished_check_is_told_and_the_effect_counts_both_ways():
    one, two = Measurement(), Measurement()
    one.add(MISSED, Seen((), blocked=True, complete=False))
    two.add(MISSED, Seen((Span(8, 13, "PERSON"),), blocked=True))
    assert "1 check could not be finished" in verdict(one)
    assert "marks found 0 → 1" in effect(one, two, None, 0.5)
    assert effect(one, one, 0.3, 0.3) == "This is the threshold in use: 0.3."
    assert rows(one)[0][0] == "All"


def test_a_result_cannot_be_changed_under_the_page(measured):
    figures = measured(PLAIN)
    with pytest.raises(dataclasses.FrozenInstanceError):
        figures._result.in_use = 0.5
