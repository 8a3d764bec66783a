"""The form in which every engine writes an answer, as JSON Schema, derived from the task.

classify, route   {"labels": ["<label>", …], "reason": "<short quote or ground>", "confidence": 0.93}
                  one label unless ``task.multiple``; ``confidence`` is optional; no labels = the engine abstained
extract           {"items": [{"<field>": "<value>", …}, …]}
summarize, draft  plain text, no JSON
"""

from typing import Any

from models.skills.isodate import DATE_PATTERN
from models.skills.skill import Field, Task

MAX_LABELS = 3
"""Most labels of one answer where the task allows several."""
MAX_VALUE_CHARACTERS = 200
"""Longest value of a field."""

_GUIDANCE = {"whitespace_flexible": False}  # without it the model may emit white space without end


def output_schema(task: Task) -> dict[str, Any] | None:
    """JSON Schema that a language model's output is constrained to; None for plain text. Leaves out ``confidence``.

    Properties are generated in this order, labels first: the label is then chosen before words can talk the model into
    another. Lengths are set so that an answer of English prose fits ``task.max_output_tokens``.
    """
    if task.skill in ("classify", "route"):
        return _labels_schema(task)
    if task.skill == "extract":
        return _records_schema(task)
    return None


def _labels_schema(task: Task) -> dict[str, Any]:
    most = min(MAX_LABELS, len(task.labels)) if task.multiple else 1
    longest = max(len(name) for name in task.label_names)
    # Around 12 tokens of JSON syntax, and at worst 2 characters a token for a quotation full of figures.
    spare = task.max_output_tokens - 12 - most * (longest // 3 + 2)
    return {
        "type": "object",
        "properties": {
            "labels": {
                "type": "array",
                "items": {"type": "string", "enum": list(task.label_names)},
                "minItems": 1,
                "maxItems": most,
            },
            "reason": {"type": "string", "maxLength": max(0, min(160, 2 * spare))},
        },
        "required": ["labels", "reason"],
        "additionalProperties": False,
        "x-guidance": _GUIDANCE,
    }


def _records_schema(task: Task) -> dict[str, Any]:
    # A short record takes some 6 tokens a field and its name, and 4 for the braces.
    most = 1 if task.single else max(1, min(64, task.max_output_tokens // (4 + 6 * len(task.fields))))
    return {
        "type": "object",
        "properties": {
            "items": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {field.name: _field_schema(field) for field in task.fields},
                    "required": [field.name for field in task.fields],
                    "additionalProperties": False,
                },
                "maxItems": most,
            }
        },
        "required": ["items"],
        "additionalProperties": False,
        "x-guidance": _GUIDANCE,
    }


def _field_schema(field: Field) -> dict[str, Any]:
    if field.values:
        return {"type": "string", "enum": list(field.values)}
    if field.format == "date":
        # Empty: the text does not say which day.
        return {"type": "string", "pattern": f"^({DATE_PATTERN}){'' if field.required else '?'}$"}
    return {"type": "string", **({"minLength": 1} if field.required else {}), "maxLength": MAX_VALUE_CHARACTERS}
