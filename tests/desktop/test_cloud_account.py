"""The key is tried out, and models' ends are asked for, by calls that send the key and nothing else."""

import datetime
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from loopback import Loopback, Reply, error, loopback

from desktop import cloud_account as account_module
from desktop.credentials import Credentials
from desktop.model_dates import ModelDates
from desktop.paths import default_paths
from desktop.services import Services, build_services
from models.engines.cloud import offered_models
from models.engines.cloud_errors import KeyNotAccepted
from models.engines.cloud_models import OfferedModel
from models.errors import EngineError, StrongroomError

KEY = "sk-planted-0123456789abcdef"
TODAY = datetime.date(2026, 11, 26)


def listing(**shutdowns: str | None) -> Reply:
    data = [
        {"id": name.replace("_", "-"), "object": "model", "created": 1, "owned_by": "o", "shutdown_date": day}
        for name, day in shutdowns.items()
    ]
    body = json.dumps({"object": "list", "data": data}).encode()
    return Reply((body,), headers={"Content-Type": "application/json"})


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback() as running:
        running.usual = listing(gpt_4o="2027-02-01", gpt_6_luna=None)
        yield running


@pytest.fixture
def services(own_home: Path, server: Loopback, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    monkeypatch.setattr(account_module, "_today", lambda: TODAY)
    credentials = Credentials()
    credentials.remember_for_session(f"127.0.0.1:{server.port}", KEY)
    made = build_services(default_paths(), credentials)
    made.settings.update(cloud_base_url=server.base_url)
    yield made
    made.close()


def switch_on(services: Services) -> None:
    services.settings.update(cloud_enabled=True, cloud_consent=True)


def test_the_call_that_tries_a_key_out_has_no_content_and_no_header_but_those_it_needs(server: Loopback) -> None:
    assert offered_models(server.base_url, KEY) == (
        OfferedModel("gpt-4o", datetime.date(2027, 2, 1)),
        OfferedModel("gpt-6-luna"),
    )
    assert (
        server.raw
        == (
            f"GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nAccept: application/json\r\n"
            f"Accept-Encoding: identity\r\nConnection: close\r\nUser-Agent: Strongroom\r\n"
            f"Authorization: Bearer {KEY}\r\n\r\n"
        ).encode()
    )


@pytest.mark.parametrize("status", [401, 403])
def test_a_key_that_is_refused_is_told_without_the_key(services: Services, server: Loopback, status: int) -> None:
    server.usual = error(status, "invalid_api_key", f"wrong key {KEY}")
    with pytest.raises(KeyNotAccepted) as raised:
        services.account.check_key(KEY)
    assert KEY not in f"{raised.value!r} {raised.value.__context__!r}"
    assert "Nothing was sent" in raised.value.message


@pytest.mark.parametrize(
    "reply",
    [
        error(404),
        error(500),
        error(302, location="http://127.0.0.1:9/"),
        Reply((b"<html>portal</html>",), headers={"Content-Type": "text/html"}),
        Reply((b"\xff\xfe",), headers={"Content-Type": "application/json"}),
        Reply(silent=True, ending="cut"),
    ],
)
def test_a_host_without_a_list_of_models_leaves_the_key_untried_or_taken(
    services: Services, server: Loopback, reply: Reply
) -> None:
    server.usual = reply
    assert services.account.check_key(KEY) == "" or "could not be tried out" in services.account.check_key(KEY)


def test_a_list_without_end_is_cut_off(server: Loopback) -> None:
    server.usual = Reply((b"[" * 1_000_000,) * 100, headers={"Content-Type": "application/json"})
    with pytest.raises(EngineError, match="does not end"):
        offered_models(server.base_url, KEY)


def test_what_the_host_says_about_the_end_of_a_model_holds_before_the_built_in_date(services: Services) -> None:
    switch_on(services)
    assert "2027-01-14" in (services.account.notice() or pytest.fail("no notice")).sentence
    assert services.account.refresh()
    notice = services.account.notice()
    assert notice is not None
    assert "gpt-4o will be shut down on 2027-02-01" in notice.sentence
    assert "about 95 % cheaper" in notice.sentence
    assert notice.successor == "gpt-6-luna"
    again = build_services(services.paths, services.credentials)
    assert "2027-02-01" in (again.account.notice() or pytest.fail("no notice")).sentence
    again.close()


def test_the_host_is_asked_once_a_week_and_only_with_cloud_drafts_on_and_a_key(
    services: Services, server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not services.account.refresh()
    assert server.connections == 0
    switch_on(services)
    assert services.account.refresh()
    assert not services.account.refresh()
    assert len(server.received) == 1
    monkeypatch.setattr(account_module, "_today", lambda: TODAY + datetime.timedelta(days=8))
    services.credentials.forget_session()
    monkeypatch.setattr(services.credentials, "get", lambda _host: None)
    assert not services.account.refresh()
    assert len(server.received) == 1


def test_consent_to_one_provider_is_none_to_another(services: Services, server: Loopback) -> None:
    services.settings.update(cloud_enabled=True, cloud_consent=True, cloud_consent_host="api.openai.com")
    assert not services.account.refresh()
    assert not services.engines.situation("draft", "cloud").cloud_ready
    services.settings.update(cloud_consent_host=f"127.0.0.1:{server.port}")
    assert services.engines.situation("draft", "cloud").cloud_ready
    assert server.connections == 0


def test_a_host_that_is_out_of_reach_changes_nothing(services: Services, server: Loopback) -> None:
    switch_on(services)
    server.usual = error(503)
    assert not services.account.refresh()
    assert "2027-01-14" in (services.account.notice() or pytest.fail("no notice")).sentence


def test_dates_of_another_host_or_a_damaged_file_do_not_count(tmp_path: Path) -> None:
    dates = ModelDates(tmp_path / "dates.json")
    dates.keep("a.example", [OfferedModel("m", TODAY)], TODAY)
    assert dates.shutdowns("b.example") == {}
    assert ModelDates(tmp_path / "dates.json").shutdowns("a.example") == {"m": TODAY}
    for damage in ("{", "[]", '{"host": 1}', '{"host": "a", "as_of": "x", "shutdowns": {"m": 3}}'):
        (tmp_path / "dates.json").write_text(damage)
        assert ModelDates(tmp_path / "dates.json").is_due("a.example", TODAY)


def test_the_successor_is_named_with_what_it_saves(services: Services) -> None:
    successor, saving = services.account.successor()
    assert successor == "gpt-6-luna"
    assert 0.9 < saving < 1


def test_own_prices_hold_before_those_that_ship_and_broken_ones_are_told(own_home: Path) -> None:
    paths = default_paths()
    paths.config.mkdir(parents=True)
    own = paths.config / "prices.toml"
    own.write_text(
        'as_of = 2026-12-01\nreference = "m"\n[models.m]\ninput = 1.0\ncached = 1.0\noutput = 1.0\n', encoding="utf-8"
    )
    services = build_services(paths)
    assert services.prices.reference == "m"
    own.write_text("nonsense", encoding="utf-8")
    services = build_services(paths)
    assert services.prices.reference == "gpt-4o"
    assert "Your own prices.toml" in " ".join(services.take_notices())


def test_the_account_never_raises_anything_but_words(services: Services) -> None:
    services.settings.update(cloud_base_url="https://user@evil.example/v1")
    with pytest.raises(StrongroomError):
        offered_models(services.settings.current.cloud_base_url, KEY)
    assert "could not be tried out" in services.account.check_key(KEY)
