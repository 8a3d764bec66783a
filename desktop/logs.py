"""The log and crash reports: level, module, event; never content, in nobody's message."""

import datetime
import io
import logging
import logging.handlers
import os
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from desktop import __version__
from desktop.paths import Paths, create_private, private_folder
from models.errors import StorageError

LOG = logging.getLogger("strongroom")
"""The program's own logger. Its messages are fixed events ("run done"), without values from documents or the person."""

MAX_LOG_BYTES = 256_000
KEPT_LOGS = 3
KEPT_CRASHES = 10

OUR_PACKAGES = ("desktop", "models")
_ROOT = Path(__file__).resolve().parent.parent


class _ContentFree(logging.Formatter):
    """Writes what our own code logs as it is; of a library's record only that it happened and where."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, without exception text, stack or arguments of libraries."""
        at = datetime.datetime.fromtimestamp(record.created, datetime.UTC).isoformat(timespec="milliseconds")
        ours = record.name.split(".")[0] == LOG.name and not record.args
        event = str(record.msg) if ours else f"record from {record.module}:{record.lineno}"
        kind = record.exc_info[0] if record.exc_info else None
        suffix = f" ({kind.__name__})" if kind is not None else ""
        return f"{at} {record.levelname} {record.name} {event}{suffix}"


def _wanted(record: logging.LogRecord) -> bool:
    """Our own events, and warnings of libraries, whatever level a library gave itself."""
    return record.levelno >= logging.WARNING or record.name.split(".")[0] == LOG.name


class _Private(logging.handlers.RotatingFileHandler):
    """A rotating file that only its owner can read, and that keeps quiet when the disk does not want it."""

    def _open(self) -> io.TextIOWrapper:
        create_private(Path(self.baseFilename))
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the base class names it
        """A full disk is no reason to print a record with its arguments to the terminal."""


def set_up_logging(paths: Paths) -> bool:
    """Send warnings of libraries, and our own events, to the rotating log. False where the disk does not allow it.

    The root logger gets no other handler, so that no library prints content to the terminal.
    """
    root = logging.getLogger()
    root.setLevel(logging.WARNING)
    LOG.setLevel(logging.INFO)
    logging.captureWarnings(capture=True)
    tear_down_logging()
    handler: logging.Handler
    try:
        private_folder(paths.log)
        handler = _Private(paths.log_file, maxBytes=MAX_LOG_BYTES, backupCount=KEPT_LOGS, encoding="utf-8", delay=True)
        create_private(paths.log_file)
        stored = True
    except (OSError, StorageError):
        handler, stored = logging.NullHandler(), False
    handler.setFormatter(_ContentFree())
    handler.addFilter(_wanted)
    handler.set_name("strongroom")
    root.addHandler(handler)
    return stored


def tear_down_logging() -> None:
    """Close the log; what ``set_up_logging`` did to the root logger's handlers is undone."""
    root = logging.getLogger()
    for handler in [handler for handler in root.handlers if handler.get_name() == "strongroom"]:
        root.removeHandler(handler)
        handler.close()


def crash_report(kind: type[BaseException], trace: TracebackType | None) -> str:
    """What a crash report says: version, system, exception types, and the frames of our own files.

    Never messages, arguments, local variables, or paths of this machine.
    """
    lines = [
        f"Strongroom {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}",
        f"{kind.__module__}.{kind.__qualname__}",
    ]
    for frame, line in traceback.walk_tb(trace):
        path = Path(frame.f_code.co_filename)
        module = _own_module(path)
        lines.append(f"  {module}:{line} {frame.f_code.co_name}" if module else "  (a library)")
    return "\n".join(lines) + "\n"


def _own_module(path: Path) -> str:
    """Name inside the program ("desktop/ledger.py") of a file of ours, or ""."""
    for root in (_ROOT, Path(getattr(sys, "_MEIPASS", _ROOT))):
        try:
            inside = path.relative_to(root)
        except ValueError:
            continue
        if inside.parts[0] in OUR_PACKAGES:
            return inside.as_posix()
    # Frozen code objects carry paths that are relative already.
    return path.as_posix() if not path.is_absolute() and path.parts[:1] and path.parts[0] in OUR_PACKAGES else ""


def write_crash_report(paths: Paths, kind: type[BaseException], trace: TracebackType | None) -> Path | None:
    """Write the report to the crash folder and drop the oldest beyond ``KEPT_CRASHES``; None where the disk refuses."""
    try:
        folder = private_folder(paths.crashes)
        stamp = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H%M%S.%fZ")
        file = folder / f"crash-{stamp}-{os.getpid()}.txt"
        create_private(file)
        file.write_text(crash_report(kind, trace), encoding="utf-8")
        for old in sorted(folder.glob("crash-*.txt"))[:-KEPT_CRASHES]:
            old.unlink(missing_ok=True)
    except (OSError, StorageError):
        return None
    return file


OnCrash = Callable[[Path | None], None]


def install_crash_hooks(paths: Paths, on_crash: OnCrash | None = None) -> None:
    """Turn every uncaught exception, of any thread, into a report without content, and tell ``on_crash`` of it."""

    def report(kind: type[BaseException], trace: TracebackType | None) -> None:
        LOG.error("crash")
        file = write_crash_report(paths, kind, trace)
        if on_crash is not None:
            on_crash(file)

    def hook(kind: type[BaseException], _error: BaseException, trace: TracebackType | None) -> None:
        report(kind, trace)

    def thread_hook(arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_type is not SystemExit:
            report(arguments.exc_type, arguments.exc_traceback)

    def unraisable_hook(arguments: "sys.UnraisableHookArgs") -> None:
        report(arguments.exc_type or RuntimeError, arguments.exc_traceback)

    sys.excepthook = hook
    threading.excepthook = thread_hook
    sys.unraisablehook = unraisable_hook
