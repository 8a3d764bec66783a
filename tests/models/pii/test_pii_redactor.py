"""Redaction: nothing found is left standing, and what was replaced comes back exactly."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.pii.finding import Finding
from models.pii.redactor import redact
from models.pii.registry import pattern_analyzer

ANALYZER = pattern_analyzer()


def at(start: int, end: int, entity: str = "PERSON", score: float = 0.9) -> Finding:
    return Finding(start, end, entity, score, "test", "Because.")


def test_findings_become_numbered_placeholders() -> None:
    text = "Jane met Bob; Jane left. jane@x.org"
    redaction = redact(text, [at(0, 4), at(9, 12), at(14, 18), at(25, 35, "EMAIL")])
    assert redaction.text == "[PERSON_01] met [PERSON_02]; [PERSON_01] left. [EMAIL_01]"
    assert dict(redaction.vault) == {"[PERSON_01]": "Jane", "[PERSON_02]": "Bob", "[EMAIL_01]": "jane@x.org"}


def test_placeholders_come_back_in_an_answer_in_another_order() -> None:
    redaction = redact("Jane met Bob", [at(0, 4), at(9, 12)])
    assert redaction.restore("Dear [PERSON_02], [PERSON_01] and [PERSON_02]") == "Dear Bob, Jane and Bob"


def test_a_placeholder_that_the_text_already_holds_is_passed_over() -> None:
    text = "[PERSON_01] and [person_02] met Jane"
    redaction = redact(text, [at(32, 36)])
    assert redaction.text == "[PERSON_01] and [person_02] met [PERSON_03]"
    assert redaction.restore(redaction.text) == text


def test_no_placeholder_is_part_of_another_when_there_are_many() -> None:
    text = " ".join(f"n{number}" for number in range(250))
    findings, start = [], 0
    for word in text.split():
        findings.append(at(start, start + len(word)))
        start += len(word) + 1
    placeholders = list(redact(text, findings).vault)
    assert len(placeholders) == 250
    assert len({len(placeholder) for placeholder in placeholders}) == 1


def test_a_restored_value_that_looks_like_a_placeholder_is_not_read_again() -> None:
    text = "[PERSON_02] Bob"
    redaction = redact(text, [at(0, 11), at(12, 15)])
    assert redaction.restore(redaction.text) == text


def test_overlapping_findings_are_replaced_as_one_under_the_stronger_entity() -> None:
    redaction = redact("0123456789", [at(2, 6, "PHONE", 0.5), at(4, 8, "IBAN", 0.9)])
    assert redaction.text == "01[IBAN_01]89"


def test_the_originals_do_not_show_in_a_log() -> None:
    assert "Jane" not in repr(redact("Jane", [at(0, 4)]))


@pytest.mark.parametrize("finding", [at(-1, 2), at(3, 9), at(2, 2)])
def test_a_finding_outside_the_text_is_an_error(finding: Finding) -> None:
    with pytest.raises(ValueError):
        redact("Jane", [finding])


PIECES = st.lists(
    st.sampled_from(
        ["Jane", "Bob", "[PERSON_01]", "[PERSON_0", "1]", "[", "]", "_01]", "PERSON", " ", "é😀", "\n", "[EMAIL_01]"]
    ),
    max_size=30,
)


@settings(deadline=None)
@given(
    PIECES,
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 12), st.sampled_from(["PERSON", "EMAIL"])), max_size=8),
)
def test_redaction_and_restoration_are_inverse(pieces: list[str], spans: list[tuple[int, int, str]]) -> None:
    text = "".join(pieces)
    findings = [at(start, start + length, entity) for start, length, entity in spans if start + length <= len(text)]
    redaction = redact(text, findings)
    assert redaction.restore(redaction.text) == text


@settings(deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_what_the_analyzer_finds_is_gone_after_redaction(before: str, after: str) -> None:
    text = f"{before} jane.doe@example.org {after} 4111 1111 1111 1111"
    redaction = redact(text, ANALYZER.scan(text).findings)
    assert "jane.doe@example.org" not in redaction.text
    assert redaction.restore(redaction.text) == text
