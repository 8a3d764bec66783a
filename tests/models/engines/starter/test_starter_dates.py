import datetime
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.engines.starter.dates import find_dates

TODAY = datetime.date(2025, 3, 5)  # a Wednesday


def found(text: str) -> list[tuple[str, str]]:
    return [(date.text, date.iso) for date in find_dates(text, TODAY)]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("3 March 2024", "2024-03-03"),
        ("March 3rd, 2024", "2024-03-03"),
        ("03/04/2024", "2024-04-03"),
        ("2024-03-03", "2024-03-03"),
        ("3.3.2024", "2024-03-03"),
        ("Mar '24", "2024-03"),
        ("Q1 2025", "2025-01-01/2025-03-31"),
        ("second half of 2024", "2024-07-01/2024-12-31"),
        ("3–5 March 2024", "2024-03-03/2024-03-05"),
        ("June 3-5, 2024", "2024-06-03/2024-06-05"),
        ("3 March 2024 at 14:30", "2024-03-03T14:30"),
        ("26 Nov. 2024 3:05 p.m.", "2024-11-26T15:05"),
        ("12.05.2024, 18.30 Uhr", "2024-05-12T18:30"),
        ("2024-11-02T08:15:30.123+0200", "2024-11-02T08:15:30+02:00"),
        ("Tue, 14 Jan 2025", "2025-01-14"),
        ("3rd day of March, 2024", "2024-03-03"),
        ("twenty-first of June 2018", "2018-06-21"),
        ("20 de mayo de 2021", "2021-05-20"),
        ("1er février 2022", "2022-02-01"),
        ("15. Oktober 2023", "2023-10-15"),
        ("12. května 2023", "2023-05-12"),
        ("12/31/99", "1999-12-31"),
        ("10/2024", "2024-10"),
        ("tomorrow", "2025-03-06"),
        ("next Friday", "2025-03-07"),
        ("last Monday", "2025-03-03"),
        ("in two weeks", "2025-03-19"),
        ("3 days ago", "2025-03-02"),
        ("end of month", "2025-03-31"),
        ("next month", "2025-04"),
        ("last year", "2024"),
    ],
)
def test_a_date_is_normalised(text: str, iso: str) -> None:
    assert found(f"Note: {text}.") == [(text, iso)]


@pytest.mark.parametrize(
    "text",
    [
        "version 3.3.2024",
        "release v2.10.24",
        "it costs 12.50 or 3.10",
        "call +49 30 3344 5566",
        "a 1/2 inch pipe",
        "you may 5 times",
        "they march 5 miles",
        "wait a second",
        "a second of March madness",
        "Section 5 may apply",
        "10.3.24.1",
        "31 April 2024",
        "2024-02-30",
        "30/02/2024",
        "March 15,000",
        "within 30 days",
        "in 2019",
        "10 mars",
    ],
)
def test_what_only_looks_like_a_date_is_left(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "isos"),
    [
        ("03/04/2024 and 25/04/2024", ["2024-04-03", "2024-04-25"]),
        ("03/04/2024 and 04/25/2024", ["2024-03-04", "2024-04-25"]),
        ("03/04/2024, call (555) 310-4477", ["2024-03-04"]),
        ("03/04/2024, Dallas, TX 75201", ["2024-03-04"]),
    ],
)
def test_the_order_of_numeric_dates_follows_the_document(text: str, isos: list[str]) -> None:
    assert [iso for _, iso in found(text)] == isos


def test_a_date_without_a_year_takes_that_of_the_date_before() -> None:
    assert found("9 May 2021, then 22 May") == [("9 May 2021", "2021-05-09"), ("22 May", "2021-05-22")]


def test_a_range_over_new_year_starts_in_the_year_before() -> None:
    assert [iso for _, iso in found("28 December to 4 January 2025")] == ["2024-12-28", "2025-01-04"]


def test_a_date_without_any_year_near_takes_that_of_today() -> None:
    assert found("on 7 June") == [("7 June", "2025-06-07")]


@settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=200)
    | st.lists(
        st.sampled_from(
            ["3", "31", "March", "may", "2024", "/", ".", "-", "to", "at", "14:30", "next", "Friday", "’", "\n", "Q1"]
        )
    ).map(" ".join)
)
def test_spans_slice_back_to_the_text(text: str) -> None:
    end = 0
    for date in find_dates(text, TODAY):
        assert text[date.start : date.end] == date.text
        assert date.start >= end
        end = date.end


@given(st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2099, 12, 31)))
def test_every_day_of_the_calendar_is_read(day: datetime.date) -> None:
    assert found(f"on {day.day} {day:%B} {day.year}, ")[0][1] == day.isoformat()
    assert found(f"on {day.isoformat()}, ")[0][1] == day.isoformat()


@pytest.mark.parametrize("unit", ["1", "3 ", "March 3 ", "1/1/", "the end of ", "\n", "March" + " " * 50, "2024-"])
def test_time_grows_with_the_length_only(unit: str) -> None:
    text = unit * (300_000 // len(unit))
    began = time.process_time()
    find_dates(text, TODAY)
    assert time.process_time() - began < 15
