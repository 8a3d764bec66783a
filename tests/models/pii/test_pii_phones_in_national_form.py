"""Telephone numbers without a country code: by the word before or behind them, and by how a country writes them."""

import pytest

from models.pii.recognizers.phone import PhoneRecognizer
from models.pii.registry import pattern_analyzer

RECOGNIZER = PhoneRecognizer()


def found(text: str) -> list[str]:
    return [text[f.start : f.end] for f in RECOGNIZER.find(text)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("mobile 06-55512345", "06-55512345"),
        ("Office: (022) 7555-133", "(022) 7555-133"),
        ("tel. 88 555 00 18", "88 555 00 18"),
        ("call me at 045-33-12-45", "045-33-12-45"),
        ("you can reach him on 772 555 930", "772 555 930"),
        ("my number 9555 3730", "9555 3730"),
        ("text me at 9555 3730", "9555 3730"),
        ("She was rung on 08021555504 twice.", "08021555504"),
        ("The registered number 88 555 00 18 is old.", "88 555 00 18"),
        ("9555 3730 office", "9555 3730"),
        ("42-51-55-67-Office", "42-51-55-67"),
        ("422.555.0014-Fax", "422.555.0014"),
        ("798-6155589 mobile", "798-6155589"),
        ("Ring: 5551234", "5551234"),
        ("her phone number is 8675309", "8675309"),
        ("Bin ab jetzt unter 0176 / 4482 9031 erreichbar", "0176 / 4482 9031"),
        ("Zu erreichen bin ich unter 0451 9928 14", "0451 9928 14"),
        ("Proszę oddzwonić pod 603 418 772, bo mąż", "603 418 772"),
        ("Hazme el bizum al 644 019 283, por favor", "644 019 283"),
        ("richiamami al 347 123 4567", "347 123 4567"),
        ("References: the manager, 01632 960111; the bank", "01632 960111"),
    ],
)
def test_a_national_number_is_found(text: str, number: str) -> None:
    assert found(text) == [number]


@pytest.mark.parametrize(
    "text",
    [
        "call us in 2019-2020",
        "Das Ziel von 5000000 ist erreichbar",
        "Die Maschine ist unter 4482 9031 gelistet",
        "score 12-34-56",
        "version 88.936.0018",
        "order 9648 3730",
        "meeting 10-12-2020 office",
        "1234 5678 home runs",
        "1 234 567 office workers",
        "12.500.000 mobile phones",
        "we text 1000000 people",
        "pixel 1024 768 screens",
    ],
)
def test_an_ordinary_number_is_not(text: str) -> None:
    assert found(text) == []


def test_a_line_break_written_out_ends_a_line() -> None:
    text = "Moor Lane 4\\n0743 555 381 office\\n+41 78 555 11 22"
    numbers = [text[f.start : f.end] for f in pattern_analyzer().scan(text).findings if f.entity == "PHONE"]
    assert numbers == ["0743 555 381", "+41 78 555 11 22"]
