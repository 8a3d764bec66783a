"""Numbers that prove themselves: each shape in running text, a digit off, and where the same digits count things."""

import pytest

from models.pii.recognizers.proven_number import ProvenNumberRecognizer, is_birthday, is_time_of_day

RECOGNIZER = ProvenNumberRecognizer()

# What it is, a number that passes, and one with a digit off (made up; any likeness is chance).
NUMBERS = [
    ("a Norwegian birth number", "14025529481", "14025529482"),
    ("a Turkish identity number", "45762348762", "45762388762"),
    ("a Polish PESEL", "79041385153", "79041385154"),
    ("a Baltic personal code", "37808120885", "37808020885"),
    ("a Greek health insurance number", "01089901423", "01089921423"),
    ("a Belgian national number", "48091385322", "48051385322"),
    ("a German tax number", "29776740530", "29176740530"),
    ("a Norwegian birth number", "220914 86915", "224914 86915"),
    ("a Latvian personal code", "260886-05683", "230886-05683"),
    ("a Danish personal number", "290351-5913", "190351-5913"),
    ("a Swedish personal number", "970962-9209", "970962-9709"),
    ("an Icelandic number", "120174-3399", "120174-3389"),
    ("a Swedish personal number", "19690810-7078", "19690810-7079"),
    ("a Swedish personal number", "193206669321", "193206669323"),
    ("an Austrian insurance number", "1727 060287", "1727 065287"),
    ("a South African identity number", "0511296813179", "0511196813179"),
    ("a Romanian personal code", "6021222524429", "6021222524729"),
    ("a South Slavic citizen number", "2710983904550", "1710983904550"),
    ("a South African identity number", "460512 6206 111", "460512 6276 111"),
    ("a South African identity number", "090605 3196 19 0", "090605 3196 13 0"),
    ("a German tax number", "55 364 917 028", "55 364 917 428"),
    ("an Australian business number", "75 135 226 945", "72 135 226 945"),
    ("an Indian Aadhaar number", "3030 4515 6432", "3030 4815 6432"),
    ("a Spanish social security number", "28 12345678 40", "28 12345678 41"),
    ("a Spanish social security number", "28/12345678/40", "74/54719809/52"),
    ("a Taiwanese identity number", "A180672814", "A380672814"),
    ("an Irish PPS number", "7576057H", "7576557H"),
    ("an Irish PPS number", "0609349QH", "0609346QH"),
    ("a Singapore identity number", "s0542850e", "s0542050e"),
    ("a US prescriber number (DEA)", "MN6449397", "MN6449497"),
    ("a US prescriber number (DEA)", "FO3157268", "XO3157268"),
    ("a US immigration receipt", "IOE6806157662", "IOF6806157662"),
    ("an IMEI", "356938033610784", "356938033610785"),
    ("an IMEI", "98 505141 352317 8", "98 505141 352367 8"),
    ("an IMEI", "98-204515-788542-4", "98-203515-788542-4"),
    ("a Mexican taxpayer number", "QIOV260125B2R", "QIOV260185B2R"),
    ("an Indian tax number (PAN) of a person", "YZQPI2130C", "YZQCI2130C"),
]  # fmt: skip
FRAMES = ["We had {} crossed out.", "{}\n", "name,{},12", "(see {})", "Grace is 42; {}, 17.", "\t{}\t"]


@pytest.mark.parametrize(("what", "value", "wrong"), NUMBERS)
@pytest.mark.parametrize("frame", FRAMES)
def test_no_word_has_to_name_it(frame: str, what: str, value: str, wrong: str) -> None:
    text = frame.format(value)
    assert [(text[f.start : f.end], what in f.reason) for f in RECOGNIZER.find(text)] == [(value, True)]


@pytest.mark.parametrize(("what", "value", "wrong"), NUMBERS)
def test_with_a_digit_off_it_proves_nothing(what: str, value: str, wrong: str) -> None:
    assert list(RECOGNIZER.find(f"We had {wrong} crossed out.")) == []


@pytest.mark.parametrize(("what", "value", "wrong"), NUMBERS)
def test_as_part_of_something_longer_it_is_none(what: str, value: str, wrong: str) -> None:
    for text in (f"https://a.b/{value}", f"x{value}7", f"{value}-77", f"0.{value}", f"7.{value}.1"):
        assert [f for f in RECOGNIZER.find(text) if f.end - f.start == len(value)] == [], text


@pytest.mark.parametrize("word", ["Order", "EAN:", "Tracking no.", "Bestellung", "Paketnummer", "Code-barres", "peça"])
@pytest.mark.parametrize("value", ["14025529481", "3030 4515 6432", "0511296813179", "7576057H"])
def test_a_word_for_goods_right_before_it_says_what_it_counts(word: str, value: str) -> None:
    assert list(RECOGNIZER.find(f"{word} {value} arrived.")) == []
    assert list(RECOGNIZER.find(f"{word} 77 is late, write to {value} today."))


@pytest.mark.parametrize(
    "text",
    [
        "20240315-1230", "240315-1230", "202403151230", "150324-2304", "240315 12300", "Built 20240315123", "1234567890",
        "130 637 220", "479 475 410", "267979800", "881-736-82-71", "4250 3323 7551 1234", "1111 1111 1111", "00000000000",
        "1700000000000", "12345678901", "0123456789012", "978-3-16-148410-0", "ABCPD0000E", "12-345678-901234-5",
        "3.14159265358", "46.53812345678",
    ],
)  # fmt: skip
def test_time_stamps_and_numbers_with_one_check_digit_are_left_alone(text: str) -> None:
    assert list(RECOGNIZER.find(f"It says {text} there.")) == []


@pytest.mark.parametrize("value", ["94020800693", "14025529481", "30 692 881 682"])
def test_a_word_for_what_is_counted_right_behind_it_says_so(value: str) -> None:
    assert list(RECOGNIZER.find(f"It holds {value} records in all.")) == []
    assert list(RECOGNIZER.find(f"It holds {value} recorded in May."))


def test_a_birthday_lies_neither_ahead_nor_before_anybody_alive() -> None:
    assert is_birthday(1985, 2, 28)
    assert not is_birthday(1985, 2, 29)
    assert not is_birthday(1850, 1, 1)
    assert not is_birthday(2190, 1, 1)


def test_four_digits_read_as_a_time_of_day() -> None:
    assert is_time_of_day("2359")
    assert not is_time_of_day("2400")
    assert not is_time_of_day("1260")
