"""What the store tells while it works, for a window or a command line to show."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Stage = Literal["connect", "fetch", "wait", "check", "copy", "install", "prepare"]


@dataclass(frozen=True, slots=True)
class Step:
    """How far it is: bytes done of all bytes, bytes a second, seconds left (None where not known).

    In the stage "prepare", steps done of all steps.
    """

    stage: Stage
    message: str
    done: int
    total: int
    rate: float | None = None
    left_s: float | None = None


@dataclass(frozen=True, slots=True)
class Installed:
    """The last event: a verified model stands in ``folder``."""

    folder: Path
    name: str


class Meter:
    """Turns counted bytes into steps, a few a second, with the speed of the last seconds. Clock jumps do not matter."""

    WINDOW_S = 6.0
    EVERY_S = 0.2

    def __init__(self, total: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.total = total
        self.done = 0
        self._clock = clock
        self._marks: deque[tuple[float, int]] = deque()
        self._told = -self.EVERY_S

    def step(self, stage: Stage, message: str) -> Step:
        """The state now, whatever was told before."""
        now = self._clock()
        self._told = now
        self._marks.append((now, self.done))
        while len(self._marks) > 2 and now - self._marks[0][0] > self.WINDOW_S:
            self._marks.popleft()
        (begun, before) = self._marks[0]
        gained, took = self.done - before, now - begun
        rate = gained / took if took >= self.EVERY_S and gained > 0 else None
        left = max(self.total - self.done, 0)
        return Step(stage, message, self.done, max(self.total, self.done), rate, left / rate if rate else None)

    @property
    def due(self) -> bool:
        """Whether it is time to tell again."""
        return self._clock() - self._told >= self.EVERY_S

    def pause(self) -> None:
        """Forget the speed: what follows is of another kind, or comes after a break."""
        self._marks.clear()
