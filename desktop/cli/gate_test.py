"""``strongroom gate-test``: how well the gate does on marked texts of one's own, which are written nowhere."""

import json
import os
import sys
from typing import Any, BinaryIO

from desktop.cli import console
from desktop.gate_test import GateTest
from desktop.own_rules import OwnRulesStore
from desktop.own_threshold import chosen_threshold
from desktop.paths import Paths
from desktop.regression_set import empty_set, read_lines
from desktop.settings import SettingsStore
from models.errors import InputError
from models.pii.entities import ENTITIES, entity_words
from models.pii.measure import KINDS, MarkedText, Measurement, Rate, Span
from models.pii.threshold import LEAST, MOST, Threshold

_AROUND = 40
"""Characters shown on either side of a missed span."""

_Missed = tuple[int, Span, MarkedText | None]
"""Line, mark, and the text where it may be shown."""


def run(paths: Paths, source: str, *, as_json: bool, misses: int = 0, threshold: Threshold = None) -> int:
    """Measure the gate, by the person's own rules, on each line of a file.

    ``threshold`` is one to try beside the present one. ``misses``: how many missed spans to list.

    Raises InputError.
    """
    if threshold is not None and not LEAST <= threshold <= MOST:
        raise InputError("Nothing was measured", f"A threshold lies between {LEAST} and {MOST}.")
    own_rules = OwnRulesStore(paths)
    settings = SettingsStore(paths.settings_file)
    for notice in (settings.notice, *own_rules.notices):
        if notice:
            console.say(notice)
    present = chosen_threshold(settings.current)
    test = GateTest(own_rules.rules, (present,) if threshold is None else (present, threshold))
    with console.binary_input(source) as stream:
        missed = _measure(test, stream, misses, test.measurements[present])
    if not test.measurements[present].total:
        raise empty_set()
    if as_json:
        print(json.dumps(as_object(test, missed)))
        return console.OK
    print(readable(test))
    if misses:
        print(_missed_list(missed, test.measurements[present]))
    return console.OK


def _measure(test: GateTest, stream: BinaryIO, misses: int, present: Measurement) -> list[_Missed]:
    """Count every line; gives the first misses, each with its line, and its text if there is a terminal for it."""
    progress = console.ProgressLine()
    shown = sys.stdout is not None and sys.stdout.isatty()
    size = _size(stream)
    done = 0
    missed: list[_Missed] = []
    try:
        progress.show("load", "Loading the gate", 0, 0)
        test.warm_up()
        for numbered in read_lines(stream):
            progress.show("measure", f"Checking texts, {present.total:,} so far", done, size)
            before = len(present.misses)
            test.add(numbered.marked)
            done += numbered.bytes
            for place in present.misses[before:]:
                if len(missed) < misses:
                    missed.append((numbered.line, place.span, numbered.marked if shown else None))
    finally:
        progress.clear()
    return missed


def _size(stream: BinaryIO) -> int:
    """Bytes of a file; 0 for a pipe."""
    try:
        return os.fstat(stream.fileno()).st_size
    except OSError:
        return 0


def as_object(test: GateTest, missed: list[_Missed]) -> dict[str, Any]:
    """The figures for programs. Misses are lines and offsets in code points, never text."""
    return {
        "measured": [
            {
                "threshold": threshold,
                "texts": {"personal": measured.texts[True], "plain": measured.texts[False]},
                "found": _rate(measured.recall()),
                "exact": _rate(measured.exactness()),
                "false_alarms": measured.alarms.total(),
                "personal_texts_blocked": _rate(measured.blocked_personal()),
                "plain_texts_blocked": _rate(measured.blocked_plain()),
                "incomplete_scans": measured.incomplete,
                "kilobytes_per_second": round(_speed(measured), 1),
                "entities": {
                    entity: {
                        "found": _rate(measured.recall(entity)),
                        "exact": _rate(measured.exactness(entity)),
                        "false_alarms": measured.alarms[entity],
                    }
                    for entity in measured.entities
                },
            }
            for threshold, measured in test.measurements.items()
        ],
        "misses": [{"line": line, "start": s.start, "end": s.end, "entity": s.entity} for line, s, _ in missed],
    }


def _rate(rate: Rate) -> dict[str, Any]:
    low, high = rate.interval
    return {
        "hits": rate.hits,
        "total": rate.total,
        "share": round(rate.share, 4) if rate.total else None,
        "interval_95": [round(low, 4), round(high, 4)],
    }


def readable(test: GateTest) -> str:
    """The figures for people: a row an entity; a second threshold stands beside the present one."""
    first, *others = test.measurements.items()
    present = first[1]
    heads = ["What", "Marked", "Found", "Named right", "False alarms"]
    for threshold, _ in others:
        heads += [f"Found at {threshold}", "False alarms"]
    rows = [heads]
    entities = dict.fromkeys(entity for _, measured in (first, *others) for entity in measured.entities)
    rows += [
        _row(_title(entity), test, lambda m, e=entity: (m.recall(e), m.exactness(e), m.alarms[e]))
        for entity in entities
    ]
    rows += [
        _row(f"All {kind}", test, lambda m, k=kind: (m.kind_recall(k), None, None))
        for kind in KINDS
        if present.kind_recall(kind).total
    ]
    rows.append(_row("All", test, lambda m: (m.recall(), m.exactness(), m.alarms.total())))
    parts = [
        f"{present.texts.total():,} texts, {present.texts[True]:,} with marked personal details and "
        f"{present.texts[False]:,} without. Threshold of the small model: {threshold_words(first[0])}.",
        "In brackets: 95 % intervals (Wilson). Found: findings cover at least half of the marked characters.",
        "",
        *_aligned(rows),
    ]
    for threshold, measured in test.measurements.items():
        if others:
            parts += ["", f"At {threshold_words(threshold)}:"]
        else:
            parts += [""]
        parts += [
            f"  Texts with marked details that are blocked     {_of(measured.blocked_personal())}",
            f"  Texts without marked details that are blocked  {_of(measured.blocked_plain())}",
        ]
        if measured.incomplete:
            parts.append(f"  Scans that could not be finished, and so block  {measured.incomplete:,}")
    parts.append(f"  Speed                                          {_speed(present):,.0f} kB/s")
    unknown = [entity for entity in entities if entity not in ENTITIES]
    if unknown:
        parts += ["", f"Not known to the gate by name, so counted under their own: {', '.join(unknown)}."]
    return console.printable("\n".join(parts))


def threshold_words(threshold: Threshold) -> str:
    """Such as "0.5"."""
    return "built-in" if threshold is None else f"{threshold:g}"


def _row(title: str, test: GateTest, figures: Any) -> list[str]:
    cells = [title]
    for number, measured in enumerate(test.measurements.values()):
        found, exact, alarms = figures(measured)
        told = "" if alarms is None else f"{alarms:,}"
        if number == 0:
            cells += [f"{found.total:,}", str(found), "" if exact is None else str(exact), told]
        else:
            cells += [str(found), told]
    return cells


def _aligned(rows: list[list[str]]) -> list[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _title(entity: str) -> str:
    return entity_words(entity).title if entity in ENTITIES else entity


def _of(rate: Rate) -> str:
    return f"{rate.hits:,} of {rate.total:,}: {rate}" if rate.total else "there are none"


def _speed(measured: Measurement) -> float:
    """Kilobytes of UTF-8 a second."""
    return measured.bytes / 1000 / measured.seconds if measured.seconds else 0.0


def _missed_list(missed: list[_Missed], present: Measurement) -> str:
    """Where each miss is; its words only on a terminal, so that they get into no file."""
    total = present.recall().total - present.recall().hits
    if not total:
        return "\nNothing that is marked was missed."
    parts = [f"\nMissed, {len(missed):,} of {total:,}:"]
    for line, span, marked in missed:
        words = f"  {_excerpt(marked.text, span)}" if marked is not None else ""
        parts.append(f"  line {line}, characters {span.start}–{span.end}  {_title(span.entity)}{words}")
    if any(marked is None for _, _, marked in missed):
        parts.append("Their words are shown on a terminal only, so that they get into no file.")
    return console.printable("\n".join(parts))


def _excerpt(text: str, span: Span) -> str:
    before = text[max(0, span.start - _AROUND) : span.start]
    after = text[span.end : span.end + _AROUND]
    return " ".join(f"…{before}»{text[span.start : span.end]}«{after}…".split())
