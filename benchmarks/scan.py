"""How fast a scan is: run ``python benchmarks/scan.py``.

Prints the median time of a scan of texts of three sizes, dense with personal data and plain, and beside it what the
phonenumbers library alone takes to search the same text for one region: the usual way to find telephone numbers.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from models.pii.analyzer import Analyzer
from models.pii.registry import default_recognizers

DENSE = """From: Jane Doe <jane.doe@example.com>
Dear Mr. O'Brien,
Patient: Maria Gonzalez, DOB: 03/04/1985, phone (212) 555-0147, MRN 00482913, SSN 536-22-9145.
Please transfer to DE89 3704 0044 0532 0130 00 or charge 4111 1111 1111 1111; the password is hunter2.
She lives at 742 Evergreen Terrace, Springfield, IL 62704 and logged in from 203.0.113.42 on 2024-01-15 10:22:33.
"""
PLAIN = """The quarterly report, published on 14 March 2024, shows that revenue grew by 12 percent to $4.5 million.
Analysts had expected less. In version 2.3.1 the team fixed 17 defects; the meeting on Tuesday will go through the
plan and the budget for next year, order 4839201123 included.
"""


def median_ms(work: Callable[[], object], repeats: int) -> float:
    """Median CPU time of ``work`` in milliseconds: its wall-clock time on a machine with nothing else to do."""
    times = []
    for _ in range(repeats):
        began = time.process_time()
        work()
        times.append((time.process_time() - began) * 1000)
    return statistics.median(times)


def search_phones(text: str) -> int:
    """Search the whole ``text`` with phonenumbers alone; the number of hits."""
    import phonenumbers

    return sum(1 for _ in phonenumbers.PhoneNumberMatcher(text, "US"))


def main() -> None:
    """Measure and print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=15, help="runs a median is taken over, fewer for long texts")
    repeats = parser.parse_args().repeats
    analyzer = Analyzer(default_recognizers(), timeout_s=120)
    began = time.perf_counter()
    analyzer.warm_up()
    print(f"first use (loading patterns and telephone metadata): {(time.perf_counter() - began) * 1000:.0f} ms\n")
    analyzer.scan(DENSE + PLAIN)
    print(f"{'text':<8} {'chars':>9} {'findings':>8} {'scan ms':>9} {'kB/s':>7} {'phonenumbers ms':>16} {'ratio':>6}")
    for name, unit in (("dense", DENSE), ("plain", PLAIN), ("mixed", DENSE + PLAIN * 8)):
        for size in (2_000, 30_000, 1_000_000):
            text = (unit * (size // len(unit) + 1))[:size]
            runs = max(1, min(repeats, 3_000_000 // size))
            scan = analyzer.scan(text)
            assert scan.complete
            ours = median_ms(lambda text=text: analyzer.scan(text), runs)  # type: ignore[misc]
            theirs = median_ms(lambda text=text: search_phones(text), max(1, min(repeats, 300_000 // size)))  # type: ignore[misc]
            print(
                f"{name:<8} {size:>9,} {len(scan.findings):>8,} {ours:>9.1f} {size / ours:>7.0f} "
                f"{theirs:>16.1f} {theirs / ours:>5.1f}x"
            )


if __name__ == "__main__":
    main()
