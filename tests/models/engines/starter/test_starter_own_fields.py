"""Fields of a person's own are filled from forms, tables and prose, or left empty."""

import datetime
import json
import threading
from pathlib import Path

import pytest

from models.engines.base import Chunk, Request
from models.engines.starter.engine import StarterEngine
from models.engines.starter.own_fields import own_records
from models.pii.analyzer import Analyzer
from models.skills.skill import Example, Field, Task

TODAY = datetime.date(2026, 11, 26)
INVOICE = (
    Field("invoice_no", "number of the invoice"),
    Field("invoice_date", "when it was written", "date"),
    Field("due_date", "when it must be paid", "date"),
    Field("total", "the amount due"),
    Field("customer", "who pays"),
)


def task(*fields: Field, single: bool = True, examples: tuple[Example, ...] = ()) -> Task:
    return Task(
        "own", "extract", "Own", "x", "x", 100, examples, (), fields=fields, ground=fields[0].name, single=single
    )


def found(text: str, own: Task) -> list[dict[str, str]]:
    return own_records(own, text, TODAY, lambda: None)


@pytest.mark.parametrize(
    ("text", "record"),
    [
        (
            "Invoice no.: HM-417\nInvoice date: 3 November 2026\nDue date: 03/12/2026\nCustomer: Pennine Care\n\n"
            "Qty  Item    Total\n2    Desk    £29.00\n1    Lamp    £18.00\n\nTotal due: £47.00",
            {
                "invoice_no": "HM-417",
                "invoice_date": "2026-11-03",
                "due_date": "2026-12-03",
                "total": "£47.00",
                "customer": "Pennine Care",
            },
        ),
        (
            "Please pay invoice no. 4471; the total of $318.00 falls due soon. It was sent to Mr Marcus Delgado.",
            {"invoice_no": "4471", "total": "$318.00", "customer": "Marcus Delgado"},
        ),
        (
            "Account number: 8804\nBill date: 18 September 2026",
            {"invoice_date": "2026-09-18"},
        ),
    ],
)
def test_an_invoice_gives_one_record(text: str, record: dict[str, str]) -> None:
    assert found(text, task(*INVOICE)) == [record]


def test_each_row_of_a_table_is_a_record() -> None:
    own = task(Field("employee", "name"), Field("start", "first day", "date"), single=False)
    text = "Employee\tStart date\tSalary\nMiriam Castellano\t2021-03-01\t$61,200\nYusuf Demir\t2019-11-18\t$58,750"
    assert found(text, own) == [
        {"employee": "Miriam Castellano", "start": "2021-03-01"},
        {"employee": "Yusuf Demir", "start": "2019-11-18"},
    ]


def test_a_field_that_comes_again_begins_the_next_record() -> None:
    own = task(Field("part", "the part"), Field("price", "the price"), single=False)
    assert found("Part: bolt\nPrice: 2 EUR\nPart: nut\nPrice: 1 EUR", own) == [
        {"part": "bolt", "price": "2 EUR"},
        {"part": "nut", "price": "1 EUR"},
    ]


def test_an_example_tells_under_which_key_a_value_stands() -> None:
    example = Example("Aktenzeichen: 7 B 12", records=({"matter": "7 B 12"},))
    own = task(Field("matter", "the number of the matter"), examples=(example,))
    assert found("Aktenzeichen: 9 C 3\nOrt: Köln", own) == [{"matter": "9 C 3"}]


def test_a_choice_is_taken_where_one_alone_stands_in_the_text() -> None:
    own = task(Field("severity", "how grave it is", values=("low", "high")))
    assert found("Severity: High", own) == [{"severity": "high"}]
    assert found("The risk is high.", own) == [{"severity": "high"}]
    assert found("Is it high or low?", own) == []


def test_a_date_that_is_none_is_left_out() -> None:
    assert found("Due date: soon", task(Field("due_date", "when to pay", "date"))) == []


def test_the_starter_answers_a_task_of_ones_own() -> None:
    engine = StarterEngine(Analyzer(()), Path("resources"))
    events = engine.run(Request(task(*INVOICE), "Invoice no.: 4711\nTotal: 12 EUR", today=TODAY), threading.Event())
    answer = json.loads("".join(event.text for event in events if isinstance(event, Chunk)))
    assert answer == {"items": [{"invoice_no": "4711", "total": "12 EUR"}]}
    engine.close()


def test_nothing_of_the_kind_is_an_empty_answer() -> None:
    assert found("The garden is green, and nobody came.", task(*INVOICE)) == []
