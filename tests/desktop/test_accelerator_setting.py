"""The setting for an accelerator: off, used only where it was tried as things are now, and told where it is not."""

import shutil
import threading
from collections.abc import Iterator

import pytest

from desktop.engines import EngineHolder
from desktop.events import RunRequest
from desktop.paths import default_paths
from desktop.services import Services, build_services
from desktop.settings import Settings
from models.engines import accelerators
from models.engines.accelerators import Found
from models.engines.phi import PhiEngine
from models.errors import EngineUnavailable

TEXT = "Thank them for the quick answer."


@pytest.fixture
def services() -> Iterator[Services]:
    """Everything real, with the tiny model installed."""
    paths = default_paths()
    shutil.copytree(paths.resources / "tiny-phi", paths.models / "tiny")
    made = build_services(paths)
    yield made
    made.close()


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A machine with two accelerators, of which one works; nothing is really tried."""
    trials: list[str] = []

    def probe(_folder: object, provider: str, *_: object) -> Found:
        trials.append(provider)
        return Found(provider, works=provider == "cuda", reason=f"{provider} was tried.")

    monkeypatch.setattr(accelerators, "brought_along", lambda: ("cuda", "dml"))
    monkeypatch.setattr(accelerators, "probe", probe)
    return trials


def phi(engines: EngineHolder) -> PhiEngine:
    engine = engines.local("phi")
    assert isinstance(engine, PhiEngine)
    return engine


def test_it_is_off_by_default(services: Services) -> None:
    assert Settings().accelerator == ""
    assert (phi(services.engines)._provider, phi(services.engines)._note) == ("", "")


def test_one_that_was_tried_and_works_is_used_from_the_next_run_on(services: Services, tried: list[str]) -> None:
    before = phi(services.engines)
    assert services.engines.known_accelerators() == ()
    found = list(services.engines.find_accelerators(threading.Event()))
    assert [each.works for each in found] == [True, False]
    assert services.engines.known_accelerators() == tuple(found)
    services.settings.update(accelerator="cuda")
    assert phi(services.engines) is not before
    assert (phi(services.engines)._provider, phi(services.engines)._note) == ("cuda", "")
    assert tried == ["cuda", "dml"]


@pytest.mark.parametrize("chosen", ["cuda", "dml"])
def test_one_that_was_not_tried_as_things_are_now_is_not_used_and_the_run_says_so(
    services: Services, tried: list[str], chosen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(services.engines.find_accelerators(threading.Event()))
    services.settings.update(accelerator=chosen)
    monkeypatch.setattr(accelerators, "_driver", lambda: "another version")
    request = RunRequest(services.packs.get("T10"), TEXT, engine="phi")
    list(services.assistant.run(request, threading.Event()))
    record = services.ledger.recent(1)[0]
    assert record.outcome in ("done", "cut", "repeating")
    assert "so the CPU computes" in record.reason


def test_where_the_accelerator_fails_the_ledger_and_the_answer_say_that_the_cpu_computed(
    services: Services, tried: list[str]
) -> None:
    list(services.engines.find_accelerators(threading.Event()))
    services.settings.update(accelerator="cuda")  # which this machine does not have, whatever the trial said
    list(services.assistant.run(RunRequest(services.packs.get("T10"), TEXT, engine="phi"), threading.Event()))
    reason = services.ledger.recent(1)[0].reason
    assert reason.endswith("The model did not load on NVIDIA graphics (CUDA), so the CPU computes.")


def test_without_a_model_there_is_nothing_to_try_it_with(services: Services, tried: list[str]) -> None:
    shutil.rmtree(services.models.folder)
    assert services.engines.known_accelerators() == ()
    with pytest.raises(EngineUnavailable, match="not installed"):
        list(services.engines.find_accelerators(threading.Event()))
    assert tried == []


def test_where_the_packages_bring_none_no_model_is_asked_for(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accelerators, "brought_along", tuple)
    shutil.rmtree(services.models.folder)
    assert list(services.engines.find_accelerators(threading.Event())) == []
