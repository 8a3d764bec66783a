"""An answer's placeholders come back however a model wrote them, whole or in pieces, and what did not is reported."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.pii.analyzer import Analyzer
from models.pii.entities import ENTITIES
from models.pii.finding import Finding, Scan
from models.pii.redactor import Redaction, ScanIncomplete, redact
from models.pii.registry import default_recognizers


def at(start: int, end: int, entity: str = "PERSON", score: float = 0.9) -> Finding:
    return Finding(start, end, entity, score, "test", "Because.")


def redacted(text: str, *values: tuple[str, str]) -> Redaction:
    """``text`` with each (value, entity) found wherever it stands."""
    findings = []
    for value, entity in values:
        start = text.find(value)
        while start >= 0:
            findings.append(at(start, start + len(value), entity))
            start = text.find(value, start + len(value))
    return redact(text, findings)


JANE = redacted("Jane met Bob, card 4111", ("Jane", "PERSON"), ("Bob", "PERSON"), ("4111", "PAYMENT_CARD"))


@pytest.mark.parametrize(
    ("answer", "restored"),
    [
        ("[PERSON_02] wrote", "Bob wrote"),
        ("[person_02] wrote", "Bob wrote"),
        ("[Person_02] wrote", "Bob wrote"),
        ("[PERSON 02] wrote", "Bob wrote"),
        ("[PERSON 2] wrote", "Bob wrote"),
        ("[PERSON-02] wrote", "Bob wrote"),
        ("[ PERSON_02 ] wrote", "Bob wrote"),
        ("PERSON_02 wrote", "Bob wrote"),
        ("Person 02 wrote", "Bob wrote"),
        ("PERSON_2 wrote", "Bob wrote"),
        ("[[PERSON_02]] wrote", "Bob wrote"),
        (r"\[PERSON_02\] wrote", "Bob wrote"),
        (r"\[PERSON\_02\] wrote", "Bob wrote"),
        (r"PERSON\_02 wrote", "Bob wrote"),
        ("{PERSON_02} wrote", "Bob wrote"),
        ("<PERSON_02> wrote", "Bob wrote"),
        ("{{PERSON_02}} wrote", "Bob wrote"),
        ("(PERSON_02) wrote", "Bob wrote"),
        ("**[PERSON_02]** wrote", "**Bob** wrote"),
        ("**PERSON_02** wrote", "**Bob** wrote"),
        ("_PERSON_02_ wrote", "_Bob_ wrote"),
        ("`[PERSON_02]` wrote", "`Bob` wrote"),
        ('"PERSON_02" wrote', '"Bob" wrote'),
        ("[PERSON_02]'s letter", "Bob's letter"),
        ("[PERSON_02]’s letter", "Bob’s letter"),
        ("the [PERSON_02]s", "the Bobs"),
        ("the PERSON_02s", "the Bobs"),
        ("[PERSON_\n02] wrote", "Bob wrote"),
        ("[PERSON\n_02] wrote", "Bob wrote"),
        ("> [PERSON\n> 02] wrote", "> Bob wrote"),
        ("[PAYMENT\nCARD 01]", "4111"),
        ("Payment card 01", "4111"),
        ("[payment card 1]", "4111"),
        ("[PERSON_02](mailto:x)", "Bob(mailto:x)"),
        ("[PERSON_02, PERSON_01]", "[Bob, Jane]"),
        ("[see PERSON_02]", "[see Bob]"),
        ("([PERSON_02])", "(Bob)"),
        ("[PERSON_02][PERSON_01]", "BobJane"),
    ],
)
def test_a_placeholder_comes_back_however_it_is_written(answer: str, restored: str) -> None:
    result = JANE.restoration(answer)
    if answer == "([PERSON_02])":
        assert result.text in ("(Bob)", "Bob")
    else:
        assert result.text == restored
    assert result.unknown == ()


@pytest.mark.parametrize(
    "answer",
    [
        "person 1 of 2", "Person 2 said", "salesperson_02", "PERSON_021", "MY_PERSON_02", "[PERSON_02x]", "PERSON_",
        "[02]", "in person 2 times", "(person 2)", "PERSON", "person_02nd", "CARD_01", "persons 02",
    ],
)  # fmt: skip
def test_what_is_no_placeholder_is_left(answer: str) -> None:
    assert JANE.restore(answer) == answer


def test_what_could_not_be_restored_is_reported() -> None:
    result = JANE.restoration("[PERSON_01], [PERSON_07], [EMAIL_01] and [person_01]")
    assert result.text == "Jane, [PERSON_07], [EMAIL_01] and Jane"
    assert result.restored == 2
    assert result.unknown == ("[PERSON_07]", "[EMAIL_01]")
    assert result.unused == ("[PERSON_02]", "[PAYMENT_CARD_01]")


def test_what_the_document_itself_holds_counts_as_unknown_to_no_one_and_stays() -> None:
    redaction = redacted("[PERSON_01] is a template; Jane", ("Jane", "PERSON"))
    assert redaction.text == "[PERSON_01] is a template; [PERSON_02]"
    assert redaction.restore(redaction.text) == "[PERSON_01] is a template; Jane"


def test_the_result_does_not_show_the_answer_in_a_log() -> None:
    assert "Jane" not in repr(JANE.restoration("[PERSON_01]"))


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("«PERSON Jane Doe»; «PERSON JANE DOE»", "[PERSON_01]; [PERSON_01]"),
        ("«PERSON Jane Doe»; «PERSON Jane\nDoe»", "[PERSON_01]; [PERSON_01]"),
        ("«PERSON Jane Doe»; «PERSON Jane Doe's»", "[PERSON_01]; [PERSON_01]'s"),
        ("«PERSON Jane Doe»; «PERSON Ms Doe»", "[PERSON_01]; [PERSON_01]"),
        ("«PERSON Doe»; «PERSON Jane Doe»; «PERSON J. Doe»", "[PERSON_01]; [PERSON_01]; [PERSON_01]"),
        ("«PERSON Jane Doe»; «PERSON John Doe»; «PERSON Doe»", "[PERSON_01]; [PERSON_02]; [PERSON_03]"),
        ("«EMAIL A@x.org»; «EMAIL a@x.org»", "[EMAIL_01]; [EMAIL_01]"),
        ("«PHONE 41-11 1»; «PHONE 4111-1»", "[PHONE_01]; [PHONE_01]"),
        ("«PASSWORD hunter2»; «PASSWORD Hunter2»", "[PASSWORD_01]; [PASSWORD_02]"),
        ("«EMAIL x»; «USERNAME x»", "[EMAIL_01]; [EMAIL_01]"),
    ],
)
def test_one_value_has_one_placeholder(marked: str, expected: str) -> None:
    text, findings = "", []
    for part in re.split(r"(«.*?»)", marked, flags=re.DOTALL):
        if part.startswith("«"):
            entity, _, part = part[1:-1].partition(" ")
            findings.append(at(len(text), len(text) + len(part), entity))
        text += part
    redaction = redact(text, findings)
    assert redaction.text == expected
    assert redaction.restore(redaction.text) == text


def test_a_part_of_a_name_stands_for_the_full_name_once_the_order_is_another() -> None:
    redaction = redact("Ms Doe wrote. Jane Doe paid. Bob saw.", [at(0, 6), at(14, 22), at(29, 32)])
    assert redaction.restore("[PERSON_02] saw [PERSON_01].") == "Bob saw Jane Doe."


@pytest.mark.parametrize("count", [9, 99, 100, 1000])
def test_no_placeholder_begins_another_with_any_number_of_values(count: int) -> None:
    words = [f"n{number}x" for number in range(count)]
    text = " ".join(words)
    redaction = redacted(text, *((word, "PERSON") for word in words[:100]))
    names = sorted(name.strip("[]") for name in redaction.vault)
    assert not any(after.startswith(before) for before, after in pairwise(names))


def test_an_incomplete_scan_is_refused() -> None:
    with pytest.raises(ScanIncomplete):
        redact("Jane", Scan((at(0, 4),), complete=False, failures=("person",)))


def test_a_scan_is_redacted_like_its_findings() -> None:
    assert redact("Jane", Scan((at(0, 4),))).text == "[PERSON_01]"


def test_what_is_still_found_is_reported_and_placeholders_are_not() -> None:
    redaction = redact("Jane Doe", [at(0, 4)])
    still = redaction.remaining(lambda text: Scan((at(0, 15), at(0, 11), at(1, 7))))
    assert [(finding.start, finding.end) for finding in still.findings] == [(0, 15)]
    assert not redaction.remaining(lambda text: Scan((), complete=False)).complete


PIECES = st.lists(
    st.sampled_from(
        ["Jane", "Bob", "Jane Doe", "[PERSON_01]", "[PERSON_0", "1]", "[", "]", "[[", "]]", "\\", "\\[", "_01]",
         "PERSON", "_1", " 01", "(", ")", "{", "s", "'s", "PERSON_01", "person 02", "PERSON_02", "x", " ", "é😀",
         "\n", "[EMAIL_01]",
         "\u200b", "ſ", "_", "**"]
    ),
    max_size=25,
)  # fmt: skip
SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 12), st.sampled_from(["PERSON", "EMAIL", "ID"])), max_size=8
)


def from_parts(pieces: list[str], spans: list[tuple[int, int, str]]) -> tuple[str, Redaction]:
    text = "".join(pieces)
    found = [at(start, start + length, entity) for start, length, entity in spans if start + length <= len(text)]
    return text, redact(text, found)


@settings(deadline=None)
@given(PIECES, SPANS)
def test_redaction_and_restoration_are_inverse_for_hostile_texts(
    pieces: list[str], spans: list[tuple[int, int, str]]
) -> None:
    text, redaction = from_parts(pieces, spans)
    assert redaction.restore(redaction.text) == text


@settings(deadline=None)
@given(st.text(max_size=60), SPANS)
def test_redaction_and_restoration_are_inverse_for_any_text(text: str, spans: list[tuple[int, int, str]]) -> None:
    _, redaction = from_parts([text], spans)
    assert redaction.restore(redaction.text) == text


@settings(deadline=None)
@given(PIECES, SPANS, PIECES, st.lists(st.integers(0, 80), max_size=12))
def test_an_answer_in_pieces_is_restored_like_the_whole(
    pieces: list[str], spans: list[tuple[int, int, str]], answer: list[str], cuts: list[int]
) -> None:
    _, redaction = from_parts(pieces, spans)
    whole = "".join(answer) + redaction.text + "".join(answer)
    stream = redaction.stream()
    given_out, position = "", 0
    for cut in [*sorted(cuts), len(whole)]:
        given_out += stream.feed(whole[position:cut])
        position = max(position, cut)
    given_out += stream.finish()
    assert given_out == redaction.restore(whole)
    assert stream.result(given_out) == redaction.restoration(whole)


@pytest.mark.parametrize(
    "answer", ["Dear [PERSON_01], hello", "Dear **PERSON_01**, hello", r"Dear \[PERSON\_01\], hello"]
)
def test_no_half_placeholder_is_ever_given_out(answer: str) -> None:
    stream = JANE.stream()
    shown = ""
    for char in answer:
        shown += stream.feed(char)
        assert "PERS" not in shown
        assert "[" not in shown
    assert shown + stream.finish() == answer.replace(r"\[PERSON\_01\]", "Jane").replace("[PERSON_01]", "Jane").replace(
        "PERSON_01", "Jane"
    )


def test_ordinary_words_are_given_out_at_once() -> None:
    stream = JANE.stream()
    assert stream.feed("The quick brown fox. ") == "The quick brown fox. "


def test_findings_of_one_entity_that_touch_are_one_value() -> None:
    assert redact("Janebob", [at(0, 4), at(4, 7)]).text == "[PERSON_01]"
    assert redact("Janebob", [at(0, 4), at(4, 7, "EMAIL")]).text == "[PERSON_01][EMAIL_01]"


@pytest.mark.parametrize(
    "carrier",
    [
        "Please note {} for later.", "password: {}", "my name is {}, born {}", "{}: {}", "Authorization: Bearer {}",
        "phone {} card {}", "Dear {},\n{}\n{}", "| {} | {} |", "lives at {}", "account {} IBAN {}", "passport no. {}",
        "https://user:{}@host.example/", "user {} @{}", "VIN {} IMEI {} MRN {}", "key = {}", "Patient: {}\nAddress: {}",
    ],
)  # fmt: skip
def test_no_placeholder_is_taken_for_a_value(carrier: str) -> None:
    analyzer = Analyzer(default_recognizers(), timeout_s=60)
    for entity in ENTITIES:
        assert analyzer.scan(carrier.replace("{}", f"[{entity}_01]")).findings == (), entity
