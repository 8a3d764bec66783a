"""From a model's label probabilities to a confidence, or an abstention."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.engines.confidence import MIN_CASES, Calibration, calibrated, fit, judge
from models.engines.label_choice import LabelScores
from models.skills.render import band


def scores(*shares: float, mass: float = 0.9) -> LabelScores:
    return LabelScores(tuple(math.log(share) for share in shares), mass)


def logs(*shares: float) -> tuple[float, ...]:
    return tuple(math.log(share) for share in shares)


NO_BIAS = Calibration((0.0, 0.0), 1.0, measured=True)


def test_the_likeliest_label_is_given_with_its_probability() -> None:
    verdict = judge(scores(0.1, 0.9), NO_BIAS)
    assert verdict.label == 1
    assert verdict.confidence == pytest.approx(0.9)
    assert band(verdict.confidence) == "sure"


def test_what_the_model_says_of_a_text_without_content_is_taken_off() -> None:
    leaning = Calibration(logs(0.9, 0.1))
    assert judge(scores(0.8, 0.2), leaning).label == 1
    assert judge(scores(0.9, 0.1), leaning).label is None


def test_without_a_calibration_it_is_never_called_sure() -> None:
    assert band(judge(scores(0.999, 0.001), None).confidence) == "check"


def test_a_model_that_hardly_wants_to_name_a_label_is_unsure() -> None:
    assert band(judge(scores(0.99, 0.01, mass=0.01), NO_BIAS).confidence) == "unsure"
    assert judge(scores(0.99, 0.01, mass=1e-9), NO_BIAS).label is None


def test_two_labels_that_are_equally_likely_are_no_answer() -> None:
    assert judge(scores(0.5, 0.5), NO_BIAS).label is None
    assert judge(scores(0.505, 0.495), NO_BIAS).label is None


def test_a_calibration_of_other_labels_is_not_used() -> None:
    assert calibrated(logs(0.7, 0.3), Calibration((1.0, 2.0, 3.0))) == pytest.approx([0.7, 0.3])


def test_a_model_that_is_always_sure_and_often_wrong_is_cooled_down() -> None:
    cases = [(logs(0.99, 0.01), 0), (logs(0.99, 0.01), 1)] * 4 + [(logs(0.99, 0.01), 0)] * 4
    found = fit((0.0, 0.0), cases)
    assert found.measured
    assert calibrated(logs(0.99, 0.01), found)[0] == pytest.approx(8 / 12, abs=0.03)


def test_a_timid_model_that_is_always_right_is_encouraged() -> None:
    assert fit((0.0, 0.0), [(logs(0.6, 0.4), 0)] * 6).temperature < 1


def test_too_few_cases_leave_the_temperature_alone() -> None:
    found = fit((0.1, 0.2), [(logs(0.99, 0.01), 1)] * (MIN_CASES - 1))
    assert (found.temperature, found.measured, found.bias) == (1.0, False, (0.1, 0.2))


@given(
    st.lists(st.floats(-30, 0), min_size=2, max_size=8),
    st.lists(st.floats(-30, 0), min_size=2, max_size=8),
    st.floats(0.25, 10),
)
def test_calibrated_probabilities_are_one_together(values: list[float], bias: list[float], temperature: float) -> None:
    shares = calibrated(values, Calibration(tuple(bias), temperature))
    assert sum(shares) == pytest.approx(1.0)
    assert all(0 <= share <= 1 for share in shares)
