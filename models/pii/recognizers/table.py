# ruff: noqa: E501 (a table: one heading a line)
"""Columns of a pasted table (CSV and the like) whose heading says what is in them."""

import re
from collections.abc import Iterator

from models.pii.finding import Finding
from models.pii.recognizers.pattern import CONTEXT, compiled

_DELIMITERS = (",", ";", "\t", "|")
_MAX_HEADING_CHARS = 600
_HEADINGS: tuple[tuple[str, str, str], ...] = (
    (
        "DATE_OF_BIRTH",
        r"d\.?o\.?b\.?|(?:date[ _]of[ _]birth|birth[ _]?date|birthday|geburtsdatum|"
        r"fecha[ _]de[ _]nacimiento|date[ _]de[ _]naissance)",
        r"[\d./ -]{6,12}|[\w,. -]{6,24}\d{2}",
    ),
    (
        "PERSON",
        r"(?:full|first|last|sur|given|family|patient|employee|customer|client|contact|member|"
        r"student)?[ _]?name|surname|nachname|vorname|"
        r"nombre|apellidos?|nom|prénom|patient|employee",
        r"[^\W\d_][^\d_@/]{1,60}",
    ),
    ("US_SSN", r"ssn|social[ _]security(?:[ _](?:no|number))?", r"\d{3}[- ]?\d{2}[- ]?\d{4}"),
    ("PHONE", r"(?:home|work|mobile|cell)?[ _]?(?:tele)?phone(?:[ _]?(?:no|number))?|mobile|cell|tel|telefon|fax", (
        r"[+(]?\d[\d ().+/-]{5,20}"
    )),
    ("ADDRESS", r"(?:street|home|postal|mailing)?[ _]?address|street|adresse|anschrift|dirección", r"(?=.*\d).{5,120}"),
    ("PASSWORD", r"password|passwd|pwd|pin", r"\S{3,64}"),
    ("PASSPORT", r"passport(?:[ _](?:no|number))?", r"[A-Z0-9]{6,10}"),
    ("VEHICLE", r"vin|(?:licen[cs]e|number|registration|car)?[ _]?plate(?:[ _](?:no|number))?|vrm|registration|reg(?:[ _]no)?|kennzeichen", (
        r"(?=.*\d)[A-Z0-9][A-Z0-9 -]{3,16}"
    )),
    ("ID_NUMBER", (
        r"(?:patient|employee|emp|staff|customer|cust|client|member|membership|student|policy|claim|case|mrn|medical record|account holder|"
        r"record|badge|payroll|subscriber|insurance|applicant|candidate|tenant|loyalty|national|voter|tax)[ _]?(?:id|no|nr|number|num|ref|code)?\.?|mrn|npi"
    ), r"(?=.*\d{3})[A-Z0-9][A-Z0-9/.-]{3,20}"),
    ("DRIVING_LICENCE", r"(?:driv(?:er'?s?|ing)[ _])?licen[cs]e(?:[ _](?:no|number))?|dl(?:[ _](?:no|number))?", r"(?=.*\d{3})[A-Z0-9][A-Z0-9 -]{4,20}"),
    ("DEVICE_ID", r"imei|imsi|iccid|serial(?:[ _](?:no|number))?|device[ _]id", r"(?=.*\d{3})[A-Z0-9][A-Z0-9 -]{5,32}"),
    ("BANK_ACCOUNT", r"(?:bank[ _])?account(?:[ _](?:no|number))|iban", r"[A-Z0-9][A-Z0-9 -]{4,40}"),
)  # fmt: skip


class TableRecognizer:
    """Reads a heading line, then the same column of the lines below it that have as many cells."""

    name = "table column"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the cells below a known heading that look like what it says."""
        begin = 0
        columns: dict[int, tuple[str, str]] = {}
        delimiter, count = "", 0
        while begin < len(text):
            end = text.find("\n", begin)
            end = len(text) if end < 0 else end
            line = text[begin:end]
            if columns and line.count(delimiter) == count:
                yield from self._cells(line, begin, delimiter, columns)
            elif end - begin <= _MAX_HEADING_CHARS:
                delimiter, count, columns = _heading(line)
            else:
                columns = {}
            begin = end + 1

    def _cells(self, line: str, begin: int, delimiter: str, columns: dict[int, tuple[str, str]]) -> Iterator[Finding]:
        start = begin
        for index, cell in enumerate(line.split(delimiter)):
            value = cell.strip(" \t\"'\r")
            if index in columns and value:
                entity, form = columns[index]
                if compiled(form, re.IGNORECASE).fullmatch(value):
                    offset = start + cell.index(value)
                    reason = "It stands in a table column whose heading names it."
                    yield Finding(offset, offset + len(value), entity, CONTEXT, self.name, reason)
            start += len(cell) + 1


def _heading(line: str) -> tuple[str, int, dict[int, tuple[str, str]]]:
    """Delimiter, how often it stands in the line, and entity and form by column; no columns when it is no heading.

    Two columns at least must be known, so that a sentence with commas is not taken for a heading.
    """
    for delimiter in _DELIMITERS:
        cells = [cell.strip(" \t\"'\r") for cell in line.split(delimiter)]
        if len(cells) < 2 or any(len(cell) > 40 for cell in cells):
            continue
        columns = {
            index: (entity, form)
            for index, cell in enumerate(cells)
            for entity, heading, form in _HEADINGS
            if cell and compiled(heading, re.IGNORECASE).fullmatch(cell)
        }
        email = any(cell.lower() in ("email", "e-mail", "id", "mail", "age", "city", "notes") for cell in cells)
        if len(columns) + email >= 2:
            return delimiter, line.count(delimiter), columns
    return "", 0, {}
