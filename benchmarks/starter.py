"""How fast and how right the starter engine is, and against what.

    python -m benchmarks.starter [--quick]

Prints the time to the first answer of a fresh process, the times of later answers, of embedding, and of learning a
task; the golden accuracy of every task; and the same classification done the plain way (features of the examples not
kept, one text a model run) for comparison. Times are wall-clock milliseconds on this machine as busy as it is.
"""

import argparse
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from models.engines.base import Chunk, Request
from models.engines.starter.classifier import learn, texts_to_learn
from models.engines.starter.embedding import Embedder
from models.engines.starter.engine import StarterEngine
from models.engines.starter.passages import reading
from models.errors import StrongroomError
from models.pii.analyzer import Analyzer
from models.pii.registry import default_recognizers
from models.skills.golden import passes
from models.skills.loader import load_packs
from models.skills.parsing import parse_answer
from models.skills.skill import Task

ROOT = Path(__file__).resolve().parents[1]
RESOURCES = ROOT / "resources"
LETTER = """Good day. In March I moved my two contracts to your company, after your colleague had promised me on the
phone that the change would cost nothing. Since then I have received three letters, and in each of them the amount is a
different one. The last invoice charges me twice for the month of April, although I paid it by transfer on the second,
and it adds a fee for a reminder that never reached me. I have written to you twice and called four times; each time
somebody told me that the matter had been passed on, and each time nothing happened. I would like to keep the contracts,
because the service itself works well, but I cannot accept that I have to run after my own money. Please check the
account, return the second payment, cancel the fee and confirm to me in writing that this is done, by the end of next
week at the latest. Otherwise I shall have to take the matter to my lawyer. Thank you. Anna Brandt"""

FIRST = """
import time; start = time.perf_counter()
import sys, threading
from pathlib import Path
from models.engines.base import Request
from models.engines.starter.engine import StarterEngine
from models.pii.analyzer import Analyzer
from models.skills.loader import load_packs
task = load_packs(Path(sys.argv[1]) / "skills").get(sys.argv[2])
engine = StarterEngine(Analyzer(()), Path(sys.argv[1]))
ready = time.perf_counter()
list(engine.run(Request(task, sys.stdin.read()), threading.Event()))
print(f"{(time.perf_counter() - ready) * 1000:.0f} {(time.perf_counter() - start) * 1000:.0f}")
"""


def timed(work: Callable[[], object], runs: int) -> list[float]:
    """Milliseconds of every run, after one that is not counted."""
    work()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return times


def spread(times: list[float]) -> str:
    """Median and 95th percentile, in words."""
    p95 = sorted(times)[min(len(times) - 1, round(0.95 * len(times)))]
    return f"median {statistics.median(times):6.1f} ms, p95 {p95:6.1f} ms"


def first_answer(task: str, runs: int) -> list[tuple[float, float]]:
    """(ms of the first answer, ms with the imports and packs before it) in fresh processes."""
    results = []
    for _ in range(runs):
        command = [sys.executable, "-c", FIRST, str(RESOURCES), task]
        done = subprocess.run(command, cwd=ROOT, input=LETTER, capture_output=True, text=True, check=True)
        answer, whole = done.stdout.split()
        results.append((float(answer), float(whole)))
    return results


def golden(engine: StarterEngine, task: Task) -> float:
    """Share of the task's golden cases that pass."""
    right = 0
    for case in task.golden:
        try:
            events = list(engine.run(Request(task, case.text), threading.Event()))
            raw = "".join(event.text for event in events if isinstance(event, Chunk))
            right += passes(task, case, parse_answer(task, raw, case.text))
        except StrongroomError:
            continue
    return right / len(task.golden)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure the starter engine.")
    parser.add_argument("--quick", action="store_true", help="a fifth of the runs")
    runs = 6 if parser.parse_args().quick else 30
    packs = load_packs(RESOURCES / "skills")
    engine = StarterEngine(Analyzer(default_recognizers()), RESOURCES)

    print(f"A text of {len(LETTER.split())} words, {runs} runs each:")
    for task_id in ("T01", "T02", "T13"):
        first = first_answer(task_id, max(3, runs // 6))
        answer, whole = (statistics.median(times) for times in zip(*first, strict=True))
        print(
            f"  {task_id:5} first answer, fresh process  median {answer:6.1f} ms ({whole:.0f} ms with imports, packs)"
        )
    ours = {}
    for task_id in ("T01", "T02", "T03", "T13", "T15", "queue"):
        task = packs.get(task_id)
        times = timed(lambda task=task: list(engine.run(Request(task, LETTER), threading.Event())), runs)
        ours[task_id] = statistics.median(times)
        print(f"  {task_id:5} later answers                {spread(times)}")

    embedder = Embedder(RESOURCES / "onnx")
    print("Embedding one text:")
    for tokens in (70, 172, 342):
        text = " word" * tokens
        times = timed(lambda text=text: embedder.embed([text]), runs)
        print(f"  {tokens:4} word pieces                    {spread(times)}")
    print("Learning a task from stored features:")
    for task_id in ("T01", "T02"):
        task = packs.get(task_id)
        features = embedder.features(texts_to_learn(task))
        learning = timed(lambda task=task, features=features: learn(task, features), max(3, runs // 6))
        print(f"  {task_id:5} {len(features):4} texts, {len(task.labels):2} labels      {spread(learning)}")

    print("Against the plain way (examples embedded again for each answer, one text a model run):")
    task = packs.get("T13")

    def plain() -> None:
        features = [embedder.features([text])[0] for text in texts_to_learn(task)]
        import numpy as np

        text = reading(LETTER)
        learn(task, np.array(features)).judge(text, np.array([embedder.features([part])[0] for part in text.texts]))

    slow = statistics.median(timed(plain, max(3, runs // 10)))
    print(f"  T13   {slow:.0f} ms against {ours['T13']:.1f} ms: {slow / ours['T13']:.0f} times")

    print("Golden cases that pass:")
    for task in packs.tasks:
        if task.skill != "draft":
            print(f"  {task.id:5} {golden(engine, task):6.0%} of {len(task.golden)}")


if __name__ == "__main__":
    main()
