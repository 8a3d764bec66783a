"""Lines of marked text, in our form and in those of others."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.pii.marked_text import USUAL_NAMES, as_line, entity_named, parse_line
from models.pii.measure import MarkedText, Span
from models.pii.policy import SENSITIVITY

TEXT = "Dear Ana, born 1 May 1990."
ANA = MarkedText(TEXT, (Span(5, 8, "PERSON"),))


@pytest.mark.parametrize(
    "value",
    [
        {"text": TEXT, "spans": [{"start": 5, "end": 8, "entity": "PERSON"}]},
        {"text": TEXT, "spans": [[5, 8, "NAME"]]},
        {"text": TEXT, "spans": [{"start": 5, "end": 8, "label": "GIVENNAME"}]},
        {"text": TEXT, "spans": [{"start": 5, "end": 8, "type": "person"}]},
        {"full_text": TEXT, "spans": [{"start_position": 5, "end_position": 8, "entity_type": "PERSON"}]},
        {"source_text": TEXT, "privacy_mask": [{"start": 5, "end": 8, "label": "FIRSTNAME", "value": "Ana"}]},
        {"text": TEXT, "label": [[5, 8, "B-PER"]]},
        {"text": TEXT, "entities": [[5, 8, "PER"], [5, 8, "PERSON"]]},
    ],
)
def test_the_usual_forms_are_read(value):
    assert parse_line(json.dumps(value).encode()) == ANA


@pytest.mark.parametrize("value", [{"text": TEXT}, {"text": TEXT, "spans": []}, {"text": TEXT, "spans": None}])
def test_a_text_without_marks_is_plain(value):
    assert parse_line(json.dumps(value).encode()) == MarkedText(TEXT)


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("EMAIL_ADDRESS", "EMAIL"),
        ("PHONE_NUMBER", "PHONE"),
        ("CREDIT_CARD", "PAYMENT_CARD"),
        ("US_SSN", "US_SSN"),
        ("IBAN_CODE", "IBAN"),
        ("STREET_ADDRESS", "ADDRESS"),
        ("date of birth", "DATE_OF_BIRTH"),
        ("ip-address", "IP_ADDRESS"),
        ("ORGANIZATION", "ORGANISATION"),
        ("FAVOURITE_COLOUR", "FAVOURITE_COLOUR"),
    ],
)
def test_usual_names_become_ours_and_others_stay(name, ours):
    assert entity_named(name) == ours


def test_a_location_is_a_place_in_the_forms_of_others_and_an_exact_spot_in_ours():
    assert entity_named("LOCATION", "entity_type") == "PLACE"
    assert entity_named("LOCATION", "entity") == "LOCATION"


def test_every_name_is_mapped_once_and_to_an_entity_of_ours():
    names = [name for group in USUAL_NAMES.values() for name in group.split()]
    assert len(names) == len(set(names))
    assert set(USUAL_NAMES) <= set(SENSITIVITY)
    assert not set(names) & set(SENSITIVITY)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"\xff{}", "not UTF-8"),
        (b"{", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'["text"]', "not a JSON object"),
        (b'{"words": "a"}', 'no "text"'),
        (b'{"text": 3}', 'no "text"'),
        (b'{"text": "abc", "spans": {"start": 1}}', "not a list"),
        (b'{"text": "abc", "spans": [7]}', "span 1 is neither"),
        (b'{"text": "abc", "spans": [[0, 1]]}', "span 1 is neither"),
        (b'{"text": "abc", "spans": [[0, 1, "AGE"], [0, "1", "AGE"]]}', "span 2 has no start"),
        (b'{"text": "abc", "spans": [[true, 2, "AGE"]]}', "span 1 has no start"),
        (b'{"text": "abc", "spans": [[0, 4, "AGE"]]}', "inside the text"),
        (b'{"text": "abc", "spans": [[-1, 2, "AGE"]]}', "inside the text"),
        (b'{"text": "abc", "spans": [[2, 2, "AGE"]]}', "inside the text"),
        (b'{"text": "abc", "spans": [{"start": 0, "end": 2}]}', "does not say what"),
        (b'{"text": "abc", "spans": [[0, 2, " "]]}', "does not say what"),
    ],
)
def test_a_bad_line_is_refused_with_the_reason(line, why):
    with pytest.raises(ValueError, match=why):
        parse_line(line)


@given(st.text(min_size=1), st.data())
def test_what_is_written_is_read_back(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    marked = MarkedText(text, (Span(start, end, "PERSON"),))
    assert parse_line(as_line(marked).encode()) == marked
