"""Finds the place in the document of every value of extracted records, not of the deciding field alone."""

from collections.abc import Mapping, Sequence

from models.skills.grounding import Span, ground_values, nearest
from models.skills.skill import Field, Task

Places = Mapping[str, Span | None]


def ground_records(task: Task, rows: Sequence[Mapping[str, str]], document: str) -> tuple[Places, ...]:
    """For each row, field name to (start, end), None where the value does not stand in the document.

    The task's deciding field takes one occurrence after the other; another value of the row takes the occurrence
    nearest to it. Fields that are not copied (dates in ISO form, fixed values) and empty ones are left out.
    """
    spans = ground_values([row[task.ground] for row in rows], document)
    others = [field for field in task.fields if field.name != task.ground and _is_copied(field)]
    places: list[Places] = []
    for row, span in zip(rows, spans, strict=True):
        place: dict[str, Span | None] = {task.ground: span} if row[task.ground] else {}
        for field in others:
            if row[field.name]:
                place[field.name] = nearest(row[field.name], document, span)
        places.append(place)
    return tuple(places)


def _is_copied(field: Field) -> bool:
    return field.format == "text" and not field.values
