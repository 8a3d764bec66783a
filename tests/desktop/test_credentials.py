"""Keys live in a keyring that protects them, bound to their host, or in memory; never anywhere else."""

import keyring.backend
import keyring.backends.chainer
import keyring.backends.fail
import keyring.backends.null
import pytest
from keyring.errors import KeyringLocked
from keyrings import MemoryKeyring

from desktop.credentials import ACCEPTED_BACKENDS, CHAINER, Credentials, last_four, system_backend
from models.errors import CredentialError

HOST = "api.openai.com"
KEY = "sk-test-0123456789abcdef"


class PlaintextKeyring(MemoryKeyring):
    """Stands for the plaintext file backend of keyrings.alt."""


class LockedKeyring(MemoryKeyring):
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("Failed to unlock the collection!")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked(f"Failed to store {password}")


class DenyingKeyring(MemoryKeyring):
    def get_password(self, service: str, username: str) -> str | None:
        raise OSError("denied by the user")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise OSError(f"denied: {password}")


def name_of(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def credentials(backend: keyring.backend.KeyringBackend) -> Credentials:
    accepted = {name_of(kind) for kind in (MemoryKeyring, LockedKeyring, DenyingKeyring)}
    return Credentials(lambda: backend, ACCEPTED_BACKENDS | accepted)


@pytest.fixture
def backend() -> MemoryKeyring:
    return MemoryKeyring()


def test_a_key_is_kept_under_the_programs_name_and_its_host(backend: MemoryKeyring) -> None:
    credentials(backend).set(HOST, KEY)
    assert backend.kept == {("Strongroom", HOST): KEY}


def test_a_key_comes_back_for_its_host_only(backend: MemoryKeyring) -> None:
    kept = credentials(backend)
    kept.set("API.OpenAI.com ", f" {KEY}\n")
    assert kept.get(HOST) == KEY
    assert kept.get("evil.example") is None
    assert kept.get(f"{HOST}:8443") is None


def test_a_deleted_key_is_gone_and_deleting_twice_is_fine(backend: MemoryKeyring) -> None:
    kept = credentials(backend)
    kept.set(HOST, KEY)
    kept.delete(HOST)
    kept.delete(HOST)
    assert kept.get(HOST) is None
    assert backend.kept == {}


def test_a_session_key_is_never_written(backend: MemoryKeyring) -> None:
    kept = credentials(backend)
    kept.remember_for_session(HOST, KEY)
    assert kept.get(HOST) == KEY
    assert backend.kept == {}
    kept.forget_session()
    assert kept.get(HOST) is None


def test_a_session_key_works_without_any_keyring() -> None:
    kept = credentials(keyring.backends.fail.Keyring())
    kept.remember_for_session(HOST, KEY)
    assert kept.get(HOST) == KEY


def test_a_key_set_for_good_replaces_the_one_of_the_session(backend: MemoryKeyring) -> None:
    kept = credentials(backend)
    kept.remember_for_session(HOST, "sk-old-old-old-old")
    kept.set(HOST, KEY)
    assert kept.get(HOST) == KEY


def test_delete_without_a_keyring_still_forgets_the_session_key() -> None:
    kept = credentials(keyring.backends.fail.Keyring())
    kept.remember_for_session(HOST, KEY)
    kept.delete(HOST)
    with pytest.raises(CredentialError):
        kept.get(HOST)
    with pytest.raises(CredentialError):
        kept.delete(HOST)


def chain(*members: keyring.backend.KeyringBackend) -> keyring.backend.KeyringBackend:
    chained = type(
        "ChainerBackend",
        (keyring.backends.chainer.ChainerBackend,),
        {"backends": list(members), "__module__": "keyring.backends.chainer", "priority": -1},
    )()
    assert name_of(type(chained)) == CHAINER
    return chained


@pytest.mark.parametrize(
    ("unsafe", "title"),
    [
        (PlaintextKeyring(), "The keyring is not safe"),
        (keyring.backends.null.Keyring(), "The keyring is not safe"),
        (keyring.backends.fail.Keyring(), "No keyring"),
        (chain(MemoryKeyring(), PlaintextKeyring()), "The keyring is not safe"),
        (chain(), "No keyring"),
    ],
    ids=["plaintext", "null", "fail", "chain with plaintext", "empty chain"],
)
def test_a_backend_that_does_not_protect_keys_is_refused(unsafe: keyring.backend.KeyringBackend, title: str) -> None:
    kept = credentials(unsafe)
    for attempt in (lambda: kept.set(HOST, KEY), lambda: kept.get(HOST), lambda: kept.delete(HOST)):
        with pytest.raises(CredentialError) as refusal:
            attempt()
        assert refusal.value.title == title
        assert KEY not in str(refusal.value)
    assert not kept.status().available
    assert "on this device" in kept.status().sentence


def test_a_chain_of_accepted_backends_is_used() -> None:
    first = MemoryKeyring()
    kept = credentials(chain(first, MemoryKeyring()))
    kept.set(HOST, KEY)
    assert first.kept == {("Strongroom", HOST): KEY}
    assert kept.status().available


@pytest.mark.parametrize(
    ("broken", "title"),
    [(LockedKeyring(), "The keyring is locked"), (DenyingKeyring(), "The keyring refused")],
)
def test_a_locked_keyring_and_a_refusal_are_told_apart_and_leak_nothing(
    broken: keyring.backend.KeyringBackend, title: str
) -> None:
    kept = credentials(broken)
    for attempt in (lambda: kept.set(HOST, KEY), lambda: kept.get(HOST)):
        with pytest.raises(CredentialError) as refusal:
            attempt()
        assert refusal.value.title == title
        assert KEY not in str(refusal.value)
        assert refusal.value.__cause__ is refusal.value.__context__ is None


def test_a_backend_that_cannot_even_be_looked_for_is_told() -> None:
    def broken() -> keyring.backend.KeyringBackend:
        raise RuntimeError(f"D-Bus said {KEY}")

    status = Credentials(broken).status()
    assert not status.available
    assert KEY not in status.sentence


def test_the_status_names_the_backend_without_asking_for_a_key() -> None:
    status = credentials(LockedKeyring()).status()
    assert status.available
    assert status.backend == name_of(LockedKeyring)


@pytest.mark.parametrize("key", ["", "  ", "two words", "sk-\nX-Evil: 1", "clé", "sk-\x00abc"])
def test_what_is_no_key_is_not_stored(backend: MemoryKeyring, key: str) -> None:
    kept = credentials(backend)
    for attempt in (lambda: kept.set(HOST, key), lambda: kept.remember_for_session(HOST, key)):
        with pytest.raises(CredentialError, match="not a key"):
            attempt()
    assert backend.kept == {}


@pytest.mark.parametrize("host", ["", "https://api.openai.com", "user@host", "a b"])
def test_a_key_is_bound_to_a_host_and_to_nothing_else(backend: MemoryKeyring, host: str) -> None:
    with pytest.raises(CredentialError, match="Not a host"):
        credentials(backend).set(host, KEY)


def test_a_key_is_shown_by_its_last_four_characters() -> None:
    assert last_four(KEY) == "…cdef"
    assert last_four("short") == "…"


def test_no_key_shows_in_the_representation(backend: MemoryKeyring) -> None:
    kept = credentials(backend)
    kept.remember_for_session(HOST, KEY)
    assert KEY not in repr(kept)


def test_a_backend_forced_by_the_environment_is_refused_if_it_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setattr("keyring.core._keyring_backend", None)
    with pytest.raises(CredentialError, match="not safe"):
        Credentials().set(HOST, KEY)


def test_without_discovery_the_accepted_backends_are_tried_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    best = MemoryKeyring()

    def load(name: str) -> keyring.backend.KeyringBackend:
        if name != "keyring.backends.SecretService.Keyring":
            raise RuntimeError("not of this system")
        return best

    monkeypatch.setattr("keyring.core.get_keyring", keyring.backends.fail.Keyring)
    monkeypatch.setattr("keyring.core.load_keyring", load)
    assert system_backend() is best
