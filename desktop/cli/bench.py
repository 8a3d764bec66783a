"""``strongroom bench --golden``: how many of each task's golden cases an engine answers rightly."""

import argparse
import datetime
import json
import statistics
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from desktop.cli import console
from desktop.cli.console import stop_on_interrupt
from desktop.paths import Paths
from desktop.services import Services, build_services
from models import router
from models.engines.base import Chunk, EngineName, Finished, FinishReason, Request
from models.errors import StrongroomError
from models.pii.finding import Scan
from models.skills.golden import passes
from models.skills.parsing import parse_answer
from models.skills.skill import Example, Task

PASS_MARK = 0.8
"""Share of golden cases from which a classify, route or extract task counts as working."""

JUDGED = ("classify", "route", "extract")


@dataclass(frozen=True, slots=True)
class Figure:
    """One task's result. ``engine`` "" where no engine here does the task; ``median_ms`` is per case."""

    task: str
    name: str
    skill: str
    engine: str
    passed: int
    cases: int
    median_ms: float | None
    note: str = ""

    @property
    def below_mark(self) -> bool:
        """Whether the task is one that must work, and does not."""
        return self.skill in JUDGED and self.passed < PASS_MARK * self.cases


def run(paths: Paths, arguments: argparse.Namespace) -> int:
    """Measure and print; exit 1 if a task is below the mark. Nothing goes into the ledger or to the cloud."""
    services = build_services(paths, model_folder=Path(arguments.model) if arguments.model else None)
    try:
        tasks = [services.packs.get(name) for name in arguments.task] if arguments.task else list(services.tasks)
        figures = []
        with stop_on_interrupt() as cancel:
            if arguments.calibrate:
                calibrate(services, tasks, cancel)
            for task in tasks:
                figures.append(measure(services, task, arguments.engine, cancel))
                if cancel.is_set():
                    return console.STOPPED
                if not arguments.json:
                    print(line(figures[-1]), flush=True)
    finally:
        services.close()
    if arguments.json:
        print(json.dumps({"tasks": [asdict(figure) for figure in figures]}, ensure_ascii=False))
    else:
        print(summary(figures))
    return 1 if any(figure.below_mark for figure in figures) else 0


def calibrate(services: Services, tasks: Sequence[Task], cancel: threading.Event) -> None:
    """Measure on the golden cases how far Phi-4 Mini's confidence may be believed, and keep it.

    Raises:
        StrongroomError: Phi-4 Mini is not installed, or broke off.
    """
    from models.engines.calibration import measure_all
    from models.engines.phi import PhiEngine

    engine = services.engines.local("phi")
    assert isinstance(engine, PhiEngine)
    labelled = (task for task in tasks if task.labels)
    progress = console.ProgressLine()
    for step in measure_all(engine, labelled, services.engines.calibrations(), cancel):
        progress.show(step.stage, step.message, step.done, step.total)
    progress.clear()


def measure(services: Services, task: Task, choice: router.EngineChoice, cancel: threading.Event) -> Figure:
    """Run every golden case of one task on the device."""
    situation = router.Situation(phi_installed=services.engines.phi_ready())
    route = router.decide(task.skill, choice, Scan(()), situation)
    if route.engine is None:
        return Figure(task.id, task.name, task.skill, "", 0, len(task.golden), None, route.reason)
    passed, times, note = 0, [], ""
    for case in task.golden:
        started = time.perf_counter()
        try:
            passed += _passes(services, task, case, route.engine, cancel)
        except StrongroomError as error:
            note = error.title
        times.append((time.perf_counter() - started) * 1000)
        if cancel.is_set():
            break
    return Figure(
        task.id, task.name, task.skill, route.engine, passed, len(task.golden), statistics.median(times), note
    )


def _passes(services: Services, task: Task, case: Example, engine: EngineName, cancel: threading.Event) -> bool:
    chunks = []
    request = Request(task, case.text, today=datetime.datetime.now().astimezone().date())
    for event in services.engines.local(engine).run(request, cancel):
        if isinstance(event, Chunk):
            chunks.append(event.text)
        elif isinstance(event, Finished) and event.reason is FinishReason.CANCELLED:
            return False
    return passes(task, case, parse_answer(task, "".join(chunks), case.text))


def line(figure: Figure) -> str:
    """One row of the table."""
    head = f"{figure.task:<6} {figure.name:<28} {figure.engine or '–':<8}"
    if not figure.engine:
        return f"{head} {figure.note}"
    share = figure.passed / figure.cases if figure.cases else 0.0
    tail = "  below the mark" if figure.below_mark else ""
    note = f"  {figure.note}" if figure.note else ""
    return f"{head} {figure.passed:>2} of {figure.cases:<2} {share:>4.0%} {figure.median_ms or 0:>8.0f} ms{tail}{note}"


def summary(figures: Sequence[Figure]) -> str:
    """The last line."""
    done = [figure for figure in figures if figure.engine]
    passed, cases = sum(figure.passed for figure in done), sum(figure.cases for figure in done)
    return f"{passed} of {cases} golden cases pass; {sum(figure.below_mark for figure in figures)} tasks below 80 %."
