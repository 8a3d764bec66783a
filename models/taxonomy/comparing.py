"""What an edit of a pack changes: the golden cases before and after, case by case."""

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from models.engines.base import Chunk, Engine, Request
from models.engines.instant import by_rule
from models.errors import StrongroomError
from models.skills.answer import Answer, LabelAnswer, RecordsAnswer, TextAnswer
from models.skills.golden import passes
from models.skills.parsing import parse_answer
from models.skills.skill import Example, Task


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case: what was said before and after (labels, records in words, a text), and whether it was right."""

    case: Example
    before: tuple[str, ...]
    after: tuple[str, ...]
    right_before: bool
    right_after: bool

    @property
    def changed(self) -> bool:
        """Whether the edit turns a right answer wrong or a wrong one right."""
        return self.right_before != self.right_after


@dataclass(frozen=True, slots=True)
class Comparison:
    """All golden cases of the edited pack, before and after."""

    results: tuple[CaseResult, ...]

    @property
    def right_before(self) -> int:
        """Cases that were right."""
        return sum(result.right_before for result in self.results)

    @property
    def right_after(self) -> int:
        """Cases that are right with the edit."""
        return sum(result.right_after for result in self.results)

    @property
    def worse(self) -> tuple[CaseResult, ...]:
        """Cases that the edit turns wrong."""
        return tuple(result for result in self.results if result.right_before and not result.right_after)

    def sentence(self) -> str:
        """What the edit does, in one sentence."""
        if not self.results:
            return "This pack has no golden cases, so the change cannot be tested."
        better = self.right_after - self.right_before + len(self.worse)
        return (
            f"{self.right_after} of {len(self.results)} golden cases are right with this change, {self.right_before} "
            f"before: {better} better, {len(self.worse)} worse."
        )


def compare(before: Task | None, after: Task, engine: Engine[Request], cancel: threading.Event) -> Iterator[Comparison]:
    """Answer the golden cases of ``after`` with both versions, rules first; yields the comparison after each case.

    ``before`` is None for a new pack: nothing was right. A case whose answer fails counts as wrong.

    Raises:
        StrongroomError: the engine cannot work at all.
    """
    results: list[CaseResult] = []
    # One version after the other: an engine that learns a task keeps what it learnt while the task is the same.
    old_answers: list[tuple[tuple[str, ...], bool]] = []
    for case in after.golden:
        yield Comparison(())
        if cancel.is_set():
            return
        old_answers.append(_answer(before, case, engine, cancel) if before is not None else ((), False))
    yield Comparison(())
    for case, (old, old_right) in zip(after.golden, old_answers, strict=True):
        if cancel.is_set():
            return
        new, new_right = _answer(after, case, engine, cancel)
        results.append(CaseResult(case, old, new, old_right, new_right))
        yield Comparison(tuple(results))


def _answer(
    task: Task, case: Example, engine: Engine[Request], cancel: threading.Event
) -> tuple[tuple[str, ...], bool]:
    instant = by_rule(task, case.text)
    if instant is not None:
        raw = instant.chunk
    else:
        events = engine.run(Request(task, case.text), cancel)
        raw = "".join(event.text for event in events if isinstance(event, Chunk))
    try:
        answer = parse_answer(task, raw, case.text)
    except StrongroomError:
        return (), False
    return _said(answer), passes(task, case, answer)


def differ_in_words_only(first: Task, second: Task) -> bool:
    """Whether two versions differ in what Phi-4 Mini is told alone, which the starter engine does not read."""
    same = replace(
        first, instructions=second.instructions, name=second.name, description=second.description, golden=second.golden
    )
    return first.instructions != second.instructions and same == second


def expected(case: Example) -> tuple[str, ...]:
    """What would be right for a case, in the form in which answers are told."""
    if case.labels or case.records:
        return case.labels or tuple(_record(record.values()) for record in case.records)
    return case.must_include or ((case.answer,) if case.answer else ())


def _said(answer: Answer) -> tuple[str, ...]:
    if isinstance(answer, LabelAnswer):
        return answer.labels
    if isinstance(answer, TextAnswer):
        return (" ".join(answer.text.split()),)
    return tuple(_record(one.values.values()) for one in answer.records) if isinstance(answer, RecordsAnswer) else ()


def _record(values: Iterable[str]) -> str:
    return " · ".join(value for value in values if value)
