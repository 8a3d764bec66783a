"""``strongroom run`` and the commands around it, with scripted engines and a real server on loopback."""

import io
import json
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fakes import FakeEngine, Script
from loopback import Loopback, loopback

from desktop import services as services_module
from desktop.__main__ import main
from desktop.cli.console import stop_on_interrupt
from desktop.credentials import Credentials
from desktop.engines import EngineHolder
from desktop.ledger import Ledger
from desktop.paths import default_paths
from desktop.settings import SettingsStore
from models.engines.base import FinishReason
from models.errors import EngineError
from models.pii.finding import Scan
from models.pii.personal import PersonalAnalyzer

IBAN = "DE89 3704 0044 0532 0130 00"
TEXT = "The dishwasher arrived broken and I want my money back."
NEGATIVE = '{"labels": ["negative"], "reason": "broken", "confidence": 0.9}'
DRAFT_PACK = """
id = "D1"
skill = "draft"
name = "Reply"
description = "Writes a reply."
instructions = "Write a short reply."

[output]
max_tokens = 100

[[examples]]
text = "The parcel is late."
answer = "Thank you for telling us. It arrives on Monday."
"""


@pytest.fixture(autouse=True)
def packs(own_home: Path) -> None:
    folder = own_home / "data" / "skills"
    folder.mkdir(parents=True)
    (folder / "draft.toml").write_text(DRAFT_PACK)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> FakeEngine:
    fake = FakeEngine()
    monkeypatch.setattr(EngineHolder, "local", lambda _self, _name: fake)
    return fake


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    """A cloud on this machine, switched on, agreed to, and with a key."""
    credentials = Credentials()
    monkeypatch.setattr(services_module, "Credentials", lambda: credentials)
    with loopback() as cloud:
        credentials.remember_for_session(f"127.0.0.1:{cloud.port}", "sk-test-0123456789")
        settings = SettingsStore(default_paths().settings_file)
        settings.update(cloud_enabled=True, cloud_consent=True, cloud_base_url=cloud.base_url, show_payload=False)
        yield cloud


def feed(monkeypatch: pytest.MonkeyPatch, text: str = TEXT) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8"))


def rows() -> list[tuple[str, str, int]]:
    return [(row.engine, row.outcome, row.bytes_sent) for row in Ledger(default_paths().ledger_file).recent(-1)]


class Terminal(io.TextIOWrapper):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def sit_at_a_terminal(monkeypatch: pytest.MonkeyPatch, typed: str) -> io.BytesIO:
    """Types ``typed``; returns what standard error shows. The text then comes from a file."""
    shown = io.BytesIO()
    monkeypatch.setattr(sys, "stdin", Terminal(io.BytesIO(typed.encode()), encoding="utf-8"))
    monkeypatch.setattr(sys, "stderr", Terminal(shown, encoding="utf-8", write_through=True))
    return shown


def result(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_the_answer_is_on_standard_output_and_where_it_ran_on_standard_error(
    engine: FakeEngine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    engine.scripts.append(Script((NEGATIVE,)))
    feed(monkeypatch)
    assert main(["run", "t01", "-"]) == 0
    streams = capsys.readouterr()
    assert streams.out == "negative (sure)\nbroken\n"
    assert "Ran on this device (starter engine)" in streams.err
    assert "0 bytes left this machine" in streams.err


def test_a_text_is_written_while_it_comes_and_ends_with_a_line_end(
    engine: FakeEngine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    engine.scripts.append(Script(("Thank ", "you.")))
    monkeypatch.setattr(EngineHolder, "situation", lambda *_: services_module.router.Situation(phi_installed=True))
    feed(monkeypatch)
    assert main(["run", "D1"]) == 0
    assert capsys.readouterr().out == "Thank you.\n"


def test_the_json_holds_the_answer_and_all_figures(
    engine: FakeEngine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    engine.scripts.append(Script((NEGATIVE,)))
    feed(monkeypatch, f"{TEXT} IBAN {IBAN}")
    assert main(["run", "T01", "--json"]) == 0
    answer = result(capsys)
    assert answer["answer"] == {"labels": ["negative"], "confidence": 0.9, "reason": "broken"}
    assert (answer["outcome"], answer["engine"], answer["model"]) == ("done", "starter", "fake-1")
    assert answer["usage"] == {"prompt_tokens": 100, "cached_tokens": 20, "output_tokens": 10}
    assert answer["bytes_sent"] == 0
    assert answer["cost"]["usd"] == 0
    assert answer["cost"]["avoided_usd"] > 0
    assert answer["ms"]["total"] >= answer["ms"]["first_token"] > 0
    assert answer["findings"] == {"IBAN": 1}
    assert answer["reason"].endswith(".")


def test_a_note_reaches_the_engine(engine: FakeEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    engine.scripts.append(Script((NEGATIVE,)))
    feed(monkeypatch)
    main(["run", "T01", "--note", "be brief"])
    assert engine.requests[0].note == "be brief"


def test_an_engine_that_breaks_off_is_a_sentence_and_a_row(
    engine: FakeEngine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    engine.scripts.append(Script(error=EngineError("It broke off", "Your text is unchanged. Run it again.")))
    feed(monkeypatch)
    assert main(["run", "T01"]) == 2
    assert "strongroom: It broke off. Your text is unchanged." in capsys.readouterr().err
    assert rows() == [("starter", "failed", 0)]


def test_a_failure_is_an_object_too_with_json(
    engine: FakeEngine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    engine.scripts.append(Script(error=EngineError("It broke off", "Run it again.")))
    feed(monkeypatch)
    assert main(["run", "T01", "--json"]) == 2
    answer = result(capsys)
    assert (answer["outcome"], answer["answer"]) == ("failed", None)
    assert answer["error"] == {"title": "It broke off", "message": "Run it again."}


def test_an_answer_that_is_not_whole_is_said(
    engine: FakeEngine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    engine.scripts.append(Script((NEGATIVE,), FinishReason.CUT))
    feed(monkeypatch)
    assert main(["run", "T01"]) == 0
    assert "not whole" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["run", "T99"], ["run", "T01", "--model", "nowhere"]])
def test_what_does_not_exist_is_said_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    feed(monkeypatch)
    assert main(arguments) == 2
    assert capsys.readouterr().err.startswith("strongroom: ")
    assert rows() == []


def test_a_draft_without_phi_is_refused_honestly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    feed(monkeypatch)
    assert main(["run", "D1"]) == 2
    assert "Drafts need Phi-4 Mini" in capsys.readouterr().err
    assert rows() == [("", "failed", 0)]


def test_a_clear_draft_is_written_in_the_cloud_once_it_is_switched_on(
    server: Loopback, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    feed(monkeypatch)
    assert main(["run", "D1", "--json"]) == 0
    answer = result(capsys)
    assert answer["answer"] == {"text": "Dear team, done."}
    assert answer["bytes_sent"] == len(server.received[0].body) > 0
    assert answer["cost"]["usd"] > 0
    assert rows() == [("cloud", "done", answer["bytes_sent"])]


@pytest.mark.parametrize(
    "form", [[], ["--engine", "cloud", "--consent"], ["--engine", "auto"], ["--engine", "cloud", "--consent", "--json"]]
)
@pytest.mark.parametrize("place", ["text", "note"])
def test_an_iban_does_not_reach_the_server_by_any_flag(
    server: Loopback, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], form: list[str], place: str
) -> None:
    feed(monkeypatch, f"{TEXT} {IBAN}" if place == "text" else TEXT)
    note = ["--note", f"pay to {IBAN}"] if place == "note" else []
    assert main(["run", "D1", *form, *note]) == 3
    assert server.connections == 0
    assert [(outcome, sent) for _, outcome, sent in rows()] == [("blocked", 0)]
    assert IBAN not in "".join(capsys.readouterr())


@pytest.mark.parametrize("task", ["T01", "T04", "T13"])
def test_another_task_than_a_draft_does_not_reach_the_server(
    server: Loopback, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], task: str
) -> None:
    feed(monkeypatch)
    assert main(["run", task, "--engine", "cloud", "--consent"]) == 2
    assert "Only drafts may use the cloud" in capsys.readouterr().err
    assert server.connections == 0


@pytest.mark.parametrize("off", ["cloud_enabled", "cloud_consent"])
def test_the_cloud_takes_both_the_switch_and_the_consent(
    server: Loopback, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], off: str
) -> None:
    SettingsStore(default_paths().settings_file).update(**{off: False})
    feed(monkeypatch)
    assert main(["run", "D1"]) == 2
    assert "Drafts need Phi-4 Mini" in capsys.readouterr().err
    assert server.connections == 0


def test_a_broken_settings_file_is_said_once_and_the_run_goes_on(
    engine: FakeEngine, own_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    engine.scripts.extend([Script((NEGATIVE,)), Script((NEGATIVE,))])
    (own_home / "config").mkdir()
    (own_home / "config" / "settings.json").write_text("{")
    said = []
    for _ in range(2):
        feed(monkeypatch)
        assert main(["run", "T01"]) == 0
        said.append("settings file is damaged" in capsys.readouterr().err)
    assert said == [True, False]


def test_a_broken_pack_is_said_and_the_other_tasks_work(
    engine: FakeEngine, own_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    engine.scripts.append(Script((NEGATIVE,)))
    (own_home / "data" / "skills" / "broken.toml").write_text("id = 1")
    feed(monkeypatch)
    assert main(["run", "T01"]) == 0
    assert "broken.toml" in capsys.readouterr().err


def test_control_c_is_stop_and_a_second_one_ends_the_program() -> None:
    before = signal.getsignal(signal.SIGINT)
    with stop_on_interrupt() as cancel:
        signal.raise_signal(signal.SIGINT)
        assert cancel.is_set()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


def test_a_stopped_run_exits_130(
    engine: FakeEngine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    engine.scripts.append(Script((NEGATIVE[:10],), FinishReason.CANCELLED))
    feed(monkeypatch)
    assert main(["run", "T01"]) == 130
    assert "Stopped." in capsys.readouterr().err


def test_the_engine_of_the_settings_is_used_where_none_is_named(
    engine: FakeEngine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    SettingsStore(default_paths().settings_file).update(engine="phi")
    feed(monkeypatch)
    assert main(["run", "T01"]) == 2
    assert "Phi-4 Mini" in capsys.readouterr().err
    assert engine.requests == []


@pytest.mark.parametrize(("typed", "status", "sent"), [("y\n", 0, 1), ("\n", 130, 0), ("no\n", 130, 0), ("", 130, 0)])
def test_the_payload_is_shown_on_a_terminal_and_sent_only_after_a_yes(
    server: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, status: int, sent: int
) -> None:
    SettingsStore(default_paths().settings_file).update(show_payload=True)
    (tmp_path / "letter.txt").write_text(f"{TEXT}\x1b[2J")
    shown = sit_at_a_terminal(monkeypatch, typed)
    assert main(["run", "D1", str(tmp_path / "letter.txt")]) == status
    told = shown.getvalue().decode()
    assert TEXT in told
    assert "\x1b" not in told
    assert f"would be sent to 127.0.0.1:{server.port}" in told
    assert "Send it? [y/N]" in told
    assert len(server.received) == sent
    assert [outcome for _, outcome, _ in rows()] == ["done" if sent else "cancelled"]


def test_without_a_terminal_nothing_is_sent_that_should_be_looked_at_first(
    server: Loopback, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    SettingsStore(default_paths().settings_file).update(show_payload=True)
    feed(monkeypatch)
    assert main(["run", "D1"]) == 2
    assert "Nothing was sent" in capsys.readouterr().err
    assert server.connections == 0
    assert rows() == [("cloud", "cancelled", 0)]


def test_control_c_during_the_scan_runs_nothing(
    engine: FakeEngine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(PersonalAnalyzer, "scan", lambda self, text: signal.raise_signal(signal.SIGINT) or Scan(()))
    feed(monkeypatch)
    assert main(["run", "T01"]) == 130
    assert engine.requests == []
    assert "Stopped. Nothing was run" in capsys.readouterr().err
    assert rows() == [("", "cancelled", 0)]
