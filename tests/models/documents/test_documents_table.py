"""Tables from CSV, JSON lines and Excel, and every bad one told by file, row and column."""

import json
from pathlib import Path

import openpyxl
import pytest

from models.documents.table_file import MAX_CELL, MAX_ROWS, is_formula, read_table
from models.errors import InputError


def write(tmp_path: Path, name: str, content: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_sign_between_the_cells_is_found_out(tmp_path: Path, sign: str) -> None:
    table = read_table(write(tmp_path, "a.csv", f'text{sign}label\r\n"one{sign} two"{sign}x\r\n'))
    assert table.columns == ("text", "label")
    assert dict(table.rows[0].cells) == {"text": f"one{sign} two", "label": "x"}


def test_rows_keep_the_number_that_a_spreadsheet_shows(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, "a.csv", 'text,label\n"two\nlines",x\n\nlast,y\n'))
    assert [row.number for row in table.rows] == [2, 4]


def test_an_excel_sheet_is_read_and_further_sheets_are_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["text", "label"])
    book.active.append(["late again", "delivery"])
    book.create_sheet("other")
    book.save(tmp_path / "a.xlsx")
    table = read_table(tmp_path / "a.xlsx")
    assert dict(table.rows[0].cells) == {"text": "late again", "label": "delivery"}
    assert "2 sheets" in table.notice


def test_json_lines_are_read_and_a_broken_line_is_named(tmp_path: Path) -> None:
    lines = json.dumps({"text": "a", "label": "x"}) + "\n{broken\n[1]\n" + json.dumps({"text": "b", "label": 3})
    table = read_table(write(tmp_path, "a.jsonl", lines))
    assert [row.cells["label"] for row in table.rows] == ["x", "3"]
    assert [problem.row for problem in table.problems] == [2, 3]


def test_a_cell_of_ten_megabytes_is_named_and_the_other_rows_stay(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, "big.csv", f"text,label\n{'a' * 10_000_000},x\nshort,y\n"))
    assert [row.number for row in table.rows] == [3]
    assert table.problems[0].sentence(table.file) == (
        f"big.csv, row 2, column text: the cell holds 10,000,000 characters, {MAX_CELL:,} are the most"
    )


def test_a_formula_is_named_and_never_run(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for line in (["text", "label"], ["=HYPERLINK(A1)", "x"], ["plain", "y"]):
        book.active.append(line)
    book.save(tmp_path / "a.xlsx")
    table = read_table(tmp_path / "a.xlsx")
    assert [(problem.row, problem.column) for problem in table.problems] == [(2, "text")]
    assert [row.number for row in table.rows] == [3]


@pytest.mark.parametrize(
    ("cell", "formula"), [("=A1", True), ("=(1+2)", True), ("= 3 more", False), ("-5", False), ("==", False)]
)
def test_only_what_a_spreadsheet_would_compute_is_a_formula(cell: str, formula: bool) -> None:
    assert is_formula(cell) is formula


def test_mixed_encodings_are_refused_with_the_lines(tmp_path: Path) -> None:
    content = "text,label\ncafé,x\n".encode() + "naïve,y\n".encode("cp1252")
    with pytest.raises(InputError, match=r"mixed\.csv: it mixes encodings: line 3 is not UTF-8, line 2 is"):
        read_table(write(tmp_path, "mixed.csv", content))


def test_another_encoding_is_read_and_said_so(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, "old.csv", "text,label\nnaïve,y\n".encode("cp1252")))
    assert table.rows[0].cells["text"] == "naïve"
    assert "Windows-1252" in table.notice


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_heeded(tmp_path: Path, encoding: str) -> None:
    table = read_table(write(tmp_path, "a.csv", "text,label\ncafé,y\n".encode(encoding)))
    assert table.columns == ("text", "label")
    assert table.rows[0].cells["text"] == "café"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"", "the file is empty"),
        ("a.csv", b"\n \n", "the file is empty"),
        ("a.csv", b"text,text\na,b\n", "row 1: two columns are called text"),
        ("a.xlsx", b"PK\x03\x04 not a workbook", "not an Excel workbook"),
        ("a.xls", bytes.fromhex("d0cf11e0a1b11ae1"), "before 2007"),
        ("a.csv", b"\x00\x01\x02\xff" * 50, "no text"),
        ("a.jsonl", b"[1]\n[2]\n", "no line of it is a JSON object"),
    ],
)
def test_a_file_that_is_no_table_is_refused_by_name(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read_table(write(tmp_path, name, content))
    assert caught.value.message.startswith(f"{name}: ")
    assert said in caught.value.message
    assert "Nothing was taken" in caught.value.message


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="could not be opened"):
        read_table(tmp_path / "none.csv")


def test_a_row_with_more_cells_than_the_heading_is_named(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, "a.csv", "text,label\nHello, you,x\nfine,y\n"))
    assert [(problem.row, problem.problem) for problem in table.problems] == [(2, "it has 3 cells, the heading has 2")]


def test_a_hundred_thousand_rows_are_read_and_more_than_the_most_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "many.csv", "text,label\n" + "a,x\n" * 100_000)
    assert len(read_table(path).rows) == 100_000
    with path.open("a") as file:
        file.write("a,x\n" * (MAX_ROWS - 99_999))
    with pytest.raises(InputError, match=r"many\.csv: it has more than 200,000 rows"):
        read_table(path)
