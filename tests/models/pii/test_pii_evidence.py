"""What rules, lists and the model say of the same place becomes one finding, or none."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from models.pii.evidence import STRONGEST, list_weight, weigh
from models.pii.finding import Finding
from models.pii.recognizers.known_name import LISTED, TOLD
from models.pii.tagger.decoding import Prediction
from models.pii.tagger.labels import ENTITIES

THRESHOLDS = dict.fromkeys(ENTITIES, 0.9)


@dataclass
class Read:
    """What a model might read."""

    predictions: tuple[Prediction, ...] = ()
    likely: float = 0.0
    words: int = 2
    thresholds: Mapping[str, float] = field(default_factory=lambda: THRESHOLDS)
    alone: float = 0.7

    def runs(self, *_: object) -> list[tuple[int, int, str, float]]:
        return []

    def pieces(self, start: int, end: int) -> int:
        return self.words

    def probability(self, start: int, end: int, entity: str = "PERSON") -> float:
        return self.likely


def listed(start: int, end: int, score: float = LISTED) -> Finding:
    return Finding(start, end, "PERSON", score, "known name", "A known given name before a surname.")


def weighed(text: str, findings: list[Finding], reading: Read | None) -> list[tuple[str, str]]:
    return [(f.entity, text[f.start : f.end]) for f in weigh(text, findings, reading)]


def test_without_a_model_the_rules_stand_alone() -> None:
    assert weighed("Ana Diaz left", [listed(0, 8)], None) == [("PERSON", "Ana Diaz")]


def test_a_name_that_only_the_lists_know_goes_where_the_model_sees_none() -> None:
    assert weighed("Robin Hood Street", [listed(0, 10)], Read(likely=0.01)) == []


@pytest.mark.parametrize("score", [TOLD, 0.75])
def test_a_name_with_a_cue_stays_whatever_the_model_says(score: float) -> None:
    assert weighed("Ana Diaz called", [listed(0, 8, score)], Read(likely=0.0)) == [("PERSON", "Ana Diaz")]


def test_agreement_makes_one_finding_of_both_with_a_higher_score() -> None:
    text = "Call Ana Diaz Lopez now"
    found = weigh(text, [listed(5, 13)], Read((Prediction(5, 19, "PERSON", 0.5),), 0.5))
    assert [text[f.start : f.end] for f in found] == ["Ana Diaz Lopez"]
    assert LISTED < found[0].score < STRONGEST
    assert "The model reads it as a person's name too (score 0.50)." in found[0].reason


@pytest.mark.parametrize(
    ("text", "score", "found"),
    [
        ("Yesterday Wilhelmina Okafor left", 0.6, True),
        ("Yesterday Zzyxq Qwerp left", 0.6, False),
        ("Yesterday Zzyxq Qwerp left", 0.95, True),
    ],
)
def test_a_weak_reading_counts_where_the_lists_know_a_name(text: str, score: float, found: bool) -> None:
    reading = Read((Prediction(10, len(text) - 5, "PERSON", score),))
    assert bool(weighed(text, [], reading)) == found


@pytest.mark.parametrize(
    ("words", "score", "others", "found"),
    [
        ("sehr trocken", 0.6, [], False),
        ("sehr trocken", 0.8, [], True),
        ("sehr krank, Asthma", 0.6, [], True),  # a word for it
        ("sehr trocken", 0.6, [Finding(0, 8, "PERSON", 0.8, "name", "A title before it.")], True),
    ],
)
def test_a_weak_reading_of_a_special_category_alone_in_a_text_does_not_count(
    words: str, score: float, others: list[Finding], found: bool
) -> None:
    text = f"Ana Diaz: {words}"
    reading = Read((Prediction(10, len(text), "HEALTH", score),), thresholds={**THRESHOLDS, "HEALTH": 0.5}, likely=0.9)
    assert (("HEALTH", words) in weighed(text, others, reading)) == found


def test_the_model_alone_does_not_report_a_public_figure() -> None:
    assert weighed("Albert Einstein said so", [], Read((Prediction(0, 15, "PERSON", 0.99),))) == []


@pytest.mark.parametrize("entity", sorted(set(ENTITIES) - {"PERSON"}))
def test_other_entities_go_by_their_own_threshold(entity: str) -> None:
    reading = Read((Prediction(12, 18, entity, 0.91), Prediction(19, 24, entity, 0.89)))
    found = weigh("call a cab, asthm4 g0uty" if entity == "VEHICLE" else "call client asthm4 g0uty", [], reading)
    assert [(f.entity, f.start) for f in found] == [(entity, 12)]
    assert found[0].reason.startswith("The model reads this as ")
    assert "(score 0.91)" in found[0].reason


def test_a_title_before_the_last_name_of_a_high_official_is_no_private_name() -> None:
    text = "President Jane Doe spoke. Ms Doe smiled."
    titled = Finding(29, 32, "PERSON", 0.75, "name", "A title stands before it.")
    assert weighed(text, [titled], None) == []


def test_a_word_on_no_list_weighs_against_a_name_and_a_first_name_for_it() -> None:
    assert list_weight("Zzyxq") < 0 < list_weight("Wilhelmina")


def famous(text: str, score: float) -> Read:
    return Read((Prediction(0, len("Keynes"), "PERSON", score),), thresholds=dict.fromkeys(ENTITIES, 0.5))


def test_a_name_from_the_lexicon_is_nobodys_where_nothing_else_is_personal() -> None:
    assert weighed("Keynes wrote on money.", [], famous("Keynes", 0.95)) == []


def test_a_name_from_the_lexicon_is_somebodys_beside_other_details() -> None:
    text = "Keynes, ann@example.org"
    mail = Finding(8, len(text), "EMAIL", 0.95, "email", "An address.")
    assert ("PERSON", "Keynes") in weighed(text, [mail], famous(text, 0.95))


def test_a_name_of_which_the_model_is_certain_stays_whoever_else_bore_it() -> None:
    assert weighed("Keynes wrote on money.", [], famous("Keynes", 0.99)) == [("PERSON", "Keynes")]


@pytest.mark.parametrize(
    ("text", "entity", "words", "found"),
    [
        ("he is kari_77 there", "USERNAME", 3, True),
        ("he is kariofix there", "USERNAME", 3, True),
        ("he is company there", "USERNAME", 1, False),
        ("see http://kari_7 ok", "USERNAME", 3, False),
        ("of my 8839-11 there", "ID_NUMBER", 3, True),
        ("he is allhere there", "ID_NUMBER", 2, False),
    ],
)
def test_the_model_may_say_number_or_user_name_only_of_what_could_be_one(
    text: str, entity: str, words: int, found: bool
) -> None:
    start, end = (11, 17) if "://" in text else (6, text.index(" there"))
    reading = Read((Prediction(start, end, entity, 0.99),), words=words)
    assert bool(weighed(text, [], reading)) == found


@pytest.mark.parametrize(
    ("before", "entity", "found"),
    [
        ("The plant made ", "ID_NUMBER", False),
        ("Her file is ", "ID_NUMBER", True),
        ("Das ist meine ", "ID_NUMBER", True),
        ("Population: ", "PHONE", False),
        ("Please ring ", "PHONE", True),
    ],
)
def test_a_number_that_only_the_model_sees_must_be_said_of_somebody(before: str, entity: str, found: bool) -> None:
    text = before + "48392017"
    assert bool(weighed(text, [], Read((Prediction(len(before), len(text), entity, 0.99),)))) == found


def test_a_number_that_only_the_model_sees_counts_beside_a_name() -> None:
    text = "Ana Diaz, policy 48392017"
    reading = Read((Prediction(17, 25, "ID_NUMBER", 0.99),), likely=0.9)
    assert sorted(weighed(text, [listed(0, 8)], reading)) == [("ID_NUMBER", "48392017"), ("PERSON", "Ana Diaz")]


def test_what_a_recognizer_judged_is_not_judged_again_by_the_model() -> None:
    phone = Finding(5, 15, "PHONE", 0.6, "phone", "A number.")
    reading = Read((Prediction(5, 15, "ID_NUMBER", 0.99),))
    assert weighed("call 0301234567", [phone], reading) == [("PHONE", "0301234567")]


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("Ab Mitte August kappt man die Spitze", "August", False),
        ("The office reopens in April after the works", "April", False),
        ("I asked April about the invoice", "April", True),
        ("Mitte Ottokar lag", "Ottokar", True),
    ],
)
def test_a_month_is_no_name_where_a_month_is_meant(text: str, word: str, found: bool) -> None:
    place = text.index(word)
    read = Read((Prediction(place, place + len(word), "PERSON", 0.97),), 0.97)
    assert (("PERSON", word) in weighed(text, [], read)) is found


@pytest.mark.parametrize("word", ["supine", "AGM", "Meanwhile"])
def test_a_lone_word_that_is_not_written_as_a_name_needs_more(word: str) -> None:
    text = f"So it was {word} then"
    assert weighed(text, [], Read((Prediction(10, 10 + len(word), "PERSON", 0.97),), 0.97)) == []
    assert weighed("So it was Zzyxq then", [], Read((Prediction(10, 15, "PERSON", 0.97),), 0.97)) == [
        ("PERSON", "Zzyxq")
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Captain Ahab has one thought.", "Ahab"),
        ("Foi Juan Sebastián Elcano quem voltou.", "Sebastián Elcano"),
    ],
)
def test_a_famous_name_is_known_by_what_stands_before_it(text: str, name: str) -> None:
    place = text.index(name)
    finding = Finding(place, place + len(name), "PERSON", 0.75, "person", "A title stands before it.")
    assert weighed(text, [finding], Read()) == []
    mail = Finding(len(text) + 1, len(text) + 15, "EMAIL", 0.9, "email", "It is an address.")
    assert ("PERSON", name) in weighed(f"{text} a.ray@mail.test", [finding, mail], Read())
