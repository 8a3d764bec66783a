"""Composition: lazy, tolerant of broken files, and following the settings from one run to the next."""

import json
import shutil
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.credentials import Credentials
from desktop.engines import EngineHolder
from desktop.events import Recorded, RunRequest
from desktop.paths import default_paths
from desktop.services import Services, build_services
from models.engines.cloud_request import parse_endpoint
from models.engines.phi import PhiEngine
from models.errors import EngineUnavailable
from models.pii.finding import Scan
from models.skills.prompts import build_messages

TINY_MODEL = Path(__file__).resolve().parent.parent.parent / "resources" / "tiny-phi"
HOST = "api.openai.com"


@pytest.fixture
def services(own_home: Path) -> Services:
    return build_services(default_paths(), Credentials())


def switch_on(services: Services) -> None:
    services.settings.update(cloud_enabled=True, cloud_consent=True)
    services.credentials.remember_for_session(HOST, "sk-test-0123456789")


def test_a_first_start_has_all_tasks_and_nothing_to_say(services: Services) -> None:
    assert {"T01", "T04", "T13", "queue"} <= {task.id for task in services.tasks}
    assert services.take_notices() == ()


def test_building_the_services_writes_nothing(services: Services, own_home: Path) -> None:
    assert list(own_home.iterdir()) == []


def test_every_broken_file_is_a_notice_said_once(own_home: Path, tmp_path: Path) -> None:
    paths = default_paths()
    resources = tmp_path / "resources"
    shutil.copytree(paths.resources / "skills", resources / "skills")
    paths.own_skills.mkdir(parents=True)
    (paths.own_skills / "mine.toml").write_text("nonsense")
    paths.config.mkdir()
    paths.settings_file.write_text("{")
    services = build_services(replace(paths, resources=resources))
    notices = " ".join(services.take_notices())
    assert all(words in notices for words in ("settings file", "mine.toml", "prices.toml"))
    assert services.take_notices() == ()
    assert services.tasks


def test_the_starter_engine_does_real_work_the_minute_it_is_installed(services: Services) -> None:
    request = RunRequest(services.packs.get("T01"), "I love it, the best purchase this year!")
    kinds = [type(event).__name__ for event in services.assistant.run(request, threading.Event())]
    services.close()
    assert kinds[-2:] == ["Answered", "Recorded"]
    assert services.ledger.recent()[0].outcome == "done"


def test_a_model_in_the_settings_is_used_from_the_next_run_on(services: Services) -> None:
    assert services.route("classify", "auto", Scan(())).engine == "starter"
    services.settings.update(model_folder=str(TINY_MODEL))
    assert services.route("classify", "auto", Scan(())).engine == "phi"
    assert isinstance(services.engines.local("phi"), PhiEngine)


def test_a_model_in_the_models_folder_is_found_at_once(services: Services) -> None:
    assert services.installed_models() == ()
    shutil.copytree(TINY_MODEL, services.paths.models / "tiny")
    assert [model.usable for model in services.installed_models()] == [True]
    assert services.engines.phi_folder() == services.paths.models / "tiny"


def test_an_incomplete_model_is_not_used_and_its_problem_is_said(services: Services) -> None:
    shutil.copytree(TINY_MODEL, services.paths.models / "tiny")
    (services.paths.models / "tiny" / "model.onnx.data").unlink()
    assert services.route("classify", "auto", Scan(())).engine == "starter"
    refused = services.route("classify", "phi", Scan(()))
    assert refused.engine is None
    assert "model.onnx.data" in refused.reason


def test_a_model_given_for_this_run_goes_before_the_settings(own_home: Path) -> None:
    services = build_services(default_paths(), model_folder=TINY_MODEL)
    services.settings.update(model_folder="/nowhere")
    assert services.engines.phi_folder() == TINY_MODEL


def test_an_engine_is_kept_while_its_settings_hold_and_replaced_when_they_change(services: Services) -> None:
    services.settings.update(model_folder=str(TINY_MODEL))
    first = services.engines.local("phi")
    assert services.engines.local("phi") is first
    services.settings.update(threads=1)
    assert services.engines.local("phi") is not first


def test_a_run_on_the_starter_engine_has_phi_give_up_what_it_measures_in_idle_time(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.settings.update(model_folder=str(TINY_MODEL))
    asked: list[PhiEngine] = []
    monkeypatch.setattr(PhiEngine, "step_back", lambda engine: asked.append(engine))
    services.engines.local("starter")
    assert asked == []  # there is none
    phi = services.engines.local("phi")
    assert asked == []
    services.engines.local("starter")
    assert asked == [phi]
    services.close()


def test_tokens_that_the_model_kept_from_the_run_before_are_counted_in_the_ledger(services: Services) -> None:
    services.settings.update(model_folder=str(TINY_MODEL))
    for text in ("I love it, the best purchase this year!", "The parcel arrived broken."):
        list(services.assistant.run(RunRequest(services.packs.get("T01"), text), threading.Event()))
    services.close()
    second, first = services.ledger.recent()
    assert first.engine == "phi"  # its instructions were read before, to see how the model leans
    assert first.cached_tokens < first.prompt_tokens
    assert 0 < second.cached_tokens < second.prompt_tokens


def test_a_missing_model_is_refused_in_words(services: Services) -> None:
    with pytest.raises(EngineUnavailable, match="stays on this device"):
        services.engines.local("phi")


def test_the_cloud_needs_switch_consent_and_a_key_for_its_address(services: Services) -> None:
    assert not services.engines.situation("draft", "cloud").cloud_key
    switch_on(services)
    assert services.engines.situation("draft", "cloud").cloud_key
    services.settings.update(cloud_base_url="https://other.example/v1")
    assert not services.engines.situation("draft", "cloud").cloud_key


def test_the_keyring_is_asked_only_where_the_cloud_may_be_used(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(Credentials, "get", lambda _self, host: asked.append(host))
    services.engines.situation("draft", "cloud")
    switch_on(services)
    services.engines.situation("classify", "auto")
    services.engines.situation("draft", "phi")
    assert asked == []
    services.engines.situation("draft", "auto")
    assert asked == [HOST]


def test_a_new_address_takes_effect_for_the_next_cloud_run(services: Services) -> None:
    first = services.engines.cloud()
    assert services.engines.cloud() is first
    services.settings.update(cloud_base_url="https://other.example/v1")
    assert services.engines.cloud().host == "other.example"


@pytest.mark.parametrize("url", ["", "http://other.example/v1", "ftp://x", "https://user:pass@host/v1"])
def test_an_address_that_text_may_not_be_sent_to_has_no_key_and_no_engine(services: Services, url: str) -> None:
    switch_on(services)
    services.settings.update(cloud_base_url=url)
    assert not services.engines.situation("draft", "cloud").cloud_key
    with pytest.raises(EngineUnavailable):
        services.engines.cloud()
    with pytest.raises(EngineUnavailable):
        parse_endpoint(url)


def test_closing_twice_does_no_harm_and_a_later_run_starts_afresh(services: Services) -> None:
    services.engines.local("starter")
    services.close()
    services.close()
    assert isinstance(services.engines, EngineHolder)
    assert services.engines.local("starter") is not None


def test_what_a_draft_sends_besides_the_document_holds_nothing_personal(services: Services) -> None:
    drafts = services.packs.of_skill("draft")
    assert {"T10", "T11", "T12"} <= {task.id for task in drafts}
    for task in drafts:
        messages = build_messages(task, "Please write that the delivery is late.", "short and friendly")
        assert services.gate.clear(messages).messages == messages, task.id


def test_the_end_of_the_cloud_model_is_told_to_who_uses_it(services: Services) -> None:
    switch_on(services)
    services.settings.update(cloud_model="gpt-4o")
    again = build_services(services.paths, services.credentials)
    assert "2027-01-14" in again.account.notice().sentence


def test_the_cloud_is_asked_for_no_longer_answer_than_the_longest_draft(services: Services) -> None:
    budget = max(task.max_output_tokens for task in services.packs.of_skill("draft"))
    request = RunRequest(services.packs.get("T12"), "A kettle of one litre, steel, with a lid.")
    payload = services.engines.cloud().payload_preview(services.assistant.clear(request))
    assert json.loads(payload)["max_completion_tokens"] == budget == services.engines.draft_tokens


def test_what_the_models_process_took_at_most_reaches_the_record_and_the_receipt() -> None:
    paths = default_paths()
    shutil.copytree(paths.resources / "tiny-phi", paths.models / "tiny")
    services = build_services(paths)
    try:
        request = RunRequest(services.packs.get("T10"), "Thank them for the quick answer.", engine="phi")
        records = [
            event.record
            for _ in range(2)
            for event in services.assistant.run(request, threading.Event())
            if isinstance(event, Recorded)
        ]
    finally:
        services.close()
    assert all(record.peak_bytes > 10_000_000 for record in records)
    assert records[1].cached_tokens > 0
