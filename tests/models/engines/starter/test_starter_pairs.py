import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.engines.starter.pairs import find_pairs


def found(text: str) -> list[tuple[str, str]]:
    return [(pair.key, pair.value) for pair in find_pairs(text)]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Name: Ada Roe", [("Name", "Ada Roe")]),
        ("**Name:** Ada Roe", [("Name", "Ada Roe")]),
        ("- Age : 42", [("Age", "42")]),
        ("key:value", [("key", "value")]),
        ("port = 5432", [("port", "5432")]),
        ("Net pay ........ 2,402.88", [("Net pay", "2,402.88")]),
        ("Admitted: 11/06/2024    Discharged: 15/06/2024", [("Admitted", "11/06/2024"), ("Discharged", "15/06/2024")]),
        ("Status: open; Priority: high", [("Status", "open"), ("Priority", "high")]),
        ("Notes:\nLeave at the gate.", [("Notes", "Leave at the gate.")]),
        ("Site: https://x.example/a", [("Site", "https://x.example/a")]),
        ("Rent      900\nPower     80", [("Rent", "900"), ("Power", "80")]),
        ("see invoice no. 4471 for it", [("invoice no", "4471")]),
        ("your account number is 00219944.", [("account number", "00219944")]),
        ("a total of $318.00 is due", [("total", "$318.00")]),
        ("a,b_c\nx,1", [("a", "x"), ("b_c", "1")]),
        (
            "Site\tRent\tPower\nGhent\t1\t2\nTurin\t3\t4",
            [("Ghent / Rent", "1"), ("Ghent / Power", "2"), ("Turin / Rent", "3"), ("Turin / Power", "4")],
        ),
        ("| Item | Sum |\n|---|---|\n| Ink | 4 |\n| Pen | 5 |", [("Ink", "4"), ("Pen", "5")]),
    ],
)
def test_pairs_are_read(text: str, pairs: list[tuple[str, str]]) -> None:
    assert found(text) == pairs


@pytest.mark.parametrize(
    "text",
    [
        "See https://x.example/a?b=c",
        "It began at 10:30 and ended at 11:45.",
        "We all agreed on one thing: it was too slow.",
        "Dear Sir:",
        "if (a == b) return",
        "Hello, world, this\nis, a, prose",
        "Ann: did you see it today?\nBea: yes, I did see it.\nAnn: good, so what now?",
        "List:\n- one\n- two",
    ],
)
def test_what_is_no_pair_is_left(text: str) -> None:
    assert found(text) == []


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300) | st.text(alphabet="ab:=|\t,;. \n\r12$-", max_size=200))
def test_values_slice_back_to_the_text(text: str) -> None:
    for pair in find_pairs(text):
        assert pair.value
        assert text[pair.start : pair.end] == pair.value


@pytest.mark.parametrize(
    "unit", ["a: ", "a: b\n", "|a", "a\t", "a  b\n", "a,b\n", "$5 ", "-", "a:\n", "\n", "invoice no "]
)
def test_time_grows_with_the_length_only(unit: str) -> None:
    text = unit * (300_000 // len(unit)) + "x"
    began = time.process_time()
    find_pairs(text)
    find_pairs("a" + " " * 300_000 + "b")
    assert time.process_time() - began < 15
