"""The starter engine: what it answers, refuses and survives."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from models.engines.base import Chunk, Finished, FinishReason, Progress, Request
from models.engines.starter.engine import StarterEngine
from models.errors import EngineError, EngineUnavailable, InputError
from models.pii.analyzer import Analyzer
from models.pii.registry import default_recognizers
from models.skills.answer import LabelAnswer, RecordsAnswer, TextAnswer
from models.skills.loader import load_packs
from models.skills.parsing import parse_answer
from models.skills.skill import Example, Label, Task

ROOT = Path(__file__).resolve().parents[4]
RESOURCES = ROOT / "resources"
PACKS = load_packs(RESOURCES / "skills")
ODD_TEXTS = {
    "binary": "\x00\x01\x02\ufffd\x7f" * 2000,
    "right to left": "התשלום לא הגיע. اتصلت ثلاث مرات ولم يرد أحد.\u202e olleh",
    "emoji": "👍🏽 👩‍👩‍👧‍👦 🇳🇴 😡😡😡",
    "lone surrogate": "\ud800 the parcel is late \udfff",
    "no letters": "... --- ... !!! 12 34",
    "one word": "a" * 50_000,
}


@pytest.fixture(scope="module")
def engine() -> Iterator[StarterEngine]:
    engine = StarterEngine(Analyzer(default_recognizers()), RESOURCES)
    yield engine
    engine.close()


def answer(engine: StarterEngine, task: Task, text: str) -> tuple[str, Finished]:
    events = list(engine.run(Request(task, text), threading.Event()))
    finished = events[-1]
    assert isinstance(finished, Finished)
    return "".join(event.text for event in events if isinstance(event, Chunk)), finished


def labelled(engine: StarterEngine, task: Task, text: str) -> LabelAnswer:
    parsed = parse_answer(task, answer(engine, task, text)[0], text)
    assert isinstance(parsed, LabelAnswer)
    return parsed


@pytest.mark.parametrize("task", [task for task in PACKS.tasks if task.skill != "draft"], ids=lambda task: task.id)
@pytest.mark.parametrize("kind", ODD_TEXTS)
def test_odd_texts_get_an_answer_that_parses_or_a_refusal_in_words(
    engine: StarterEngine, task: Task, kind: str
) -> None:
    text = ODD_TEXTS[kind]
    try:
        raw, finished = answer(engine, task, text)
    except InputError:
        return
    assert finished.reason is FinishReason.STOP
    parse_answer(task, raw, text)


@pytest.mark.parametrize("task", PACKS.tasks, ids=lambda task: task.id)
def test_an_empty_text_is_refused(engine: StarterEngine, task: Task) -> None:
    with pytest.raises(InputError, match="empty"):
        answer(engine, task, " \n ")


@pytest.mark.parametrize("task", PACKS.of_skill("draft"), ids=lambda task: task.id)
def test_drafts_are_refused_with_the_way_out(engine: StarterEngine, task: Task) -> None:
    with pytest.raises(EngineUnavailable, match="Install Phi-4 Mini"):
        answer(engine, task, "Please answer that we accept the offer.")


def test_the_answer_names_a_label_its_confidence_and_its_reason(engine: StarterEngine) -> None:
    task = PACKS.get("T13")
    text = "Good morning. I was charged twice on my last invoice. Please return the money."
    given = labelled(engine, task, text)
    assert given.labels == ("Billing",)
    assert given.confidence is not None
    assert 0.35 <= given.confidence <= 1
    quote = given.reason.strip("“”")
    assert quote in text


def test_a_single_sentence_is_explained_by_an_example_of_its_label(engine: StarterEngine) -> None:
    task = PACKS.get("T13")
    given = labelled(engine, task, "I was charged twice on my last invoice.")
    quote = given.reason.removeprefix("Like the example “").rstrip("”…")
    own = [example.text for example in task.examples if given.labels[0] in example.labels]
    assert any(" ".join(text.split()).startswith(quote) for text in own)


def test_a_reason_is_short_even_if_the_sentence_is_not(engine: StarterEngine) -> None:
    text = "Hello. " + "I was charged twice on my invoice and " * 15 + "want my money back."
    assert len(labelled(engine, PACKS.get("T13"), text).reason) <= 160


def test_a_text_unlike_all_examples_gets_no_label(engine: StarterEngine) -> None:
    given = labelled(engine, PACKS.get("T13"), "xq zzv 0x3f 0x11 kkj wq")
    assert given.labels == ()
    assert given.reason


def test_an_answer_is_the_same_every_time(engine: StarterEngine) -> None:
    task, text = PACKS.get("T02"), "Where is my parcel? It should have come on Monday."
    first = answer(engine, task, text)[0]
    fresh = StarterEngine(Analyzer(default_recognizers()), RESOURCES, threads=1)
    try:
        again = answer(fresh, task, text)[0]
    finally:
        fresh.close()
    assert json.loads(first)["labels"] == json.loads(again)["labels"]
    assert json.loads(first)["confidence"] == pytest.approx(json.loads(again)["confidence"], abs=0.002)


def test_a_persons_own_labels_are_learnt_from_two_examples_each(engine: StarterEngine) -> None:
    examples = (
        Example("The bread was stale.", ("bakery",)),
        Example("Do you have rye rolls on Sunday?", ("bakery",)),
        Example("My bicycle has a flat tyre.", ("bicycles",)),
        Example("The chain came off the gears.", ("bicycles",)),
    )
    labels = (Label("bakery", "bread and cakes"), Label("bicycles", "bicycles and their repair"))
    task = replace(PACKS.get("T13"), id="own", labels=labels, examples=examples, golden=())
    assert labelled(engine, task, "I would like two croissants and a loaf.").labels == ("bakery",)
    assert labelled(engine, task, "The brakes of my bike squeak.").labels == ("bicycles",)


def test_a_changed_pack_is_learnt_again(engine: StarterEngine) -> None:
    task = PACKS.get("T13")
    text = "I was charged twice on my last invoice."
    before = labelled(engine, task, text).labels[0]
    renamed = {name: name for name in task.label_names} | {before: "Money matters"}
    changed = replace(
        task,
        labels=tuple(replace(label, name=renamed[label.name]) for label in task.labels),
        examples=tuple(replace(e, labels=tuple(renamed[label] for label in e.labels)) for e in task.examples),
    )
    assert labelled(engine, changed, text).labels == ("Money matters",)


def test_a_multiple_task_answers_with_the_label_of_each_part(engine: StarterEngine) -> None:
    task = PACKS.get("T03")
    assert task.multiple
    text = "The striker scored twice in the cup final. The central bank raised interest rates."
    assert set(labelled(engine, task, text).labels) == {"sports", "business"}


def test_every_extracted_value_stands_in_the_text(engine: StarterEngine) -> None:
    text = "🙂 Invoice no.: INV-7 to Ms Ada Ruiz, ada@ruiz.example, due 3 March 2025.\nTotal: EUR 120.00\n👩‍👩‍👧 עברית"
    for task in PACKS.of_skill("extract"):
        parsed = parse_answer(task, answer(engine, task, text)[0], text)
        assert isinstance(parsed, RecordsAnswer)
        assert parsed.records
        for record in parsed.records:
            assert record.span is not None
            assert text[slice(*record.span)] == record.values[task.ground]


@pytest.mark.parametrize("task", PACKS.of_skill("summarize"), ids=lambda task: task.id)
def test_a_summary_is_shorter_than_a_long_text_and_made_of_it(engine: StarterEngine, task: Task) -> None:
    text = "\n\n".join(case.text for case in task.golden) * 3
    parsed = parse_answer(task, answer(engine, task, text)[0], text)
    assert isinstance(parsed, TextAnswer)
    assert 0 < len(parsed.text) < len(text) / 2


def test_progress_is_reported_for_a_long_text(engine: StarterEngine) -> None:
    text = "The harbour was quiet that morning, and the boats lay still. " * 800
    events = list(engine.run(Request(PACKS.get("T02"), text), threading.Event()))
    steps = [event for event in events if isinstance(event, Progress) and event.total]
    assert len(steps) > 3
    assert steps[-1].done == steps[-1].total


@pytest.mark.parametrize("task_id", ["T02", "T08", "T13"])
def test_stop_ends_a_long_reading_soon(engine: StarterEngine, task_id: str) -> None:
    cancel = threading.Event()
    text = "The harbour was quiet that morning, and the boats lay still beside pier number {}. "
    run = engine.run(Request(PACKS.get(task_id), "".join(text.format(n) for n in range(4000))), cancel)
    next(event for event in run if isinstance(event, Progress) and event.total)
    cancel.set()
    finished = list(run)[-1]
    assert isinstance(finished, Finished)
    assert finished.reason is FinishReason.CANCELLED


@pytest.mark.parametrize("task_id", ["T01", "T13"])
def test_five_megabytes_are_judged_by_a_sample_that_the_reason_admits(engine: StarterEngine, task_id: str) -> None:
    text = "I hate this awful company. I was charged twice, and the invoice is wrong once more. " * 62_500
    assert len(text) > 5_000_000
    start = time.monotonic()
    given = labelled(engine, PACKS.get(task_id), text)
    assert given.labels == ({"T01": "negative", "T13": "Billing"}[task_id],)
    assert "sentences, spread evenly" in given.reason
    assert time.monotonic() - start < 60


def test_usage_counts_word_pieces(engine: StarterEngine) -> None:
    raw, finished = answer(engine, PACKS.get("T02"), "Where is my parcel?")
    assert finished.usage.prompt_tokens == 5
    assert finished.usage.output_tokens > len(raw.split())
    assert finished.model == "all-MiniLM-L6-v2 int8"


def test_what_breaks_inside_is_told_without_content(engine: StarterEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: Any, **_names: Any) -> Any:
        raise ValueError("secret words of the document")

    monkeypatch.setattr("models.engines.starter.engine.reading", broken)
    with pytest.raises(EngineError) as failure:
        answer(engine, PACKS.get("T02"), "secret words of the document")
    assert "secret" not in failure.value.message
    assert failure.value.__cause__ is None
    monkeypatch.undo()
    assert labelled(engine, PACKS.get("T02"), "Where is my parcel?").labels


def test_a_missing_model_is_told_in_words(tmp_path: Path) -> None:
    engine = StarterEngine(Analyzer(default_recognizers()), tmp_path)
    with pytest.raises(EngineUnavailable, match="Install Strongroom again"):
        answer(engine, PACKS.get("T02"), "Where is my parcel?")


def test_importing_the_engine_imports_nothing_heavy() -> None:
    code = (
        "import sys, models.engines.starter.engine; print(*{'numpy', 'onnxruntime', 'tokenizers'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""


ORDINARY = (
    "The parcel came on Tuesday. Could you tell me how to send one of the two lamps back?",
    "Since the update I have to sign in twice. Is there a setting for this?",
    "Please change the name of our department on the next invoice.",
)


def test_one_grave_sentence_escalates_whatever_the_rest_says(engine: StarterEngine) -> None:
    grave = "Our lawyer has filed a claim for damages against you this morning."
    assert labelled(engine, PACKS.get("T15"), "\n".join((ORDINARY[0], grave, *ORDINARY[1:]))).labels == ("yes",)


def test_many_ordinary_sentences_do_not_add_up_to_an_escalation(engine: StarterEngine) -> None:
    assert labelled(engine, PACKS.get("T15"), "\n".join(ORDINARY)).labels == ("no",)
