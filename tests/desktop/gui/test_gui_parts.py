"""The parts that need no window."""

import os
import signal
import threading
from collections.abc import Iterator

import pytest
from contrast import contrast
from hypothesis import given
from hypothesis import strategies as st

from desktop.gui.job import Job, coalesce
from desktop.gui.offsets import FOLDED_LINE, LONGEST_LINE, Span, Spans, fold, offset_map, unfold
from desktop.gui.theme import DARK, LIGHT, Colors
from desktop.gui.unix_signals import UnixSignals
from desktop.gui.wording import count, duration, masked, money, score_band, size, verdict, where_line
from models.engines.base import Chunk, Progress
from models.errors import EngineError

TEXTS = st.text(alphabet=st.sampled_from("ab \n😀𝔘é漢"), max_size=40)


@given(TEXTS)
def test_offsets_count_utf16_units_as_qt_does(text):
    offsets = offset_map(text)
    for offset in range(len(text) + 1):
        position = len(text[:offset].encode("utf-16-le")) // 2
        assert offsets.to_qt(offset) == position


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 9), st.integers(0, 9)), max_size=8), st.integers(0, 70))
def test_marks_stay_on_their_letters_through_any_edits(edits, first):
    letters = [chr(0x4E00 + number) for number in range(60)]  # every letter once, so that it can be found again
    spans = Spans(Span(start, start + 3, start) for start in range(0, 60, 5))
    words = {start: "".join(letters[start : start + 3]) for start in range(0, 60, 5)}
    text = "".join(letters)
    for position, removed, added in edits:
        position = min(position, len(text))
        removed = min(removed, len(text) - position)
        text = text[:position] + "x" * added + text[position + removed :]
        spans.edit(position, removed, added)
    marked = {span.index: text[span.start : span.end] for span in spans}
    assert marked == {start: word for start, word in words.items() if word in text}
    assert [span.start for span in spans] == sorted(span.start for span in spans)
    seen = list(spans.between(first, first + 10))
    assert seen == [span for span in spans if span.end > first and span.start <= first + 10]


def test_a_span_that_was_edited_is_no_longer_marked():
    spans = Spans([Span(2, 8, 0)])
    spans.edit(4, 1, 0)
    assert list(spans) == []


@pytest.mark.parametrize("unit", ["word ", "x", "😀 ab", "שלום "])
def test_a_line_that_is_too_long_is_folded_and_nothing_of_it_is_lost(unit):
    text = f"first\n{unit * (3 * LONGEST_LINE // len(unit))}\n\nlast"
    shown = fold(text)
    assert unfold(shown) == text
    assert max(map(len, shown.split("\n"))) <= FOLDED_LINE + 1
    offsets = offset_map(shown)
    for offset in (0, 6, FOLDED_LINE, 2 * FOLDED_LINE + 7, len(text) - 4, len(text) - 1):
        position = offsets.to_qt(offset)
        assert shown.encode("utf-16-le")[2 * position :].decode("utf-16-le", "ignore")[0] == text[offset]


def test_lines_of_an_ordinary_length_are_left_alone():
    text = "a" * LONGEST_LINE + "\n" + "b"
    assert fold(text) == text


def test_neighbouring_chunks_are_joined_and_the_last_progress_of_a_stage_is_kept():
    events = [Progress("read", "a", 1, 9), Progress("read", "b", 2, 9), Chunk("x"), Chunk("y"), "other", Chunk("z")]
    assert list(coalesce(events)) == [Progress("read", "b", 2, 9), Chunk("xy"), "other", Chunk("z")]


def collect(qtbot, work) -> tuple[list[object], list[str], list[object]]:
    """Events, the order of the ending signals, and errors of a job."""
    job = Job(work)
    events: list[object] = []
    signals: list[str] = []
    errors: list[object] = []
    job.arrived.connect(events.append)
    job.failed.connect(lambda error: (signals.append("failed"), errors.append(error)))
    job.crashed.connect(lambda error: (signals.append("crashed"), errors.append(error)))
    job.cancelled.connect(lambda: signals.append("cancelled"))
    job.finished.connect(lambda: signals.append("finished"))
    with qtbot.waitSignal(job.finished):
        job.start()
        job.stop() if getattr(work, "stops", False) else None
    assert job.wait(1000)
    return events, signals, errors


def test_a_job_delivers_every_chunk_in_order_and_then_finishes(qtbot):
    def work(_cancel: threading.Event) -> Iterator[Chunk]:
        for number in range(500):
            yield Chunk(f"{number},")

    events, signals, _ = collect(qtbot, work)
    assert "".join(event.text for event in events) == "".join(f"{number}," for number in range(500))
    assert len(events) < 500
    assert signals == ["finished"]


def test_a_strongroom_error_is_a_failure_and_what_came_before_is_kept(qtbot):
    error = EngineError("Title", "Message")

    def work(_cancel: threading.Event) -> Iterator[Chunk]:
        yield Chunk("kept")
        raise error

    events, signals, errors = collect(qtbot, work)
    assert events == [Chunk("kept")]
    assert signals == ["failed", "finished"]
    assert errors == [error]


def test_any_other_exception_is_a_crash(qtbot):
    def work(_cancel: threading.Event) -> Iterator[Chunk]:
        raise KeyError("bug")
        yield

    _, signals, errors = collect(qtbot, work)
    assert signals == ["crashed", "finished"]
    assert isinstance(errors[0], KeyError)


def test_stop_sets_the_event_and_says_cancelled(qtbot):
    def work(cancel: threading.Event) -> Iterator[Chunk]:
        assert cancel.wait(10)
        yield Chunk("last words")

    work.stops = True
    events, signals, _ = collect(qtbot, work)
    assert events == [Chunk("last words")]
    assert signals == ["cancelled", "finished"]


PAIRS = [
    *[("text", ground) for ground in ("window", "surface", "sunken", "accent_soft", "mark")],
    *[("muted", ground) for ground in ("window", "surface", "sunken")],
    ("accent", "surface"), ("accent", "window"), ("accent_text", "accent"), ("accent_text", "accent_hover"),
    ("ok_text", "ok_ground"), ("ok_text", "surface"), ("warn_text", "warn_ground"), ("warn_text", "surface"),
    ("error_text", "error_ground"),
]  # fmt: skip


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_reaches_the_contrast_of_wcag_aa(text: str, ground: str, colors: Colors):
    assert contrast(getattr(colors, text), getattr(colors, ground)) >= 4.5


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_the_edge_of_a_field_stands_out_from_both_grounds(colors: Colors):
    assert min(contrast(colors.outline, colors.surface), contrast(colors.outline, colors.window)) >= 3


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (count(1, "word"), "1 word"),
        (count(1204, "word"), "1,204 words"),
        (duration(None), "–"),
        (duration(82.3), "82 ms"),
        (duration(2100), "2.1 s"),
        (duration(185_000), "3 min 05 s"),
        (money(0), "$0"),
        (money(0.0018), "$0.0018"),
        (money(8.0), "$8.00"),
        (size(0), "0 bytes"),
        (size(4_930_563_630), "4.9 GB"),
        (masked("DE89 3704 0044 0532 0130 00"), "DE••••00"),
        (masked("Varga"), "V•••a"),
        (masked("ab"), "••"),
        (score_band(0.9), "certain"),
        (verdict(0, complete=True)[0], "✓ No personal details found · cloud drafts may be used"),
        (verdict(4, complete=True)[0], "⚠ 4 personal details · cloud blocked"),
        (verdict(0, complete=False)[0], "⚠ Scan incomplete · cloud blocked"),
        (
            where_line("phi", "Drafts stay on this device.", 0),
            "Ran on this device (Phi-4 Mini) · because drafts stay on this device · 0 bytes left this machine",
        ),
        (
            where_line("cloud", "You chose it.", 1500, "h"),
            "Ran in the cloud (h) · because you chose it · 1.5 kB left this machine",
        ),
    ],
)  # fmt: skip
def test_figures_and_sentences_read_as_a_person_writes_them(got: str, expected: str):
    assert got == expected


@given(st.text(min_size=1, max_size=60))
def test_a_masked_value_never_shows_more_than_four_of_its_characters(value: str):
    flat = " ".join(value.split())
    assert len([c for c in masked(value) if c != "•"]) <= 4
    assert masked(value) != flat or set(flat) <= {"•"}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_closes_the_window_though_the_event_loop_sleeps(qtbot, number):
    before = signal.signal(number, signal.default_int_handler)  # whoever runs the tests may have it ignored
    closed: list[bool] = []
    signals = UnixSignals(lambda: closed.append(True))
    try:
        os.kill(os.getpid(), number)
        qtbot.waitUntil(lambda: bool(closed), timeout=2000)
    finally:
        signals.restore()
        given_back = signal.signal(number, before)
    assert closed == [True]
    assert given_back is signal.default_int_handler


def test_a_signal_that_is_ignored_stays_ignored():
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        signals = UnixSignals(lambda: None)
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        signals.restore()
    finally:
        signal.signal(signal.SIGHUP, before)
