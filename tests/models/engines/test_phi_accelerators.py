"""Trying a graphics processor is safe: what does not work, dies or hangs becomes a finding, and is remembered."""

import math
import os
import signal
from pathlib import Path
from threading import Event

import pytest
from phi_support import TINY, make_task, run, tiny_engine

from models.engines import accelerators
from models.engines.accelerator_trial import QUESTIONS, Trial, try_provider
from models.engines.accelerators import Accelerators, Found, brought_along, probe, words
from models.engines.base import Progress, Request
from models.engines.worker_process import WorkerProcess
from models.errors import EngineError, InputError

REQUEST = Request(make_task("summarize"), "The tenant pays the rent on the third working day of each month.")


GOOD = Trial("", 400.0, 21.0, ((0.9, 0.1), (0.2, 0.8)))


def on_the_cpu() -> Trial:
    return Trial("", 20.0, 10.0, ((0.88, 0.12), (0.25, 0.75)))


def test_a_trial_tells_how_fast_it_went_and_what_was_answered() -> None:
    trial = try_provider(TINY, "", Event(), 60.0, 2)
    assert not trial.failure
    assert trial.read > 0
    assert trial.write > 0
    assert len(trial.answers) == len(QUESTIONS)
    assert all(sum(shares) == pytest.approx(1.0) for shares in trial.answers)
    assert trial.agrees(try_provider(TINY, "", Event(), 60.0, 1))


@pytest.mark.parametrize("provider", ["cuda", "dml", "webgpu", "QNN", "nonsense"])
def test_a_provider_that_is_not_there_is_found_not_to_work(provider: str) -> None:
    found = probe(TINY, provider, lambda: accelerators.on_the_cpu(TINY, Event()), Event())
    assert words(provider) in found.reason
    assert found.works == ("as fast as on the CPU" in found.reason)
    assert not found.works or provider in brought_along()


def test_a_model_that_is_not_there_is_found_not_to_work(tmp_path: Path) -> None:
    assert not probe(tmp_path, "", on_the_cpu, Event()).works


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
def test_a_driver_that_dies_or_hangs_takes_nothing_with_it(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    send = WorkerProcess.send

    def strike(self: WorkerProcess, command: object) -> None:
        os.kill(self.pid or 0, number)
        send(self, command)

    monkeypatch.setattr(WorkerProcess, "send", strike)
    assert try_provider(TINY, "cuda", Event(), 0.5).failure == "broke off or hung"


def test_what_works_is_held_against_the_cpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accelerators, "try_provider", lambda *_: GOOD)
    found = probe(TINY, "webgpu", on_the_cpu, Event())
    assert found.works
    assert found.reason == (
        "On graphics (WebGPU) the model reads 20 times as fast as on the CPU and writes 2.1 times as fast."
    )
    slow = Trial("", 40.0, 40.0, GOOD.answers)
    assert "reads 10 times as fast as on the CPU and writes 0.53" in probe(TINY, "dml", lambda: slow, Event()).reason


@pytest.mark.parametrize(
    "answers", [((0.5, 0.5), (0.5, 0.5)), ((0.1, 0.9), (0.2, 0.8)), ((math.nan, math.nan), (0.2, 0.8))]
)
def test_a_driver_that_computes_wrongly_is_not_offered(
    answers: tuple[tuple[float, ...], ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accelerators, "try_provider", lambda *_: Trial("", 400.0, 20.0, answers))
    found = probe(TINY, "webgpu", on_the_cpu, Event())
    assert not found.works
    assert "answers otherwise" in found.reason


def test_one_whose_answers_cannot_be_compared_is_not_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accelerators, "try_provider", lambda *_: Trial("", 400.0, 20.0))
    found = probe(TINY, "dml", on_the_cpu, Event())
    assert not found.works
    assert "cannot be held against the CPU's" in found.reason


def test_without_the_cpu_to_compare_with_nothing_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accelerators, "try_provider", lambda *_: GOOD)
    found = probe(TINY, "webgpu", lambda: Trial("broke off or hung"), Event())
    assert not found.works
    assert "it broke off or hung" in found.reason


def test_the_cpu_is_tried_once_for_all_and_not_where_nothing_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []

    def trial(_folder: Path, provider: str, *_: object) -> Trial:
        tried.append(provider)
        return Trial("does not load") if provider == "cuda" else GOOD

    monkeypatch.setattr(accelerators, "try_provider", trial)
    list(Accelerators(tmp_path / "one.json").find(TINY, Event(), ["cuda"]))
    assert tried == ["cuda"]
    found = list(Accelerators(tmp_path / "two.json").find(TINY, Event(), ["cuda", "webgpu", "dml"]))
    assert [each.works for each in found] == [False, True, True]
    assert tried == ["cuda", "cuda", "webgpu", "", "dml"]


def test_a_package_that_brings_a_provider_is_offered_for_trial_by_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accelerators, "installed_plugins", lambda: ("webgpu",))
    assert "webgpu" in brought_along()
    monkeypatch.setattr(accelerators, "probe", lambda _folder, name, *_: Found(name, works=True, reason="Yes."))
    file = tmp_path / "accelerators.json"
    list(Accelerators(file).find(TINY, Event(), ["webgpu"]))
    assert Accelerators(file).works(TINY, "webgpu")
    monkeypatch.setattr(accelerators, "version", lambda _provider: "another")
    assert not Accelerators(file).works(TINY, "webgpu")


def test_what_was_found_is_kept_until_the_driver_is_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trials: list[str] = []

    def trial(_folder: Path, provider: str, *_: object) -> Found:
        trials.append(provider)
        return Found(provider, works=False, reason="No.")

    monkeypatch.setattr(accelerators, "probe", trial)
    file = tmp_path / "data" / "accelerators.json"
    for _ in range(2):
        found = list(Accelerators(file).find(TINY, Event(), ["cuda", "dml"]))
        assert found[0] == Found("cuda", works=False, reason="No.")
    assert trials == ["cuda", "dml"]
    monkeypatch.setattr(accelerators, "_driver", lambda: "another version")
    list(Accelerators(file).find(TINY, Event(), ["cuda"]))
    assert trials == ["cuda", "dml", "cuda"]
    file.write_text("[1]")
    list(Accelerators(file).find(TINY, Event(), ["cuda"]))
    assert len(trials) == 4


def test_what_is_known_is_told_without_a_trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "accelerators.json"
    monkeypatch.setattr(accelerators, "brought_along", lambda: ("cuda", "dml"))
    monkeypatch.setattr(accelerators, "probe", lambda _folder, name, *_: Found(name, works=True, reason="Yes."))
    assert Accelerators(file).known(TINY) == ()
    list(Accelerators(file).find(TINY, Event(), ["cuda"]))
    assert Accelerators(file).known(TINY) == (Found("cuda", works=True, reason="Yes."),)
    assert "fpu" not in file.read_text()  # a processor's description stays out of it


def test_a_trial_that_is_stopped_is_not_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def trial(_folder: Path, provider: str, _cpu: object, cancel: Event) -> Found:
        cancel.set()
        return Found(provider, works=False, reason="No.")

    monkeypatch.setattr(accelerators, "probe", trial)
    assert list(Accelerators(tmp_path / "a.json").find(TINY, Event(), ["cuda", "dml"])) == []
    assert not (tmp_path / "a.json").exists()


def test_where_an_accelerator_fails_to_load_the_cpu_answers_and_says_so_after_each_run() -> None:
    plain, tried = tiny_engine(), tiny_engine(provider="nonsense")
    try:
        expected = run(plain, REQUEST)[0]
        for _ in range(2):
            answer, finished, events = run(tried, REQUEST)
            assert answer == expected
            assert finished.note == "The model did not load on nonsense, so the CPU computes."
            loading = [event.message for event in events if isinstance(event, Progress) and event.stage == "load"]
        assert loading == []  # the second run finds it loaded
        assert run(plain, REQUEST)[1].note == ""
    finally:
        plain.close()
        tried.close()


def test_an_accelerator_that_breaks_off_in_a_run_is_given_up_for_the_next() -> None:
    engine = tiny_engine()
    try:
        run(engine, REQUEST)
        engine._provider = "cuda"  # as if it had been loaded there
        with pytest.raises(EngineError):
            run(engine, REQUEST, lambda _event, _cancel: os.kill(engine.worker_pid or 0, signal.SIGKILL))
        assert run(engine, REQUEST)[1].note == "The model broke off on NVIDIA graphics (CUDA), so the CPU computes."
    finally:
        engine.close()


def test_a_text_that_is_refused_is_no_fault_of_the_accelerator() -> None:
    engine = tiny_engine()
    try:
        run(engine, REQUEST)
        engine._provider = "cuda"
        with pytest.raises(InputError):
            run(engine, Request(REQUEST.task, "  "))
        assert engine._provider == "cuda"
    finally:
        engine.close()
