"""Answers at once where that is safe: by the person's own rules, or by the starter engine where it is sure enough."""

import json
import threading
from collections.abc import Generator
from dataclasses import dataclass
from typing import Literal

from models.engines.base import Chunk, Engine, EngineEvent, Finished, FinishReason, Progress, Request, Usage
from models.errors import AnswerError
from models.skills.answer import LabelAnswer
from models.skills.parsing import parse_answer
from models.skills.rules import first_rule
from models.skills.skill import Task

Mode = Literal["phi", "sure", "only"]
"""Who answers a task with labels: Phi-4 Mini always, the starter engine when sure, or the starter engine only."""
MODES: tuple[Mode, ...] = ("phi", "sure", "only")
SURE = 0.9
"""Confidence that is asked of an instant answer until a threshold was chosen from golden cases."""
RULES_MODEL = "your rules"


@dataclass(frozen=True, slots=True)
class Policy:
    """How one task is answered; ``threshold`` is the confidence from which an instant answer counts."""

    mode: Mode = "phi"
    threshold: float = SURE


@dataclass(frozen=True, slots=True)
class Instant:
    """An answer that came at once: its JSON, who gave it, and why it was good enough (without a word of the text)."""

    chunk: str
    finished: Finished
    reason: str


def by_rule(task: Task, text: str) -> Instant | None:
    """The answer of the first of the task's rules that holds, or None."""
    found = first_rule(task.rules, text)
    if found is None:
        return None
    rule, why = found
    answer = json.dumps({"labels": [rule.label], "reason": why, "confidence": 1.0}, ensure_ascii=False)
    return Instant(answer, Finished(FinishReason.STOP, Usage(), RULES_MODEL), "One of your own rules decided.")


def when_sure(
    starter: Engine[Request], request: Request, policy: Policy, cancel: threading.Event
) -> Generator[Progress, None, tuple[Instant | None, str]]:
    """Ask the starter engine; returns its answer if it is sure enough, and the reason in words either way.

    Raises:
        StrongroomError: the starter engine failed.
    """
    written: list[str] = []
    finished = Finished(FinishReason.STOP, Usage(), "")
    event: EngineEvent
    for event in starter.run(request, cancel):
        if isinstance(event, Chunk):
            written.append(event.text)
        elif isinstance(event, Finished):
            finished = event
        else:
            yield event
    if finished.reason is not FinishReason.STOP:
        return None, "Stopped."
    raw = "".join(written)
    try:
        answer = parse_answer(request.task, raw, request.text)
    except AnswerError:
        return None, "There was no instant answer, so Phi-4 Mini is asked."
    sure = answer.confidence if isinstance(answer, LabelAnswer) and answer.labels else None
    if sure is None:
        return None, "No label was sure enough for an instant answer, so Phi-4 Mini is asked."
    if sure < policy.threshold:
        return None, (
            f"The instant answer was {sure:.0%} sure and {policy.threshold:.0%} is asked of it, so Phi-4 Mini answers."
        )
    return Instant(raw, finished, f"Answered at once: {sure:.0%} sure, {policy.threshold:.0%} is asked."), ""
