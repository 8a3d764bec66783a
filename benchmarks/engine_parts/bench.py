"""One worker that is measured from outside, through the same pipe that the program uses."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

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
    Scored,
    Started,
    Token,
)
from models.messages import Message

SENTENCE = "The tenant pays the rent of 1,240.50 EUR on the third working day of each month to the landlord. "


@dataclass
class Run:
    """What one prompt took. Times in seconds from the command; ``first`` is when the first of the answer was known."""

    prompt_tokens: int = 0
    cached: int = 0
    first: float = 0.0
    read: float = 0.0
    end: float = 0.0
    text: str = ""
    slices: list[float] = field(default_factory=list)
    tokens: list[float] = field(default_factory=list)
    done: Done | None = None

    @property
    def read_rate(self) -> float:
        """Tokens a second while reading."""
        return (self.prompt_tokens - self.cached) / self.read if self.read else float("nan")

    @property
    def write_rate(self) -> float:
        """Tokens a second while writing."""
        return (len(self.tokens) - 1) / (self.tokens[-1] - self.tokens[0]) if len(self.tokens) > 1 else float("nan")


class Bench:
    """A worker with so many threads (None: the runtime's own default), or on an accelerator."""

    def __init__(
        self, model_dir: Path, threads: int | None, cache_tokens: int = 3 * MAX_LENGTH, provider: str = ""
    ) -> None:
        started = time.perf_counter()
        self.worker = WorkerProcess()
        self._number = 0
        self._last(Load(str(model_dir), threads, MAX_LENGTH, KEEP_SECONDS, cache_tokens, provider), Loaded)
        self.load = time.perf_counter() - started
        """Seconds to start the process and load the model."""
        self._per_sentence = self.count_texts([SENTENCE * 10])[0] / 10

    def __enter__(self) -> "Bench":
        return self

    def __exit__(self, *_: object) -> None:
        self.worker.stop(now=True)

    def warm_up(self) -> None:
        """Have made what is made once: what the first constrained answer needs, and a graphics processor's programs."""
        self.run(self.prompt(160, 0), 2, '{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}')
        self.run(self.prompt(160, -1), 2)

    def text(self, tokens: int, salt: int) -> str:
        """About so many tokens; ``salt`` makes it another text from its beginning."""
        return f"{salt}. " + SENTENCE * max(1, round(tokens / self._per_sentence))

    def prompt(self, tokens: int, salt: int) -> Prompt:
        """A prompt of about so many tokens."""
        return (Message("user", self.text(tokens, salt)),)

    def count(self, prompt: Prompt) -> int:
        """Tokens of a prompt."""
        counted = self._last(CountTokens(self._next(), (prompt,)), Counted)
        assert isinstance(counted, Counted)
        return counted.counts[0]

    def count_texts(self, texts: list[str]) -> tuple[int, ...]:
        """Tokens of texts."""
        counted = self._last(CountTokens(self._next(), tuple(texts)), Counted)
        assert isinstance(counted, Counted)
        return counted.counts

    def run(
        self,
        prompt: Prompt,
        output: int,
        schema: str | None = None,
        labels: tuple[str, ...] = (),
        *,
        stop: int | None = None,
    ) -> Run:
        """Answer a prompt; ``stop`` cancels it after so many tokens."""
        command = Generate(self._next(), prompt, schema, output, labels)
        result = Run()
        started = time.perf_counter()
        for reply in self._replies(command):
            now = time.perf_counter() - started
            match reply:
                case Started():
                    result.prompt_tokens, result.cached = reply.prompt_tokens, reply.cached_tokens
                case Prefilled():
                    result.read = now
                    result.slices.append(now)
                case Scored():
                    result.first = result.first or now
                case Token():
                    result.first = result.first or now
                    result.tokens.append(now)
                    result.text += reply.text
                    if stop is not None and len(result.tokens) == stop:
                        self.worker.send(Cancel(command.id))
                case Done():
                    result.end, result.done = now, reply
        return result

    def stop_while_reading(self, prompt: Prompt) -> float:
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

    def stop_while_writing(self, prompt: Prompt) -> float:
        """Seconds from Cancel, sent behind the fourth token, to Done."""
        command = Generate(self._next(), prompt, None, 64)
        asked, count = 0.0, 0
        for reply in self._replies(command):
            if isinstance(reply, Token):
                count += 1
                if count == 4:
                    asked = time.perf_counter()
                    self.worker.send(Cancel(command.id))
        return time.perf_counter() - asked

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


def stop_while_loading(model_dir: Path, threads: int) -> float:
    """Seconds from giving up a load in its middle to the end of its process."""
    worker = WorkerProcess()
    worker.send(Load(str(model_dir), threads, MAX_LENGTH, KEEP_SECONDS))
    time.sleep(1.5)
    started = time.perf_counter()
    worker.stop(now=True)
    return time.perf_counter() - started


def memory(pid: int | None) -> dict[str, float]:
    """Anonymous and peak memory of a process in GiB, as Linux counts them; empty elsewhere."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return {}
    wanted = {"RssAnon": "anonymous", "VmHWM": "peak"}
    found = (line.split(":") for line in lines)
    return {wanted[name]: int(value.split()[0]) / 2**20 for name, value in found if name in wanted}
