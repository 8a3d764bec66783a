"""Values of an extraction that are copied from the document, and cannot be made up."""

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from phi_support import ROOT, TINY, make_task, run, tiny_engine

from models.engines.base import Request
from models.engines.constraint import Grammars
from models.engines.extract_grammar import copied_fields, extraction_grammar
from models.engines.phi import PhiEngine
from models.skills.answer import RecordsAnswer
from models.skills.loader import load_packs
from models.skills.parsing import parse_answer
from models.skills.schema import output_schema
from models.skills.skill import Example, Field, Task

TASK = replace(
    make_task("extract"),
    fields=(Field("text", "as it stands"), Field("kind", "what", values=('a "b"', "c")), Field("day", "day", "date")),
)
CONFIG = json.loads((TINY / "genai_config.json").read_text(encoding="utf-8"))["model"]
DOCUMENT = (
    'Dear Ms Varga,\n\tI paid 1,240.50 EUR (41 "units") on 3 March 2026\\twice.'
    " 契約は無効です。 Grüße, O'Brien–Okafor 🏳️‍🌈"
)


@pytest.fixture(scope="module")
def grammars() -> Grammars:
    return Grammars(TINY / "tokenizer.json", CONFIG["vocab_size"], CONFIG["eos_token_id"])


def write(grammars: Grammars, document: str, seed: int) -> str:
    """An answer of a model that likes whatever a dice says, and the end of things a little."""
    constraint = grammars.constraint("{}", extraction_grammar(TASK, document))
    assert constraint is not None
    dice = numpy.random.default_rng(seed)
    tokens: list[int] = []
    while not constraint.done and len(tokens) < 2000:
        forced = constraint.forced()
        constraint.take(forced)
        tokens += forced
        if constraint.done:
            break
        logits = dice.standard_normal(CONFIG["vocab_size"])
        for end in ('"', '",', "]}", "]"):
            for token in grammars.tokens(end)[:1]:
                logits[token] += 2.0
        token, _ = constraint.best(logits)
        constraint.take([token])
        tokens.append(token)
    assert constraint.done
    return grammars.text(tokens)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_whatever_the_model_likes_every_value_stands_in_the_document(grammars: Grammars, seed: int) -> None:
    text = write(grammars, DOCUMENT, seed)
    answer = parse_answer(TASK, text, DOCUMENT)
    assert isinstance(answer, RecordsAnswer)
    assert all(record.span is not None for record in answer.records if record.values["text"])


@pytest.mark.parametrize(
    "document", ["x", "\u200b", '"', "\\", "a" * 20_000, "word " * 20_000, "§$%&/()=?`{}[]#'\n\r\t", "שלום 🏳️‍🌈 مرحبا"]
)
def test_any_document_makes_a_grammar(grammars: Grammars, document: str) -> None:
    json.loads(write(grammars, document, 1))


@pytest.mark.parametrize(
    "value", ["1,240.50 EUR", "Varga", '41 "units"', "3 March 2026", "無効", "O'Brien–Okafor", "Okafor", "", "EUR (41"]
)
def test_words_of_the_document_can_be_written(grammars: Grammars, value: str) -> None:
    constraint = grammars.constraint("{}", extraction_grammar(TASK, DOCUMENT))
    assert constraint is not None
    text = json.dumps({"items": [{"text": value, "kind": "c", "day": ""}]}, ensure_ascii=False, separators=(",", ":"))
    assert constraint.accepts(grammars.tokens(text))


@pytest.mark.parametrize("value", ["1,250.50", "Varg", "arga", "240", "4 March", "March 2026 Dear"])
def test_nothing_else_can(grammars: Grammars, value: str) -> None:
    constraint = grammars.constraint("{}", extraction_grammar(TASK, DOCUMENT))
    assert constraint is not None
    assert not constraint.accepts(grammars.tokens(json.dumps({"items": [{"text": value, "kind": "c", "day": ""}]})))


def test_a_field_is_copied_if_every_example_copies_it() -> None:
    fields = (Field("text", "as it stands"), Field("owner", "who"), Field("kind", "what", values=("a",)))
    copies = Example("Anna pays 3 EUR.", records=({"text": "3 EUR", "owner": "Anna", "kind": "a"},))
    makes_up = Example("She pays 4 EUR.", records=({"text": "4 EUR", "owner": "Anna", "kind": "a"},))
    task = replace(make_task("extract"), fields=fields)
    assert copied_fields(replace(task, examples=(copies,))) == {"text", "owner"}
    assert copied_fields(replace(task, examples=(copies, makes_up))) == {"text"}
    assert copied_fields(task) == {"text"}


@pytest.fixture(scope="module")
def engine() -> Iterator[PhiEngine]:
    engine = tiny_engine()
    yield engine
    engine.close()


PACKS = [task for task in load_packs(ROOT / "resources" / "skills").tasks if task.skill == "extract"]


@pytest.mark.parametrize("task", PACKS, ids=lambda task: task.id)
def test_even_noise_makes_up_no_deciding_value(engine: PhiEngine, task: Task) -> None:
    chance = random.Random(1)
    for _ in range(3):
        document = " ".join(chance.sample(DOCUMENT.split(), 12))
        answer = parse_answer(task, run(engine, Request(task, document))[0], document)
        assert isinstance(answer, RecordsAnswer)
        assert all(record.span is not None for record in answer.records if record.values[task.ground])


def test_a_grammar_that_cannot_be_read_gives_way_to_the_schema(grammars: Grammars) -> None:
    schema = output_schema(TASK)
    assert grammars.constraint(json.dumps(schema), "start: /") is not None
    assert grammars.constraint('{"not": {}}', "start: /") is None


def test_a_tokenizer_that_cannot_be_read_is_an_error_for_the_worker_to_catch(tmp_path: Path) -> None:
    (tmp_path / "tokenizer.json").write_text("{}")
    with pytest.raises(Exception, match=r"\S"):
        Grammars(tmp_path / "tokenizer.json", 10, [1])


@pytest.mark.parametrize("document", ["paid \ud83d today", "paid \x00 today", "\udc00", "a\ud83db"])
def test_half_a_character_in_the_document_breaks_nothing(grammars: Grammars, document: str) -> None:
    # As from a text that another program cut in the middle of an emoji. The model is given U+FFFD in its place.
    answer = parse_answer(TASK, write(grammars, document, 1), document)
    assert isinstance(answer, RecordsAnswer)
    engine = tiny_engine()
    try:
        text = run(engine, Request(TASK, document))[0]
    finally:
        engine.close()
    assert isinstance(parse_answer(TASK, text, document), RecordsAnswer)


def test_a_name_that_looks_like_a_control_token_breaks_nothing(grammars: Grammars) -> None:
    task = replace(TASK, fields=(TASK.fields[0], Field("kind", "what", values=("<|end|>",))))
    constraint = grammars.constraint("{}", extraction_grammar(task, "It is so."))
    assert constraint is not None
    constraint.take(grammars.tokens('{"items":[{"text":"It","kind":"'))
    assert constraint.accepts(constraint.forced())
