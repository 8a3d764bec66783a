"""Trying a graphics processor is safe: what does not work, dies or hangs becomes a finding, and is remembered."""

import os
import signal
from pathlib import Path
from threading import Event

import pytest
from phi_support import TINY

from models.engines import accelerators
from models.engines.accelerators import Accelerators, Found, brought_along, probe, words
from models.engines.worker_process import WorkerProcess


def test_the_processor_itself_passes_the_same_trial() -> None:
    assert probe(TINY, "", Event()).works


@pytest.mark.parametrize("provider", ["cuda", "dml", "QNN", "nonsense"])
def test_a_provider_that_is_not_there_is_found_not_to_work(provider: str) -> None:
    if provider in brought_along():
        assert probe(TINY, provider, Event()).provider == provider
        return
    found = probe(TINY, provider, Event())
    assert not found.works
    assert words(provider) in found.reason


def test_a_model_that_is_not_there_is_found_not_to_work(tmp_path: Path) -> None:
    assert not probe(tmp_path, "", Event()).works


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
def test_a_driver_that_dies_or_hangs_takes_nothing_with_it(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    send = WorkerProcess.send

    def strike(self: WorkerProcess, command: object) -> None:
        os.kill(self.pid or 0, number)
        send(self, command)  # type: ignore[arg-type]

    monkeypatch.setattr(WorkerProcess, "send", strike)
    found = probe(TINY, "cuda", Event(), time_out=0.5)
    assert not found.works
    assert "broke off or hung" in found.reason


def test_what_was_found_is_kept_until_the_driver_is_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trials: list[str] = []

    def trial(folder: Path, provider: str, cancel: Event) -> Found:
        trials.append(provider)
        return Found(provider, works=False, reason="No.")

    monkeypatch.setattr(accelerators, "probe", trial)
    file = tmp_path / "data" / "accelerators.json"
    for _ in range(2):
        assert Accelerators(file).find(TINY, Event(), ["cuda", "dml"])[0] == Found("cuda", works=False, reason="No.")
    assert trials == ["cuda", "dml"]
    monkeypatch.setattr(accelerators, "_driver", lambda: "another version")
    Accelerators(file).find(TINY, Event(), ["cuda"])
    assert trials == ["cuda", "dml", "cuda"]
    file.write_text("[1]")
    Accelerators(file).find(TINY, Event(), ["cuda"])
    assert len(trials) == 4
