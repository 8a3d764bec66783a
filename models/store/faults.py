"""What can go wrong while a model is fetched, imported or kept, in a person's words."""

import errno
from dataclasses import dataclass
from typing import Literal

from models.errors import StorageError, StrongroomError

KEPT = "What was fetched so far is kept, and your documents and the models on this machine are not affected."
SAFE = "Your documents and the models on this machine are not affected."


@dataclass(frozen=True, slots=True)
class Failure:
    """One attempt that failed.

    ``kind``: "drop" (try again from where it stopped), "busy" (the host asks for patience), "changed" (what is here
    does not belong to what comes: begin anew), "fatal" (trying again is of no use). ``wait_s``: as the host asked.
    """

    kind: Literal["drop", "busy", "changed", "fatal"]
    error: StrongroomError
    wait_s: float | None = None


def fatal(title: str, what: str, do: str) -> Failure:
    """A failure that trying again does not mend."""
    return Failure("fatal", StorageError(title, f"{what} {KEPT} {do}"))


def dropped(title: str, what: str) -> Failure:
    """A failure that may be gone in a moment."""
    return Failure("drop", StorageError(title, f"{what} {KEPT} Check the network and resume."))


def changed(host: str) -> StrongroomError:
    """What comes now is not what came before."""
    return dropped("The file has changed", f"{host} has another one than before.").error


def from_status(host: str, status: int, wait_s: float | None) -> Failure:
    """Explain an HTTP status that is neither a file nor a redirect."""
    if status in (408, 425, 429) or status >= 500:
        what = f"{host} is busy or out of order (HTTP {status})."
        if status == 429:
            what = f"{host} asks for fewer requests (HTTP 429)."
        later = StorageError("The download is interrupted", f"{what} {KEPT} Resume in some minutes.")
        return Failure("busy", later, wait_s)
    if status == 407:
        return proxy_password(host)
    if status in (401, 403):
        return fatal(
            "The download was refused",
            f"{host} does not give the file without a login, or a filter in between blocks it (HTTP {status}).",
            "Ask your network's administrator whether the host is blocked, use a mirror, or import the model from a "
            "folder.",
        )
    if status in (404, 410):
        return fatal(
            "The file is not there",
            f"{host} does not have a file of this model at the pinned revision (HTTP {status}).",
            "Check the mirror's address, or import the model from a folder.",
        )
    return fatal(
        "The download was refused",
        f"{host} answered in a way that is not understood (HTTP {status}).",
        "Try again later, use a mirror, or import the model from a folder.",
    )


def proxy_password(host: str) -> Failure:
    """The proxy wants a name and a password."""
    return fatal(
        "The proxy asks for a password",
        f"The proxy between this machine and {host} lets nothing through without a name and a password (HTTP 407).",
        "Write them into the proxy's address in the settings, as http://name:password@proxy:port (they go to the "
        "keyring), or into the environment variable HTTPS_PROXY, and resume. Or import the model from a folder.",
    )


def foreign_redirect(host: str, target: str) -> Failure:
    """The host sends us where the list of models does not allow us to go."""
    return fatal(
        "The download leads elsewhere",
        f"{host} sends the download on to {target or 'an address that cannot be read'}, which is not a host that the "
        "list of models allows, so nothing was fetched from there.",
        "A login page of the network can cause this: open a web page once and resume. If it stays so, import the "
        "model from a folder.",
    )


def altered(name: str, host: str) -> StorageError:
    """A file came through twice with the wrong digest."""
    return StorageError(
        "A file of the model is not what it should be",
        f"{name} came from {host} twice with a wrong SHA-256, so it was altered on the way or at the source. It was "
        f"deleted and nothing was installed. {SAFE} Try another network, or import the model from a trusted folder.",
    )


def from_os(error: OSError, folder_words: str = "the models folder") -> StorageError:
    """Explain what the file system said."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StorageError(
            "The disk is full",
            f"There is no more room in {folder_words}. {KEPT} Free some space or choose a folder on another disk, and "
            "resume.",
        )
    if error.errno == errno.EFBIG:
        return StorageError(
            "The disk cannot hold a file of this size",
            f"{folder_words.capitalize()} is on a disk whose format takes no files above 4 GB (FAT32, as many USB "
            f"sticks have). {SAFE} Format the stick as exFAT, or choose another disk.",
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return StorageError(
            "The folder cannot be written to",
            f"Strongroom may not write to {folder_words}: it is read-only or belongs to someone else. {SAFE} Choose "
            "another folder.",
        )
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.EIO):
        return gone(folder_words)
    return StorageError(
        "The disk does not take the file",
        f"Writing to {folder_words} failed. {SAFE} Check the disk, or choose a folder on another one.",
    )


def gone(folder_words: str = "the models folder") -> StorageError:
    """The folder, or the disk that it is on, was taken away."""
    return StorageError(
        "The folder is gone",
        f"{folder_words.capitalize()} was moved, deleted or unplugged while it was being written to. Nothing was "
        f"installed. {SAFE} Plug the disk in again or choose another folder, and resume.",
    )
