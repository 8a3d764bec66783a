"""Answers for people and for programs."""

import json

import pytest

from models.skills.answer import Answer, LabelAnswer, Record, RecordsAnswer, TextAnswer
from models.skills.render import band, to_json, to_text
from models.skills.skill import Field, Label, Task

CLASSIFY = Task("T01", "classify", "n", "d", "i", 64, (), (), labels=(Label("good", "g"), Label("bad", "b")))
FIELDS = (Field("name", "n"), Field("value", "v"))
EXTRACT = Task("T05", "extract", "n", "d", "i", 64, (), (), fields=FIELDS, ground="value")
DRAFT = Task("T10", "draft", "n", "d", "i", 64, (), ())

RECORDS = RecordsAnswer(
    (
        Record({"name": "Total", "value": "5 EUR"}, (7, 12)),
        Record({"name": "合計", "value": "two\nlines"}, None),
        Record({"name": "Reference", "value": ""}, (0, 1)),
    )
)


@pytest.mark.parametrize(
    ("confidence", "word"),
    [
        (1.0, "sure"),
        (0.8, "sure"),
        (0.79, "check"),
        (0.55, "check"),
        (0.54, "unsure"),
        (0.0, "unsure"),
        (None, "check"),
    ],
)
def test_a_confidence_is_a_word(confidence: float | None, word: str) -> None:
    assert band(confidence) == word


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (LabelAnswer(("good",), 0.9, "It praises."), "good (sure)\nIt praises."),
        (LabelAnswer(("good", "bad"), 0.6), "good, bad (check)"),
        (LabelAnswer((), 0.3, "Too close to call."), "No label (unsure)\nToo close to call."),
    ],
)
def test_labels_are_written_with_their_band(answer: LabelAnswer, text: str) -> None:
    assert to_text(CLASSIFY, answer) == text


def test_records_are_an_aligned_table_that_flags_what_is_not_in_the_text() -> None:
    assert to_text(EXTRACT, RECORDS).splitlines() == [
        "name       value",
        "---------  ---------",
        "Total      5 EUR",
        "合計       two lines  (not in the text)",
        "Reference",
    ]


def test_a_value_too_wide_for_the_table_is_not_cut() -> None:
    answer = RecordsAnswer((Record({"name": "x" * 100, "value": "end"}, (0, 1)),))
    assert to_text(EXTRACT, answer).endswith("x" * 100 + "  end")


def test_no_records_are_said_in_words() -> None:
    assert to_text(EXTRACT, RecordsAnswer(())) == "Nothing found"


def test_text_is_left_as_it_is() -> None:
    assert to_text(DRAFT, TextAnswer("# Dear\n- all")) == "# Dear\n- all"


@pytest.mark.parametrize(
    ("task", "answer", "form"),
    [
        (
            CLASSIFY,
            LabelAnswer(("good",), 0.9, "why"),
            {"task": "T01", "skill": "classify", "labels": ["good"], "confidence": 0.9, "reason": "why"},
        ),
        (
            EXTRACT,
            RecordsAnswer(RECORDS.records[:2]),
            {
                "task": "T05",
                "skill": "extract",
                "items": [
                    {"values": {"name": "Total", "value": "5 EUR"}, "span": [7, 12]},
                    {"values": {"name": "合計", "value": "two\nlines"}, "span": None},
                ],
            },
        ),
        (DRAFT, TextAnswer("Hello."), {"task": "T10", "skill": "draft", "text": "Hello."}),
    ],
)
def test_programs_get_a_stable_form(task: Task, answer: Answer, form: dict[str, object]) -> None:
    assert json.loads(json.dumps(to_json(task, answer))) == form
