"""Looks at a model's folder and at this machine before anything is loaded."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from models.engines.onnx_tables import find_tables
from models.engines.protobuf import NotEditable
from models.errors import EngineError, EngineUnavailable

CONFIG = "genai_config.json"
_SAMPLE = 1 << 16
"""Bytes of a file's beginning and end that tell it from another."""
_MARGIN = 1.15
"""Of what weights and cache need, for what the runtime takes beside them."""
_PACKED = 1.2
"""Bytes in memory for a byte of int4 weights on disk: each block of 32 has a sum beside its scale then."""
_SHORT_LENGTH = 2048
"""Tokens of prompt and answer where memory is short."""
_SMALL_MACHINE = 9 * 2**30
"""A machine with less memory than this is one of 8 GB."""
_MOST_KEPT = 3
"""Prompts of full length whose room is kept at most."""
_SHARE_OF_SPARE = 0.25
"""Of the memory that is free beside the model."""


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """What a model folder says about itself: bytes of weights on disk, bytes of cache in memory for one token.

    Tables that are only looked up do not count: they are read from the disk row by row, and take no memory.
    """

    weight_bytes: int
    cache_bytes: int
    context_length: int

    @property
    def memory_bytes(self) -> int:
        """What the weights take in memory, in the form in which the processor computes with them."""
        return int(_PACKED * self.weight_bytes)

    def cache_tokens(self, length: int) -> int:
        """Tokens that prompts may keep computed beside the one at work, by the memory that is free now."""
        import psutil

        spare = int(psutil.virtual_memory().available) - self.memory_bytes - self.cache_bytes * length
        most = _MOST_KEPT * length
        return max(length, min(most, int(spare * _SHARE_OF_SPARE) // self.cache_bytes))


def read_model_folder(folder: Path) -> ModelFolder:
    """Check that a folder holds a model, without loading it. Errors never name the folder.

    Raises:
        EngineUnavailable: there is no model.
        EngineError: there is one, but it is not whole.
    """
    if not (folder / CONFIG).is_file():
        raise EngineUnavailable(
            "The language model is not installed",
            "This task needs a language model and there is none in the place where it is expected. Your document is "
            "unchanged. Install Phi-4 Mini in Settings, or import a folder that holds it.",
        )
    try:
        config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        decoder = config["model"]["decoder"]
        name = str(decoder["filename"])
        heads, size = int(decoder["num_key_value_heads"]), int(decoder["head_size"])
        cache = 2 * 4 * int(decoder["num_hidden_layers"]) * heads * size  # keys and values, 4 bytes each
        context = int(config["model"]["context_length"])
        weights = (folder / name).stat().st_size + _size(folder / f"{name}.data")
        weights -= _looked_up(folder / name)
        if not _size(folder / "tokenizer.json"):
            raise FileNotFoundError
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise EngineError(
            "The language model is not complete",
            "A file of the language model is missing or cannot be read. Your document is unchanged. Remove the model "
            "in Settings and install it again.",
        ) from error
    return ModelFolder(weights, cache, context)


def fitting_length(model: ModelFolder, max_length: int) -> int:
    """Tokens of prompt and answer that the memory of this machine is enough for: ``max_length``, or less.

    A longer document is then read in more parts.
    """
    import psutil

    memory = psutil.virtual_memory()
    needed = _needed(model, max_length)
    if memory.total < _SMALL_MACHINE or memory.available < needed:
        return min(max_length, _SHORT_LENGTH)
    return max_length


def check_memory(model: ModelFolder, max_length: int) -> None:
    """Refuse in words where the free memory is not enough for the weights and ``max_length`` tokens.

    Raises:
        EngineUnavailable: it is not.
    """
    import psutil

    needed = _needed(model, max_length)
    free = int(psutil.virtual_memory().available)
    if free < needed:
        raise EngineUnavailable(
            "Not enough free memory",
            f"The language model needs about {_gibibytes(needed)} of free memory and this computer has "
            f"{_gibibytes(free)} now. Your document is unchanged. Close other programs and run the task again, or "
            "switch on “Load anyway” in Settings: it may then be slow, or break off.",
        )


def _needed(model: ModelFolder, max_length: int) -> int:
    return int(_MARGIN * (model.memory_bytes + model.cache_bytes * max_length))


def fingerprint(folder: Path) -> str:
    """Tells one model from another by its configuration and by the size, beginning and end of its graph and weights.

    Milliseconds; whether the weights are whole is for the digests of the manifest to say. "" where it cannot be read.
    """
    digest = hashlib.sha256()
    try:
        digest.update((folder / CONFIG).read_bytes())
        name = str(json.loads((folder / CONFIG).read_text(encoding="utf-8"))["model"]["decoder"]["filename"])
        for file in (folder / name, folder / f"{name}.data"):
            if file.is_file():
                size = file.stat().st_size
                digest.update(size.to_bytes(8, "big"))
                with file.open("rb") as stream:
                    digest.update(stream.read(_SAMPLE))
                    stream.seek(max(0, size - _SAMPLE))
                    digest.update(stream.read(_SAMPLE))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ""
    return digest.hexdigest()[:32]


def _looked_up(graph: Path) -> int:
    """Bytes of the weights that are never wanted as a whole; 0 for a graph of another form."""
    try:
        return sum(table.size for table in find_tables(graph.read_bytes()))
    except NotEditable:
        return 0


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _gibibytes(size: int) -> str:
    return f"{size / 2**30:.1f} GB"
