"""Tries one provider on a model, in a process of its own: whether it works, how fast it is, and what it answers."""

import math
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from models.engines.worker_client import Patience, WorkerClient
from models.engines.worker_protocol import (
    Failed,
    Generate,
    Load,
    Prefilled,
    Prompt,
    Reply,
    Score,
    Scored,
    Started,
    Token,
)
from models.errors import StrongroomError
from models.messages import Message

TOKENS = 2
"""Written before anything else: what does not get that far does not work."""
MEASURED = 12
"""Tokens written to see how fast it writes."""
ROOM = 512
LABELS = ("praise", "complaint")
QUESTIONS = tuple(
    f"{text} Is this praise or a complaint? Answer with JSON."
    for text in (
        "The kettle came on time, works as it should, and the handle stays cool.",
        "The parcel was late again, and the box was torn open on one side.",
        "Nobody answers the phone, although we have called five times since Monday.",
        "Thanks to your colleague at the front desk, who found the room for us at once.",
    )
)
_READ = "The tenant pays the rent on the third working day of each month to the account that the landlord names. " * 8
_NOT_LOADED = "does not load: there is none here that it can use, or its driver is missing or too old"
FAR = 0.2
"""How much probability may lie on other labels than on the CPU, on average. That rounds activations to 8 bits, so the
two are never quite alike (logits of random weights: 0.3 %); a wrong answer moves most of the probability."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of it. ``failure`` is "" or says what went wrong, as "does not load"; rates are tokens a second."""

    failure: str = ""
    read: float = 0.0
    write: float = 0.0
    answers: tuple[tuple[float, ...], ...] = ()
    """The probability of each label for each question; nothing where the runtime cannot tell."""

    def agrees(self, other: "Trial") -> bool:
        """Whether both give the same answers to the same questions, as near as two kinds of arithmetic come."""
        apart = [
            sum(abs(mine - theirs) for mine, theirs in zip(one, two, strict=True)) / 2
            for one, two in zip(self.answers, other.answers, strict=True)
        ]
        return sum(apart) <= FAR * len(apart)  # not so for what is no number


def try_provider(
    folder: Path, provider: str, cancel: threading.Event, time_out: float, threads: int | None = None
) -> Trial:
    """Load the model in ``folder`` on a provider, "" for the CPU, and ask it some things; seconds to two minutes.

    Whatever goes wrong is a failure in the result, not an error. ``time_out`` in seconds, for each step.
    """
    client = WorkerClient(Patience(load=time_out, run=time_out, stalled=time_out), threading.Event())
    try:
        client.start()
        load = Load(str(folder), threads, ROOM, time_out, provider=provider)
        if any(isinstance(reply, Failed) for reply in client.replies(load, cancel)):
            return Trial(_NOT_LOADED if provider else "does not load")
        first = Generate(client.next_number(), _prompt("Hello. " + _READ), None, TOKENS)
        if not any(isinstance(reply, Token) for reply in client.replies(first, cancel)):
            return Trial("wrote nothing")
        answers = tuple(_answers(client, cancel))
        # What is made once, such as a graphics processor's programs, was made for those: this one is measured.
        job = Generate(client.next_number(), _prompt(_READ), None, MEASURED)
        return Trial("", *_rates(client.replies(job, cancel)), answers)
    except StrongroomError:
        return Trial("broke off or hung")
    finally:
        client.drop(now=True)


def _prompt(text: str) -> Prompt:
    return (Message("user", text),)


def _rates(replies: Iterator[Reply]) -> tuple[float, float]:
    """Tokens a second reading and writing; 0 where there was too little to tell."""
    began, tokens, read = time.perf_counter(), 0, 0.0
    written: list[float] = []
    for reply in replies:
        now = time.perf_counter()
        match reply:
            case Started():
                began, tokens = now, reply.prompt_tokens - reply.cached_tokens
            case Prefilled():
                read = tokens / max(now - began, 1e-6)
            case Token():
                written.append(now)
    span = written[-1] - written[0] if len(written) > 1 else 0.0
    return read, (len(written) - 1) / span if span > 0 else 0.0


def _answers(client: WorkerClient, cancel: threading.Event) -> Iterator[tuple[float, ...]]:
    for question in QUESTIONS:
        job = Score(client.next_number(), _prompt(question), LABELS, multiple=False)
        for reply in client.replies(job, cancel):
            if isinstance(reply, Scored):
                yield tuple(math.exp(log) for log in reply.scores.logs)
