"""What people really paste, drop and open: too long, protected, broken, strange, several at once."""

import statistics
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QLineEdit

from desktop.app import build_window
from desktop.paths import default_paths
from desktop.services import build_services
from models.pii.finding import Finding
from tests.models.documents.make_files import pdf

IBAN = "DE89 3704 0044 0532 0130 00"
LONG_LINE = "Nothing personal stands here at all, it goes on and on. " * 2_000 + f"Pay 😀 {IBAN} now."


def marked(window) -> list[str]:
    return [selection.cursor.selectedText() for selection in window.document.edit.extraSelections()]


def go_to_the_end(qtbot, window) -> None:
    window.document.edit.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.waitUntil(lambda: bool(marked(window)))


def test_a_line_of_100_kb_is_shown_folded_and_scanned_and_used_as_it_is(qtbot, house, write, window):
    write(LONG_LINE)
    assert window.document.text == LONG_LINE
    assert window.bar.title.text() == "Shown folded"
    go_to_the_end(qtbot, window)
    assert marked(window) == [IBAN]
    window.skills.choose("T01")
    window.document.run_button.click()
    qtbot.waitUntil(lambda: not window.runs.running)
    assert house.engine.requests[0].text == LONG_LINE


def test_a_folded_document_refuses_typing_in_words_and_undo_brings_back_the_old_one(qtbot, write, window):
    write("The old letter.")
    write(LONG_LINE)
    window.bar.hide()
    qtbot.keyClicks(window.document.edit, "typed")
    assert window.document.text == LONG_LINE
    assert window.bar.isVisible()
    qtbot.keyClick(window.document.edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.document.text == "The old letter."
    assert not window.bar.isVisible()
    qtbot.keyClicks(window.document.edit, " Yes.")
    assert window.document.text == "The old letter. Yes."


def test_what_is_copied_from_a_folded_document_has_no_folds(write, window):
    write(LONG_LINE)
    window.document.edit.selectAll()
    window.document.edit.copy()
    assert QGuiApplication.clipboard().text() == LONG_LINE


def test_a_paste_over_all_of_a_folded_document_replaces_it(qtbot, write, window):
    write(LONG_LINE)
    QGuiApplication.clipboard().setText("A short one.")
    window.document.edit.selectAll()
    qtbot.keyClick(window.document.edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert window.document.text == "A short one."
    assert not window.document.edit.isReadOnly()


def test_a_folded_document_can_be_given_line_breaks_and_edited(qtbot, write, window):
    write(LONG_LINE)
    window.document.put_line_breaks()
    assert not window.document.edit.isReadOnly()
    assert window.document.text.replace("\n", "") == LONG_LINE
    assert window.document.text.count("\n") > 10


def test_a_finding_in_a_folded_line_is_selected_where_it_stands(write, window):
    write(LONG_LINE)
    at = LONG_LINE.index(IBAN)
    window.document.select_span(at, at + len(IBAN))
    assert window.document.edit.textCursor().selectedText() == IBAN


def test_a_folded_document_gives_way_to_one_that_scrolls(qtbot, write, window):
    for text in (LONG_LINE, "line\n" * 3000, LONG_LINE, ""):
        write(text)
        window.document.edit.moveCursor(QTextCursor.MoveOperation.End)
        qtbot.wait(1)
    assert window.document.text == ""


@pytest.mark.parametrize("shape", ["lines", "one line"])
def test_typing_into_600_findings_takes_less_than_a_frame(qtbot, write, window, shape):
    end = "\n" if shape == "lines" else " "
    write(f"Write to max@example.org or call +44 20 7946 0958 about order 4711, of May.{end}" * 400)
    if window.document.edit.isReadOnly():
        window.document.put_line_breaks()
    assert len(window.document.findings) > 600
    times = []
    for _ in range(30):
        start = time.perf_counter()
        qtbot.keyClick(window.document.edit, Qt.Key.Key_A)
        QGuiApplication.processEvents()
        times.append((time.perf_counter() - start) * 1000)
    assert statistics.median(times) < 16


def test_ten_thousand_findings_are_counted_and_the_first_are_listed(write, window):
    write("max@example.org\n" * 10_000)
    assert window.document.strip_text.text().startswith("⚠ 10,000 personal details · cloud blocked")
    assert "the first 2,000 are listed" in window.document.strip_text.text()
    assert len(window.document.table.rows) == 2000
    window.document.table.dismissed.emit(1999)
    assert window.document.findings == ()


def test_a_protected_pdf_asks_for_its_password_in_the_window(qtbot, window, tmp_path):
    file = tmp_path / "minutes.pdf"
    file.write_bytes(pdf(["Secret minutes"], password="open sesame"))
    window.open_file(file)
    qtbot.waitUntil(window.bar.password.isVisible)
    assert window.bar.password.echoMode() == QLineEdit.EchoMode.Password
    assert window.bar.password.hasFocus()
    qtbot.keyClicks(window.bar.password, "wrong")
    qtbot.keyClick(window.bar.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.bar.title.text() == "That is not the password of the PDF")
    assert window.bar.password.text() == ""
    qtbot.keyClicks(window.bar.password, "open sesame")
    with qtbot.waitSignal(window.document.scanned):
        qtbot.keyClick(window.bar.password, Qt.Key.Key_Return)
    assert window.document.text == "Secret minutes"
    assert not window.bar.isVisible()
    assert window.bar.password.text() == ""


def test_another_message_takes_the_password_field_away(qtbot, window, tmp_path):
    file = tmp_path / "minutes.pdf"
    file.write_bytes(pdf(["Secret minutes"], password="open sesame"))
    window.open_file(file)
    qtbot.waitUntil(window.bar.password.isVisible)
    window.bar.show_message("Another", "thing")
    assert not window.bar.password.isVisible()


BROKEN: list[tuple[str, bytes, str]] = [
    ("scan.pdf", pdf([""]), "The PDF holds no text"),
    ("cut.pdf", b"%PDF-1.7 nothing more", "The PDF is damaged"),
    ("junk.txt", bytes(range(256)) * 40, "This kind of file is not read"),
    ("empty.txt", b"", "The file is empty"),
    ("cut.docx", b"PK\x03\x04 nothing more", "The Word document is damaged"),
    ("old.docx", bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 600, "An old or protected Office file"),
]


@pytest.mark.parametrize(("name", "data", "title"), BROKEN, ids=[case[0] for case in BROKEN])
def test_a_file_that_cannot_be_read_is_said_in_words_and_the_document_stays(
    qtbot, write, window, tmp_path, name, data, title
):
    write("Kept.")
    (tmp_path / name).write_bytes(data)
    window.open_file(tmp_path / name)
    qtbot.waitUntil(window.bar.isVisible)
    assert window.bar.title.text() == title
    assert name not in window.bar.message.text()
    assert window.document.text == "Kept."
    assert window.document.counts.text().startswith("1 word")


def drop(window, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    window.document.edit.insertFromMimeData(data)


def test_of_several_dropped_files_the_first_is_opened_and_the_others_are_named_by_number(qtbot, window, tmp_path):
    files = [tmp_path / f"{number}.txt" for number in range(3)]
    for file in files:
        file.write_text(f"Letter {file.stem}.", encoding="utf-8")
    drop(window, *files)
    qtbot.waitUntil(window.bar.isVisible)
    assert window.document.text == "Letter 0."
    assert "2 other files were not opened" in window.bar.message.text()


def test_a_dropped_folder_is_said_to_be_one(qtbot, window, tmp_path):
    drop(window, tmp_path)
    qtbot.waitUntil(window.bar.isVisible)
    assert window.bar.title.text() == "That is a folder"


def test_a_file_that_went_away_before_it_was_read_is_said_in_words(qtbot, window, tmp_path):
    file = tmp_path / "gone.txt"
    file.write_text("Here.")
    file.unlink()
    drop(window, file)
    qtbot.waitUntil(window.bar.isVisible)
    assert window.bar.title.text() == "There is no such file"


def test_of_two_files_opened_in_a_row_the_second_stays(qtbot, window, tmp_path):
    for name in ("first", "second"):
        (tmp_path / f"{name}.txt").write_text(f"The {name} letter.")
        window.open_file(tmp_path / f"{name}.txt")
    qtbot.waitUntil(lambda: not window.runner._jobs)
    assert window.document.text == "The second letter."


@pytest.mark.parametrize(
    "text",
    [
        f"שלום עולם {IBAN} סוף",
        f"a\x00b {IBAN}",
        f"one\r\ntwo {IBAN}\r\n",
        f"e\u0301\u0327 👩‍👩‍👧 {IBAN} \U0001d518",
        f"\u202eright to left {IBAN}\u202c",
    ],
    ids=["hebrew", "nul", "windows line ends", "clusters", "override"],
)
def test_strange_characters_do_not_shift_the_marks(qtbot, window, text):
    data = QMimeData()
    data.setText(text)
    with qtbot.waitSignal(window.document.scanned):
        window.document.edit.insertFromMimeData(data)
    assert marked(window) == [IBAN]
    finding = window.document.findings[0]
    assert window.document.text[finding.start : finding.end] == IBAN


def test_a_lone_surrogate_does_no_harm(qtbot, window):
    with qtbot.waitSignal(window.document.scanned):
        window.document.set_text(f"broken \ud83d half {IBAN}")
    assert [finding.entity for finding in window.document.findings] == ["IBAN"]
    window.document.redact_button.click()
    assert "[IBAN_01]" in QGuiApplication.clipboard().text()


class Endless:
    """A recognizer that comes to an end only when the test does."""

    name = "endless"

    def __init__(self) -> None:
        self.began, self.released = threading.Event(), threading.Event()

    def find(self, _text: str) -> Iterator[Finding]:
        self.began.set()
        self.released.wait(30)
        yield from ()


@pytest.fixture
def endless(monkeypatch, window) -> Iterator[Endless]:
    """Makes every scan of a long text endless."""
    recognizer = Endless()
    by_own_rules = window._backend.assistant._analyzer
    monkeypatch.setattr(by_own_rules._analyzer, "recognizers", (recognizer,))
    yield recognizer
    recognizer.released.set()


def test_stop_works_while_a_long_text_is_scanned_for_a_run(qtbot, house, window, endless):
    window.skills.choose("T01")
    window.document.set_text("line of text\n" * 20_000)
    window.document.run_button.click()
    qtbot.waitUntil(lambda: window.answer.progress_text.text() == "Checking for personal details …")
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.runs.running, timeout=2000)
    assert house.engine.requests == []
    assert window.answer.where.text() == "Stopped · Nothing ran · 0 bytes left this machine"
    assert window.answer.view.empty.text().startswith("Stopped before there was an answer.")
    assert not window.bar.isVisible()


def test_closing_the_window_while_a_long_text_is_scanned_takes_no_time(qtbot, window, endless):
    window.document.set_text("line of text\n" * 20_000)
    qtbot.waitUntil(endless.began.is_set)
    start = time.perf_counter()
    window.close()
    assert time.perf_counter() - start < 1.0


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "There is no model in that folder"),
        ({"genai_config.json": b"{garbage"}, "The model cannot be used"),
        ({"genai_config.json": b'{"model": {"type": "phi3", "decoder": {"filename": "model.onnx"}}}'}, "it lacks"),
        ({"genai_config.json": b'{"model": {"type": "gpt2"}}'}, "of a type that this program does not run"),
    ],
    ids=["empty", "garbage", "half", "another type"],
)
def test_a_model_folder_that_cannot_be_used_is_refused_with_the_reason(
    qtbot, qapp, tmp_path, files: dict[str, bytes], words: str
):
    services = build_services(default_paths())
    window, _theme = build_window(qapp, services)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.first_paint):
        window.show()
    folder = tmp_path / "model"
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    window.files.use_model(folder)
    qtbot.waitUntil(window.bar.isVisible)
    assert words in f"{window.bar.title.text()}. {window.bar.message.text()}"
    assert services.settings.current.model_folder == ""
    window.close()


def test_a_window_opens_and_works_on_a_home_where_nothing_can_be_written(qtbot, qapp, own_home):
    (own_home / "data").write_text("a file where the folder should be")
    (own_home / "config").write_text("a file where the folder should be")
    services = build_services(default_paths())
    window, _theme = build_window(qapp, services)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.first_paint):
        window.show()
    qtbot.waitUntil(window.bar.isVisible)
    window.skills.choose("T01")
    with qtbot.waitSignal(window.document.scanned, timeout=10_000):
        window.document.set_text("The parcel came in time and everything is fine.")
    window.document.run_button.click()
    qtbot.waitUntil(lambda: not window.runs.running, timeout=20_000)
    assert window.answer.answer_text
    window.close()


def test_two_windows_share_one_home_and_both_keep_their_runs(qtbot, qapp):
    both = [build_services(default_paths()) for _ in range(2)]
    for services in both:
        window, _theme = build_window(qapp, services)
        qtbot.addWidget(window)
        with qtbot.waitSignal(window.first_paint):
            window.show()
        window.skills.choose("T01")
        with qtbot.waitSignal(window.document.scanned, timeout=10_000):
            window.document.set_text("The parcel came in time and everything is fine.")
        window.document.run_button.click()
        qtbot.waitUntil(lambda window=window: not window.runs.running, timeout=20_000)
    assert [services.ledger.totals().runs for services in both] == [2, 2]
    for window in qapp.topLevelWidgets():
        window.close()
