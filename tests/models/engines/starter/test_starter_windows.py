"""Long texts are read in windows: nothing is lost at the seams, the answer streams, Stop is heard."""

import datetime
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.engines.base import Chunk, EngineEvent, Finished, FinishReason, Progress, Request
from models.engines.starter.dates import find_dates
from models.engines.starter.engine import StarterEngine
from models.engines.starter.windows import CORE, windows
from models.pii.analyzer import Analyzer
from models.pii.registry import default_recognizers
from models.skills.loader import load_packs
from models.skills.parsing import parse_answer

RESOURCES = Path(__file__).resolve().parents[4] / "resources"
PACKS = load_packs(RESOURCES / "skills")
TODAY = datetime.date(2026, 11, 20)
PARAGRAPH = (
    "On {day} March 2025 we paid invoice no. INV-{n} over EUR {n}.50 to Ms Ada Ruiz{n} of Harbour Tools Ltd.\n{gap}"
)


@pytest.fixture(scope="module")
def engine() -> Iterator[StarterEngine]:
    engine = StarterEngine(Analyzer(default_recognizers()), RESOURCES)
    yield engine
    engine.close()


def long_text(paragraphs: int, gap: str = "\n") -> str:
    return "".join(PARAGRAPH.format(day=n % 28 + 1, n=1000 + n, gap=gap) for n in range(paragraphs))


def items(events: list[EngineEvent]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads("".join(event.text for event in events if isinstance(event, Chunk)))[
        "items"
    ]
    return found


@given(st.text(alphabet="ab \n", max_size=2000), st.integers(10, 300))
@settings(max_examples=200)
def test_cores_are_the_whole_text(text: str, core: int) -> None:
    parts = list(windows(text, core))
    assert "".join(text[part.core_begin : part.core_end] for part in parts) == text
    assert all(part.begin <= part.core_begin <= part.core_end <= part.end <= len(text) for part in parts)
    assert all(part.core_end - part.core_begin <= core for part in parts)


def test_a_window_ends_between_paragraphs() -> None:
    text = "A paragraph of some length.\n\n" * 40
    assert all(text[: part.core_end].endswith("\n\n") for part in windows(text, 300))


@pytest.mark.parametrize("gap", ["\n", "", " "])
def test_every_date_and_code_of_a_long_text_is_found_once(engine: StarterEngine, gap: str) -> None:
    text = long_text(1200, gap)
    assert len(text) > 4 * CORE
    dates = items(list(engine.run(Request(PACKS.get("T06"), text, today=TODAY), threading.Event())))
    assert len(dates) == 1200
    found = items(list(engine.run(Request(PACKS.get("T04"), text, today=TODAY), threading.Event())))
    codes = [item for item in found if any(value.startswith("INV-") for value in item.values())]
    assert len(codes) == 1200
    assert len({json.dumps(item) for item in found}) == len(found)


def test_the_order_of_numeric_dates_is_that_of_the_whole_document(engine: StarterEngine) -> None:
    text = "Paid on 03/04/2024.\n\n" + "Nothing else happened on that day.\n\n" * 2000 + "Paid on 25/12/2024.\n"
    text += "The ZIP code is missing.\n"
    events = list(engine.run(Request(PACKS.get("T06"), text, today=TODAY), threading.Event()))
    assert "2024-04-03" in items(events)[0].values()


def test_a_part_takes_the_year_of_the_part_before_it() -> None:
    assert [date.iso for date in find_dates("Then, on 5 May, it ended.", TODAY, order="day", year=1999)] == [
        "1999-05-05"
    ]


def test_a_long_extraction_streams_and_reports_progress(engine: StarterEngine) -> None:
    events = list(engine.run(Request(PACKS.get("T04"), long_text(1200), today=TODAY), threading.Event()))
    assert sum(isinstance(event, Chunk) for event in events) > 4
    steps = [event for event in events if isinstance(event, Progress) and event.total]
    assert steps[-1].done == steps[-1].total
    finished = events[-1]
    assert isinstance(finished, Finished)
    assert finished.reason is FinishReason.STOP


@pytest.mark.parametrize("task_id", ["T04", "T05", "T06", "T07", "T08", "T09", "T14"])
def test_stop_is_heard_while_rules_read(engine: StarterEngine, task_id: str) -> None:
    class StopsAtTheTenthLook(threading.Event):
        looks = 0

        def is_set(self) -> bool:
            self.looks += 1
            return self.looks >= 10

    cancel = StopsAtTheTenthLook()
    events = list(engine.run(Request(PACKS.get(task_id), long_text(4000), today=TODAY), cancel))
    finished = events[-1]
    assert isinstance(finished, Finished)
    assert finished.reason is FinishReason.CANCELLED
    assert cancel.looks < 20


def test_a_text_without_findings_is_an_empty_answer(engine: StarterEngine) -> None:
    text = "Nothing here.\n" * 10_000
    task = PACKS.get("T04")
    raw = "".join(e.text for e in engine.run(Request(task, text), threading.Event()) if isinstance(e, Chunk))
    assert parse_answer(task, raw, text).records == ()


def test_after_warming_up_nothing_is_loaded_or_learnt(engine: StarterEngine) -> None:
    task = PACKS.get("T15")
    fresh = StarterEngine(Analyzer(()), RESOURCES)
    try:
        threads = [threading.Thread(target=fresh.warm_up, args=([task, PACKS.get("T04")],)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        events = list(fresh.run(Request(task, "The charger is on fire."), threading.Event()))
    finally:
        fresh.close()
    assert not any(isinstance(event, Progress) and event.stage == "load" for event in events)


def test_warming_up_without_a_model_is_left_to_the_first_run_to_tell(tmp_path: Path) -> None:
    engine = StarterEngine(Analyzer(()), tmp_path)
    engine.warm_up(PACKS.tasks)
    assert not engine._embedder.loaded
