"""Extract tasks by rules: which finder a style uses, and into which of the pack's fields its findings go.

Everything that is found is given, however long the text: rules run no risk of never ending, so the output budget of a
task, which is meant for a language model, does not cut their answer. It is given in parts, as the reading goes on.
"""

import datetime
import threading
from collections.abc import Generator, Iterator, Sequence

from models.engines.starter.dates import DateSpan, find_dates, numeric_order
from models.engines.starter.embedding import Cancelled
from models.engines.starter.entities import Distinct, all_entities
from models.engines.starter.own_fields import own_records
from models.engines.starter.pairs import find_pairs
from models.engines.starter.windows import Window, windows
from models.pii.analyzer import Analyzer
from models.skills.skill import Task

Record = dict[str, str]
Part = tuple[int, list[tuple[str, str]]]
"""Characters read so far; (value as it stands in the text, what is said of it: a type, a key or an ISO date)."""
COUNTED_FROM_TODAY = "Words such as “tomorrow” were counted from today."
COUNTED_FROM_TEXT = "Words such as “tomorrow” were counted from the date that the text bears."
_AT_ONCE = 500
"""Pairs of one part."""


def extract_steps(
    task: Task, text: str, analyzer: Analyzer, today: datetime.date, cancel: threading.Event
) -> Generator[tuple[int, list[Record]], None, str]:
    """Yield (characters read so far, records found since the last step), in the order of the text.

    Returns a sentence on how the answer came about, for the person; without any of the text's words, or "".

    Raises:
        Cancelled: ``cancel`` was set.
    """
    if not task.style:
        yield len(text), own_records(task, text, today, lambda: _listen(cancel))
        return ""
    columns = _columns(task)
    allowed = {value.casefold() for field in task.fields for value in field.values}
    parts = _found(task.style, text, analyzer, today, cancel)
    while True:
        try:
            read, found = next(parts)
        except StopIteration as finished:
            return str(finished.value or "")
        records = []
        for value, aside in found:
            if task.style == "entities" and allowed and aside.casefold() not in allowed:
                continue
            record = {columns[0]: value, **({columns[1]: aside} if columns[1] else {})}
            records.append({field.name: record[field.name] for field in task.fields if field.name in record})
        yield read, records


def _listen(cancel: threading.Event) -> None:
    if cancel.is_set():
        raise Cancelled


def _found(
    style: str, text: str, analyzer: Analyzer, today: datetime.date, cancel: threading.Event
) -> Generator[Part, None, str]:
    def check() -> None:
        _listen(cancel)

    def parts() -> Iterator[Window]:
        for window in windows(text):
            check()
            yield window

    if style == "dates":
        return (yield from _dates(text, list(parts()), today, cancel))
    if style == "pairs":
        pairs = [(pair.value, pair.key) for pair in find_pairs(text, check)]
        for start in range(0, len(pairs), _AT_ONCE):
            yield len(text), pairs[start : start + _AT_ONCE]
    else:
        yield from _entities(text, parts(), analyzer, today)
    return ""


def _dates(
    text: str, parts: Sequence[Window], today: datetime.date, cancel: threading.Event
) -> Generator[Part, None, str]:
    def cores() -> Iterator[str]:
        for part in parts:
            if cancel.is_set():
                raise Cancelled
            yield text[part.core_begin : part.core_end]

    order = numeric_order(cores(), today) if len(parts) > 1 else None
    year: int | None = None
    written_on: datetime.date | None = None
    counted_from: set[datetime.date] = set()
    last_end = 0
    for part in parts:
        found: list[DateSpan] = []
        piece = text[part.begin : part.end]
        for date in find_dates(piece, today, order=order, year=year, written_on=written_on):
            if part.owns(date.start) and part.begin + date.start >= last_end:
                found.append(date)
                last_end = part.begin + date.end
        if found:
            year = int(found[-1].iso[:4])
        for date in found:
            if date.heads:
                written_on = datetime.date.fromisoformat(date.iso[:10])
            if date.counted_from is not None:
                counted_from.add(date.counted_from)
        yield part.core_end, [(date.text, date.iso) for date in found]
    if not counted_from:
        return ""
    return COUNTED_FROM_TODAY if counted_from == {today} else COUNTED_FROM_TEXT


def _entities(text: str, parts: Iterator[Window], analyzer: Analyzer, today: datetime.date) -> Iterator[Part]:
    distinct = Distinct()
    last_end = 0
    for part in parts:
        piece = text[part.begin : part.end]
        found = []
        for entity in all_entities(piece, analyzer.scan(piece).findings, today):
            if part.owns(entity.start) and part.begin + entity.start >= last_end:
                found.append(entity)
                last_end = part.begin + entity.end
        yield part.core_end, [(entity.text, entity.type) for entity in distinct.new(found)]


def _columns(task: Task) -> tuple[str, str]:
    """(field of the value, field of what is said of it; empty where the pack has none)."""
    others = [field for field in task.fields if field.name != task.ground]
    if task.style == "dates":
        others = [field for field in others if field.format == "date"]
    elif task.style == "entities":
        others = [field for field in others if field.values] or others
    return task.ground, others[0].name if others else ""
