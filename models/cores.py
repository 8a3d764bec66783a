"""How many processor cores there are to compute on."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

_LINUX_FAST = Path("/sys/devices/cpu_core/cpus")
"""Logical processors on the fast cores of an Intel hybrid, as "0-7,10"; missing on other machines."""


def physical_cores() -> int:
    """Cores that this process may compute on, without the second thread of each; 1 or more.

    More threads than cores make the runtime two to three times slower, and its own default is half of the logical CPUs.
    """
    import psutil

    cores: int = psutil.cpu_count(logical=False) or psutil.cpu_count() or 1
    affinity: Any = getattr(os, "sched_getaffinity", None)
    return max(1, min(cores, len(affinity(0)) if affinity else cores))


def performance_cores() -> int:
    """Fast cores, where the system tells fast ones and slow ones apart (Linux, macOS); else all physical cores."""
    found = _macos() if sys.platform == "darwin" else _linux()
    return min(found, physical_cores()) if found else physical_cores()


def _linux() -> int:
    try:
        processors = _numbers(_LINUX_FAST.read_text(encoding="ascii"))
        return len({_core(number) for number in processors})
    except (OSError, ValueError):
        return 0


def _core(processor: int) -> tuple[str, str]:
    """Chip and core that a logical processor is a thread of."""
    topology = Path(f"/sys/devices/system/cpu/cpu{processor}/topology")
    package, core = ((topology / name).read_text(encoding="ascii") for name in ("physical_package_id", "core_id"))
    return package, core


def _numbers(ranges: str) -> list[int]:
    """The numbers of "0-3,8"."""
    bounds = [[int(end) for end in part.split("-")] for part in ranges.strip().split(",") if part]
    return [number for ends in bounds for number in range(ends[0], ends[-1] + 1)]


def _macos() -> int:
    try:
        command = ["/usr/sbin/sysctl", "-n", "hw.perflevel0.physicalcpu"]
        return int(subprocess.run(command, capture_output=True, text=True, check=True, timeout=2).stdout)
    except (OSError, ValueError, subprocess.SubprocessError):
        return 0
