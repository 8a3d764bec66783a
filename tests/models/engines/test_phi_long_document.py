"""A document longer than the window is read part by part, all of it, and the parts are put together."""

import json
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import Any

import pytest
from phi_support import make_task, run, tiny_engine

from models.engines.base import Chunk, EngineEvent, FinishReason, Progress, Request, Usage
from models.engines.long_document import MAX_PARTS, Completion, answer_in_parts, winner
from models.engines.phi import PhiEngine
from models.engines.worker_protocol import Prompt
from models.errors import EngineError
from models.skills.answer import LabelAnswer
from models.skills.parsing import parse_answer
from models.skills.skill import Task

Script = Callable[[Task, str, int], str]


class ScriptedModel:
    """A model whose answer to prompt number n is ``script(task, document, n)``; a token is a word."""

    max_length = 600

    def __init__(self, script: Script, cut_at: int = -1, cancel_at: int = -1) -> None:
        self.documents: list[str] = []
        self._script, self._cut_at, self._cancel_at = script, cut_at, cancel_at

    def count(self, items: Sequence[str | Prompt]) -> Sequence[int]:
        return [len((item if isinstance(item, str) else " ".join(m.content for m in item)).split()) for item in items]

    def complete(
        self, task: Task, prompt: Prompt, schema: dict[str, Any] | None, text: str = ""
    ) -> Generator[EngineEvent, None, Completion]:
        number = len(self.documents)
        document = prompt[-1].content.partition("<document>\n")[2].partition("\n</document>")[0]
        self.documents.append(document)
        tokens = self.count([prompt])[0]
        assert tokens + task.max_output_tokens <= self.max_length
        yield Progress("read", "Reading", tokens, tokens)
        if number == self._cancel_at:
            return Completion("", FinishReason.CANCELLED, Usage(tokens))
        text = self._script(task, document, number)
        yield Chunk(text)
        reason = FinishReason.CUT if number == self._cut_at else FinishReason.STOP
        return Completion(text, reason, Usage(tokens, 0, 1))


def paragraphs(count: int) -> str:
    return "\n\n".join(f"SENTINEL-{number} " + "and some words of this paragraph " * 5 for number in range(count))


def answer(model: ScriptedModel, request: Request) -> tuple[str, Completion, list[EngineEvent]]:
    run = answer_in_parts(model, request)
    events: list[EngineEvent] = []
    try:
        while True:
            events.append(next(run))
    except StopIteration as stop:
        text = "".join(event.text for event in events if isinstance(event, Chunk))
        return text, stop.value, events


def label_by_number(*labels: str) -> Script:
    return lambda task, document, number: json.dumps(
        {"labels": [labels[number % len(labels)]], "reason": f"reason {number}"}
    )


@pytest.mark.parametrize("skill", ["classify", "extract", "route", "summarize", "draft"])
def test_every_paragraph_is_read(skill: str) -> None:
    def script(task: Task, document: str, number: int) -> str:
        if task.skill in ("classify", "route"):
            return '{"labels": ["good"], "reason": ""}'
        return '{"items": []}' if task.skill == "extract" else "- a note"

    model = ScriptedModel(script)
    answer(model, Request(make_task(skill), paragraphs(100)))
    read = "\n".join(model.documents)
    assert [number for number in range(100) if f"SENTINEL-{number} " not in read] == []


def test_the_parts_vote_and_the_winner_brings_its_first_reason() -> None:
    text, completion, _ = answer(
        ScriptedModel(label_by_number("other", "bad", "bad")), Request(make_task("classify"), paragraphs(100))
    )
    assert json.loads(text) == {"labels": ["bad"], "reason": "reason 1"}
    assert completion.reason is FinishReason.STOP


def test_of_two_labels_with_as_many_votes_the_earlier_wins() -> None:
    answers = [LabelAnswer(("b",), None, "1"), LabelAnswer(("a",), None, "2"), LabelAnswer(("a",)), LabelAnswer(("b",))]
    assert winner(answers, multiple=False) == LabelAnswer(("b",), None, "1")


def test_parts_that_abstain_have_no_vote() -> None:
    answers = [LabelAnswer(()), LabelAnswer(()), LabelAnswer(("a",), None, "why")]
    assert winner(answers, multiple=False) == LabelAnswer(("a",), None, "why")
    assert winner(answers[:2], multiple=False).labels == ()


def test_several_labels_are_those_that_a_third_of_the_parts_gave() -> None:
    answers = [LabelAnswer(("a", "b")), LabelAnswer(("a", "c")), LabelAnswer(("a", "b")), LabelAnswer(("d",))]
    assert winner(answers, multiple=True).labels == ("a", "b")


def test_items_of_all_parts_are_given_once_each() -> None:
    def script(task: Task, document: str, number: int) -> str:
        items = [{"text": f"item {number}", "day": ""}, {"text": "Same  THING", "day": "2026-03-03"}]
        return json.dumps({"items": items})

    text, _, _ = answer(ScriptedModel(script), Request(make_task("extract"), paragraphs(100)))
    items = [item["text"] for item in json.loads(text)["items"]]
    assert items.count("Same  THING") == 1
    assert len(items) > 5
    assert items[0] == "item 0"


def test_a_summary_is_written_from_the_notes_on_all_parts() -> None:
    model = ScriptedModel(lambda task, document, number: f"- note {number}")
    text, _, _ = answer(model, Request(make_task("summarize"), paragraphs(100), note="short"))
    notes = model.documents[-1].split("\n\n")
    assert notes == [f"- note {number}" for number in range(len(model.documents) - 1)]
    assert text == f"- note {len(notes)}"


def test_a_draft_is_written_from_notes_on_the_facts() -> None:
    tasks: list[Task] = []

    def script(task: Task, document: str, number: int) -> str:
        tasks.append(task)
        return "words"

    answer(ScriptedModel(script), Request(make_task("draft"), paragraphs(100)))
    assert {task.skill for task in tasks[:-1]} == {"summarize"}
    assert tasks[-1].skill == "draft"


def test_notes_that_are_too_long_are_condensed_again() -> None:
    long_note = "word " * 90
    model = ScriptedModel(lambda task, document, number: long_note if "SENTINEL" in document else "short")
    _, _, events = answer(model, Request(make_task("summarize"), paragraphs(100)))
    messages = [event.message for event in events if isinstance(event, Progress)]
    assert any(message.startswith("Condensing part 1 of") for message in messages)
    assert messages[-1] in ("Reading", "Putting the parts together")


def test_notes_that_never_get_shorter_are_given_as_they_are() -> None:
    model = ScriptedModel(lambda task, document, number: document)
    text, _, _ = answer(model, Request(make_task("summarize"), paragraphs(60)))
    assert "SENTINEL-0 " in text
    assert "SENTINEL-59 " in text


@pytest.mark.parametrize("skill", ["classify", "summarize", "draft"])
def test_a_cut_part_makes_the_whole_answer_cut(skill: str) -> None:
    script = label_by_number("good") if skill == "classify" else lambda task, document, number: "note"
    _, completion, _ = answer(ScriptedModel(script, cut_at=1), Request(make_task(skill), paragraphs(60)))
    assert completion.reason is FinishReason.CUT


def test_stop_keeps_the_vote_so_far() -> None:
    text, completion, _ = answer(
        ScriptedModel(label_by_number("bad"), cancel_at=2), Request(make_task("route"), paragraphs(60))
    )
    assert json.loads(text)["labels"] == ["bad"]
    assert completion.reason is FinishReason.CANCELLED


def test_stop_keeps_the_items_so_far_as_json() -> None:
    model = ScriptedModel(
        lambda task, document, number: json.dumps({"items": [{"text": f"i{number}", "day": ""}]}), cancel_at=2
    )
    text, completion, _ = answer(model, Request(make_task("extract"), paragraphs(60)))
    assert [item["text"] for item in json.loads(text)["items"]] == ["i0", "i1"]
    assert completion.reason is FinishReason.CANCELLED


def test_stop_keeps_the_notes_so_far() -> None:
    model = ScriptedModel(lambda task, document, number: f"note {number}", cancel_at=2)
    text, completion, _ = answer(model, Request(make_task("summarize"), paragraphs(60)))
    assert text == "note 0\n\nnote 1"
    assert completion.reason is FinishReason.CANCELLED
    assert len(model.documents) == 3


def test_a_document_of_too_many_parts_is_refused_before_anything_is_read() -> None:
    model = ScriptedModel(label_by_number("good"))
    with pytest.raises(EngineError, match="too long"):
        answer(model, Request(make_task("classify"), "word " * 600 * (MAX_PARTS + 1)))
    assert model.documents == []


def test_instructions_that_leave_no_room_are_refused() -> None:
    with pytest.raises(EngineError, match="no room"):
        answer(ScriptedModel(label_by_number("good")), Request(make_task("classify", max_tokens=480), paragraphs(60)))


def test_marks_that_grow_in_the_prompt_still_fit() -> None:
    model = ScriptedModel(label_by_number("good"))
    text, _, _ = answer(model, Request(make_task("classify"), "<|end|> " * 2000))
    assert json.loads(text)["labels"] == ["good"]


# The same on the tiny model.


@pytest.fixture(scope="module")
def engine() -> Iterator[PhiEngine]:
    engine = tiny_engine()
    yield engine
    engine.close()


LONG = "\n\n".join(f"Clause {number}. The tenant pays the rent on the third day of the month." for number in range(700))


@pytest.mark.parametrize("skill", ["classify", "extract", "route"])
def test_a_long_document_gives_one_answer_that_parses(engine: PhiEngine, skill: str) -> None:
    task = make_task(skill)
    text, finished, events = run(engine, Request(task, LONG))
    parse_answer(task, text, LONG)
    parts = [event for event in events if isinstance(event, Progress) and "part" in event.message]
    assert parts[0].message == f"Reading part 1 of {parts[0].total}"
    assert {part.done for part in parts} == set(range(parts[0].total + 1))
    assert parts[-1].message == f"Read 100 % of the document, in {parts[0].total} parts"
    single = run(engine, Request(task, LONG[: len(LONG) // 10]))[1].usage
    assert finished.usage.prompt_tokens > 8 * single.prompt_tokens


@pytest.mark.parametrize("skill", ["summarize", "draft"])
def test_a_long_document_is_condensed_to_one_text(engine: PhiEngine, skill: str) -> None:
    text, finished, events = run(engine, Request(make_task(skill), LONG))
    assert text
    assert finished.reason in (FinishReason.STOP, FinishReason.CUT)
    assert any(isinstance(event, Progress) and event.stage == "merge" for event in events)


def test_stop_in_the_second_part_ends_at_once(engine: PhiEngine) -> None:
    def stop(event: EngineEvent, cancel: threading.Event) -> None:
        if isinstance(event, Progress) and event.message.startswith("Reading part 2 "):
            cancel.set()

    text, finished, events = run(engine, Request(make_task("classify"), LONG), stop)
    assert finished.reason is FinishReason.CANCELLED
    assert json.loads(text)["labels"]
    assert not any(isinstance(event, Progress) and "part 3" in event.message for event in events)


def test_five_megabytes_are_refused_in_words_and_soon(engine: PhiEngine) -> None:
    with pytest.raises(EngineError, match="too long"):
        run(engine, Request(make_task("summarize"), "Lorem ipsum dolor. " * 280_000))
    assert run(engine, Request(make_task("classify"), "short"))[0]


def test_a_part_counts_as_much_as_it_was_sure() -> None:
    parts = [LabelAnswer(("bad",), 0.4), LabelAnswer(("bad",), 0.4), LabelAnswer(("good",), 0.9)]
    assert winner(parts, multiple=False).labels == ("good",)


def test_parts_that_say_otherwise_or_nothing_take_away_from_the_confidence() -> None:
    agreed = winner([LabelAnswer(("good",), 0.9)] * 4, multiple=False)
    assert agreed.confidence == pytest.approx(0.9)
    parts = [LabelAnswer(("good",), 0.9), LabelAnswer(("good",), 0.9), LabelAnswer(("bad",), 0.8), LabelAnswer((), 0.3)]
    assert winner(parts, multiple=False).confidence == pytest.approx(0.45)
    assert winner([LabelAnswer(("good",)), LabelAnswer(("bad",))], multiple=False).confidence is None
