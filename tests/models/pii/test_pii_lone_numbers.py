"""Texts that hold nothing but a number."""

from collections.abc import Callable

import pytest

from models.pii.recognizers.lone_number import LoneNumberRecognizer
from models.pii.recognizers.national import africa_middle_east, americas, asia_pacific, europe, formulas

RECOGNIZER = LoneNumberRecognizer((*europe.FORMS, *americas.FORMS, *asia_pacific.FORMS, *africa_middle_east.FORMS))

FOUND = [
    ("UK_NHS", "943-476-5919"),
    ("UK_NINO", "jk 41 20 33 c"),
    ("US_ITIN", "934-88-4410"),
    ("BANK_ACCOUNT", "021000021"),
    ("PAYMENT_CARD", "36148906478362"),
    ("VEHICLE", "LB07 SEO"),
    ("VEHICLE", "MH 12 DE 1433"),
    ("NATIONAL_ID", "44051401359"),
    ("NATIONAL_ID", "2345 6789 0124"),
    ("NATIONAL_ID", "B123456782"),
    ("ID_NUMBER", "1EG4-TE5-MK72"),
    ("PASSPORT", "PAB418273"),
    ("PASSPORT", "C01X00T41"),
    ("DRIVING_LICENCE", "U1K4J7711M"),
]


@pytest.mark.parametrize(("entity", "text"), FOUND)
def test_a_known_form_is_enough(entity: str, text: str) -> None:
    assert entity in {f.entity for f in RECOGNIZER.find(f" {text}.\n")}


NOT_FOUND = [
    "943-476-5918", "44051401358", "2345 6789 0123", "B123456783", "C01X00T47", "GB 41 20 33 C", "AB35 XYZ", "123456789",
    "12345678901", "2024-03-02", "3.14159", "100000", "1, 2, 3, 4, 5", "00000000000", "hello", "", "v1.2.3", "17:45",
]  # fmt: skip


@pytest.mark.parametrize("text", NOT_FOUND)
def test_a_wrong_check_digit_or_no_known_form_is_left_alone(text: str) -> None:
    assert list(RECOGNIZER.find(text)) == []


def test_a_list_of_numbers_counts_when_every_part_does() -> None:
    text = "44051401359 and 02070803628"
    assert [text[f.start : f.end] for f in RECOGNIZER.find(text)] == ["44051401359", "02070803628"]
    assert list(RECOGNIZER.find("44051401359 and apples")) == []


def test_the_same_number_in_running_text_needs_words() -> None:
    assert (
        list(RECOGNIZER.find("We sold 021000021 of them in a year, and the year before that none were sold at all."))
        == []
    )


@pytest.mark.parametrize(
    ("check", "right", "wrong"),
    [
        (formulas.german_health_insurance, "A000500015", "A000500016"),
        (formulas.german_physician, "123456601", "123456701"),
        (formulas.german_passport, "C01X00T41", "C01X00T42"),
        (formulas.korean_business, "310-27-44182", "310-27-44183"),
        (formulas.thai, "1101700230708", "1991700230708"),
        (formulas.spanish_dni, "1111111G", "1111111H"),
        (formulas.korean_licence, "11-22-123456-12", "99-22-123456-12"),
    ],
)
def test_check_digits_follow_their_published_formulas(check: Callable[[str], bool], right: str, wrong: str) -> None:
    assert check(right)
    assert not check(wrong)
