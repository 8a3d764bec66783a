"""Word documents: all the text that a reader of the page sees, in order."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from make_files import packed, saved

from models.documents import Document, read_document
from models.errors import InputError

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(tmp_path: Path, data: bytes) -> Document:
    path = tmp_path / "planted-name.docx"
    path.write_bytes(data)
    return read_document(path)


def refusal(tmp_path: Path, data: bytes) -> InputError:
    with pytest.raises(InputError) as raised:
        read(tmp_path, data)
    assert "planted-name" not in str(raised.value)
    return raised.value


def test_paragraphs_and_tables_come_in_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Contract")
    document.add_paragraph("Between\tthe parties")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip((cell for row in table.rows for cell in row.cells), "ABCD", strict=True):
        cell.text = text
    document.add_paragraph("Signed 🙂")
    read_back = read(tmp_path, saved(document))
    assert read_back == Document("Contract\nBetween\tthe parties\nA\tB\nC\tD\nSigned 🙂", None, "docx", "")


def test_headers_and_footers_are_read_once_each(tmp_path: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Patient file"
    document.sections[0].footer.paragraphs[0].text = "Page end"
    document.add_paragraph("Body")
    document.add_section()
    document.add_paragraph("More")
    lines = read(tmp_path, saved(document)).text.split("\n")
    assert [line for line in lines if line] == ["Patient file", "Body", "More", "Page end"]


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (f"<w:p {W}><w:ins><w:r><w:t>added</w:t></w:r></w:ins></w:p>", "added"),
        (f"<w:p {W}><w:r><w:t>kept</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>", "kept"),
        (f"<w:p {W}><w:hyperlink><w:r><w:t>linked</w:t></w:r></w:hyperlink></w:p>", "linked"),
        (f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>control</w:t></w:r></w:p></w:sdtContent></w:sdt>", "control"),
        (
            f"<w:p {W}><w:r><w:t>out</w:t></w:r><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p>"
            "</w:txbxContent></w:pict></w:r></w:p>",
            "out\nbox",
        ),
        (f"<w:p {W}><w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t></w:r></w:p>", "a\nb-c"),
    ],
    ids=["tracked insertion", "tracked deletion", "hyperlink", "content control", "text box", "breaks"],
)
def test_text_in_wrappers_is_read(tmp_path: Path, xml: str, text: str) -> None:
    document = docx.Document()
    document.element.body.insert(0, parse_xml(xml))
    assert read(tmp_path, saved(document)).text.strip("\n") == text


def test_footnotes_are_read(tmp_path: Path) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    document = docx.Document()
    document.add_paragraph("Body")
    blob = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>---</w:t></w:r></w:p></w:footnote>'
        '<w:footnote w:id="1"><w:p><w:r><w:t>See page 3.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    ).encode()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    assert read(tmp_path, saved(document)).text == "Body\nSee page 3."


def test_an_empty_document_is_told(tmp_path: Path) -> None:
    assert refusal(tmp_path, saved(docx.Document())).title == "The Word document holds no text"


@pytest.mark.parametrize("keep", [0.3, 0.9])
def test_a_cut_file_is_damaged(tmp_path: Path, keep: float) -> None:
    data = saved(docx.Document())
    assert refusal(tmp_path, data[: int(len(data) * keep)]).title == "The Word document is damaged"


@pytest.mark.parametrize(
    "members",
    [
        {"word/document.xml": b"<not closed"},
        {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<x/>"},
        {"[Content_Types].xml": b"", "_rels/.rels": b"\x00", "word/document.xml": b""},
    ],
)
def test_broken_insides_are_damaged(tmp_path: Path, members: dict[str, bytes]) -> None:
    assert refusal(tmp_path, packed(members)).title == "The Word document is damaged"


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<a/>" + bytes(61_000_000)})
    assert len(bomb) < 100_000
    assert refusal(tmp_path, bomb).title == "The Word document is too large"


def test_another_packed_file_is_not_word(tmp_path: Path) -> None:
    assert refusal(tmp_path, packed({"xl/workbook.xml": b"<x/>"})).title == "This kind of file is not read"


def test_an_external_entity_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("planted-secret")
    document = docx.Document()
    document.add_paragraph("MARK")
    with zipfile.ZipFile(io.BytesIO(saved(document))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    xml = members["word/document.xml"].decode()
    declared = f'<!DOCTYPE d [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    head, rest = xml.split("?>", 1)
    members["word/document.xml"] = f"{head}?>{declared}{rest.replace('MARK', 'MARK&e;')}".encode()
    assert "planted-secret" not in read(tmp_path, packed(members)).text
