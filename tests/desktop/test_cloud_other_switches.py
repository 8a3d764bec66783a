"""The two smaller switches, both off: unsure summaries may leave too, and a server on this machine counts as local."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from loopback import Loopback, loopback

from desktop.credentials import Credentials
from desktop.events import RunRequest
from desktop.ledger import RunRecord
from desktop.paths import default_paths
from desktop.services import Services, build_services
from desktop.settings import Settings
from models.errors import EngineUnavailable, StrongroomError
from models.pii.finding import Scan
from models.pii.gate import Blocked
from models.router import Situation, decide

MEETING = "Meeting notes. The team agreed to launch on 2 November. The printer is broken and will be replaced in May."
TEXT = "Answer that the parcel arrives on Thursday, and that we are sorry."
IBAN = "DE89 3704 0044 0532 0130 00"
READY = {"phi_installed": True, "cloud_enabled": True, "cloud_consent": True, "cloud_key": True}


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback() as running:
        yield running


@pytest.fixture
def services(own_home: Path, server: Loopback) -> Iterator[Services]:
    credentials = Credentials()
    credentials.remember_for_session(f"127.0.0.1:{server.port}", "sk-test-0123456789")
    made = build_services(default_paths(), credentials)
    made.settings.update(cloud_enabled=True, cloud_consent=True, cloud_base_url=server.base_url)
    yield made
    made.close()


def run(services: Services, task: str, text: str, engine: str = "cloud") -> RunRecord:
    request = RunRequest(services.packs.get(task), text, engine=engine)
    for _ in services.assistant.run(request, threading.Event()):
        pass
    return services.ledger.recent(1)[0]


def test_both_are_off_at_first() -> None:
    assert (Settings().cloud_summaries, Settings().cloud_local_server) == (False, False)


@pytest.mark.parametrize("engine", ["auto", "starter", "phi"])
def test_a_summary_never_goes_to_the_cloud_unless_it_was_asked_for(engine: str) -> None:
    route = decide("summarize", engine, Scan(()), Situation(**READY, cloud_summaries=True))
    assert route.engine != "cloud"


@pytest.mark.parametrize("skill", ["classify", "extract", "route"])
def test_the_switch_for_summaries_lets_nothing_else_leave(skill: str) -> None:
    route = decide(skill, "cloud", Scan(()), Situation(**READY, cloud_summaries=True))
    assert route.engine is None
    assert "Only drafts" in route.reason


def test_with_the_switch_off_a_summary_stays_here(services: Services, server: Loopback) -> None:
    with pytest.raises(EngineUnavailable, match="switch of their own"):
        run(services, "T07", MEETING)
    assert server.connections == 0


def test_with_the_switch_on_a_clear_summary_is_written_there(services: Services, server: Loopback) -> None:
    services.settings.update(cloud_summaries=True)
    assert run(services, "T07", MEETING).engine == "cloud"
    assert len(server.received) == 1


def test_with_the_switch_on_a_personal_one_still_stays_here(services: Services, server: Loopback) -> None:
    services.settings.update(cloud_summaries=True)
    with pytest.raises(Blocked):
        run(services, "T07", f"{MEETING} Pay to {IBAN}.")
    assert server.connections == 0


def test_the_switch_for_summaries_needs_that_for_drafts(services: Services, server: Loopback) -> None:
    services.settings.update(cloud_summaries=True, cloud_enabled=False)
    with pytest.raises(EngineUnavailable):
        run(services, "T07", MEETING)
    assert server.connections == 0


def test_a_server_on_this_machine_is_a_cloud_unless_the_person_says_otherwise(services: Services) -> None:
    record = run(services, "T10", TEXT)
    assert record.bytes_sent > 0
    assert record.cost_usd > 0


def test_a_server_that_counts_as_this_device_costs_nothing_and_nothing_left(
    services: Services, server: Loopback
) -> None:
    services.settings.update(cloud_local_server=True)
    record = run(services, "T10", TEXT)
    assert len(server.received) == 1
    assert (record.bytes_sent, record.cost_usd) == (0, 0.0)
    assert record.cost_avoided_usd > 0


def test_the_ceiling_does_not_stop_a_server_that_costs_nothing(services: Services) -> None:
    services.settings.update(cloud_local_server=True, cloud_budget_usd=1)
    services.ledger.add(
        RunRecord(run(services, "T10", TEXT).at, "draft", "T10", "cloud", "m", "done", "", cost_usd=2.0)
    )
    assert run(services, "T10", TEXT).outcome == "done"


def test_the_check_for_personal_details_stays_also_for_such_a_server(services: Services, server: Loopback) -> None:
    services.settings.update(cloud_local_server=True)
    with pytest.raises(StrongroomError, match="Nothing was sent"):
        run(services, "T10", f"{TEXT} Pay to {IBAN}.")
    assert server.connections == 0


def test_a_host_elsewhere_never_counts_as_this_device(services: Services) -> None:
    services.settings.update(cloud_local_server=True, cloud_base_url="https://api.openai.com/v1")
    assert not services.engines.cloud_is_this_device()


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://name.openai.azure.com/openai/v1/", "name.openai.azure.com"),
        ("https://eu.api.openai.com/v1", "eu.api.openai.com"),
        ("http://localhost:11434/v1", "localhost:11434"),
        ("http://[::1]:1234/v1", "[::1]:1234"),
    ],
)
def test_other_endpoints_are_taken_and_each_has_its_own_key(services: Services, address: str, host: str) -> None:
    services.settings.update(cloud_base_url=address)
    engine = services.engines.cloud()
    assert engine.host == host
    services.credentials.remember_for_session(host, "sk-own-0123456789")
    assert services.credentials.get(host) == "sk-own-0123456789"
