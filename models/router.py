"""Where a request runs, and why: a pure function of what is known, so that every rule can be tested."""

from dataclasses import dataclass

from models.engines.base import EngineName


@dataclass(frozen=True, slots=True)
class Route:
    """The engine that will answer and one sentence saying why.

    ``engine`` is None when nothing may or can answer (cloud asked for but blocked, say); ``reason`` says what to do.
    """

    engine: EngineName | None
    reason: str
