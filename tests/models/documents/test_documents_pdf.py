"""PDFs: text by page, and a sentence for those that cannot be read."""

import threading
from pathlib import Path

import pytest
from make_files import form_pdf, pdf

from models.documents import Document, read_document
from models.errors import InputError


def read(tmp_path: Path, data: bytes, **options: object) -> Document:
    path = tmp_path / "planted-name.pdf"
    path.write_bytes(data)
    return read_document(path, **options)


def refusal(tmp_path: Path, data: bytes, **options: object) -> InputError:
    with pytest.raises(InputError) as raised:
        read(tmp_path, data, **options)
    assert "planted-name" not in str(raised.value)
    return raised.value


def test_pages_are_parted_by_form_feeds(tmp_path: Path) -> None:
    document = read(tmp_path, pdf(["First page: café", "Second (page)"]))
    assert document == Document("First page: café\fSecond (page)", 2, "pdf", "")


def test_progress_is_told_page_by_page(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    read(tmp_path, pdf(["a", "b", "c"]), on_progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    cancel = threading.Event()
    told: list[int] = []

    def stop_after_one(done: int, total: int) -> None:
        told.append(done)
        cancel.set()

    assert refusal(tmp_path, pdf(["a", "b", "c"]), on_progress=stop_after_one, cancel=cancel).title == "Stopped"
    assert told == [1]


def test_a_protected_pdf_opens_with_its_password_only(tmp_path: Path) -> None:
    data = pdf(["Secret minutes"], password="open sesame")
    assert refusal(tmp_path, data).title == "The PDF is protected by a password"
    assert refusal(tmp_path, data, password="wrong").title == "That is not the password of the PDF"
    assert read(tmp_path, data, password="open sesame").text == "Secret minutes"


def test_a_scanned_pdf_is_told_to_hold_pictures_only(tmp_path: Path) -> None:
    error = refusal(tmp_path, pdf(["", ""]))
    assert error.title == "The PDF holds no text"
    assert "pictures" in error.message


def test_a_partly_scanned_pdf_says_how_many_pages_were_not_read(tmp_path: Path) -> None:
    document = read(tmp_path, pdf(["Text", "", ""]))
    assert document.text == "Text\f\f"
    assert document.notice.startswith("2 pages of 3 hold no text")


@pytest.mark.parametrize("keep", [9, 60, 300])
def test_a_damaged_pdf_is_refused_in_words(tmp_path: Path, keep: int) -> None:
    assert refusal(tmp_path, pdf(["Text"])[:keep]).title in ("The PDF is damaged", "The PDF holds no text")


def test_what_was_typed_into_a_form_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, form_pdf("Ms Varga")).text.replace("\n", " ").split() == ["Name:", "Ms", "Varga"]


def test_several_threads_can_read_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([f"Page {number}" for number in range(20)]))
    texts: list[str] = []
    threads = [threading.Thread(target=lambda: texts.append(read_document(path).text)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts == ["\f".join(f"Page {number}" for number in range(20))] * 4
