"""What goes into the assistant and what comes out of it: the only language the window and the command line speak."""

import datetime
from dataclasses import dataclass, field
from typing import Literal

from desktop.ledger import RunRecord
from models.engines.base import Chunk, Progress
from models.pii.finding import Scan
from models.pii.gate import Dismissal
from models.router import Route
from models.skills.answer import Answer
from models.skills.skill import Task

EngineChoice = Literal["auto", "starter", "phi", "cloud"]


@dataclass(frozen=True, slots=True)
class RunRequest:
    """A person's wish: this task on this text, on the engine they chose (or "auto").

    ``dismissed`` are the findings that the person declared not personal, for this document only. ``withheld`` are the
    values that placeholders stand for in ``text``: none of them may leave, in whatever form.
    """

    task: Task
    text: str
    note: str = ""
    engine: EngineChoice = "auto"
    dismissed: frozenset[Dismissal] = frozenset()
    today: datetime.date | None = None
    withheld: frozenset[str] = field(default=frozenset(), repr=False)


@dataclass(frozen=True, slots=True)
class Scanned:
    """The text was scanned; ``detectors`` names the recognizers that looked."""

    scan: Scan
    detectors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Routed:
    """Where it will run, and why."""

    route: Route


@dataclass(frozen=True, slots=True)
class Answered:
    """The whole answer, parsed and grounded in the text."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Recorded:
    """The last event of a run: the row that went into the ledger (or would have, if ``stored`` is False)."""

    record: RunRecord
    stored: bool = True


AssistantEvent = Scanned | Routed | Progress | Chunk | Answered | Recorded
