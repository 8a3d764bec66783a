"""Every value points at its place in the text, or at none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.skills.grounding import ground_values


@pytest.mark.parametrize(
    ("values", "document", "spans"),
    [
        (["Paris"], "In Paris.", [(3, 8)]),
        (["paris"], "In PARIS.", [(3, 8)]),
        (["a  b"], "x a\n\tb y", [(2, 6)]),
        (["Paris", "Paris"], "Paris, Paris", [(0, 5), (7, 12)]),
        (["Paris", "paris"], "Paris, Paris", [(0, 5), (7, 12)]),
        (["Paris", "Paris"], "Paris", [(0, 5), (0, 5)]),
        (["paris"], "PARIS or paris", [(9, 14)]),
        (["Rome"], "Paris", [None]),
        ([""], "Paris", [None]),
        (["  "], "a  b", [None]),
        ([" Paris "], "In Paris.", [(3, 8)]),
        (["5"], "15 and 52", [None]),
        (["5"], "15 and 5", [(7, 8)]),
        (["art"], "party", [None]),
        (["art"], "Art.", [(0, 3)]),
        (["京"], "東京都", [(1, 2)]),
        (["STRASSE"], "die Straße", [(4, 10)]),
        (["stras"], "straß", [None]),
        (["s"], "ß", [None]),
        (["it's"], "it’s", [(0, 4)]),
        (["1-2"], "pages 1–2", [(6, 9)]),
        (["né"], "🙂 né", [(2, 4)]),
        (["İ"], "x İ", [(2, 3)]),
        (["$5"], "costs $5.", [(6, 8)]),
    ],
)
def test_values_are_placed(values: list[str], document: str, spans: list[tuple[int, int] | None]) -> None:
    assert list(ground_values(values, document)) == spans


@given(st.text(max_size=30), st.text(min_size=1, max_size=10), st.text(max_size=30))
def test_a_value_set_apart_in_the_text_is_found_there(before: str, value: str, after: str) -> None:
    document = f"{before} | {value} | {after}"
    (span,) = ground_values([value], document)
    if value.strip():
        assert span is not None
        assert document[slice(*span)] == value.strip()
    else:
        assert span is None


@given(st.text(alphabet="aAß1 \n'’", max_size=30), st.lists(st.text(alphabet="aAsß1 '", max_size=4), max_size=5))
def test_a_span_holds_its_value(document: str, values: list[str]) -> None:
    for value, span in zip(values, ground_values(values, document), strict=True):
        if span is not None:
            found = document[slice(*span)].replace("’", "'")
            assert " ".join(found.casefold().split()) == " ".join(value.casefold().split())


@given(st.integers(1, 6), st.integers(1, 6))
def test_equal_values_take_one_occurrence_after_the_other(values: int, occurrences: int) -> None:
    spans = ground_values(["ab"] * values, "ab " * occurrences)
    assert [span[0] // 3 if span else None for span in spans] == [min(k, occurrences - 1) for k in range(values)]
