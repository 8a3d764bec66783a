"""Names in running prose, and capitalised words that are none."""

import pytest

from models.pii.recognizers.known_name import KnownNameRecognizer
from models.pii.recognizers.name_lists import folded, is_doubtful, is_given, is_surname
from models.pii.registry import pattern_analyzer

NAMES = [
    ("Jeremy Lawson called this morning about the invoice.", ["Jeremy Lawson"]),
    ("I spoke with Adelasia Soffici and she agreed.", ["Adelasia Soffici"]),
    ("We have not heard from Nakul Luthra since.", ["Nakul Luthra"]),
    ("Yesterday Anna Keller and Tomasz Nowak signed.", ["Anna Keller", "Tomasz Nowak"]),
    ("Then Abril Lago Pascual's salary was raised.", ["Abril Lago Pascual"]),
    ("Ask Ruud van der Berg or Marie-Claire Dupuis.", ["Ruud van der Berg", "Marie-Claire Dupuis"]),
    ("Zorbex Quindle was diagnosed last week.", ["Zorbex Quindle"]),
    ("Grace Okafor phoned; May Smith was diagnosed.", ["Grace Okafor", "May Smith"]),
    ("Иван Петров живёт здесь", ["Иван Петров"]),
]
NONE = [
    "Goldman Sachs agreed. Morgan Stanley reported. Wells Fargo paid.",
    "The Dallas Cowboys beat the Brooklyn Nets in Austin Texas.",
    "Stanford University and Johns Hopkins Hospital signed.",
    "Taylor Swift sang; Coach Steve Kerr agreed; Calvin Klein and Hugo Boss are on sale.",
    "Parkinson Disease, the Kelly Criterion, Monte Carlo Methods, the Martin Street bridge.",
    "Paris Hotel, Georgia Tech, Summer Collection, Mark Down, Will Call.",
    "Rival John Lewis said it would not pay, while Jerónimo Martins did.",
    "Anna Smith University, Thomas Miller GmbH, Maria Rossi & Sons",
]


@pytest.mark.parametrize(("text", "names"), NAMES)
def test_a_name_in_prose_is_found(text: str, names: list[str]) -> None:
    assert [text[f.start : f.end] for f in KnownNameRecognizer().find(text)] == names


@pytest.mark.parametrize("text", NONE)
def test_capitalised_words_that_name_no_private_person_are_passed_over(text: str) -> None:
    assert [text[f.start : f.end] for f in KnownNameRecognizer().find(text)] == []


def test_names_are_looked_up_without_accents_and_by_their_parts() -> None:
    assert folded("José") == "jose"
    assert folded("Łukasz") == "lukasz"
    assert is_given("José")
    assert is_given("Anne-Marie")
    assert is_surname("Müller-Lüdenscheidt")
    assert not is_given("Invoice")
    assert not is_surname("Invoice")


@pytest.mark.parametrize(
    "word", ["Will", "Mark", "May", "Rose", "Paris", "Jordan", "Austin", "Dallas", "April", "Chase"]
)
def test_a_name_that_is_also_a_word_needs_more_evidence(word: str) -> None:
    assert is_doubtful(word)
    assert list(KnownNameRecognizer().find(f"The {word} Figure")) == []


def test_a_word_that_begins_with_a_letter_without_case_does_not_break_the_scan():
    assert pattern_analyzer().scan("Edward \u03a2are came by.").complete
