"""Tables in plain text: columns set apart by pipes, tabs, commas, semicolons or runs of spaces."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Delimiter = Literal["|", "\t", ",", ";", " "]

_DELIMITERS: tuple[Delimiter, ...] = ("|", "\t", ",", ";", " ")
MAX_COLUMNS = 40
_RULE = re.compile(r"[\s|:+=_-]+")
_SPACES = re.compile(r" {2,}|[ ]*\t[ \t]*")
_QUOTED = re.compile(r'"[^"\n]*"|[^,;"\n]+')
_NUMBER = re.compile(r"[-+(]?[$€£¥]?[ ]?[0-9][0-9.,' \u00a0]*[%)]?(?: ?[A-Z]{3}| ?[€$£%])?")


@dataclass(frozen=True, slots=True)
class Line:
    """A line at ``document[start:start + len(text)]``, without its line break."""

    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A trimmed cell at ``document[start:end]``."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of equally many cells; ``header`` is the first row where it names the columns."""

    header: tuple[Cell, ...] | None
    rows: tuple[tuple[Cell, ...], ...]
    first_line: int
    last_line: int


def find_tables(lines: Sequence[Line], check: Callable[[], None] = lambda: None) -> Iterator[Table]:
    """Yield the tables that consecutive lines make up (at least two rows of equally many cells), in order.

    ``check`` is called at every line, and may raise to stop the reading.
    """
    refused: dict[Delimiter, int] = {}
    index = 0
    while index < len(lines):
        check()
        for delimiter in _DELIMITERS:
            if index < refused.get(delimiter, 0):
                continue
            table, after = _table_at(lines, index, delimiter, check)
            if table is not None:
                yield table
                index = table.last_line
                break
            # Each line is looked at once a delimiter: a run of rows that is no table is not tried again from within.
            refused[delimiter] = after
        index += 1


def _table_at(
    lines: Sequence[Line], first: int, delimiter: Delimiter, check: Callable[[], None]
) -> tuple[Table | None, int]:
    """The table that starts at a line, and the first line after the run of rows that was looked at."""
    rows: list[tuple[Cell, ...]] = []
    ruled = False
    index = first
    while index < len(lines):
        check()
        line = lines[index]
        if rows and _is_rule(line.text) and ("|" in line.text) == (delimiter == "|"):
            ruled = ruled or len(rows) == 1
            index += 1
            continue
        cells = _cells(line, delimiter)
        if len(cells) < 2 or len(cells) > MAX_COLUMNS or (rows and len(cells) != len(rows[0])):
            break
        rows.append(cells)
        index += 1
    if len(rows) < 2 or (delimiter in ",;" and not _is_delimited_file(rows)):
        return None, index
    has_header = ruled or _looks_like_header(rows)
    if not has_header and (len(rows[0]) > 2 or delimiter in ",;"):
        return None, index
    return Table(rows[0] if has_header else None, tuple(rows[1:] if has_header else rows), first, index - 1), index


def _cells(line: Line, delimiter: Delimiter) -> tuple[Cell, ...]:
    text = line.text
    if delimiter not in text or not text.strip():
        return ()
    if delimiter == "|":
        body = text.strip()
        offset = text.index(body)
        inner = body.removeprefix("|").removesuffix("|")
        return _split(inner, line.start + offset + body.startswith("|"), re.compile(r"\|"))
    if delimiter == "\t":
        return _split(text, line.start, re.compile(r"\t"))
    if delimiter in ",;":
        if f"{delimiter} " in text:
            return ()
        pieces = list(_QUOTED.finditer(text))
        if len(pieces) != text.count(delimiter) + 1 - sum(piece[0].count(delimiter) for piece in pieces):
            return ()
        return tuple(_trim(piece[0], line.start + piece.start()) for piece in pieces)
    if "  " not in text.strip():
        return ()
    lead = len(text) - len(text.lstrip())
    return _split(text.strip(), line.start + lead, _SPACES)


def _split(text: str, start: int, separator: re.Pattern[str]) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    begin = 0
    for match in separator.finditer(text):
        if len(cells) > MAX_COLUMNS:
            return ()
        cells.append(_trim(text[begin : match.start()], start + begin))
        begin = match.end()
    cells.append(_trim(text[begin:], start + begin))
    return tuple(cells)


def _trim(text: str, start: int) -> Cell:
    lead = len(text) - len(text.lstrip())
    content = text.strip()
    if len(content) > 1 and content[0] == content[-1] == '"':
        return Cell(content[1:-1], start + lead + 1, start + lead + len(content) - 1)
    return Cell(content, start + lead, start + lead + len(content))


def _is_delimited_file(rows: Sequence[tuple[Cell, ...]]) -> bool:
    """Commas also stand in prose: a file has short cells and a header of names."""
    return all(len(cell.text) <= 60 for row in rows for cell in row) and _looks_like_header(rows)


def _looks_like_header(rows: Sequence[tuple[Cell, ...]]) -> bool:
    """Whether the first row names columns: words only, where a later row holds a number or there are columns enough."""
    head, body = rows[0], rows[1:]
    if any(not cell.text or len(cell.text) > 40 or _is_value(cell.text) or ":" in cell.text for cell in head[1:]):
        return False
    if _is_value(head[0].text):
        return False
    valued = [any(_is_value(row[column].text) for row in body) for column in range(1, len(head))]
    if len(head) == 2:
        return (len(body) > 1 and all(_is_value(row[1].text) for row in body)) or "_" in head[0].text + head[1].text
    return any(valued) or len(body) > 1


def _is_rule(text: str) -> bool:
    return _RULE.fullmatch(text) is not None and any(rule in text for rule in ("--", "==", "__"))


def _is_value(text: str) -> bool:
    """A number, amount or code rather than a name."""
    return bool(_NUMBER.fullmatch(text)) or sum(character.isdigit() for character in text) * 2 > len(text)
