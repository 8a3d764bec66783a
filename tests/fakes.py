"""A scripted engine, for tests only: it refuses to be made elsewhere."""

import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from models.engines.base import Chunk, EngineEvent, EngineName, Finished, FinishReason, Progress, Usage
from models.errors import EngineError
from models.pii.finding import Finding


@dataclass(frozen=True)
class Script:
    """What one run does: chunks, then ``error`` or a finish."""

    chunks: tuple[str, ...] = ()
    reason: FinishReason = FinishReason.STOP
    error: BaseException | None = None
    usage: Usage = field(default_factory=lambda: Usage(100, 20, 10))
    bytes_sent: int = 0


class FakeEngine:
    """Answers from a queue of scripts; an empty queue is an error in words. Keeps the requests it was given."""

    def __init__(self, scripts: Iterable[Script] = (), name: EngineName = "starter", model: str = "fake-1") -> None:
        if "PYTEST_CURRENT_TEST" not in os.environ:
            raise RuntimeError("the fake engine runs in tests only")
        self.name = name
        self.model = model
        self.scripts = deque(scripts)
        self.requests: list[Any] = []
        self.closed = 0
        self.last_bytes_sent = 0
        self.last_usage = Usage()

    def run(self, request: Any, cancel: threading.Event) -> Iterator[EngineEvent]:
        """Play the next script; a cancelled run does not use one up."""
        self.requests.append(request)
        yield Progress("load", "Loading the fake")
        if cancel.is_set():
            yield Finished(FinishReason.CANCELLED, Usage(), self.model)
            return
        if not self.scripts:
            raise EngineError("Nothing to say", "The script is at its end, so nothing was done; give it another one.")
        script = self.scripts.popleft()
        self.last_bytes_sent, self.last_usage = script.bytes_sent, script.usage
        for chunk in script.chunks:
            if cancel.is_set():
                yield Finished(FinishReason.CANCELLED, script.usage, self.model, script.bytes_sent)
                return
            yield Chunk(chunk)
        if script.error is not None:
            raise script.error
        yield Finished(script.reason, script.usage, self.model, script.bytes_sent)

    def close(self) -> None:
        """Count the calls."""
        self.closed += 1


class FindsSecret:
    """Finds the word SECRET."""

    name = "secret"

    def find(self, text: str) -> Iterator[Finding]:
        at = text.find("SECRET")
        if at >= 0:
            yield Finding(at, at + 6, "SECRET", 1.0, self.name, "It is the word.")


class Raises:
    """A recognizer that breaks."""

    name = "raises"

    def find(self, text: str) -> Iterator[Finding]:
        raise ValueError("broken")
