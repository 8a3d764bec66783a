import threading
import time
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.engines.starter.actions import find_action
from models.engines.starter.embedding import Cancelled
from models.engines.starter.sentences import split_sentences
from models.engines.starter.summarize import summarize

STYLES = ("meeting", "ticket", "compliance", "article")


def embed(texts: list[str]) -> Any:
    """Word-count vectors: near texts are near, without a model."""
    vectors = np.zeros((len(texts), 384), dtype=np.float32)
    for row, text in enumerate(texts):
        for word in text.casefold().split():
            vectors[row, sum(word.encode()) % 384] += 1
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1)


def sentences(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("Dr. Miller paid 3.5 euros. Then he left.", ["Dr. Miller paid 3.5 euros.", "Then he left."]),
        ("We met at 9 a.m. and ate. Good?! Yes.", ["We met at 9 a.m. and ate.", "Good?!", "Yes."]),
        ("1. Budget\n- one thing\n- another", ["Budget", "one thing", "another"]),
        (
            "A line that goes on for a while and is then wrapped here\nto end.",
            ["A line that goes on for a while and is then wrapped here\nto end."],
        ),
        ("Name: Ada\nAge: 4", ["Name: Ada", "Age: 4"]),
    ],
)
def test_sentences_are_split(text: str, split: list[str]) -> None:
    assert sentences(text) == split


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_sentences_are_in_order_and_trimmed(text: str) -> None:
    end = 0
    for sentence in split_sentences(text):
        assert sentence.start >= end
        assert text[sentence.start : sentence.end].strip() == text[sentence.start : sentence.end] != ""
        end = sentence.end


@pytest.mark.parametrize(
    ("sentence", "line"),
    [
        ("Tom will fix the login by 21 March 2025.", "- Tom: fix the login (due 21 March 2025)"),
        ("Rui to send the list by Friday.", "- Rui: send the list (due Friday)"),
        ("Anna: I'll call them", "- Anna: I'll call them"),
        ("Action: Bo to order paint", "- Bo: order paint"),
    ],
)
def test_an_action_names_owner_and_due_date(sentence: str, line: str) -> None:
    action = find_action(sentence, listed=False)
    assert action is not None
    assert action.line() == line


@pytest.mark.parametrize("sentence", ["It will rain.", "This must stop.", "The door is open.", "Tom was ill."])
def test_a_plain_sentence_is_no_action(sentence: str) -> None:
    assert find_action(sentence, listed=False) is None


def test_a_meeting_has_its_decisions_and_actions() -> None:
    summary = summarize("The beta has bugs. It was agreed to wait. Tom will fix the login by Friday.", "meeting", embed)
    assert "## Decisions\n- It was agreed to wait." in summary
    assert "- Tom: fix the login (due Friday)" in summary


def test_an_empty_section_says_so() -> None:
    assert "## Decisions\nNot stated in the text." in summarize("Nothing was settled.", "meeting", embed)


def test_what_was_read_of_a_long_text_is_stated() -> None:
    text = "".join(f"Sentence number {index} speaks of cats. " for index in range(1000))
    assert "Read 400 of 1,000 sentences" in summarize(text, "article", embed)


def test_progress_reaches_its_total() -> None:
    steps: list[tuple[int, int]] = []
    summarize("One cat sat. " * 50, "article", embed, on_progress=lambda done, total: steps.append((done, total)))
    assert steps[0] == (0, 50)
    assert steps[-1] == (50, 50)


def test_a_cancelled_summary_ends_at_once() -> None:
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(Cancelled):
        summarize("One cat sat. Two dogs ran.", "article", embed, cancel=cancel)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.sampled_from(STYLES))
def test_any_text_gives_a_summary_or_nothing(text: str, style: str) -> None:
    assert bool(summarize(text, style, embed)) == bool(split_sentences(text))


@pytest.mark.parametrize("text", ["word " * 20_000, "a" * 100_000, "A. " * 30_000, "Go now! " * 12_000])
@pytest.mark.parametrize("style", STYLES)
def test_hostile_text_takes_bounded_time(text: str, style: str) -> None:
    began = time.process_time()
    summarize(text, style, embed)
    assert time.process_time() - began < 15


def test_what_was_not_decided_is_no_decision() -> None:
    text = (
        "It was agreed that the mail will be rewritten. No decision was taken on the budget. "
        "The price was not yet agreed. The room is too small for all of us."
    )
    decisions = summarize(text, "meeting", embed).split("## Decisions")[1].split("##")[0]
    assert decisions.strip().splitlines() == ["- It was agreed that the mail will be rewritten."]


def test_a_party_is_named_once_in_its_longest_form() -> None:
    text = (
        "This Agreement is made between Northwind Analytics GmbH and Contoso Clinics plc. "
        "Northwind Analytics shall delete all data within 30 days."
    )
    parties = summarize(text, "compliance", embed).split("## Parties")[1].splitlines()
    assert "- Northwind Analytics GmbH" in parties
    assert "- Northwind Analytics" not in parties


def test_what_all_agreed_to_is_a_decision_and_nobodys_task() -> None:
    text = "We agreed to keep the price. Priya will write the notes by Friday. The room is too small for all of us."
    summary = summarize(text, "meeting", embed)
    assert "- We agreed to keep the price." in summary
    assert "We:" not in summary
