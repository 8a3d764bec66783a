"""Fetches a model again and again, killed at the first, second, third … thing that it does to the disk.

    python crash_at_every_step.py URL FOLDER

Prints a line for each step at which it was killed. Every time, what is found afterwards must be nothing or a whole
model, and the next run must make it whole. Runs in a process of its own, because it forks.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from hub import entry, tiny_files

from models.store.download import _trust
from models.store.fetch import Fetcher
from models.store.installed import installed_models
from models.store.source import source_of

EVENTS = ("open", "os.rename", "os.remove", "os.mkdir", "os.truncate", "shutil.rmtree")


def in_child(work: Callable[[], None]) -> bool:
    """Whether ``work`` came to its end in a forked process."""
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    _, status = os.waitpid(pid, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise SystemExit("a run failed without being killed")
    return os.WIFEXITED(status)


def die_at(step: int, folder: Path) -> None:
    """Kill this process at its ``step``-th event that concerns ``folder``."""
    seen = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        if event in EVENTS and str(arguments[0]).startswith(str(folder)):
            seen += 1
            if seen == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


def main() -> None:
    url, root = sys.argv[1], Path(sys.argv[2])
    model = entry(url, tiny_files())
    _trust()  # loaded once, before the forks

    def fetch(models: Path) -> None:
        list(Fetcher(model, models, source_of(model)).fetch(threading.Event()))

    step, whole = 0, False
    while not whole:
        step += 1
        models = root / str(step)

        def killed(step: int = step, models: Path = models) -> None:
            die_at(step, models)
            fetch(models)

        whole = in_child(killed)
        for found in installed_models(models):
            check(found.folder, found.usable)
        if not in_child(lambda models=models: fetch(models)):
            raise SystemExit(f"the run after a kill at step {step} was killed")
        (found,) = installed_models(models)
        check(found.folder, found.usable)
        print(f"step {step}: whole again", flush=True)


def check(folder: Path, usable: bool) -> None:
    for name, content in tiny_files().items():
        if not usable or (folder / name).read_bytes() != content:
            raise SystemExit(f"{folder} holds half a model")


if __name__ == "__main__":
    main()
