"""The engine with a worker that keeps its last prompt: the answers are those of a worker that has just begun."""

import os
import random
import signal
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing.connection import Connection
from threading import Event
from typing import cast

import pytest
from phi_support import TINY, make_task, run, tiny_engine

from models.engines.base import Chunk, EngineEvent, FinishReason, Progress, Request
from models.engines.phi import PhiEngine
from models.engines.worker import Worker
from models.engines.worker_protocol import Cancel, Command, Done, Generate, Load, Reply, Shutdown, Started
from models.errors import EngineError
from models.messages import Message

INSTRUCTIONS = "Sort the letter by its tone, and say in a few words what decides it. " * 6
CLASSIFY = make_task("classify", max_tokens=60)
SUMMARIZE = make_task("summarize", max_tokens=30)
LETTER = "Dear Ms Varga, I was charged twice on 3 March 2026. Please refund 41.20 EUR. "
LONG = "The invoice of 3 March 2026 was paid twice, on 5 and on 6 March.\n\n" * 220
REQUESTS = (
    Request(CLASSIFY, LETTER),
    Request(CLASSIFY, LETTER + "Thomas Okafor"),
    Request(CLASSIFY, LONG),
    Request(SUMMARIZE, LETTER * 40),
    Request(SUMMARIZE, LETTER * 40, note="In one sentence."),
    Request(SUMMARIZE, LONG),
    Request(make_task("extract", max_tokens=40), LETTER),
)


@pytest.fixture(scope="module")
def engine() -> Iterator[PhiEngine]:
    engine = tiny_engine()
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def afresh(engine: PhiEngine) -> dict[Request, str]:
    """The answer that a new worker gives to each request."""
    answers: dict[Request, str] = {}
    for request in REQUESTS:
        engine.close()
        answers[request] = run(engine, request)[0]
    return answers


@pytest.mark.parametrize("seed", range(3))
def test_stops_kills_and_new_workers_in_between_change_no_answer(
    engine: PhiEngine, afresh: dict[Request, str], seed: int
) -> None:
    chance = random.Random(seed)

    def disturb(event: EngineEvent, cancel: Event) -> None:
        if chance.random() > 0.2 or not isinstance(event, Progress | Chunk):
            return
        if chance.random() < 0.15:
            os.kill(engine.worker_pid or 0, signal.SIGKILL)
        else:
            cancel.set()

    for _ in range(25):
        request = chance.choice(REQUESTS)
        what = chance.choice(("whole", "whole", "disturbed", "left", "closed"))
        if what == "closed":
            engine.close()
        elif what == "left":
            left = engine.run(request, Event())
            for _ in range(chance.randrange(1, 6)):
                next(left, None)
            left.close()
        elif what == "disturbed":
            try:
                run(engine, request, disturb)
            except EngineError as error:
                assert "ended" in error.message  # noqa: PT017  # whether it is killed is up to chance
        else:
            assert run(engine, request)[0] == afresh[request]


def test_the_second_document_of_a_task_reports_the_instructions_as_cached(engine: PhiEngine) -> None:
    engine.close()
    task = replace(CLASSIFY, instructions=INSTRUCTIONS)
    assert run(engine, Request(task, LETTER))[1].usage.cached_tokens == 0
    usage = run(engine, Request(task, "Hello, where is my parcel?"))[1].usage
    assert 50 < usage.cached_tokens < usage.prompt_tokens


def test_the_parts_of_a_long_document_share_the_instructions(engine: PhiEngine) -> None:
    engine.close()
    finished = run(engine, Request(CLASSIFY, LONG))[1]
    assert finished.reason is FinishReason.STOP
    assert 0 < finished.usage.cached_tokens < finished.usage.prompt_tokens


class ScriptedConnection:
    """The worker's end of a pipe: gives commands one by one; ``silent`` is how long it then says nothing."""

    def __init__(self, commands: list[Command], silent: float) -> None:
        self._commands = commands
        self._silent = silent
        self.replies: list[Reply] = []

    def recv(self) -> Command:
        return self._commands.pop(0)

    def poll(self, timeout: float) -> bool:
        return timeout > self._silent

    def send(self, reply: Reply) -> None:
        self.replies.append(reply)


@pytest.mark.parametrize(("silent", "dropped"), [(59.0, False), (61.0, True)])
def test_an_idle_worker_forgets_the_document_after_a_while(silent: float, dropped: bool) -> None:
    prompt = (Message("system", INSTRUCTIONS), Message("user", LETTER))
    commands: list[Command] = [Load(str(TINY), 1, 1024, 60.0), Generate(1, prompt, None, 4), Cancel(1)]
    connection = ScriptedConnection([*commands, Generate(2, prompt, None, 4), Shutdown()], silent)
    Worker(cast("Connection", connection)).serve()
    assert sum(isinstance(reply, Done) for reply in connection.replies) == 2
    first, second = (reply.cached_tokens for reply in connection.replies if isinstance(reply, Started))
    assert first == 0
    assert (second == 0) is dropped
