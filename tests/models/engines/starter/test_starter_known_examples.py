"""Features of examples that were computed in advance: right, and never trusted blindly."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from models.engines.starter.classifier import texts_to_learn
from models.engines.starter.embedding import Embedder
from models.engines.starter.known_examples import FILE, key, load_known
from models.skills.loader import load_packs

RESOURCES = Path(__file__).resolve().parents[4] / "resources"
ONNX = RESOURCES / "onnx"


def test_stored_features_are_those_that_the_model_gives() -> None:
    known = load_known(ONNX)
    texts = [text for task in load_packs(RESOURCES / "skills").tasks if task.labels for text in texts_to_learn(task)]
    stored = [text for text in texts if key(text) in known][:20]
    assert stored
    computed = Embedder(ONNX).features(stored)
    assert np.abs(np.array([known[key(text)] for text in stored]) - computed).max() < 0.02


@pytest.mark.parametrize("content", [None, b"", b"junk", b"PK\x03\x04 cut short"])
def test_without_a_good_file_nothing_is_known(tmp_path: Path, content: bytes | None) -> None:
    shutil.copy(ONNX / "SHA256SUMS", tmp_path)
    if content is not None:
        (tmp_path / FILE).write_bytes(content)
    assert load_known(tmp_path) == {}


def test_features_of_another_model_are_not_used(tmp_path: Path) -> None:
    shutil.copy(ONNX / FILE, tmp_path)
    (tmp_path / "SHA256SUMS").write_text("0" * 64 + "  minilm.onnx\n", encoding="ascii")
    assert load_known(tmp_path) == {}


def test_keys_tell_texts_apart() -> None:
    assert key("one") != key("two")
    assert key("\ud800") != key("one")
