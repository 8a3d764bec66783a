"""Finds out in idle time with how many threads a model is fastest, and keeps that, by model, runtime and machine."""

import contextlib
import hashlib
import json
import os
import threading
from pathlib import Path

from models.cores import performance_cores, physical_cores
from models.engines.model_folder import check_memory, fingerprint, read_model_folder
from models.engines.prepared import folder_to_load, machine, runtime
from models.engines.thread_calibration import LENGTH, candidates, fastest, measure
from models.errors import StrongroomError

WAIT = 60.0
"""Seconds after a run in which nobody asked for anything before it is measured; doubled after each try in vain."""
TRIES = 5


class ThreadCounts:
    """What was measured. A file that cannot be read or written costs nothing but measuring again."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def get(self, folder: Path) -> int:
        """The number of threads for the model in ``folder``; 0 where that was not measured, or on another machine."""
        return self._read().get(_key(folder), 0)

    def put(self, folder: Path, threads: int) -> None:
        """Keep it."""
        known = self._read() | {_key(folder): threads}
        temporary = self._file.with_name(f"{self._file.name}.{os.getpid()}.part")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(json.dumps(known), encoding="utf-8")
            temporary.replace(self._file)
        except OSError:
            with contextlib.suppress(OSError):
                temporary.unlink()

    def _read(self) -> dict[str, int]:
        try:
            untrusted = json.loads(self._file.read_text(encoding="utf-8"))
            known = {str(key): int(threads) for key, threads in untrusted.items()}
        except (OSError, ValueError, TypeError, AttributeError, RecursionError):
            return {}
        return {key: threads for key, threads in known.items() if 0 < threads <= 256}


class IdleMeasurement:
    """Measures once, in a thread of its own and workers of their own, when nobody has asked for anything for a while.

    Nothing waits for it: whoever wants the model calls ``stop``, and what it had begun is given up at once.
    """

    def __init__(self, counts: ThreadCounts, folder: Path) -> None:
        self._counts = counts
        self._folder = folder
        self._known = 0
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def threads(self) -> int:
        """The number of threads to use: what was measured, else one for each fast core."""
        self._known = self._known or self._counts.get(self._folder)
        return self._known or performance_cores()

    def soon(self) -> None:
        """Measure after a while, if it is not known."""
        self.stop()
        if self._known or len(candidates()) < 2:
            return
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._try, args=(self._stop,), name="threads", daemon=True)
        self._thread.start()

    def stop(self, *, wait: bool = True) -> None:
        """Give it up; ``wait`` until its workers are gone and their memory is free, some tenths of a second."""
        self._stop.set()
        if wait and self._thread is not None:
            self._thread.join()
            self._thread = None

    def _try(self, stop: threading.Event) -> None:
        wait = WAIT
        for _ in range(TRIES):
            if stop.wait(wait):
                return
            threads = self._measured(stop)
            if stop.is_set():
                return
            if threads:
                self._known = threads
                self._counts.put(self._folder, threads)
                return
            wait *= 2

    def _measured(self, stop: threading.Event) -> int:
        """The fastest number; 0 where the machine runs on its battery, has no memory for it, or has other work."""
        if _on_battery():
            return 0
        try:
            check_memory(read_model_folder(self._folder), LENGTH)
            return fastest(measure(folder_to_load(self._folder), candidates(), stop))
        except StrongroomError:  # a run will say what is the matter
            return 0


def _key(folder: Path) -> str:
    """What a number is kept under; a digest, for the processor's description is long."""
    cores = f"{physical_cores()} of {os.cpu_count()}"
    parts = "|".join((fingerprint(folder), runtime(), machine(), cores))
    return hashlib.sha256(parts.encode("utf-8", "replace")).hexdigest()[:32]


def _on_battery() -> bool:
    import psutil

    battery = psutil.sensors_battery() if hasattr(psutil, "sensors_battery") else None
    return battery is not None and battery.power_plugged is False
