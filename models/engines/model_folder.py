"""Looks at a model's folder and at this machine before anything is loaded."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.errors import EngineError, EngineUnavailable

_LEAST_OF_WEIGHTS = 0.6
"""Share of the weights that must fit into free memory at the very least: tables are read from disk piece by piece."""


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """What a model folder says about itself: bytes of weights on disk, bytes of cache in memory for one token."""

    weight_bytes: int
    cache_bytes: int
    context_length: int


def read_model_folder(folder: Path) -> ModelFolder:
    """Check that a folder holds a model, without loading it. Errors never name the folder.

    Raises:
        EngineUnavailable: there is no model.
        EngineError: there is one, but it is not whole.
    """
    if not (folder / "genai_config.json").is_file():
        raise EngineUnavailable(
            "The language model is not installed",
            "This task needs a language model and there is none in the place where it is expected. Your document is "
            "unchanged. Install Phi-4 Mini in Settings, or import a folder that holds it.",
        )
    try:
        config = json.loads((folder / "genai_config.json").read_text(encoding="utf-8"))
        decoder = config["model"]["decoder"]
        name = str(decoder["filename"])
        heads, size = int(decoder["num_key_value_heads"]), int(decoder["head_size"])
        cache = 2 * 4 * int(decoder["num_hidden_layers"]) * heads * size  # keys and values, 4 bytes each
        context = int(config["model"]["context_length"])
        weights = (folder / name).stat().st_size + _size(folder / f"{name}.data")
        if not _size(folder / "tokenizer.json"):
            raise FileNotFoundError
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise EngineError(
            "The language model is not complete",
            "A file of the language model is missing or cannot be read. Your document is unchanged. Remove the model "
            "in Settings and install it again.",
        ) from error
    return ModelFolder(weights, cache, context)


def check_memory(model: ModelFolder, max_length: int) -> None:
    """Refuse in words where the free memory is clearly not enough for the weights and ``max_length`` tokens.

    Raises:
        EngineUnavailable: it is not.
    """
    import psutil

    needed = int(model.weight_bytes * _LEAST_OF_WEIGHTS) + model.cache_bytes * max_length
    free = int(psutil.virtual_memory().available)
    if free < needed:
        raise EngineUnavailable(
            "Not enough free memory",
            f"The language model needs at least {_gibibytes(needed)} of free memory and this computer has "
            f"{_gibibytes(free)} now. Your document is unchanged. Close other programs and run the task again.",
        )


def physical_cores() -> int:
    """Cores that this process may compute on, without the second thread of each; 1 or more.

    More threads than cores make the runtime two to three times slower, and its own default is half of the logical CPUs.
    """
    import psutil

    cores: int = psutil.cpu_count(logical=False) or psutil.cpu_count() or 1
    affinity: Any = getattr(os, "sched_getaffinity", None)
    return max(1, min(cores, len(affinity(0)) if affinity else cores))


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _gibibytes(size: int) -> str:
    return f"{size / 2**30:.1f} GB"
