"""What a person changed in the editor, as a task: what is renamed is renamed everywhere, what is removed is gone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.errors import InputError
from models.skills.answer import Answer, LabelAnswer, RecordsAnswer, TextAnswer
from models.skills.rules import Rule
from models.skills.skill import Example, Field, Label, Task
from models.taxonomy.building import checked


def case_of(text: str, answer: Answer) -> Example:
    """A text with the answer that it got, as a case to be looked at and put right."""
    if isinstance(answer, LabelAnswer):
        return Example(text, answer.labels)
    if isinstance(answer, RecordsAnswer):
        rows = ({name: value for name, value in one.values.items() if value} for one in answer.records)
        return Example(text, records=tuple(row for row in rows if row))
    return Example(text, answer=answer.text if isinstance(answer, TextAnswer) else "")


@dataclass(frozen=True, slots=True)
class EditedLabel:
    """A label as edited. ``was`` is its name before, or "" for a new one."""

    was: str
    label: Label


@dataclass(frozen=True, slots=True)
class EditedField:
    """A field as edited. ``was`` is its name before, or "" for a new one."""

    was: str
    field: Field


@dataclass(frozen=True, slots=True)
class Edit:
    """Everything that the editor holds of one task. Examples, cases and rules may carry names as they were.

    ``rules``, ``golden`` and ``instructions`` are None where they are those of the task.
    """

    labels: Sequence[EditedLabel] = ()
    examples: Sequence[Example] = ()
    rules: Sequence[Rule] | None = None
    golden: Sequence[Example] | None = None
    fields: Sequence[EditedField] = ()
    ground: str = ""
    single: bool = False
    instructions: str | None = None

    def applied(self, task: Task) -> Task:
        """The changed task. May take a second: patterns are tried out.

        Raises:
            InputError: the result is no usable pack; the message says where.
        """
        golden = task.golden if self.golden is None else tuple(self.golden)
        if self.instructions is not None:
            task = replace(task, instructions=self.instructions.strip())
        if task.skill in ("summarize", "draft"):
            return checked(replace(task, examples=tuple(self.examples), golden=golden), task.name)
        if task.skill == "extract":
            if not any(self.ground == (one.was or one.field.name) for one in self.fields):
                raise InputError(
                    "No field must stand in the text",
                    "One field must be chosen whose value stands in the text word for word: it says where a record was "
                    "found. Nothing was kept. Choose it under the fields.",
                )
            names = _Names([field.name for field in task.fields], [(one.was, one.field.name) for one in self.fields])
            return checked(
                replace(
                    task,
                    fields=tuple(one.field for one in self.fields),
                    ground=names.now(self.ground) or "",
                    single=self.single,
                    examples=_with_fields(self.examples, names),
                    golden=_with_fields(golden, names),
                ),
                task.name,
            )
        names = _Names(task.label_names, [(one.was, one.label.name) for one in self.labels])
        rules = task.rules if self.rules is None else self.rules
        return checked(
            replace(
                task,
                labels=tuple(one.label for one in self.labels),
                decisive=names.now(task.decisive) or "",
                undecided=names.now(task.undecided) or "",
                examples=_with_labels(self.examples, names),
                golden=_with_labels(golden, names),
                rules=tuple(replace(rule, label=now) for rule in rules if (now := names.now(rule.label)) is not None),
            ),
            task.name,
        )

    def renamed(self, task: Task) -> Task:
        """``task`` as it is kept, under the names of the edit: what a change is compared with."""
        if task.skill in ("summarize", "draft"):
            return task
        if task.skill == "extract":
            own = {one.was: one.field.name for one in self.fields}
            kept = [(field.name, own.get(field.name, field.name)) for field in task.fields]
            names = _Names([field.name for field in task.fields], kept)
            return replace(
                task,
                fields=tuple(replace(field, name=now) for field, (_, now) in zip(task.fields, kept, strict=True)),
                ground=names.now(task.ground) or "",
                examples=_with_fields(task.examples, names),
            )
        own = {one.was: one.label.name for one in self.labels}
        kept = [(name, own.get(name, name)) for name in task.label_names]
        names = _Names(task.label_names, kept)
        return replace(
            task,
            labels=tuple(replace(label, name=now) for label, (_, now) in zip(task.labels, kept, strict=True)),
            decisive=names.now(task.decisive) or "",
            undecided=names.now(task.undecided) or "",
            examples=_with_labels(task.examples, names),
            rules=tuple(replace(rule, label=names.now(rule.label) or "") for rule in task.rules),
        )


class _Names:
    """What became of names. ``pairs`` are (name before, or "" for something new; name now)."""

    def __init__(self, before: Sequence[str], pairs: Sequence[tuple[str, str]]) -> None:
        self._before = frozenset(before)
        self._now = {now: now for was, now in pairs if not was} | {was: now for was, now in pairs if was}

    def now(self, name: str) -> str | None:
        """The name that stands now; None if it was removed. One that is neither stays, for whoever checks to see."""
        return self._now.get(name) if name in self._before else name


def _with_labels(cases: Sequence[Example], names: _Names) -> tuple[Example, ...]:
    changed = []
    for case in cases:
        labels = tuple(dict.fromkeys(now for label in case.labels if (now := names.now(label)) is not None))
        if case.text.strip() and (labels or not case.labels):
            changed.append(replace(case, labels=labels, text=case.text.strip()))
    return tuple(changed)


def _with_fields(cases: Sequence[Example], names: _Names) -> tuple[Example, ...]:
    """Cases whose records have the fields' names as they are now; a record of nothing goes."""
    changed = []
    for case in cases:
        records = [
            {now: value for name, value in record.items() if value and (now := names.now(name)) is not None}
            for record in case.records
        ]
        if case.text.strip():
            changed.append(replace(case, text=case.text.strip(), records=tuple(record for record in records if record)))
    return tuple(changed)
