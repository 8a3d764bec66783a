"""Of documents with identifiers planted in many encodings, the server receives none; plain ones it does receive."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cloud_fuzz_documents import documents, send_all
from loopback import Loopback, loopback

from desktop.credentials import Credentials
from desktop.paths import default_paths
from desktop.services import Services, build_services
from models.pii.analyzer import Analyzer
from models.pii.gate import PrivacyGate

COUNT = 60


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback() as running:
        yield running


@pytest.fixture
def services(own_home: Path, server: Loopback, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    monkeypatch.syspath_prepend(str(Path(__file__).resolve().parents[1] / "models" / "pii"))
    credentials = Credentials()
    credentials.remember_for_session(f"127.0.0.1:{server.port}", "sk-test-0123456789")
    made = build_services(default_paths(), credentials)
    made.settings.update(cloud_enabled=True, cloud_consent=True, cloud_base_url=server.base_url)
    yield made
    made.close()


def test_no_planted_identifier_reaches_the_server_through_the_whole_program(
    services: Services, server: Loopback
) -> None:
    outcome = send_all(services, server, documents(COUNT, seed=7))
    assert outcome.leaks == []
    assert outcome.planted > COUNT * 0.8
    assert outcome.sent_redacted > 0
    assert outcome.plain_sent >= outcome.plain / 2  # the gate has false alarms, and these are few texts


def test_no_planted_identifier_reaches_the_server_with_a_gate_that_sees_nothing(
    services: Services, server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    blind = Analyzer([])
    monkeypatch.setattr(services.assistant, "_analyzer", blind)
    monkeypatch.setattr(services.assistant, "_gate", PrivacyGate(blind))
    outcome = send_all(services, server, documents(COUNT, seed=8))
    assert outcome.leaks == []
    assert outcome.stopped_at_the_door == outcome.planted
    assert outcome.plain_sent > outcome.plain * 0.8


def test_the_same_seed_gives_the_same_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(Path(__file__).resolve().parents[1] / "models" / "pii"), *sys.path])
    assert list(documents(30, 3)) == list(documents(30, 3))
    assert list(documents(30, 3)) != list(documents(30, 4))
