"""What is measured of the labels is kept, by model and prompt, and changes the confidence that is told."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from phi_support import TINY, make_task, run, tiny_engine

from models.engines.base import Request
from models.engines.calibration import CalibrationStore, measure_all
from models.engines.confidence import CONTENT_FREE, Calibration
from models.engines.model_folder import fingerprint
from models.engines.phi import PhiEngine
from models.skills.skill import Example

CASES = tuple(
    Example(text, labels=(label,))
    for text, label in (
        ("Thank you, a wonderful stay.", "good"), ("The room was dirty and cold.", "bad"),
        ("When do you open?", "other"), ("Lovely people, great food!", "good"), ("Never again.", "bad"),
        ("My address has changed.", "other"),
    )
)  # fmt: skip
TASK = replace(make_task("classify"), golden=CASES)
TEXT = "Dear Ms Varga, I was charged twice on 3 March 2026."


@pytest.fixture
def store(tmp_path: Path) -> CalibrationStore:
    return CalibrationStore(tmp_path / "data" / "calibration.json", "model")


@pytest.fixture
def engine(store: CalibrationStore) -> Iterator[PhiEngine]:
    engine = tiny_engine(calibrations=store)
    yield engine
    engine.close()


def test_the_first_answer_asks_how_the_model_leans_and_keeps_it(engine: PhiEngine, store: CalibrationStore) -> None:
    run(engine, Request(TASK, TEXT))
    known = store.get(TASK)
    assert known is not None
    assert not known.measured
    scores = engine.score(TASK, CONTENT_FREE, Event())
    assert scores is not None
    assert known.bias == scores.logs


def test_golden_cases_fit_a_temperature_that_the_next_answers_use(engine: PhiEngine, store: CalibrationStore) -> None:
    steps = list(measure_all(engine, iter([TASK]), store, Event()))
    assert [step.done for step in steps] == list(range(len(CASES) + 1))
    known = store.get(TASK)
    assert known is not None
    assert known.measured
    told = []
    for temperature in (0.05, 100.0):
        store.put(TASK, Calibration(known.bias, temperature, measured=True))
        told.append(json.loads(run(engine, Request(TASK, TEXT))[0]).get("confidence", 0.0))
    assert told[0] > told[1]


def test_stop_ends_the_measuring_and_keeps_nothing_half_done(engine: PhiEngine, store: CalibrationStore) -> None:
    cancel = Event()
    for step in measure_all(engine, iter([TASK]), store, cancel):
        if step.done == 2:
            cancel.set()
    assert store.get(TASK) is None


def test_what_is_kept_is_found_again_by_model_prompt_and_labels(tmp_path: Path) -> None:
    file = tmp_path / "calibration.json"
    found = Calibration((-1.0, -0.5, -2.0), 1.5, measured=True)
    CalibrationStore(file, "one").put(TASK, found)
    assert CalibrationStore(file, "one").get(TASK) == found
    assert CalibrationStore(file, "other").get(TASK) is None
    assert CalibrationStore(file, "one").get(replace(TASK, instructions="Do it well.")) is None
    assert CalibrationStore(file, "one").get(replace(TASK, labels=TASK.labels[:2])) is None


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff{", b"[]", b'{"version": 2, "entries": {}}', b'{"version": 1, "entries": {"a": 1}}',
     b'{"version": 1, "entries": {"a": {"bias": [NaN], "temperature": 0, "measured": 1}}}', b"[" * 100_000],
)  # fmt: skip
def test_a_file_that_is_no_use_is_measured_anew(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "calibration.json"
    file.write_bytes(content)
    store = CalibrationStore(file, "model")
    assert store.get(TASK) is None
    store.put(TASK, Calibration((0.0, 0.0, 0.0)))
    assert CalibrationStore(file, "model").get(TASK) == Calibration((0.0, 0.0, 0.0))


def test_a_disk_that_refuses_costs_nothing_but_the_memory_of_it(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    store = CalibrationStore(tmp_path / "data" / "calibration.json", "model")
    store.put(TASK, Calibration((0.0, 0.0, 0.0)))
    assert store.get(TASK) is not None


def test_nothing_of_any_text_is_in_the_file(engine: PhiEngine, store: CalibrationStore, tmp_path: Path) -> None:
    run(engine, Request(TASK, TEXT))
    content = (tmp_path / "data" / "calibration.json").read_text(encoding="utf-8")
    assert not any(word in content for word in ("Varga", "charged", "good", "Do it"))


def test_another_model_has_another_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "genai_config.json").write_bytes((TINY / "genai_config.json").read_bytes())
    (tmp_path / "model.onnx").write_bytes(b"another graph")
    assert fingerprint(tmp_path) != fingerprint(TINY) != ""
    assert fingerprint(TINY) == fingerprint(TINY)
    assert fingerprint(tmp_path / "none") == ""
