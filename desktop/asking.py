"""Asking over documents and folders: reading them in, finding passages, and an answer from them where Phi is there."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.assistant import Assistant
from desktop.events import Answered, AssistantEvent, RunRequest
from models.ask.answering import ASK, asked_text, cited
from models.ask.index import AskIndex, Hit
from models.documents.reader import ACCEPTED_SUFFIXES, read_document
from models.engines.base import Progress
from models.engines.starter.embedding import Cancelled
from models.errors import InputError, StrongroomError
from models.skills.answer import TextAnswer

MOST_FILES = 2_000
"""Files of a folder; more are refused, since a part would look like all of it."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be read in: its name, and why in words."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """The passages for a question; they are the answer where no model writes one."""

    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """The model's answer, which passages it cites (from 1), and whether a statement stands on none of them."""

    text: str
    cited: tuple[int, ...]
    doubtful: bool


AskEvent = Found | Written | AssistantEvent


def files_of(path: Path) -> list[Path]:
    """A file, or the documents in a folder and those below it, by name.

    Raises:
        InputError: there is nothing to read, or too much.
    """
    if path.is_file():
        return [path]
    try:
        found = sorted(one for one in path.rglob("*") if one.suffix.lower() in ACCEPTED_SUFFIXES and one.is_file())
    except OSError as error:
        raise InputError("The folder cannot be read", "Nothing was read in. Check that you may open it.") from error
    if not found:
        kinds = ", ".join(ACCEPTED_SUFFIXES)
        raise InputError("There is nothing to read", f"No document was found there. Read in can be {kinds}.")
    if len(found) > MOST_FILES:
        raise InputError(
            "The folder holds too much",
            f"It has {len(found):,} documents, {MOST_FILES:,} are the most. Nothing was read in. Choose a part of it.",
        )
    return found


def read_in(index: AskIndex, files: Sequence[Path], cancel: threading.Event) -> Iterator[Progress | Unread]:
    """Read files into the index; yields progress, and every file that could not be read. Ends early when stopped."""
    for number, file in enumerate(files):
        try:
            name = file.name if file.name not in index.documents else str(Path(file.parent.name) / file.name)
            yield Progress("read", f"Reading {number + 1} of {len(files)} documents", number, len(files))
            document = read_document(file, cancel=cancel)
            for done, total in index.add(name, document.text, cancel):
                yield Progress("read", f"Reading {number + 1} of {len(files)} documents", done, total)
        except Cancelled:
            return
        except StrongroomError as error:
            if cancel.is_set():
                return
            yield Unread(file.name, f"{error.title}. {error.message}")


def ask(
    index: AskIndex, question: str, assistant: Assistant, phi_ready: Callable[[], bool], cancel: threading.Event
) -> Iterator[AskEvent]:
    """Find passages and, where Phi-4 Mini is installed, let it answer from them, through the assistant as any task.

    Raises:
        InputError: there is no question, or nothing was read in.
        StrongroomError: the run failed.
    """
    if not question.strip():
        raise InputError("There is no question", "Nothing was done. Write a question and ask again.")
    if not index.size:
        raise InputError("There is nothing to search in", "Nothing was done. Add a document or a folder first.")
    hits = tuple(index.search(question))
    yield Found(hits)
    if not hits or not phi_ready():
        return
    for event in assistant.run(RunRequest(ASK, asked_text(question, hits), engine="phi"), cancel):
        if isinstance(event, Answered) and isinstance(event.answer, TextAnswer):
            numbers, doubtful = cited(event.answer.text, len(hits))
            yield Written(event.answer.text, numbers, doubtful)
        else:
            yield event
