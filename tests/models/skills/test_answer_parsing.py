"""From an engine's raw output to an answer, or to a sentence saying that it is none."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import AnswerError
from models.skills.answer import LabelAnswer, Record, RecordsAnswer, TextAnswer
from models.skills.parsing import parse_answer
from models.skills.skill import Field, Label, Task

CLASSIFY = Task("x", "classify", "n", "d", "i", 64, (), (), labels=(Label("Red tape", "r"), Label("blue", "b")))
TAGS = Task("x", "classify", "n", "d", "i", 64, (), (), labels=CLASSIFY.labels, multiple=True)
EXTRACT = Task(
    "x",
    "extract",
    "n",
    "d",
    "i",
    64,
    (),
    (),
    fields=(Field("words", "w"), Field("date", "d", "date"), Field("kind", "k", "text", ("Start", "End"))),
    ground="words",
)
DRAFT = Task("x", "draft", "n", "d", "i", 64, (), ())


@pytest.mark.parametrize(
    ("raw", "answer"),
    [
        ('{"labels": ["blue"], "reason": "the sky"}', LabelAnswer(("blue",), None, "the sky")),
        ('{"labels":["blue"]}', LabelAnswer(("blue",))),
        ('{"labels":[" RED  tape "]}', LabelAnswer(("Red tape",))),
        ('{"labels":["blue","BLUE"]}', LabelAnswer(("blue",))),
        ('{"labels":[],"confidence":0.31}', LabelAnswer((), 0.31)),
        ('{"labels":["blue"],"confidence":7}', LabelAnswer(("blue",), 1.0)),
        ('{"labels":["blue"],"confidence":-0.2}', LabelAnswer(("blue",), 0.0)),
        ('{"labels":["blue"],"confidence":null}', LabelAnswer(("blue",))),
        ('Sure!\n```json\n{"labels":["blue"]}\n```\nAnything else? {}', LabelAnswer(("blue",))),
        ('In {x} I see {"labels":["blue"]}', LabelAnswer(("blue",))),
        ('{"labels":["blue"],"reason":"a } and a \\" in {it"}', LabelAnswer(("blue",), None, 'a } and a " in {it')),
    ],
)
def test_labels_are_read(raw: str, answer: LabelAnswer) -> None:
    assert parse_answer(CLASSIFY, raw, "") == answer


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "blue",
        '["blue"]',
        '{"labels":["blue"',
        '{"labels":["blue"],"reason":"cut',
        '{"labels":"blue"}',
        '{"labels":[1]}',
        '{"labels":["green"]}',
        '{"labels":["Red tape","blue"]}',
        '{"labels":["blue"],"reason":3}',
        '{"labels":["blue"],"confidence":"high"}',
        '{"labels":["blue"],"confidence":true}',
        '{"labels":["blue"],"confidence":NaN}',
        '{"labels":["blue"],"labels":["Red tape"]}',
        '{"labels":["blue"],"note":"x"}',
        '{"reason":"x"}',
        "{'labels':['blue']}",
        '{"a":' * 100_000 + "1" + "}" * 100_000,
        '{"labels":["blue"],"confidence":' + "9" * 5000 + "}",
    ],
)
def test_what_is_no_label_answer_is_refused(raw: str) -> None:
    with pytest.raises(AnswerError):
        parse_answer(CLASSIFY, raw, "")


def test_several_labels_keep_their_order_where_the_task_allows_them() -> None:
    assert parse_answer(TAGS, '{"labels":["blue","red tape"]}', "") == LabelAnswer(("blue", "Red tape"))


def test_records_are_read_and_placed() -> None:
    raw = '{"items":[{"words":"3 May","date":"2026-05-03","kind":"end"},{"words":"9 May","kind":"Start"}]}'
    assert parse_answer(EXTRACT, raw, "until 3 May") == RecordsAnswer(
        (
            Record({"words": "3 May", "date": "2026-05-03", "kind": "End"}, (6, 11), {}, {"words": (6, 11)}),
            Record({"words": "9 May", "date": "", "kind": "Start"}, None, {}, {"words": None}),
        )
    )


def test_an_empty_record_is_dropped() -> None:
    assert parse_answer(EXTRACT, '{"items":[{"words":" "}]}', "x") == RecordsAnswer(())


def test_a_day_that_no_calendar_has_leaves_the_date_empty() -> None:
    answer = parse_answer(EXTRACT, '{"items":[{"words":"30 February","date":"2026-02-30"}]}', "on 30 February")
    assert answer == RecordsAnswer(
        (Record({"words": "30 February", "date": "", "kind": ""}, (3, 14), {}, {"words": (3, 14)}),)
    )


@pytest.mark.parametrize(
    "raw",
    [
        '{"items":{}}',
        '{"items":["x"]}',
        '{"items":[{"words":3}]}',
        '{"items":[{"words":null}]}',
        '{"items":[{"words":"x","place":"y"}]}',
        '{"items":[{"words":"x","kind":"middle"}]}',
        '{"items":[{"words":"x","date":"3 May"}]}',
        '{"items":[{"words":"x"},{"words":',
        '{"words":"x"}',
        "{}",
    ],
)
def test_what_is_no_records_answer_is_refused(raw: str) -> None:
    with pytest.raises(AnswerError):
        parse_answer(EXTRACT, raw, "x")


def test_text_is_taken_without_the_space_around_it() -> None:
    assert parse_answer(DRAFT, "\n Dear all,\nyes.\n", "") == TextAnswer("Dear all,\nyes.")


def test_empty_text_is_no_answer() -> None:
    with pytest.raises(AnswerError):
        parse_answer(DRAFT, " \n ", "")


@given(st.text(alphabet='{}[]":,\\ablues10eE.- \n', max_size=60))
def test_any_output_gives_an_answer_or_a_sentence(raw: str) -> None:
    for task in (CLASSIFY, EXTRACT):
        with contextlib.suppress(AnswerError):
            assert isinstance(parse_answer(task, raw, ""), LabelAnswer | RecordsAnswer)


@given(st.text(max_size=40), st.integers(0, 200))
def test_a_cut_answer_is_never_taken_for_a_whole_one(reason: str, cut: int) -> None:
    raw = json.dumps({"labels": ["blue"], "reason": reason})
    if cut < len(raw):
        with pytest.raises(AnswerError):
            parse_answer(CLASSIFY, raw[:cut], "")


@given(st.text(min_size=3, max_size=30))
def test_no_error_repeats_what_the_engine_said(words: str) -> None:
    with pytest.raises(AnswerError) as caught:
        parse_answer(CLASSIFY, json.dumps({"labels": ["zq" + words]}), "")
    assert "zq" not in str(caught.value)
