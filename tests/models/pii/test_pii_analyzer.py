"""The analyzer: fails closed, keeps offsets, settles overlaps, ends in time."""

import threading
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.pii.analyzer import MAX_CHARS, Analyzer
from models.pii.finding import Finding
from models.pii.merge import merge
from models.pii.registry import default_recognizers
from models.pii.tagger.decoding import Prediction
from models.pii.tagger.labels import ENTITIES
from models.pii.tagger.tagger import Reading, Tagger

ANALYZER = Analyzer(default_recognizers())


class Raises:
    name = "raises"

    def find(self, text: str) -> Iterator[Finding]:
        yield Finding(0, 1, "EMAIL", 0.9, self.name, "It was found before the fall.")
        raise RuntimeError(f"cannot read {text}")


class Lies:
    name = "lies"

    def find(self, text: str) -> Iterator[Finding]:
        yield Finding(0, len(text) + 1, "EMAIL", 0.9, self.name, "It reaches beyond the text.")


class Endless:
    name = "endless"

    def find(self, text: str) -> Iterator[Finding]:
        while True:
            yield Finding(0, 1, "EMAIL", 0.9, self.name, "Again.")


class Words:
    """Finds every "needle", for tests of windows and offsets."""

    name = "words"

    def find(self, text: str) -> Iterator[Finding]:
        start = text.find("needle")
        while start >= 0:
            yield Finding(start, start + 6, "EMAIL", 0.9, self.name, "It is a needle.")
            start = text.find("needle", start + 1)


class Model(Tagger):
    """Reads a name at the start of every text; or raises, or runs out of time."""

    def __init__(self, does: str = "reads") -> None:
        super().__init__()
        self._does = does

    def read(self, text: str, is_over: Callable[[], bool] = lambda: False) -> Reading | None:
        if self._does == "raises":
            raise RuntimeError(f"cannot read {text}")
        if self._does == "is late":
            return None
        return Reading((Prediction(0, 9, "PERSON", 0.99),), dict.fromkeys(ENTITIES, 0.9))


@pytest.mark.parametrize("does", ["raises", "is late"])
def test_a_model_that_cannot_read_makes_the_scan_incomplete(does: str) -> None:
    scan = Analyzer([Words()], tagger=Model(does)).scan("a secret needle")
    assert (scan.complete, scan.failures, scan.verdict) == (False, ("model",), "blocked")
    assert "secret" not in repr(scan)
    assert [finding.recognizer for finding in scan.findings] == ["words"]


def test_files_of_the_model_that_are_missing_make_the_scan_incomplete(tmp_path: Path) -> None:
    scan = Analyzer([Words()], tagger=Tagger(tmp_path)).scan("a needle")
    assert (scan.complete, scan.failures) == (False, ("model",))


def test_what_the_model_reads_is_found_at_its_place_in_the_original() -> None:
    analyzer = Analyzer([Words()], tagger=Model())
    text = "\u200bNgo\u00adzi Oko and a needle"
    assert [(f.recognizer, text[f.start : f.end]) for f in analyzer.scan(text).findings] == [
        ("model", "Ngo\u00adzi Oko"),
        ("words", "needle"),
    ]
    assert analyzer.detectors == ("words", "model")


def test_a_model_that_is_cancelled_reads_no_further() -> None:
    cancel = threading.Event()
    cancel.set()
    assert Analyzer([], tagger=Model("is late")).scan("Ngozi Okafor", cancel).failures == ("model",)


@pytest.mark.parametrize("broken", [Raises(), Lies()])
def test_a_recognizer_that_breaks_makes_the_scan_incomplete(broken: Raises | Lies) -> None:
    scan = Analyzer([broken, Words()]).scan("a secret needle")
    assert not scan.complete
    assert scan.failures == (broken.name,)
    assert scan.verdict == "blocked"
    assert "secret" not in repr(scan)
    assert any(finding.recognizer == "words" for finding in scan.findings)


def test_a_recognizer_without_end_makes_the_scan_incomplete() -> None:
    scan = Analyzer([Words(), Endless()], timeout_s=0.05).scan("a needle")
    assert scan.failures == ("endless",)
    assert scan.findings


def test_no_time_at_all_leaves_every_recognizer_undone() -> None:
    scan = Analyzer([Words(), Words()], timeout_s=-1).scan("a needle")
    assert (scan.complete, scan.failures) == (False, ("words", "words"))


def test_a_text_over_the_limit_is_not_scanned_and_not_clear() -> None:
    scan = Analyzer([Words()]).scan("x" * (MAX_CHARS + 1))
    assert (scan.complete, scan.failures, scan.findings) == (False, ("words",), ())


def test_an_empty_text_is_clear() -> None:
    assert ANALYZER.scan("").verdict == "clear"


def test_every_recognizer_has_its_own_name() -> None:
    assert len(set(ANALYZER.detectors)) == len(default_recognizers())


@pytest.mark.parametrize("place", [0, 65_530, 65_536, 66_000, 131_066, 131_072, 139_990])
def test_a_finding_at_the_edge_of_a_window_is_found_once(place: int) -> None:
    text = "x" * place + "needle" + "x" * (140_000 - place)
    assert [finding.start for finding in Analyzer([Words()]).scan(text).findings] == [place]


@pytest.mark.parametrize("place", [32_760, 64_800, 65_520, 65_528])
def test_an_iban_across_windows_is_found_whole(place: int) -> None:
    iban = "DE89 3704 0044 0532 0130 00"
    text = "lorem " * (place // 6) + iban + " lorem" * 9_000
    assert [text[f.start : f.end] for f in ANALYZER.scan(text).findings] == [iban]


TRICKS = [
    ("full-width digits", "Karte ４１１１ １１１１ １１１１ １１１１ gültig", "４１１１ １１１１ １１１１ １１１１"),
    ("no-break spaces", "card 4111\u00a01111\u202f1111\u20071111.", "4111\u00a01111\u202f1111\u20071111"),
    ("zero-width spaces", "card 4111\u200b11\u200d111111\ufeff1111 end", "4111\u200b11\u200d111111\ufeff1111"),
    ("soft hyphens", "mail ja\u00adne@exam\u00adple.org now", "ja\u00adne@exam\u00adple.org"),
    ("unusual dashes", "SSN 536\u201122\u20119145.", "536\u201122\u20119145"),
    ("full-width at", "mail jane＠example．org now", "jane＠example．org"),
    ("mathematical digits", "card 𝟒𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏 end", "𝟒𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏"),
    ("Arabic digits", "بطاقة ٤١١١١١١١١١١١١١١١ شكرا", "٤١١١١١١١١١١١١١١١"),
    ("right-to-left text", "\u202bהדואר שלי jane@example.org תודה\u202c", "jane@example.org"),
    ("astral characters", "😀😀 𝔘𝔫𝔦 jane@example.org 😀", "jane@example.org"),
    ("a capital that grows in lower case", "İİİ password is hunter2 İ", "hunter2"),
    ("directional marks inside", "call +44\u200e 20 7946\u200f 0958", "+44\u200e 20 7946\u200f 0958"),
]


@pytest.mark.parametrize(("text", "value"), [trick[1:] for trick in TRICKS], ids=[trick[0] for trick in TRICKS])
def test_look_alike_characters_are_seen_through_and_offsets_stay_right(text: str, value: str) -> None:
    scan = ANALYZER.scan(text)
    assert scan.complete
    assert [text[f.start : f.end] for f in scan.findings] == [value]


@given(st.text())
def test_any_text_gets_a_complete_scan_with_ordered_findings_inside_it(text: str) -> None:
    scan = ANALYZER.scan(text)
    assert scan.complete
    reached = 0
    for finding in scan.findings:
        assert reached <= finding.start < finding.end <= len(text)
        reached = finding.end


SPOTS = st.builds(
    lambda start, length, score: Finding(start, start + length, "EMAIL", score, "r", "Why."),
    st.integers(0, 60),
    st.integers(1, 30),
    st.sampled_from([0.5, 0.7, 0.9]),
)


@given(st.lists(SPOTS, max_size=8))
def test_merged_findings_do_not_overlap_and_keep_the_strongest_whole(findings: list[Finding]) -> None:
    merged = merge(findings)
    for first, second in pairwise(merged):
        assert first.end <= second.start
    if findings:
        strongest = max(findings, key=lambda f: (f.score, f.end - f.start, -f.start))
        assert strongest in merged


def test_a_checksum_beats_a_longer_guess_and_the_rest_of_the_guess_stays() -> None:
    guess = Finding(0, 40, "PASSWORD", 0.65, "a", "Guess.")
    proof = Finding(10, 20, "IBAN", 0.97, "b", "Proof.")
    assert [(f.entity, f.start, f.end) for f in merge([guess, proof])] == [("IBAN", 10, 20), ("PASSWORD", 20, 40)]


HOSTILE = [
    "1",
    "a@",
    "1-",
    "(1",
    "a:",
    "A",
    "Aa ",
    "Name: A",
    "pass is ",
    "api_key=",
    "a://",
    "Mr. Aa ",
    "\t",
    "1.2.3.4 ",
]


@pytest.mark.parametrize(
    "unit", [*HOSTILE, "-----BEGIN PRIVATE KEY-----\n", "020 7946 0951 ", "Attendees: Aa, ", "\u200b1", "eyJ"]
)
def test_a_hostile_text_ends_within_its_time(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    began = time.monotonic()
    ANALYZER.scan(text)
    assert time.monotonic() - began < 5


def test_five_megabytes_end_soon_after_the_time_given() -> None:
    text = "Call 020 7946 0951 or write to jane@example.org; Mr. Featherstone pays by 4111 1111 1111 1111.\n" * 55_000
    began = time.monotonic()
    scan = Analyzer(default_recognizers(), timeout_s=1.0).scan(text)
    assert time.monotonic() - began < 15
    assert not scan.complete
    assert scan.failures


def test_a_firm_never_hides_a_person_within_it() -> None:
    firm = Finding(0, 24, "ORGANISATION", 0.84, "model", "")
    person = Finding(10, 24, "PERSON", 0.6, "model", "")
    merged = merge([firm, person])
    assert ("PERSON", 10, 24) in {(f.entity, f.start, f.end) for f in merged}


def test_a_chain_of_overlapping_findings_is_merged_in_a_time_that_follows_its_length() -> None:
    chain = [Finding(5 * i, 5 * i + 8, "PERSON", 0.5 + (i * 7919 % 1000) / 2500, "name", "why") for i in range(50_000)]
    began = time.process_time()
    merged = merge(chain)
    assert time.process_time() - began < 10
    assert all(before.end <= after.start for before, after in pairwise(merged))
    assert merged[0].start < 8
    assert merged[-1].end > 249_990


def test_findings_of_one_rank_are_merged_alike_in_any_order() -> None:
    first = Finding(0, 8, "PERSON", 0.7, "known name", "one reason")
    second = Finding(0, 8, "PERSON", 0.7, "name", "another reason")
    assert merge([first, second]) == merge([second, first]) == [first]
