"""Whether the program may use the network at all, enforced below every library that could want to."""

import os
import sys
from collections.abc import Callable, Mapping

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
    """Refuses sockets of this process while ``offline()`` is true, and also when it cannot tell.

    It sits in the interpreter's own audit hooks, below every Python library. What it lets pass is what cannot leave the
    machine: Unix sockets and pipes. A socket to this machine itself is refused too: a proxy may listen there. An
    interpreter's hook cannot be taken out again, so there is one for the life of the process.
    """

    def __init__(self, offline: Callable[[], bool]) -> None:
        self._offline = offline
        self._armed = False

    def arm(self) -> None:
        """Begin to watch, for as long as the process lives."""
        if not self._armed:
            self._armed = True
            sys.addaudithook(self._hook)

    @property
    def offline(self) -> bool:
        """Whether the network is forbidden now; True where that cannot be told."""
        try:
            return bool(self._offline())
        except Exception:  # noqa: BLE001 - fail closed, whatever went wrong
            return True

    def _hook(self, event: str, arguments: tuple[object, ...]) -> None:
        if not event.startswith("socket."):
            return
        if event == "socket.__new__":
            family = arguments[1] if len(arguments) > 1 else None
            if family not in _LOCAL and self.offline:
                refuse_if(offline=True)
        elif event in _EVENTS and not _is_local(arguments) and self.offline:
            refuse_if(offline=True)


def _is_local(arguments: tuple[object, ...]) -> bool:
    """Whether the socket that the event is about is a Unix socket."""
    return bool(arguments) and getattr(arguments[0], "family", None) == 1
