"""``strongroom scan``: what is personal in a text, without repeating it."""

import json
from typing import Any, BinaryIO

from desktop.cli import console
from desktop.own_rules import OwnRulesStore
from desktop.own_threshold import chosen_threshold
from desktop.paths import Paths
from desktop.settings import SettingsStore
from models.errors import InputError
from models.pii.entities import describe, entity_words
from models.pii.explain import kind
from models.pii.finding import Finding, Scan
from models.pii.personal import PersonalAnalyzer, Scanner
from models.pii.registry import default_analyzer
from models.pii.threshold import AdjustableTagger


def run(
    paths: Paths, source: str, password_file: str = "", *, as_json: bool, lines: bool, with_reasons: bool = False
) -> int:
    """Scan a document, or each line of a JSON Lines stream, by the recognizers and the person's own rules.

    Raises InputError.
    """
    if with_reasons and (as_json or lines):
        raise InputError(
            "Nothing was scanned", "--explain prints a table for people and does not go with --json or --jsonl."
        )
    own_rules = OwnRulesStore(paths)
    for notice in own_rules.notices:
        console.say(notice)
    settings = SettingsStore(paths.settings_file)
    if settings.notice:
        console.say(settings.notice)
    tagger = AdjustableTagger(lambda: chosen_threshold(settings.current))
    analyzer = PersonalAnalyzer(default_analyzer(tagger), own_rules.rules)
    if lines:
        with console.binary_input(source) as stream:
            return scan_lines(analyzer, stream)
    text = console.read_text(source, password_file)
    scan = analyzer.scan(text)
    if as_json:
        print(json.dumps(as_object(scan) | {"failures": list(scan.failures)}))
    else:
        print(console.printable((explained if with_reasons else readable)(text, scan)))
    return console.OK if scan.verdict == "clear" else console.FOUND


def scan_lines(analyzer: Scanner, stream: BinaryIO) -> int:
    """One result a line, in order; a line that cannot be read gives an error object and counts as blocked."""
    for line in stream:
        try:
            text = _text_of(line)
        except ValueError as problem:
            result: dict[str, Any] = {"error": str(problem), "findings": [], "complete": False, "verdict": "blocked"}
        else:
            result = as_object(analyzer.scan(text))
        print(json.dumps(result), flush=True)
    return console.OK


def _text_of(line: bytes) -> str:
    """The text of one line; raises ValueError with a sentence that does not quote it."""
    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise ValueError("the line is not UTF-8") from None
    except (ValueError, RecursionError):
        raise ValueError("the line is not JSON") from None
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        raise ValueError('the line is not an object with a string "text"')
    text: str = value["text"]
    return text


def as_object(scan: Scan) -> dict[str, Any]:
    """A scan for programs: offsets in code points, never text. Findings that do not block are left out."""
    findings = [
        {
            "start": finding.start,
            "end": finding.end,
            "entity": finding.entity,
            "score": round(finding.score, 4),
            "recognizer": finding.recognizer,
        }
        for finding in scan.blocking
    ]
    return {"findings": findings, "complete": scan.complete, "verdict": scan.verdict}


def readable(text: str, scan: Scan) -> str:
    """A scan for people: where in the text, what, how sure, and why. Findings that do not block are left out."""
    blocking = scan.blocking
    parts = _verdict(scan)
    if not blocking:
        return "\n".join(parts)
    places = [(f"{line}:{column}", finding) for line, column, finding in _places(text, blocking)]
    width = max(len(place) for place, _ in places)
    names = max(len(entity_words(finding.entity).title) for _, finding in places)
    for place, finding in places:
        title = entity_words(finding.entity).title
        parts.append(f"  {place:>{width}}  {title:<{names}}  {finding.score:.2f}  {finding.reason}")
    return "\n".join(parts)


HEADINGS = ("Line:col", "What", "Kind", "Found by", "Score", "Why")


def explained(text: str, scan: Scan) -> str:
    """A scan as a table with every finding, also those that do not block: what it is, who found it, and why."""
    rows = [HEADINGS]
    for line, column, finding in _places(text, scan.findings):
        reason = finding.reason
        if finding.needs_confirmation:
            reason += " Marking it as not personal asks you twice."
        if not scan.policy.blocks(finding.entity):
            reason += " It does not block on its own."
        rows.append(
            (
                f"{line}:{column}",
                entity_words(finding.entity).title,
                kind(finding.entity),
                finding.recognizer,
                f"{finding.score:.2f}",
                reason,
            )
        )
    parts = _verdict(scan)
    if len(rows) > 1:
        widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS) - 1)]
        for row in rows:
            cells = [f"{cell:<{width}}" for cell, width in zip(row, widths, strict=False)]
            parts.append("  ".join([*cells, row[-1]]))
    return "\n".join(parts)


def _verdict(scan: Scan) -> list[str]:
    """What the scan comes to, in a sentence or two."""
    parts = []
    if not scan.complete:
        parts.append(
            f"The scan could not be finished ({', '.join(scan.failures)}), so this text counts as personal and may not "
            "leave this machine."
        )
    if scan.blocking:
        parts.append(f"Found: {describe(scan.counts())}. This text may not leave this machine.")
    else:
        parts.append("No personal details found." if scan.complete else "What did run found nothing.")
    return parts


def _places(text: str, findings: tuple[Finding, ...]) -> list[tuple[int, int, Finding]]:
    """Line and column (from 1) of each finding, in one pass over the text."""
    places = []
    line, line_start, position = 1, 0, 0
    for finding in sorted(findings):
        newlines = text.count("\n", position, finding.start)
        if newlines:
            line += newlines
            line_start = text.rfind("\n", position, finding.start) + 1
        position = finding.start
        places.append((line, finding.start - line_start + 1, finding))
    return places
