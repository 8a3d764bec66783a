"""Measures with how many threads a model is fastest on this machine."""

import os
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from models.cores import performance_cores, physical_cores
from models.engines.worker_client import Patience, WorkerClient
from models.engines.worker_protocol import Done, Failed, Generate, Load, Prefilled, Token
from models.messages import Message

WORDS = "The tenant pays the rent of 1,240.50 EUR on the third working day of each month. " * 8
LENGTH = 512
"""Tokens that there is room for in a measurement."""
OUTPUT = 12
"""Tokens written in one measurement."""
BUSY = 0.25
"""Cores that other programs may keep busy during a measurement; above it, nothing is learnt from it."""
WORTH = 0.97
"""A smaller number of threads is taken if it needs no more time than the fastest divided by this."""


def candidates() -> tuple[int, ...]:
    """Numbers of threads worth trying: the fast cores, all, one less, and one for each logical processor."""
    cores = physical_cores()
    logical = os.cpu_count() or cores
    return tuple(sorted({performance_cores(), cores, max(1, cores - 1), min(logical, 2 * cores)}))


def fastest(times: dict[int, float]) -> int:
    """The number of threads to take: the fewest that are as good as the fastest, 0 where nothing was measured."""
    if not times:
        return 0
    best = min(times.values())
    return min(threads for threads, seconds in times.items() if seconds * WORTH <= best)


def measure(folder: Path, numbers: Iterable[int], cancel: threading.Event) -> dict[int, float]:
    """Seconds to read and write a short text, by number of threads; those that failed are left out.

    Empty where other programs kept the machine busy: threads that wait for each other are slowest then, and what was
    seen would hold good for that moment only.
    """
    times: dict[int, float] = {}
    for threads in numbers:
        client = WorkerClient(Patience(stop=0.0), cancel)
        client.start()
        try:
            assert client.process is not None
            others = _Others(client.process.pulse)
            seconds = _seconds(client, folder, threads, cancel)
            busy = others.cores() > BUSY
        finally:
            client.drop(now=True)
        if cancel.is_set():
            break
        if busy:
            return {}
        if seconds:
            times[threads] = seconds
    return times


class _Others:
    """What other programs compute from now on. ``pulse`` gives the seconds that the worker has computed."""

    def __init__(self, pulse: Callable[[], float | None]) -> None:
        self._pulse = pulse
        self._started, self._before = time.perf_counter(), self._computed()

    def cores(self) -> float:
        """Cores kept busy, on average."""
        return max(0.0, self._computed() - self._before) / max(time.perf_counter() - self._started, 0.01)

    def _computed(self) -> float:
        import psutil

        times = psutil.cpu_times()
        everything = sum(getattr(times, name, 0.0) for name in ("user", "nice", "system", "steal"))
        return float(everything) - (self._pulse() or 0.0) - time.process_time()


def _seconds(client: WorkerClient, folder: Path, threads: int, cancel: threading.Event) -> float:
    load = Load(str(folder), threads, LENGTH, 60.0)
    if any(isinstance(reply, Failed) for reply in client.replies(load, cancel)):
        return 0.0
    best = 0.0
    for _ in range(2):  # the first pays for what is made once
        job = Generate(client.next_number(), (Message("user", WORDS),), None, OUTPUT)
        started, read, last = time.perf_counter(), 0.0, 0.0
        for reply in client.replies(job, cancel):
            now = time.perf_counter() - started
            if isinstance(reply, Prefilled):
                read = now
            elif isinstance(reply, Token | Done):
                last = now
        # Reading a prompt and writing an answer take about as long in use; here, too.
        best = min(best or last, last) if read else 0.0
    return best
