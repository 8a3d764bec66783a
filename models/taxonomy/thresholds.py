"""From which confidence an instant answer may count: chosen on golden cases for the error that a person allows."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.engines.base import Chunk, Engine, Request
from models.errors import StrongroomError
from models.skills.answer import LabelAnswer
from models.skills.golden import passes
from models.skills.parsing import parse_answer
from models.skills.skill import Task

NEVER = 1.01
"""A threshold that no confidence reaches."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One golden case: how sure the instant answer was (0 for an abstention), whether it and Phi's were right."""

    confidence: float
    right: bool
    phi_right: bool = True
    """True where Phi-4 Mini was not asked: the threshold then errs on the safe side."""


@dataclass(frozen=True, slots=True)
class Point:
    """What a threshold does: the share answered at once, how many of those are right, and all answers together."""

    threshold: float
    share: float
    right_of_those: float
    right_of_all: float


def try_cases(
    task: Task, starter: Engine[Request], phi: Engine[Request] | None, cancel: threading.Event
) -> Iterator[tuple[Tried, ...]]:
    """Answer the golden cases at once and, where there is a ``phi``, by Phi-4 Mini too; yields those done so far.

    Raises:
        StrongroomError: an engine cannot work at all.
    """
    tried: list[Tried] = []
    for case in task.golden:
        if cancel.is_set():
            return
        confidence, right = _answer(task, case.text, starter, cancel, case.labels)
        phi_right = _answer(task, case.text, phi, cancel, case.labels)[1] if phi is not None else True
        tried.append(Tried(confidence, right, phi_right))
        yield tuple(tried)


def _answer(
    task: Task, text: str, engine: Engine[Request], cancel: threading.Event, labels: Sequence[str]
) -> tuple[float, bool]:
    raw = "".join(event.text for event in engine.run(Request(task, text), cancel) if isinstance(event, Chunk))
    try:
        answer = parse_answer(task, raw, text)
    except StrongroomError:
        return 0.0, False
    confidence = answer.confidence if isinstance(answer, LabelAnswer) and answer.labels else 0.0
    case = next(case for case in task.golden if case.text == text and case.labels == tuple(labels))
    return confidence or 0.0, passes(task, case, answer)


def curve(tried: Sequence[Tried]) -> tuple[Point, ...]:
    """Every threshold that makes a difference, the lowest first; the last one answers nothing at once."""
    if not tried:
        return ()
    points = []
    for threshold in (*sorted({case.confidence for case in tried if case.confidence > 0}), NEVER):
        instant = [case for case in tried if case.confidence >= threshold]
        right = sum(case.right for case in instant)
        rest = sum(case.phi_right for case in tried if case.confidence < threshold)
        points.append(
            Point(
                threshold,
                len(instant) / len(tried),
                right / len(instant) if instant else 1.0,
                (right + rest) / len(tried),
            )
        )
    return tuple(points)


def choose(tried: Sequence[Tried], target: float) -> float:
    """The lowest threshold at which all answers together are at most ``target`` (a share) worse than Phi-4 Mini's.

    ``NEVER`` where there is none, or no golden case to choose on.
    """
    if not tried:
        return NEVER
    wanted = sum(case.phi_right for case in tried) / len(tried) - target
    return next((point.threshold for point in curve(tried) if point.right_of_all >= wanted - 1e-9), NEVER)
