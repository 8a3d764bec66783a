"""Fields of a person's own: each gets the value that the text names by words like the field's, or like the examples'.

A field is known by its name, its meaning, and the keys that its values stand under in the pack's examples.
"""

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from models.engines.starter.dates import find_dates
from models.engines.starter.organisations import find_organisations
from models.engines.starter.pairs import Pair, find_pairs, find_rows
from models.engines.starter.persons import find_persons
from models.engines.starter.windows import CORE
from models.skills.skill import Field, Task
from models.skills.text import fold

Record = dict[str, str]
LIKE = 0.55
"""Likeness (F1 of words) from which a key names a field: "due date" is not like "invoice date"."""
_OF_CELLS = 0.7
"""Weight of a cell of a table, whose key is "row / column", against a pair of its own."""
_OF_MEANING = 0.8
"""Weight of a field's meaning against its name."""
_WORD = re.compile(r"[^\W_]+|#")
_SAME = {
    word: group
    for group, words in {
        "number": "no nr num nummer number # id núm numéro número code reference ref",
        "date": "date datum fecha day",
        "total": "total totals gesamtbetrag sum gesamt betrag importe montant",
        "name": "name nombre nom",
        "invoice": "invoice bill rechnung facture factura",
        "mail": "mail email e",
        "phone": "phone telephone tel telefon teléfono téléphone mobile",
    }.items()
    for word in words.split()
}
_LITTLE_WORDS = "the of a an in on for to is was it its what which that this and or with as by from when who"
_LITTLE = frozenset(_LITTLE_WORDS.split())
_PERSON = """
person name customer client employee patient tenant landlord author sender recipient contact signatory holder claimant
applicant buyer seller policyholder
"""
_PEOPLE = frozenset(_PERSON.split())
_FIRM = "company organisation organization supplier vendor employer bank insurer firm provider manufacturer carrier"
_FIRMS = frozenset(_FIRM.split())


@dataclass(frozen=True, slots=True)
class _Known:
    """What a field is told by: words of its name, of its meaning, and keys seen in examples."""

    field: Field
    name: frozenset[str]
    meaning: frozenset[str]
    keys: frozenset[str]

    def likeness(self, key: str) -> float:
        """How surely a key names the field (0 to 1)."""
        if fold(key) in self.keys:
            return 1.0
        words = _words(key)
        weight = _OF_CELLS if " / " in key else 1.0
        return weight * max(_f1(self.name, words), _OF_MEANING * _f1(self.meaning, words))


def own_records(task: Task, text: str, today: datetime.date, check: Callable[[], None]) -> list[Record]:
    """The records of ``text`` with the task's own fields: one of a form, one a row of a table, or none."""
    known = _known(task)
    if not task.single:
        rows = [row for table in find_rows(text, check) for row in _from_rows(known, table, today)]
        if rows:
            return rows
    pairs = find_pairs(text, check)
    records = [_single(known, pairs, today)] if task.single else list(_several(known, pairs, today))
    if len(records) <= 1 and len(text) <= CORE:  # a longer text speaks of more than one matter
        record = records[0] if records else {}
        _fill(known, record, text, today)
        records = [record]
    return [record for record in records if record]


def _known(task: Task) -> list[_Known]:
    seen: dict[str, set[str]] = {field.name: set() for field in task.fields}
    for example in task.examples:
        keys = {fold(pair.value): fold(pair.key.rpartition(" / ")[2]) for pair in find_pairs(example.text)}
        for record in example.records:
            for name, value in record.items():
                if name in seen and fold(value) in keys:
                    seen[name].add(keys[fold(value)])
    return [
        _Known(field, _words(field.name.replace("_", " ")), _words(field.description), frozenset(seen[field.name]))
        for field in task.fields
    ]


def _from_rows(known: Sequence[_Known], table: Sequence[dict[str, str]], today: datetime.date) -> Iterator[Record]:
    """Records of a table whose header names at least two of the fields, or the only one."""
    if not table:
        return
    columns: dict[str, str] = {}
    for score, name, header in sorted(
        ((one.likeness(header), one.field.name, header) for one in known for header in table[0]), reverse=True
    ):
        if score >= LIKE and name not in columns and header not in columns.values():
            columns[name] = header
    if len(columns) < min(2, len(known)):
        return
    for row in table:
        record = {
            one.field.name: value
            for one in known
            if one.field.name in columns and (value := _value(one.field, row.get(columns[one.field.name], ""), today))
        }
        if record:
            yield record


def _single(known: Sequence[_Known], pairs: Sequence[Pair], today: datetime.date) -> Record:
    """The likeliest pair for each field; no pair for two of them."""
    record: Record = {}
    used: set[int] = set()
    scored = [(one.likeness(pair.key), -at, one.field) for one in known for at, pair in enumerate(pairs)]
    for score, place, field in sorted(scored, key=lambda item: (item[0], item[1]), reverse=True):
        if score < LIKE:
            break
        value = _value(field, pairs[-place].value, today)
        if value and field.name not in record and -place not in used:
            record[field.name] = value
            used.add(-place)
    return record


def _several(known: Sequence[_Known], pairs: Sequence[Pair], today: datetime.date) -> Iterator[Record]:
    """Records one after the other: where a field comes again, the next one begins."""
    record: Record = {}
    for pair in pairs:
        score, field = max(((one.likeness(pair.key), one.field) for one in known), key=lambda item: item[0])
        value = _value(field, pair.value, today) if score >= LIKE else ""
        if not value:
            continue
        if field.name in record:
            yield record
            record = {}
        record[field.name] = value
    if record:
        yield record


def _fill(known: Sequence[_Known], record: Record, text: str, today: datetime.date) -> None:
    """What no pair names: the only date, person or organisation of the text, and a choice that stands in it."""
    dates: list[str] | None = None
    for one in known:
        field = one.field
        if field.name in record:
            continue
        if field.values:
            record |= _choice(field, text)
        elif field.format == "date":
            dates = [date.iso for date in find_dates(text, today)] if dates is None else dates
            if len(set(dates)) == 1 and dates[0] not in record.values():
                record[field.name] = dates[0]
        elif one.name & _FIRMS or one.name & _PEOPLE:
            find = find_organisations if one.name & _FIRMS else find_persons
            names = {text[start:end] for start, end in find(text)}
            if len(names) == 1:
                record[field.name] = names.pop()


def _choice(field: Field, text: str) -> Record:
    there = [value for value in field.values if re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text, re.IGNORECASE)]
    return {field.name: there[0]} if len(there) == 1 else {}


def _value(field: Field, given: str, today: datetime.date) -> str:
    """The value in the field's form; "" where it has none."""
    if field.values:
        return _choice(field, given).get(field.name, "")
    if field.format == "date":
        dates = find_dates(given, today)
        return dates[0].iso if dates else ""
    return given


def _words(text: str) -> frozenset[str]:
    words = (word.casefold() for word in _WORD.findall(text))
    return frozenset(_SAME.get(word, word) for word in words if word not in _LITTLE)


def _f1(one: frozenset[str], other: frozenset[str]) -> float:
    shared = len(one & other)
    return 2 * shared / (len(one) + len(other)) if shared else 0.0
