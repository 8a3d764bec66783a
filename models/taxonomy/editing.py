"""What a person changed in the editor, as a task: labels renamed everywhere, removed ones gone from every example."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.skills.skill import Example, Label, Task
from models.taxonomy.building import checked


@dataclass(frozen=True, slots=True)
class EditedLabel:
    """A label as edited. ``was`` is its name before, or "" for a new one."""

    was: str
    label: Label


def edited(task: Task, labels: Sequence[EditedLabel], examples: Sequence[Example]) -> Task:
    """``task`` with these labels and examples. ``examples`` carry the labels' names as they were.

    Golden cases and rules follow a renamed label; those of a removed one go.

    Raises:
        InputError: the result is no usable pack; the message says where.
    """
    names = {one.was: one.label.name for one in labels if one.was}
    names |= {one.label.name: one.label.name for one in labels if not one.was}
    kept = tuple(one.label for one in labels)
    changed = replace(
        task,
        labels=kept,
        decisive=names.get(task.decisive, ""),
        undecided=names.get(task.undecided, ""),
        examples=_renamed(examples, names),
        golden=_renamed(task.golden, names),
        rules=tuple(replace(rule, label=names[rule.label]) for rule in task.rules if rule.label in names),
    )
    return checked(changed, task.name)


def _renamed(cases: Sequence[Example], names: dict[str, str]) -> tuple[Example, ...]:
    renamed = []
    for case in cases:
        labels = tuple(dict.fromkeys(names[label] for label in case.labels if label in names))
        if labels and case.text.strip():
            renamed.append(replace(case, labels=labels, text=case.text.strip()))
    return tuple(renamed)
