"""Features of examples that were computed in advance: right, and never trusted blindly."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from models.engines.starter.classifier import learn, texts_to_learn
from models.engines.starter.embedding import Embedder
from models.engines.starter.few_shot import scaled_parts
from models.engines.starter.known_examples import FILE, Known, key, load_known
from models.engines.starter.known_tasks import restore
from models.skills.loader import load_packs
from models.skills.skill import Task

RESOURCES = Path(__file__).resolve().parents[4] / "resources"
ONNX = RESOURCES / "onnx"
PACKS = load_packs(RESOURCES / "skills")


def test_stored_features_are_those_that_the_model_gives() -> None:
    known = load_known(ONNX).features
    texts = [text for task in PACKS.tasks if task.labels for text in texts_to_learn(task)]
    stored = [text for text in texts if key(text) in known][:20]
    assert stored
    computed = Embedder(ONNX).features(stored)
    assert np.abs(np.array([known[key(text)] for text in stored]) - computed).max() < 0.02


@pytest.mark.parametrize("content", [None, b"", b"junk", b"PK\x03\x04 cut short"])
def test_without_a_good_file_nothing_is_known(tmp_path: Path, content: bytes | None) -> None:
    shutil.copy(ONNX / "SHA256SUMS", tmp_path)
    if content is not None:
        (tmp_path / FILE).write_bytes(content)
    assert load_known(tmp_path) == Known()


def test_features_of_another_model_are_not_used(tmp_path: Path) -> None:
    shutil.copy(ONNX / FILE, tmp_path)
    (tmp_path / "SHA256SUMS").write_text("0" * 64 + "  minilm.onnx\n", encoding="ascii")
    assert load_known(tmp_path) == Known()


@pytest.mark.parametrize("task", [task for task in PACKS.tasks if task.labels], ids=lambda task: task.id)
def test_what_ships_as_learnt_is_what_is_learnt_from_the_pack(task: Task) -> None:
    known = load_known(ONNX)
    features = np.array([known.features[key(text)] for text in texts_to_learn(task)])
    shipped = restore(task, features, known.tasks)
    assert shipped is not None
    learnt = learn(task, features)
    for one, other in zip(shipped.learnt.read(features), learnt.learnt.read(features), strict=True):
        assert np.abs(one - other).max() < 0.01
    assert shipped.learnt.threshold == pytest.approx(learnt.learnt.threshold, abs=1e-3)
    assert shipped.domain.threshold == pytest.approx(learnt.domain.threshold, abs=1e-3)
    own, other_own = (one.domain.log_odds(scaled_parts(features, one.scales)) for one in (shipped, learnt))
    assert np.abs(own - other_own).max() < 0.01


def test_a_pack_that_was_changed_is_learnt_anew() -> None:
    known = load_known(ONNX)
    task = next(task for task in PACKS.tasks if len(task.labels) > 2)
    changed = replace(task, examples=task.examples[1:])
    features = np.array([known.features[key(text)] for text in texts_to_learn(changed)])
    assert restore(changed, features, known.tasks) is None


def test_keys_tell_texts_apart() -> None:
    assert key("one") != key("two")
    assert key("\ud800") != key("one")
