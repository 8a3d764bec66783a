"""Writes an answer for people (copy, save, terminal) and for programs (JSON)."""

import unicodedata
from typing import Any, Literal

from models.skills.answer import Answer, LabelAnswer, RecordsAnswer, TextAnswer
from models.skills.skill import Task

Band = Literal["sure", "check", "unsure"]

SURE_FROM = 0.8
CHECK_FROM = 0.55

_WIDEST = 60
"""Columns of the widest cell of a table; longer values run on past it rather than being cut."""


def band(confidence: float | None) -> Band:
    """The word for a confidence (0 to 1), the only form in which people see one. Not known counts as "check"."""
    if confidence is None:
        return "check"
    if confidence >= SURE_FROM:
        return "sure"
    return "check" if confidence >= CHECK_FROM else "unsure"


def to_text(task: Task, answer: Answer) -> str:
    """The answer to read: labels with their band and reason, records as an aligned table, text as it is."""
    if isinstance(answer, LabelAnswer):
        head = f"{', '.join(answer.labels)} ({band(answer.confidence)})" if answer.labels else "No label (unsure)"
        return f"{head}\n{answer.reason}" if answer.reason else head
    if isinstance(answer, RecordsAnswer):
        return _table(task, answer)
    return answer.text


def unsupported_words(answer: Answer) -> tuple[str, ...]:
    """The names, figures and dates of a summary that its document does not have, each once; not part of the answer."""
    if not isinstance(answer, TextAnswer):
        return ()
    return tuple(dict.fromkeys(answer.text[start:end] for start, end in answer.unsupported))


def to_json(task: Task, answer: Answer) -> dict[str, Any]:
    """The answer for programs; keys and meanings stay as they are from version to version.

    classify, route: ``labels``, ``confidence`` (0 to 1 or null), ``reason``. extract: ``items``, each with ``values``
    and ``span`` ([start, end] in characters, or null where the value does not stand in the text), and, where the engine
    says so, ``confidence`` (field to 0 to 1). Else ``text``, and ``unsupported`` ([start, end] in it of what the
    document does not have). Always ``task`` and ``skill``.
    """
    head: dict[str, Any] = {"task": task.id, "skill": task.skill}
    if isinstance(answer, LabelAnswer):
        return head | {"labels": list(answer.labels), "confidence": answer.confidence, "reason": answer.reason}
    if isinstance(answer, RecordsAnswer):
        items = [
            {"values": dict(record.values), "span": list(record.span) if record.span else None}
            | ({"confidence": dict(record.confidence)} if record.confidence else {})
            for record in answer.records
        ]
        return head | {"items": items}
    marked = {"unsupported": [list(span) for span in answer.unsupported]} if answer.unsupported else {}
    return head | {"text": answer.text} | marked


def _table(task: Task, answer: RecordsAnswer) -> str:
    if not answer.records:
        return "Nothing found"
    names = [field.name for field in task.fields]
    rows = [[_one_line(record.values.get(name, "")) for name in names] for record in answer.records]
    columns = [min(_WIDEST, max(_width(row[index]) for row in [names, *rows])) for index in range(len(names))]
    lines = [_row(names, columns), _row(["-" * width for width in columns], columns)]
    for row, record in zip(rows, answer.records, strict=True):
        lines.append(_row(row, columns) + ("" if record.span else "  (not in the text)"))
    return "\n".join(lines)


def _row(cells: list[str], columns: list[int]) -> str:
    padded = [cell + " " * (width - _width(cell)) for cell, width in zip(cells, columns, strict=True)]
    return "  ".join(padded).rstrip()


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _width(text: str) -> int:
    """Columns that a terminal gives to ``text``: two for wide East Asian characters, none for combining marks."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )
