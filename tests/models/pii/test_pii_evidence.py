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
    thresholds: Mapping[str, float] = field(default_factory=lambda: THRESHOLDS)

    def probability(self, start: int, end: int, entity: str = "PERSON") -> float:
        return self.likely


def listed(start: int, end: int, score: float = LISTED) -> Finding:
    return Finding(start, end, "PERSON", score, "known name", "A known given name before a surname.")


def weighed(text: str, findings: list[Finding], reading: Read | None) -> list[tuple[str, str]]:
    return [(f.entity, text[f.start : f.end]) for f in weigh(text, findings, reading)]  # type: ignore[arg-type]


def test_without_a_model_the_rules_stand_alone() -> None:
    assert weighed("Ana Diaz left", [listed(0, 8)], None) == [("PERSON", "Ana Diaz")]


def test_a_name_that_only_the_lists_know_goes_where_the_model_sees_none() -> None:
    assert weighed("Robin Hood Street", [listed(0, 10)], Read(likely=0.01)) == []


@pytest.mark.parametrize("score", [TOLD, 0.75])
def test_a_name_with_a_cue_stays_whatever_the_model_says(score: float) -> None:
    assert weighed("Ana Diaz called", [listed(0, 8, score)], Read(likely=0.0)) == [("PERSON", "Ana Diaz")]


def test_agreement_makes_one_finding_of_both_with_a_higher_score() -> None:
    text = "Call Ana Diaz Lopez now"
    found = weigh(text, [listed(5, 13)], Read((Prediction(5, 19, "PERSON", 0.5),), 0.5))  # type: ignore[arg-type]
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


def test_the_model_alone_does_not_report_a_public_figure() -> None:
    assert weighed("Albert Einstein said so", [], Read((Prediction(0, 15, "PERSON", 0.99),))) == []


@pytest.mark.parametrize("entity", sorted(set(ENTITIES) - {"PERSON"}))
def test_other_entities_go_by_their_own_threshold(entity: str) -> None:
    reading = Read((Prediction(0, 6, entity, 0.91), Prediction(7, 12, entity, 0.89)))
    found = weigh("asthma gouty", [], reading)  # type: ignore[arg-type]
    assert [(f.entity, f.start) for f in found] == [(entity, 0)]
    assert found[0].reason.startswith("The model reads this as ")
    assert "(score 0.91)" in found[0].reason


def test_a_title_before_the_last_name_of_a_high_official_is_no_private_name() -> None:
    text = "President Jane Doe spoke. Ms Doe smiled."
    titled = Finding(29, 32, "PERSON", 0.75, "name", "A title stands before it.")
    assert weighed(text, [titled], None) == []


def test_a_word_on_no_list_weighs_against_a_name_and_a_first_name_for_it() -> None:
    assert list_weight("Zzyxq") < 0 < list_weight("Wilhelmina")
