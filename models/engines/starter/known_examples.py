"""What ships computed in advance, so that no first answer waits: the examples' features, and what was learnt."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Features = NDArray[np.float32]

FILE = "examples.npz"
TAGGER = "pii_tagger.onnx"


@dataclass(frozen=True, slots=True)
class Known:
    """``features`` (771) by ``key`` of the text; ``tasks``: numbers by task, see ``known_tasks``."""

    features: "Mapping[int, Features]" = field(default_factory=dict)
    tasks: "Mapping[str, Features]" = field(default_factory=dict)


def key(text: str) -> int:
    """64 bits that stand for a text: the start of its SHA-256."""
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "replace")).digest()[:8], "big")


def load_known(folder: Path) -> Known:
    """Read the file; nothing is known if it is missing, damaged or made with another model.

    Nothing depends on the file but time: what is not in it is computed.
    """
    import zipfile

    import numpy as np

    try:
        with (folder / FILE).open("rb") as file, np.load(file, allow_pickle=False) as stored:
            if str(stored["model"]) != model_digests(folder):
                return Known()
            keys, features = stored["keys"], stored["features"].astype(np.float32)
            tasks = {name: stored[name] for name in stored.files if name not in ("keys", "features", "model")}
            return Known({int(number): row for number, row in zip(keys, features, strict=True)}, tasks)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return Known()


def model_digests(folder: Path) -> str:
    """The recorded digests of the files that features depend on: all but their own and that of the tagger."""
    lines = (folder / "SHA256SUMS").read_text(encoding="ascii").splitlines()
    return "\n".join(sorted(line for line in lines if not line.endswith((FILE, TAGGER))))
