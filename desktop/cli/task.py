"""``strongroom run``: one task on one text; the answer on standard output, everything else on standard error."""

import argparse
import json
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop.cli import cloud, console
from desktop.events import Answered, Recorded, RunRequest
from desktop.ledger import RunRecord
from desktop.paths import Paths
from desktop.redacted import Restored, redacted_request, restored
from desktop.review import Review, run_with_review
from desktop.services import Services, build_services
from models.engines.base import Chunk, Progress
from models.errors import StrongroomError
from models.pii.gate import Blocked
from models.pii.restorer import Restoration
from models.skills.render import to_json, to_text, unsupported_words
from models.skills.skill import Task
from models.store.installed import check_folder

ENGINE_NAMES = {"starter": "starter engine", "phi": "Phi-4 Mini"}


def run(paths: Paths, arguments: argparse.Namespace) -> int:
    """Do the task; returns the exit status. Raises StrongroomError where it could not be done."""
    folder = Path(arguments.model) if arguments.model else None
    if folder is not None:
        check_folder(folder)  # raises before the text is read
    services = build_services(paths, model_folder=folder)
    try:
        cloud.prepare(services, arguments)
        tell(services)
        task = services.packs.get(arguments.task)
        request = RunRequest(
            task,
            console.read_text(arguments.file, arguments.password_file),
            arguments.note,
            choice(services, arguments, task),
        )
        return _answer(services, request, arguments)
    finally:
        services.close()


def choice(services: Services, arguments: argparse.Namespace, task: Task) -> Any:
    """The engine asked for, else the one in the settings, which a draft leaves to the router if it cannot write it."""
    if arguments.engine:
        return arguments.engine
    if arguments.model:
        return "phi"
    chosen = services.settings.current.engine
    return "auto" if task.skill == "draft" and chosen == "starter" else chosen


def tell(services: Services) -> None:
    """Pass on what the person should know, once."""
    for notice in services.take_notices():
        console.say(notice)


def _answer(services: Services, request: RunRequest, arguments: argparse.Namespace) -> int:
    as_json: bool = arguments.json
    answer = _Answer(request.task, as_json=as_json)
    failure: StrongroomError | None = None
    try:
        with console.stop_on_interrupt() as cancel:
            review = services.settings.current.show_payload
            for event in _events(services, request, cancel, review=review, redact=arguments.redact):
                if isinstance(event, Review):
                    answer.progress.clear()
                    failure = cloud.decide(event, consented=arguments.consent)
                else:
                    answer.take(event)
    except StrongroomError as error:
        failure = error
    finally:
        answer.progress.clear()
    tell(services)
    record = answer.record
    if as_json:
        print(json.dumps(answer.as_object(failure), ensure_ascii=False), flush=True)
    elif record is not None:
        answer.end()
        if answer.restoration is not None and (left := cloud.restoration_line(answer.restoration)):
            console.say(left)
        if record.engine:
            console.say(where_line(record))
    if failure is not None:
        if not as_json:
            console.say(f"strongroom: {failure.title}. {failure.message}")
        return console.BLOCKED if isinstance(failure, Blocked) else console.ERROR
    if record is not None and record.outcome == "cancelled":
        if not record.engine and not as_json:
            console.say("strongroom: Stopped. Nothing was run and nothing left this machine.")
        return console.STOPPED
    return console.OK if answer.parsed is not None else console.ERROR


def _events(
    services: Services, request: RunRequest, cancel: threading.Event, *, review: bool, redact: bool
) -> Iterator[object]:
    """The run's events; ``redact`` replaces what is found, and puts it back into the answer."""
    redaction = None
    if redact:
        request, redaction = redacted_request(request, services.assistant.scan(request.text, cancel))
    events = run_with_review(services.assistant, request, services.preview, cancel, review=review)
    return restored(events, redaction) if redaction is not None else events


class _Answer:
    """Collects the events of one run and writes texts while they come."""

    def __init__(self, task: Task, *, as_json: bool) -> None:
        self.task = task
        self.streams = not as_json and task.skill in ("summarize", "draft")
        self.progress = console.ProgressLine()
        self.parsed: dict[str, Any] | None = None
        self.record: RunRecord | None = None
        self.restoration: Restoration | None = None
        self._shown = ""
        self._missing: tuple[str, ...] = ()
        self._last = ""

    def take(self, event: object) -> None:
        """Deal with one event."""
        if isinstance(event, Progress):
            self.progress.show(event.stage, event.message, event.done, event.total)
        elif isinstance(event, Chunk):
            if self.streams:
                self.progress.clear()
                print(console.printable(event.text), end="", flush=True)
                self._last = event.text
        elif isinstance(event, Answered):
            self.parsed = to_json(self.task, event.answer)
            self._shown = "" if self.streams else to_text(self.task, event.answer)
            self._missing = unsupported_words(event.answer)
        elif isinstance(event, Restored):
            self.restoration = event.restoration
        elif isinstance(event, Recorded):
            self.record = event.record

    def end(self) -> None:
        """Write the answer of a task that does not stream, or end the last line of one that does."""
        if self._shown:
            print(console.printable(self._shown), flush=True)
        elif self._last and not self._last.endswith("\n"):
            print(flush=True)
        if self._missing and self.streams:
            console.say(f"Not in the document, check it: {console.printable(', '.join(self._missing), sys.stderr)}")

    def as_object(self, failure: StrongroomError | None) -> dict[str, Any]:
        """The run for programs."""
        record = self.record
        result: dict[str, Any] = {"task": self.task.id, "skill": self.task.skill, "answer": None}
        if self.parsed is not None:
            result["answer"] = {key: value for key, value in self.parsed.items() if key not in ("task", "skill")}
        if record is not None:
            result |= {
                "outcome": record.outcome,
                "engine": record.engine or None,
                "model": record.model or None,
                "reason": record.reason,
                "usage": {
                    "prompt_tokens": record.prompt_tokens,
                    "cached_tokens": record.cached_tokens,
                    "output_tokens": record.output_tokens,
                },
                "ms": {
                    "first_token": None if record.first_token_ms is None else round(record.first_token_ms, 1),
                    "total": round(record.total_ms, 1),
                },
                "cost": {"usd": record.cost_usd, "avoided_usd": record.cost_avoided_usd},
                "bytes_sent": record.bytes_sent,
                "peak_memory_bytes": record.peak_bytes or None,
                "findings": dict(record.findings),
            }
        if self.restoration is not None:
            result["placeholders"] = {
                "restored": self.restoration.restored,
                "unknown": list(self.restoration.unknown),
                "unused": list(self.restoration.unused),
            }
        if failure is not None:
            result["error"] = {"title": failure.title, "message": failure.message}
        return result


def where_line(record: RunRecord) -> str:
    """Where it ran, why, how long it took, what it cost and what left, in one line."""
    place = (
        f"in the cloud ({record.model or 'no answer'})"
        if record.engine == "cloud"
        else f"on this device ({ENGINE_NAMES.get(record.engine, record.engine)})"
    )
    ended = {
        "cut": " The answer is not whole: it reached its limit.",
        "repeating": " The answer is not whole: it repeated itself and was ended.",
        "cancelled": " Stopped.",
    }.get(record.outcome, "")
    verb = "Broke off" if record.outcome == "failed" else "Ran"
    return (
        f"{verb} {place}: {record.reason}{ended} {record.total_ms / 1000:.1f} s · ${record.cost_usd:.4f} · "
        f"{record.bytes_sent:,} bytes left this machine."
    )
