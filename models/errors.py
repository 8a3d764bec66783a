"""Errors that carry the person's sentence."""


class StrongroomError(Exception):
    """Something went wrong that a person can be told about.

    ``title`` is a few words for a heading. ``message`` says what happened, what it means for the person's data and
    what to do next. Neither ever holds document text, an answer, a key or a file name from the person's machine.
    """

    def __init__(self, title: str, message: str) -> None:
        super().__init__(f"{title}: {message}")
        self.title = title
        self.message = message


class InputError(StrongroomError):
    """The text or file that was given cannot be worked on (empty, unreadable, password-protected, scanned …)."""


class PackError(StrongroomError):
    """A skill pack is not valid; the message names the pack file and the key."""


class AnswerError(StrongroomError):
    """An engine's output does not parse as the task's answer."""


class EngineError(StrongroomError):
    """An engine could not start, or broke off; never a reason to try the cloud instead."""


class EngineUnavailable(EngineError):
    """The engine cannot do this here and now: not installed, not switched on, no key, not made for the task."""


class OutOfMemory(EngineError):
    """Memory ran out, or most likely did; no file is at fault."""


class StorageError(StrongroomError):
    """Something on disk could not be read or written: full, locked, read-only, corrupt."""


class CredentialError(StrongroomError):
    """The OS keyring is missing, insecure, locked or refused."""


class Offline(EngineUnavailable):
    """The offline switch forbids the network, so nothing was sent or fetched."""
