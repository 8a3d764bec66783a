"""Postcodes, boxes, mistyped cards, and dates of birth in words or behind a name."""

import time

import pytest

from models.pii.recognizer import Recognizer
from models.pii.recognizers.date_of_birth import DateOfBirthRecognizer
from models.pii.recognizers.payment_card import PaymentCardRecognizer
from models.pii.recognizers.postcode import PostcodeRecognizer

POSTCODE, CARD, BIRTH = PostcodeRecognizer(), PaymentCardRecognizer(), DateOfBirthRecognizer()


def found(recognizer: Recognizer, text: str) -> list[str]:
    return [text[f.start : f.end] for f in recognizer.find(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ZIP: 3915", "3915"),
        ("zip code 90211", "90211"),
        ("CEP: 58058-010", "58058-010"),
        ("her postcode is BS6 5XY", "BS6 5XY"),
        ("PLZ 8055", "8055"),
        ("Código postal: 28013", "28013"),
        ("C.P. 06700", "06700"),
        ("PO Box 6, Dublin", "PO Box 6, Dublin"),
        ("Postfach 1234", "Postfach 1234"),
        ("PSC 3, Box 4125, APO AE 09021", "PSC 3, Box 4125, APO AE 09021"),
        ("Unit 2055 Box 4190\nAPO AP 96278-2050", "Unit 2055 Box 4190\nAPO AP 96278-2050"),
        ("USS Elmfield, FPO AP 96698", "USS Elmfield, FPO AP 96698"),
    ],
)
def test_a_postcode_behind_its_word_and_a_box_are_found(text: str, value: str) -> None:
    assert found(POSTCODE, text) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "zip 2.0",
        "file.zip: 12345",
        "code page CP 1252",
        "zip 4000 pages",
        "postal code of 5 digits",
        "box 12",
        "APO in June",
    ],
)
def test_other_codes_and_boxes_are_not(text: str) -> None:
    assert found(POSTCODE, text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("My card 574443126540 is expiring.", "574443126540"),
        ("card number 1234 5678 9012 3456", "1234 5678 9012 3456"),
        ("debit card no 6759 1234 5678 90", "6759 1234 5678 90"),
        ("Kartennummer: 5500000000000009", "5500000000000009"),
    ],
)
def test_a_number_behind_a_name_for_cards_is_found_though_its_check_digit_is_wrong(text: str, number: str) -> None:
    assert found(CARD, text) == [number]


@pytest.mark.parametrize(
    "text",
    [
        "loyalty card 574443126540",
        "graphics card 1234567890123",
        "gift card number 1234567890123",
        "credit card payments of 100000000000",
        "card 2024-01-01 2024-02-02",
        "order 1234 5678 9012 3456",
    ],
)
def test_numbers_of_other_cards_are_not_payment_cards(text: str) -> None:
    assert found(CARD, text) == []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Date of birth?\nCALLER: Fourteenth of June seventy-two.", "Fourteenth of June seventy-two"),
        ("Date of birth?\nIt's 2/13/1968", "2/13/1968"),
        ("She was born on the twenty-first of March 1980.", "twenty-first of March 1980"),
        ("My birthday is the third of May.", "third of May"),
        ("He was born in 1956 in Oslo.", "1956"),
        ("Laura Mendez (12/9/81) was let go", "12/9/81"),
        ("Laura Mendez, Jahrgang 1971", "1971"),
        ("DOB 04/17/68", "04/17/68"),
    ],
)
def test_a_date_of_birth_in_words_or_behind_a_name_is_found(text: str, date: str) -> None:
    assert found(BIRTH, text) == [date]


@pytest.mark.parametrize(
    "text",
    [
        "The song was born in 1956.",
        "Nature Reviews (12/9/2019)",
        "the first of May demo",
        "Chapter Two (1/2/2020)",
        "die Klasse, Jahrgang",
    ],
)
def test_other_dates_are_not(text: str) -> None:
    assert found(BIRTH, text) == []


@pytest.mark.parametrize(
    "piece", ["zip ", "PO Box 1, ", "card 1 2 3 ", "PSC 3, ", "born first of ", "Ann Lee (1", "card card "]
)
def test_time_is_linear_in_hostile_text(piece: str) -> None:
    started = time.process_time()
    for recognizer in (POSTCODE, CARD, BIRTH):
        list(recognizer.find(piece * 6_000))
    assert time.process_time() - started < 8
