"""What the model half sees counts near a sure sign of a person, and nowhere else."""

from collections.abc import Sequence
from typing import Any

import pytest

from models.pii.cues import cued
from models.pii.faint import faint
from models.pii.finding import Finding
from models.pii.kin import kin
from models.pii.registry import default_analyzer
from models.pii.tagger.tagger import Tagger


class _Reading:
    """Says of one place in a text how likely it is to be of one entity."""

    def __init__(self, start: int, end: int, entity: str, score: float) -> None:
        self._run = (start, end, entity, score)

    def runs(self, entities: Sequence[str], least: float, taken: Sequence[tuple[int, int]]) -> list[Any]:
        return [self._run] if self._run[2] in entities and self._run[3] >= least else []


TEXT = "Jane Roe is very dry and goes to Mass. " + "The weather stayed dry. " * 100
DRY, MASS = TEXT.index("very dry"), TEXT.index("goes to Mass")
NAME = Finding(0, 8, "PERSON", 0.9, "model", "")


def _faint(
    start: int, length: int, entity: str, score: float, findings: Sequence[Finding], text: str = TEXT
) -> list[str]:
    reading: Any = _Reading(start, start + length, entity, score)
    return [text[found.start : found.end] for found in faint(text, findings, reading)]


def test_beside_a_name_a_quarter_is_enough() -> None:
    assert _faint(DRY, 8, "HEALTH", 0.3, [NAME]) == ["very dry"]
    assert _faint(DRY, 8, "HEALTH", 0.2, [NAME]) == []


def test_a_word_that_mostly_speaks_of_such_things_needs_hardly_anything() -> None:
    assert _faint(MASS, 12, "RELIGION", 0.03, [NAME]) == ["goes to Mass"]
    assert _faint(MASS, 12, "RELIGION", 0.005, [NAME]) == []


@pytest.mark.parametrize(
    "findings",
    [
        pytest.param([], id="nobody"),
        pytest.param([Finding(0, 8, "ORGANISATION", 0.9, "model", "")], id="an organisation"),
        pytest.param([Finding(0, 8, "API_TOKEN", 0.9, "secret", "")], id="a key"),
        pytest.param([Finding(len(TEXT) - 8, len(TEXT), "PERSON", 0.9, "model", "")], id="a name pages away"),
    ],
)
def test_away_from_a_person_it_does_not_count(findings: list[Finding]) -> None:
    assert _faint(DRY, 8, "HEALTH", 0.3, findings) == []


@pytest.mark.parametrize(
    "somebody",
    [
        "My wife",
        "meine Schwägerin",
        "mon voisin",
        "su hija",
        "mia suocera",
        "minha colega",
        "mijn broer",
        "moja siostra",
        "The new guy",
        "Der Neue",
        "la concierge",
        "el portero",
        "la badante",
        "o porteiro",
        "de buurman",
        "ten sąsiad",
    ],
)
def test_somebody_is_meant_without_a_name_too_and_as_far_as_the_sentence(somebody: str) -> None:
    text = f"{somebody} (insulin, very dry). " + "The weather stayed dry. " * 10 + "The insulin is in the fridge."
    assert _faint(text.index("insulin"), 7, "HEALTH", 0.05, [], text) == ["insulin"]
    assert _faint(text.rindex("insulin"), 7, "HEALTH", 0.05, [], text) == []


@pytest.mark.parametrize(
    "words", ["The wife of Bath", "the patient", "the tenant", "my wi-fi", "Mi piace", "sonne", "son et lumière"]
)
def test_words_that_mean_nobody_certain_are_no_sign(words: str) -> None:
    assert list(kin(words)) == []


def test_a_listed_name_that_the_model_half_sees_counts_beside_somebody() -> None:
    text = "Jane Roe told Kübra, and then Grace, and then the Zug."
    for word, expected in (("Kübra", ["Kübra"]), ("Grace", []), ("Zug", [])):
        assert _faint(text.index(word), len(word), "PERSON", 0.3, [NAME], text) == expected
        assert _faint(text.index(word), len(word), "PERSON", 0.3, [], text) == []
    assert _faint(text.index("Kübra"), 5, "PERSON", 0.1, [NAME], text) == []


@pytest.mark.parametrize(
    ("words", "entity"),
    [
        ("at ten o'clock Mass", "RELIGION"),
        ("converted to Islam", "RELIGION"),
        ("her Usdaw rep", "UNION"),
        ("Mitglied bei ver.di", "UNION"),
        ("canvassed for Labour", "POLITICS"),
        ("his husband", "SEXUAL_LIFE"),
        ("CATÓLICA", "RELIGION"),
        ("started adalimumab", "HEALTH"),
        ("after her knee op", "HEALTH"),
        ("é diabética", "HEALTH"),
        ("es gitano por parte de madre", "ETHNICITY"),
        ("ist Alevit", "RELIGION"),
        ("ma cukrzycę", "HEALTH"),
        ("opgenomen in een kliniek", "HEALTH"),
        ("Mamma-Karzinom, Z. n. Ablatio", "HEALTH"),
    ],
)
def test_cues_are_whole_words(words: str, entity: str) -> None:
    assert cued(words) == entity
    assert cued(f"x{words.replace(' ', 'x')}x") is None


@pytest.mark.parametrize("words", ["his wife", "her husband", "a massive order", "the unit", "the Co-op"])
def test_ordinary_words_are_no_cues(words: str) -> None:
    assert cued(words) is None


def test_runs_are_whole_words_outside_what_is_taken() -> None:
    text = "Mrs Ingrid Solberg has type 2 diabetes and severe hypertension."
    reading = Tagger().read(text)
    assert reading is not None
    place = text.index("diabetes")
    runs = reading.runs(("HEALTH",), 0.3, [(place, place + 8)])
    assert runs
    for start, end, entity, score in runs:
        assert entity == "HEALTH"
        assert 0.3 <= score <= 1.0001
        assert not (start < place + 8 and end > place)
        assert text[start - 1] in " ."
        assert end == len(text) or not text[end].isalnum()


def test_the_same_words_count_in_a_letter_and_not_in_a_notice() -> None:
    analyzer = default_analyzer()
    letter = "Dear Dr Whitcombe,\nI saw Mrs Aldous today. She was at ten o'clock Mass again and is on home oxygen now."
    notice = "Because of the snow, the ten o'clock Mass is cancelled. Home oxygen units are in the storeroom."
    found = [f for f in analyzer.scan(letter).findings if f.entity in ("RELIGION", "HEALTH")]
    assert {f.entity for f in found} == {"RELIGION", "HEALTH"}
    assert analyzer.scan(notice).verdict == "clear"
