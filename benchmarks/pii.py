"""What the gate finds in the held-out corpus, by entity, and how often it stops plain text.

    python benchmarks/pii.py [--count 4000] [--seed 1] [--misses N] [--alarms N]

Presidio and detect-secrets run side by side where they are installed. A span counts as found when findings cover at
least half of its characters (for detect-secrets: any), as exact when those that name its entity do. Brackets hold 95 %
Wilson intervals; the texts of one shape resemble one another, so the truth is a little wider. Texts are made up
(models/training/pii_corpus): the shapes, names and some terms here are held out from training, and recognizers must
not be tuned on them.
"""

import argparse
import math
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from models.pii.registry import default_analyzer
from models.training.pii_corpus import Sample, generate
from models.training.pii_corpus.generator import CONTEXT_ONLY

Found = tuple[int, int, str]
SPECIAL = {"HEALTH", "RELIGION", "ETHNICITY", "POLITICS", "SEXUAL_LIFE", "UNION"}
CONTEXTUAL = SPECIAL | {"PERSON", "ADDRESS", "DATE_OF_BIRTH", "AGE", "USERNAME"}
SECRETS = {"PASSWORD", "API_TOKEN", "PRIVATE_KEY", "URL_CREDENTIALS"}


@dataclass
class Tally:
    """What one detector did: spans found by entity and by group, texts it stopped by whether they are personal."""

    found: Counter[str] = field(default_factory=Counter)
    exact: Counter[str] = field(default_factory=Counter)
    blocked: Counter[bool] = field(default_factory=Counter)
    causes: Counter[str] = field(default_factory=Counter)
    misses: list[tuple[Sample, Found]] = field(default_factory=list)
    alarms: list[tuple[Sample, list[Found]]] = field(default_factory=list)
    incomplete: int = 0
    seconds: float = 0.0


@dataclass(frozen=True)
class Detector:
    """``scan`` gives findings, whether the text is stopped and whether the scan was complete.

    With ``touch`` a span counts as found when any character of it is: for a detector that names only part of a secret.
    """

    name: str
    scan: Callable[[str], tuple[list[Found], bool, bool]]
    touch: bool = False


def wilson(hits: int, total: int) -> str:
    """Share in per cent with its 95 % interval (Wilson 1927)."""
    if not total:
        return "–"
    z, share = 1.96, hits / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z / (1 + z * z / total) * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return f"{share:6.1%} [{max(0.0, middle - half):.0%}–{min(1.0, middle + half):.0%}]"


def covered(span: Found, findings: Sequence[Found], touch: bool = False) -> bool:
    """Whether findings cover at least half of the span, or with ``touch`` any of it."""
    start, end, _ = span
    hit = {i for low, high, _ in findings for i in range(max(start, low), min(end, high))}
    return bool(hit) if touch else 2 * len(hit) >= end - start


def groups(sample: Sample, entity: str) -> tuple[str, ...]:
    """The rows that a span of this entity counts in."""
    kind = "secrets" if entity in SECRETS else "contextual" if entity in CONTEXTUAL else "structured"
    return entity, "all", f"all {kind}", "all in noisy texts" if sample.noise else "all in clean texts"


def strongroom() -> Detector:
    """The gate itself."""
    analyzer = default_analyzer()
    analyzer.warm_up()

    def scan(text: str) -> tuple[list[Found], bool, bool]:
        result = analyzer.scan(text)
        found = [(f.start, f.end, f.entity) for f in result.findings if f.entity not in CONTEXT_ONLY]
        return found, result.verdict == "blocked", result.complete

    return Detector("Strongroom", scan)


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

    def scan(text: str) -> tuple[list[Found], bool, bool]:
        found = [(r.start, r.end, r.entity_type) for r in engine.analyze(text, language="en")]
        return found, any(entity not in lenient for _, _, entity in found), True

    return Detector(f"Presidio ({name or 'patterns only'})", scan)


def detect_secrets() -> Detector | None:
    """detect-secrets with its default plugins and filters, as it looks at a file; it looks for secrets only."""
    try:
        from detect_secrets.core.scan import scan_file
        from detect_secrets.settings import default_settings
    except ImportError:
        return None
    folder = tempfile.TemporaryDirectory()
    path = Path(folder.name) / "text.txt"

    def scan(text: str) -> tuple[list[Found], bool, bool]:
        path.write_text(text, encoding="utf-8")
        found: list[Found] = []
        with default_settings():
            for secret in scan_file(str(path)):
                value = secret.secret_value or ""
                start = text.find(value)
                if value and start >= 0:
                    found.append((start, start + len(value), secret.type))
        return found, bool(found), bool(folder.name)

    return Detector("detect-secrets", scan, touch=True)


def measure(detector: Detector, samples: Sequence[Sample]) -> Tally:
    """Scan every sample and count."""
    tally = Tally()
    for sample in samples:
        start = time.perf_counter()
        findings, blocked, complete = detector.scan(sample.text)
        tally.seconds += time.perf_counter() - start
        tally.incomplete += not complete
        personal = bool(sample.personal_spans)
        tally.blocked[personal] += blocked
        if blocked and not personal:
            tally.causes.update({entity for _, _, entity in findings})
            tally.alarms.append((sample, findings))
        for span in sample.personal_spans:
            rows = groups(sample, span[2])
            if covered(span, findings, detector.touch):
                tally.found.update(rows)
            else:
                tally.misses.append((sample, span))
            if covered(span, [f for f in findings if f[2] == span[2]]):
                tally.exact.update(rows)
    return tally


def print_table(samples: Sequence[Sample], tallies: dict[str, Tally]) -> None:
    """One row an entity, one column a detector."""
    spans = Counter(row for s in samples for span in s.personal_spans for row in groups(s, span[2]))
    rows = sorted((row for row in spans if not row.startswith("all")), key=lambda row: -spans[row])
    rows += sorted(row for row in spans if row.startswith("all"))
    ours, *others = tallies
    print(f"{'entity':22}{'spans':>7}  {'found':24}{'exact entity':24}" + "".join(f"{name:38}" for name in others))
    for row in rows:
        line = f"{row:22}{spans[row]:7}  {wilson(tallies[ours].found[row], spans[row]):24}"
        line += f"{wilson(tallies[ours].exact[row], spans[row]):24}"
        print(line + "".join(f"{wilson(tallies[name].found[row], spans[row]):38}" for name in others))
    texts = Counter(bool(sample.personal_spans) for sample in samples)
    size = sum(len(sample.text.encode()) for sample in samples) / 1000
    for name, tally in tallies.items():
        print(f"\n{name}")
        print(f"  texts with personal data blocked  {wilson(tally.blocked[True], texts[True])} of {texts[True]}")
        print(f"  plain texts blocked               {wilson(tally.blocked[False], texts[False])} of {texts[False]}")
        causes = ", ".join(f"{entity} {count}" for entity, count in tally.causes.most_common(12))
        print(f"    because of                      {causes or 'nothing'}")
        print(f"  incomplete scans                  {tally.incomplete}")
        print(f"  speed                             {size / tally.seconds:,.0f} kB/s over {size:,.0f} kB")


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--negatives", type=float, default=0.5)
    parser.add_argument("--noise", type=float, default=0.25)
    parser.add_argument("--misses", type=int, default=0, help="print this many spans that were not found")
    parser.add_argument("--alarms", type=int, default=0, help="print this many plain texts that were blocked")
    parser.add_argument("--only", action="store_true", help="leave the other detectors out")
    options = parser.parse_args(argv)
    samples = list(generate("held_out", options.count, options.seed, options.negatives, options.noise))
    shapes = {part for sample in samples for part in sample.shape_id.split("+")}
    print(f"{datetime.now().astimezone():%d %B %Y}: {len(samples)} texts from {len(shapes)} held-out shapes, "
          f"seed {options.seed}, noise in {options.noise:.0%}\n")  # fmt: skip
    tallies: dict[str, Tally] = {}
    for name, build in (("Strongroom", strongroom), ("Presidio", presidio), ("detect-secrets", detect_secrets)):
        detector = None if options.only and build is not strongroom else build()
        if detector is None:
            print(f"{name}: not {'asked for' if options.only else 'installed'}")
        else:
            tallies[detector.name] = measure(detector, samples)
    print()
    print_table(samples, tallies)
    ours = tallies["Strongroom"]
    for sample, (start, end, entity) in ours.misses[: options.misses]:
        before, after = sample.text[max(0, start - 50) : start], sample.text[end : end + 30]
        print(f"missed {entity}: {before!r} >>{sample.text[start:end]!r}<< {after!r}  {sample.shape_id}")
    for sample, findings in ours.alarms[: options.alarms]:
        words = "; ".join(f"{entity} {sample.text[start:end]!r}" for start, end, entity in findings)
        print(f"alarm {words} in {sample.text[:160]!r}  {sample.shape_id}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
