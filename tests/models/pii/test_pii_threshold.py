"""The small model at thresholds other than the built-in ones."""

import pytest

from models.pii.registry import default_analyzer
from models.pii.tagger.decoding import Prediction
from models.pii.tagger.tagger import Reading, Tagger
from models.pii.threshold import AdjustableTagger, RereadingTagger, at_threshold, checked

TEXT = "We spoke of it with a colleague from the union hall."


@pytest.fixture
def weak(monkeypatch):
    """A model that reads one weak health detail, and counts how often it is asked."""
    reads = []

    def read(_self, text, is_over=lambda: False):
        reads.append(text)
        return None if is_over() else Reading((Prediction(0, 8, "HEALTH", 0.4),), {"HEALTH": 0.5, "PERSON": 0.9})

    monkeypatch.setattr(Tagger, "read", read)
    return reads


@pytest.mark.parametrize(
    ("threshold", "used"), [(None, None), (0.5, 0.5), (0.0, None), (-1.0, None), (1.5, None), (float("nan"), None)]
)
def test_a_damaged_threshold_means_the_built_in_ones(threshold, used):
    assert checked(threshold) == used


@pytest.mark.parametrize(("threshold", "found"), [(None, []), (0.3, ["HEALTH"]), (0.6, []), (7.0, [])])
def test_a_reading_counts_from_the_chosen_threshold_on(weak, threshold, found):
    scan = default_analyzer(AdjustableTagger(lambda: threshold)).scan(TEXT)
    assert scan.complete
    assert [finding.entity for finding in scan.findings] == found


def test_a_change_of_the_threshold_holds_from_the_next_scan_on(weak):
    chosen = [0.6]
    analyzer = default_analyzer(AdjustableTagger(lambda: chosen[0]))
    assert analyzer.scan(TEXT).verdict == "clear"
    chosen[0] = 0.3
    assert analyzer.scan(TEXT).verdict == "blocked"


def test_several_thresholds_take_one_reading(weak):
    tagger = RereadingTagger()
    seen = []
    for threshold in (None, 0.3, 0.6):
        tagger.threshold = threshold
        seen.append(tagger.read(TEXT).thresholds["HEALTH"])
    assert seen == [0.5, 0.3, 0.6]
    assert weak == [TEXT]


def test_a_reading_that_was_ended_early_is_not_kept(weak):
    tagger = RereadingTagger()
    assert tagger.read(TEXT, lambda: True) is None
    assert tagger.read(TEXT) is not None
    assert len(weak) == 2


def test_firms_and_places_keep_their_own_threshold():
    reading = Reading((), {"PERSON": 0.9, "AGE": 0.25, "PLACE": 0.25})
    assert at_threshold(reading, 0.6).thresholds == {"PERSON": 0.6, "AGE": 0.6, "PLACE": 0.25}


def test_no_reading_stays_none():
    assert at_threshold(None, 0.5) is None
