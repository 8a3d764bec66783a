"""Documents with identifiers planted in them, sent through the whole program to a server that keeps what it gets."""

import random
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from loopback import Loopback
from wrappings import ENCODINGS

from desktop.events import RunRequest
from desktop.services import Services
from models.errors import StrongroomError
from models.pii.gate import Blocked
from models.pii.outbound.spellings import squeezed
from models.pii.redactor import redact
from models.skills.skill import Task
from models.training.pii_corpus import generate

REPLY = Task("F1", "draft", "Reply", "Writes a reply.", "Write a short reply to the text.", 100, (), ())


@dataclass(frozen=True)
class Planted:
    """One document. ``value`` is "" in a plain one, which should reach the server."""

    text: str
    value: str
    written: str
    encoding: str
    redacts: bool


@dataclass
class Outcome:
    """What became of them."""

    documents: int = 0
    planted: int = 0
    stopped_by_gate: int = 0
    stopped_at_the_door: int = 0
    sent_redacted: int = 0
    plain: int = 0
    plain_sent: int = 0
    leaks: list[str] = field(default_factory=list)


def documents(count: int, seed: int) -> Iterator[Planted]:
    """``count`` documents; the same arguments give the same ones. Every tenth is plain, every third is redacted."""
    from pii_plants import PLANTS

    source = random.Random(seed)
    plain = [sample.text for sample in generate("train", max(40, count // 4), seed, 1.0, 0.0) if len(sample.text) < 900]
    encodings = list(ENCODINGS)
    for number in range(count):
        base = source.choice(plain)
        if number % 10 == 0:
            yield Planted(base, "", "", "", redacts=False)
            continue
        plant = PLANTS[number % len(PLANTS)]
        encoding = encodings[(number // len(PLANTS) + number) % len(encodings)]
        value = plant.make(source)
        written = ENCODINGS[encoding](value)
        sentence = f"Please note the {plant.label} {written} for later."
        paragraphs = base.split("\n")
        paragraphs.insert(source.randint(0, len(paragraphs)), sentence)
        yield Planted("\n".join(paragraphs), value, written, encoding, redacts=number % 3 == 0)


def send_all(services: Services, server: Loopback, planted: Iterator[Planted]) -> Outcome:
    """Run a cloud draft on each, and look at what the server received."""
    outcome = Outcome()
    for document in planted:
        outcome.documents += 1
        server.received.clear()
        request = RunRequest(REPLY, document.text, engine="cloud")
        if document.redacts:
            request = _redacted(services, request)
        try:
            for _ in services.assistant.run(request, threading.Event()):
                pass
            sent, error = True, None
        except StrongroomError as stop:
            sent, error = False, stop
        raw = server.raw
        assert sent == bool(raw), "an answer without a request, or a request without an answer"
        if not document.value:
            outcome.plain += 1
            outcome.plain_sent += sent
            continue
        outcome.planted += 1
        if sent and (not document.redacts or _stands_in(document, raw)):
            outcome.leaks.append(f"{document.encoding}: {document.text}")
        outcome.sent_redacted += sent
        if isinstance(error, Blocked):
            at_the_door = "exact bytes" in error.message
            outcome.stopped_at_the_door += at_the_door
            outcome.stopped_by_gate += not at_the_door
    return outcome


def _redacted(services: Services, request: RunRequest) -> RunRequest:
    redaction = redact(request.text, services.assistant.scan(request.text))
    values = {*redaction.vault.values(), *(value for _, value in redaction.occurrences)}
    return replace(request, text=redaction.text, withheld=frozenset(values))


def _stands_in(document: Planted, raw: bytes) -> bool:
    """Whether the server got the value, as it is or as it was written in the document."""
    text = raw.decode("utf-8", "replace")
    return document.written in text or document.value in text or squeezed(document.value) in squeezed(text)
