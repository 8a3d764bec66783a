"""After an edit, scanning what it touched gives what scanning everything gives."""

import threading
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.pii.analyzer import MAX_CHARS, Analyzer
from models.pii.changes import common_ends
from models.pii.finding import Finding
from models.pii.incremental import IncrementalAnalyzer
from models.pii.registry import default_recognizers

PARTS = [
    "Dear Ms Okonkwo,\n",
    "Okonkwo called.\n\n",
    "name,dob\nAna Diaz,1979-05-06\n",
    "Raj,1981-01-30\n",
    "card 4111 1111 1111 1111 ",
    "4111 1111\n",
    "write to ana@example.org ",
    "Name\n",
    "Ngozi Okafor\n",
    "President Jane Okonkwo spoke. ",
    "the password is ",
    "hunter2, ",
    "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n",
    "-----END PRIVATE KEY-----\n",
    "My name is Li Wei. ",
    "１\u200b２ ",
    "The plan holds. ",
    "x",
    "\n",
]
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.sampled_from(PARTS)), min_size=1, max_size=4)


class Words:
    """Finds "needle", and counts how much text it was given."""

    name = "words"

    def __init__(self) -> None:
        self.chars = 0

    def find(self, text: str) -> Iterator[Finding]:
        self.chars += len(text)
        start = text.find("needle")
        while start >= 0:
            yield Finding(start, start + 6, "EMAIL", 0.9, self.name, "It is a needle.")
            start = text.find("needle", start + 1)


@given(st.lists(st.sampled_from(PARTS), max_size=14), EDITS)
@settings(max_examples=60, deadline=None)
def test_any_edits_give_what_a_full_scan_gives(parts: list[str], edits: list[tuple[float, int, str]]) -> None:
    full = Analyzer(default_recognizers())
    incremental = IncrementalAnalyzer(full)
    text = "".join(parts)
    incremental.scan(text)
    for place, removed, inserted in edits:
        at = int(place * len(text))
        text = text[:at] + inserted + text[at + removed :]
        assert incremental.scan(text) == full.scan(text)


@given(st.integers(0, 9_000), st.integers(0, 300), st.sampled_from(PARTS))
@settings(max_examples=12, deadline=None)
def test_an_edit_in_a_long_text_gives_what_a_full_scan_gives(at: int, removed: int, inserted: str) -> None:
    full = Analyzer(default_recognizers())
    incremental = IncrementalAnalyzer(full)
    text = ("".join(PARTS) + "An ordinary sentence stands here, and one more.\n" * 8) * 12
    incremental.scan(text)
    edited = text[:at] + inserted + text[at + removed :]
    assert incremental.scan(edited) == full.scan(edited)


def test_only_the_surroundings_of_an_edit_are_looked_at() -> None:
    words = Words()
    incremental = IncrementalAnalyzer(Analyzer([words]))
    text = "some words, a needle\n" * 1400
    incremental.scan(text)
    words.chars = 0
    scan = incremental.scan(text[:15_000] + "needle " + text[15_000:])
    assert len(scan.findings) == 1401
    assert words.chars < 9_000


def test_the_same_text_is_not_looked_at_again() -> None:
    words = Words()
    incremental = IncrementalAnalyzer(Analyzer([words]))
    first = incremental.scan("a needle")
    words.chars = 0
    assert incremental.scan("a needle") == first
    assert words.chars == 0
    incremental.forget()
    incremental.scan("a needle")
    assert words.chars == 8


def test_an_unfinished_scan_is_not_built_upon() -> None:
    cancelled = threading.Event()
    cancelled.set()
    incremental = IncrementalAnalyzer(Analyzer([Words()]))
    assert not incremental.scan("a needle", cancelled).complete
    scan = incremental.scan("a needle and more")
    assert scan.complete
    assert [finding.start for finding in scan.findings] == [2]


def test_a_text_over_the_limit_is_not_clear() -> None:
    assert not IncrementalAnalyzer(Analyzer([Words()])).scan("x" * (MAX_CHARS + 1)).complete


@given(st.text(alphabet="ab", max_size=30), st.text(alphabet="ab", max_size=30))
def test_common_ends_are_common_and_cannot_be_longer(old: str, new: str) -> None:
    prefix, suffix = common_ends(old, new)
    assert old[:prefix] == new[:prefix]
    assert old[len(old) - suffix :] == new[len(new) - suffix :]
    shorter = min(len(old), len(new))
    assert prefix + suffix <= shorter
    if prefix < shorter:
        assert old[prefix] != new[prefix]
    if prefix + suffix < shorter:
        assert old[-1 - suffix] != new[-1 - suffix]


@pytest.mark.parametrize("name", ["detectors"])
def test_it_names_what_the_analyzer_names(name: str) -> None:
    analyzer = Analyzer([Words()])
    assert getattr(IncrementalAnalyzer(analyzer), name) == getattr(analyzer, name)
