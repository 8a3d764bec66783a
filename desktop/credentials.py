"""The API key in the keyring of the operating system, and nowhere else on disk.

Keyring calls can show a prompt and wait for the person, for minutes: call them off the window's thread.
"""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from models.errors import CredentialError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

SERVICE = "Strongroom"
CHAINER = "keyring.backends.chainer.ChainerBackend"
ACCEPTED_BACKENDS = frozenset(
    {
        "keyring.backends.Windows.WinVaultKeyring",
        "keyring.backends.macOS.Keyring",
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.libsecret.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.kwallet.DBusKeyringKWallet4",
    }
)
_MISSING = "keyring.backends.fail.Keyring"
_INSTEAD = "You can use a key for this session only, or stay with the model on this device."


@dataclass(frozen=True, slots=True)
class KeyringStatus:
    """Whether a key can be kept; ``backend`` is the class that would keep it, "" if there is none."""

    available: bool
    backend: str
    sentence: str


class Credentials:
    """API keys, each bound to the host it was entered for.

    Only backends of ``accepted`` are used: one that the system or the environment chose, but that stores in clear or
    not at all, is refused. A key remembered for the session lives in memory only and goes before a stored one.
    """

    def __init__(
        self,
        find_backend: "Callable[[], KeyringBackend] | None" = None,
        accepted: frozenset[str] = ACCEPTED_BACKENDS,
    ) -> None:
        """``find_backend`` gives the keyring backend, by default the system's; it is called when first needed."""
        self._find_backend = find_backend or system_backend
        self._accepted = accepted
        self._session: dict[str, str] = {}

    def __repr__(self) -> str:
        """Never a key."""
        return f"Credentials({len(self._session)} for this session)"

    def get(self, host: str) -> str | None:
        """The key for ``host``, or None. Without a session key it asks the keyring, which may prompt.

        Raises:
            CredentialError: There is no keyring, or it is insecure, locked or refuses.
        """
        host = _normal(host)
        if host in self._session:
            return self._session[host]
        backend = self._backend()
        return _told_in_words(lambda: backend.get_password(SERVICE, host)) or None

    def set(self, host: str, key: str) -> None:
        """Keep ``key`` for ``host`` in the keyring. Raises CredentialError as ``get``, or for what is no key."""
        host, key = _normal(host), _checked(key)
        backend = self._backend()
        _told_in_words(lambda: backend.set_password(SERVICE, host, key))
        self._session.pop(host, None)

    def delete(self, host: str) -> None:
        """Forget the key for ``host``, in the keyring and for the session. Raises CredentialError as ``get``.

        Without a keyring to look into it is enough that the session's key is gone.
        """
        host = _normal(host)
        had_session_key = self._session.pop(host, None) is not None
        try:
            backend = self._backend()
        except CredentialError:
            if had_session_key:
                return
            raise
        if _told_in_words(lambda: backend.get_password(SERVICE, host)) is not None:
            _told_in_words(lambda: backend.delete_password(SERVICE, host))

    def remember_for_session(self, host: str, key: str) -> None:
        """Hold ``key`` in memory until the program ends; it is never written. Raises CredentialError for no key."""
        self._session[_normal(host)] = _checked(key)

    def forget_session(self) -> None:
        """Drop the keys that were held for the session."""
        self._session.clear()

    def status(self) -> KeyringStatus:
        """Whether a key can be kept, and where; asks for no key and shows no prompt."""
        try:
            name = _name(self._backend())
        except CredentialError as error:
            return KeyringStatus(False, "", error.message)
        return KeyringStatus(True, name, f"Keys are kept in the system's keyring ({_place(name)}).")

    def _backend(self) -> "KeyringBackend":
        try:
            backend = self._find_backend()
        except Exception as error:  # noqa: BLE001 - backends of others raise anything while they are looked for
            raise CredentialError(
                "No keyring",
                f"The system's keyring could not be opened ({type(error).__name__}), so no key can be kept safely. "
                f"{_INSTEAD}",
            ) from None
        name = _name(backend)
        if name == CHAINER and CHAINER not in self._accepted:
            members = [_name(member) for member in getattr(backend, "backends", ())]
            refused = [member for member in members if member not in self._accepted]
            if members and not refused:
                return backend
            name = refused[0] if refused else _MISSING
        if name == _MISSING:
            raise CredentialError(
                "No keyring",
                "This system offers no keyring, so no key can be kept safely, and it is not written anywhere else. On "
                f"Linux, start GNOME Keyring or KWallet. {_INSTEAD}",
            )
        if name not in self._accepted:
            raise CredentialError(
                "The keyring is not safe",
                f"The keyring set up on this system ({name}) is not one that is known to protect keys, so nothing was "
                f"stored in it or read from it. {_INSTEAD}",
            )
        return backend


def last_four(key: str) -> str:
    """A key as it may be shown: "…" and its last four characters, or only "…" for a short one."""
    return f"…{key[-4:]}" if len(key) >= 12 else "…"


def system_backend() -> "KeyringBackend":
    """The keyring backend of this system, or of the person's own configuration of the keyring package.

    A packaged program may lack the metadata by which backends are found; the accepted ones are then tried by name.
    """
    import keyring.core

    found = keyring.core.get_keyring()
    if _name(found) != _MISSING:
        return found
    candidates = []
    for name in sorted(ACCEPTED_BACKENDS):
        with contextlib.suppress(Exception):  # not of this system; its check raises whatever it likes
            candidates.append(keyring.core.load_keyring(name))
    return max(candidates, key=lambda candidate: float(candidate.priority), default=found)


def _name(backend: object) -> str:
    kind = type(backend)
    return f"{kind.__module__}.{kind.__qualname__}"


def _place(name: str) -> str:
    places = {
        "keyring.backends.Windows.WinVaultKeyring": "Windows Credential Manager",
        "keyring.backends.macOS.Keyring": "macOS Keychain",
        "keyring.backends.SecretService.Keyring": "Secret Service",
        "keyring.backends.libsecret.Keyring": "Secret Service",
        "keyring.backends.kwallet.DBusKeyring": "KWallet",
        "keyring.backends.kwallet.DBusKeyringKWallet4": "KWallet",
        CHAINER: "several",
    }
    return places.get(name, name)


def _normal(host: str) -> str:
    host = host.strip().lower()
    if not host or any(character.isspace() or character in "/@" for character in host):
        raise CredentialError(
            "Not a host", "A key is kept for a host such as api.openai.com. Nothing was stored. Check the address."
        )
    return host


def _checked(key: str) -> str:
    key = key.strip()
    if not key or not key.isascii() or not key.isprintable() or " " in key:
        raise CredentialError(
            "That is not a key",
            "A key is one word of letters, digits and signs, such as sk-… Nothing was stored. Copy it again from the "
            "page of your account.",
        )
    return key


def _told_in_words(call: Callable[[], T]) -> T:
    """Turn whatever a backend raises into a sentence, without the cause, which may hold the key."""
    from keyring.errors import InitError, KeyringLocked, NoKeyringError

    try:
        return call()
    except KeyringLocked:
        error = CredentialError(
            "The keyring is locked",
            f"It was not unlocked, so the key could not be read or kept. Unlock it and try again. {_INSTEAD}",
        )
    except (NoKeyringError, InitError):
        error = CredentialError(
            "No keyring", f"The system's keyring could not be opened, so no key can be kept safely. {_INSTEAD}"
        )
    except Exception as cause:  # noqa: BLE001 - D-Bus, Keychain and Credential Manager each raise their own
        error = CredentialError(
            "The keyring refused",
            f"It denied access or failed ({type(cause).__name__}); nothing was stored elsewhere. Try again, or look at "
            f"the keyring's own program. {_INSTEAD}",
        )
    raise error  # outside the handlers, so that it does not carry the cause along
