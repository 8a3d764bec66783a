"""Keys with their values: forms, settings, tables, columns, dot leaders, and names of values in prose."""

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from models.engines.starter.gazetteer import is_given_name
from models.engines.starter.identifiers import HEADS
from models.engines.starter.pair_prose import named_values
from models.engines.starter.tables import Line, Table, find_tables

MAX_KEY = 48
MAX_VALUE = 500
_MAX_LINE = 20_000
"""Characters of a line that are looked at together: a pattern cannot be stopped while it is at it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A key and its value, both as written; the value is ``document[start:end]``."""

    key: str
    value: str
    start: int
    end: int


_KEY = r"[^\W_](?:(?!  )[^\n\t:=|?!;\"“”]){0,47}?"
_LATER_KEY = (
    r"[^\W_](?:(?!  |, |(?!(?i:no|nr|ref|reg|tel|acct|inv|cust)\.)\w{2,30}\. [A-ZÄÖÜÉ])"
    r"[^\n\t:=|?!;\"“”]){0,47}?"
)
_COLON = re.compile(
    r"(?:(?P<lead>^[ \t>*•#\-–]*)|(?<! )[ ]{2,}|\t[ \t]*|[;,|][ ]{1,2}|(?<=[\w)])\.[ ](?=[A-ZÄÖÜÉ]\w+[ ]?:))"
    rf"(?P<key>(?(lead){_KEY}|{_LATER_KEY}))[ ]?:"
    r"(?:\*{0,2}(?=[ \t]|$)|(?<=[^\W\d_]{2}:)(?=[^\s/:\\]))"
)
_EQUALS = re.compile(r"^[ \t]*(?P<key>[A-Za-z][\w.\- ]{0,47}?)[ \t]*=(?![=>~])[ \t]*(?P<value>\S.*?)[ \t]*;?[ \t]*$")
_LEADERS = re.compile(
    r"^[ \t]*(?P<key>[^\W_].{0,47}?)[ ]?(?:\.{3,}|…{2,}|_{3,}|(?: \.){3,})[ .]*(?P<value>[^\s.].*?)[ \t]*$"
)
_LINES = re.compile(r"[^\n\r]+|(?:\r\n|\n|\r(?!\n)){2,}")
_CELLS = re.compile(r"\S+(?: \S+)*")
_CELL_LABEL = re.compile(
    rf"(?:(?:{HEADS})[ ](?:number|no\.?|nr\.?|id|code|ref\.?|reference|date|#)|(?:{HEADS}|no\.?)[ ]?\#|"
    r"(?:p\.?o\.?[ ](?:number|no\.?|\#|box))|(?:(?:invoice|order|due|ship|issue|start|end|delivery|payment|statement|"
    r"value|booking)[ ])?date|(?:payment[ ])?terms|(?:sub-?|grand[ ])?total(?:[ ]due)?|(?:amount|balance|total)[ ]due|"
    r"(?:opening|closing|new|previous)?[ ]?balance|currency|period|page|sales[ ](?:rep|tax)|ship[ ]via|carrier|tax|vat|"
    r"reference|our[ ]ref\.?|your[ ]ref\.?|phone|e-?mail|fax|status|priority|owner|department|quantity|weight|ward)",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(
    r"(?:payment[ ])?terms|sales[ ]rep|ship[ ]via|carrier|status|priority|owner|department|e-?mail|currency|ward",
    re.IGNORECASE,
)
"""What names the value in the next column, however the page is laid out."""
_QUESTION = re.compile(r"[ ]{0,3}[0-9]{1,2}[.)][ ](?P<key>[^\W\d_][^.!?:;\n]{1,46}[^\W_])[ ]?\??$")
_NUMBERED_ITEM = re.compile(r"[0-9]{1,2}[.)]\s")
_NOT_A_KEY = re.compile(
    r"^(?:https?|ftp|mailto|file|dear\b.*|hi\b.*|hello\b.*|"
    r"best|thanks|thank you|cheers|regards|(?:best|kind|warm) regards|"
    r"re|fw|fwd|ps|p\.s|nb|n\.b|q|a|note that|please note|"
    r"for example|e\.g|i\.e|as follows|the following|warning|error|info|debug)$",
    re.IGNORECASE,
)
_PROSE_WORD = re.compile(
    r"\b(?:is|are|was|were|be|been|will|would|shall|can|could|may|might|must|has|have|had|said|says|told|asked|agreed|"
    r"wrote|think|thing|things|we|you|he|she|they|i|it|that|which|who|this|these|there|following|because|but|if|when|"
    r"only|just|include|includes|including)\b",
    re.IGNORECASE,
)
_SHORTENED = re.compile(
    r"\b(?:no|nr|ref|reg|tel|acct|acc|e\.g|mr|mrs|dr|st|inv|cust|dept|qty|amt|max|min|approx|est|incl|excl|ext|art|"
    r"mwst|ust|str|bez|ges|inkl|zzgl|kd|pos|abt|réf|tél|n°|núm|num|fra|dir|cód)\.",
    re.IGNORECASE,
)


def find_pairs(text: str, check: Callable[[], None] = lambda: None) -> list[Pair]:
    """Find the pairs of ``text`` in order. In a table of several rows the key is "row / column".

    ``check`` is called at every line, and may raise to stop the reading.
    """
    lines = list(_lines(text, check))
    groups: list[tuple[Line, list[Pair]]] = []
    tables = {table.first_line: table for table in find_tables(lines, check)}
    index = 0
    while index < len(lines):
        check()
        table = tables.get(index)
        if table is not None and not _holds_labels(lines[table.first_line : table.last_line + 1]):
            groups.append((lines[index], list(_from_table(table))))
            index = table.last_line + 1
            continue
        groups.append((lines[index], list(_from_line(lines, index))))
        index += 1
    speakers = _speakers([pair for _, pairs in groups for pair in pairs])
    found: list[Pair] = []
    for line, pairs in groups:
        check()
        kept = [pair for pair in pairs if pair.key not in speakers]
        found.extend(kept or _from_prose(line))
    return found


def find_rows(text: str, check: Callable[[], None] = lambda: None) -> Iterator[list[dict[str, str]]]:
    """Yield the rows of each table of ``text`` that has a header, as header to cell."""
    for table in find_tables(list(_lines(text, check)), check):
        if table.header is not None:
            names = [_clean(cell.text) for cell in table.header]
            yield [dict(zip(names, (cell.text for cell in row), strict=True)) for row in table.rows]


def _lines(text: str, check: Callable[[], None]) -> Iterator[Line]:
    """The lines; a run of blank lines is one empty line, and a very long line several."""
    for match in _LINES.finditer(text):
        check()
        for cut in range(0, match.end() - match.start(), _MAX_LINE):
            yield Line(match.start() + cut, match[0][cut : cut + _MAX_LINE].strip("\r\n"))


def _holds_labels(lines: Sequence[Line]) -> bool:
    """Whether the lines are a form ("Name:   Value") that only looks like columns."""
    labelled = sum(_COLON.search(line.text) is not None or bool(_LEADERS.match(line.text)) for line in lines)
    return labelled * 2 > len(lines)


def _from_table(table: Table) -> Iterator[Pair]:
    header = table.header
    for row in table.rows:
        if header is not None and len(table.rows) == 1:
            for name, cell in zip(header, row, strict=True):
                if name.text and cell.text:
                    yield Pair(_clean(name.text), cell.text, cell.start, cell.end)
            continue
        label = _clean(row[0].text)
        for column, cell in enumerate(row[1:], 1):
            if not cell.text or not label:
                continue
            if header is not None and len(row) > 2:
                yield Pair(f"{label} / {_clean(header[column].text)}", cell.text, cell.start, cell.end)
            elif len(label) <= MAX_KEY:
                yield Pair(label, cell.text, cell.start, cell.end)


def _from_line(lines: Sequence[Line], index: int) -> Iterator[Pair]:
    line = lines[index]
    text = line.text
    if not text.strip():
        return
    leaders = _LEADERS.match(text[: MAX_KEY + MAX_VALUE])
    if leaders is not None and not text.rstrip().endswith("..."):
        yield from _pair(line, leaders["key"], *leaders.span("value"))
        return
    keys = [match for match in _COLON.finditer(text) if _is_key(match["key"])]
    if keys and (keys[0]["lead"] is not None or not text[: keys[0].start()].strip() or _in_a_column(text, keys[0])):
        yield from _from_prose(Line(line.start, text[: keys[0].start()]))
        for position, match in enumerate(keys):
            end = keys[position + 1].start() if position + 1 < len(keys) else len(text)
            if text[match.end() : end].strip(" \t|;,"):
                yield from _pair(line, match["key"], match.end(), end)
            elif position == len(keys) - 1:
                yield from _value_below(lines, index, match["key"])
        return
    equals = _EQUALS.match(text[: MAX_KEY + MAX_VALUE])
    if equals is not None and _is_key(equals["key"]):
        yield from _pair(line, equals["key"], *equals.span("value"))
        return
    question = _QUESTION.match(text[: MAX_KEY + 8])
    if question is not None and _is_key(question["key"]):
        yield from _answer_below(lines, index, question["key"])
        return
    yield from _from_cells(line)


def _in_a_column(text: str, key: re.Match[str]) -> bool:
    """Whether a key stands in a column of its own, further right in the line."""
    return text[key.start()] in "|\t" or text[key.start() : key.start() + 2] == "  "


def _from_cells(line: Line) -> Iterator[Pair]:
    """Values right of a cell that names them ("Marcus Delgado      Date      10/28/2026")."""
    if "  " not in line.text.strip() and "\t" not in line.text:
        return
    cells = list(_CELLS.finditer(line.text[:MAX_VALUE]))
    for label, value in itertools.pairwise(cells):
        if not _CELL_LABEL.fullmatch(label[0]) or _CELL_LABEL.fullmatch(value[0]):
            continue
        if _IN_WORDS.fullmatch(label[0]) or any(character.isdigit() for character in value[0]):
            yield from _pair(line, label[0], *value.span())


def _answer_below(lines: Sequence[Line], index: int, key: str) -> Iterator[Pair]:
    """The line of its own, set in, under a numbered question of a form ("3. Location")."""
    if index + 1 >= len(lines):
        return
    below = lines[index + 1].text
    after = lines[index + 2].text if index + 2 < len(lines) else ""
    alone = not after.strip() or not after.startswith(" ") or _QUESTION.match(after) is not None
    if below.startswith("  ") and alone and len(below) <= 120 and not _COLON.search(below):
        yield from _pair(lines[index + 1], key, 0, len(below))


def _pair(line: Line, key: str, start: int, end: int) -> Iterator[Pair]:
    raw = line.text[start:end]
    lead = len(raw) - len(raw.lstrip(" \t|"))
    value = raw.strip(" \t|").rstrip(";,")
    if 0 < len(value) <= MAX_VALUE and any(character.isalnum() for character in value):
        begin = line.start + start + lead
        yield Pair(_clean(key), value, begin, begin + len(value))


def _value_below(lines: Sequence[Line], index: int, key: str) -> Iterator[Pair]:
    """A key at the end of its line, with its value alone on the next one."""
    if index + 1 >= len(lines):
        return
    below = lines[index + 1]
    after = lines[index + 2].text.strip() if index + 2 < len(lines) else ""
    value = below.text.strip()
    if not value or len(value) > 120 or value[0] in "-*•|>" or _NUMBERED_ITEM.match(value):
        return
    if _COLON.search(below.text) or _EQUALS.match(below.text) or (after and not _COLON.match(after)):
        return
    yield from _pair(below, key, 0, len(below.text))


def _is_key(key: str) -> bool:
    words = key.split()
    if not words or len(words) > 6 or _NOT_A_KEY.match(key.strip()):
        return False
    if len(words) > 1 and _PROSE_WORD.search(key):
        return False
    if ". " in _SHORTENED.sub("", key) or key[0].isdigit():
        return False
    return "," not in key or len(words) <= 3


def _clean(key: str) -> str:
    return " ".join(key.strip().strip("*_`").lstrip("#").split()).rstrip(" .:*_")


def _from_prose(line: Line) -> Iterator[Pair]:
    for key, start, end in named_values(line.text):
        yield Pair(_clean(key), line.text[start:end], line.start + start, line.start + end)


def _speakers(pairs: Sequence[Pair]) -> set[str]:
    """Keys that only say who speaks, as in a chat or an interview; empty where nobody speaks twice."""
    names = [pair for pair in pairs if _is_name(pair.key)]
    speech = [pair for pair in names if _is_speech(pair.value)]
    times = Counter(pair.key for pair in names)
    repeated = {pair.key for pair in speech if times[pair.key] > 1}
    # The records of a form repeat their keys too, but most of their values are no sentences.
    if not repeated or not (len(speech) * 3 > len(pairs) * 2 or any(is_given_name(key.split()[0]) for key in repeated)):
        return set()
    return {pair.key for pair in speech} | {pair.key for pair in names if is_given_name(pair.key.split()[0])}


def _is_name(key: str) -> bool:
    words = key.split()
    return len(words) <= 3 and all(word[0].isupper() and word.replace("-", "").isalpha() for word in words)


def _is_speech(value: str) -> bool:
    return len(value.split()) >= 4 or value[-1] in ".?!"
