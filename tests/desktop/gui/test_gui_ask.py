"""Asking over documents in the window."""

from dataclasses import replace
from typing import Any

import pytest

from desktop.ask_store import AskStore
from desktop.gui.ask_dialog import EMPTY, AskDialog
from desktop.paths import default_paths


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "lease.txt").write_text("The rent is 1,240 euros a month. It is due on the third working day.")
    (tmp_path / "notes.md").write_text("Petra Holm will order the new boiler by Friday.")
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7 broken")
    return tmp_path


@pytest.fixture(autouse=True)
def store(house: Any) -> None:
    house.backend = replace(house.backend, ask_store=AskStore(default_paths().ask_file, house.credentials))


@pytest.fixture
def dialog(qtbot: Any, window: Any) -> AskDialog:
    window.answer.ask_button.click()
    return window.asking.dialog


def read(qtbot, window, dialog, *paths):
    dialog.paths_dropped.emit(list(paths))
    qtbot.waitUntil(lambda: "read in" in dialog.words.text() and dialog.keep_box.isEnabled(), timeout=30_000)


def test_a_question_finds_the_passage_with_its_place(qtbot, window, dialog, folder):
    read(qtbot, window, dialog, folder)
    assert dialog.words.text().startswith("2 documents read in, 2 passages")
    assert "bad.pdf" in dialog.bar.accessibleName() or dialog.bar.isVisible()
    dialog.field.setText("Who orders the boiler?")
    dialog.ask_button.click()
    qtbot.waitUntil(lambda: dialog.found.count() > 0, timeout=30_000)
    assert dialog.found.item(0).text().startswith("[1] notes.md, from character 1\nPetra Holm")


def test_phi_answers_where_it_is_installed_and_doubts_are_told(qtbot, house, window, dialog, folder):
    house.phi[0] = True
    house.engine.chunks = ["Petra Holm does."]
    read(qtbot, window, dialog, folder / "notes.md")
    dialog.field.setText("Who orders the boiler?")
    dialog.ask_button.click()
    qtbot.waitUntil(dialog.answer.isVisible, timeout=30_000)
    assert dialog.answer.text() == "Petra Holm does."
    assert "check it" in dialog.note.text()
    assert "Petra Holm" in house.engine.requests[0].text


def test_the_open_document_can_be_asked(qtbot, window, write, dialog):
    write("The hearing is on 3 March at nine in room 12.")
    dialog.document_button.click()
    qtbot.waitUntil(
        lambda: "1 document read in" in dialog.words.text() and dialog.ask_button.isEnabled(), timeout=30_000
    )
    dialog.field.setText("When is the hearing?")
    dialog.ask_button.click()
    qtbot.waitUntil(lambda: dialog.found.count() == 1, timeout=30_000)


def test_closing_forgets_what_was_read_in(qtbot, window, dialog, folder):
    read(qtbot, window, dialog, folder / "notes.md")
    dialog.reject()
    assert window.asking._index.size == 0
    assert dialog.words.text() == EMPTY


def test_nothing_to_search_in_is_told(qtbot, window, dialog):
    dialog.field.setText("Anything?")
    dialog.ask_button.click()
    qtbot.waitUntil(dialog.bar.isVisible, timeout=30_000)


def test_documents_are_kept_encrypted_only_where_it_was_ticked_and_forgotten_when_unticked(
    qtbot, house, window, dialog, folder
):
    file = default_paths().ask_file
    read(qtbot, window, dialog, folder / "notes.md")
    assert not file.exists()
    dialog.keep_box.setChecked(True)
    qtbot.waitUntil(lambda: "kept, encrypted" in dialog.words.text() and window.asking._job is None, timeout=30_000)
    assert b"boiler" not in file.read_bytes()
    dialog.reject()
    window.answer.ask_button.click()
    qtbot.waitUntil(
        lambda: "1 document read in" in dialog.words.text() and dialog.ask_button.isEnabled(), timeout=30_000
    )
    dialog.field.setText("Who orders the boiler?")
    dialog.ask_button.click()
    qtbot.waitUntil(lambda: dialog.found.count() > 0 and dialog.keep_box.isEnabled(), timeout=30_000)
    dialog.keep_box.setChecked(False)
    qtbot.waitUntil(lambda: not file.exists(), timeout=30_000)


def test_kept_documents_stay_locked_without_the_keyring(qtbot, house, window, dialog, folder):
    read(qtbot, window, dialog, folder / "notes.md")
    dialog.keep_box.setChecked(True)
    qtbot.waitUntil(lambda: "kept, encrypted" in dialog.words.text() and window.asking._job is None, timeout=30_000)
    dialog.reject()
    house.keyring.kept.clear()
    window.asking._store.key.forget()
    window.answer.ask_button.click()
    qtbot.waitUntil(dialog.bar.isVisible, timeout=30_000)
    assert window.asking._index.size == 0
    assert default_paths().ask_file.exists()
