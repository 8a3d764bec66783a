"""With the offline switch on, a cloud draft that everything else allows is refused in words, and no socket is made."""

import socket
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from loopback import Loopback, loopback

from desktop import services as services_module
from desktop.__main__ import main
from desktop.credentials import Credentials
from desktop.events import RunRequest
from desktop.paths import default_paths
from desktop.services import Services, build_services
from desktop.settings import SettingsStore
from models.errors import EngineUnavailable, Offline

TEXT = "Answer that the parcel arrives on Thursday, and that we are sorry."
KEY = "sk-test-0123456789abcdef"
_watching: list[list[str]] = []


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if _watching and event.startswith("socket."):
        made_by_ours = event == "socket.__new__" and arguments[1] == getattr(socket, "AF_UNIX", None)
        if not made_by_ours and event != "socket.gethostname":
            _watching[-1].append(event)


sys.addaudithook(_watch)


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback() as running:
        yield running


@pytest.fixture
def credentials(server: Loopback, monkeypatch: pytest.MonkeyPatch) -> Credentials:
    made = Credentials()
    made.remember_for_session(f"127.0.0.1:{server.port}", KEY)
    monkeypatch.setattr(services_module, "Credentials", lambda: made)
    return made


@pytest.fixture
def services(server: Loopback, credentials: Credentials) -> Iterator[Services]:
    """Cloud drafts are on, agreed to, and there is a key: only the offline switch stands in the way."""
    made = build_services(default_paths(), credentials)
    made.settings.update(
        cloud_enabled=True, cloud_consent=True, cloud_base_url=server.base_url, cloud_summaries=True, show_payload=False
    )
    yield made
    made.close()


@pytest.fixture
def sockets(server: Loopback) -> Iterator[list[str]]:
    """What happened to sockets since the server stood."""
    seen: list[str] = []
    _watching.append(seen)
    yield seen
    _watching.remove(seen)


def by_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    SettingsStore(default_paths().settings_file).update(offline=True)


def by_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STRONGROOM_OFFLINE", "1")


@pytest.fixture(params=[by_setting, by_environment])
def offline(request: pytest.FixtureRequest, services: Services, monkeypatch: pytest.MonkeyPatch) -> Services:
    request.param(monkeypatch)
    if request.param is by_setting:
        services.settings.update(offline=True)
    return services


def draft(services: Services, task: str = "T10") -> list[object]:
    return list(services.assistant.run(RunRequest(services.packs.get(task), TEXT, engine="cloud"), threading.Event()))


def test_without_the_switch_the_same_draft_is_written(services: Services, server: Loopback, sockets: list[str]) -> None:
    draft(services)
    assert len(server.received) == 1
    assert "socket.connect" in sockets


@pytest.mark.parametrize("task", ["T10", "T07"])
def test_a_run_is_refused_in_words(offline: Services, server: Loopback, sockets: list[str], task: str) -> None:
    with pytest.raises(EngineUnavailable, match="offline"):
        draft(offline, task)
    assert offline.ledger.recent(1)[0].bytes_sent == 0
    assert (server.connections, sockets) == (0, [])


WAYS: dict[str, Callable[[Services], object]] = {
    "the engine": lambda services: services.engines.cloud(),
    "a cleared text": lambda services: list(
        services.engines.cloud().run(
            services.assistant.clear(RunRequest(services.packs.get("T10"), TEXT)), threading.Event()
        )
    ),
    "the permit": lambda services: services.engines.permit_cloud(),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_way_round_the_assistant_is_open(offline: Services, server: Loopback, sockets: list[str], way: str) -> None:
    with pytest.raises(Offline, match="offline"):
        WAYS[way](offline)
    assert (server.connections, sockets) == (0, [])


def test_a_key_is_not_tried_out_and_models_are_not_asked_for(
    offline: Services, server: Loopback, sockets: list[str]
) -> None:
    assert not offline.account.refresh()
    assert "strongroom is offline" in offline.account.check_key(KEY)
    assert (server.connections, sockets) == (0, [])


def test_an_engine_that_was_made_before_the_switch_sends_nothing_either(
    services: Services, server: Loopback, sockets: list[str]
) -> None:
    engine = services.engines.cloud()
    cleared = services.assistant.clear(RunRequest(services.packs.get("T10"), TEXT))
    services.settings.update(offline=True)
    with pytest.raises(Offline):
        list(engine.run(cleared, threading.Event()))
    assert (server.connections, sockets) == (0, [])


@pytest.mark.parametrize("switch", [by_setting, by_environment])
def test_the_command_line_refuses_in_words(
    server: Loopback,
    credentials: Credentials,
    sockets: list[str],
    tmp_path: Path,
    switch: Callable[[pytest.MonkeyPatch], None],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    switch(monkeypatch)
    letter, key = tmp_path / "letter.txt", tmp_path / "key"
    letter.write_text(TEXT, encoding="utf-8")
    key.write_text(KEY, encoding="utf-8")
    key.chmod(0o600)
    options = ["--engine", "cloud", "--consent", "--base-url", server.base_url, "--key-file", str(key)]
    assert main(["run", "T10", str(letter), *options]) == 2
    said = capsys.readouterr()
    assert "offline" in said.err.lower()
    assert said.out == ""
    assert (server.connections, sockets) == (0, [])
