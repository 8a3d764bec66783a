"""Loads the exported tagger and checks that it is the one that this program was built with."""

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.errors import StrongroomError
from models.pii.tagger.features import CASES, PLACES, SHAPES
from models.pii.tagger.labels import ENTITIES, TAGS
from models.pii.tagger.windows import WINDOW
from models.runtime import import_onnxruntime

if TYPE_CHECKING:
    import numpy as np
    from tokenizers import Tokenizer

FOLDER = Path(__file__).resolve().parents[3] / "resources" / "onnx"
MODEL, TOKENIZER, DIGESTS = "pii_tagger.onnx", "tokenizer.json", "SHA256SUMS"


class TaggerUnavailable(StrongroomError):
    """The files of the tagger are missing, damaged or of another version."""

    def __init__(self) -> None:
        super().__init__(
            "The check for names cannot run",
            "A file of the small model that looks for names and addresses is missing or damaged, so a text cannot be "
            "checked whole. Nothing is sent meanwhile. Install Strongroom again to repair it.",
        )


@dataclass(frozen=True, slots=True)
class Session:
    """A loaded model: ``run`` may be called from any thread."""

    session: Any
    tokenizer: "Tokenizer"
    thresholds: dict[str, float]
    """Least score of a finding, by entity."""

    def run(self, ids: "np.ndarray", cases: "np.ndarray") -> "np.ndarray":
        """Ids and cases of one window, (pieces,) int64 → logits (pieces, tags) float32.

        Raises TaggerUnavailable when they are no numbers: damaged weights may load without an error.
        """
        import numpy as np

        logits: np.ndarray = self.session.run(["logits"], {"input_ids": ids[None], "case_ids": cases[None]})[0][0]
        if logits.shape != (len(ids), len(TAGS)) or not np.isfinite(logits).all():
            raise TaggerUnavailable
        return logits


@lru_cache(maxsize=2)
def load(folder: Path = FOLDER) -> Session:
    """Read model and tokenizer, about 0.2 s; one session serves all who ask. Raises TaggerUnavailable."""
    try:
        known = _digests(folder)
        model = _checked(folder / MODEL, known)
        tokenizer = _checked(folder / TOKENIZER, known)
    except (OSError, ValueError, KeyError) as error:
        raise TaggerUnavailable from error
    onnxruntime = import_onnxruntime()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Without a pattern of memory for every length of window, the process stays some 20 MB smaller at no cost.
    options.enable_cpu_mem_arena = True
    options.enable_mem_pattern = False
    try:
        session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        thresholds = _thresholds(session.get_modelmeta().custom_metadata_map)
        return Session(session, _tokenizer(tokenizer), thresholds)
    # The runtime raises classes of its own, which are not exported, for a file that it cannot read.
    except Exception as error:
        raise TaggerUnavailable from error


def _digests(folder: Path) -> dict[str, str]:
    lines = (folder / DIGESTS).read_text(encoding="ascii").splitlines()
    return {name: digest for digest, name in (line.split() for line in lines)}


def _checked(path: Path, known: dict[str, str]) -> bytes:
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != known[path.name]:
        raise ValueError("the file is not the one that was shipped")
    return data


def _tokenizer(data: bytes) -> "Tokenizer":
    from tokenizers import Tokenizer

    return Tokenizer.from_buffer(data)


def _thresholds(metadata: dict[str, str]) -> dict[str, float]:
    """The thresholds in the file's metadata; ValueError when the rest does not fit this program."""
    read = {name: json.loads(metadata[name]) for name in ("tags", "shapes", "places", "window", "thresholds")}
    fits = (
        tuple(read["tags"]) == TAGS
        and tuple(read["shapes"]) == SHAPES
        and tuple(read["places"]) == PLACES
        and read["window"]["pieces"] >= WINDOW
        and 1 + len(SHAPES) * len(PLACES) == CASES
    )
    thresholds = {entity: float(read["thresholds"][entity]) for entity in ENTITIES}
    if not fits or not all(0 < threshold <= 1 for threshold in thresholds.values()):
        raise ValueError("the file was made for another version")
    return thresholds
