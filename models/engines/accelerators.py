"""Finds out whether the language model runs on this machine's graphics or neural processor, without any risk.

A driver can hang, crash, say that it is there and not be, or compute wrongly. So each is tried in a child process with
a time-out, first on two tokens, and its answers and speed are held against the CPU's (``accelerator_trial``). What was
found is kept for the model, runtime and driver that it was found with. Nothing is downloaded: what the installed
packages do not bring is not tried. The processor itself is always there to fall back on.
"""

import functools
import hashlib
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.cores import performance_cores
from models.engines.accelerator_trial import Trial, try_provider
from models.engines.model_folder import fingerprint
from models.engines.prepared import folder_to_load, machine, runtime
from models.engines.provider_plugins import installed_plugins, version
from models.runtime import import_onnxruntime

PROVIDERS = {
    "CUDAExecutionProvider": ("cuda", "NVIDIA graphics (CUDA)"),
    "DmlExecutionProvider": ("dml", "graphics (DirectML)"),
    "WebGpuExecutionProvider": ("webgpu", "graphics (WebGPU)"),
    "OpenVINOExecutionProvider": ("OpenVINO", "Intel processors (OpenVINO)"),
    "QNNExecutionProvider": ("QNN", "Qualcomm processors (QNN)"),
}
"""By the runtime's own name: the model runtime's name, and words for people."""

ONLY_CPU = (
    "This computer offers the CPU only: the installed packages bring no accelerator that it has, and none is "
    "downloaded. The CPU is what Phi-4 Mini is tested on."
)
TIME_OUT = 60.0
"""Seconds that loading, and each answer, may take."""
_DRIVERS = (Path("/proc/driver/nvidia/version"), Path("/sys/module/amdgpu/version"))


@dataclass(frozen=True, slots=True)
class Found:
    """Whether a provider works, and a sentence that says so."""

    provider: str
    works: bool
    reason: str


def brought_along() -> tuple[str, ...]:
    """The providers that the installed packages bring, by the model runtime's names."""
    names = import_onnxruntime().get_available_providers()
    built_in = [PROVIDERS[name][0] for name in names if name in PROVIDERS]
    return tuple(dict.fromkeys((*built_in, *installed_plugins())))


def words(provider: str) -> str:
    """What a provider is called for people."""
    return next((text for name, text in PROVIDERS.values() if name == provider), provider)


def probe(folder: Path, provider: str, cpu: Callable[[], Trial], cancel: threading.Event) -> Found:
    """Try a provider on a model, and hold it against what the CPU did; seconds to two minutes.

    Whatever goes wrong is a finding, not an error. ``cpu`` is only asked where the provider works.
    """
    name = words(provider)
    trial = try_provider(folder, provider, cancel, TIME_OUT)
    if trial.failure:
        return Found(provider, works=False, reason=f"On {name} the model {trial.failure}.")
    other = cpu()
    if other.failure:
        reason = f"The model runs on {name}, but on the CPU, to compare with, it {other.failure}."
        return Found(provider, works=False, reason=reason)
    if len(trial.answers) != len(other.answers):  # one that takes no tokens back cannot tell what labels are worth
        reason = f"The model runs on {name}, but its answers cannot be held against the CPU's there, so it is not used."
        return Found(provider, works=False, reason=reason)
    if not trial.agrees(other):
        reason = f"The model answers otherwise on {name} than on the CPU, so it is not to be trusted there."
        return Found(provider, works=False, reason=reason)
    read, write = _times(trial.read, other.read), _times(trial.write, other.write)
    reason = f"On {name} the model reads {read} as fast as on the CPU and writes {write} as fast."
    return Found(provider, works=True, reason=reason)


def _times(one: float, other: float) -> str:
    """How many times, in words: "30 times", "1.6 times", "0.45 times"."""
    ratio = one / max(other, 1e-9)
    return f"{ratio:.0f} times" if ratio >= 9.95 else f"{ratio:.2g} times"


def on_the_cpu(folder: Path, cancel: threading.Event) -> Trial:
    """What the CPU does with a model, in the form in which it would be used."""
    return try_provider(folder_to_load(folder), "", cancel, TIME_OUT, performance_cores())


class Accelerators:
    """What was found of each provider, kept in a file; a driver, runtime or model that is another is tried anew."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def known(self, folder: Path) -> tuple[Found, ...]:
        """What was found before and still holds; nothing is tried."""
        known = self._read()
        if not known:
            return ()
        keys = [(provider, _key(folder, provider)) for provider in brought_along()]
        return tuple(Found(provider, bool(known[key][0]), str(known[key][1])) for provider, key in keys if key in known)

    def works(self, folder: Path, provider: str) -> bool:
        """Whether ``provider`` was tried and worked, as things are now."""
        return bool(self._read().get(_key(folder, provider), [False])[0])

    def find(self, folder: Path, cancel: threading.Event, providers: Sequence[str] | None = None) -> Iterator[Found]:
        """What is known of ``providers`` (those brought along, unless given), trying those that are not known."""
        known = self._read()
        cpu = functools.cache(lambda: on_the_cpu(folder, cancel))
        for provider in brought_along() if providers is None else providers:
            key = _key(folder, provider)
            if key not in known:
                result = probe(folder, provider, cpu, cancel)
                if cancel.is_set():
                    return
                known[key] = [result.works, result.reason]
                self._write(known)
            works, reason = known[key]
            yield Found(provider, bool(works), str(reason))

    def _read(self) -> dict[str, list[object]]:
        try:
            untrusted = json.loads(self._file.read_text(encoding="utf-8"))
            return {str(key): [bool(works), str(reason)] for key, (works, reason) in untrusted.items()}
        except (OSError, ValueError, TypeError, AttributeError, RecursionError):
            return {}

    def _write(self, known: dict[str, list[object]]) -> None:
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.write_text(json.dumps(known), encoding="utf-8")
        except OSError:
            return  # it is tried again next time


def _key(folder: Path, provider: str) -> str:
    """What a finding is kept under; a digest, for the processor's description is long."""
    parts = "|".join((fingerprint(folder), runtime(), machine(), _driver(), provider, version(provider)))
    return hashlib.sha256(parts.encode("utf-8", "replace")).hexdigest()[:32]


def _driver() -> str:
    """Versions of the drivers that say theirs in a file."""
    found = []
    for file in _DRIVERS:
        try:
            found.append(file.read_text(encoding="utf-8", errors="replace").splitlines()[0])
        except (OSError, IndexError):
            continue
    return " ".join(found)
