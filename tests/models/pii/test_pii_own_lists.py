"""The person's own lists and policy: what matches, what blocks, and that trouble never opens the gate."""

import threading
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from processor_time import least_seconds

from models.messages import Message
from models.pii.entities import ENTITIES
from models.pii.explain import consequence, explain, summary
from models.pii.finding import Finding, Scan
from models.pii.gate import Blocked, Dismissal, PrivacyGate
from models.pii.own_lists import AllowEntry, DenyListRecognizer, Matcher, OwnLists, tidy
from models.pii.personal import OwnRules, PersonalAnalyzer, joined
from models.pii.policy import DEFAULT_POLICY, SENSITIVITY, Policy, read_policy, sensitivity
from models.pii.registry import pattern_analyzer

IBAN = "DE89 3704 0044 0532 0130 00"
ANALYZER = pattern_analyzer()


def personal(
    deny: tuple[str, ...] = (), allow: tuple[AllowEntry, ...] = (), policy: Policy = DEFAULT_POLICY
) -> PersonalAnalyzer:
    return PersonalAnalyzer(ANALYZER, OwnRules(OwnLists(allow, deny), policy))


class Fixed:
    """Finds what it is told."""

    detectors = ("fixed",)

    def __init__(self, *findings: Finding, complete: bool = True) -> None:
        self.result = Scan(findings, complete=complete)

    def scan(self, text: str, cancel: object = None) -> Scan:
        return self.result


@pytest.mark.parametrize(
    ("entry", "text", "found"),
    [
        ("Blue Falcon", "about blue  FALCON today", ["blue  FALCON"]),
        ("Blue Falcon", "about Blue\nFalcon today", ["Blue\nFalcon"]),
        ("Blue Falcon", "about Blue\r\n\t> Falcon", []),
        ("Falcon", "Falcon's, (falcon) FALCON_budget.xls", ["Falcon", "falcon", "FALCON"]),
        ("Falcon", "falconry and falcons, Falcon2", []),
        ("Falcon, Inc", "Falcon\nInc and falcon inc", ["Falcon\nInc", "falcon inc"]),
        ("A - B", "a -- b", ["a -- b"]),
        ("Project-X", "project - x and Project-X", ["project - x", "Project-X"]),
        ("Müller & Söhne", "MÜLLER & SÖHNE", ["MÜLLER & SÖHNE"]),
        ("Café Noir", unicodedata.normalize("NFD", "café noir"), [unicodedata.normalize("NFD", "café noir")]),
        ("Straße 5", "STRASSE 5", ["STRASSE 5"]),
        ("华为", "我们与华为合作", ["华为"]),
        ("삼성", "삼성은 크다", ["삼성"]),
        ("Falcon", "Fal\u00adcon and Ｆａｌｃｏｎ", ["Fal\u00adcon", "Ｆａｌｃｏｎ"]),
        ("+44 20 7946", "call +44 20 7946 now", ["+44 20 7946"]),
    ],
)
def test_an_entry_is_found_as_whole_words_in_any_case_and_spacing(entry: str, text: str, found: list[str]) -> None:
    findings = PersonalAnalyzer(Fixed(), OwnRules(OwnLists((), (entry,)))).scan(text).findings
    assert [text[finding.start : finding.end] for finding in findings] == found
    assert {finding.entity for finding in findings} <= {"DENY_LISTED"}


@given(
    st.lists(st.sampled_from(["ab", "cd", "ef gh", "x-y", "ab cd"]), max_size=12), st.sampled_from([" ", "\n", "  "])
)
def test_every_entry_that_was_written_is_covered(parts: list[str], between: str) -> None:
    text = between.join(parts)
    covered: set[int] = set()
    for finding in DenyListRecognizer(("ab", "ef gh", "x-y")).find(text):
        covered.update(range(finding.start, finding.end))
    place = 0
    for part in parts:
        if part in ("ab", "ef gh", "x-y"):
            assert set(range(place, place + len(part))) <= covered
        place += len(part) + len(between)


def test_matching_takes_linear_time_on_hostile_lists() -> None:
    matcher = Matcher([" ".join(["ab"] * n) for n in range(1, 60)])

    def seconds(size: int) -> float:
        text = "ab " * size
        assert sum(1 for _ in matcher.spans(text)) == size
        return least_seconds(lambda: list(matcher.spans(text)))

    seconds(1_000)
    assert seconds(20_000) < 12 * max(seconds(4_000), 0.001)


@pytest.mark.parametrize("entry", ["", "  ", "–", "a", "a" * 201])
def test_what_cannot_be_an_entry_is_refused_without_being_quoted(entry: str) -> None:
    with pytest.raises(ValueError, match=r"^an entry has") as caught:
        tidy(entry)
    assert entry == "" or entry not in str(caught.value) or len(entry) < 3


def test_a_listed_word_blocks_in_the_gate_also_across_messages() -> None:
    gate = PrivacyGate(personal(deny=("Blue Falcon",)))
    with pytest.raises(Blocked) as caught:
        gate.clear([Message("user", "It is about Blue"), Message("user", "Falcon, as you know.")])
    assert "entry of your own list" in str(caught.value)


def test_rules_hold_from_the_next_scan_on() -> None:
    analyzer = personal()
    assert analyzer.scan("the falcon papers").verdict == "clear"
    analyzer.set_rules(OwnRules(OwnLists((), ("falcon",))))
    assert analyzer.scan("the falcon papers").verdict == "blocked"
    assert "your own list" in analyzer.detectors


def test_a_listed_word_inside_a_finding_stays_flagged_when_that_is_dismissed() -> None:
    text = "Ask Falcon Smith."
    person = Finding(4, 16, "PERSON", 0.99, "name", "")
    gate = PrivacyGate(PersonalAnalyzer(Fixed(person), OwnRules(OwnLists((), ("Falcon",)))))
    with pytest.raises(Blocked) as caught:
        gate.clear([Message("user", text)], [Dismissal("PERSON", "Falcon Smith", confirmed=True)])
    (finding,) = caught.value.scan.findings
    assert (finding.start, finding.end, finding.entity) == (4, 16, "DENY_LISTED")


def test_context_that_holds_a_listed_word_blocks() -> None:
    organisation = Finding(0, 15, "ORGANISATION", 0.99, "model", "")
    analyzer = PersonalAnalyzer(Fixed(organisation), OwnRules(OwnLists((), ("Falcon",))))
    assert analyzer.scan("Falcon Holdings").verdict == "blocked"


def test_joined_findings_neither_overlap_nor_leave_anything_out() -> None:
    number = Finding(0, 10, "IBAN", 0.99, "IBAN", "")
    listed = Finding(8, 14, "DENY_LISTED", 0.85, "your own list", "")
    other = Finding(20, 25, "EMAIL", 0.85, "e-mail", "")
    both, rest = joined([number, other], [listed])
    assert (both.start, both.end, both.entity, both.needs_confirmation) == (0, 14, "DENY_LISTED", True)
    assert rest == other


@pytest.mark.parametrize(
    ("entry", "text", "verdict"),
    [
        ("info@example.org", "Write to INFO@example.org.", "clear"),
        ("info@example.org", "Write to my.info@example.org.", "blocked"),
        ("info@example.org", "Write to info@example.org.uk.", "blocked"),
        ("info@example.org", "Write to info@example.org or max@example.org.", "blocked"),
        ("14 Harbour Street, Bristol BS1 4RN", "Northwind\n14 Harbour Street\nBristol BS1 4RN\n", "clear"),
    ],
)
def test_an_allowed_text_is_not_flagged_and_nothing_beyond_it_is_let_through(
    entry: str, text: str, verdict: str
) -> None:
    assert personal(allow=(AllowEntry(entry),)).scan(text).verdict == verdict


@pytest.mark.parametrize(("confirmed", "verdict"), [(False, "blocked"), (True, "clear")])
def test_a_proven_number_is_allowed_only_when_that_was_confirmed(confirmed: bool, verdict: str) -> None:
    analyzer = personal(allow=(AllowEntry(IBAN, confirmed),))
    assert analyzer.scan(f"Pay {IBAN} now.").verdict == verdict


def test_what_is_on_both_lists_is_flagged() -> None:
    analyzer = personal(deny=("info@example.org",), allow=(AllowEntry("info@example.org", confirmed=True),))
    assert analyzer.scan("Write to info@example.org.").verdict == "blocked"


def test_trouble_with_the_lists_makes_the_scan_incomplete(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: object, text: str, is_over: object) -> None:
        raise RuntimeError(text)

    analyzer = personal(deny=("falcon",))
    monkeypatch.setattr(DenyListRecognizer, "find", broken)
    scan = analyzer.scan("nothing here")
    assert (scan.complete, scan.verdict, scan.failures) == (False, "blocked", ("your own list",))


def test_a_scan_that_is_stopped_among_the_lists_is_incomplete() -> None:
    cancel = threading.Event()
    cancel.set()
    scan = PersonalAnalyzer(Fixed(), OwnRules(OwnLists((), ("falcon",)))).scan("the falcon", cancel)
    assert (scan.complete, scan.failures) == (False, ("your own list",))


def test_missing_rules_make_every_scan_incomplete() -> None:
    scan = PersonalAnalyzer(ANALYZER, OwnRules(missing=("your own lists",))).scan("The weather is fine.")
    assert (scan.complete, scan.verdict, scan.failures) == (False, "blocked", ("your own lists",))


def test_an_incomplete_scan_stays_incomplete() -> None:
    assert not PersonalAnalyzer(Fixed(complete=False)).scan("x").complete


def test_every_entity_has_a_sensitivity_and_words() -> None:
    assert set(SENSITIVITY) == set(ENTITIES)


@pytest.mark.parametrize("entity", sorted(SENSITIVITY))
def test_everything_but_context_blocks(entity: str) -> None:
    scan = Scan((Finding(0, 1, entity, 0.7, "r", ""),))
    assert scan.verdict == ("clear" if sensitivity(entity) == "context only" else "blocked")


def test_an_unknown_entity_blocks() -> None:
    assert Scan((Finding(0, 1, "NEW_THING", 0.5, "r", ""),)).verdict == "blocked"


def test_context_alone_clears_in_the_gate_and_an_unfinished_scan_of_it_does_not() -> None:
    place = Finding(0, 4, "PLACE", 0.9, "model", "")
    assert PrivacyGate(Fixed(place)).clear([Message("user", "Rome")]).scan.findings == (place,)
    with pytest.raises(Blocked):
        PrivacyGate(Fixed(place, complete=False)).clear([Message("user", "Rome")])


def test_a_policy_may_be_stricter_or_let_contacts_through() -> None:
    policy = read_policy('[blocks]\ncontact = false\n"context only" = true\n')
    assert policy.passes == {"contact"}
    scan = replace(Scan((Finding(0, 1, "PLACE", 0.5, "r", ""), Finding(2, 3, "EMAIL", 0.5, "r", ""))), policy=policy)
    assert [finding.entity for finding in scan.blocking] == ["PLACE"]
    assert personal(policy=policy).scan("Write to info@example.org.").verdict == "clear"


@pytest.mark.parametrize(
    "content",
    ["", "[blocks", "blocks = 1", "[blocks]\nsecret = false", "[blocks]\nidentifier = false", "[blocks]\nnames = true",
     '[blocks]\ncontact = "no"', "[blocks]\ncontact = 0", "[blocks]\n[other]"],
)  # fmt: skip
def test_a_policy_that_is_not_understood_is_refused(content: str) -> None:
    with pytest.raises(ValueError):
        read_policy(content)


@pytest.mark.parametrize(
    ("entity", "score", "needed"),
    [
        ("IBAN", 0.97, True), ("NATIONAL_ID", 0.95, True), ("ID_NUMBER", 0.65, False), ("PASSPORT", 0.87, False),
        ("API_TOKEN", 0.85, True), ("PASSWORD", 0.67, False), ("PERSON", 0.99, False), ("EMAIL", 0.99, False),
        ("DENY_LISTED", 0.85, False),
    ],
)  # fmt: skip
def test_a_second_word_is_needed_for_secrets_by_format_and_numbers_by_checksum(
    entity: str, score: float, needed: bool
) -> None:
    assert Finding(0, 1, entity, score, "r", "").needs_confirmation is needed


@pytest.mark.parametrize("secret", [IBAN, "AKIAQ3EGR7WZ5X4TBNMD"])
def test_the_gate_itself_asks_for_the_second_word(secret: str) -> None:
    gate = PrivacyGate(ANALYZER)
    message = [Message("user", f"Use {secret} for it.")]
    with pytest.raises(Blocked) as caught:
        gate.clear(message)
    dismissals = [Dismissal(each.entity, secret) for each in caught.value.scan.findings]
    with pytest.raises(Blocked):
        gate.clear(message, dismissals)
    gate.clear(message, [replace(each, confirmed=True) for each in dismissals])


@pytest.mark.parametrize(
    ("finding", "sentence"),
    [
        (
            Finding(0, 1, "IBAN", 0.97, "IBAN", "The check digits (mod 97) are right."),
            "Found by “IBAN” with a score of 0.97: the check digits (mod 97) are right.",
        ),
        (
            Finding(0, 1, "PHONE", 0.85, "phone", "ITU says so."),
            "Found by “phone” with a score of 0.85: ITU says so.",
        ),
        (
            Finding(0, 1, "PERSON", 0.84, "name", "A title stands before it. The model reads a name too (score 0.99)."),
            "Found by “name” with a score of 0.84: a title stands before it; the model reads a name too (score 0.99).",
        ),
        (Finding(0, 1, "PERSON", 0.7, "model", ""), "Found by “model” with a score of 0.70."),
    ],
)
def test_a_finding_is_explained_in_one_sentence(finding: Finding, sentence: str) -> None:
    assert explain(finding) == sentence
    assert sentence in summary(finding)


def test_the_consequence_follows_the_policy() -> None:
    place = Finding(0, 1, "PLACE", 0.7, "model", "")
    assert "does not keep" in consequence(place)
    assert consequence(place, Policy(frozenset())) == "It keeps the text on this device."
