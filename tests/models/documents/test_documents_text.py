"""Plain text in any encoding, and everything that is no text."""

import codecs
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.documents import Document, decode_text, read_document
from models.errors import InputError


def read(tmp_path: Path, data: bytes, name: str = "planted-name.txt") -> Document:
    path = tmp_path / name
    path.write_bytes(data)
    return read_document(path)


def refusal(tmp_path: Path, data: bytes, name: str = "planted-name.txt") -> InputError:
    with pytest.raises(InputError) as raised:
        read(tmp_path, data, name)
    assert "planted-name" not in str(raised.value)
    assert str(tmp_path) not in str(raised.value)
    return raised.value


TEXT = "Grüße aus Köln – naïve café, 漢字 und שלום 🙂.\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
        codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be"),
    ],
    ids=["utf-8", "utf-8 mark", "utf-16-le mark", "utf-16-be mark", "utf-32-le mark", "utf-32-be mark"],
)
def test_unicode_is_read_with_and_without_a_mark(tmp_path: Path, data: bytes) -> None:
    assert read(tmp_path, data) == Document(TEXT, None, "text", "")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_western_utf_16_without_a_mark_is_recognized(tmp_path: Path, encoding: str) -> None:
    assert read(tmp_path, "The minutes of Monday.\n".encode(encoding)).text == "The minutes of Monday.\n"


GERMAN = (
    "Sehr geehrte Frau Müller,\nwir bestätigen den Eingang Ihrer Kündigung für die Wohnung in der Königstraße. "
    "Die Schlüssel übergeben Sie bitte spätestens am Montag früh. Mit freundlichen Grüßen\n"
)
RUSSIAN = "Уважаемая госпожа Иванова, мы получили ваше заявление и ответим вам в течение недели. С уважением.\n"


@pytest.mark.parametrize(("text", "encoding"), [(GERMAN, "cp1252"), (RUSSIAN, "cp1251")])
def test_an_older_encoding_is_guessed_and_the_guess_is_told(tmp_path: Path, text: str, encoding: str) -> None:
    document = read(tmp_path, text.encode(encoding))
    assert document.text == text
    assert "was read as" in document.notice


def test_mixed_encodings_are_read_line_by_line_and_told(tmp_path: Path) -> None:
    document = read(tmp_path, "Köln 漢\n".encode() + "Zürich\n".encode("cp1252"))
    assert document.text == "Köln 漢\nZürich\n"
    assert "mixes encodings" in document.notice


def test_line_ends_become_one_kind(tmp_path: Path) -> None:
    assert read(tmp_path, b"a\r\nb\rc\nd").text == "a\nb\nc\nd"


def test_a_stray_nul_does_not_part_a_number(tmp_path: Path) -> None:
    assert "4111111111111111" in read(tmp_path, b"x" * 100 + b" 41111111\x0011111111").text


@pytest.mark.parametrize("name", ["note.md", "note.log", "note"])
def test_any_name_will_do_for_text(tmp_path: Path, name: str) -> None:
    assert read(tmp_path, b"# Notes", name).text == "# Notes"


@pytest.mark.parametrize(
    ("data", "title"),
    [
        (b"", "The file is empty"),
        (b" \n\t ", "The file is empty"),
        (bytes(range(256)) * 20, "This kind of file is not read"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(0, 200, 3)) * 50, "This kind of file is not read"),
        (b"\x7fELF" + bytes(5000), "This kind of file is not read"),
        (b"{\\rtf1\\ansi Hello}", "This kind of file is not read"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "An old or protected Office file"),
        (b"x" * 20_000_001, "The document is too long"),
    ],
    ids=["empty", "blank", "junk", "picture", "program", "rtf", "old office", "long"],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, data: bytes, title: str) -> None:
    assert refusal(tmp_path, data).title == title


@pytest.mark.parametrize("name", ["planted-name.pdf", "planted-name.docx"])
def test_a_file_that_is_not_what_its_name_says_is_told(tmp_path: Path, name: str) -> None:
    assert refusal(tmp_path, b"just text", name).title == "The file is not what its name says"


def test_a_folder_and_a_missing_file_are_told(tmp_path: Path) -> None:
    for path, words in ((tmp_path, "is a folder"), (tmp_path / "planted-name.txt", "no such file")):
        with pytest.raises(InputError, match=words) as raised:
            read_document(path)
        assert str(path) not in str(raised.value)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400))
def test_any_bytes_give_a_document_or_a_sentence(tmp_path: Path, data: bytes) -> None:
    try:
        document = read(tmp_path, data)
    except InputError:
        return
    assert document.text.strip()
    assert "\r" not in document.text
    assert document.text.encode().decode() == document.text


@pytest.mark.parametrize(
    ("data", "text"), [(b"", ""), (b" \n", ""), (TEXT.encode("utf-16"), TEXT), (b"a\r\nb", "a\nb")]
)
def test_bytes_without_a_file_are_decoded_too(data: bytes, text: str) -> None:
    assert decode_text(data) == text


@pytest.mark.parametrize("data", [bytes(range(256)) * 9, b"x" * 20_000_001])
def test_bytes_that_are_no_text_or_too_much_are_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        decode_text(data)
