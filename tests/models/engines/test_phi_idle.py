"""What the engine does between two runs: computes ahead, lets go of the model, and is back at once when asked."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from threading import Event

import psutil
import pytest
from phi_support import SECONDS, make_task, run, tiny_engine

from models.engines.base import Chunk, FinishReason, Request
from models.engines.phi import PhiEngine
from models.skills.skill import Task

LETTER = "Dear Ms Varga, I was charged twice on 3 March 2026."
WORDS = "Sort the letter by its tone, and say in a few words what decides it. "
USED = replace(make_task("classify"), id="used", instructions=WORDS * 4)
FAVOURITES = tuple(replace(USED, id=f"t{number}", instructions=f"{number}. {WORDS * 8}") for number in range(3))


@pytest.fixture
def engine() -> Iterator[PhiEngine]:
    engine = tiny_engine(favourites=lambda: (USED, *FAVOURITES))
    yield engine
    engine.close()


def cached_share(engine: PhiEngine, task: Task) -> float:
    usage = run(engine, Request(task, LETTER))[1].usage
    return usage.cached_tokens / usage.prompt_tokens


def wait_until_warm(engine: PhiEngine) -> None:
    """The worker computes ahead until a command comes; when it sleeps, it has done so."""
    worker = psutil.Process(engine.worker_pid)
    pause = Event()
    for _ in range(int(SECONDS / 0.1)):
        before = sum(worker.cpu_times()[:2])
        pause.wait(0.1)
        if sum(worker.cpu_times()[:2]) == before:
            return
    raise AssertionError("the worker computes without end")


def test_the_tasks_used_most_are_computed_ahead_in_idle_time(engine: PhiEngine) -> None:
    run(engine, Request(USED, LETTER))
    wait_until_warm(engine)
    assert [cached_share(engine, task) > 0.5 for task in FAVOURITES] == [True, True, True]


def test_without_favourites_nothing_is_computed_ahead() -> None:
    engine = tiny_engine()
    run(engine, Request(USED, LETTER))
    wait_until_warm(engine)
    assert cached_share(engine, FAVOURITES[0]) == 0
    engine.close()


def test_a_task_does_not_wait_for_what_is_computed_ahead(engine: PhiEngine) -> None:
    first = run(engine, Request(USED, LETTER))[0]
    for _ in range(5):
        assert run(engine, Request(USED, LETTER))[0] == first


def test_an_idle_model_gives_its_memory_back_and_comes_again() -> None:
    engine = tiny_engine(unload_seconds=0.2)
    answer = run(engine, Request(USED, LETTER))[0]
    worker = psutil.Process(engine.worker_pid)
    pause = Event()
    while worker.is_running() and worker.status() != psutil.STATUS_ZOMBIE:
        pause.wait(0.02)
    assert run(engine, Request(USED, LETTER))[0] == answer
    engine.close()


def test_a_model_at_work_is_not_unloaded() -> None:
    engine = tiny_engine(unload_seconds=0.05)
    run(engine, Request(USED, LETTER))
    going = engine.run(Request(make_task("draft", max_tokens=200), LETTER * 20), Event())
    next(event for event in going if isinstance(event, Chunk))
    pid = engine.worker_pid
    assert list(going)[-1].reason is not FinishReason.CANCELLED
    assert pid is not None
    engine.close()
    assert not [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]


def test_commands_behind_a_cancel_are_kept_for_later(engine: PhiEngine) -> None:
    request = Request(make_task("draft", max_tokens=300), LETTER * 40)
    for _ in range(10):
        going = engine.run(request, Event())
        next(event for event in going if isinstance(event, Chunk))
        going.close()
        assert run(engine, Request(USED, LETTER))[1].reason is FinishReason.STOP
