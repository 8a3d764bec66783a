"""Whether the program may use the network at all, enforced below every library that could want to."""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Mapping

from models.errors import Offline

VARIABLE = "STRONGROOM_OFFLINE"
"""Environment variable that forbids every network use while it is set to anything but "", "0", "no", "false", "off"."""

_LOCAL = frozenset({1, -1})  # AF_UNIX: the window system, the keyring; -1: a descriptor whose family is looked up
_EVENTS = frozenset(
    {
        "socket.connect",
        "socket.sendto",
        "socket.sendmsg",
        "socket.bind",
        "socket.getaddrinfo",
        "socket.gethostbyname",
        "socket.gethostbyaddr",
        "socket.getnameinfo",
    }
)


def forced(environment: Mapping[str, str] | None = None) -> bool:
    """Whether the environment forbids the network; the setting cannot allow it then."""
    value = (os.environ if environment is None else environment).get(VARIABLE, "")
    return value.strip().lower() not in ("", "0", "no", "false", "off")


def refuse_if(*, offline: bool) -> None:
    """Say in words that the switch is on, where something would need the network.

    Raises:
        Offline: ``offline`` is set.
    """
    if offline:
        raise Offline(
            "Strongroom is offline",
            "The offline switch is on, so the network is not used for anything. Your documents and the models on this "
            "machine work as before. Switch it off in the settings (or unset STRONGROOM_OFFLINE) to use the network.",
        )


class NetworkGuard:
    """Refuses sockets of this process while a condition says so, and also when the condition cannot be told.

    It sits in the interpreter's own audit hooks, below every Python library. What it lets pass is what cannot leave the
    machine: Unix sockets and pipes. A socket to this machine itself is refused too: a proxy may listen there. A hook
    cannot be taken out of an interpreter again, so there is one for the whole process: ``GUARD``.
    """

    def __init__(self) -> None:
        self._conditions: list[Callable[[], bool]] = []
        self._hooked = False

    @contextlib.contextmanager
    def watching(self, offline: Callable[[], bool]) -> Iterator[None]:
        """Refuse the network while ``offline()`` is true, until the end of the block."""
        self._add(offline)
        try:
            yield
        finally:
            self._conditions.remove(offline)

    def forbid(self) -> None:
        """Refuse the network for as long as the process lives."""
        self._add(lambda: True)

    def _add(self, offline: Callable[[], bool]) -> None:
        self._conditions.append(offline)
        if not self._hooked:
            self._hooked = True
            sys.addaudithook(self._hook)

    @property
    def closed(self) -> bool:
        """Whether the network is forbidden now; True where that cannot be told."""
        try:
            return any(condition() for condition in self._conditions)
        except Exception:  # noqa: BLE001 - fail closed, whatever went wrong
            return True

    def _hook(self, event: str, arguments: tuple[object, ...]) -> None:
        if not event.startswith("socket.") or not self._conditions:
            return
        if event == "socket.__new__":
            family = arguments[1] if len(arguments) > 1 else None
            if family not in _LOCAL and self.closed:
                refuse_if(offline=True)
        elif event in _EVENTS and not _is_local(arguments) and self.closed:
            refuse_if(offline=True)


GUARD = NetworkGuard()
"""The guard of this process."""


def _is_local(arguments: tuple[object, ...]) -> bool:
    """Whether the socket that the event is about is a Unix socket."""
    return bool(arguments) and getattr(arguments[0], "family", None) == 1
