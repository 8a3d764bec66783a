"""The monthly ceiling: nothing is sent over it, and nothing when nobody knows what was spent."""

import datetime
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from loopback import Loopback, Reply, delta, loopback

from desktop.budget import Budget
from desktop.credentials import Credentials
from desktop.events import RunRequest
from desktop.ledger import Ledger, RunRecord, month_start
from desktop.paths import default_paths
from desktop.services import Services, build_services
from models.errors import EngineUnavailable, StorageError, StrongroomError

TEXT = "Answer that the parcel arrives on Thursday, and that we are sorry."


def spend(ledger: Ledger, usd: float, at: datetime.datetime | None = None) -> None:
    now = at or datetime.datetime.now().astimezone()
    ledger.add(RunRecord(now, "draft", "T10", "cloud", "gpt-4o", "done", "", cost_usd=usd))


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "ledger.sqlite3")


def test_a_draft_that_fits_is_let_through(ledger: Ledger) -> None:
    spend(ledger, 4.0)
    Budget(ledger, lambda: 5.0).check(0.5)


@pytest.mark.parametrize(("spent", "words"), [(5.0, "is reached"), (4.9, "could cost $0.5000")])
def test_a_draft_over_the_ceiling_is_kept_here_and_told_why(ledger: Ledger, spent: float, words: str) -> None:
    spend(ledger, spent)
    with pytest.raises(EngineUnavailable) as raised:
        Budget(ledger, lambda: 5.0).check(0.5)
    assert words in raised.value.message
    assert "Nothing was sent" in raised.value.message
    assert "-01, or run" in raised.value.message


def test_last_months_drafts_do_not_count(ledger: Ledger) -> None:
    spend(ledger, 100.0, month_start() - datetime.timedelta(seconds=1))
    Budget(ledger, lambda: 5.0).check(0.5)


def test_a_raised_ceiling_holds_at_once(ledger: Ledger) -> None:
    ceiling = [1.0]
    budget = Budget(ledger, lambda: ceiling[0])
    spend(ledger, 2.0)
    with pytest.raises(EngineUnavailable):
        budget.check(0.01)
    ceiling[0] = 3.0
    budget.check(0.01)


def test_a_ledger_that_cannot_be_read_lets_nothing_through(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError):
        Budget(Ledger(tmp_path / "file" / "ledger.sqlite3"), lambda: 5.0).check(0.0)


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback() as running:
        yield running


@pytest.fixture
def services(own_home: Path, server: Loopback) -> Iterator[Services]:
    credentials = Credentials()
    credentials.remember_for_session(f"127.0.0.1:{server.port}", "sk-test-0123456789")
    made = build_services(default_paths(), credentials)
    made.settings.update(cloud_enabled=True, cloud_consent=True, cloud_base_url=server.base_url, cloud_budget_usd=1)
    yield made
    made.close()


def run(services: Services) -> None:
    for _ in services.assistant.run(RunRequest(services.packs.get("T10"), TEXT, engine="cloud"), threading.Event()):
        pass


def test_over_the_ceiling_no_connection_is_made(services: Services, server: Loopback) -> None:
    run(services)
    assert len(server.received) == 1
    spend(services.ledger, 1.0)
    with pytest.raises(StrongroomError, match="monthly ceiling"):
        run(services)
    assert server.connections == 1


def test_a_draft_whose_tokens_the_host_reports_has_its_cost_and_one_without_is_marked_as_an_estimate(
    services: Services, server: Loopback
) -> None:
    run(services)
    server.usual = Reply((delta("Dear team.", finish="stop"),))
    run(services)
    estimate, reported = services.ledger.recent()
    assert (reported.estimated, estimate.estimated) == (False, True)
    assert reported.cost_usd == pytest.approx((42 * 2.5 + 7 * 10) / 1e6)
    assert estimate.cost_usd > 0
