"""The one place that imports onnxruntime in this process, with its telemetry off and NumPy kept to one thread."""

import os
from types import ModuleType


def disable_telemetry() -> None:
    """Switch off the telemetry of onnxruntime and onnxruntime-genai for this process and its children.

    It is on by default in the official wheels, and only this variable, set before the first import, stops it.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"


def choose_attention() -> None:
    """Have the processor compute attention over the whole prompt at once instead of tile by tile.

    To be called before the first model. Prompts are read in slices of a few tokens: behind 900 others, a slice of 64
    took nearly twice as long with the tiles of onnxruntime 1.31 (``docs/performance.md``).
    """
    os.environ.setdefault("ORT_GQA_DISABLE_FLASH_ATTENTION", "1")


def import_onnxruntime() -> ModuleType:
    """Import onnxruntime, which brings NumPy with it, when it is first needed (about 0.1 s), with telemetry off."""
    disable_telemetry()
    keep_numpy_to_one_thread()
    import onnxruntime

    runtime: ModuleType = onnxruntime
    return runtime


def keep_numpy_to_one_thread() -> None:
    """To be called before NumPy may be imported for the first time.

    Its linear algebra reads once, on import, how many threads it may use. Where the scan comes first, the starter
    engine would say so too late, and two sets of busy threads would fight for the cores.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
