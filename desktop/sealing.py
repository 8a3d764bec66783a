"""Encryption of what a person agreed to keep: AES-256 in GCM, the key in the keyring, made when first used.

And the SQLite files that what was sealed lies in.
"""

import base64
import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from desktop.credentials import Credentials
from desktop.paths import create_private, private_folder
from models.errors import CredentialError, StorageError

_NONCE = 12


class SealingKey:
    """One key, under ``name`` in the keyring, for ``what`` (a plural, as in "Your examples are locked").

    The keyring may prompt, so not on the GUI thread. Once read, the key stays in memory until the program ends.
    """

    def __init__(self, credentials: Credentials, name: str, what: str) -> None:
        self._credentials = credentials
        self._name = name
        self._what = what
        self._key: bytes | None = None

    def forget(self) -> None:
        """Drop the key from memory; the next use asks the keyring again."""
        self._key = None

    def get(self, *, make: bool, anything_sealed: Callable[[], bool]) -> bytes:
        """The key; with ``make``, a new one where there is none and nothing was sealed with one that is gone.

        Raises:
            CredentialError: the keyring cannot be used, or the key is no longer in it.
        """
        if self._key is not None:
            return self._key
        title = f"Your {self._what} are locked"
        try:
            found = self._credentials.get(self._name)
        except CredentialError as error:
            raise CredentialError(
                title,
                f"The key to them lies in the system's keyring, which cannot be used now: {error.message} They stay as "
                "they are, encrypted, and nothing was kept or shown.",
            ) from error
        if found is None and (not make or anything_sealed()):
            raise CredentialError(
                title,
                "The key to them is no longer in the system's keyring, so they cannot be read, and none can be added. "
                f"They stay encrypted on this disk. Bring the keyring back, or delete all {self._what}.",
            )
        if found is None:
            found = base64.urlsafe_b64encode(os.urandom(32)).decode("ascii")
            self._credentials.set(self._name, found)
        self._key = base64.urlsafe_b64decode(found)
        return self._key


def seal(key: bytes, content: bytes, bound: bytes) -> bytes:
    """Encrypt; ``bound`` is not hidden but must be the same when it is opened. A fresh nonce goes first."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, bound)


def unseal(key: bytes, sealed: bytes, bound: bytes) -> bytes:
    """Open what ``seal`` made. Raises StorageError where it was made with another key or changed since."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], bound)
    except (InvalidTag, ValueError) as error:
        raise StorageError(
            "Something kept cannot be opened",
            "It was encrypted with another key, or the file was changed by something else. Nothing was shown. Delete "
            "what was kept to start afresh.",
        ) from error


@contextlib.contextmanager
def sealed_file(file: Path, schema: str, trouble: StorageError) -> Iterator[sqlite3.Connection]:
    """A SQLite file that only its owner can read, in one transaction; what is deleted in it is overwritten.

    ``schema`` makes the tables where there are none.

    Raises:
        StorageError: ``trouble``, where the file is damaged, or cannot be read or written.
    """
    try:
        private_folder(file.parent)
        create_private(file)
        with contextlib.closing(sqlite3.connect(file)) as database:
            database.execute("PRAGMA secure_delete = ON")
            database.executescript(schema)
            with database:
                yield database
    except (sqlite3.Error, OSError) as error:
        raise trouble from error
