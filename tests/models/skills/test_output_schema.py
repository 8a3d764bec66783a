"""The schema that constrains a model's output, and its agreement with the parser."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from models.skills.isodate import is_iso_date
from models.skills.loader import load_packs
from models.skills.parsing import parse_answer
from models.skills.schema import output_schema
from models.skills.skill import Task

TASKS = load_packs(Path(__file__).parents[3] / "resources" / "skills").tasks
WITH_SCHEMA = [task for task in TASKS if task.skill in ("classify", "extract", "route")]
with_schema = pytest.mark.parametrize("task", WITH_SCHEMA, ids=lambda task: task.id)


def longest(schema: dict[str, Any]) -> Any:
    """The longest value that a schema of ours allows."""
    if schema["type"] == "object":
        return {name: longest(part) for name, part in schema["properties"].items()}
    if schema["type"] == "array":
        return [longest(schema["items"])] * schema["maxItems"]
    if "enum" in schema:
        return max(schema["enum"], key=len)
    return "2026-12-31" if "pattern" in schema else "x" * schema["maxLength"]


def objects(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The schema and all object schemas in it."""
    inner = [*schema.get("properties", {}).values(), *([schema["items"]] if "items" in schema else [])]
    return ([schema] if schema["type"] == "object" else []) + [found for part in inner for found in objects(part)]


@with_schema
def test_every_object_is_closed_and_all_its_keys_are_required(task: Task) -> None:
    schema = output_schema(task)
    assert schema is not None
    for found in objects(schema):
        assert found["additionalProperties"] is False
        assert found["required"] == list(found["properties"])


@with_schema
def test_white_space_is_not_left_to_the_model(task: Task) -> None:
    schema = output_schema(task)
    assert schema is not None
    assert schema["x-guidance"] == {"whitespace_flexible": False}


@with_schema
def test_the_longest_answer_that_is_allowed_parses(task: Task) -> None:
    schema = output_schema(task)
    assert schema is not None
    parse_answer(task, json.dumps(longest(schema)), "a document")


@pytest.mark.parametrize("task", [task for task in TASKS if task.labels], ids=lambda task: task.id)
def test_labels_come_before_the_reason_and_leave_it_room(task: Task) -> None:
    schema = output_schema(task)
    assert schema is not None
    assert list(schema["properties"]) == ["labels", "reason"]
    assert schema["properties"]["labels"]["items"]["enum"] == list(task.label_names)
    assert schema["properties"]["labels"]["maxItems"] == (3 if task.multiple else 1)
    assert schema["properties"]["reason"]["maxLength"] >= 60
    assert len(json.dumps(longest(schema))) <= 2.5 * task.max_output_tokens


def test_plain_text_has_no_schema() -> None:
    tasks = [task for task in TASKS if task.skill in ("summarize", "draft")]
    assert [output_schema(task) for task in tasks] == [None] * len(tasks)


@pytest.mark.parametrize(
    ("value", "written", "exists"),
    [
        ("2026", True, True),
        ("2026-02", True, True),
        ("2026-02-28", True, True),
        ("2026-02-28T09:30", True, True),
        ("2026-02-28T09:30:15Z", True, True),
        ("2026-02-28T09:30+01:00", True, True),
        ("2026-02-28/2026-03-04", True, True),
        ("2028-02-29", True, True),
        ("2026-02-29", True, False),
        ("2026-13", True, False),
        ("2026-02-28T25:00", True, False),
        ("2026-02T09:30", True, False),
        ("0000", True, False),
        ("2026-2-28", False, False),
        ("28.02.2026", False, False),
        ("2026-02-28 ", False, False),
        ("٢٠٢٦", False, False),
        ("", False, False),
    ],
)
def test_dates_are_iso_8601(value: str, written: bool, exists: bool) -> None:
    task = next(task for task in TASKS if any(field.format == "date" for field in task.fields))
    schema = output_schema(task)
    assert schema is not None
    fields = schema["properties"]["items"]["items"]["properties"]
    (pattern,) = {part["pattern"] for part in fields.values() if "pattern" in part}
    assert (bool(value) and re.search(pattern, value, re.ASCII) is not None) == written
    assert is_iso_date(value) == exists
