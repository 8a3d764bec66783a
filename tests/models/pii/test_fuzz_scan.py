"""A small part of ``benchmarks/fuzz.py``, and of ``benchmarks/hostile.py`` for what reads texts a second time."""

import pytest

from benchmarks.fuzz import fault, texts
from benchmarks.hostile import UNITS, seconds
from models.pii.analyzer import Analyzer
from models.pii.registry import default_recognizers

ANALYZER = Analyzer(default_recognizers(), timeout_s=120)
READERS = {"email", "phone", "written out", "second reading"}


def test_odd_texts_are_scanned_whole_and_their_redactions_come_back() -> None:
    assert [problem for text in texts(400, seed=7) if (problem := fault(ANALYZER, text)) is not None] == []


@pytest.mark.parametrize("unit", UNITS)
def test_a_hostile_text_takes_time_in_proportion_to_its_length(unit: str) -> None:
    fragment = UNITS[unit]
    whole = (fragment * (48_000 // len(fragment) + 1))[:48_000]
    for recognizer in (each for each in default_recognizers() if each.name in READERS):
        seconds(recognizer, whole[:1000])
        short, long = seconds(recognizer, whole[:12_000]), min(seconds(recognizer, whole) for _ in range(2))
        assert long < 0.4 or long < 8 * short, recognizer.name
