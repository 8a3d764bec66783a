"""How long reading in 1,000 pages takes, and a question over them.

    python -m benchmarks.ask [--pages 1000] [--questions 40] [--markdown]

Makes a folder of text files of made-up pages (letters, minutes, policies, invoices, notes, reports; about 2,000
characters each), reads it in as ``strongroom ask FOLDER`` does, and asks questions whose answers stand in it. Printed
are seconds per 100 pages, milliseconds of a question, and how often the passage that holds the answer comes first;
times by the clock and as processor time of all threads, since a busy machine makes the clock useless. The pages are the
same every time.
"""

import argparse
import random
import statistics
import tempfile
import threading
import time
from pathlib import Path

from models.engines.starter.embedding import Embedder, quiet_blas

ROOT = Path(__file__).resolve().parents[1]
SEED = 20261126
PAGE = 2_000
"""Characters of a page, about."""
PAGES_A_FILE = 5

FIRST = (
    "Ada", "Bram", "Carla", "Dora", "Emil", "Fatima", "Georg", "Hana", "Iris", "Jonas",
    "Katya", "Luca", "Mira", "Nils", "Olga", "Pavel", "Rosa", "Sven", "Tara", "Uli",
)  # fmt: skip
LAST = (
    "Abel", "Brandt", "Costa", "Dahl", "Egger", "Fink", "Galli", "Haas",
    "Ilic", "Jansen", "Kovac", "Lind", "Moreau", "Novak", "Okafor", "Perez", "Quist",
)  # fmt: skip
PLACES = (
    "Ghent", "Turin", "Porto", "Leeds", "Graz", "Malmo", "Cork", "Brno",
    "Riga", "Lille", "Bergen", "Parma", "Kassel", "Nantes", "Aarhus", "Split", "Bilbao",
)  # fmt: skip
THINGS = (
    "boiler", "lift", "archive", "printer", "delivery van", "roof", "car park", "canteen", "heating", "alarm system",
    "meeting room", "server", "front door", "warehouse", "reception desk", "garden wall", "loading ramp", "solar panel",
)  # fmt: skip
MATTERS = (
    "inspection", "repair", "insurance", "lease", "maintenance contract", "replacement", "cleaning", "safety training",
    "rental", "survey", "warranty", "renovation", "audit", "purchase", "removal", "handover",
)  # fmt: skip
FILLERS = (
    "The figures of the last quarter were looked at and nobody had an objection.",
    "Several colleagues asked for more time, which was granted until the end of the week.",
    "Weather and traffic were as usual, and the visit took place without anything worth a note.",
    "A copy of this page goes to the file and another one to the department that asked for it.",
    "It was pointed out that the older version of the form may still be used up to the summer.",
    "Further questions are answered by the office between nine and noon on working days.",
    "The committee thanked everybody who had taken part in the preparation of the event.",
    "Where two versions differ, the one with the later date counts, as agreed some years ago.",
    "Nobody was hurt, and the damage to the fence was repaired on the same afternoon.",
    "The remaining items were put off to the next meeting because the time had run out.",
    "Visitors sign in at the desk and are fetched by the person whom they come to see.",
    "Small amounts are paid from the petty cash and entered in the book on the same day.",
)


def fact(draw: random.Random, number: int) -> tuple[str, str, str]:
    """(sentence that stands on one page only, question about it, the words that answer it)."""
    who = f"{draw.choice(FIRST)} {draw.choice(LAST)}"
    place, thing, matter = draw.choice(PLACES), draw.choice(THINGS), draw.choice(MATTERS)
    sum_, day = (
        f"{draw.randint(200, 9_999):,} euros",
        f"{draw.randint(1, 28)} {draw.choice(('March', 'June', 'October'))}",
    )
    answer = f"reference {place[:2].upper()}-{10_000 + number}"
    sentence = (
        f"The {matter} of the {thing} in {place} was ordered by {who} for {sum_} and is due on {day}, under {answer}."
    )
    return sentence, f"Who ordered the {matter} of the {thing} in {place} for {sum_}, and when is it due?", answer


def page(draw: random.Random, number: int, sentence: str) -> str:
    """One page with a heading, other people's sentences and, somewhere, ``sentence``."""
    heading = (
        f"{draw.choice(('Minutes', 'Letter', 'Policy', 'Report', 'Note', 'Invoice'))} {number}, {draw.choice(PLACES)}"
    )
    sentences: list[str] = []
    while sum(map(len, sentences)) < PAGE - len(sentence) - len(heading):
        filler = draw.choice(FILLERS)
        who, place = f"{draw.choice(FIRST)} {draw.choice(LAST)}", draw.choice(PLACES)
        other = f"{who} from {place} spoke of the {draw.choice(THINGS)} and of the {draw.choice(MATTERS)} last year."
        sentences.append(draw.choice((filler, other)))
    sentences.insert(draw.randrange(len(sentences)), sentence)
    return f"{heading}\n\n{' '.join(sentences)}"


def make_folder(folder: Path, pages: int) -> list[tuple[str, str]]:
    """Write the files; returns (question, words that answer it) for every page."""
    draw = random.Random(SEED)
    asked = []
    for first in range(0, pages, PAGES_A_FILE):
        written = []
        for number in range(first, min(first + PAGES_A_FILE, pages)):
            sentence, question, answer = fact(draw, number)
            written.append(page(draw, number, sentence))
            asked.append((question, answer))
        (folder / f"papers-{first:04d}.txt").write_text("\n\n".join(written), encoding="utf-8")
    return asked


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=1_000)
    parser.add_argument("--questions", type=int, default=40)
    parser.add_argument("--markdown", action="store_true", help="print the table of docs/performance.md")
    arguments = parser.parse_args()
    quiet_blas()
    from models.ask.index import AskIndex
    from models.documents.reader import read_document

    embedder = Embedder(ROOT / "resources" / "onnx")
    index = AskIndex(embedder)
    never = threading.Event()
    with tempfile.TemporaryDirectory() as name:
        asked = make_folder(Path(name), arguments.pages)
        embedder.load()
        clock, cpu = time.perf_counter(), time.process_time()
        for file in sorted(Path(name).glob("*.txt")):
            for _ in index.add(file.name, read_document(file).text, never):
                pass
        seconds, worked = time.perf_counter() - clock, time.process_time() - cpu
    chosen = random.Random(SEED).sample(asked, min(arguments.questions, len(asked)))
    index.search("What is due?")
    clocks, cpus, first, among = [], [], 0, 0
    for question, answer in chosen:
        clock, cpu = time.perf_counter(), time.process_time()
        hits = index.search(question)
        clocks.append((time.perf_counter() - clock) * 1000)
        cpus.append((time.process_time() - cpu) * 1000)
        first += bool(hits) and answer in hits[0].text
        among += any(answer in hit.text for hit in hits)
    hundred = 100 / arguments.pages
    rows = [
        ("reading in 100 pages, clock", f"{seconds * hundred:.1f} s", "60 s"),
        ("the same, processor time", f"{worked * hundred:.1f} s", "120 s on 2 cores"),
        ("a question, median, clock", f"{statistics.median(clocks):.0f} ms", "150 ms"),
        ("the same, processor time", f"{statistics.median(cpus):.0f} ms", ""),
        ("the same, 95th percentile, processor time", f"{sorted(cpus)[round(0.95 * (len(cpus) - 1))]:.0f} ms", ""),
        ("the passage with the answer came first", f"{first} of {len(chosen)}", ""),
        ("… was among the six shown", f"{among} of {len(chosen)}", ""),
    ]
    print(f"{arguments.pages:,} pages, {index.size:,} passages")
    for what, figure, limit in rows:
        print(f"| {what} | {figure} | {limit} |" if arguments.markdown else f"{what:45} {figure:>10}  {limit}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
