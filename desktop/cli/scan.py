"""``strongroom scan``: what is personal in a text, without repeating it."""

import json
from typing import Any, BinaryIO

from desktop.cli import console
from models.pii.analyzer import Analyzer
from models.pii.entities import describe, entity_words
from models.pii.finding import Finding, Scan
from models.pii.registry import default_analyzer


def run(source: str, password_file: str = "", *, as_json: bool, lines: bool) -> int:
    """Scan a document, or each line of a JSON Lines stream. Raises InputError."""
    analyzer = default_analyzer()
    if lines:
        with console.binary_input(source) as stream:
            return scan_lines(analyzer, stream)
    text = console.read_text(source, password_file)
    scan = analyzer.scan(text)
    if as_json:
        print(json.dumps(as_object(scan) | {"failures": list(scan.failures)}))
    else:
        print(console.printable(readable(text, scan)))
    return console.OK if scan.verdict == "clear" else console.FOUND


def scan_lines(analyzer: Analyzer, stream: BinaryIO) -> int:
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
    """A scan for programs: offsets in code points, never text."""
    findings = [
        {
            "start": finding.start,
            "end": finding.end,
            "entity": finding.entity,
            "score": round(finding.score, 4),
            "recognizer": finding.recognizer,
        }
        for finding in scan.findings
    ]
    return {"findings": findings, "complete": scan.complete, "verdict": scan.verdict}


def readable(text: str, scan: Scan) -> str:
    """A scan for people: where in the text, what, how sure, and why."""
    parts = []
    if not scan.complete:
        parts.append(
            f"The scan could not be finished ({', '.join(scan.failures)}), so this text counts as personal and may not "
            "leave this machine."
        )
    if not scan.findings:
        parts.append("No personal details found." if scan.complete else "What did run found nothing.")
        return "\n".join(parts)
    parts.append(f"Found: {describe(scan.counts())}. This text may not leave this machine.")
    places = [(f"{line}:{column}", finding) for line, column, finding in _places(text, scan.findings)]
    width = max(len(place) for place, _ in places)
    names = max(len(entity_words(finding.entity).title) for _, finding in places)
    for place, finding in places:
        title = entity_words(finding.entity).title
        parts.append(f"  {place:>{width}}  {title:<{names}}  {finding.score:.2f}  {finding.reason}")
    return "\n".join(parts)


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
