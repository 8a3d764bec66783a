"""When an answer passes a golden case."""

import pytest

from models.skills.answer import Answer, LabelAnswer, Record, RecordsAnswer, TextAnswer
from models.skills.golden import passes, records_f1
from models.skills.skill import Example, Field, Label, Task

LABELS = (Label("a", "first"), Label("b", "second"))
CLASSIFY = Task("x", "classify", "n", "d", "i", 64, (), (), labels=LABELS, multiple=True)
EXTRACT = Task("x", "extract", "n", "d", "i", 64, (), (), fields=(Field("k", "key"), Field("v", "value")), ground="v")
SUMMARIZE = Task("x", "summarize", "n", "d", "i", 64, (), ())


def rows(*pairs: tuple[str, str]) -> tuple[dict[str, str], ...]:
    return tuple({"k": key, "v": value} for key, value in pairs)


def found(*pairs: tuple[str, str]) -> RecordsAnswer:
    return RecordsAnswer(tuple(Record(row, None) for row in rows(*pairs)))


@pytest.mark.parametrize(
    ("expected", "given", "right"),
    [(("a",), ("a",), True), (("a", "b"), ("b", "a"), True), (("a",), ("a", "b"), False), (("a",), (), False)],
)
def test_labels_must_be_the_same_set(expected: tuple[str, ...], given: tuple[str, ...], right: bool) -> None:
    assert passes(CLASSIFY, Example("t", labels=expected), LabelAnswer(given)) is right


@pytest.mark.parametrize(
    ("expected", "given", "f1"),
    [
        (rows(("a", "1")), rows(("a", "1")), 1.0),
        (rows(("Total Due", "5  EUR")), rows(("total  due", "5 eur")), 1.0),
        (rows(("a", "1")), rows(("a", "2")), 0.0),
        (rows(("a", "1")), rows(("b", "1")), 0.0),
        (rows(("a", "1"), ("b", "2")), rows(("a", "1")), 2 / 3),
        (rows(("a", "1")), rows(("a", "1"), ("a", "1")), 2 / 3),
        (rows(("a", "1"), ("a", "1")), rows(("a", "1"), ("a", "1")), 1.0),
        (rows(), rows(), 1.0),
        (rows(), rows(("a", "1")), 0.0),
        (({"k": "a"},), rows(("a", "")), 1.0),
    ],
)
def test_records_are_compared_in_all_fields(
    expected: tuple[dict[str, str], ...], given: tuple[dict[str, str], ...], f1: float
) -> None:
    assert records_f1(EXTRACT, expected, given) == pytest.approx(f1)


def test_extraction_passes_from_four_fifths() -> None:
    two = Example("t", records=rows(("a", "1"), ("b", "2")))
    assert passes(EXTRACT, two, found(("a", "1"), ("b", "2"), ("c", "3")))
    assert not passes(EXTRACT, two, found(("a", "1")))


@pytest.mark.parametrize(
    ("words", "text", "right"),
    [
        (("ship friday",), "They will SHIP\nFriday.", True),
        (("ship", "budget"), "They will ship.", False),
        ((), "Anything.", True),
        ((), " ", False),
    ],
)
def test_a_text_must_hold_its_words(words: tuple[str, ...], text: str, right: bool) -> None:
    assert passes(SUMMARIZE, Example("t", must_include=words), TextAnswer(text)) is right


@pytest.mark.parametrize("task", [CLASSIFY, EXTRACT, SUMMARIZE], ids=lambda task: task.skill)
def test_an_answer_of_another_kind_does_not_pass(task: Task) -> None:
    answers: dict[str, Answer] = {"classify": TextAnswer("a"), "extract": LabelAnswer(()), "summarize": found()}
    assert not passes(task, Example("t"), answers[task.skill])
