"""The text of a Word document: paragraphs, tables, text boxes, headers, footers and notes."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from models.documents.document import MAX_TEXT_BYTES, Document, corrupt, normal_lines, too_long
from models.errors import InputError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MAX_UNPACKED_BYTES = 300_000_000
_MAX_XML_BYTES = 60_000_000
_MAX_MEMBERS = 10_000
_MARKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_NOT_TEXT = frozenset({f"{_W}pPr", f"{_W}rPr", f"{_W}del", f"{_W}moveFrom", _FALLBACK})
_NOTES = ("footnotes", "endnotes")


def read_word(data: bytes) -> Document:
    """Read a .docx. Raises InputError for one that is damaged, not Word, empty, or unpacks to too much."""
    _check_archive(data)
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        opened = docx.Document(io.BytesIO(data))
        lines = list(_document_lines(opened))
    # SyntaxError is what the XML parser raises; KeyError and AttributeError tell of parts or elements that are missing.
    except (PackageNotFoundError, SyntaxError, zipfile.BadZipFile, KeyError, ValueError, AttributeError, OSError):
        raise corrupt("Word document") from None
    text = normal_lines("\n".join(lines)).strip("\n")
    if len(text) > MAX_TEXT_BYTES:
        raise too_long()
    if not text.strip():
        raise InputError(
            "The Word document holds no text",
            "It is empty or holds pictures only, and pictures are not read. It was not changed. Choose another file.",
        )
    has_comments = any(relation.reltype.endswith("/comments") for relation in opened.part.rels.values())
    return Document(text, None, "docx", "Comments in the margin were not read." if has_comments else "")


def _check_archive(data: bytes) -> None:
    """Look at the directory before anything is unpacked; zipfile never unpacks more than it declares."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise corrupt("Word document") from None
    if not any(member.filename == "word/document.xml" for member in members):
        raise InputError(
            "This kind of file is not read",
            "It is a packed file, but not a Word document. It was not unpacked. Plain text (.txt, .md), PDF (.pdf) and "
            "Word (.docx) can be opened.",
        )
    unpacked = sum(member.file_size for member in members)
    largest_xml = max(member.file_size for member in members if member.filename.endswith((".xml", ".rels")))
    if unpacked > _MAX_UNPACKED_BYTES or largest_xml > _MAX_XML_BYTES or len(members) > _MAX_MEMBERS:
        raise InputError(
            "The Word document is too large",
            "It would unpack to far more than this machine should hold at once, as a file made to do harm would. It "
            "was not unpacked. Split it and open the parts.",
        )


def _document_lines(opened: Any) -> Iterator[str]:
    """Headers, body, notes and footers, each header and footer once."""
    headers: list[str] = []
    footers: list[str] = []
    seen = set()
    for section in opened.sections:
        for kind, found in (("header", headers), ("footer", footers)):
            for prefix in ("first_page_", "even_page_", ""):
                part = getattr(section, prefix + kind)
                if part.is_linked_to_previous or part.part.partname in seen:
                    continue
                seen.add(part.part.partname)
                found += _lines(part._element)
    yield from headers
    yield from _lines(opened.element.body)
    yield from _note_lines(opened.part)
    yield from footers


def _note_lines(part: Any) -> Iterator[str]:
    from docx.oxml import parse_xml

    for relation in part.rels.values():
        if not relation.is_external and relation.reltype.rsplit("/", 1)[-1] in _NOTES:
            for note in parse_xml(relation.target_part.blob):
                if note.get(f"{_W}type") is None:  # the others are the lines that part notes from the text
                    yield from _lines(note)


def _lines(element: Any) -> Iterator[str]:
    """Paragraphs in order, and rows of tables with their cells parted by tabs; all that stands in wrappers too."""
    for child in element:
        if child.tag in _NOT_TEXT:
            continue
        if child.tag == f"{_W}p":
            boxes: list[Any] = []
            yield "".join(_runs(child, boxes))
            for box in boxes:
                yield from _lines(box)
        elif child.tag == f"{_W}tr":
            yield "\t".join(" ".join(_lines(cell)) for cell in child.iter(f"{_W}tc") if cell.getparent() is child)
        else:
            yield from _lines(child)


def _runs(element: Any, boxes: list[Any]) -> Iterator[str]:
    """Text of a paragraph, tracked insertions and fields included; text boxes are put aside."""
    for child in element:
        if child.tag in _NOT_TEXT:
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _MARKS:
            yield _MARKS[child.tag]
        elif child.tag == f"{_W}txbxContent":
            boxes.append(child)
        else:
            yield from _runs(child, boxes)
