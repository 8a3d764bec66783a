"""Number plates of many countries, alone and in sentences, and payment addresses of India."""

import pytest

from models.pii.registry import pattern_analyzer

ANALYZER = pattern_analyzer()

ALONE = [
    "KD41GKGP",
    "PMG291GP",
    "DK 31 LF GP",
    "GET 207 WP",
    "016 SBZ EC",
    "APP-583CV",
    "abj-402aa",
    "34 ABC 2718",
    "06 A 314",
    "07JK2718",
    "ABC 2718",
    "XYZ-3141",
    "1618 GHI",
    "MN-1414",
    "C12D345",
    "FA 123 BC",
    "1234 BCD",
    "12-ABC-3",
]
NOT_ALONE = [
    "AB-1234CD",
    "123-456AB",
    "AB-12CD",
    "ABCD-123EF",
    "00 ABC 123",
    "82 ABC 123",
    "1234 5678",
    "B AB CDEF",
    "YES",
    "ISO 9001",
    "chapter 12",
]
SENTENCES = [
    ("Araç plakası 34 ABC 2718 olarak kayıtlıdır.", ["34 ABC 2718"]),
    ("Plaka 34 ABC 2718 ve 06 JK 567", ["34 ABC 2718", "06 JK 567"]),
    ("Plates: APP-583CV and KJA-402PZ", ["APP-583CV", "KJA-402PZ"]),
    ("Nakita ang plaka na ABC 2718 sa EDSA.", ["ABC 2718"]),
    ("Ang kotse na XYZ 3141 ay itim.", ["XYZ 3141"]),
    ("The motorcycle 1618 GHI sped away.", ["1618 GHI"]),
    ("Conduction sticker C12D345 on the windshield.", ["C12D345"]),
    ("Licence plate MT31GJGP registered.", ["MT31GJGP"]),
]
ADDRESSES = [
    ("Please pay ravi.k@okicici for the order", "ravi.k@okicici"),
    ("9812345670@paytm", "9812345670@paytm"),
    ("send it to asha27@ybl today", "asha27@ybl"),
    ("UPI: meera@somebank", "meera@somebank"),
    ("VPA - meera_s@newbank, thanks", "meera_s@newbank"),
]
NO_ADDRESSES = [
    "@okicici",
    "name@somebank",
    "push to git@upstream now",
    "Write to ravi@okicici.example.com, please.",
    "user@host:/srv",
]


def found(text: str, entity: str) -> list[str]:
    """What is found of ``entity``."""
    return [text[f.start : f.end] for f in ANALYZER.scan(text).findings if f.entity == entity]


@pytest.mark.parametrize("plate", ALONE)
def test_a_text_that_is_nothing_but_a_plate_is_taken_for_one(plate: str) -> None:
    assert found(plate, "VEHICLE") == [plate]


@pytest.mark.parametrize("text", NOT_ALONE)
def test_what_no_country_arranges_so_is_no_plate(text: str) -> None:
    assert found(text, "VEHICLE") == []


@pytest.mark.parametrize(("text", "plates"), SENTENCES)
def test_plates_are_found_beside_words_for_a_vehicle(text: str, plates: list[str]) -> None:
    assert found(text, "VEHICLE") == plates


@pytest.mark.parametrize(("text", "address"), ADDRESSES)
def test_a_payment_address_is_found(text: str, address: str) -> None:
    assert found(text, "BANK_ACCOUNT") == [address]


@pytest.mark.parametrize("text", NO_ADDRESSES)
def test_a_name_at_some_host_is_no_payment_address(text: str) -> None:
    assert found(text, "BANK_ACCOUNT") == []


@pytest.mark.parametrize(
    ("text", "plate"),
    [
        ("La Panda rossa FT 614 ZK è del secondo piano", "FT 614 ZK"),
        ("Der weiße Caddy HRO-KT 418 steht vorm Bad", "HRO-KT 418"),
        ("asleep in the bakkie (ND 418-207) at the depot", "ND 418-207"),
        ("ha parcheggiato male, FT 614 ZK", "FT 614 ZK"),
    ],
)
def test_a_plate_beside_the_name_of_a_vehicle_is_found(text: str, plate: str) -> None:
    assert [(f.entity, text[f.start : f.end]) for f in ANALYZER.scan(text).findings] == [("VEHICLE", plate)]
