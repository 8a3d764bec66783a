"""Tables that become tasks or are added to them, and what an edit does to the golden cases."""

import threading
from collections.abc import Iterator

import pytest

from models.engines.base import Chunk, EngineEvent, EngineName, Finished, FinishReason, Request, Usage
from models.errors import InputError
from models.skills.skill import Example, Label, Task
from models.taxonomy.building import new_task, plan_import, task_id_from
from models.taxonomy.comparing import compare
from models.taxonomy.labelled import Labelled, LabelledText

TASK = Task(
    id="own",
    skill="classify",
    name="Own",
    description="Own.",
    instructions="Choose.",
    max_output_tokens=64,
    examples=tuple(Example(f"{label} {n}", (label,)) for label in ("red", "blue") for n in range(2)),
    golden=(Example("tested", ("red",)), Example("also tested", ("blue",))),
    labels=(Label("red", "warm", ("crimson",)), Label("blue", "cold")),
)


def labelled(*rows: tuple[str, str]) -> Labelled:
    return Labelled("a.csv", tuple(LabelledText(text, (label,), row) for row, (text, label) in enumerate(rows, 2)))


def test_examples_are_added_and_the_rest_is_told() -> None:
    plan = plan_import(
        labelled(("new", "red"), ("RED 0", "red"), ("blue 1", "red"), ("tested", "red"), ("wine", "Crimson")), TASK
    )
    assert plan.added == 2
    assert plan.known == (3,)
    assert [clash.rows for clash in plan.clashes] == [(4,)]
    assert plan.golden == (5,)
    assert [example.labels for example in plan.task.examples[-2:]] == [("red",), ("red",)]
    assert plan.task.golden == TASK.golden


def test_new_labels_come_with_their_name_as_meaning() -> None:
    plan = plan_import(labelled(("a", "dark_green"), ("b", "dark_green")), TASK)
    assert plan.new_labels == ("dark_green",)
    assert plan.task.labels[-1] == Label("dark_green", "dark green")


def test_a_new_label_with_one_example_is_refused_by_name() -> None:
    with pytest.raises(InputError, match=r"a\.csv: each label needs at least 2 examples; fewer have “green”"):
        plan_import(labelled(("a", "green")), TASK)


def test_a_table_makes_a_task_of_its_own() -> None:
    plan = new_task(labelled(("a", "x"), ("b", "x"), ("c", "y"), ("d", "y")), "shop", "Shop mail", "route")
    assert (plan.task.id, plan.task.name, plan.task.skill) == ("shop", "Shop mail", "route")
    assert plan.task.label_names == ("x", "y")
    assert plan.added == 4


def test_one_label_makes_no_task() -> None:
    with pytest.raises(InputError, match="at least two labels"):
        new_task(labelled(("a", "x"), ("b", "x")), "shop", "Shop")


def test_a_task_without_labels_takes_no_examples() -> None:
    with pytest.raises(InputError, match="This task has no labels"):
        plan_import(labelled(("a", "x")), Task("T08", "summarize", "n", "d", "i", 64, (), ()))


def test_a_pack_that_would_be_too_large_is_refused() -> None:
    rows = [(f"{n} {'long ' * 3000}", "red") for n in range(80)]
    with pytest.raises(InputError, match=r"would have 1,2\d\d kB, 1,000 kB are the most"):
        plan_import(labelled(*rows), TASK)


@pytest.mark.parametrize(
    ("name", "task_id"), [("My mail 2026.csv", "my-mail-2026-csv"), ("…", "own"), ("a" * 40, "a" * 32)]
)
def test_an_id_is_made_of_a_name(name: str, task_id: str) -> None:
    assert task_id_from(name) == task_id


class FirstLabel:
    """Answers with the first label of the task."""

    name: EngineName = "starter"

    def run(self, request: Request, cancel: threading.Event) -> Iterator[EngineEvent]:
        yield Chunk(f'{{"labels": ["{request.task.labels[0].name}"], "reason": ""}}')
        yield Finished(FinishReason.STOP, Usage(), "first")

    def close(self) -> None: ...


def test_an_edit_is_compared_case_by_case() -> None:
    from dataclasses import replace

    edited = replace(TASK, labels=TASK.labels[::-1])
    *_, comparison = compare(TASK, edited, FirstLabel(), threading.Event())
    assert (comparison.right_before, comparison.right_after) == (1, 1)
    assert [result.case.text for result in comparison.worse] == ["tested"]
    assert comparison.sentence() == ("1 of 2 golden cases are right with this change, 1 before: 1 better, 1 worse.")


def test_a_new_pack_has_nothing_right_before() -> None:
    *_, comparison = compare(None, TASK, FirstLabel(), threading.Event())
    assert (comparison.right_before, comparison.right_after, comparison.worse) == (0, 1, ())


def test_a_comparison_stops_when_asked() -> None:
    cancel = threading.Event()
    steps = compare(TASK, TASK, FirstLabel(), cancel)
    next(steps)
    cancel.set()
    assert list(steps) == []
