"""Measures with how many threads a model is fastest on this machine."""

import os
import threading
import time
from collections.abc import Iterable
from pathlib import Path

from models.engines.model_folder import physical_cores
from models.engines.worker_client import Patience, WorkerClient
from models.engines.worker_protocol import Done, Failed, Generate, Load, Prefilled, Token
from models.messages import Message

WORDS = "The tenant pays the rent of 1,240.50 EUR on the third working day of each month. " * 8
OUTPUT = 12
"""Tokens written in one measurement."""
WORTH = 0.97
"""A smaller number of threads is taken if it needs no more time than the fastest divided by this."""


def candidates() -> tuple[int, ...]:
    """Numbers of threads worth trying: one for each physical core, one less, and one for each logical processor."""
    cores = physical_cores()
    logical = os.cpu_count() or cores
    return tuple(sorted({cores, max(1, cores - 1), min(logical, 2 * cores)}))


def fastest(times: dict[int, float]) -> int:
    """The number of threads to take: the fewest that are as good as the fastest, 0 where nothing was measured."""
    if not times:
        return 0
    best = min(times.values())
    return min(threads for threads, seconds in times.items() if seconds * WORTH <= best)


def measure(folder: Path, numbers: Iterable[int], cancel: threading.Event) -> dict[int, float]:
    """Seconds to read and write a short text, by number of threads; those that failed are left out."""
    times: dict[int, float] = {}
    for threads in numbers:
        client = WorkerClient(Patience(), cancel)
        client.start()
        try:
            seconds = _seconds(client, folder, threads, cancel)
        finally:
            client.drop(now=True)
        if cancel.is_set():
            break
        if seconds:
            times[threads] = seconds
    return times


def _seconds(client: WorkerClient, folder: Path, threads: int, cancel: threading.Event) -> float:
    load = Load(str(folder), threads, 512, 60.0)
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
