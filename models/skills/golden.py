"""Says whether an answer passes a golden case of its task."""

from collections import Counter
from collections.abc import Iterable, Mapping

from models.skills.answer import Answer, LabelAnswer, RecordsAnswer, TextAnswer
from models.skills.skill import Example, Task
from models.skills.text import fold

PASSING_F1 = 0.8
"""F1 of records from which an extraction passes."""


def passes(task: Task, case: Example, answer: Answer) -> bool:
    """Whether ``answer`` is right for ``case``.

    Labels: the same set. Records: F1 of at least ``PASSING_F1``. Text: not empty, and every ``must_include`` is in it,
    compared without case and with white space collapsed. An answer of another kind than the task's does not pass.
    """
    if task.skill in ("classify", "route"):
        return isinstance(answer, LabelAnswer) and set(answer.labels) == set(case.labels)
    if task.skill == "extract":
        if not isinstance(answer, RecordsAnswer):
            return False
        return records_f1(task, case.records, [record.values for record in answer.records]) >= PASSING_F1
    if not isinstance(answer, TextAnswer) or not answer.text.strip():
        return False
    text = fold(answer.text)
    return all(fold(words) in text for words in case.must_include)


def records_f1(task: Task, expected: Iterable[Mapping[str, str]], found: Iterable[Mapping[str, str]]) -> float:
    """F1 (0 to 1) of extracted records; a record counts when all its fields are equal after folding.

    Records are counted with their number of occurrences. Nothing expected and nothing found is 1.
    """
    right, given = _folded(task, expected), _folded(task, found)
    total = right.total() + given.total()
    return 1.0 if total == 0 else 2 * (right & given).total() / total


def _folded(task: Task, records: Iterable[Mapping[str, str]]) -> Counter[tuple[str, ...]]:
    return Counter(tuple(fold(record.get(field.name, "")) for field in task.fields) for record in records)
