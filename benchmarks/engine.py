"""Figures of the Phi engine on this machine.

    python benchmarks/engine.py MODEL_DIR [--prompt 1000] [--output 64] [--rounds 3]

Loads the model in a worker with our number of threads and again with onnxruntime-genai's own, and prints for both:
seconds to load, tokens a second while reading and while writing, time to the first token, the time that Stop takes
while reading, and memory; then the ratio. After that, with our threads, the time to the first token of a prompt that
shares its instructions, or its document too, with the one before, and the same prompt's with nothing kept; it ends with
an error if their answers differ. Times belong to this machine, ratios carry over. Each figure is that of the best
round: other programs only make it worse, and the more so the more threads there are.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from models.engines.model_folder import physical_cores
from models.engines.phi import KEEP_SECONDS, MAX_LENGTH
from models.engines.worker_process import WorkerProcess
from models.engines.worker_protocol import (
    Cancel,
    Command,
    Counted,
    CountTokens,
    Done,
    Failed,
    Generate,
    Load,
    Loaded,
    Prefilled,
    Prompt,
    Reply,
    Started,
    Token,
)
from models.messages import Message

SENTENCE = "The tenant pays the rent of 1,240.50 EUR on the third working day of each month to the landlord. "
INSTRUCTIONS, DOCUMENT = 700, 150
"""Tokens of a task's instructions with its examples, and of a short letter."""
UNIT = ("load s", "read tok/s", "write tok/s", "first token s", "stop s", "memory GiB")
HIGHER_IS_BETTER = {"read tok/s", "write tok/s"}


@dataclass
class Bench:
    """One worker with one number of threads (None: the runtime's own default)."""

    model_dir: Path
    threads: int | None

    def __post_init__(self) -> None:
        started = time.perf_counter()
        self.worker = WorkerProcess()
        self._number = 0
        self._last(Load(str(self.model_dir), self.threads, MAX_LENGTH, KEEP_SECONDS), Loaded)
        self.load = time.perf_counter() - started

    def text(self, tokens: int, salt: int) -> str:
        """About so many tokens; ``salt`` makes it another text."""
        counted = self._last(CountTokens(self._next(), (SENTENCE * 10,)), Counted)
        assert isinstance(counted, Counted)
        return f"{salt}. " + SENTENCE * max(1, round(10 * tokens / counted.counts[0]))

    def prompt(self, tokens: int, salt: int) -> Prompt:
        """A prompt of about so many tokens; ``salt`` makes it another text from its beginning."""
        return (Message("user", self.text(tokens, salt)),)

    def first_token(self, prompt: Prompt) -> tuple[float, int, str]:
        """Seconds to the first token, tokens of the prompt that were not computed, and the answer."""
        started = time.perf_counter()
        first, cached, answer = 0.0, 0, ""
        for reply in self._replies(Generate(self._next(), prompt, None, 16)):
            if isinstance(reply, Started):
                cached = reply.cached_tokens
            elif isinstance(reply, Token | Done):
                first = first or time.perf_counter() - started
                answer += reply.text if isinstance(reply, Token) else ""
        return first, cached, answer

    def generate(self, prompt: Prompt, output: int) -> tuple[float, float, float, float]:
        """Tokens a second reading and writing, seconds to the first token, memory in GiB."""
        started = time.perf_counter()
        read = first = last = started
        prompt_tokens = written = 0
        memory = 0.0
        for reply in self._replies(Generate(self._next(), prompt, None, output)):
            now = time.perf_counter()
            if isinstance(reply, Prefilled):
                prompt_tokens, read = reply.done, now
            elif isinstance(reply, Token):
                first = now if not written else first
                written, last = reply.count, now
            elif isinstance(reply, Done):
                memory = reply.memory / 2**30
        writing = (written - 1) / (last - first) if written > 1 else float("nan")
        return prompt_tokens / (read - started), writing, first - started, memory

    def stop(self, prompt: Prompt) -> float:
        """Seconds from Cancel, sent in the middle of a slice of the prompt, to Done."""
        command = Generate(self._next(), prompt, None, 8)
        slices: list[float] = []
        asked = 0.0
        for reply in self._replies(command):
            if isinstance(reply, Prefilled):
                slices.append(time.perf_counter())
                if len(slices) == 3:
                    time.sleep((slices[2] - slices[1]) / 2)
                    asked = time.perf_counter()
                    self.worker.send(Cancel(command.id))
        return time.perf_counter() - asked

    def count(self, prompt: Prompt) -> int:
        """Tokens of a prompt."""
        counted = self._last(CountTokens(self._next(), (prompt,)), Counted)
        assert isinstance(counted, Counted)
        return counted.counts[0]

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _replies(self, command: Command) -> Iterator[Reply]:
        self.worker.send(command)
        while True:
            reply = self.worker.receive(600.0)
            if reply is None or isinstance(reply, Failed):
                raise SystemExit("the worker failed: " + (reply.message if reply else "no answer in ten minutes"))
            yield reply
            if isinstance(reply, Done | Loaded | Counted):
                return

    def _last(self, command: Command, kind: type) -> Reply:
        replies = list(self._replies(command))
        assert isinstance(replies[-1], kind)
        return replies[-1]


def measure(model_dir: Path, threads: int | None, prompt: int, output: int, rounds: int) -> dict[str, float]:
    """The best of each figure."""
    bench = Bench(model_dir, threads)
    try:
        bench.generate(bench.prompt(64, 0), 4)  # the first run pays for what is made once
        runs = [bench.generate(bench.prompt(prompt, number), output) for number in range(1, rounds + 1)]
        stops = [bench.stop(bench.prompt(prompt, -number)) for number in range(1, rounds + 1)]
    finally:
        bench.worker.stop()
    reading, writing, first, memory = zip(*runs, strict=True)
    best = (bench.load, max(reading), max(writing), min(first), min(stops), max(memory))
    return dict(zip(UNIT, best, strict=True))


def measure_reuse(model_dir: Path, threads: int, rounds: int) -> None:
    """Print the share of the time to the first token that is left with a shared beginning: the best of each."""
    bench = Bench(model_dir, threads)
    try:
        system = Message("system", bench.text(INSTRUCTIONS, 0))
        other = (Message("user", bench.text(64, 0)),)  # shares nothing, so that the next prompt is computed whole
        cases = {"same instructions": DOCUMENT, "same document, other wish": 2 * DOCUMENT}
        for name, tokens in cases.items():
            cold, warm, share = float("inf"), float("inf"), 0.0
            for number in range(1, rounds + 1):
                if name == "same instructions":
                    before, prompt = (
                        (system, Message("user", bench.text(tokens, salt))) for salt in (number, number + rounds)
                    )
                else:
                    document = bench.text(tokens, number)
                    before, prompt = (
                        (system, Message("user", document + wish)) for wish in ("Be formal.", "Be brief.")
                    )
                bench.first_token(other)
                seconds, _, expected = bench.first_token(prompt)
                cold = min(cold, seconds)
                bench.first_token(other)
                bench.first_token(before)
                seconds, cached, answer = bench.first_token(prompt)
                warm = min(warm, seconds)
                share = cached / bench.count(prompt)
                if answer != expected:
                    raise SystemExit("the answer with the kept prefix is another one")
            print(f"{name:28}{cold:10.3f} s{warm:10.3f} s{warm / cold:8.2f}{share:12.0%} of the prompt kept")
    finally:
        bench.worker.stop()


def main() -> None:
    """Run the script."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("model_dir", type=Path)
    parser.add_argument("--prompt", type=int, default=1000, help="tokens of the prompt")
    parser.add_argument("--output", type=int, default=64, help="tokens written at most")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    cores = physical_cores()
    for file in given.model_dir.glob("model.onnx*"):  # both loads find the files in the system's cache
        with file.open("rb") as stream:
            while stream.read(1 << 24):
                pass
    ours = measure(given.model_dir, cores, given.prompt, given.output, given.rounds)
    theirs = measure(given.model_dir, None, given.prompt, given.output, given.rounds)
    print(f"{'':14}{f'{cores} threads':>14}{'their default':>16}{'ratio':>8}")
    for name in UNIT:
        ratio = ours[name] / theirs[name] if name in HIGHER_IS_BETTER else theirs[name] / ours[name]
        print(f"{name:14}{ours[name]:14.3f}{theirs[name]:16.3f}{ratio:8.2f}")
    print("ratio: above 1, ours is better")
    print(f"\n{'first token':28}{'cold':>12}{'kept':>12}{'ratio':>8}")
    measure_reuse(given.model_dir, cores, given.rounds)


if __name__ == "__main__":
    main()
