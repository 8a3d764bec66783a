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
        ("VAT Reg. No. GB 284 7719 02", [("VAT Reg. No", "GB 284 7719 02")]),
        ("Rechnung Nr. 2026-311", [("Rechnung Nr", "2026-311")]),
        ("MwSt. 19 %: 350,65 €", [("MwSt. 19 %", "350,65 €")]),
        ("Facture n° F2026-088", [("Facture n°", "F2026-088")]),
        ("Su número de expediente es EXP-2026-77.", [("número de expediente", "EXP-2026-77")]),
        ("Ticket #48213", [("Ticket #", "48213")]),
        ("My claim ref. CL 77120 is old.", [("claim ref", "CL 77120")]),
        ("The reference of the court is 2026-PRO-11.", [("reference of the court", "2026-PRO-11")]),
        ("My name is Rosa Carver; call me.", [("name", "Rosa Carver")]),
        ("Her e-mail is a.b@c.example, she said.", [("e-mail", "a.b@c.example")]),
        ("Ada Lane        Date     10/28/2026", [("Date", "10/28/2026")]),
        ("Salem, OR     Balance Due    $1,284.50", [("Balance Due", "$1,284.50")]),
        ("Vendor:   Gull Ltd        Order date: 5 May", [("Vendor", "Gull Ltd"), ("Order date", "5 May")]),
        ("Ada Lane      Date: 5 May", [("Date", "5 May")]),
        ("Case 00917733 | VPN drops | Owner: Networks", [("Case", "00917733"), ("Owner", "Networks")]),
        (
            "Present: Ms Ann Bo, Mr Cy Dee. Apologies: Eve Fay.",
            [("Present", "Ms Ann Bo, Mr Cy Dee"), ("Apologies", "Eve Fay.")],
        ),
        (
            "1. Date of accident\n   22 October 2026\n2. Location\n   Mill Lane, Exeter",
            [("Date of accident", "22 October 2026"), ("Location", "Mill Lane, Exeter")],
        ),
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
        "The name is not important, and the number is wrong.",
        "Date        Details        Amount",
        "1. Buy milk\n2. Buy bread",
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
    "unit",
    ["a: ", "a: b\n", "|a", "a\t", "a  b\n", "a,b\n", "$5 ", "-", "a:\n", "\n", "invoice no ", "a. B: c", "Date  5  "],
)
def test_time_grows_with_the_length_only(unit: str) -> None:
    text = unit * (300_000 // len(unit)) + "x"
    began = time.process_time()
    find_pairs(text)
    find_pairs("a" + " " * 300_000 + "b")
    assert time.process_time() - began < 15
