"""What a child process does about itself: keeps quiet, says how much memory it has, gives it back."""

import contextlib
import os
import signal
import sys

NICENESS = 5
"""Of a child process that computes, where there is such a thing (0 is usual, 19 the least urgent)."""


def resident_bytes() -> int:
    """Memory of this process in bytes, files that it maps included."""
    import psutil

    return int(psutil.Process().memory_info().rss)


def peak_bytes() -> int:
    """The most that it ever had, as the system counted it."""
    if sys.platform == "win32":
        import psutil

        return int(psutil.Process().memory_info().peak_wset)
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def return_memory() -> None:
    """Give freed memory back to the system, which wipes it. Only glibc keeps much of it otherwise."""
    if sys.platform == "linux":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)


def give_way() -> None:
    """Let programs that a person is waiting for go first: typing stays fluent while the model uses every core."""
    import psutil

    with contextlib.suppress(psutil.Error, OSError):
        if hasattr(os, "nice"):
            os.nice(NICENESS)
        else:
            psutil.Process().nice(getattr(psutil, "BELOW_NORMAL_PRIORITY_CLASS", 0))


def be_quiet() -> None:
    """No Ctrl+C (the parent decides), no output and no core file: either could hold the person's text."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # the parent ends it so, even where it ignores the signal itself
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
