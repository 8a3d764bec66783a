"""Goods, examples, sums and programs whose numbers and words resemble those of people."""

import pytest

from models.pii.evidence import weigh
from models.pii.recognizers.goods import counts_goods
from models.pii.recognizers.token_formats import TOKEN_FORMATS
from models.pii.recognizers.vehicle import is_near_driving
from models.pii.registry import pattern_analyzer
from models.pii.tagger.decoding import Prediction
from tests.models.pii.test_pii_evidence import Read

ANALYZER = pattern_analyzer()


class ReadAlone(Read):
    """The model reads what it is told to, and half sees nothing else."""

    def runs(self, *_: object) -> list[tuple[int, int, str, float]]:
        return []


def found(text: str) -> set[tuple[str, str]]:
    return {(f.entity, text[f.start : f.end]) for f in ANALYZER.scan(text).findings}


@pytest.mark.parametrize(
    "text",
    [
        "From 987-65-4320 through 987-65-4329 they are for advertisements.",
        "Type an address like user@example.com into the field.",
        "Format: vorname.nachname@example.org",
        "Send it to your.name@mail.yourdomain.com",
        "Neither foo@bar nor @bar.com is accepted.",
        "(415) 738 - 2091 = -938 it is",
        "calcule 06 + 48 + 21 + 90 + 37 et justifie",
        "The marker stands at 0.000000, 0.000000 without a fix.",
        "51.50735, 0.12776\n51.50741, 0.12790\n51.50746, 0.12801",
        "1.25, 51.50735, 0.12776",
        "pi is 3.14159, 2.71828 is e",
        "Access denied for user 'app'@'10.0.4.7' (using password: YES)",
        "Serial Number: 04:9c:1e:77:b3:20:4f:d1:8a:66:0e:52:c7:91:3b:aa",
        "Peça ref. 41781824127, estoque zerado",
        "The counter stopped at 678 371 8022.",
        "TAF EDDM 141100Z 1412/1518 24010KT 9999 SCT040 TEMPO 1414/1418 SHRA BKN025",
        "dead.beef.cafe and 1.2.3",
        "第 12 の 34-56 回",
    ],
)
def test_it_is_nobodys(text: str) -> None:
    assert found(text) == set()


@pytest.mark.parametrize(
    ("entity", "text", "value"),
    [
        ("US_ITIN", "She wrote 987-65-4331 on it.", "987-65-4331"),
        ("US_ITIN", "Her ITIN: 987-65-4321", "987-65-4321"),
        ("EMAIL", "Write to jane.doe@example.com or so", "jane.doe@example.com"),
        ("EMAIL", "user@shop.com wrote", "user@shop.com"),
        ("EMAIL", 'someone at "odd.name"@tuta.io wrote', '"odd.name"@tuta.io'),
        ("PHONE", "Reach us at (415) 738 - 2091 today", "(415) 738 - 2091"),
        ("LOCATION", "I leave the van at 46.53812, 11.90447 and walk", "46.53812, 11.90447"),
        ("IP_ADDRESS", "user jane logged in from 10.0.4.7", "10.0.4.7"),
        ("DEVICE_ID", "Serial Number: 04:9c:1e:77:b3:20", "04:9c:1e:77:b3:20"),
        ("MAC_ADDRESS", "cisco style: f4d4.8817.ac81 Gi1/0/14", "f4d4.8817.ac81"),
    ],
)  # fmt: skip
def test_its_like_of_a_person_is_found(entity: str, text: str, value: str) -> None:
    assert (entity, value) in found(text) or (entity == "DEVICE_ID" and ("MAC_ADDRESS", value) in found(text))


@pytest.mark.parametrize(
    ("text", "goods"),
    [
        ("EAN 4003510402414", True),
        ("Ihre Bestellung 302-1403162-8074984", True),
        ("code-barres: 3245105320210", True),
        ("LEI 5493001KJTIIGC8Y1R12", True),
        ("The seller 4003510402414", False),
        ("EAN 12, member 4003510402414", False),
        ("EAN\n4003510402414", False),
        ("European 4003510402414", False),
    ],
)
def test_a_word_right_before_a_number_says_that_it_counts_goods(text: str, goods: bool) -> None:
    assert counts_goods(text, len(text.rstrip("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-"))) == goods


def read(text: str, value: str, entity: str) -> list[str]:
    start = text.index(value)
    reading = ReadAlone((Prediction(start, start + len(value), entity, 0.99),))
    return [f.entity for f in weigh(text, [], reading)]


@pytest.mark.parametrize(
    ("text", "value", "found_"),
    [
        ("revert 4f1c9ab and cherry-pick 77de012", "4f1c9ab", False),
        ("NGC 4471, HD 209458", "NGC 4471", False),
        ("LEI 5493001KJTIIGC8Y1R12 of the fund", "5493001KJTIIGC8Y1R12", False),
        ("Her scooter, 4f1c9ab, was towed", "4f1c9ab", True),
        ("Fahrgestellnummer (FIN) WVWZZZ1KZAW199086", "WVWZZZ1KZAW199086", True),
    ],
)
def test_the_model_alone_reports_a_vehicle_only_near_words_for_one(text: str, value: str, found_: bool) -> None:
    assert read(text, value, "VEHICLE") == (["VEHICLE"] if found_ else [])
    assert is_near_driving(text, text.index(value), text.index(value) + len(value)) == found_


def test_the_model_alone_reports_no_number_of_goods() -> None:
    assert read("Ihre Bestellung 302-1403162-8074984 kommt", "302-1403162-8074984", "ID_NUMBER") == []
    assert read("Ihre Nummer 302-1403162-8074984 stimmt", "302-1403162-8074984", "ID_NUMBER") == ["ID_NUMBER"]


@pytest.mark.parametrize(
    ("text", "value", "found_"),
    [
        ('[[package]]\nname = "it0a"', "it0a", False),
        ("ssid=Back5tube", "Back5tube", False),
        ('token := os.Getenv("X1")', "os.", False),
        ('nick = "it0a"', "it0a", True),
        ("ask it0a about it", "it0a", True),
    ],
)
def test_the_model_alone_reports_no_name_of_a_thing_as_a_user(text: str, value: str, found_: bool) -> None:
    assert read(text, value, "USERNAME") == (["USERNAME"] if found_ else [])


def test_the_model_reads_no_function_of_a_program_as_anybody() -> None:
    reading = ReadAlone((Prediction(9, 18, "PERSON", 0.99),))
    assert weigh('secret = os.Getenv("KEY")', [], reading) == []
    assert weigh("secret = os.Getenv, said Ann", [], reading)


def test_a_secret_key_of_aws_holds_small_letters() -> None:
    import re

    form = next(regex for _, regex, what in TOKEN_FORMATS if what == "an AWS secret key")
    assert re.search(form, "wJ7rXUtnFEMI/K7MDENG+bPxRfiCYZX4MPL3KEY9")
    assert not re.search(form, "1412/151824010KT9999SCT040TEMPO1414/1418")
