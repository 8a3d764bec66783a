"""A cloud draft of a redacted text: placeholders go out, and the person's values come back into the answer here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from desktop.events import Answered, Recorded, RunRequest
from models.engines.base import Chunk
from models.pii.finding import Scan
from models.pii.redactor import Redaction, redact
from models.pii.restorer import Restoration
from models.skills.answer import TextAnswer


@dataclass(frozen=True, slots=True)
class Restored:
    """How restoring went; ``restoration.unknown`` are placeholders in the answer that stand for nothing."""

    restoration: Restoration


def redacted_request(request: RunRequest, scan: Scan) -> tuple[RunRequest, Redaction]:
    """``request`` for the cloud with what ``scan`` found in its text replaced, and what is needed to restore.

    Raises ScanIncomplete.
    """
    redaction = redact(request.text, scan)
    return for_the_cloud(request, redaction), redaction


def for_the_cloud(request: RunRequest, redaction: Redaction) -> RunRequest:
    """``request`` with the redacted text; none of its values may leave in any form (``RunRequest.withheld``)."""
    values = {*redaction.vault.values(), *(value for _, value in redaction.occurrences)}
    return replace(request, text=redaction.text, engine="cloud", withheld=frozenset(values))


def restored(events: Iterable[object], redaction: Redaction) -> Iterator[object]:
    """``events`` of a run, with the values put back into chunks (however placeholders are cut up) and the answer.

    ``Restored`` comes before ``Recorded``. What was held back is given out also where the run breaks off.
    """
    stream = redaction.stream()
    open_end = True

    def rest() -> Iterator[object]:
        nonlocal open_end
        held = stream.finish() if open_end else ""
        open_end = False
        if held:
            yield Chunk(held)

    for event in events:
        if isinstance(event, Chunk):
            text = stream.feed(event.text)
            if text:
                yield Chunk(text)
        elif isinstance(event, Answered) and isinstance(event.answer, TextAnswer):
            yield from rest()
            yield Answered(replace(event.answer, text=redaction.restore(event.answer.text)))
        elif isinstance(event, Recorded):
            yield from rest()
            yield Restored(stream.result())
            yield event
        else:
            yield event
