"""What windows remember must say the same as a search in them."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from models.pii.recognizers.pattern import digit_regions, lowered, matches, openings, possible
from models.pii.recognizers.window_text import WindowText

TRIGGERS = ("password", "pw", " ww", "é: ", "geb.", "ключ", "🔑key", "a\nb")


@settings(deadline=None)
@given(st.text(max_size=60), st.lists(st.sampled_from(TRIGGERS), max_size=4), st.integers(0, 3_000))
def test_no_literal_that_stands_in_a_text_is_called_impossible(start: str, words: list[str], padding: int) -> None:
    lower = lowered(WindowText(start + "x" * padding + "".join(words)))
    assert {trigger for trigger in TRIGGERS if trigger in lower} <= set(possible(lower, TRIGGERS))


def test_literals_that_do_not_stand_in_a_long_text_are_mostly_called_impossible() -> None:
    lower = lowered(WindowText("the quick brown fox jumps over the lazy dog. " * 100))
    assert list(possible(lower, ("kenteken", "fox", "wachtwoord"))) == ["fox"]


@given(st.text(alphabet="ab w.\n", max_size=400))
def test_matches_at_openings_are_those_of_a_search(text: str) -> None:
    regex = re.compile(r"(?<!\w)(?:a )?(?:ww|bab)(?!\w)")
    lower = lowered(text)
    found = {m.span() for starts, end in openings(lower, ("ww", "bab"), 4) for m in matches(regex, text, starts, end)}
    assert found == {match.span() for match in regex.finditer(text)}


def test_what_was_computed_from_a_window_is_not_computed_again() -> None:
    text = WindowText("Call 020 7946 0018 Today")
    assert lowered(text) is lowered(text)
    assert digit_regions(text) is digit_regions(text)
    assert text.lower() == lowered(text)
