"""Passages, the index over them, and what a model is asked."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.ask.answering import asked_text, cited
from models.ask.index import AskIndex
from models.ask.passages import PASSAGE, passages
from models.engines.starter.embedding import Cancelled, Embedder

LEASE = (
    "The landlord lets the flat from 1 May 2026. The rent is 1,240 euros a month, due on the third working day.\f"
    "Pets may be kept with the landlord's consent. A dog needs a written permission.\f"
    "Either side may end the lease with three months' notice. The deposit is paid back within sixty days."
)
NOTES = "We met on Tuesday. Petra Holm will order the new boiler by Friday. The budget for the roof is open."


@pytest.fixture(scope="module")
def embedder() -> Iterator[Embedder]:
    model = Embedder(Path("resources/onnx"))
    yield model
    model.close()


@pytest.fixture
def index(embedder: Embedder) -> AskIndex:
    made = AskIndex(embedder)
    for name, text in (("lease.pdf", LEASE), ("notes.txt", NOTES)):
        list(made.add(name, text, threading.Event()))
    return made


def test_passages_hold_every_sentence_and_stay_on_their_page() -> None:
    text = LEASE + "\f" + "A sentence of some length stands here. " * 60
    found = list(passages(text))
    joined = " ".join(text[one.start : one.end] for one in found)
    assert joined.split() == text.split()
    assert [one.page for one in found[:3]] == [1, 2, 3]
    assert all("\f" not in text[one.start : one.end] for one in found)
    assert max(one.end - one.start for one in found) <= PASSAGE


def test_a_text_without_pages_has_places_by_character() -> None:
    assert next(passages("One sentence.")).place == "from character 1"


@pytest.mark.parametrize(
    ("question", "document", "words"),
    [
        ("How much do I pay every month?", "lease.pdf", "1,240"),
        ("May I keep a dog?", "lease.pdf", "permission"),
        ("What must Petra do?", "notes.txt", "boiler"),
        ("When do I get the deposit back?", "lease.pdf", "sixty days"),
    ],
)
def test_the_passage_that_answers_comes_first(index: AskIndex, question: str, document: str, words: str) -> None:
    best = index.search(question)[0]
    assert best.document == document
    assert words in best.text


def test_a_hit_points_at_its_place(index: AskIndex) -> None:
    hit = index.search("May I keep a dog?")[0]
    assert LEASE[hit.passage.start : hit.passage.end] == hit.text
    assert hit.passage.place == "page 2"


def test_a_question_about_something_else_finds_nothing(index: AskIndex) -> None:
    assert index.search("zxqv wqpl mnbt") == []
    assert index.search("   ") == []


def test_a_document_is_forgotten_and_one_of_the_same_name_replaced(index: AskIndex) -> None:
    list(index.add("notes.txt", "Nothing was decided.", threading.Event()))
    assert all("boiler" not in hit.text for hit in index.search("What must Petra do about the boiler?"))
    index.remove("lease.pdf")
    assert index.documents == ("notes.txt",)
    assert index.size == 1


def test_a_stopped_document_is_not_in_the_index(index: AskIndex) -> None:
    cancel = threading.Event()
    steps = index.add("long.txt", NOTES * 400, cancel)
    next(steps)
    cancel.set()
    with pytest.raises(Cancelled):
        list(steps)
    assert "long.txt" not in index.documents


def test_the_model_gets_numbered_passages_and_the_question_last(index: AskIndex) -> None:
    text = asked_text("May I keep\na dog?", index.search("May I keep a dog?"))
    assert text.startswith("Passages:\n\n[1] Pets may be kept")
    assert text.endswith("Question: May I keep a dog?")


@pytest.mark.parametrize(
    ("answer", "numbers", "doubtful"),
    [("Yes [2], in writing [1].", (2, 1), False), ("Yes.", (), True), ("Yes [1] [9].", (1,), True)],
)
def test_citations_are_held_against_the_passages(answer: str, numbers: tuple[int, ...], doubtful: bool) -> None:
    assert cited(answer, 3) == (numbers, doubtful)
