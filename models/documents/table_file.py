"""Rows of a table from CSV, JSON lines or Excel, each with its place, so that a complaint can name row and column."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from models.documents.document import MAX_FILE_BYTES, MAX_TEXT_BYTES
from models.errors import InputError

MAX_CELL = 20_000
"""Characters of a cell: as long as an example of a skill pack may be."""
MAX_ROWS = 200_000
"""Rows of a table. A larger file is refused as a whole, since a part of it would look like all of it."""
MAX_COLUMNS = 200
MAX_UNPACKED = 200_000_000
"""Bytes that an Excel file may unpack to."""

KINDS = "CSV (.csv, .tsv), JSON lines (.jsonl) and Excel (.xlsx)"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: ``number`` as the person's program shows it (the heading is row 1), ``cells`` by column name."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell or row that could not be taken, in words; ``column`` is "" where the whole row is meant."""

    row: int
    column: str
    problem: str

    def sentence(self, file: str) -> str:
        """Such as "answers.csv, row 7, column text: it is empty"."""
        place = f"row {self.row}, column {self.column}" if self.column else f"row {self.row}"
        return f"{file}, {place}: {self.problem}"


@dataclass(frozen=True, slots=True)
class Table:
    """What a file held. ``notice`` says in words what had to be guessed (an encoding, say), or is ""."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()
    notice: str = ""


def read_table(path: Path) -> Table:
    """Read a table. Nothing in it is computed: a formula is reported, not run.

    Raises:
        InputError: the file cannot be read as a table at all. What is wrong with single cells is in ``problems``.
    """
    name = path.name
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise _refuse(name, f"the file is larger than {MAX_FILE_BYTES // 1_000_000} MB")
        data = path.read_bytes()
    except OSError as error:
        raise _refuse(name, "the file could not be opened") from error
    if data.startswith(b"PK\x03\x04"):
        return _excel(name, data)
    if data.startswith(bytes.fromhex("d0cf11e0a1b11ae1")):
        raise _refuse(
            name, "it is an Excel file of the format before 2007, or a password protects it; save it as .xlsx"
        )
    if len(data) > MAX_TEXT_BYTES:
        raise _refuse(name, f"the file is larger than {MAX_TEXT_BYTES // 1_000_000} MB of text")
    text, notice = _decode(name, data)
    if not text.strip():
        raise _refuse(name, "the file is empty")
    if path.suffix.lower() in (".jsonl", ".ndjson", ".json") or text.lstrip().startswith("{"):
        return _json_lines(name, text, notice)
    return _csv(name, text, notice)


def _refuse(file: str, problem: str, advice: str = "") -> InputError:
    return InputError(
        "The table could not be read",
        f"{file}: {problem}. Nothing was taken from it and nothing of yours was changed. "
        f"{advice or f'Tables can be {KINDS}.'}",
    )


def _decode(name: str, data: bytes) -> tuple[str, str]:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            try:
                return data.decode(encoding), ""
            except UnicodeDecodeError as error:
                raise _refuse(name, f"the file is damaged at byte {error.start:,}") from error
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        pass
    if data[:4000].count(0) > len(data[:4000]) // 10:
        raise _refuse(name, "it holds no text")
    return _decode_lines(name, data)


def _decode_lines(name: str, data: bytes) -> tuple[str, str]:
    """A file that is not UTF-8: in Windows-1252 as a whole, or refused where it mixes the two, which loses letters."""
    good: list[int] = []
    bad: list[int] = []
    for number, line in enumerate(data.split(b"\n"), start=1):
        if line.isascii():
            continue
        try:
            line.decode("utf-8")
            good.append(number)
        except UnicodeDecodeError:
            bad.append(number)
    if good:
        raise _refuse(
            name,
            f"it mixes encodings: line {bad[0]:,} is not UTF-8, line {good[0]:,} is",
            "Save it as UTF-8 in the program that made it, and look whether accented letters are right.",
        )
    return data.decode("cp1252", "replace"), (
        f"{name} is not UTF-8 and was read as Windows-1252; look whether accented letters are right."
    )


def _csv(name: str, text: str, notice: str) -> Table:
    limit = csv.field_size_limit(max(MAX_TEXT_BYTES, MAX_CELL))
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
        lines = ((index, line) for index, line in enumerate(reader, start=1) if any(cell.strip() for cell in line))
        return _table(name, lines, notice)
    except csv.Error as error:
        raise _refuse(name, f"it is not a proper CSV file ({error})") from error
    finally:
        csv.field_size_limit(limit)


def _delimiter(text: str) -> str:
    """The sign that stands most often in the first line; a comma where none does."""
    first = text.lstrip().split("\n", 1)[0]
    return max(",;\t|", key=lambda sign: (first.count(sign), sign == ","))


def _excel(name: str, data: bytes) -> Table:
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(item.file_size for item in packed.infolist()) > MAX_UNPACKED:
                raise _refuse(name, "it unpacks to more than 200 MB")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    except InputError:
        raise
    except Exception as error:  # the libraries raise whatever a damaged file makes them
        raise _refuse(name, "it is not an Excel workbook, or it is damaged") from error
    try:
        sheet = book.worksheets[0] if book.worksheets else None
        if sheet is None:
            raise _refuse(name, "the workbook has no sheet")
        lines = (
            (index, ["" if cell is None else str(cell) for cell in line])
            for index, line in enumerate(sheet.iter_rows(values_only=True), start=1)
        )
        more = f"{name} has {len(book.worksheets)} sheets; the first was read." if len(book.worksheets) > 1 else ""
        return _table(name, ((index, line) for index, line in lines if any(line)), more)
    except InputError:
        raise
    except Exception as error:  # each row is read only when it is asked for
        raise _refuse(name, "the workbook is damaged") from error
    finally:
        book.close()


def _table(name: str, lines: Iterator[tuple[int, list[str]]], notice: str) -> Table:
    head = next(lines, None)
    if head is None:
        raise _refuse(name, "the file is empty")
    columns = tuple(cell.strip() or f"column {index}" for index, cell in enumerate(head[1], start=1))
    if len(columns) > MAX_COLUMNS:
        raise _refuse(name, f"it has more than {MAX_COLUMNS} columns")
    if len(set(columns)) < len(columns):
        twice = next(column for column in columns if columns.count(column) > 1)
        raise _refuse(name, f"row {head[0]}: two columns are called {twice[:60]}", "Rename one of them.")
    rows: list[Row] = []
    problems: list[Problem] = []
    for number, line in islice(lines, MAX_ROWS + 1):
        if len(rows) + len(problems) >= MAX_ROWS:
            raise _refuse(name, f"it has more than {MAX_ROWS:,} rows", "Take a part of it into a file of its own.")
        if len(line) > len(columns) and any(cell.strip() for cell in line[len(columns) :]):
            problems.append(Problem(number, "", f"it has {len(line)} cells, the heading has {len(columns)}"))
            continue
        cells = dict(zip(columns, (*line, *[""] * (len(columns) - len(line))), strict=False))
        _keep(Row(number, cells), rows, problems)
    return Table(name, columns, tuple(rows), tuple(problems), notice)


def _json_lines(name: str, text: str, notice: str) -> Table:
    columns: dict[str, None] = {}
    rows: list[Row] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        if len(rows) + len(problems) >= MAX_ROWS:
            raise _refuse(name, f"it has more than {MAX_ROWS:,} rows", "Take a part of it into a file of its own.")
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            problems.append(Problem(number, "", "it is not a JSON object in one line"))
            continue
        if not isinstance(value, dict):
            problems.append(Problem(number, "", "it is not a JSON object"))
            continue
        cells = {str(key): _plain(item) for key, item in value.items()}
        columns.update(dict.fromkeys(cells))
        _keep(Row(number, cells), rows, problems)
    if not columns:
        raise _refuse(name, "no line of it is a JSON object")
    return Table(name, tuple(columns)[:MAX_COLUMNS], tuple(rows), tuple(problems), notice)


def _plain(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _keep(row: Row, rows: list[Row], problems: list[Problem]) -> None:
    """Take the row unless a cell of it is too long or a formula."""
    for column, cell in row.cells.items():
        if len(cell) > MAX_CELL:
            problem = f"the cell holds {len(cell):,} characters, {MAX_CELL:,} are the most"
            problems.append(Problem(row.number, column, problem))
            return
        if is_formula(cell):
            problems.append(Problem(row.number, column, "the cell holds a formula; put its result there as plain text"))
            return
    rows.append(row)


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet program would compute the cell rather than show it."""
    start = cell.lstrip()[:2]
    return len(start) == 2 and start[0] == "=" and (start[1].isalnum() or start[1] in "(+-@'\"$")
