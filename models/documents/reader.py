"""Opens a file and finds out, by its first bytes, which reader takes it."""

import threading
from pathlib import Path

from models.documents.document import (
    MAX_FILE_BYTES,
    MAX_TEXT_BYTES,
    Document,
    OnProgress,
    check_cancel,
    too_long,
)
from models.documents.pdf_file import read_pdf
from models.documents.text_file import read_text
from models.documents.word_file import read_word
from models.errors import InputError

ACCEPTED_SUFFIXES = (".txt", ".md", ".pdf", ".docx")
_ACCEPTED = "Plain text (.txt, .md), PDF (.pdf) and Word (.docx) can be opened."
_COMPOUND_FILE = bytes.fromhex("d0cf11e0a1b11ae1")  # old Office files, and new ones with a password


def read_document(
    path: Path,
    password: str | None = None,
    on_progress: OnProgress | None = None,
    cancel: threading.Event | None = None,
) -> Document:
    """Read the text of a file. No message names the file, no link in it is followed, no script in it runs.

    Args:
        path: A file of plain text, PDF or Word.
        password: For a protected PDF.
        on_progress: Called with (pages done, pages in all) while a PDF is read.
        cancel: Looked at between pages.

    Raises:
        InputError: It cannot be read; the message says why and what to do. Titled "Stopped" after a cancel.
    """
    data = _read_bytes(path)
    check_cancel(cancel)
    start = data[:1024]
    if b"%PDF-" in start:
        return read_pdf(data, password, on_progress, cancel)
    if data.startswith(b"PK\x03\x04"):
        return read_word(data)
    if data.startswith(_COMPOUND_FILE):
        raise InputError(
            "An old or protected Office file",
            "It is of the format before 2007, or a password protects it. It was not changed. Save it as .docx without "
            f"a password and open that. {_ACCEPTED}",
        )
    if data.lstrip()[:5] == b"{\\rtf":
        raise InputError(
            "This kind of file is not read", f"It is rich text (RTF). Save it as .docx or .txt. {_ACCEPTED}"
        )
    if len(data) > MAX_TEXT_BYTES:
        raise too_long()
    if path.suffix.lower() in (".pdf", ".docx"):
        raise InputError(
            "The file is not what its name says",
            f"It ends in {path.suffix.lower()} but holds something else, or is damaged. It was not changed. "
            f"{_ACCEPTED}",
        )
    document = read_text(data)
    if document is None:
        raise InputError(
            "This kind of file is not read",
            f"It holds no text that can be read, but a picture, a program or the like. It was not changed. {_ACCEPTED}",
        )
    return document


def decode_text(data: bytes) -> str:
    """Text that came without a file (standard input, the clipboard), in whatever encoding; "" for nothing.

    Raises:
        InputError: It is no text, or too much.
    """
    if not data.strip():
        return ""
    if len(data) > MAX_TEXT_BYTES:
        raise too_long()
    document = read_text(data)
    if document is None:
        raise InputError(
            "That is not text", "It looks like a picture, a program or the like. Nothing of it was kept. Give it text."
        )
    return document.text


def _read_bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise InputError("That is a folder", "Nothing was opened. Choose one file in it.")
        if not path.is_file():
            raise InputError(
                "There is no such file",
                "It may have been moved, renamed or deleted. Nothing was opened. Choose another file.",
            )
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        denied = isinstance(error, PermissionError)
        raise InputError(
            "The file cannot be read",
            ("Its permissions do not let you read it." if denied else "The disk or the network share reports an error.")
            + " It was not changed. Copy it to a folder of your own and open the copy.",
        ) from None
    if len(data) > MAX_FILE_BYTES:
        raise InputError(
            "The file is too large",
            f"It has more than {MAX_FILE_BYTES // 1_000_000} MB. It was not opened. Split it and open the parts.",
        )
    if not data.strip():
        raise InputError("The file is empty", "There is no text in it to work on. Choose another file.")
    return data
