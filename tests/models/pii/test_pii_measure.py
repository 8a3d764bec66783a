"""What counts as found, exact, a false alarm and blocked, and how sure the shares are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.pii.finding import Finding, Scan
from models.pii.measure import MarkedText, Measurement, Place, Rate, Seen, Span, kind_of, seen_in

TEXT = "x" * 100


def measured(marks, findings, *, blocked=True, **options):
    measurement = Measurement(**options)
    spans = tuple(Span(*mark) for mark in marks)
    measurement.add(MarkedText(TEXT, spans), Seen(tuple(Span(*each) for each in findings), blocked))
    return measurement


@pytest.mark.parametrize(
    ("findings", "found"),
    [
        ([(10, 20, "PERSON")], 1),
        ([(10, 15, "PERSON")], 1),
        ([(10, 14, "PERSON")], 0),
        ([(10, 13, "EMAIL"), (18, 20, "PHONE")], 1),
        ([(10, 13, "EMAIL"), (11, 14, "PHONE")], 0),
        ([(0, 50, "ADDRESS")], 1),
        ([(20, 30, "PERSON")], 0),
        ([(0, 10, "PERSON")], 0),
        ([], 0),
    ],
)
def test_a_mark_is_found_when_findings_cover_at_least_half_of_it(findings, found):
    assert measured([(10, 20, "PERSON")], findings).recall() == Rate(found, 1)


def test_any_character_will_do_for_a_detector_that_points_at_parts():
    assert measured([(10, 20, "PASSWORD")], [(19, 25, "SECRET")], least_share=0).recall() == Rate(1, 1)
    assert measured([(10, 20, "PASSWORD")], [(20, 25, "SECRET")], least_share=0).recall() == Rate(0, 1)


@pytest.mark.parametrize(
    ("findings", "exact"),
    [
        ([(10, 20, "PERSON")], 1),
        ([(19, 40, "PERSON")], 1),
        ([(10, 20, "USERNAME")], 0),
        ([(10, 20, "USERNAME"), (11, 12, "PERSON")], 1),
        ([(20, 30, "PERSON")], 0),
    ],
)
def test_a_mark_is_exact_when_a_finding_that_overlaps_it_names_its_entity(findings, exact):
    assert measured([(10, 20, "PERSON")], findings).exactness("PERSON") == Rate(exact, 1)


def test_a_finding_is_a_false_alarm_when_it_touches_no_mark():
    measurement = measured(
        [(10, 20, "PERSON"), (50, 60, "PLACE")], [(19, 30, "PHONE"), (30, 40, "IBAN"), (55, 70, "ADDRESS")]
    )
    assert measurement.alarms == {"IBAN": 1}
    assert measurement.false_alarms == [Place(0, Span(30, 40, "IBAN"))]
    assert measurement.findings.total() == 3


def test_context_counts_neither_as_a_mark_nor_as_a_finding():
    measurement = measured([(10, 20, "ORGANISATION")], [], blocked=False)
    assert measurement.recall() == Rate(0, 0)
    assert measurement.blocked_plain() == Rate(0, 1)
    scan = Scan((Finding(0, 5, "PLACE", 0.9, "r", ""), Finding(6, 9, "PERSON", 0.9, "r", "")))
    assert seen_in(scan) == Seen((Span(6, 9, "PERSON"),), blocked=True)


def test_texts_are_counted_by_whether_they_hold_a_personal_mark():
    measurement = Measurement()
    measurement.add(MarkedText(TEXT, (Span(0, 5, "PERSON"),)), Seen((), blocked=False))
    measurement.add(MarkedText(TEXT, (Span(0, 5, "PERSON"),)), Seen((), blocked=True))
    measurement.add(MarkedText(TEXT), Seen((), blocked=True))
    measurement.add(MarkedText(TEXT), Seen((), blocked=False))
    assert measurement.blocked_personal() == Rate(1, 2)
    assert measurement.blocked_plain() == Rate(1, 2)


def test_a_scan_that_was_not_finished_blocks_and_is_counted():
    measurement = Measurement()
    measurement.look(MarkedText(TEXT), lambda _text: seen_in(Scan((), complete=False, failures=("model",))))
    assert (measurement.incomplete, measurement.blocked_plain()) == (1, Rate(1, 1))


def test_misses_are_kept_as_the_number_of_the_text_and_offsets():
    measurement = Measurement()
    measurement.add(MarkedText(TEXT), Seen((), blocked=False))
    measurement.add(MarkedText(TEXT, (Span(3, 9, "AGE"),)), Seen((), blocked=False))
    assert measurement.misses == [Place(1, Span(3, 9, "AGE"))]


def test_groups_are_rows_of_their_own_and_do_not_add_to_the_whole():
    measurement = Measurement()
    marked = MarkedText(TEXT, (Span(3, 9, "AGE"), Span(20, 30, "IBAN")))
    measurement.add(marked, Seen((Span(3, 9, "AGE"),), blocked=True), groups=("noisy",))
    assert measurement.recall("noisy") == Rate(1, 2)
    assert measurement.recall() == Rate(1, 2)
    assert measurement.kind_recall("contextual") == Rate(1, 1)
    assert measurement.kind_recall("structured") == Rate(0, 1)
    assert set(measurement.entities) == {"AGE", "IBAN"}


@pytest.mark.parametrize(
    ("entity", "kind"),
    [
        ("IBAN", "structured"),
        ("EMAIL", "structured"),
        ("PERSON", "contextual"),
        ("UNION", "contextual"),
        ("API_TOKEN", "secrets"),
        ("SOMETHING_OF_THEIRS", "structured"),
    ],
)
def test_each_entity_has_a_kind(entity, kind):
    assert kind_of(entity) == kind


# Worked out from the formula to four places.
@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (81, 263, 0.2553, 0.3662)],
)
def test_intervals_are_those_of_wilson(hits, total, low, high):
    assert Rate(hits, total).interval == pytest.approx((low, high), abs=5e-4)


def test_a_share_of_nothing_is_a_dash():
    assert str(Rate(0, 0)) == "–"
    assert str(Rate(39, 40)) == "97.5 % [87–100]"


@given(st.integers(0, 500).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_an_interval_holds_its_share_and_stays_inside_nought_and_one(case):
    rate = Rate(*case)
    low, high = rate.interval
    assert 0 <= low <= rate.share + 1e-12
    assert rate.share - 1e-12 <= high <= 1


spans = st.lists(
    st.tuples(st.integers(0, 90), st.integers(1, 10), st.sampled_from(["PERSON", "IBAN"])).map(
        lambda drawn: Span(drawn[0], drawn[0] + drawn[1], drawn[2])
    ),
    max_size=8,
)


@given(spans, spans)
def test_counting_is_that_of_sets_of_characters(marks, findings):
    measurement = measured(marks, findings)
    expected = 0
    for mark in marks:
        hit = {i for f in findings for i in range(max(mark.start, f.start), min(mark.end, f.end))}
        expected += 2 * len(hit) >= mark.end - mark.start
    assert measurement.recall().hits == expected
    marked = {i for mark in marks for i in range(mark.start, mark.end)}
    alarms = sum(not marked & set(range(f.start, f.end)) for f in findings)
    assert measurement.alarms.total() == alarms
