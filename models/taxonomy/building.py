"""Turns labelled texts into a task, or adds them to one: what a table would change, and the changed task."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.engines.starter.few_shot import words_of
from models.errors import InputError
from models.skills.loader import MAX_PACK_BYTES
from models.skills.pack import MIN_EXAMPLES_A_LABEL, BadKey, task_from_pack
from models.skills.pack_writer import pack_of, pack_text
from models.skills.pattern_speed import speed_problem
from models.skills.skill import Example, Field, Label, SkillName, Task
from models.skills.text import fold
from models.taxonomy.labelled import Clash, Labelled

ANSWER_TOKENS = 64
"""Output budget of a classify or route task: a label and a short reason."""
CHOOSE = "Judge what the text is about on the whole, and choose the label whose examples are most like it."


@dataclass(frozen=True, slots=True)
class Plan:
    """What adding a table to a task does; ``task`` is the result, not yet kept anywhere."""

    task: Task
    added: int
    known: tuple[int, ...]
    """Rows that stand in the task already."""
    clashes: tuple[Clash, ...]
    """Rows whose text stands in the task under other labels; they are left out."""
    golden: tuple[int, ...]
    """Rows whose text is a golden case; they are left out, since what tests must not teach."""
    new_labels: tuple[str, ...]


def plan_import(labelled: Labelled, task: Task) -> Plan:
    """What ``task`` becomes with the examples of a table. Texts of no label are passed over: a pack has none.

    Raises:
        InputError: the task has no labels to add to, or the result would be no usable pack.
    """
    if task.skill not in ("classify", "route"):
        raise InputError(
            "This task has no labels",
            f"Examples with labels can be added to classify and route tasks; {task.id} is of another kind. Nothing was "
            "changed. Choose another task.",
        )
    taught = {fold(example.text): example for example in task.examples}
    tested = {fold(case.text) for case in task.golden}
    added: list[Example] = []
    known: list[int] = []
    golden: list[int] = []
    clashes: list[Clash] = []
    names = {fold(name): label.name for label in task.labels for name in (*label.aliases, label.name)}
    for text in labelled.texts:
        if not text.labels:
            continue
        own = tuple(dict.fromkeys(names.get(fold(label), label) for label in text.labels))
        there = taught.get(fold(text.text))
        if fold(text.text) in tested:
            golden.append(text.row)
        elif there is None:
            added.append(Example(text.text, own))
        elif set(there.labels) == set(own):
            known.append(text.row)
        else:
            clashes.append(Clash((text.row,), (*own, *there.labels)))
    fresh = [label for example in added for label in example.labels if label not in task.label_names]
    new = tuple(dict.fromkeys(fresh))
    labels = (*task.labels, *(Label(name, words_of(name) or name) for name in new))
    changed = checked(replace(task, labels=labels, examples=(*task.examples, *added)), labelled.file)
    return Plan(changed, len(added), tuple(known), tuple(clashes), tuple(golden), new)


def new_task(labelled: Labelled, task_id: str, name: str, skill: SkillName = "classify") -> Plan:
    """A task of its own out of a table.

    Raises:
        InputError: the id cannot be one, or the table does not make a usable pack.
    """
    multiple = any(len(text.labels) > 1 for text in labelled.texts)
    empty = Task(
        id=task_id,
        skill=skill,
        name=name,
        description=f"Says which of {len(labelled.labels)} labels a text belongs to.",
        instructions=CHOOSE,
        max_output_tokens=ANSWER_TOKENS,
        examples=(),
        golden=(),
        multiple=multiple,
    )
    return plan_import(labelled, empty)


_BEGINNINGS: dict[SkillName, tuple[str, str, int]] = {
    "extract": (
        "Finds the fields that you named.",
        "Give each field its value, copied exactly as it stands in the text. Leave a field empty where the text has "
        "none.",
        600,
    ),
    "classify": ("Says which label a text belongs to.", CHOOSE, ANSWER_TOKENS),
    "route": ("Says which queue a text belongs to.", CHOOSE, ANSWER_TOKENS),
    "summarize": (
        "Summarizes a text in your way.",
        "Summarize the text in a few sentences. Use only what it says: names, dates and figures as they stand there.",
        400,
    ),
    "draft": (
        "Writes a text from what you give it.",
        "Write the text that is asked for, from what is given and nothing else. Be short and polite.",
        400,
    ),
}
"""Description, instructions and output budget that a new task begins with."""


def empty_task(task_id: str, name: str, skill: SkillName) -> Task:
    """A task to be filled in; it is no usable pack yet, since it has no example."""
    description, instructions, tokens = _BEGINNINGS[skill]
    extracts = skill == "extract"
    return Task(
        id=task_id,
        skill=skill,
        name=name,
        description=description,
        instructions=instructions,
        max_output_tokens=tokens,
        examples=(),
        golden=(),
        fields=(Field("value", "what to find"),) if extracts else (),
        ground="value" if extracts else "",
        style="article" if skill == "summarize" else "",
        single=extracts,
    )


def task_id_from(name: str) -> str:
    """An id made of a name: letters, digits and dashes."""
    return re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-").lower()[:32] or "own"


def checked(task: Task, source: str) -> Task:
    """The task as its pack would be read again, so that nothing is kept that cannot be loaded, nor is a slow pattern.

    Raises:
        InputError: what is wrong, with ``source`` and the key of the pack.
    """
    try:
        result = task_from_pack(pack_of(task), shipped=False)
    except BadKey as error:
        few = _few(task)
        raise _unusable(source, few or f"{in_words(error.key)}: {error.problem}") from error
    for number, rule in enumerate(result.rules, start=1):
        if rule.pattern and (problem := speed_problem(rule.pattern)):
            raise _unusable(source, f"rule {number}, pattern: {problem}")
    size = len(pack_text(result).encode())
    if size > MAX_PACK_BYTES:
        raise InputError(
            "The pack would be too large",
            f"{source}: with these examples the pack of {task.id} would have {size // 1000:,} kB, "
            f"{MAX_PACK_BYTES // 1000:,} kB are the most. Nothing was kept. Add fewer or shorter examples.",
        )
    return result


_PARTS = {"rules": "rule", "golden": "golden case", "examples": "example", "labels": "label", "queues": "label"}
_PARTS |= {"fields": "field", "records": "record", "aliases": "other name", "contains": "words", "values": "choice"}
_PARTS |= {"amount_over": "amount", "ground": "the field that must stand in the text"}


def in_words(key: str) -> str:
    """A key of a pack as a person would say it: "rules[1].pattern" is "rule 2, pattern"."""
    parts = re.findall(r"(\w+)(?:\[(\d+)\])?", key.removeprefix("output."))
    return ", ".join(_PARTS.get(name, name) + (f" {int(number) + 1}" if number else "") for name, number in parts)


def _unusable(source: str, problem: str) -> InputError:
    return InputError("That makes no usable pack", f"{source}: {problem}. Nothing was kept. Correct it and try again.")


def _few(task: Task) -> str:
    """The labels that have too few examples, in words, or ""."""
    few: Sequence[str] = [
        name
        for name in task.label_names
        if sum(name in example.labels for example in task.examples) < MIN_EXAMPLES_A_LABEL
    ]
    if not few or not task.label_names:
        return ""
    names = ", ".join(f"“{name}”" for name in few[:5]) + (f" and {len(few) - 5} more" if len(few) > 5 else "")
    return f"each label needs at least {MIN_EXAMPLES_A_LABEL} examples; fewer have {names}"
