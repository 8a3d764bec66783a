"""What the packs that ship promise beyond being valid."""

import json
from pathlib import Path

import pytest

from models.skills.golden import passes
from models.skills.loader import load_packs
from models.skills.parsing import parse_answer
from models.skills.skill import Task
from models.skills.text import fold

RESOURCES = Path(__file__).parents[3] / "resources" / "skills"
TASKS = load_packs(RESOURCES).tasks
LABELLED = [task for task in TASKS if task.skill in ("classify", "route")]

every_task = pytest.mark.parametrize("task", TASKS, ids=lambda task: task.id)
every_labelled = pytest.mark.parametrize("task", LABELLED, ids=lambda task: task.id)


@every_task
def test_no_golden_case_is_an_example(task: Task) -> None:
    examples = {fold(example.text) for example in task.examples}
    assert not any(fold(case.text) in examples for case in task.golden)


@every_labelled
def test_each_label_has_a_dozen_examples_and_two_golden_cases(task: Task) -> None:
    for name in task.label_names:
        assert sum(example.labels[0] == name for example in task.examples) >= 12, name
        assert sum(case.labels[0] == name for case in task.golden) >= 2, name


@every_labelled
def test_no_label_starts_with_the_word_that_starts_another(task: Task) -> None:
    # The confidence of a language model is read off the first token of a label.
    words = [fold(name).split()[0] for name in task.label_names]
    assert len(set(words)) == len(words)


def test_sentiment_has_forty_examples_of_both_poles() -> None:
    task = next(task for task in TASKS if task.id == "T01")
    for name in ("positive", "negative"):
        assert sum(example.labels == (name,) for example in task.examples) >= 40


@every_task
def test_an_engine_that_gives_the_golden_answer_passes(task: Task) -> None:
    for case in task.golden:
        if task.skill in ("classify", "route"):
            raw = json.dumps({"labels": list(case.labels), "reason": ""})
        elif task.skill == "extract":
            raw = json.dumps({"items": [dict(record) for record in case.records]})
        else:
            raw = case.answer or " ".join(case.must_include)
        assert passes(task, case, parse_answer(task, raw, case.text))
