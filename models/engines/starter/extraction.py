"""Extract tasks by rules: which finder a style uses, and into which of the pack's fields its findings go."""

import datetime
from collections.abc import Iterator

from models.engines.starter.dates import find_dates
from models.engines.starter.entities import find_entities
from models.engines.starter.pairs import find_pairs
from models.pii.analyzer import Analyzer
from models.skills.skill import Task


def extract(task: Task, text: str, analyzer: Analyzer, today: datetime.date) -> list[dict[str, str]]:
    """Records of ``text`` in the fields of the task's pack, in the order of the text."""
    columns = _columns(task)
    allowed = {value.casefold() for field in task.fields for value in field.values}
    records = []
    for value, aside in _found(task.style, text, analyzer, today):
        if task.style == "entities" and allowed and aside.casefold() not in allowed:
            continue
        record = {columns[0]: value, **({columns[1]: aside} if columns[1] else {})}
        records.append({field.name: record[field.name] for field in task.fields if field.name in record})
    return records


def _found(style: str, text: str, analyzer: Analyzer, today: datetime.date) -> Iterator[tuple[str, str]]:
    """(value as it stands in the text, what is said of it): a type, a key or an ISO date."""
    if style == "dates":
        for date in find_dates(text, today):
            yield date.text, date.iso
    elif style == "pairs":
        for pair in find_pairs(text):
            yield pair.value, pair.key
    else:
        for entity in find_entities(text, analyzer.scan(text).findings, today):
            yield entity.text, entity.type


def _columns(task: Task) -> tuple[str, str]:
    """(field of the value, field of what is said of it; empty where the pack has none)."""
    others = [field for field in task.fields if field.name != task.ground]
    if task.style == "dates":
        others = [field for field in others if field.format == "date"]
    elif task.style == "entities":
        others = [field for field in others if field.values] or others
    return task.ground, others[0].name if others else ""
