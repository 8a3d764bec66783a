"""Figures of the Phi engine on this machine.

    python benchmarks/engine.py MODEL_DIR [--llama-bench PATH --gguf FILE] [--prompt 512] [--output 32] [--rounds 3]

Prints, for the model folder as it would be loaded (what was prepared of it included): speed against the runtime's own
number of threads, against the best number found by hand, and against llama.cpp where its ``llama-bench`` is given; the
time to the first of an answer with instructions, or the document, computed before; model runs of an extraction; how
soon Stop is heard; time and memory to load, prepared and not; and the longest silence of this process meanwhile. Each
line says what is wanted of it. What is compared is measured in turns, and each figure is that of its best round: other
programs only make it worse. Times belong to this machine, ratios carry over.
"""

import argparse
import json
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from engine_parts.bench import Bench, Run, memory, stop_while_loading
from engine_parts.peer import rates

from models.cores import performance_cores
from models.engines.base import Request
from models.engines.constraint import Grammars
from models.engines.extract_grammar import extraction_grammar
from models.engines.phi import PhiEngine
from models.engines.prepared import folder_to_load, read_note
from models.skills.loader import load_packs
from models.skills.prompts import EXAMPLE_BUDGET, build_messages
from models.skills.schema import output_schema
from models.skills.skill import Example, Field, Task

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT, LONG_DOCUMENT = 150, 1500
"""Tokens of a short letter, and of some pages."""
TASKS = {task.id: task for task in load_packs(ROOT / "resources" / "skills").tasks}
FIELDS = ("supplier", "customer", "number", "total", "due")
VALUES = ("Northwind Bank", "Anna Bergman", "2026-0417", "1,240.50 EUR", "12 May 2026")
"""What a trained model would find: noise has values without end."""
INVOICE = (
    "Northwind Bank, 12 Harbour Street. Invoice 2026-0417 of 12 April 2026. Dear Ms Anna Bergman, for our services in "
    "March we charge 1,240.50 EUR, payable by 12 May 2026 to the account below. Kind regards, Jens Okafor"
)
FIVE_FIELDS = Task(
    id="five",
    skill="extract",
    name="Invoice",
    description="Facts of an invoice.",
    instructions="Pull out the facts of the invoice.",
    max_output_tokens=160,
    examples=(Example(INVOICE, records=(dict(zip(FIELDS, VALUES, strict=True)),)),),
    golden=(),
    fields=tuple(Field(name, name) for name in FIELDS),
    ground="supplier",
)


def line(name: str, value: str, wanted: str = "", *, holds: bool | None = None) -> None:
    """Print one figure."""
    verdict = "" if holds is None else ("  holds" if holds else "  DOES NOT HOLD")
    print(f"{name:58}{value:>26}{f'   wanted {wanted}' if wanted else ''}{verdict}", flush=True)


def speed(model: Path, given: argparse.Namespace) -> tuple[float, float]:
    """Threads, and the peer. Returns our tokens a second reading and writing."""
    cores = performance_cores()
    numbers: list[int | None] = [cores, None, *(n for n in range(1, cores + 2) if n != cores)]
    found: dict[int | None, list[tuple[float, float]]] = {number: [] for number in numbers}
    peer: list[tuple[float, float]] = []
    for round_ in range(given.rounds):
        for number in numbers if round_ == 0 or given.thorough else [cores]:
            with Bench(model, number) as bench:
                bench.warm_up()
                run = bench.run(bench.prompt(given.prompt, round_ + 1), given.output)
                found[number].append((run.read_rate, run.write_rate))
        if given.llama_bench:
            peer.append(rates(given.llama_bench, given.gguf, cores, given.prompt, given.output))
    best = {number: tuple(max(column) for column in zip(*runs, strict=True)) for number, runs in found.items() if runs}
    read, write = best[cores]
    line(f"reading, {cores} threads", f"{read:.1f} tok/s")
    line("writing", f"{write:.1f} tok/s")
    theirs = best[None]
    line("reading, writing against the runtime's own threads", f"{read / theirs[0]:.2f} x, {write / theirs[1]:.2f} x")
    top_read, top_write = (max(rate[column] for rate in best.values()) for column in (0, 1))
    share = min(read / top_read, write / top_write)
    line("default against the best number of threads", f"{share:.2f} x", ">= 0.97", holds=share >= 0.97)
    if peer:
        peer_read, peer_write = (max(column) for column in zip(*peer, strict=True))
        for name, ours, its in (("reading", read, peer_read), ("writing", write, peer_write)):
            line(
                f"{name} against llama.cpp ({its:.1f} tok/s)", f"{ours / its:.2f} x", ">= 1.10", holds=ours / its >= 1.1
            )
    return read, write


def accelerator(given: argparse.Namespace, model: Path) -> None:
    """An accelerator against the CPU, each with the form of the model that it would be given."""
    from models.engines.accelerators import on_the_cpu, probe

    cancel = threading.Event()
    found = probe(given.model_dir, given.provider, lambda: on_the_cpu(given.model_dir, cancel), cancel)
    print(found.reason)
    if not found.works:
        return
    rates: dict[str, tuple[float, float]] = {}
    for name, place in (("", model), (given.provider, given.model_dir)):
        with Bench(place, performance_cores(), provider=name) as bench:
            bench.warm_up()
            runs = [bench.run(bench.prompt(given.prompt, number + 1), given.output) for number in range(given.rounds)]
            rates[name] = max(run.read_rate for run in runs), max(run.write_rate for run in runs)
            line(f"reading on {name or 'the CPU'}", f"{rates[name][0]:.1f} tok/s")
            line("writing", f"{rates[name][1]:.1f} tok/s")
            if name:
                stop = bench.stop_while_reading(bench.prompt(600, 91)), bench.stop_while_writing(bench.prompt(64, 92))
                line("Stop while reading, writing", f"{1000 * stop[0]:.0f}, {1000 * stop[1]:.0f} ms")
    ours, cpu = rates[given.provider], rates[""]
    line("reading, writing against the CPU", f"{ours[0] / cpu[0]:.1f} x, {ours[1] / cpu[1]:.1f} x")


def latency(bench: Bench, rounds: int) -> None:
    """The time to the first of an answer with something computed before."""
    cold = ask(bench, "T01", bench.text(DOCUMENT, 1))
    rate = cold.prompt_tokens / cold.read
    extra: list[float] = []
    for number in range(rounds):
        run = ask(bench, "T01", bench.text(DOCUMENT, 20 + number))
        extra.append(run.first - (run.prompt_tokens - run.cached) / rate)
        line("second classify, instructions kept", f"{run.prompt_tokens - run.cached} tokens, {run.first:.2f} s")
    line(
        "first of it, less reading at the rate of the first",
        f"{1000 * min(extra):+.0f} ms",
        "<= +60 ms",
        holds=min(extra) <= 0.06,
    )
    line("first classify", f"{cold.first:.2f} s")
    # What a task takes cold is scaled, by its tokens, from a cold run beside it.
    cold = ask(bench, "T02", bench.text(40, 30))  # as idle time would have
    text = bench.text(DOCUMENT, 31)
    ask(bench, "T13", text)
    report("short document, second task (its instructions warm)", ask(bench, "T02", text), cold)
    text = bench.text(LONG_DOCUMENT, 32)
    cold = ask(bench, "T13", text, document_first=True)
    report("long document, second task", ask(bench, "T01", text, document_first=True), cold)


def ask(bench: Bench, name: str, text: str, *, document_first: bool = False) -> Run:
    """A classify or route task, up to its label."""
    task = TASKS[name]
    schema = json.dumps(output_schema(task), ensure_ascii=False)
    budget = EXAMPLE_BUDGET // 2 if document_first else EXAMPLE_BUDGET  # as the engine does it
    prompt = build_messages(task, text, "", budget, document_first=document_first)
    return bench.run(prompt, 64, schema, task.label_names, stop=1)


def report(name: str, warm: Run, cold: Run) -> None:
    """The share of the cold time to the first of an answer."""
    share = warm.first / (cold.first * warm.prompt_tokens / cold.prompt_tokens)
    value = f"{warm.prompt_tokens - warm.cached} of {warm.prompt_tokens} tokens, {share:.0%}"
    line(name, value, "<= 35 % of cold", holds=share <= 0.35)


def answers(bench: Bench, model: Path) -> None:
    """Model runs of an extraction, and Stop."""
    runs, free = runs_of_extraction(model)
    share = runs / free
    name = f"runs of the model for an item of 5 fields, {free} tokens"
    line(name, f"{runs} = {share:.0%}", "<= 60 %", holds=share <= 0.6)
    reading = bench.stop_while_reading(bench.prompt(600, 91))
    line("Stop while reading", f"{reading:.2f} s", "<= 1.2 s", holds=reading <= 1.2)
    writing = bench.stop_while_writing(bench.prompt(64, 92))
    line("Stop while writing", f"{1000 * writing:.0f} ms", "<= 150 ms", holds=writing <= 0.15)


def runs_of_extraction(model: Path) -> tuple[int, int]:
    """Runs of the model to write ``VALUES``, and those that free writing would take: one a token."""
    config = json.loads((model / "genai_config.json").read_text(encoding="utf-8"))["model"]
    ends = config["eos_token_id"]
    grammars = Grammars(model / "tokenizer.json", config["vocab_size"], ends if isinstance(ends, list) else [ends])
    text = json.dumps({"items": [dict(zip(FIELDS, VALUES, strict=True))]}, separators=(",", ":"))
    constraint = grammars.constraint(json.dumps(output_schema(FIVE_FIELDS)), extraction_grammar(FIVE_FIELDS, INVOICE))
    assert constraint is not None
    free = len(grammars.tokens(text)) + 1  # the mark of the end
    constraint.take(opening := constraint.forced())
    rest = text[len(grammars.text(opening)) :]
    runs = 1
    while rest:
        chosen = grammars.tokens(rest)[:1]
        constraint.take(chosen)
        forced = [] if constraint.done else constraint.forced()
        constraint.take(forced)
        rest = rest[len(grammars.text([*chosen, *forced])) :]
        runs += bool(rest)
    return runs, free


def loading(given: argparse.Namespace, model: Path) -> None:
    """Time and memory to load, as prepared and as installed, and Stop meanwhile."""
    cores = performance_cores()
    note = read_note(given.model_dir)
    packed = note is not None and note.prepacked
    places = {"packed weights": model, "as installed": given.model_dir} if packed else {"as installed": model}
    for name, place in places.items():
        for file in place.glob("*"):  # found in the system's cache
            if file.is_file():
                with file.open("rb") as stream:
                    while stream.read(1 << 24):
                        pass
        with Bench(place, cores) as bench:
            loaded = memory(bench.worker.pid)
            is_packed = name == "packed weights"
            wanted = "<= 2.5 s" if is_packed else ""
            line(f"load, {name}", f"{bench.load:.1f} s", wanted, holds=bench.load <= 2.5 if is_packed else None)
            line("computing for that, all threads", f"{bench.worker.pulse() or 0:.1f} s")
            if not loaded:
                continue
            if is_packed:
                few = loaded["anonymous"] <= 0.3
                line("anonymous memory then", f"{loaded['anonymous']:.2f} GiB", "<= 0.3 GiB", holds=few)
            else:
                line("peak memory then", f"{loaded['peak']:.2f} GiB", "<= 4.1 GiB", holds=loaded["peak"] <= 4.1)
            bench.warm_up()
            before = memory(bench.worker.pid)["anonymous"]
            run = bench.run(bench.prompt(2000, 1), 16)
            more = memory(bench.worker.pid)["anonymous"] - before
            line(f"a prompt of {run.prompt_tokens} tokens adds", f"{more:.2f} GiB", "<= 0.5 GiB", holds=more <= 0.5)
    stop = stop_while_loading(given.model_dir, cores)
    line("Stop while loading", f"{stop:.2f} s", "<= 1 s", holds=stop <= 1.0)


def silence(given: argparse.Namespace) -> None:
    """The longest that this process could not do anything else while another thread of it ran a task."""
    engine = PhiEngine(given.model_dir, "Phi-4 Mini", check_memory=False)
    request = Request(TASKS["T01"], SENTENCES)

    def work() -> None:
        for _ in engine.run(request, threading.Event()):
            pass

    thread = threading.Thread(target=work)
    longest, last = 0.0, time.perf_counter()
    thread.start()
    while thread.is_alive():
        time.sleep(0.005)
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
    engine.close()
    line("longest silence of this process in load and run", f"{1000 * longest:.0f} ms", "< 100 ms", holds=longest < 0.1)


SENTENCES = "I ordered a kettle and it came on time. It works as it should, and the handle stays cool. " * 4


def main() -> None:
    """Run the script."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("model_dir", type=Path)
    parser.add_argument("--llama-bench", type=Path, help="llama.cpp's llama-bench")
    parser.add_argument("--gguf", type=Path, help="a model of the same shape for it (Q4_0)")
    parser.add_argument("--prompt", type=int, default=512, help="tokens of the prompt")
    parser.add_argument("--output", type=int, default=32, help="tokens written at most")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--thorough", action="store_true", help="every number of threads in every round")
    parser.add_argument("--only", choices=("speed", "latency", "answers", "loading", "silence"), action="append")
    parser.add_argument("--provider", help="measure this accelerator (as webgpu) against the CPU, and nothing else")
    given = parser.parse_args()
    if given.llama_bench and not given.gguf:
        parser.error("--llama-bench needs --gguf")
    parts = given.only or ["speed", "latency", "answers", "loading", "silence"]
    model = folder_to_load(given.model_dir)
    print(f"{model.name}, {performance_cores()} cores")
    if given.provider:
        accelerator(given, model)
        return
    if "speed" in parts:
        speed(model, given)
    if "latency" in parts or "answers" in parts:
        with Bench(model, performance_cores()) as bench:
            bench.warm_up()
            if "latency" in parts:
                latency(bench, given.rounds)
            if "answers" in parts:
                answers(bench, model)
    if "loading" in parts:
        loading(given, model)
    if "silence" in parts:
        silence(given)


if __name__ == "__main__":
    main()
