"""How many threads are fastest is measured when nobody waits, once a model and machine, and given up for any run."""

import math
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import psutil
import pytest
from phi_support import SECONDS, TINY, make_task, run, tiny_engine

from models.engines import idle_threads, thread_calibration
from models.engines.base import Request
from models.engines.idle_threads import IdleMeasurement, ThreadCounts
from models.engines.phi import PhiEngine

REQUEST = Request(make_task("classify"), "Dear Ms Varga, I was charged twice on 3 March 2026.")


@pytest.fixture
def counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ThreadCounts:
    """Nothing measured yet, on a machine of which nobody asks whether it is busy, with two numbers to try."""
    monkeypatch.setattr(thread_calibration, "BUSY", math.inf)
    monkeypatch.setattr(idle_threads, "candidates", lambda: (1, 2))
    monkeypatch.setattr(idle_threads, "_on_battery", lambda: False)
    return ThreadCounts(tmp_path / "data" / "threads.json")


@pytest.fixture
def engine(counts: ThreadCounts, monkeypatch: pytest.MonkeyPatch) -> Iterator[PhiEngine]:
    """An engine that measures a moment after each run."""
    monkeypatch.setattr(idle_threads, "WAIT", 0.05)
    engine = tiny_engine(threads=0, thread_counts=counts)
    yield engine
    engine.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "threads"]


def wait_until(true: Callable[[], object]) -> None:
    pause = Event()
    for _ in range(int(SECONDS / 0.02)):
        if true():
            return
        pause.wait(0.02)
    raise AssertionError("it did not happen")


def workers(engine: PhiEngine) -> set[int]:
    """Processes in which a model lives beside the engine's own."""
    children = psutil.Process().children(recursive=True)
    found = {child.pid for child in children if "resource_tracker" not in " ".join(child.cmdline())}
    return found - {engine.worker_pid}


def test_the_number_of_threads_is_measured_in_idle_time_and_kept(engine: PhiEngine, counts: ThreadCounts) -> None:
    assert counts.get(TINY) == 0
    run(engine, REQUEST)
    wait_until(lambda: counts.get(TINY))
    assert counts.get(TINY) in (1, 2)
    wait_until(lambda: not workers(engine))
    assert IdleMeasurement(counts, TINY).threads() == counts.get(TINY)


def test_a_run_ends_a_measurement_and_the_next_idle_time_begins_it_anew(
    engine: PhiEngine, counts: ThreadCounts
) -> None:
    answer = run(engine, REQUEST)[0]
    wait_until(lambda: workers(engine))
    assert run(engine, REQUEST)[0] == answer
    wait_until(lambda: counts.get(TINY))


def test_closing_the_engine_ends_a_measurement(engine: PhiEngine) -> None:
    run(engine, REQUEST)
    wait_until(lambda: workers(engine))
    engine.close()
    assert not workers(engine)


def test_another_engine_s_run_ends_a_measurement(engine: PhiEngine, counts: ThreadCounts) -> None:
    run(engine, REQUEST)
    wait_until(lambda: workers(engine))
    engine.step_back()
    wait_until(lambda: not workers(engine))
    assert counts.get(TINY) == 0


def test_a_measurement_whose_worker_is_killed_says_nothing_and_costs_nothing(
    engine: PhiEngine, counts: ThreadCounts
) -> None:
    answer = run(engine, REQUEST)[0]
    wait_until(lambda: workers(engine))
    for pid in workers(engine):
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: counts.get(TINY))  # another try, after a while
    assert run(engine, REQUEST)[0] == answer


def test_a_number_that_the_person_chose_is_not_measured(counts: ThreadCounts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idle_threads, "WAIT", 0.0)
    engine = tiny_engine(threads=1, thread_counts=counts)
    run(engine, REQUEST)
    assert not [thread for thread in threading.enumerate() if thread.name == "threads"]
    engine.close()


def test_what_was_measured_does_not_hold_for_another_machine(
    counts: ThreadCounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts.put(TINY, 2)
    assert counts.get(TINY) == 2
    with monkeypatch.context() as patch:
        patch.setattr(idle_threads, "machine", lambda: "another processor")
        assert counts.get(TINY) == 0
    with monkeypatch.context() as patch:
        patch.setattr(idle_threads, "physical_cores", lambda: 64)
        assert counts.get(TINY) == 0
    assert counts.get(TINY) == 2


@pytest.mark.parametrize("content", [b"", b"[]", b'{"a": "b"}', b'{"a": -1}', b"[" * 100_000, b"\xff"])
def test_a_file_that_cannot_be_read_counts_as_nothing_measured(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "threads.json"
    file.write_bytes(content)
    counts = ThreadCounts(file)
    assert counts.get(TINY) == 0
    counts.put(TINY, 3)
    assert counts.get(TINY) == 3


def test_a_file_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(b"")
    ThreadCounts(tmp_path / "data" / "threads.json").put(TINY, 3)
    assert (tmp_path / "data").read_bytes() == b""


def test_a_machine_on_its_battery_and_one_without_memory_are_left_alone(
    counts: ThreadCounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    measurement = IdleMeasurement(counts, TINY)
    with monkeypatch.context() as patch:
        patch.setattr(idle_threads, "_on_battery", lambda: True)
        assert measurement._measured(Event()) == 0
    with monkeypatch.context() as patch:
        patch.setattr(psutil, "virtual_memory", lambda: type("Memory", (), {"available": 2**20, "total": 2**34})())
        assert measurement._measured(Event()) == 0
    assert measurement._measured(Event()) in (1, 2)


def test_the_fewest_threads_that_are_as_fast_are_taken() -> None:
    assert thread_calibration.fastest({1: 2.0, 2: 1.01, 4: 1.0, 8: 3.0}) == 2
    assert thread_calibration.fastest({1: 2.0, 2: 1.5, 4: 1.0}) == 4
    assert thread_calibration.fastest({}) == 0


def test_threads_are_measured_on_the_model_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thread_calibration, "BUSY", math.inf)
    times = thread_calibration.measure(TINY, [1], Event())
    assert times[1] > 0
    assert thread_calibration.measure(TINY / "none", [1], Event()) == {}


def test_nothing_is_learnt_about_threads_while_other_programs_keep_the_machine_busy() -> None:
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(os.cpu_count() or 1)]
    try:
        assert thread_calibration.measure(TINY, [1], Event()) == {}
    finally:
        for process in busy:
            process.kill()
            process.wait()
