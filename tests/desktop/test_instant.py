"""The cascade: rules first, the starter engine when sure, Phi-4 Mini else; and the setting for it."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.__main__ import main
from desktop.assistant import Assistant
from desktop.events import Answered, Recorded, Routed, RunRequest
from desktop.instant_settings import policy_for, read_policies, write_policies
from desktop.ledger import Ledger
from desktop.paths import default_paths
from desktop.settings import SettingsStore
from models.engines.base import Chunk, EngineEvent, EngineName, Finished, FinishReason, Request, Usage
from models.engines.instant import Policy
from models.pii.gate import PrivacyGate
from models.pii.personal import OwnRules, PersonalAnalyzer
from models.pii.registry import default_analyzer
from models.router import EngineChoice, Situation
from models.skills.rules import Rule
from models.skills.skill import Example, Label, Task

TASK = Task(
    "own",
    "classify",
    "Own",
    "d",
    "i",
    64,
    (Example("a", ("red",)), Example("b", ("blue",))),
    (),
    labels=(Label("red", "r"), Label("blue", "b")),
    rules=(Rule("blue", contains=("by the sea",)),),
)


class Fixed:
    def __init__(self, name: EngineName, answer: str) -> None:
        self.name: EngineName = name
        self.answer = answer
        self.asked = 0

    def run(self, request: Request, cancel: threading.Event) -> Iterator[EngineEvent]:
        self.asked += 1
        yield Chunk(self.answer)
        yield Finished(FinishReason.CANCELLED if cancel.is_set() else FinishReason.STOP, Usage(3, 0, 1), self.name)

    def close(self) -> None: ...


class Engines:
    def __init__(self, confidence: float | None) -> None:
        said = {"labels": [] if confidence is None else ["red"], "reason": ""}
        self.starter = Fixed("starter", json.dumps(said | ({} if confidence is None else {"confidence": confidence})))
        self.phi = Fixed("phi", '{"labels": ["blue"], "reason": ""}')

    def local(self, name: EngineName) -> Fixed:
        return self.phi if name == "phi" else self.starter

    def cloud(self) -> Fixed:
        raise AssertionError("the cloud is never asked")


def answer(
    engines: Engines, policy: Policy, text: str = "a plain text", choice: EngineChoice = "auto", task: Task = TASK
) -> tuple[tuple[str, ...], str, str]:
    analyzer = PersonalAnalyzer(default_analyzer(), OwnRules())
    assistant = Assistant(
        analyzer=analyzer,
        gate=PrivacyGate(analyzer),
        engines=engines,
        ledger=Ledger(default_paths().ledger_file),
        situation=lambda _request: Situation(phi_installed=True),
        cost=lambda _model, _usage: 0.0,
        reference_model=lambda: "gpt-4o",
        policy=lambda _task: policy,
    )
    events = list(assistant.run(RunRequest(task, text, engine=choice), threading.Event()))
    (answered,) = [event.answer for event in events if isinstance(event, Answered)]
    (routed,) = [event.route for event in events if isinstance(event, Routed)]
    (recorded,) = [event.record for event in events if isinstance(event, Recorded)]
    assert recorded.engine == routed.engine
    return answered.labels, recorded.engine, routed.reason


def test_a_sure_instant_answer_is_taken_and_phi_is_not_asked() -> None:
    engines = Engines(0.95)
    assert answer(engines, Policy("sure", 0.9)) == (("red",), "starter", "Answered at once: 95% sure, 90% is asked.")
    assert engines.phi.asked == 0


@pytest.mark.parametrize("confidence", [0.89, None])
def test_an_unsure_one_goes_to_phi_and_says_why(confidence: float | None) -> None:
    labels, engine, reason = answer(Engines(confidence), Policy("sure", 0.9))
    assert (labels, engine) == (("blue",), "phi")
    assert "Phi-4 Mini" in reason


def test_phi_answers_always_unless_it_was_set_otherwise() -> None:
    engines = Engines(0.99)
    assert answer(engines, Policy())[1] == "phi"
    assert engines.starter.asked == 0


def test_instant_only_never_asks_phi() -> None:
    engines = Engines(0.4)
    assert answer(engines, Policy("only"))[:2] == (("red",), "starter")
    assert engines.phi.asked == 0


def test_who_asks_for_phi_gets_it() -> None:
    assert answer(Engines(0.99), Policy("sure", 0.5), choice="phi")[1] == "phi"


def test_a_rule_decides_before_any_engine_and_its_words_stay_out_of_the_ledger() -> None:
    engines = Engines(0.99)
    assert answer(engines, Policy("sure", 0.5), "We live by the sea.") == (
        ("blue",),
        "starter",
        "One of your own rules decided.",
    )
    assert engines.starter.asked == engines.phi.asked == 0


def test_the_setting_comes_back_as_it_was_written() -> None:
    policies = {"t01": Policy("sure", 0.83), "t13": Policy("only", 0.9)}
    assert read_policies(write_policies(policies)) == policies
    assert policy_for("T01=sure:0.5", "t01") == Policy("sure", 0.5)
    assert policy_for("T01=sure:0.5", "T02") == Policy()


@pytest.mark.parametrize("line", ["T01", "T01=maybe", "=sure", "T01=sure:much", "T01=sure:-1", ";;;"])
def test_a_setting_that_cannot_be_read_means_phi(line: str) -> None:
    assert policy_for(line, "T01") == Policy()


def test_the_command_line_measures_and_sets(capsys: pytest.CaptureFixture[str], own_home: Path) -> None:
    assert main(["taxonomy", "instant", "T15", "--set", "sure", "--target", "10", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["mode"] == "sure"
    assert shown["curve"][-1]["share"] == 0.0
    policy = policy_for(SettingsStore(default_paths().settings_file).current.instant, "T15")
    assert policy.mode == "sure"
    assert policy.threshold == pytest.approx(shown["threshold"], abs=1e-3)


def test_a_task_without_labels_cannot_be_answered_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["taxonomy", "instant", "T08"]) == 2
    assert "no labels" in capsys.readouterr().err
