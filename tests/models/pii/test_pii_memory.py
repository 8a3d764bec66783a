"""A document's names and values are found again wherever they come."""

import time
from dataclasses import dataclass

import pytest

from models.pii.finding import Finding
from models.pii.memory import recall


@dataclass
class Read:
    """A model that gives every place the same chance of being a name."""

    likely: float
    thing: float = 0.0
    count: int = 2

    def probability(self, start: int, end: int, entity: str = "PERSON") -> float:
        return self.likely if entity == "PERSON" else self.thing

    def pieces(self, start: int, end: int) -> int:
        return self.count


def recalled(text: str, value: str, entity: str = "PERSON", reading: Read | None = None) -> list[str]:
    start = text.index(value)
    first = Finding(start, start + len(value), entity, 0.75, "name", "A title stands before it.")
    found = recall(text, [first], reading)  # type: ignore[arg-type]
    assert all(f.end <= start or f.start >= start + len(value) for f in found)
    return [text[f.start : f.end] for f in found]


@pytest.mark.parametrize(
    ("rest", "again"),
    [
        ("Okonkwo left.", ["Okonkwo"]),
        ("Then Okonkwo's bag.", ["Okonkwo"]),
        ("NGOZI OKONKWO", ["NGOZI OKONKWO"]),
        ("ngozi okonkwo", ["ngozi okonkwo"]),
        ("Okonkwo, Ngozi", ["Okonkwo, Ngozi"]),
        ("Ask Ngozi.", ["Ngozi"]),
        ("N. Okonkwo signed", ["N. Okonkwo"]),
        ("Write to n.okonkwo@", ["n.okonkwo"]),
        ("user nokonkwo logged in", ["nokonkwo"]),
        ("user okonkwon logged in", ["okonkwon"]),
        ("user ngoziokonkwo logged in", ["ngoziokonkwo"]),
        ("a ngozi_okonkwo handle", ["ngozi_okonkwo"]),
        ("Okonkwo Street is far", []),
        ("Okonkwosson left", []),
    ],
)
def test_a_name_is_known_by_its_parts_and_forms(rest: str, again: list[str]) -> None:
    assert recalled(f"Dear Ngozi Okonkwo\n{rest}", "Ngozi Okonkwo") == again


@pytest.mark.parametrize("rest", ["Will you mark it?", "It may rain in May.", "Young people came.", "a young dog"])
def test_ordinary_words_are_not_taken_for_parts_of_a_name(rest: str) -> None:
    text = f"Mr Will Young, Ms May Mark\n{rest}"
    names = [Finding(3, 13, "PERSON", 0.75, "name", ""), Finding(18, 26, "PERSON", 0.75, "name", "")]
    assert recall(text, names, Read(0.02)) == []  # type: ignore[arg-type]
    assert recall(text, names) == []


@pytest.mark.parametrize(
    ("rest", "again"), [("Mr Young said so.", ["Young"]), ("W. Young said so.", ["W. Young"]), ("a. young dog", [])]
)
def test_an_ordinary_word_counts_behind_a_title_or_the_right_initial(rest: str, again: list[str]) -> None:
    assert recalled(f"Mr Will Young\n{rest}", "Will Young") == again


def test_an_ordinary_word_counts_where_the_model_reads_a_name() -> None:
    assert recalled("Mr Will Young\nthen Young left", "Will Young", reading=Read(0.6)) == ["Young"]


def test_a_place_with_the_same_name_is_none() -> None:
    assert recalled("Dear Ana Okonkwo\nnear Okonkwo", "Ana Okonkwo", reading=Read(0.01, thing=0.95)) == []


def test_a_handle_that_is_a_word_of_the_language_is_none() -> None:
    text = "Dear Sam Mallard\nthe smallard here"
    assert recalled(text, "Sam Mallard", reading=Read(0.0, count=1)) == []
    assert recalled(text, "Sam Mallard", reading=Read(0.0, count=3)) == ["smallard"]


@pytest.mark.parametrize("score", [0.66, 0.67])
def test_a_name_that_only_the_lists_bear_out_does_not_spread(score: float) -> None:
    name = Finding(0, 8, "PERSON", score, "known name", "A known given name before a surname.")
    assert bool(recall("Ana Diaz and Diaz", [name])) == (score > 0.66)


@pytest.mark.parametrize(
    ("entity", "value", "rest", "again"),
    [
        ("DATE_OF_BIRTH", "03/04/1985", "seen 03.04.1985", ["03.04.1985"]),
        ("DATE_OF_BIRTH", "03/04/1985", "seen 04.04.1985", []),
        ("ADDRESS", "742 Evergreen Terrace, Springfield", "near 742 evergreen\nterrace", ["742 evergreen\nterrace"]),
        ("ADDRESS", "742 Evergreen Terrace, Springfield", "in Springfield", []),
        ("ID_NUMBER", "AB-482913", "file ab 482913", ["ab 482913"]),
        ("ID_NUMBER", "4711", "room 4711", []),
        ("EMAIL", "a.b@example.org", "a.b@example.org", []),
    ],
)
def test_a_value_is_found_again(entity: str, value: str, rest: str, again: list[str]) -> None:
    assert recalled(f"It is {value};\n{rest}", value, entity) == again


def test_reasons_quote_nothing() -> None:
    name = Finding(5, 18, "PERSON", 0.75, "name", "")
    for finding in recall("Dear Ngozi Okonkwo. Okonkwo, nokonkwo", [name]):
        assert "okonkwo" not in finding.reason.lower()


@pytest.mark.parametrize("unit", ["Ana Diaz ", "12 High St, ", "a b "])
def test_time_is_linear(unit: str) -> None:
    text = unit * (400_000 // len(unit))
    names = [Finding(i * 9, i * 9 + 8, "PERSON", 0.75, "name", "") for i in range(300)]
    names += [Finding(i * 12, i * 12 + 10, "ADDRESS", 0.85, "address", "") for i in range(300)]
    began = time.process_time()
    recall(text, names)
    assert time.process_time() - began < 4
