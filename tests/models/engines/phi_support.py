"""What the tests of the Phi engine share: the tiny model, tasks with short instructions, and ways to run them."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from models.engines.base import Chunk, EngineEvent, Finished, Request
from models.engines.phi import PhiEngine
from models.skills.skill import Field, Label, SkillName, Task

ROOT = Path(__file__).resolve().parents[3]
TINY = ROOT / "resources" / "tiny-phi"
SECONDS = 30.0


def make_task(skill: SkillName, *, max_tokens: int = 96, **changes: Any) -> Task:
    """A task without examples."""
    if skill in ("classify", "route"):
        changes.setdefault("labels", (Label("good", "praise"), Label("bad", "complaint"), Label("other", "the rest")))
    if skill == "extract":
        changes.setdefault("fields", (Field("text", "as it stands"), Field("day", "the day", "date")))
        changes.setdefault("ground", "text")
    return Task(
        id=f"test-{skill}",
        skill=skill,
        name="Test",
        description="For tests.",
        instructions="Do it.",
        max_output_tokens=max_tokens,
        examples=(),
        golden=(),
        **changes,
    )


def tiny_engine(**changes: Any) -> PhiEngine:
    """An engine on the tiny model; one thread is the fastest for it."""
    return PhiEngine(changes.pop("model_dir", TINY), "Tiny", changes.pop("threads", 1), **changes)


def run(
    engine: PhiEngine, request: Request, on_event: Callable[[EngineEvent, threading.Event], None] | None = None
) -> tuple[str, Finished, list[EngineEvent]]:
    """Run to the end; ``on_event`` sees each event and may set the cancel event."""
    cancel = threading.Event()
    events: list[EngineEvent] = []
    for event in engine.run(request, cancel):
        events.append(event)
        if on_event is not None:
            on_event(event, cancel)
    finished = events[-1]
    assert isinstance(finished, Finished)
    return "".join(event.text for event in events if isinstance(event, Chunk)), finished, events


def when_started(engine: PhiEngine, act: Callable[[int], None]) -> threading.Thread:
    """A thread that calls ``act`` with the worker's process id as soon as there is one."""
    stop = threading.Event()

    def watch() -> None:
        for _ in range(int(SECONDS / 0.002)):
            pid = engine.worker_pid
            if pid is not None:
                act(pid)
                return
            stop.wait(0.002)

    thread = threading.Thread(target=watch)
    thread.start()
    return thread
