"""How fast a scan is: run ``python benchmarks/scan.py``.

Prints the median time of a scan by patterns alone of made-up texts, dense with personal data and plain, and of the
documentation and the source code of Python's own library. Beside it stand two other things done with the same text in
the same run, to compare machines by: what the phonenumbers library alone takes to search it for one region, the usual
way to find telephone numbers, and what one simple pattern for e-mail addresses takes, a floor that no scan reaches.
Then the whole scan of ten pages (30 kB) with the model, what an edit in them costs, and the memory of the process.

CPU time is summed over threads: the model's share takes half as long on two free cores. Other work on the machine can
double it.
"""

import argparse
import random
import re
import statistics
import sys
import sysconfig
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from models.pii.analyzer import Analyzer
from models.pii.incremental import IncrementalAnalyzer
from models.pii.registry import default_recognizers
from models.pii.tagger.tagger import Tagger

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


def search_emails(text: str) -> int:
    """Search the whole ``text`` with one simple pattern; the number of hits."""
    return sum(1 for _ in re.finditer(r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,63}", text))


def texts() -> dict[str, str]:
    """A million characters of each kind."""
    from pydoc_data import topics

    library = sorted(Path(sysconfig.get_path("stdlib")).glob("*.py"))
    code = "\n".join(file.read_text(encoding="utf-8", errors="replace") for file in library)
    kinds = {
        "dense": DENSE,
        "plain": PLAIN,
        "mixed": DENSE + PLAIN * 8,
        "docs": "\n".join(topics.topics.values()),
        "code": code,
    }
    return {name: (unit * (1_000_000 // len(unit) + 1))[:1_000_000] for name, unit in kinds.items()}


def peak_mb() -> float:
    """Greatest memory of this process so far, in MB; 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def measure_model(repeats: int) -> None:
    """Print what a whole scan of ten pages costs with the model, and what an edit in them costs."""
    tagger = Tagger()
    analyzer = Analyzer(default_recognizers(), timeout_s=120, tagger=tagger)
    began = time.perf_counter()
    analyzer.warm_up()
    print(f"\nfirst use of the model: {(time.perf_counter() - began) * 1000:.0f} ms, peak memory {peak_mb():.0f} MB\n")
    heads = f"{'CPU ms':>8} {'wall ms':>8} {'edit CPU ms':>12} {'edit wall ms':>13}"
    print(f"{'30 kB with the model':<22} {'findings':>8} {heads}")
    rng = random.Random(1)
    for name, unit in (("dense", DENSE), ("plain", PLAIN)):
        # Numbered, so that no two paragraphs are the same to the model's memory.
        text = "".join(f"{number}. {unit}" for number in range(200))[:30_000]

        def whole(text: str = text) -> None:
            tagger.forget()
            assert analyzer.scan(text).complete

        findings = len(analyzer.scan(text).findings)
        cpu = median_ms(whole, repeats)
        began = time.perf_counter()
        whole()
        wall = (time.perf_counter() - began) * 1000
        incremental = IncrementalAnalyzer(analyzer)
        incremental.scan(text)
        cpu_edits, wall_edits = [], []
        for _ in range(3 * repeats):
            place = rng.randrange(len(text))
            text = f"{text[:place]}{rng.choice('aeiou ')}{text[place:]}"
            cpu_began, began = time.process_time(), time.perf_counter()
            incremental.scan(text)
            cpu_edits.append((time.process_time() - cpu_began) * 1000)
            wall_edits.append((time.perf_counter() - began) * 1000)
        edits = f"{statistics.median(cpu_edits):>12.0f} {statistics.median(wall_edits):>13.0f}"
        print(f"{name:<22} {findings:>8,} {cpu:>8.0f} {wall:>8.0f} {edits}")
    print(f"\npeak memory {peak_mb():.0f} MB")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=15, help="runs a median is taken over, fewer for long texts")
    parser.add_argument("--patterns", action="store_true", help="leave the model out")
    arguments = parser.parse_args()
    repeats = arguments.repeats
    analyzer = Analyzer(default_recognizers(), timeout_s=120)
    began = time.perf_counter()
    analyzer.warm_up()
    print(f"first use (loading patterns and telephone metadata): {(time.perf_counter() - began) * 1000:.0f} ms\n")
    analyzer.scan(DENSE + PLAIN)
    print(
        f"{'text':<8} {'chars':>9} {'findings':>8} {'scan ms':>9} {'kB/s':>7} {'phonenumbers ms':>16} {'ratio':>6} "
        f"{'e-mails ms':>11} {'ratio':>6}"
    )
    for name, long in texts().items():
        for size in (30_000, 1_000_000):
            text = long[:size]
            runs = max(1, min(repeats, 3_000_000 // size))
            scan = analyzer.scan(text)
            assert scan.complete
            ours = median_ms(lambda text=text: analyzer.scan(text), runs)
            phones = median_ms(lambda text=text: search_phones(text), max(1, min(repeats, 300_000 // size)))
            emails = median_ms(lambda text=text: search_emails(text), runs)
            print(
                f"{name:<8} {size:>9,} {len(scan.findings):>8,} {ours:>9.1f} {size / ours:>7.0f} "
                f"{phones:>16.1f} {phones / ours:>5.1f}x {emails:>11.1f} {emails / ours:>5.2f}x"
            )
    if not arguments.patterns:
        measure_model(max(1, min(repeats, 5)))


if __name__ == "__main__":
    main()
