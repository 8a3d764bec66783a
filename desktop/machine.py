"""What this machine has for a language model, and what that means, in plain words."""

import importlib
import platform
import shutil
from dataclasses import dataclass
from pathlib import Path

from models.runtime import keep_numpy_to_one_thread
from models.store.manifest import ManifestModel
from models.store.workplace import MARGIN

_X86 = frozenset({"x86_64", "amd64", "x86", "i386", "i686"})


@dataclass(frozen=True, slots=True)
class Machine:
    """Free disk (bytes) where models live, and free memory (bytes); None where not known.

    ``features`` are the processor's, as NumPy names them; () where they are not known. ``architecture``: "x86_64", say.
    """

    free_disk: int | None
    free_memory: int | None
    features: tuple[str, ...] = ()
    architecture: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One sentence on the machine; ``fine`` is False where it stands in the way."""

    words: str
    fine: bool = True


def measure(folder: Path) -> Machine:
    """Look at this machine; ``folder`` is where models would live."""
    import psutil

    there = next((path for path in (folder, *folder.parents) if path.exists()), Path.home())
    try:
        free_disk: int | None = shutil.disk_usage(there).free
    except OSError:
        free_disk = None
    return Machine(free_disk, int(psutil.virtual_memory().available), cpu_features(), platform.machine().lower())


def cpu_features() -> tuple[str, ...]:
    """Features of the processor that matter for the speed of a model, as NumPy detected them."""
    keep_numpy_to_one_thread()
    try:
        detected: dict[str, bool] = importlib.import_module("numpy._core._multiarray_umath").__cpu_features__
    except (ImportError, AttributeError):
        return ()
    wanted = ("SSE42", "AVX", "F16C", "FMA3", "AVX2", "AVX512F", "AVX512VNNI", "AVX512BF16", "NEON", "ASIMDDP", "SVE")
    return tuple(name for name in wanted if detected.get(name))


def lacks_avx2(machine: Machine) -> bool:
    """Whether the processor is known to lack what the model's fast kernels need."""
    return machine.architecture in _X86 and bool(machine.features) and "AVX2" not in machine.features


def judge(machine: Machine, model: ManifestModel, still_to_fetch: int | None = None) -> tuple[Fact, ...]:
    """What stands for and against ``model`` here: disk, memory, processor. ``still_to_fetch`` in bytes, if begun."""
    needed = (model.total_bytes if still_to_fetch is None else still_to_fetch) + MARGIN
    facts = []
    if machine.free_disk is not None:
        fits = machine.free_disk >= needed
        facts.append(Fact(f"{_gb(machine.free_disk)} of disk free" + ("" if fits else f", {_gb(needed)} needed"), fits))
    if machine.free_memory is not None:
        facts.append(_memory(machine.free_memory, model))
    facts.append(_processor(machine))
    return tuple(fact for fact in facts if fact.words)


def _memory(free: int, model: ManifestModel) -> Fact:
    has = f"{_gb(free)} of memory free"
    if free >= model.memory_4096_bytes:
        return Fact(f"{has}, enough")
    if free >= model.memory_2048_bytes:
        return Fact(f"{has}, enough for shorter texts; close other programs for long ones")
    return Fact(f"{has}, about {_gb(model.memory_2048_bytes)} needed: close other programs before a run", False)


def _processor(machine: Machine) -> Fact:
    if lacks_avx2(machine):
        return Fact("this processor has no AVX2: the model will hardly run here, the starter engine does", False)
    if "AVX512VNNI" in machine.features or "AVX512F" in machine.features:
        return Fact("processor fast (AVX-512)")
    if "AVX2" in machine.features:
        return Fact("processor fine (AVX2)")
    if {"NEON", "ASIMDDP"} & set(machine.features):
        return Fact("processor fine (NEON)")
    return Fact("")


def _gb(size: int) -> str:
    return f"{size / 1e9:.1f} GB"
