"""Feeds the scan and the redactor 10,000 odd texts: ``python benchmarks/fuzz.py [--count 10000] [--seed 1]``.

Random Unicode, texts of the training corpus with characters swapped, cut, doubled and moved, broken JSON and tables,
and long lines. A scan must be complete, its findings inside the text, in order and apart, and a redaction must come
back exactly. Prints how many texts, characters and findings there were and the slowest text; exits with 1 on a fault.
"""

import argparse
import faulthandler
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from models.pii.analyzer import Analyzer
from models.pii.redactor import redact
from models.pii.registry import default_recognizers
from models.training.pii_corpus import generate

_HANG_S = 60
_RANGES = ((0x20, 0x7E), (0x20, 0x7E), (0x20, 0x7E), (0x30, 0x39), (0xA0, 0x24F), (0x300, 0x36F), (0x370, 0x52F), (0x5D0, 0x6FF),
           (0x900, 0x97F), (0xE00, 0xE7F), (0x2000, 0x206F), (0x2460, 0x24FF), (0x3040, 0x30FF), (0x4E00, 0x4EFF),
           (0xD800, 0xD8FF), (0xFE00, 0xFFEF), (0x1D400, 0x1D7FF), (0x1F300, 0x1F6FF), (0xE0000, 0xE01EF), (0, 0x1F))  # fmt: skip
_JUNK = (
    '{"', '":', '"}', "[", "]", ",", ";", "|", "\t", "\n", "\r\n", "@", "at", "dot", ".com", "+44", "(0)", "-", "--", "http://",
    "password=", "key:", "IBAN ", "DE89", "SSN ", "born ", "Mr ", "Street", "4111", "1111", "0", "&#64;", "%40", "=\n", "\u200b",
    "\u00ad", "/", "\\", "'", "Bearer ", "eyJ", "-----BEGIN ", "KEY-----", "::1", "192.168.", "[PERSON_01]", "PERSON_01", "one ", "two ",
    "İ", "ß", "ŉ", "ﬁ", "\x00", "\x1b[1m",
)  # fmt: skip


def texts(count: int, seed: int) -> Iterator[str]:
    """``count`` texts; the same arguments give the same ones."""
    source = random.Random(seed)
    corpus = [sample.text for sample in generate("train", max(50, count // 8), seed)]
    for index in range(count):
        kind = index % 10
        if kind < 3:
            yield _unicode(source)
        elif kind < 7:
            yield _mutated(source, source.choice(corpus))
        elif kind < 9:
            yield "".join(source.choice(_JUNK) for _ in range(source.randint(1, 120)))
        else:
            unit = source.choice((source.choice(_JUNK), _unicode(source)[:12] or " ", source.choice(corpus)[:40]))
            yield (unit * (source.randint(200, 6000) // max(1, len(unit)) + 1))[:6000]


def _unicode(source: random.Random) -> str:
    ranges = [source.choice(_RANGES) for _ in range(source.randint(1, 4))]
    return "".join(chr(source.randint(*source.choice(ranges))) for _ in range(source.randint(0, 200)))


def _mutated(source: random.Random, text: str) -> str:
    begin = source.randint(0, max(0, len(text) - 1500))
    text = text[begin : begin + 1500]
    for _ in range(source.randint(1, 12)):
        start = source.randint(0, len(text))
        end = min(len(text), start + source.randint(0, 20))
        change = source.randint(0, 4)
        if change == 0:
            text = text[:start] + text[end:]
        elif change == 1:
            text = text[:end] + text[start:]
        elif change == 2:
            text = text[:start] + source.choice(_JUNK) + text[end:]
        elif change == 3:
            text = text[:start] + chr(source.randint(*source.choice(_RANGES))) + text[start:]
        else:
            text = text[:start] + source.choice(("\n", "\t", " ", "")).join(text[start:end]) + text[end:]
    return text


def fault(analyzer: Analyzer, text: str) -> str | None:
    """What is wrong with the scan or the redaction of ``text``, in words, or None. An exception is let through."""
    scan = analyzer.scan(text)
    if not scan.complete:
        return f"not complete: {', '.join(scan.failures)}"
    reach = 0
    for finding in scan.findings:
        if not reach <= finding.start < finding.end <= len(text):
            return f"a span out of range or order, from {finding.recognizer}"
        if not 0 < finding.score <= 1:
            return f"a score out of range, from {finding.recognizer}"
        reach = finding.end
    redaction = redact(text, scan)
    if redaction.restore(redaction.text) != text:
        return "the redaction does not come back"
    return None


def main() -> int:
    """Run and print; 1 when there was a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    analyzer = Analyzer(default_recognizers(), timeout_s=30)
    analyzer.warm_up()
    began, characters, slowest, faults = time.monotonic(), 0, (0.0, -1), 0
    for index, text in enumerate(texts(arguments.count, arguments.seed)):
        faulthandler.dump_traceback_later(_HANG_S, exit=True)
        start = time.monotonic()
        try:
            problem = fault(analyzer, text)
        except Exception as error:  # noqa: BLE001 - counting every kind of exception is what this is for
            problem = f"{type(error).__name__}"
        slowest = max(slowest, (time.monotonic() - start, index))
        characters += len(text)
        if problem is not None:
            faults += 1
            print(f"text {index} of seed {arguments.seed}: {problem}")
    faulthandler.cancel_dump_traceback_later()
    print(
        f"{arguments.count} texts, {characters:,} characters, {faults} faults, {time.monotonic() - began:.0f} s; "
        f"the slowest was text {slowest[1]} with {slowest[0]:.2f} s"
    )
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
