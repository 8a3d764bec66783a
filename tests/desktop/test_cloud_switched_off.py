"""With cloud drafts off, no public path reaches the network: proven in a process that refuses every socket."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from loopback import Loopback, loopback

from desktop.credentials import Credentials
from desktop.events import RunRequest
from desktop.paths import default_paths
from desktop.services import Services, build_services
from models.errors import EngineUnavailable, StrongroomError

TESTS = Path(__file__).resolve().parents[1]
KEY = "sk-test-0123456789"
TEXT = "Answer that the parcel arrives on Thursday, and that we are sorry."

EVERY_PATH = """
import sys, threading
refused = []
def refuse(event, arguments):
    if event.startswith("socket.") and event not in ("socket.gethostname",):
        if event == "socket.__new__" and arguments[1] == 1:  # AF_UNIX: no network
            return
        refused.append(event)
        raise OSError("no sockets here")
sys.addaudithook(refuse)

from desktop.credentials import Credentials
from desktop.events import RunRequest
from desktop.paths import default_paths
from desktop.services import build_services
from desktop.__main__ import main
from models.errors import StrongroomError

credentials = Credentials()
credentials.remember_for_session("api.openai.com", "sk-test-0123456789")
services = build_services(default_paths(), credentials)
tried = 0

def attempt(act):
    global tried
    tried += 1
    try:
        act()
    except StrongroomError:
        pass

for task in services.tasks:
    for engine in ("auto", "starter", "phi", "cloud"):
        request = RunRequest(task, "Answer that the parcel arrives on Thursday.", engine=engine)
        attempt(lambda: list(services.assistant.run(request, threading.Event())))
request = RunRequest(services.packs.get("T10"), "Answer that the parcel arrives on Thursday.", engine="cloud")
for act in (
    lambda: services.assistant.scan(request.text),
    lambda: services.assistant.clear(request),
    lambda: services.preview(request),
    lambda: services.route("draft", "cloud", services.assistant.scan(request.text)),
    lambda: services.account.refresh(),
    lambda: services.account.notice(),
    lambda: services.account.successor(),
    lambda: services.engines.permit_cloud(),
    lambda: list(services.engines.cloud().run(services.assistant.clear(request), threading.Event())),
    lambda: services.installed_models(),
    lambda: services.ledger.panel(),
    lambda: services.take_notices(),
):
    attempt(act)
services.close()
for command in (
    ["scan", __file__], ["run", "T10", __file__], ["run", "T10", __file__, "--engine", "cloud"],
    ["run", "T10", __file__, "--engine", "cloud", "--base-url", "https://cloud.invalid/v1"], ["models", "list"],
):
    tried += 1
    main(command)
assert refused == [], refused
print("paths tried:", tried)
"""


def test_no_public_path_opens_a_socket_in_a_process_that_refuses_them_all(own_home: Path, tmp_path: Path) -> None:
    script = tmp_path / "every_path.py"
    script.write_text(EVERY_PATH, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": f"{TESTS.parent}", "STRONGROOM_HOME": str(own_home)}
    done = subprocess.run([sys.executable, str(script)], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout.rsplit("paths tried:", 1)[1]) > 60


def test_the_refusal_itself_works(tmp_path: Path) -> None:
    code = EVERY_PATH.partition("from desktop.credentials")[0] + "import socket\nsocket.create_connection(('::1', 9))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "no sockets here" in done.stderr


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback() as running:
        yield running


@pytest.fixture
def services(own_home: Path, server: Loopback) -> Iterator[Services]:
    credentials = Credentials()
    credentials.remember_for_session(f"127.0.0.1:{server.port}", KEY)
    made = build_services(default_paths(), credentials)
    made.settings.update(cloud_base_url=server.base_url)
    yield made
    made.close()


def off(services: Services) -> None:
    services.settings.update(cloud_enabled=False, cloud_consent=True)


def no_consent(services: Services) -> None:
    services.settings.update(cloud_enabled=True, cloud_consent=False)


def other_host(services: Services) -> None:
    services.settings.update(cloud_enabled=True, cloud_consent=True, cloud_consent_host="api.openai.com")


@pytest.mark.parametrize("state", [off, no_consent, other_host])
def test_even_a_cleared_text_given_straight_to_the_engine_stays_here(
    services: Services, server: Loopback, state: Callable[[Services], Any]
) -> None:
    state(services)
    cleared = services.assistant.clear(RunRequest(services.packs.get("T10"), TEXT))
    with pytest.raises(EngineUnavailable, match="Cloud drafts are off"):
        list(services.engines.cloud().run(cleared, threading.Event()))
    assert server.connections == 0


@pytest.mark.parametrize("state", [off, no_consent, other_host])
def test_a_run_on_the_cloud_is_refused(services: Services, server: Loopback, state: Callable[[Services], Any]) -> None:
    state(services)
    request = RunRequest(services.packs.get("T10"), TEXT, engine="cloud")
    with pytest.raises(StrongroomError):
        list(services.assistant.run(request, threading.Event()))
    assert server.connections == 0


def test_switched_off_between_the_decision_and_the_sending_nothing_leaves(services: Services, server: Loopback) -> None:
    from desktop.events import Routed

    services.settings.update(cloud_enabled=True, cloud_consent=True)
    run = services.assistant.run(RunRequest(services.packs.get("T10"), TEXT, engine="cloud"), threading.Event())
    while not isinstance(next(run), Routed):
        pass
    services.settings.update(cloud_enabled=False)
    with pytest.raises(EngineUnavailable):
        list(run)
    assert server.connections == 0
