"""Processor time of a piece of work, for tests that tell a time that grows with the text from one that explodes."""

import time
from collections.abc import Callable


def least_seconds(work: Callable[[], object], tries: int = 3) -> float:
    """Processor time of this thread for ``work``, the least of a few tries: a stall of the machine is no growth."""
    times = []
    for _ in range(tries):
        began = time.thread_time()
        work()
        times.append(time.thread_time() - began)
    return min(times)
