"""Writes a task as a pack: the TOML that ``pack.task_from_pack`` reads, so that packs can be edited, kept, shared."""

import csv
import io
from typing import Any

from models.skills.skill import Example, Field, Label, Task


def pack_of(task: Task) -> dict[str, Any]:
    """The pack of a task, as ``tomllib`` would read it."""
    output: dict[str, Any] = {"max_tokens": task.max_output_tokens}
    if task.multiple:
        output["multiple"] = True
    if task.decisive:
        output["decisive"] = task.decisive
    if task.undecided:
        output["undecided"] = task.undecided
    if task.labels:
        output["labels"] = [_label(label) for label in task.labels]
    if task.fields:
        output["fields"] = [_field(field) for field in task.fields]
    if task.ground:
        output["ground"] = task.ground
    if task.single:
        output["single"] = True
    pack: dict[str, Any] = {
        "id": task.id,
        "skill": task.skill,
        "name": task.name,
        "description": task.description,
        "instructions": task.instructions,
    }
    if task.style:
        pack["style"] = task.style
    pack["output"] = output
    if task.rules:
        pack["rules"] = [
            _set(
                label=rule.label,
                contains=list(rule.contains),
                pattern=rule.pattern,
                sender=rule.sender,
                amount_over=rule.amount_over,
            )
            for rule in task.rules
        ]
    pack["examples"] = [_example(task, example) for example in task.examples]
    if task.golden:
        pack["golden"] = [_example(task, case) for case in task.golden]
    return pack


def pack_text(task: Task) -> str:
    """The pack of a task as TOML."""
    import tomli_w

    return tomli_w.dumps(pack_of(task), multiline_strings=False)


def examples_csv(task: Task) -> str:
    """The examples of a task with labels as CSV (text, label); what a spreadsheet would compute is quoted by "'"."""
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(["text", "label"])
    for example in task.examples:
        text = f"'{example.text}" if example.text[:1] in "=+-@\t\r" else example.text
        table.writerow([text, "|".join(example.labels)])
    return out.getvalue()


def _set(**values: Any) -> dict[str, Any]:
    """What is set: not "", not an empty list, not None."""
    return {key: value for key, value in values.items() if value not in ("", [], None)}


def _label(label: Label) -> dict[str, Any]:
    return _set(name=label.name, meaning=label.meaning, aliases=list(label.aliases), group=label.group)


def _field(field: Field) -> dict[str, Any]:
    form = "date" if field.format == "date" else ""
    written = _set(name=field.name, description=field.description, format=form, values=list(field.values))
    return written | ({"required": True} if field.required else {})


def _example(task: Task, example: Example) -> dict[str, Any]:
    written: dict[str, Any] = {"text": example.text}
    if task.skill in ("classify", "route"):
        written["labels"] = list(example.labels)
    elif task.skill == "extract":
        written["records"] = [{key: value for key, value in record.items() if value} for record in example.records]
    else:
        written |= _set(answer=example.answer, must_include=list(example.must_include))
    return written
