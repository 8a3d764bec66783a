"""Patterns that take longer than the text they search are told from those whose time follows its length."""

import pytest

from models.skills.pattern_speed import hard_texts, speed_problem


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a+)+$",
        r"(x+x+)+y",
        r"invoice (\d+)*#",
        r"(\w+\s?)*!",
        r".*,.*,.*x",
        r"(a|aa)+$",
        r"^(([a-z])+.)+[A-Z]([a-z])+$",
        r"(?:[a-z0-9]+\.?)+@example",
        r"(?=(a+)+b)c",
        r"(\p{L}+)+$",
        r"from: .*urgent.*now",
        r"\d+ euros",
    ],
)
def test_a_pattern_whose_time_grows_faster_than_the_text_is_told(pattern):
    assert "takes too long" in speed_problem(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        r"\binvoice\s+\d+\b",
        r"\b\d{4}-\d{2}-\d{2}\b",
        r"refund|money back",
        r"\bINV-\d+",
        r"\bcase (?:no|number)[.:]?\s{0,5}\d{1,12}",
        r"^subject:.{0,200}urgent",
        r"order #?\d+",
        r"\bdear (mr|ms) \w+",
        r"\[ticket[^\]]{0,80}\]",
        r"\b\d{1,20} euros",
        r"\p{Lu}{2}\d{6}",
    ],
)
def test_a_pattern_as_people_write_it_is_let_pass(pattern):
    assert speed_problem(pattern) == ""


def test_a_pattern_without_an_open_repeat_has_no_hard_texts():
    assert list(hard_texts("refund|money back")) == []


def test_hard_texts_begin_with_what_leads_to_the_repeat():
    assert any(text.startswith("invoice 00") for text in hard_texts(r"invoice (\d+)*#"))
