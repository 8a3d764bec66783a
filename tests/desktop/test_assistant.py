"""The use case: what a run says, in which order, and that each leaves exactly one row."""

import dataclasses
import datetime
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from assistant_world import CLASSIFY, CLOUD, DRAFT, POSITIVE, SUMMARY, World
from fakes import Raises, Script

from desktop.assistant import LONG_TEXT, undismissed
from desktop.events import Answered, AssistantEvent, Recorded, Routed, RunRequest, Scanned
from models.engines.base import Chunk, FinishReason, Progress, Usage
from models.errors import AnswerError, EngineError, EngineUnavailable, InputError
from models.pii.finding import Finding, Scan
from models.pii.gate import Blocked, ClearedText, Dismissal
from models.router import Situation
from models.skills.answer import LabelAnswer, TextAnswer
from models.skills.skill import Example


@pytest.fixture
def world(own_home: Path) -> World:
    return World(own_home)


def kinds(events: list[AssistantEvent]) -> list[str]:
    return [type(event).__name__ for event in events]


def test_a_run_scans_routes_writes_answers_and_records_in_this_order(world: World) -> None:
    world.phi.scripts.append(Script(POSITIVE))
    events = world.run(RunRequest(CLASSIFY, "I am glad."))
    assert kinds(events) == ["Scanned", "Routed", "Progress", "Chunk", "Chunk", "Answered", "Recorded"]
    answered = next(event for event in events if isinstance(event, Answered))
    assert answered.answer == LabelAnswer(("positive",), None, "glad")


def test_the_scan_names_its_detectors(world: World) -> None:
    world.phi.scripts.append(Script(POSITIVE))
    scanned = world.run(RunRequest(CLASSIFY, "I am SECRET."))[0]
    assert isinstance(scanned, Scanned)
    assert scanned.detectors == ("secret",)
    assert scanned.scan.counts() == {"SECRET": 1}


def test_the_engine_is_given_task_text_note_and_day(world: World) -> None:
    world.phi.scripts.append(Script(("A digest.",)))
    day = datetime.date(2026, 11, 21)
    world.run(RunRequest(SUMMARY, "Long text.", note="short", today=day))
    (request,) = world.phi.requests
    assert (request.task, request.text, request.note, request.today) == (SUMMARY, "Long text.", "short", day)


def test_only_phi_is_given_what_was_corrected_and_only_for_labels(world: World) -> None:
    world.phi.scripts += [Script(POSITIVE), Script(("A digest.",))]
    world.starter.scripts.append(Script(POSITIVE))
    world.run(RunRequest(CLASSIFY, "I am glad."))
    world.run(RunRequest(SUMMARY, "Long text."))
    world.run(RunRequest(CLASSIFY, "I am glad.", engine="starter"))
    assert [request.own for request in world.phi.requests] == [(Example("own text of T01", ("negative",)),), ()]
    assert [request.own for request in world.starter.requests] == [()]


def test_the_row_says_what_was_done_took_and_cost(world: World) -> None:
    world.phi.scripts.append(Script(POSITIVE, usage=Usage(100, 20, 10)))
    recorded = world.run(RunRequest(CLASSIFY, "I am SECRET."))[-1]
    row = world.row()
    assert isinstance(recorded, Recorded)
    assert (recorded.record, recorded.stored) == (row, True)
    assert (row.skill, row.task, row.engine, row.model, row.outcome) == ("classify", "T01", "phi", "phi-4", "done")
    assert (row.prompt_tokens, row.cached_tokens, row.output_tokens) == (100, 20, 10)
    assert (row.cost_usd, row.cost_avoided_usd, row.bytes_sent) == (0.0, 10.0, 0)
    assert row.findings == {"SECRET": 1}
    assert row.first_token_ms is not None
    assert 0 < row.first_token_ms <= row.total_ms


@pytest.mark.parametrize("text", ["", " ", "\n\t \u2003\n"])
def test_an_empty_text_is_refused_before_anything(world: World, text: str) -> None:
    events, _ = world.fail(RunRequest(CLASSIFY, text), InputError)
    assert events == []
    assert world.rows() == ()


def test_a_cut_text_is_an_answer_and_is_recorded_as_cut(world: World) -> None:
    world.phi.scripts.append(Script(("Half a", " digest"), FinishReason.CUT))
    events = world.run(RunRequest(SUMMARY, "Long text."))
    assert [event.answer for event in events if isinstance(event, Answered)] == [TextAnswer("Half a digest")]
    assert world.row().outcome == "cut"


@pytest.mark.parametrize(("reason", "outcome"), [(FinishReason.CUT, "cut"), (FinishReason.CANCELLED, "cancelled")])
def test_half_a_json_answer_keeps_its_chunks_and_is_no_answer(world: World, reason: FinishReason, outcome: str) -> None:
    world.phi.scripts.append(Script(POSITIVE[:1], reason))
    events = world.run(RunRequest(CLASSIFY, "I am glad."))
    assert kinds(events) == ["Scanned", "Routed", "Progress", "Chunk", "Recorded"]
    assert world.row().outcome == outcome


def test_an_answer_that_cannot_be_read_is_a_failed_run_in_words(world: World) -> None:
    world.phi.scripts.append(Script(("I think it is positive",)))
    events, _ = world.fail(RunRequest(CLASSIFY, "I am glad."), AnswerError)
    assert kinds(events)[-1] == "Recorded"
    assert world.row().outcome == "failed"


def test_stop_before_the_engine_begins_is_a_cancelled_run(world: World) -> None:
    world.phi.scripts.append(Script(POSITIVE))
    cancel = threading.Event()
    cancel.set()
    events = world.run(RunRequest(CLASSIFY, "I am glad."), cancel)
    assert "Answered" not in kinds(events)
    assert world.row().outcome == "cancelled"


def test_stop_while_writing_is_a_cancelled_run(world: World) -> None:
    world.phi.scripts.append(Script(("one ", "two ", "three")))
    cancel = threading.Event()
    chunks = []
    for event in world.assistant.run(RunRequest(SUMMARY, "Long text."), cancel):
        if isinstance(event, Chunk):
            chunks.append(event.text)
            cancel.set()
    assert chunks == ["one "]
    assert world.row().outcome == "cancelled"


@pytest.mark.parametrize("last", [Scanned, Routed, Progress, Chunk])
def test_a_run_that_is_left_early_has_one_row_and_leaves_the_engine_usable(world: World, last: type) -> None:
    world.phi.scripts.extend([Script(POSITIVE), Script(POSITIVE), Script(POSITIVE)])
    run = world.assistant.run(RunRequest(CLASSIFY, "I am glad."), threading.Event())
    while not isinstance(next(run), last):
        pass
    run.close()
    assert world.row().outcome == "cancelled"
    assert kinds(world.run(RunRequest(CLASSIFY, "I am glad.")))[-2:] == ["Answered", "Recorded"]


def test_leaving_after_the_answer_came_is_a_run_that_was_done(world: World) -> None:
    world.phi.scripts.append(Script(POSITIVE))
    run = world.assistant.run(RunRequest(CLASSIFY, "I am glad."), threading.Event())
    while not isinstance(next(run), Answered):
        pass
    run.close()
    assert world.row().outcome == "done"


def test_leaving_after_the_row_was_written_does_not_write_another(world: World) -> None:
    world.phi.scripts.append(Script(POSITIVE))
    run = world.assistant.run(RunRequest(CLASSIFY, "I am glad."), threading.Event())
    while not isinstance(next(run), Recorded):
        pass
    run.close()
    assert world.row().outcome == "done"


def test_an_engine_that_breaks_off_is_a_failed_run_and_its_sentence_comes_through(world: World) -> None:
    error = EngineError("The model broke off", "Run the task again.")
    world.phi.scripts.append(Script(("Half",), error=error))
    events, raised = world.fail(RunRequest(SUMMARY, "Long text."), EngineError)
    assert raised is error
    assert kinds(events)[-2:] == ["Chunk", "Recorded"]
    assert world.row().outcome == "failed"


def test_a_local_failure_never_becomes_a_cloud_call(world: World) -> None:
    world.situation = CLOUD
    world.phi.scripts.append(Script(error=EngineError("Broken", "Run it again.")))
    world.fail(RunRequest(DRAFT, "Write to them.", engine="phi"), EngineError)
    assert world.remote.requests == []


def test_a_bug_is_recorded_as_a_failed_run_and_raised_as_it_is(world: World) -> None:
    world.phi.scripts.append(Script(error=ZeroDivisionError()))
    world.fail(RunRequest(CLASSIFY, "I am glad."), ZeroDivisionError)
    assert world.row().outcome == "failed"


def test_control_c_is_a_cancelled_run(world: World) -> None:
    world.phi.scripts.append(Script(error=KeyboardInterrupt()))
    world.fail(RunRequest(CLASSIFY, "I am glad."), KeyboardInterrupt)
    assert world.row().outcome == "cancelled"


def test_a_task_that_nothing_can_do_is_a_failed_run_with_the_reason(world: World) -> None:
    world.situation = Situation(phi_installed=False)
    _, raised = world.fail(RunRequest(DRAFT, "Write to them."), EngineUnavailable)
    assert "Drafts need Phi-4 Mini" in str(raised)
    row = world.row()
    assert (row.engine, row.outcome, row.model) == ("", "failed", "")


def test_the_cloud_gets_the_exact_cleared_messages(world: World) -> None:
    world.situation = CLOUD
    world.remote.scripts.append(Script(("Dear all,",), usage=Usage(50, 0, 3), bytes_sent=900))
    request = RunRequest(DRAFT, "Write to them.", note="formal", engine="cloud")
    world.run(request)
    (sent,) = world.remote.requests
    assert type(sent) is ClearedText
    assert sent.messages == world.assistant.payload(request)
    row = world.row()
    assert (row.engine, row.model, row.outcome, row.bytes_sent) == ("cloud", "gpt-4o", "done", 900)
    assert (row.cost_usd, row.cost_avoided_usd) == (3.0, 0.0)


@pytest.mark.parametrize("text", ["Write to SECRET."])
def test_a_text_with_a_finding_does_not_reach_the_cloud(world: World, text: str) -> None:
    world.situation = CLOUD
    events, _ = world.fail(RunRequest(DRAFT, text, engine="cloud"), Blocked)
    assert kinds(events) == ["Scanned", "Routed", "Recorded"]
    assert world.remote.requests == []
    row = world.row()
    assert (row.outcome, row.bytes_sent) == ("blocked", 0)


def test_a_note_with_a_finding_does_not_reach_the_cloud(world: World) -> None:
    world.situation = CLOUD
    world.fail(RunRequest(DRAFT, "Write to them.", note="sign as SECRET", engine="cloud"), Blocked)
    assert world.remote.requests == []
    assert world.row().outcome == "blocked"


def test_on_auto_a_note_with_a_finding_keeps_the_draft_on_this_device(world: World) -> None:
    world.situation = CLOUD
    world.phi.scripts.append(Script(("Dear all,",)))
    world.run(RunRequest(DRAFT, "Write to them.", note="sign as SECRET"))
    assert world.remote.requests == []
    assert (world.row().engine, world.row().outcome) == ("phi", "done")


def test_instructions_with_a_finding_do_not_reach_the_cloud(world: World) -> None:
    world.situation = CLOUD
    task = dataclasses.replace(DRAFT, instructions="Answer for SECRET.")
    world.fail(RunRequest(task, "Write to them.", engine="cloud"), Blocked)
    assert world.remote.requests == []


def test_a_recognizer_that_raises_blocks_the_cloud(own_home: Path) -> None:
    world = World(own_home, [Raises()])
    world.situation = CLOUD
    world.fail(RunRequest(DRAFT, "Write to them.", engine="cloud"), Blocked)
    assert world.remote.requests == []
    assert world.row().outcome == "blocked"


def test_what_the_person_dismissed_does_not_block(world: World) -> None:
    world.situation = CLOUD
    world.remote.scripts.append(Script(("Dear all,",)))
    dismissed = frozenset({Dismissal("SECRET", "SECRET", confirmed=True)})
    world.run(RunRequest(DRAFT, "Write to SECRET.", engine="cloud", dismissed=dismissed))
    assert len(world.remote.requests) == 1
    assert world.row().dismissed == {"SECRET": 1}


def test_a_dismissal_that_lacks_its_second_word_still_blocks(world: World) -> None:
    world.situation = CLOUD
    dismissed = frozenset({Dismissal("SECRET", "SECRET")})
    world.fail(RunRequest(DRAFT, "Write to SECRET.", engine="cloud", dismissed=dismissed), Blocked)
    assert world.row().dismissed == {}


def test_a_dismissal_counts_for_its_entity_and_its_very_text_only() -> None:
    scan = Scan((Finding(0, 3, "A", 1.0, "r", ""), Finding(4, 7, "B", 1.0, "r", ""), Finding(8, 11, "A", 1.0, "r", "")))
    left = undismissed(scan, "abc abc xyz", {Dismissal("A", "abc", confirmed=True)})
    assert [(finding.start, finding.entity) for finding in left.findings] == [(4, "B"), (8, "A")]


@pytest.mark.parametrize("leave", ["error", "close"])
def test_what_left_in_a_cloud_run_that_broke_off_is_counted(world: World, leave: str) -> None:
    world.situation = CLOUD
    error = EngineError("The cloud broke off", "Try again.") if leave == "error" else None
    world.remote.scripts.append(Script(("Half", "more"), error=error, usage=Usage(50, 0, 1), bytes_sent=700))
    request = RunRequest(DRAFT, "Write to them.", engine="cloud")
    if leave == "error":
        world.fail(request, EngineError)
    else:
        run = world.assistant.run(request, threading.Event())
        while not isinstance(next(run), Chunk):
            pass
        run.close()
    row = world.row()
    assert (row.bytes_sent, row.output_tokens, row.cost_usd) == (700, 1, 1.0)
    assert row.outcome == ("failed" if leave == "error" else "cancelled")


def test_a_ledger_that_cannot_be_written_does_not_stop_the_run(world: World, own_home: Path) -> None:
    (own_home / "data").write_text("in the way")
    world.phi.scripts.append(Script(POSITIVE))
    recorded = world.run(RunRequest(CLASSIFY, "I am glad."))[-1]
    assert isinstance(recorded, Recorded)
    assert not recorded.stored
    assert recorded.record.outcome == "done"


@pytest.mark.parametrize("change", [lambda world: setattr(world, "situation", Situation(phi_installed=False))])
def test_what_is_installed_is_asked_anew_for_each_run(world: World, change: Callable[[World], None]) -> None:
    world.phi.scripts.append(Script(POSITIVE))
    world.starter.scripts.append(Script(POSITIVE))
    world.run(RunRequest(CLASSIFY, "I am glad."))
    change(world)
    world.run(RunRequest(CLASSIFY, "I am glad."))
    assert [row.engine for row in world.rows()] == ["starter", "phi"]


def test_stop_during_the_scan_of_a_long_text_ends_the_run_at_once(own_home: Path) -> None:
    cancel, released = threading.Event(), threading.Event()

    class Slow:
        name = "slow"

        def find(self, _text: str) -> Iterator[Finding]:
            cancel.set()
            released.wait(20)
            yield from ()

    world = World(own_home, [Slow()])
    world.phi.scripts.append(Script(POSITIVE))
    try:
        events = list(world.assistant.run(RunRequest(CLASSIFY, "long " * LONG_TEXT), cancel))
    finally:
        released.set()
    assert kinds(events) == ["Progress", "Recorded"]
    assert world.phi.requests == []
    assert [(row.engine, row.outcome) for row in world.rows()] == [("", "cancelled")]


def test_a_task_of_this_device_does_not_wait_for_the_check_of_a_huge_text(own_home: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr("desktop.assistant.PATIENCE_S", 0.2)
    released = threading.Event()

    class Slow:
        name = "slow"

        def find(self, _text: str) -> Iterator[Finding]:
            released.wait(20)
            yield from ()

    world = World(own_home, [Slow()])
    world.phi.scripts.append(Script(POSITIVE))
    try:
        events = list(world.assistant.run(RunRequest(CLASSIFY, "long " * LONG_TEXT), threading.Event()))
    finally:
        released.set()
    scanned = next(event for event in events if isinstance(event, Scanned))
    assert not scanned.scan.complete
    assert scanned.scan.verdict == "blocked"
    assert kinds(events)[-2:] == ["Answered", "Recorded"]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_scan_that_dies_in_its_thread_is_not_complete_and_blocks(own_home: Path, monkeypatch: Any) -> None:
    world = World(own_home)
    world.situation = CLOUD

    def die(_text: str, _cancel: threading.Event) -> Scan:
        raise SystemExit  # the one exception that a thread ends on without a word

    monkeypatch.setattr(world.analyzer, "scan", die)
    scan = world.assistant._scan_until("long " * LONG_TEXT, threading.Event())
    assert scan is not None
    assert (scan.complete, scan.verdict) == (False, "blocked")


def test_a_long_text_is_told_of_before_it_is_scanned(world: World) -> None:
    world.phi.scripts.append(Script(POSITIVE))
    events = list(world.assistant.run(RunRequest(CLASSIFY, "long " * LONG_TEXT), threading.Event()))
    assert events[0] == Progress("read", "Checking for personal details …")
    assert isinstance(events[1], Scanned)
