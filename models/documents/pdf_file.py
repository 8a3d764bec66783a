"""The text of a PDF, by PDFium. Scripts are not run, links not followed, nothing is rendered."""

import re
import threading
from typing import Any

from models.documents.document import (
    MAX_TEXT_BYTES,
    Document,
    OnProgress,
    PasswordError,
    check_cancel,
    corrupt,
    normal_lines,
    too_long,
)
from models.errors import InputError

_LOCK = threading.Lock()  # PDFium is not thread-safe, not even for two documents
_LINE_END_HYPHEN = re.compile("[\x02\ufffe]\n?")
_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD
_FILLABLE_FORM = 1  # FORMTYPE_ACRO_FORM; 2 and 3 are XFA, which needs a script engine


def read_pdf(
    data: bytes,
    password: str | None = None,
    on_progress: OnProgress | None = None,
    cancel: threading.Event | None = None,
) -> Document:
    """Read all pages, parted by form feeds. Raises InputError for one that is damaged, locked, or only pictures."""
    with _LOCK:
        pdf = _open(data, password)
        form, has_fields = _open_form(pdf)
        total = len(pdf)
    pages: list[str] = []
    length = 0
    try:
        for index in range(total):
            check_cancel(cancel)
            with _LOCK:
                pages.append(_page_text(pdf, index, has_fields))
            length += len(pages[-1])
            if length > MAX_TEXT_BYTES:
                raise too_long()
            if on_progress is not None:
                on_progress(index + 1, total)
    finally:
        with _LOCK:
            pdf.close()
    return _document(pages, form)


def _open(data: bytes, password: str | None) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError as error:
        if error.err_code != _PASSWORD_ERROR:
            raise corrupt("PDF") from None
    raise PasswordError(
        "The PDF is protected by a password" if password is None else "That is not the password of the PDF",
        "It cannot be read without the right one, which is used to open it and not kept.",
    )


def _open_form(pdf: Any) -> tuple[int, bool]:
    """The kind of form (0: none), and whether its fields can be read. Scripts stay off: this PDFium has no engine."""
    import pypdfium2

    form = int(pdf.get_formtype())
    if form != _FILLABLE_FORM:
        return form, False
    try:
        pdf.init_forms()
    except pypdfium2.PdfiumError:
        return form, False
    return form, True


def _page_text(pdf: Any, index: int, has_fields: bool) -> str:
    """Text of one page; a page that is damaged counts as one without text."""
    import pypdfium2

    try:
        page = pdf[index]
    except pypdfium2.PdfiumError:
        return ""
    try:
        if has_fields:
            page.flatten()  # draws what was typed into the fields into the page
            page.close()
            page = pdf[index]
        textpage = page.get_textpage()
        try:
            text: str = textpage.get_text_range()
        finally:
            textpage.close()
    except pypdfium2.PdfiumError:
        return ""
    finally:
        page.close()
    return _LINE_END_HYPHEN.sub("", normal_lines(text)).strip("\n")


def _document(pages: list[str], form: int) -> Document:
    empty = sum(not page.strip() for page in pages)
    if empty == len(pages):
        raise InputError(
            "The PDF holds no text",
            "Its pages are pictures only, as from a scanner, and pictures are not read. It was not changed. Run text "
            "recognition (OCR) on it in a program on this machine, and open the result.",
        )
    notices = []
    if empty:
        some = "1 page of" if empty == 1 else f"{empty} pages of"
        notices.append(f"{some} {len(pages)} hold no text (pictures, as from a scanner, or nothing) and were not read.")
    if form > _FILLABLE_FORM:
        notices.append("It is a form of a kind (XFA) whose typed-in values may not have been read.")
    return Document("\f".join(pages), len(pages), "pdf", " ".join(notices))
