"""An API key from a file that nobody but its owner can read, for the command line."""

import os
import stat
from pathlib import Path

from models.errors import CredentialError

_MOST_BYTES = 4096
_INSTEAD = "Nothing was sent. Or keep the key in the keyring: Settings, Cloud drafts."


def read_key(file: Path) -> str:
    """The first line of ``file``.

    Raises:
        CredentialError: it cannot be read, is no plain file, or others than its owner could read it. Never names it.
    """
    if not hasattr(os, "geteuid"):
        raise CredentialError(
            "Key files are not used here", f"Who can read a file cannot be checked on this system. {_INSTEAD}"
        )
    try:
        handle = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        raise CredentialError(
            "The key file cannot be opened", f"Check that it exists and that you may read it. {_INSTEAD}"
        ) from None
    try:
        # Of the open file, not of the name, which may stand for another one a moment later.
        facts = os.fstat(handle)
        if not stat.S_ISREG(facts.st_mode):
            raise CredentialError("That is not a key file", f"It is not a plain file. {_INSTEAD}")
        if facts.st_uid != os.geteuid() or stat.S_IMODE(facts.st_mode) & 0o077:
            raise CredentialError(
                "The key file is not private",
                "Others than you can read or change it, so the key in it was not used. Make it yours alone "
                f"(chmod 600), and think of replacing the key. {_INSTEAD}",
            )
        line = _first_line(os.read(handle, _MOST_BYTES))
    finally:
        os.close(handle)
    if not line:
        raise CredentialError("The key file holds no key", f"The key stands in its first line. {_INSTEAD}")
    return line


def _first_line(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig").partition("\n")[0].strip()
    except UnicodeDecodeError:
        return ""
