"""What windows remember must say the same as a search in them."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from models.pii.recognizers.literals import Literals, places_in
from models.pii.recognizers.pattern import digit_regions, has_any, lowered, matches, openings, places_of
from models.pii.recognizers.window_text import WindowText

TRIGGERS = ("password", "pw", " ww", "é: ", "geb.", "ключ", "🔑key", "a\nb", "xx")


@settings(deadline=None)
@given(st.text(max_size=60), st.lists(st.sampled_from(TRIGGERS), max_size=4), st.integers(0, 3_000))
def test_literals_are_found_where_a_search_for_each_finds_them(start: str, words: list[str], padding: int) -> None:
    lower = lowered(WindowText(start + "x" * padding + "".join(words)))
    assert places_of(lower, TRIGGERS) == places_of(str(lower), TRIGGERS)
    assert [has_any(lower, (trigger,)) for trigger in TRIGGERS] == [trigger in lower for trigger in TRIGGERS]


def test_a_literal_asked_for_the_first_time_is_found_in_a_text_that_was_searched_before() -> None:
    lower = lowered(WindowText("the quick brown fox jumps over the lazy dog. " * 20))
    assert places_of(lower, ("kenteken",)) == []
    assert places_of(lower, ("kenteken", "asked for the first time", "fox")) == [16 + 45 * line for line in range(20)]


@given(st.text(alphabet="aab \ud800", max_size=60), st.sampled_from(("aa", "aba", "abab", "b b")))
def test_places_of_a_literal_that_overlaps_itself_are_those_of_a_search(text: str, literal: str) -> None:
    assert list(Literals((literal,)).places(text)[literal]) == places_in(text, literal)


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
