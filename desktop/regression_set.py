"""A set of marked texts in a JSON Lines file that the person chose. Nothing is remembered: neither texts nor place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from desktop.settings import write_private
from models.errors import InputError, StorageError
from models.pii.marked_text import as_line, parse_line
from models.pii.measure import MarkedText

MAX_LINE_BYTES = 100_000_000
"""A longer line holds no text that a scan takes on."""
MAX_OPEN_BYTES = 50_000_000
"""A larger file is not held in the window; the command line reads it line by line."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A marked text and the line of the file that it stood in, from 1."""

    line: int
    marked: MarkedText
    bytes: int


def read_lines(stream: BinaryIO) -> Iterator[Numbered]:
    """Marked texts of a stream, one at a time; empty lines are passed over.

    Raises:
        InputError: a line is not a marked text; it names the line and the reason, and quotes nothing.
    """
    number = 0
    while True:
        try:
            line = stream.readline(MAX_LINE_BYTES + 1)
        except OSError as error:
            raise InputError(
                "The set cannot be read", "Reading the file broke off. Nothing was measured. Check the disk it is on."
            ) from error
        if not line:
            return
        number += 1
        if not line.strip():
            continue
        try:
            if len(line) > MAX_LINE_BYTES:
                raise ValueError(f"the line is longer than {MAX_LINE_BYTES // 1_000_000} MB")
            marked = parse_line(line)
        except ValueError as problem:
            raise InputError(
                "The set cannot be read",
                f"Line {number}: {problem}. Nothing was measured. A line is one JSON object with a “text” and its "
                "“spans”, each with “start”, “end” and “entity”.",
            ) from None
        yield Numbered(number, marked, len(line))


def read_set(file: Path) -> tuple[MarkedText, ...]:
    """All marked texts of a file. Raises InputError."""
    try:
        if file.stat().st_size > MAX_OPEN_BYTES:
            raise InputError(
                "The set is too large for the window",
                f"It is larger than {MAX_OPEN_BYTES // 1_000_000} MB. Measure it on the command line, which reads line "
                "by line: strongroom gate-test FILE.jsonl",
            )
        with file.open("rb") as stream:
            texts = tuple(numbered.marked for numbered in read_lines(stream))
    except OSError as error:
        raise InputError(
            "The set cannot be opened", "Nothing was measured. Check that the file exists and that you may read it."
        ) from error
    if not texts:
        raise empty_set()
    return texts


def write_set(file: Path, texts: Iterable[MarkedText]) -> None:
    """Write a set, readable by the person only, whole or not at all. Raises StorageError."""
    try:
        write_private(file, "".join(as_line(marked) for marked in texts).encode("utf-8"))
    except OSError as error:
        raise StorageError(
            "The set was not saved",
            "The file could not be written: the disk is full, read-only or not yours to write. The set is still in the "
            "window. Choose another folder.",
        ) from error


def empty_set() -> InputError:
    """There is nothing to measure on."""
    return InputError("The set is empty", "It holds no texts, so nothing was measured.")
