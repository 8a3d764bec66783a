"""What the person taught by correcting answers: encrypted on disk, with the key in the keyring of the system.

Kept is what they agreed to: the text with its features, the features alone, or only whether an answer was right. Texts
and features are encrypted (AES-256 in GCM, one nonce a row; the row's task and label are bound to it), and without the
keyring they stay locked. Task, label and time are not encrypted; they say nothing of the text.
"""

import contextlib
import datetime
import sqlite3
import struct
import threading
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from desktop.credentials import Credentials
from desktop.sealing import SealingKey, seal, sealed_file, unseal
from models.engines.starter.classifier import Taught
from models.errors import CredentialError, StorageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Keep = Literal["text", "features", "verdict"]
"""What of a correction is kept: the text and its features, the features, or only that there was one."""

KEY_NAME = "kept-examples"
"""Under what name the key lies in the keyring, beside the keys for the cloud."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS kept (
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, task TEXT NOT NULL, label TEXT NOT NULL, features BLOB NOT NULL, text BLOB
);
CREATE TABLE IF NOT EXISTS verdicts (
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, task TEXT NOT NULL, engine TEXT NOT NULL, right INTEGER NOT NULL
);
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """One example that was kept. ``text`` is None where only its features were."""

    number: int
    at: datetime.datetime
    task: str
    label: str
    text: str | None


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Answers that the person judged since some day, and how many were right."""

    judged: int
    right: int


JUDGED = 20
"""Judged answers, the latest, over which the share of right ones is shown."""


@dataclass(frozen=True, slots=True)
class Judgements:
    """Whether answers were right, as the person judged them, the latest last: of all tasks, and of each by its id."""

    all_tasks: tuple[bool, ...] = ()
    by_task: Mapping[str, tuple[bool, ...]] = field(default_factory=dict)


class KeptExamples:
    """The examples of this person, in one SQLite file. Thread-safe. The keyring may prompt: not on the GUI thread."""

    def __init__(self, file: Path, credentials: Credentials) -> None:
        self._file = file
        self.key = SealingKey(credentials, KEY_NAME, "examples")
        self._lock = threading.Lock()
        self._taught: dict[str, tuple[Taught, ...]] = {}

    def judge(self, task: str, engine: str, *, right: bool) -> None:
        """Count one answer as right or wrong. Raises StorageError."""
        with self._open() as database:
            database.execute(
                "INSERT INTO verdicts (at, task, engine, right) VALUES (?, ?, ?, ?)", (_now(), task, engine, right)
            )

    def verdicts(self, task: str = "", days: int = 0) -> Verdicts:
        """What was judged: of one task or of all, in the last ``days`` or ever. Raises StorageError."""
        since = (datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=days)).isoformat() if days else ""
        if not self._file.exists():
            return Verdicts(0, 0)
        with self._open() as database:
            judged, right = database.execute(
                "SELECT COUNT(*), COALESCE(SUM(right), 0) FROM verdicts WHERE (? = '' OR task = ?) AND at >= ?",
                (task, task, since),
            ).fetchone()
        return Verdicts(judged, right)

    def judgements(self) -> Judgements:
        """The last ``JUDGED`` answers that were judged, of all tasks and of each. Raises StorageError."""
        if not self._file.exists():
            return Judgements()
        with self._open() as database:
            rows = database.execute("SELECT task, right FROM verdicts ORDER BY id").fetchall()
        by_task: dict[str, deque[bool]] = {}
        for task, right in rows:
            by_task.setdefault(task, deque(maxlen=JUDGED)).append(bool(right))
        return Judgements(
            tuple(bool(right) for _, right in rows[-JUDGED:]), {task: tuple(last) for task, last in by_task.items()}
        )

    def keep(self, task: str, label: str, features: "NDArray[np.float32]", text: str | None) -> int:
        """Keep an example; ``text`` None keeps its features alone. Returns its number.

        Raises:
            CredentialError: there is no keyring to hold the key; nothing was kept.
            StorageError: it could not be written.
        """
        import numpy as np

        key = self._get_key(make=True)
        bound = _bound(task, label)
        packed = np.asarray(features, np.float16).tobytes()
        sealed_text = None if text is None else seal(key, text.encode("utf-8", "replace"), bound)
        with self._open() as database:
            cursor = database.execute(
                "INSERT INTO kept (at, task, label, features, text) VALUES (?, ?, ?, ?, ?)",
                (_now(), task, label, seal(key, packed, bound), sealed_text),
            )
            number = int(cursor.lastrowid or 0)
        self._taught.pop(task.casefold(), None)
        return number

    def listed(self) -> tuple[Kept, ...]:
        """Everything that is kept, the latest first.

        Raises:
            CredentialError: the key cannot be had, so the examples stay locked.
            StorageError: the file cannot be read, or an entry was changed by something else.
        """
        if not self.count():
            return ()
        key = self._get_key(make=False)
        with self._open() as database:
            rows = database.execute("SELECT id, at, task, label, text FROM kept ORDER BY id DESC").fetchall()
        return tuple(
            Kept(
                number,
                datetime.datetime.fromisoformat(at),
                task,
                label,
                None if text is None else unseal(key, text, _bound(task, label)).decode("utf-8"),
            )
            for number, at, task, label, text in rows
        )

    def count(self, task: str = "") -> int:
        """How many are kept; asks no keyring. Raises StorageError."""
        if not self._file.exists():
            return 0
        with self._open() as database:
            (number,) = database.execute("SELECT COUNT(*) FROM kept WHERE ? = '' OR task = ?", (task, task)).fetchone()
        return int(number)

    def delete(self, number: int | None = None) -> None:
        """Delete one example, or all; what was there is overwritten in the file. Raises StorageError."""
        if not self._file.exists():
            return
        with self._open() as database:
            if number is None:
                database.execute("DELETE FROM kept")
            else:
                database.execute("DELETE FROM kept WHERE id = ?", (number,))
        self._taught.clear()

    def taught(self, task: str) -> tuple[Taught, ...]:
        """What the starter engine learns from beside the pack; nothing where the examples are locked."""
        import numpy as np

        known = self._taught.get(task.casefold())
        if known is not None:
            return known
        try:
            if not self.count(task):
                return ()
            key = self._get_key(make=False)
            with self._open() as database:
                rows = database.execute(
                    "SELECT label, features FROM kept WHERE task = ? ORDER BY id", (task,)
                ).fetchall()
            found = tuple(
                Taught(label, np.frombuffer(unseal(key, sealed, _bound(task, label)), np.float16).astype(np.float32))
                for label, sealed in rows
            )
        except (CredentialError, StorageError):
            return ()
        self._taught[task.casefold()] = found
        return found

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with self._lock, sealed_file(self._file, _SCHEMA, _trouble()) as database:
            yield database

    def _get_key(self, *, make: bool) -> bytes:
        return self.key.get(make=make, anything_sealed=lambda: bool(self.count()))


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def _bound(task: str, label: str) -> bytes:
    """What is bound to a sealed row; lengths go first, so that no two pairs are the same bytes."""
    first, second = task.encode("utf-8"), label.encode("utf-8", "replace")
    return struct.pack(">II", len(first), len(second)) + first + second


def _trouble() -> StorageError:
    return StorageError(
        "Your examples cannot be read or kept",
        "The file examples.sqlite3 in your data folder is damaged, on a full disk or not yours to write. Nothing else "
        "is affected, and what is in it was not changed. Put a copy back, or delete the file.",
    )
