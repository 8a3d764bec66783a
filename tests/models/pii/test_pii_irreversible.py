"""Masks, more general values and removal: nothing of the value is left but what the style says."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.pii.finding import Finding, Scan
from models.pii.irreversible import Style, obscure
from models.pii.redactor import ScanIncomplete


def found(text: str, value: str, entity: str) -> list[Finding]:
    start = text.index(value)
    return [Finding(start, start + len(value), entity, 0.9, "test", "Because.")]


@pytest.mark.parametrize(
    ("entity", "value", "general"),
    [
        ("DATE_OF_BIRTH", "3 April 1985", "1985"),
        ("DATE_OF_BIRTH", "1985-04-03", "1985"),
        ("DATE_OF_BIRTH", "03/04/85", "[date of birth]"),
        ("AGE", "47", "40–49"),
        ("AGE", "47-year-old", "40–49"),
        ("AGE", "aged 93", "90 or over"),
        ("AGE", "8", "0–9"),
        ("AGE", "8 months", "[person's age]"),
        ("ADDRESS", "742 Evergreen Terrace, Springfield, IL 62704", "Springfield"),
        ("ADDRESS", "Hauptstr. 5, 10115 Berlin", "Berlin"),
        ("ADDRESS", "10 Downing Street\nLondon SW1A 2AA", "London"),
        ("ADDRESS", "12 rue de la Paix, 75002 Saint-Denis", "Saint-Denis"),
        ("ADDRESS", "the old mill", "[postal address]"),
        ("ADDRESS", "PO Box 12", "[postal address]"),
        ("IP_ADDRESS", "203.0.113.42", "203.0.113.x"),
        ("IP_ADDRESS", "2001:db8:85a3::8a2e:370:7334", "2001:db8:85a3:…"),
        ("IP_ADDRESS", "999.1", "[IP address]"),
        ("EMAIL", "jane@doe.example", "[e-mail address]"),
        ("PAYMENT_CARD", "4111 1111 1111 1111", "[payment card number]"),
    ],
)
def test_a_value_is_made_as_general_as_its_entity_allows(entity: str, value: str, general: str) -> None:
    text = f"before {value} after"
    assert obscure(text, found(text, value, entity), Style.GENERALISE).text == f"before {general} after"


def test_a_mask_does_not_tell_the_length() -> None:
    for value in ("Jo", "Maximiliane"):
        text = f"{value} paid"
        assert obscure(text, found(text, value, "PERSON"), Style.MASK).text == "•••• paid"


@pytest.mark.parametrize(("keep", "masked"), [(False, "card ••••"), (True, "card ••••1111")])
def test_the_last_digits_of_a_card_stay_only_when_asked(keep: bool, masked: str) -> None:
    text = "card 4111 1111 1111 1111"
    assert obscure(text, found(text, text[5:], "PAYMENT_CARD"), Style.MASK, keep_card_digits=keep).text == masked


def test_a_value_taken_out_takes_a_space_with_it() -> None:
    text = "call Jane today"
    assert obscure(text, found(text, "Jane", "PERSON"), Style.REMOVE).text == "call today"


def test_an_incomplete_scan_is_refused() -> None:
    with pytest.raises(ScanIncomplete):
        obscure("Jane", Scan((), complete=False), Style.MASK)


def test_what_is_still_found_beside_it_is_reported() -> None:
    text = "Jane Doe"
    masked = obscure(text, found(text, "Jane", "PERSON"), Style.MASK)
    still = masked.remaining(lambda text: Scan((*found(text, "•••• Doe", "PERSON"), *found(text, "••••", "PASSWORD"))))
    assert [finding.entity for finding in still.findings] == ["PERSON"]


@settings(deadline=None)
@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.integers(0, 50), st.integers(1, 12)), max_size=6),
    st.sampled_from(Style),
    st.sampled_from(["PERSON", "ADDRESS", "AGE", "IP_ADDRESS", "DATE_OF_BIRTH", "API_TOKEN"]),
)
def test_any_text_and_findings_can_be_obscured(
    text: str, spans: list[tuple[int, int]], style: Style, entity: str
) -> None:
    findings = [Finding(a, a + n, entity, 0.9, "test", "Because.") for a, n in spans if a + n <= len(text)]
    obscured = obscure(text, findings, style)
    assert all(0 <= start <= end <= len(obscured.text) for start, end in obscured.spans)
