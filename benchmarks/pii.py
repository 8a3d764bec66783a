"""What the gate finds in the held-out corpus or in a set of one's own, by entity, and how often it stops plain text.

    python benchmarks/pii.py [--count 4000] [--seed 1] [--markdown] [--misses N] [--alarms N]
    python benchmarks/pii.py --file FILE.jsonl

Presidio and detect-secrets run side by side where they are installed. What counts as found, exact and blocked stands in
models/pii/measure.py (for detect-secrets, which names a part of a secret, any character of it will do). Brackets hold
95 % Wilson intervals; the texts of one shape resemble one another, so the truth is a little wider. The texts of the
corpus are made up (models/training/pii_corpus): the shapes, names and some terms here are held out from training, and
recognizers must not be tuned on them. The lines of a file are as for "strongroom gate-test".
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from desktop.regression_set import read_lines
from models.errors import StrongroomError
from models.pii.marked_text import entity_named
from models.pii.measure import KINDS, Look, MarkedText, Measurement, Rate, Seen, Span, seen_in
from models.pii.registry import default_analyzer

NOISY, CLEAN = "noisy texts", "clean texts"
CONTEXT = 50
"""Characters printed on either side of a miss."""
BLANK_PIPELINE = (
    "Presidio ran without a spaCy model (none is installed, and nothing is downloaded here): its patterns and a blank "
    "pipeline, so it cannot find names or places."
)


@dataclass(frozen=True)
class Item:
    """One text with the rows that its marks count in, and a word on where it comes from."""

    marked: MarkedText
    groups: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Detector:
    """``least_share`` as in ``Measurement``; ``remark`` is printed with the figures."""

    name: str
    look: Look
    least_share: float = 0.5
    remark: str = ""


@dataclass
class Result:
    """What one detector did on all items; ``causes`` counts plain texts blocked by the entities found in them."""

    detector: Detector
    measured: Measurement
    causes: Counter[str] = field(default_factory=Counter)
    alarms: list[tuple[Item, Seen]] = field(default_factory=list)


def strongroom() -> Detector:
    """The gate itself."""
    analyzer = default_analyzer()
    analyzer.warm_up()
    return Detector("Strongroom", lambda text: seen_in(analyzer.scan(text)))


def presidio() -> Detector | None:
    """Presidio with the largest spaCy model that is installed, or with its patterns alone. Downloads nothing."""
    try:
        import spacy
        import tldextract
        from presidio_analyzer import AnalyzerEngine
        from presidio_analyzer.nlp_engine import SpacyNlpEngine
    except ImportError:
        return None
    # Its e-mail recognizer would fetch the list of public suffixes; the copy in the package does as well.
    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=())
    name = next((n for n in ("en_core_web_lg", "en_core_web_md", "en_core_web_sm") if spacy.util.is_package(n)), "")
    nlp = SpacyNlpEngine(models=[{"lang_code": "en", "model_name": name or "blank"}])
    nlp.nlp = {"en": spacy.load(name) if name else spacy.blank("en")}
    engine: Any = AnalyzerEngine(nlp_engine=nlp, supported_languages=["en"])
    # Dates, places and links alone do not stop a text, though they count towards the spans that were found.
    lenient = {"DATE_TIME", "LOCATION", "URL", "ORGANIZATION"}

    def look(text: str) -> Seen:
        results = engine.analyze(text, language="en")
        found = tuple(Span(r.start, r.end, entity_named(r.entity_type, "entity_type")) for r in results)
        return Seen(found, any(r.entity_type not in lenient for r in results))

    return Detector(f"Presidio ({name or 'patterns only'})", look, remark="" if name else BLANK_PIPELINE)


def detect_secrets() -> Detector | None:
    """detect-secrets with its default plugins and filters, as it looks at a file; it looks for secrets only."""
    try:
        from detect_secrets.core.scan import scan_file
        from detect_secrets.settings import default_settings
    except ImportError:
        return None
    folder = tempfile.TemporaryDirectory()
    path = Path(folder.name) / "text.txt"

    def look(text: str) -> Seen:
        path.write_text(text, encoding="utf-8")
        found: list[Span] = []
        with default_settings():
            for secret in scan_file(str(path)):
                value = secret.secret_value or ""
                start = text.find(value)
                if value and start >= 0:
                    found.append(Span(start, start + len(value), secret.type))
        return Seen(tuple(found), bool(found), bool(folder.name))

    return Detector("detect-secrets", look, least_share=0, remark="detect-secrets looks for secrets only.")


def corpus(options: argparse.Namespace) -> list[Item]:
    """Texts of the held-out side, made anew."""
    from models.training.pii_corpus import generate

    samples = generate("held_out", options.count, options.seed, options.negatives, options.noise)
    return [
        Item(
            MarkedText(sample.text, tuple(Span(*span) for span in sample.spans)),
            (NOISY if sample.noise else CLEAN,),
            sample.shape_id,
        )
        for sample in samples
    ]


def own_set(file: Path) -> list[Item]:
    """Texts of a file. Raises InputError."""
    with file.open("rb") as stream:
        return [Item(numbered.marked, (), f"line {numbered.line}") for numbered in read_lines(stream)]


def measure(detector: Detector, items: Sequence[Item]) -> Result:
    """Let a detector look at every text, and count."""
    result = Result(detector, Measurement(detector.least_share))
    for item in items:
        seen = result.measured.look(item.marked, detector.look, item.groups)
        if seen.blocked and not item.marked.personal_spans:
            result.causes.update({span.entity for span in seen.spans})
            result.alarms.append((item, seen))
    return result


def rows(results: Sequence[Result]) -> list[list[str]]:
    """A heading, then one row an entity, a kind and a group, one column a detector."""
    ours = results[0].measured
    table = [["What", "Marked", "Found", "Named right", "False alarms", *(each.detector.name for each in results[1:])]]

    def row(title: str, found: Sequence[Rate], exact: str = "", alarms: str = "") -> None:
        table.append([title, f"{found[0].total:,}", str(found[0]), exact, alarms, *map(str, found[1:])])

    for entity in ours.entities:
        found = [each.measured.recall(entity) for each in results]
        row(entity, found, str(ours.exactness(entity)), f"{ours.alarms[entity]:,}")
    for kind in KINDS:
        if ours.kind_recall(kind).total:
            row(f"all {kind}", [each.measured.kind_recall(kind) for each in results])
    for group in sorted(ours.groups):
        row(f"all in {group}", [each.measured.recall(group) for each in results])
    whole = [each.measured.recall() for each in results]
    row("all", whole, str(ours.exactness()), f"{ours.alarms.total():,}")
    return table


def figures(result: Result) -> list[tuple[str, str]]:
    """Texts blocked, incomplete scans and speed of one detector."""
    measured = result.measured
    kilobytes = measured.bytes / 1000
    personal, plain = measured.blocked_personal(), measured.blocked_plain()
    return [
        ("texts with personal data blocked", f"{personal} of {personal.total:,}"),
        ("plain texts blocked", f"{plain} of {plain.total:,}"),
        ("because of", ", ".join(f"{entity} {count}" for entity, count in result.causes.most_common(12)) or "nothing"),
        ("incomplete scans", f"{measured.incomplete:,}"),
        (
            "speed",
            f"{kilobytes / max(measured.seconds, 1e-9):,.0f} kB/s over {kilobytes:,.0f} kB",
        ),
    ]


def print_text(results: Sequence[Result]) -> None:
    """For a terminal."""
    table = rows(results)
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    for row in table:
        print("  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip())
    for result in results:
        print(f"\n{result.detector.name}")
        for name, value in figures(result):
            print(f"  {name:34}{value}")
        if result.detector.remark:
            print(f"  {result.detector.remark}")


def print_markdown(results: Sequence[Result]) -> None:
    """For docs/pii.md."""
    head, *table = rows(results)
    print("| " + " | ".join(head) + " |\n|---|" + "---:|" * (len(head) - 1))
    for row in table:
        print("| " + " | ".join(cell or " " for cell in row) + " |")
    print("\n| | " + " | ".join(result.detector.name for result in results) + " |\n|---|" + "---|" * len(results))
    for lines in zip(*(figures(result) for result in results), strict=True):
        print(f"| {lines[0][0]} | " + " | ".join(value for _, value in lines) + " |")
    for result in results:
        if result.detector.remark:
            print(f"\n{result.detector.remark}")


def print_places(result: Result, items: Sequence[Item], misses: int, alarms: int) -> None:
    """Misses and alarms with their words: the texts of the corpus are made up."""
    for place in result.measured.misses[:misses]:
        item, (start, end, entity) = items[place.text], place.span
        text = item.marked.text
        before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
        print(f"missed {entity}: {before!r} >>{text[start:end]!r}<< {after!r}  {item.source}")
    for item, seen in result.alarms[:alarms]:
        words = "; ".join(f"{entity} {item.marked.text[start:end]!r}" for start, end, entity in seen.spans)
        print(f"alarm {words} in {item.marked.text[:160]!r}  {item.source}")


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--file", type=Path, help="measure on these texts instead of the corpus")
    parser.add_argument("--count", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--negatives", type=float, default=0.5)
    parser.add_argument("--noise", type=float, default=0.25)
    parser.add_argument("--misses", type=int, default=0, help="print this many spans that were not found")
    parser.add_argument("--alarms", type=int, default=0, help="print this many plain texts that were blocked")
    parser.add_argument("--only", action="store_true", help="leave the other detectors out")
    parser.add_argument("--markdown", action="store_true", help="print tables for docs/pii.md")
    options = parser.parse_args(argv)
    try:
        items = own_set(options.file) if options.file else corpus(options)
    except (OSError, StrongroomError) as error:
        print(f"The set cannot be used: {error}", file=sys.stderr)
        return 2
    if options.file:
        origin = "of a file"
    else:
        shapes = {part for item in items for part in item.source.split("+")}
        origin = f"from {len(shapes):,} held-out shapes, seed {options.seed}, noise in {options.noise:.0%}"
    print(f"{datetime.now().astimezone():%d %B %Y}: {len(items):,} texts {origin}.\n")
    results = []
    for name, build in (("Strongroom", strongroom), ("Presidio", presidio), ("detect-secrets", detect_secrets)):
        detector = None if options.only and build is not strongroom else build()
        if detector is None:
            print(f"{name}: not {'asked for' if options.only else 'installed'}.\n")
        else:
            print(f"{detector.name} …", file=sys.stderr)
            results.append(measure(detector, items))
    (print_markdown if options.markdown else print_text)(results)
    print_places(results[0], items, options.misses, options.alarms)
    return 0


if __name__ == "__main__":
    sys.exit(main())
