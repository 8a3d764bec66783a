"""What every command needs: UTF-8 streams, texts from a file or standard input, progress on standard error."""

import contextlib
import errno
import io
import os
import re
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import BinaryIO, TextIO

from models.errors import EngineUnavailable, InputError

OK, FOUND, ERROR, BLOCKED, STOPPED = 0, 1, 2, 3, 130

_PASSWORD_BYTES = 4096
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def use_utf8() -> None:
    """Write UTF-8 whatever the console's code page; what cannot be encoded (a lone surrogate) becomes "?"."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            with contextlib.suppress(OSError, ValueError):
                stream.reconfigure(encoding="utf-8", errors="replace")


def printable(text: str, stream: TextIO | None = None) -> str:
    """``text`` without control characters, which could take over a terminal; piped output is left as it is."""
    stream = stream or sys.stdout
    return _CONTROL.sub("", text) if stream is not None and stream.isatty() else text


def usd(amount: float) -> str:
    """Such as "$0.0042"."""
    return f"${amount:.4f}"


def ask(question: str) -> bool:
    """Ask for a yes on the terminal; anything else is a no. Raises EngineUnavailable without a terminal."""
    if sys.stdin is None or sys.stderr is None or not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise EngineUnavailable(
            "Nothing was sent",
            "The settings ask that every cloud draft be looked at first, and there is no terminal to ask on. Your text "
            "stays on this device. Name a file and run it in a terminal, or switch “Show before sending” off.",
        )
    print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in ("y", "yes")


def agrees(question: str, without_terminal: str) -> bool:
    """Ask for a yes on the terminal. Raises InputError without one; ``without_terminal`` says what to do then."""
    if sys.stdin is None or sys.stderr is None or not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise InputError("Nothing was done", f"This has to be agreed to first. {without_terminal}")
    print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in ("y", "yes")


@contextlib.contextmanager
def stop_on_interrupt() -> Iterator[threading.Event]:
    """An event that Ctrl-C sets: Stop. A second Ctrl-C ends the program at once."""
    cancel = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield cancel
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        if cancel.is_set():
            raise KeyboardInterrupt
        cancel.set()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield cancel
    finally:
        signal.signal(signal.SIGINT, before)


def say(sentence: str) -> None:
    """A line for the person, on standard error, so that standard output holds answers only."""
    print(sentence, file=sys.stderr, flush=True)


def flush() -> None:
    """Write out what is still held back, where trouble can be told, not at the interpreter's end. Raises OSError."""
    if sys.stdout is not None:
        sys.stdout.flush()


_OUTPUT_TROUBLE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF})


def is_output_trouble(error: OSError) -> bool:
    """Whether standard output cannot be written to. Files say their trouble themselves, as StrongroomError."""
    return error.filename is None and error.errno in _OUTPUT_TROUBLE


def swallow_output() -> None:
    """After a broken pipe: nothing more can be written, and the interpreter's last flush must not complain."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextlib.contextmanager
def binary_input(source: str) -> Iterator[BinaryIO]:
    """Bytes of a file, or of standard input for "-". Raises InputError."""
    if source == "-":
        if sys.stdin is None:  # a packaged Windows program without a console
            raise InputError("There is no input", "Nothing can be read from standard input here. Name a file instead.")
        if sys.stdin.isatty():
            say("Reading from the keyboard; end with Ctrl-D (Windows: Ctrl-Z, Enter).")
        yield sys.stdin.buffer
        return
    try:
        stream = Path(source).open("rb")  # noqa: SIM115 - closed below, and opening has its own error
    except OSError as error:
        raise InputError("The file cannot be opened", "Check that it exists and that you may read it.") from error
    with stream:
        yield stream


def read_password(password_file: str) -> str | None:
    """The first line of a file; None without one. Raises InputError."""
    if not password_file:
        return None
    try:
        with binary_input(password_file) as stream:
            line = stream.readline(_PASSWORD_BYTES)
        return line.decode("utf-8-sig").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            "The password file cannot be read",
            "Nothing was opened. The password stands in its first line, in UTF-8. Check the file and try again.",
        ) from error


def read_text(source: str, password_file: str = "") -> str:
    """The text of a document, or of standard input for "-". Raises InputError."""
    from models.documents import PasswordError, decode_text, read_document

    if source != "-":
        try:
            document = read_document(Path(source), read_password(password_file))
        except PasswordError as error:
            raise InputError(error.title, f"{error.message} Give it with --password-file.") from None
        if document.notice:
            say(document.notice)
        text = document.text
    else:
        with binary_input(source) as stream:
            data = stream.read()
        text = decode_text(data)
    if not text.strip():
        raise InputError("There is no text", "What came in is empty, so nothing was done. Give it a text or a file.")
    return text


class ProgressLine:
    """Says what is happening: one line that is overwritten on a terminal, else a line whenever the stage changes."""

    def __init__(self) -> None:
        self._tty = sys.stderr is not None and sys.stderr.isatty()
        self._last = ""
        self._width = 0

    def show(self, stage: str, message: str, done: int, total: int) -> None:
        """Show one step."""
        share = f" {100 * done // total} %" if total else ""
        line = f"{message}{share}"
        if self._tty:
            print(f"\r{line:<{self._width}}", end="", file=sys.stderr, flush=True)
            self._width = len(line)
        elif stage != self._last:
            say(message)
        self._last = stage

    def clear(self) -> None:
        """Take the line away before something else is written."""
        if self._tty and self._width:
            print(f"\r{'':<{self._width}}\r", end="", file=sys.stderr, flush=True)
            self._width = 0
