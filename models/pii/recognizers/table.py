"""Tables and forms whose headings say what is in them.

CSV and the like, Markdown, columns set apart by blanks, and fields with the label on one line and the value on the
next. The heading is remembered to the end of the table, however long that is.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from models.pii.finding import Finding
from models.pii.recognizers import name_words
from models.pii.recognizers.pattern import CONTEXT, compiled
from models.pii.recognizers.table_headings import OF_PERSONS, SPECIAL, SURE, fits, meaning

_DELIMITERS = ("\t", "|", ";", ",")
_MAX_HEADING_CHARS = 600
_MAX_CELL_CHARS = 60
"""Of a heading, with the blanks that line up its column."""
_LINES_BETWEEN_LOOKS = 500
_BLANK_RUN = r"[ \t]{2,}"
_RULE = r"[\s|:+=─━│┼-]+"
_QUOTED = r'"(?:[^"]|"")*"'
_EDGES = " \t\"'\r*"
_ALIGNED_WITHIN = 3
"""Characters by which a cell of a table set with blanks may begin left of its heading."""
_NAME_LINE = r"[^\W\d_][^\W\d_'’.-]{0,30}(?:[ ]+[^\W\d_][^\W\d_'’.-]{0,30}){1,4}"
_REASON = "It stands in a table column whose heading names it."
_FORM_REASON = "It stands below a field label that names it."

Cell = tuple[int, str]
"""Offset in the line, and what stands there without blanks and quotes."""


@dataclass(frozen=True, slots=True)
class _Table:
    """``columns``: entity by number; ``starts``: where the headings of a table set with blanks begin."""

    delimiter: str
    width: int
    columns: dict[int, str]
    starts: tuple[int, ...] = ()


class TableRecognizer:
    """Reads a heading line, then the same columns of the lines below it."""

    name = "table column"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the values below a known heading that look like what it says."""
        return (finding for finding in self.follow(text) if finding is not None)

    def follow(self, text: str) -> Iterator[Finding | None]:
        """``find`` with None now and then, so that time can be looked at. Linear in ``text``."""
        begin, count = 0, 0
        table: _Table | None = None
        label = ""
        while begin < len(text):
            end = text.find("\n", begin)
            end = len(text) if end < 0 else end
            line = text[begin:end]
            count += 1
            if count % _LINES_BETWEEN_LOOKS == 0:
                yield None
            rows = list(_row(table, line)) if table else None
            if rows:
                for number, (offset, value) in rows:
                    entity = table.columns[number] if table else ""
                    if fits(entity, value):
                        start = begin + offset
                        yield Finding(start, start + len(value), entity, CONTEXT, self.name, _REASON)
            elif table is None or not (line.isspace() or compiled(_RULE).fullmatch(line)):
                table = _heading(line) if 3 < len(line) <= _MAX_HEADING_CHARS else None
            if label:
                yield from self._below(label, line, begin)
            label = _label(line)
            begin = end + 1

    def _below(self, entity: str, line: str, begin: int) -> Iterator[Finding]:
        value = line.strip()
        if not value or len(value) > 80 or meaning(value) is not None or not fits(entity, value):
            return
        if entity == "PERSON" and not _is_name_line(value):
            return
        start = begin + line.index(value)
        yield Finding(start, start + len(value), entity, CONTEXT, self.name, _FORM_REASON)


def _label(line: str) -> str:
    """The entity that a line which is nothing but a label announces; that of people's names and data only."""
    if not 2 < len(line) <= 44 or not (found := meaning(line.strip())):
        return ""
    return found[0] if found[0] not in SPECIAL and found[0] != "USERNAME" else ""


def _is_name_line(value: str) -> bool:
    if compiled(_NAME_LINE).fullmatch(value) is None:
        return False
    words = value.split()
    return value[0].isupper() and words[-1][0].isupper() and not any(w.lower() in name_words.NOT_NAMES for w in words)


def _row(table: _Table, line: str) -> Iterator[tuple[int, Cell]]:
    """The cells of the columns that are looked for; none when the line is no row of this table."""
    if not table.delimiter:
        cells = list(_set_apart(line))
        if len(cells) < 2 or len(cells) > table.width:
            return
        exact = len(cells) == table.width
        for place, cell in enumerate(cells):
            number = place if exact else _column_at(table.starts, cell[0])
            if number in table.columns and cell[1]:
                yield number, cell
        return
    if line.count(table.delimiter) < table.width - 1:
        return
    cells = list(_delimited(line, table.delimiter))
    if len(cells) == table.width:
        for number in table.columns:
            if cells[number][1]:
                yield number, cells[number]
        if not any(cells[number][1] for number in table.columns):
            yield next(iter(table.columns)), (0, "")  # a row, but an empty one


def _column_at(starts: tuple[int, ...], offset: int) -> int:
    number = 0
    for index, start in enumerate(starts):
        if offset >= start - _ALIGNED_WITHIN:
            number = index
    return number


def _delimited(line: str, delimiter: str) -> Iterator[Cell]:
    """Cells between delimiters; one in double quotes may hold the delimiter."""
    start = 0
    if '"' not in line:
        for part in line.split(delimiter):
            yield _cell(start, part)
            start += len(part) + 1
        return
    while start <= len(line):
        quoted = compiled(rf"[ ]{{0,4}}{_QUOTED}").match(line, start)
        end = line.find(delimiter, quoted.end() if quoted else start)
        end = len(line) if end < 0 else end
        yield _cell(start, line[start:end])
        start = end + 1


def _set_apart(line: str) -> Iterator[Cell]:
    """Cells with two blanks or more, or a tab, between them."""
    start = len(line) - len(line.lstrip())
    for gap in compiled(_BLANK_RUN).finditer(line, start):
        yield _cell(start, line[start : gap.start()])
        start = gap.end()
    if line[start:].strip():
        yield _cell(start, line[start:])


def _cell(start: int, part: str) -> Cell:
    value = part.strip(_EDGES)
    return start + (part.index(value) if value else 0), value


def _heading(line: str) -> _Table | None:
    """The table that this line is the heading of, or None.

    Headings that are only used of people say so alone; others need a second that is noted of people, so that a sentence
    with commas or a list of goods is not taken for one. What is said of people counts only where they are named.
    """
    for delimiter in _DELIMITERS:
        if delimiter not in line or max(map(len, line.split(delimiter))) > _MAX_CELL_CHARS:
            continue  # a sentence with a comma, mostly
        if table := _of_cells(list(_delimited(line, delimiter)), delimiter):
            return table
    inside = line.strip()
    if "  " in line and ("  " in inside or "\t" in inside):
        return _of_cells(list(_set_apart(line)), "")
    return None


def _of_cells(cells: list[Cell], delimiter: str) -> _Table | None:
    if len([value for _, value in cells if value]) < 2 or any(len(value) > 40 for _, value in cells):
        return None
    found = {number: known for number, (_, value) in enumerate(cells) if (known := meaning(value)) is not None}
    if sum(weight for _, weight in found.values()) < SURE:
        return None
    named = any(entity in OF_PERSONS for entity, _ in found.values())
    columns = {n: entity for n, (entity, _) in found.items() if entity and (named or entity not in SPECIAL)}
    starts = tuple(offset for offset, _ in cells) if not delimiter else ()
    return _Table(delimiter, len(cells), columns, starts) if columns else None
