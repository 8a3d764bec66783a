"""SHA-256 of files, fed piece by piece, so that a download is hashed while it comes."""

import hashlib
import threading
from collections.abc import Iterator
from pathlib import Path

PIECE = 1 << 20
"""Bytes read at once: about 3 ms of hashing."""


class Digest:
    """SHA-256 and, where the size is known beforehand, the digest that git gives a file. ``size``: bytes so far."""

    def __init__(self, total: int | None = None) -> None:
        self.size = 0
        self._sha256 = hashlib.sha256()
        # Git's own name for a file, which a hub declares for small ones; it is SHA-1 by definition.
        self._git = hashlib.sha1(usedforsecurity=False) if total is not None and total <= 64 * PIECE else None
        if self._git is not None:
            self._git.update(f"blob {total}\0".encode())

    def update(self, piece: bytes | memoryview) -> None:
        """Take the next bytes."""
        self._sha256.update(piece)
        if self._git is not None:
            self._git.update(piece)
        self.size += len(piece)

    @property
    def sha256(self) -> str:
        """SHA-256 of what came so far, in hexadecimal."""
        return self._sha256.hexdigest()

    def matches(self, declared: str) -> bool:
        """Whether ``declared`` ("sha256:…" or "git:…") is the digest of what came."""
        kind, _, value = declared.partition(":")
        if kind == "sha256":
            return value == self.sha256
        return kind == "git" and self._git is not None and value == self._git.hexdigest()


def read_into(digest: Digest, file: Path, cancel: threading.Event) -> Iterator[int]:
    """Feed a file's bytes to ``digest``; yields the bytes read after every piece, and ends early when cancelled.

    Raises:
        OSError: it cannot be read.
    """
    buffer = bytearray(PIECE)
    view = memoryview(buffer)
    with file.open("rb", buffering=0) as stream:
        while not cancel.is_set() and (count := stream.readinto(buffer)):
            digest.update(view[:count])
            yield count
