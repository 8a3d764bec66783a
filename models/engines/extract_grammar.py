"""A grammar for an extraction in which values are copied from the document, so that none can be made up.

Only fields whose values stand in the text are held to it: the deciding field of the task, and those that every example
of the task copies. A value is a run of whole words of the document; once its beginning leaves only one word, the rest
of the word is not asked of the model.
"""

import json
import re
from collections.abc import Iterator

from models.engines.chat_tokens import readable
from models.skills.isodate import DATE_PATTERN
from models.skills.schema import MAX_VALUE_CHARACTERS, output_schema
from models.skills.skill import Field, Task
from models.skills.text import fold

_UNPARTED = r"\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
"""Scripts that do not part words: each letter may begin or end a value."""
_CHUNK = re.compile(rf"\d+(?:[.,:/\-]\d+)*|[{_UNPARTED}]|[^\W{_UNPARTED}]+|\s+|[^\w\s]")
_IN_SLASHES = DATE_PATTERN.replace("/", r"\/")
OPENING, CLOSING = '{"items":[', "]}"


def extraction_grammar(task: Task, document: str) -> str:
    """The grammar in llguidance's Lark dialect, of the answer in the form of ``models.skills.schema``."""
    schema = output_schema(task)
    assert schema is not None
    most = int(schema["properties"]["items"]["maxItems"])
    copied = copied_fields(task)
    fields = " ".join(
        f"{_literal((',' if number else '') + json.dumps(field.name) + ':')} {_value(field, field.name in copied)}"
        for number, field in enumerate(task.fields)
    )
    rest = f'("," item){{0,{most - 1}}}' if most > 1 else ""
    lines = [
        f"start: {_literal(OPENING)} (item {rest})? {_literal(CLOSING)}",
        f'item: "{{" {fields} "}}"',
        f"COPIED: %regex {json.dumps({'substring_chunks': list(_chunks(readable(document)))}, ensure_ascii=False)}",
        f"DATE: /({_IN_SLASHES})?/",
        f"text: %json {json.dumps({'type': 'string', 'maxLength': MAX_VALUE_CHARACTERS})}",
    ]
    if any(field.required for field in task.fields):
        least = {"type": "string", "minLength": 1, "maxLength": MAX_VALUE_CHARACTERS}
        lines += [f"REQUIRED_DATE: /{_IN_SLASHES}/", f"required_text: %json {json.dumps(least)}"]
    return "\n".join(lines)


def copied_fields(task: Task) -> frozenset[str]:
    """Names of the fields whose values are copied from the text."""
    names = {task.ground}
    for field in task.fields:
        values = [(record.get(field.name, ""), fold(case.text)) for case in task.examples for record in case.records]
        values = [(value, text) for value, text in values if value]
        if (
            field.format == "text"
            and not field.values
            and values
            and all(fold(value) in text for value, text in values)
        ):
            names.add(field.name)
    return frozenset(names)


def _value(field: Field, copied: bool) -> str:
    if copied:
        return '"\\"" COPIED "\\""'
    if field.values:
        return "(" + " | ".join(_literal(json.dumps(value, ensure_ascii=False)) for value in field.values) + ")"
    if field.format == "date":
        return '"\\"" REQUIRED_DATE "\\""' if field.required else '"\\"" DATE "\\""'
    return "required_text" if field.required else "text"


def _literal(text: str) -> str:
    """A text as a literal of the grammar."""
    return json.dumps(text, ensure_ascii=False)


def _chunks(document: str) -> Iterator[str]:
    """Words, figures and marks as they stand in a JSON text, white space as one space."""
    for match in _CHUNK.finditer(document):
        piece = match.group()
        yield " " if piece.isspace() else json.dumps(piece, ensure_ascii=False)[1:-1]
