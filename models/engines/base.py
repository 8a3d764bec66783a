"""The contract that every engine keeps, so that the assistant need not know which one answers."""

import datetime
import enum
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from models.skills.skill import Example, Task

EngineName = Literal["starter", "phi", "cloud"]


class FinishReason(enum.StrEnum):
    """Why an answer ended."""

    STOP = "stop"
    """The engine said all it had to say."""
    REPEATING = "repeating"
    """It began to say the same again and again, and was ended: the answer is not whole."""
    CUT = "cut"
    """The output budget or the model's window was used up: the answer is not whole."""
    CANCELLED = "cancelled"
    """The person pressed Stop."""


@dataclass(frozen=True, slots=True)
class Request:
    """What an on-device engine is asked to do. ``note`` is the person's own short wish ("formal, two sentences").

    ``own`` are texts that the person gave a label to, which teach beside the pack's examples, the first ones most.
    """

    task: Task
    text: str
    note: str = ""
    today: datetime.date | None = None
    own: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """A step of work other than writing: what is happening in words, and how far it is (``total`` 0: not known)."""

    stage: Literal["load", "read", "write", "merge"]
    message: str
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of the answer, in order; all pieces joined are the answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one run. ``cached_tokens`` are those of the prompt that were not computed again.

    ``estimated`` is True where the engine could only guess from the size of the text.
    """

    prompt_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    estimated: bool = False

    def __add__(self, other: "Usage") -> "Usage":
        """Sum, for a document that took several model runs."""
        return Usage(
            self.prompt_tokens + other.prompt_tokens,
            self.cached_tokens + other.cached_tokens,
            self.output_tokens + other.output_tokens,
            self.estimated or other.estimated,
        )


@dataclass(frozen=True, slots=True)
class Finished:
    """The last event of every run that did not raise.

    ``bytes_sent`` is the size of the request bodies that left the machine (0 on the device). ``peak_bytes`` is the most
    memory that the engine's own process had since it was started, mapped weights included; 0 where it has none.
    ``note`` is a sentence on how it ran, where that is not as the person set it.
    """

    reason: FinishReason
    usage: Usage
    model: str
    bytes_sent: int = 0
    peak_bytes: int = 0
    note: str = ""


EngineEvent = Progress | Chunk | Finished


RequestT = TypeVar("RequestT", contravariant=True)


class Engine(Protocol[RequestT]):
    """An engine. ``RequestT`` is ``Request`` on the device and ``ClearedText`` for the cloud.

    ``run`` is a generator: progress and chunks in order, then exactly one ``Finished``, the last event. The joined
    chunks of a classify, extract or route task are one JSON text in the form of ``models.skills.schema``. It looks at
    ``cancel`` often and then finishes with ``FinishReason.CANCELLED``, keeping the chunks given so far. It raises
    only ``StrongroomError``, and the next run works. One run at a time; closing the generator early is a cancel.
    """

    name: EngineName

    def run(self, request: RequestT, cancel: threading.Event) -> Iterator[EngineEvent]:
        """Answer one request."""
        ...

    def close(self) -> None:
        """Give back memory and processes; a later ``run`` starts afresh. Safe to call twice."""
        ...
