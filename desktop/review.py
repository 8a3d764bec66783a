"""A cloud draft that halts, right before anything leaves, until the person has seen the payload and said yes."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from desktop.assistant import Assistant
from desktop.events import Routed, RunRequest
from models.errors import StrongroomError

POLL_S = 0.05


@dataclass(frozen=True, slots=True)
class Payload:
    """What a cloud draft would send: the messages to read, the exact body, and the most it can cost (USD).

    ``tokens`` is how many are read; counted by the model's own tokenizer if ``tokens_exact``, else by size.
    """

    readable: str
    body: str
    host: str
    model: str
    most_usd: float
    tokens: int = 0
    tokens_exact: bool = False


@dataclass(frozen=True, slots=True)
class Review:
    """Asks whoever follows the run to show ``payload``; the run waits for ``allow`` or ``refuse``."""

    payload: Payload
    _decided: threading.Event = field(default_factory=threading.Event)
    _allowed: threading.Event = field(default_factory=threading.Event)

    def allow(self) -> None:
        """Let the run go on."""
        self._allowed.set()
        self._decided.set()

    def refuse(self) -> None:
        """End the run; nothing is sent."""
        self._decided.set()

    def wait(self, cancel: threading.Event) -> bool:
        """Block until decided; False if refused or cancelled."""
        while not self._decided.wait(POLL_S):
            if cancel.is_set():
                return False
        return self._allowed.is_set()


def run_with_review(
    assistant: Assistant,
    request: RunRequest,
    preview: Callable[[RunRequest], Payload],
    cancel: threading.Event,
    *,
    review: bool,
) -> Iterator[object]:
    """The assistant's events, with a ``Review`` between the decision for the cloud and the call, if ``review``.

    Refusing sets ``cancel`` before the engine starts, so that nothing leaves and the run is recorded as stopped. A
    payload that cannot be shown is not sent either.
    """
    refused: StrongroomError | None = None
    for event in assistant.run(request, cancel):
        yield event
        if review and isinstance(event, Routed) and event.route.engine == "cloud":
            try:
                question = Review(preview(request))
            except StrongroomError as error:
                refused = error
                cancel.set()
                continue
            yield question
            if not question.wait(cancel):
                cancel.set()
    if refused is not None:
        raise refused
