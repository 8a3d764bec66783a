"""Streets with a house number in sentences about a person."""

import time

import pytest

from models.pii.recognizers.street_mention import StreetMentionRecognizer

RECOGNIZER = StreetMentionRecognizer()


def found(text: str) -> list[str]:
    return [text[f.start : f.end] for f in RECOGNIZER.find(text)]


@pytest.mark.parametrize(
    ("text", "street"),
    [
        ("he's at flat 3, 20 thistle lane til monday", "flat 3, 20 thistle lane"),
        ("drop the parcel at 18b stoke abbey church st", "18b stoke abbey church st"),
        ("She stays with her aunt in 44 Maple Ct, Elmfield.", "44 Maple Ct"),
        ("The defendant, Tom Roe, of 38 Liberty Road", "38 Liberty Road"),
        ("Ich wohne in der Lindenstraße 12.", "Lindenstraße 12"),
        ("Paket bitte in die Krähenwinkeler Straße 28b, da wohnt mein Ex.", "Krähenwinkeler Straße 28b"),
        ("Die Windeln bitte in die Gartenweg 7a, meine Mutter ist umgezogen.", "Gartenweg 7a"),
        ("C'est pour la dame du 12 bis, impasse des Tanneurs.", "12 bis, impasse des Tanneurs"),
        ("Er ist in die Alte Kölner Landstraße 3 gezogen.", "Alte Kölner Landstraße 3"),
        ("Vivo en calle Mayor 12.", "calle Mayor 12"),
        ("J'habite au 12 rue des Lilas.", "12 rue des Lilas"),
        ("Abito in via Garibaldi 5.", "via Garibaldi 5"),
        ("Mieszkam przy mojej mamie na ul. Długa 12", "ul. Długa 12"),
        ("Ik woon op Keizersgracht 12.", "Keizersgracht 12"),
    ],
)
def test_a_street_in_a_sentence_about_a_person_is_found(text: str, street: str) -> None:
    assert [value.removesuffix(".") for value in found(text)] == [street]


@pytest.mark.parametrize(
    "text",
    [
        "He was born at 10 Downing Street.",
        "I put in a 60 gig drive.",
        "she drove on 2 lane road",
        "We meet at 5 in the park.",
        "I was there in 1990 in the park road.",
        "he was on 2 way radio",
        "The shop at 12 High Street sells bread.",
        "Take the bus from 12 to the park.",
        "Das Museum in der Berliner Straße 28 hat zu.",
    ],
)
def test_other_numbers_and_streets_are_not(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("piece", ["at 1 a ", "in via a ", "she at 12 ", "i at flat 1, ", "calle a b c ", "to "])
def test_time_is_linear_in_hostile_text(piece: str) -> None:
    started = time.process_time()
    list(RECOGNIZER.find(piece * 8_000 + " street 1"))
    assert time.process_time() - started < 8
