"""What comes out of a file, and the limits that guard this program against files that are too much."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from models.errors import InputError

Kind = Literal["text", "pdf", "docx"]
OnProgress = Callable[[int, int], None]
"""Called with (done, total) pages."""

MAX_TEXT_BYTES = 20_000_000
MAX_FILE_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a file, lines ended by LF. ``pages`` is None where the kind has none; they are parted by form feeds.

    ``notice`` is one or more sentences on what could not be read, or "".
    """

    text: str
    pages: int | None
    kind: Kind
    notice: str = ""


def normal_lines(text: str) -> str:
    """End every line with LF, and drop NULs, which no widget can show and which would part a number in two."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


class PasswordError(InputError):
    """The document can be read with the right password only; none was given, or another one."""


def too_long() -> InputError:
    """The error for more text than the program takes at once."""
    return InputError(
        "The document is too long",
        f"It holds more than {MAX_TEXT_BYTES // 1_000_000} MB of text. It was not opened, and nothing of it was kept. "
        "Split it and open the parts.",
    )


def corrupt(kind: str) -> InputError:
    """The error for a file that is not what its name or its first bytes say."""
    return InputError(
        f"The {kind} is damaged",
        "It cannot be read as what it claims to be; it may be incomplete. It was not changed. Open it in the program "
        "that made it, save it again, and try once more.",
    )


def check_cancel(cancel: threading.Event | None) -> None:
    """Stop reading if the person asked for it. Raises InputError titled "Stopped"."""
    if cancel is not None and cancel.is_set():
        raise InputError("Stopped", "Reading the document was stopped. Nothing of it was kept; open it again any time.")
