"""Every recognizer on hostile text: ``python benchmarks/hostile.py [--size 1000000] [--only NAME] [--slow SECONDS]``.

Each is given a text made of one fragment that nearly matches something, over and over, at a quarter of the size and in
full, in windows as the analyzer cuts them. Prints those whose time grows faster than the text (more than six times for
four times the text) or that take longer than ``--slow`` seconds a megabyte, and exits with 1 if there are any; then all
recognizers together. CPU time: other work on the machine counts only as far as it slows the caches, up to twofold. A
pair that seems slow is measured again, and counts if it is so three times.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from models.pii.analyzer import Analyzer
from models.pii.recognizer import Recognizer
from models.pii.registry import default_recognizers

UNITS = {
    "digits": "0123456789",
    "digits and spaces": "1 2 3 4 ",
    "digits and dashes": "12-34-",
    "digits and dots": "1.2.",
    "digits and slashes": "12/34/",
    "short and long numbers": "12 3456 789-0 (12) ",
    "signs of addresses": "a@",
    "half addresses": "a.b-c@d-e.",
    "house numbers": "12345 Aa, ",
    "street words": "12 Main Street, ",
    "quotes": "\"'",
    "brackets": "([{<",
    "spaces": " ",
    "tabs and lines": "\t\n",
    "keys": "key=",
    "passwords": "password: ",
    "dots": ".",
    "colons": ":a:",
    "base64": "QUJDREVGR0hJSktMTU5PUFFS",
    "hexadecimal": "0af3:",
    "capitals": "ABCDEFGH",
    "capitals and digits": "AB12 CD34 ",
    "names": "Jane Doe-Smith ",
    "initials": "J. K. ",
    "titles": "Dr. Mr. ",
    "name and colon": "Name: ",
    "lines": "a\n",
    "quoted lines": "> 1\n> a@\n",
    "words for at": " at dot",
    "words for digits": "one two ",
    "single characters": "a b ",
    "percent signs": "%40%2",
    "references": "&#64;&amp",
    "pipes": "|-|1|",
    "key header": "-----BEGIN ",
    "web addresses": "https://a:b@",
    "plus signs": "+44 (0) ",
    "dates": "01/02/19",
    "born": "born on 1 ",
    "years of birth": "geborene 1981 ",
}


GROWTH = 6
"""Times that four times the text may take."""
LEAST_S = 0.5
"""Less is not looked at for its growth: what is done once for a text, however long, would count."""
TRIES = 3
"""A machine may be twice as slow for seconds; a text that is hard is so every time."""


def seconds(recognizer: Recognizer, text: str) -> float:
    """CPU time of one scan by one recognizer."""
    return seconds_together((recognizer,), text)


def seconds_together(recognizers: Sequence[Recognizer], text: str) -> float:
    """CPU time of one scan, and the time limit of the analyzer far away."""
    analyzer = Analyzer(recognizers, timeout_s=3600)
    began = time.process_time()
    analyzer.scan(text)
    return time.process_time() - began


def measured(recognizers: Sequence[Recognizer], text: str, slow_s_per_mb: float) -> tuple[float, float, bool]:
    """Seconds for a quarter of ``text`` and for all of it, and whether that is slow ``TRIES`` times over."""
    for _ in range(TRIES):
        quarter, whole = seconds_together(recognizers, text[: len(text) // 4]), seconds_together(recognizers, text)
        grows = whole > LEAST_S and whole > GROWTH * quarter
        if not grows and whole <= slow_s_per_mb * len(text) / 1e6:
            return quarter, whole, False
    return quarter, whole, True


def main() -> int:
    """Measure and print; the number of slow pairs decides the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=1_000_000, help="characters")
    parser.add_argument("--only", default="", help="part of a recognizer's name")
    parser.add_argument("--slow", type=float, default=2.0, help="seconds a megabyte that count as slow")
    parser.add_argument("--slow-together", type=float, default=20.0, help="the same for all recognizers together")
    arguments = parser.parse_args()
    slow = 0
    for recognizer in default_recognizers():
        if arguments.only not in recognizer.name:
            continue
        recognizer_total = 0.0
        for name, unit in UNITS.items():
            text = (unit * (arguments.size // len(unit) + 1))[: arguments.size]
            quarter, whole, is_slow = measured((recognizer,), text, arguments.slow)
            recognizer_total += whole
            if is_slow:
                slow += 1
                print(f"{recognizer.name:<24} {name:<24} {quarter:8.2f} s {whole:8.2f} s", flush=True)
        print(f"{recognizer.name:<24} {'all fragments':<24} {'':>10} {recognizer_total:8.2f} s", flush=True)
    if not arguments.only:
        for name, unit in UNITS.items():
            text = (unit * (arguments.size // len(unit) + 1))[: arguments.size]
            quarter, whole, is_slow = measured(default_recognizers(), text, arguments.slow_together)
            slow += is_slow
            print(f"{'all recognizers':<24} {name:<24} {quarter:8.2f} s {whole:8.2f} s{' SLOW' if is_slow else ''}")
    print(f"{slow} slow pairs of {len(UNITS)} fragments and {len(default_recognizers())} recognizers")
    return 1 if slow else 0


if __name__ == "__main__":
    raise SystemExit(main())
