"""Fields of records whose key says what the value is: JSON, XML, YAML, forms, and rows of SQL.

The keys are those of ``table_headings``, in any case ("dateOfBirth", "date_of_birth"). A key that is used of things too
("name", "owner", "line1") counts beside another that is noted of people, so that the settings of a program are none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from models.pii.finding import Finding
from models.pii.recognizers.handle import is_person
from models.pii.recognizers.name_lists import is_doubtful, is_given, is_public, is_surname
from models.pii.recognizers.pattern import CONTEXT, compiled, line_matches, lowered, near
from models.pii.recognizers.table_headings import OF_PERSONS, SPECIAL, SURE, fits, meaning

_MAX_KEY_CHARS = 40
_RECORD_GAP_CHARS = 240
"""Fields further apart belong to different records."""
_VALUE = r"(?:\"(?P<double>[^\"\n]{1,120})\"|'(?P<single>[^'\n]{1,120})'|\[[ ]?(?P<list>[\"'][^\[\]{}\n]{1,200}[\"'])[ ]?\]|(?P<number>\d[\d.-]{2,24})(?![\w:]))"
_SIGN = rf"[:=]>?[ \t]{{0,4}}{_VALUE}"
_XML = r"<(?P<key>[A-Za-z_][\w.:-]{1,39})(?:[ ][^<>\n]{0,80})?>[ ]?(?P<value>[^<>\n]{1,120})</"
_MAX_LINE_KEY_CHARS = 72
"""In a line of a form, with the blanks around the key."""
_LINE = r"[ \t>*•–-]{0,8}(?P<key>[^\W\d_][^\n:=]{1,38}?)[ ]{0,24}(?:[:=][ \t]{0,12}|\.{3,60}:?[ ]?)(?P<value>[^\s\"'{\[<][^\n]{1,120})(?m:$)"
# Fields one after another on a line, of a kind that has no other meaning where a person is described.
_INLINE_KEYS = (
    "religion", "religious belief", "faith", "konfession", "religionszugehörigkeit", "wyznanie", "religión", "religione", "religião", "geloof", "ethnicity", "ethnic origin", "ethnische herkunft",
    "origen étnico", "sexual orientation", "sexuelle orientierung", "orientación sexual", "orientamento sessuale", "party membership", "political party", "political affiliation", "trade union",
    "union membership", "gewerkschaft", "sindicato", "syndicat", "vakbond",
)  # fmt: skip
_INLINE_CHARS = 96
"""More than a key and its value have."""
_INLINE = (
    rf"(?<![^\W_])(?P<key>(?i:{'|'.join(_INLINE_KEYS)}))"
    r"[ ]?:[ ](?P<value>[^\W\d_][^\n.;,|:]{2,40})(?=[.;,|\n]|$)"
)
_DESCRIBED = r"(?<![^\W_])(?i:d\.?o\.?b|date of birth|born|pesel|dni|bsn|ssn|full name|surname|nazwisko|geb|geboren|née?|nacid[oa]|nationality|citizenship|staatsangehörigkeit|passport|home address|adres|gender|marital status|familienstand|mrn|nhs)(?![^\W_])"
_DESCRIBED_CHARS = 240
_INSERT = r"insert\s{1,3}into\s{1,3}[\w.`\"]{1,60}\s{0,3}\((?P<columns>[^()]{3,600})\)\s{0,3}values\s{0,3}(?=\()"
_ROW = r"\s{0,3},?\s{0,6}\((?P<row>[^()]{3,1000})\)"
_CELL = r"\s{0,3}(?:'(?P<quoted>(?:[^'\n]|''){0,200})'|(?P<bare>[^,'\n]{1,60}))\s{0,3}(?:,|$)"
_NAME = r"[^\W\d_][^\W\d_'’.-]{0,24}(?:,?[ ][^\W\d_][^\W\d_'’.-]{0,24}){1,4}\.?"
_TALK = frozenset(("text", "message", "msg", "body", "content", "comment", "chat", "post", "tweet", "caption", "reply"))
_TALKERS = frozenset(
    ("from", "author", "sender", "by", "to", "recipient", "nick", "user", "posted by", "handle", "member")
)
_OF_PROGRAMS = frozenset(
    ("version", "license", "licence", "dependencies", "main", "scripts", "isbn", "publisher", "album")
)
_NOTED_OF_PEOPLE = (OF_PERSONS - {"PERSON"}) | {"PHONE", "AGE"}
_REASON = "It stands in a field whose key names it."


@dataclass(frozen=True, slots=True)
class _Field:
    """``line``: written as a line of a form, where other recognizers know names and numbers."""

    start: int
    end: int
    key: str
    line: bool = False


class RecordFieldRecognizer:
    """Reads keys and values, then judges each beside the others of its record."""

    name = "record field"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield values that look like what their key says."""
        yield from self._rows(text)
        for match in _inline(text):
            found, value = meaning(match["key"]), match["value"].rstrip()
            before = text[max(0, match.start() - _DESCRIBED_CHARS) : match.start()]
            if found and fits(found[0], value) and compiled(_DESCRIBED).search(before):
                start = match.start("value")
                yield Finding(start, start + len(value), found[0], CONTEXT, self.name, _REASON)
        record: list[_Field] = []
        for field in sorted(_fields(text), key=lambda each: (each.start, each.line)):
            if record and field.start < record[-1].end:
                continue
            if record and field.start - record[-1].end > _RECORD_GAP_CHARS:
                yield from self._judge(text, record)
                record = []
            record.append(field)
        yield from self._judge(text, record)

    def _judge(self, text: str, record: Sequence[_Field]) -> Iterator[Finding]:
        known = [(field, found) for field in record if (found := _meaning(field.key)) is not None]
        keys = {field.key.lower() for field in record}
        if not _TALK.isdisjoint(keys):
            for field in record:
                value = text[field.start : field.end]
                if field.key.lower() in _TALKERS and not field.line and _is_account(value):
                    yield Finding(field.start, field.end, "USERNAME", CONTEXT - 0.05, self.name, _REASON)
        weights = {field.key.lower(): found[1] for field, found in known if found[0] not in SPECIAL}
        of_people = sum(weights.values()) >= SURE
        named = of_people and any(found[0] in OF_PERSONS for _, found in known)
        others = any(found[0] in _NOTED_OF_PEOPLE or found[1] == SURE for _, found in known)
        of_program = not _OF_PROGRAMS.isdisjoint(keys)
        for field, (entity, weight) in known:
            value = text[field.start : field.end]
            if not entity or not fits(entity, value):
                continue
            if entity in SPECIAL:
                counts = named
            elif field.line:
                counts = False
            elif entity == "PERSON":
                counts = _is_name(value) and (
                    weight == SURE or (of_people and others) or (not of_program and _is_listed(value))
                )
            else:
                counts = of_people
            if counts:
                yield Finding(field.start, field.end, entity, CONTEXT, self.name, _REASON)

    def _rows(self, text: str) -> Iterator[Finding]:
        lower = lowered(text)
        if "insert" not in lower:
            return
        for insert in compiled(_INSERT, re.IGNORECASE).finditer(text):
            columns = [_meaning(column.strip(" \t\n`\"'[]")) for column in insert["columns"].split(",")]
            known = [found for found in columns if found is not None]
            if sum(weight for _, weight in known) < SURE:
                continue
            named = any(entity in OF_PERSONS for entity, _ in known)
            position = insert.end()
            while row := compiled(_ROW).match(text, position):
                position = row.end()
                cells = compiled(_CELL).finditer(text, row.start("row"), row.end("row"))
                for found, cell in zip(columns, cells, strict=False):
                    group = "quoted" if cell["quoted"] is not None else "bare"
                    if (
                        found
                        and found[0]
                        and (named or found[0] not in SPECIAL)
                        and fits(found[0], cell[group].strip())
                    ):
                        yield Finding(*cell.span(group), found[0], CONTEXT, self.name, _REASON)


@lru_cache(maxsize=4096)
def _meaning(key: str) -> tuple[str, int] | None:
    """What a key means, of "patient.homePhone" and "dc:creator" the last part if the whole means nothing."""
    return meaning(key) or meaning(re.split(r"[.:]", key)[-1])


def _inline(text: str) -> Iterator[re.Match[str]]:
    for begin, end in near(lowered(text), _INLINE_KEYS, 0, _INLINE_CHARS):
        yield from compiled(_INLINE).finditer(text, begin, end)


def _fields(text: str) -> Iterator[_Field]:
    for match in compiled(_SIGN).finditer(text):
        key = _key_before(text, match.start())
        if key:
            group = match.lastgroup or "double"
            start, end = match.span(group)
            yield _Field(start + (group == "list"), end - (group == "list"), key)
    if "</" in text:
        for match in compiled(_XML).finditer(text):
            value = match["value"].rstrip()
            yield _Field(match.start("value"), match.start("value") + len(value), match["key"])
    for match in line_matches(compiled(_LINE), text, (":", "=", "..."), _MAX_LINE_KEY_CHARS):
        value = match["value"].rstrip(" \t\r.,;")
        if value:
            yield _Field(match.start("value"), match.start("value") + len(value), match["key"].strip(" .*_"), line=True)


def _key_before(text: str, end: int) -> str:
    """The key that ends right before the sign at ``end``."""
    piece = text[max(0, end - _MAX_KEY_CHARS - 4) : end].rstrip(" \t")
    if piece[-1:] in ("'", '"', "`"):
        return piece[piece.rfind(piece[-1], 0, -1) + 1 : -1]
    found = compiled(r"[^\W\d_][\w.:-]{0,39}$").search(piece)
    return found[0] if found else ""


def _is_account(value: str) -> bool:
    return compiled(r"[^\W\d_][\w.-]{2,30}").fullmatch(value) is not None and is_person(value)


def _is_name(value: str) -> bool:
    return len(value) < 60 and value[0].isupper() and not is_public(value) and value.count(" ") < 5


def _is_listed(value: str) -> bool:
    """Whether a first name and a surname from the lists stand in it, or a surname and initials."""
    if compiled(_NAME).fullmatch(value) is None:
        return False
    words = [word.strip(".,") for word in value.split()]
    given = any(is_given(word) and not is_doubtful(word) for word in words if len(word) > 1)
    return given and any(is_surname(word) for word in words if len(word) > 1)
