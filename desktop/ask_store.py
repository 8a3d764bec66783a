"""Keeps the documents of *Ask* from one session to the next, encrypted, where the person asked for it.

Names, texts and embeddings are one sealed blob a document: the file tells how many documents there are and how large,
nothing else.
"""

import contextlib
import json
import sqlite3
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

from desktop.credentials import Credentials
from desktop.sealing import SealingKey, seal, sealed_file, unseal
from models.ask.index import AskIndex
from models.errors import StorageError

KEY_NAME = "kept-documents"
_BOUND = b"strongroom ask 1"
_SCHEMA = "CREATE TABLE IF NOT EXISTS documents (id INTEGER PRIMARY KEY, content BLOB NOT NULL)"


class AskStore:
    """One SQLite file. Thread-safe; the keyring may prompt, so not on the GUI thread."""

    def __init__(self, file: Path, credentials: Credentials) -> None:
        self._file = file
        self._lock = threading.Lock()
        self.key = SealingKey(credentials, KEY_NAME, "kept documents")

    @property
    def in_use(self) -> bool:
        """Whether the person chose to keep documents; asks no keyring."""
        return self._file.exists()

    def save(self, index: AskIndex) -> None:
        """Keep every document of the index, and none besides.

        Raises:
            CredentialError: there is no keyring to hold the key; nothing was kept.
            StorageError: it could not be written.
        """
        import numpy as np

        key = self.key.get(make=True, anything_sealed=lambda: self.count() > 0)
        rows = []
        for name in index.documents:
            head = json.dumps({"name": name, "text": index.text_of(name)}).encode("utf-8")
            vectors = index.vectors_of(name).astype(np.float16).tobytes()
            rows.append((seal(key, struct.pack(">I", len(head)) + head + vectors, _BOUND),))
        with self._open() as database:
            database.execute("DELETE FROM documents")
            database.executemany("INSERT INTO documents (content) VALUES (?)", rows)

    def load(self, index: AskIndex, cancel: threading.Event) -> Iterator[tuple[int, int]]:
        """Put what was kept into the index; yields (documents done, documents in all).

        Raises:
            CredentialError: the key cannot be had, so the documents stay locked.
            StorageError: the file cannot be read, or was changed by something else.
        """
        import numpy as np

        if not self.count():
            return
        key = self.key.get(make=False, anything_sealed=lambda: True)
        with self._open() as database:
            rows = database.execute("SELECT content FROM documents ORDER BY id").fetchall()
        for number, (sealed,) in enumerate(rows):
            if cancel.is_set():
                return
            yield number, len(rows)
            content = unseal(key, sealed, _BOUND)
            (size,) = struct.unpack(">I", content[:4])
            kept = json.loads(content[4 : 4 + size])
            vectors = np.frombuffer(content[4 + size :], np.float16).astype(np.float32).reshape(-1, 384)
            if not index.restore(kept["name"], kept["text"], vectors):
                for _ in index.add(kept["name"], kept["text"], cancel):
                    pass

    def count(self) -> int:
        """Documents that are kept; asks no keyring. Raises StorageError."""
        if not self._file.exists():
            return 0
        with self._open() as database:
            (number,) = database.execute("SELECT COUNT(*) FROM documents").fetchone()
        return int(number)

    def delete(self) -> None:
        """Delete everything that was kept. Raises StorageError."""
        try:
            self._file.unlink(missing_ok=True)
        except OSError as error:
            raise _trouble() from error

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with self._lock, sealed_file(self._file, _SCHEMA, _trouble()) as database:
            yield database


def _trouble() -> StorageError:
    return StorageError(
        "The kept documents cannot be read or changed",
        "The file ask.sqlite3 in your data folder is damaged, on a full disk or not yours to write. Nothing else is "
        "affected. Put a copy back, or delete the file.",
    )
