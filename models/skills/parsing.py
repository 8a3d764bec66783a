"""Reads an engine's output as the task's answer, or says that it is none."""

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from models.errors import AnswerError
from models.skills.answer import Answer, LabelAnswer, Record, RecordsAnswer, TextAnswer
from models.skills.isodate import has_iso_form, is_iso_date
from models.skills.record_places import ground_records
from models.skills.skill import Field, Task
from models.skills.support import unsupported
from models.skills.text import fold


def parse_answer(task: Task, raw: str, document: str) -> Answer:
    """Parse the joined output of an engine (form: ``models.skills.schema``) and place its values in ``document``.

    Words and code fences around the JSON are let pass; what is inside must be right.

    Raises:
        AnswerError: no JSON, JSON that breaks off, a label, value or key that the task does not have, no text.
    """
    if task.skill in ("classify", "route"):
        return _label_answer(task, _first_object(raw))
    if task.skill == "extract":
        return _records_answer(task, _first_object(raw), document)
    text = raw.strip()
    if not text:
        _fail("it is empty")
    return TextAnswer(text, unsupported(text, document) if task.skill == "summarize" else ())


def _fail(problem: str) -> NoReturn:
    raise AnswerError(
        "The answer could not be read",
        f"The engine's output does not have the form of this task: {problem}. Your document is unchanged; run the task "
        "again, or try another engine.",
    )


def _label_answer(task: Task, answer: Mapping[str, Any]) -> LabelAnswer:
    _only(answer, {"labels", "reason", "confidence"})
    names = {fold(alias): label.name for label in task.labels for alias in (*label.aliases, label.name)}
    given = answer.get("labels")
    if not isinstance(given, list) or not all(isinstance(label, str) for label in given):
        _fail("a list of labels is missing")
    labels: list[str] = []
    for label in given:
        name = names.get(fold(label))
        if name is None:
            _fail("it holds a label that this task does not have")
        if name not in labels:
            labels.append(name)
    if len(labels) > 1 and not task.multiple:
        _fail("it holds several labels where one is asked for")
    reason = answer.get("reason", "")
    if not isinstance(reason, str):
        _fail("its reason is not a text")
    return LabelAnswer(tuple(labels), _confidence(answer.get("confidence")), reason.strip())


def _confidence(value: Any) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        _fail("its confidence is not a number")
    return float(min(1.0, max(0.0, value)))


def _records_answer(task: Task, answer: Mapping[str, Any], document: str) -> RecordsAnswer:
    _only(answer, {"items", "confidence"})
    items = answer.get("items")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        _fail("a list of items is missing")
    sure = _field_confidences(task, answer.get("confidence"), len(items))
    rows: list[dict[str, str]] = []
    confidences: list[dict[str, float]] = []
    for item, confidence in zip(items, sure, strict=True):
        _only(item, {field.name for field in task.fields})
        row = {field.name: _value(field, item.get(field.name, "")) for field in task.fields}
        whole = all(row[field.name] for field in task.fields if field.required)
        if any(row.values()) and whole and not (task.single and rows):
            rows.append(row)
            confidences.append(confidence)
    places = ground_records(task, rows, document)
    return RecordsAnswer(
        tuple(
            Record(row, place.get(task.ground), confidence, place)
            for row, confidence, place in zip(rows, confidences, places, strict=True)
        )
    )


def _field_confidences(task: Task, given: Any, items: int) -> list[dict[str, float]]:
    """For each item, how sure the engine is of each field; nothing where it does not say."""
    if given is None:
        return [{} for _ in range(items)]
    if not isinstance(given, list) or len(given) != items:
        _fail("its confidences do not fit its items")
    rows: list[dict[str, float]] = []
    for row in given:
        if not isinstance(row, list) or len(row) != len(task.fields):
            _fail("its confidences do not fit its fields")
        known = ((field.name, _confidence(value)) for field, value in zip(task.fields, row, strict=True))
        rows.append({name: value for name, value in known if value is not None})
    return rows


def _value(field: Field, given: Any) -> str:
    if not isinstance(given, str):
        _fail("a value of an item is not a text")
    value = given.strip()
    if value and field.values:
        allowed = {fold(name): name for name in field.values}
        if fold(value) not in allowed:
            _fail("a value of an item is not one of those allowed")
        return allowed[fold(value)]
    if value and field.format == "date":
        if not has_iso_form(value):
            _fail("a date of an item is not written in ISO 8601")
        # A day that no calendar has (30 February) is no date; its row stays, since the words do stand in the text.
        return value if is_iso_date(value) else ""
    return value


def _only(answer: Mapping[str, Any], known: set[str]) -> None:
    if not answer.keys() <= known:
        _fail("it holds a key that this task does not have")


def _first_object(raw: str) -> dict[str, Any]:
    """The first balanced ``{…}`` that is JSON."""
    start = raw.find("{")
    while start >= 0:
        end = _balanced_end(raw, start)
        if end is None:
            _fail("it breaks off")
        try:
            value = json.loads(raw[start:end], object_pairs_hook=_no_duplicates, parse_constant=_no_constant)
        except (ValueError, RecursionError):
            start = raw.find("{", end)
            continue
        assert isinstance(value, dict)
        return value
    _fail("there is no JSON in it")


def _balanced_end(raw: str, start: int) -> int | None:
    """Offset after the brace that closes the one at ``start``, or None where the text ends before."""
    depth = 0
    quoted = escaped = False
    for offset in range(start, len(raw)):
        character = raw[offset]
        if quoted:
            if escaped:
                escaped = False
            elif character == "\\":
                escaped = True
            elif character == '"':
                quoted = False
        elif character == '"':
            quoted = True
        elif character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
            if depth == 0:
                return offset + 1
    return None


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        raise ValueError("a key stands there twice")
    return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
