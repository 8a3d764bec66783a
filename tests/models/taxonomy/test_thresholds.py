"""Thresholds chosen on golden cases for an error that a person allows."""

import pytest

from models.taxonomy.thresholds import NEVER, Tried, choose, curve

CASES = (Tried(0.95, True), Tried(0.9, True), Tried(0.8, False), Tried(0.6, True), Tried(0.0, False))


def test_the_curve_falls_in_share_and_never_counts_an_abstention() -> None:
    points = curve(CASES)
    assert [point.share for point in points] == [0.8, 0.6, 0.4, 0.2, 0.0]
    assert [round(point.right_of_all, 2) for point in points] == [0.8, 0.8, 1.0, 1.0, 1.0]
    assert points[-1].threshold == NEVER


@pytest.mark.parametrize(("target", "threshold"), [(0.0, 0.9), (0.2, 0.6), (1.0, 0.6)])
def test_the_lowest_threshold_within_the_target_is_chosen(target: float, threshold: float) -> None:
    assert choose(CASES, target) == threshold


def test_phi_being_wrong_lowers_what_is_asked() -> None:
    cases = (Tried(0.9, True, True), Tried(0.5, False, False))
    assert choose(cases, 0.0) == 0.5


def test_nothing_to_choose_on_never_answers_at_once() -> None:
    assert choose((), 0.5) == NEVER
    assert curve(()) == ()


def test_always_wrong_never_answers_at_once() -> None:
    assert choose((Tried(0.9, False), Tried(0.8, False)), 0.1) == NEVER
