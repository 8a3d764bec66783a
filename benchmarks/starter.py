"""How fast and how right the starter engine is, and against what.

    python -m benchmarks.starter [--quick] [--markdown] [--cpu]

Prints the time to the first answer of a fresh process, the times of later answers, of embedding, and of learning a
task; the golden accuracy of every task; and the same classification done the plain way (features of the examples not
kept, one text a model run) for comparison. Then labels of one's own: learning 1,000 texts of 77 labels from nothing,
one answer after that, learning again after one correction, and the memory that all of it takes. ``--markdown`` prints
these as the table of docs/performance.md; ``--cpu`` counts the processor time of all threads instead of the clock, for
a machine that is busy with other things (an idle one takes less by up to its number of cores). Times are milliseconds
of the clock on this machine as busy as it is, unless they are processor time.
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
from models.engines.starter.embedding import Embedder, quiet_blas
from models.engines.starter.engine import StarterEngine
from models.engines.starter.passages import reading
from models.errors import StrongroomError
from models.pii.analyzer import Analyzer
from models.pii.registry import default_recognizers
from models.skills.golden import passes
from models.skills.loader import load_packs
from models.skills.parsing import parse_answer
from models.skills.skill import Example, Label, Task

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
import sys, time; clock = time.process_time if sys.argv[3] == "cpu" else time.perf_counter; start = clock()
import threading
from pathlib import Path
from models.engines.base import Request
from models.engines.starter.engine import StarterEngine
from models.pii.analyzer import Analyzer
from models.skills.loader import load_packs
task = load_packs(Path(sys.argv[1]) / "skills").get(sys.argv[2])
engine = StarterEngine(Analyzer(()), Path(sys.argv[1]))
ready = clock()
list(engine.run(Request(task, sys.stdin.read()), threading.Event()))
print(f"{(clock() - ready) * 1000:.0f} {(clock() - start) * 1000:.0f}")
"""


_clock = [time.perf_counter]


def timed(work: Callable[[], object], runs: int) -> list[float]:
    """Milliseconds of every run, after one that is not counted."""
    work()
    times = []
    for _ in range(runs):
        start = _clock[0]()
        work()
        times.append((_clock[0]() - start) * 1000)
    return times


def spread(times: list[float]) -> str:
    """Median and 95th percentile, in words."""
    p95 = sorted(times)[min(len(times) - 1, round(0.95 * len(times)))]
    return f"median {statistics.median(times):6.1f} ms, p95 {p95:6.1f} ms"


def first_answer(task: str, runs: int) -> list[tuple[float, float]]:
    """(ms of the first answer, ms with the imports and packs before it) in fresh processes."""
    results = []
    for _ in range(runs):
        clock = "cpu" if _clock[0] is time.process_time else "wall"
        command = [sys.executable, "-c", FIRST, str(RESOURCES), task, clock]
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


def own_labels(embedder: Embedder, runs: int) -> list[tuple[str, str, str]]:
    """(what, figure, limit) for labels of one's own: 1,000 texts of the packs under 77 names, so only times count."""
    import numpy as np

    from models.engines.starter.classifier import Taught
    from models.engines.starter.few_shot import learn_texts

    packs = load_packs(RESOURCES / "skills")
    texts = list(dict.fromkeys(example.text for task in packs.tasks if task.labels for example in task.examples))[:1000]
    labels = [(f"label {index % 77}",) for index in range(len(texts))]
    started = _clock[0]()
    learnt = learn_texts(embedder, texts, labels)
    whole = _clock[0]() - started
    words = " ".join(LETTER.split()[:200])
    answers = timed(lambda: learnt.judge(embedder.features([words])), max(runs, 20))
    p95 = sorted(answers)[round(0.95 * (len(answers) - 1))]
    rows = [
        (f"learning {len(texts):,} texts of 77 labels", f"{whole:.1f} s", "10 s"),
        (f"one answer of {len(words.split())} words, median", f"{statistics.median(answers):.0f} ms", "40 ms"),
        ("the same, 95th percentile", f"{p95:.0f} ms", "82 ms"),
    ]
    names = [f"label {number}" for number in range(77)]
    own = Task(
        "own", "classify", "", "", "", 64,
        tuple(Example(text, label) for text, label in zip(texts, labels, strict=True)), (),
        labels=tuple(Label(name, name) for name in names),
    )  # fmt: skip
    for task in (packs.get("T01"), packs.get("T02"), packs.get("T13"), own):
        features = embedder.features(texts_to_learn(task))
        correction = [Taught(task.label_names[0], np.asarray(features[-1]))]
        known = (task, features, correction, learn(task, features))
        again = timed(lambda known=known: learn(*known), max(3, runs // 6))
        what = f"learning {task.id} again after one correction ({len(task.examples)} examples)"
        rows.append((what, f"{statistics.median(again):.0f} ms", "300 ms"))
    return rows


MEMORY = """
import sys, threading
from pathlib import Path
import psutil
from models.engines.base import Request
from models.engines.starter.engine import StarterEngine
from models.pii.analyzer import Analyzer
from models.skills.loader import load_packs
tasks = load_packs(Path(sys.argv[1]) / "skills")
before = psutil.Process().memory_info().rss
engine = StarterEngine(Analyzer(()), Path(sys.argv[1]))
engine.warm_up(tasks.tasks)
for task in ("T01", "T02", "T03", "T13", "T15", "queue"):
    list(engine.run(Request(tasks.get(task), sys.stdin.read() or "Thank you."), threading.Event()))
print((psutil.Process().memory_info().rss - before) // 1_000_000)
"""


def memory_mb() -> int:
    """Megabytes that a process grows by when it learns and answers every task with labels."""
    command = [sys.executable, "-c", MEMORY, str(RESOURCES)]
    done = subprocess.run(command, cwd=ROOT, input=LETTER, capture_output=True, text=True, check=True)
    return int(done.stdout)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure the starter engine.")
    parser.add_argument("--quick", action="store_true", help="a fifth of the runs")
    parser.add_argument("--cpu", action="store_true", help="processor time instead of the clock")
    parser.add_argument("--markdown", action="store_true", help="print only the table of docs/performance.md")
    arguments = parser.parse_args()
    if arguments.cpu:
        _clock[0] = time.process_time
    runs = 6 if arguments.quick else 30
    if arguments.markdown:
        markdown(runs)
        return
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

    print("Labels of one's own (limits in brackets):")
    for what, figure, limit in own_labels(embedder, runs):
        print(f"  {what:60} {figure} ({limit})")
    print(f"  memory on top of the process: {memory_mb()} MB (150 MB)")

    print("Golden cases that pass:")
    for task in packs.tasks:
        if task.skill != "draft":
            print(f"  {task.id:5} {golden(engine, task):6.0%} of {len(task.golden)}")


def markdown(runs: int) -> None:
    """The table of docs/performance.md."""
    quiet_blas()
    engine = StarterEngine(Analyzer(default_recognizers()), RESOURCES)
    packs = load_packs(RESOURCES / "skills")
    rows = [
        (
            f"first answer of a fresh process ({task_id}, {len(LETTER.split())} words)",
            f"{statistics.median(answer for answer, _ in first_answer(task_id, max(3, runs // 6))):.0f} ms",
            "1,000 ms",
        )
        for task_id in ("T01", "T02", "T13")
    ]
    for task_id in ("T01", "T13"):
        task = packs.get(task_id)
        times = timed(lambda task=task: list(engine.run(Request(task, LETTER), threading.Event())), runs)
        p95 = sorted(times)[round(0.95 * (len(times) - 1))]
        rows.append((f"later answers, {task_id}, median", f"{statistics.median(times):.0f} ms", "40 ms"))
        rows.append((f"later answers, {task_id}, 95th percentile", f"{p95:.0f} ms", "82 ms"))
    rows += own_labels(Embedder(RESOURCES / "onnx"), runs)
    rows.append(("memory, all tasks learnt and answered", f"{memory_mb()} MB", "150 MB"))
    print("| what | figure | limit |\n|---|---|---|")
    for what, figure, limit in rows:
        print(f"| {what} | {figure} | {limit} |")
    print("\n| task | golden cases right |\n|---|---|")
    for task in packs.tasks:
        if task.skill != "draft":
            print(f"| {task.id} {task.name} | {golden(engine, task):.0%} of {len(task.golden)} |")


if __name__ == "__main__":
    main()
