"""The starter engine passes the golden cases of the packs that ship, by measure, not by luck."""

import datetime
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.engines.base import Chunk, Request
from models.engines.starter.engine import StarterEngine
from models.pii.analyzer import Analyzer
from models.pii.registry import default_recognizers
from models.skills.golden import passes
from models.skills.loader import load_packs
from models.skills.parsing import parse_answer
from models.skills.skill import Task

RESOURCES = Path(__file__).resolve().parents[4] / "resources"
PACKS = load_packs(RESOURCES / "skills")
MEASURED = [task for task in PACKS.tasks if task.skill in ("classify", "extract", "route")]
ENOUGH = 0.8


@pytest.fixture(scope="module")
def engine() -> Iterator[StarterEngine]:
    engine = StarterEngine(Analyzer(default_recognizers()), RESOURCES)
    yield engine
    engine.close()


@pytest.mark.parametrize("task", MEASURED, ids=lambda task: task.id)
def test_golden_cases_pass(engine: StarterEngine, task: Task) -> None:
    failed = []
    for number, case in enumerate(task.golden):
        request = Request(task, case.text, today=datetime.date(2026, 11, 20))
        events = engine.run(request, threading.Event())
        raw = "".join(event.text for event in events if isinstance(event, Chunk))
        if not passes(task, case, parse_answer(task, raw, case.text)):
            failed.append(number)
    assert len(failed) <= (1 - ENOUGH) * len(task.golden) + 1e-9, f"golden cases that failed: {failed}"
