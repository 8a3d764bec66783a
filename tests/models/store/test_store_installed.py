"""Which model folders are found, and what is said of those that cannot be used."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from models.errors import EngineUnavailable
from models.store.installed import check_folder, find_model, installed_models

TINY = Path(__file__).resolve().parents[3] / "resources" / "tiny-phi"


def make(folder: Path, **model: Any) -> Path:
    """A folder as an installed model has it, with a graph that keeps its weights beside it."""
    folder.mkdir(parents=True)
    decoder = {"filename": "model.onnx", "hidden_size": 3072, "num_hidden_layers": 32}
    config = {"model": {"type": "phi3", "vocab_size": 200_064, "decoder": decoder, **model}}
    (folder / "genai_config.json").write_text(json.dumps(config))
    (folder / "model.onnx").write_bytes(b"\x08\x0alocation\x12\x0fmodel.onnx.data")
    (folder / "model.onnx.data").write_bytes(bytes(1000))
    for name in ("tokenizer.json", "tokenizer_config.json"):
        (folder / name).write_text("{}")
    return folder


def test_phi_4_mini_is_known_by_its_shape(tmp_path: Path) -> None:
    folder = make(tmp_path / "anything")
    (model,) = installed_models(tmp_path)
    assert (model.name, model.folder, model.model_type, model.usable) == ("Phi-4 Mini", folder, "phi3", True)
    assert model.size_bytes == sum(file.stat().st_size for file in folder.iterdir())


def test_another_phi_model_has_the_name_of_its_folder(tmp_path: Path) -> None:
    make(tmp_path / "phi-small", vocab_size=1280)
    assert installed_models(tmp_path)[0].name == "phi-small"


def test_the_tiny_model_of_the_tests_is_usable(tmp_path: Path) -> None:
    shutil.copytree(TINY, tmp_path / "tiny")
    assert check_folder(tmp_path / "tiny").usable


def test_a_folder_without_models_has_none(tmp_path: Path) -> None:
    assert installed_models(tmp_path) == ()
    assert installed_models(tmp_path / "missing") == ()


def test_a_model_deep_in_a_copied_repository_is_found(tmp_path: Path) -> None:
    folder = make(tmp_path / "repository" / "cpu_and_mobile" / "cpu-int4")
    assert [model.folder for model in installed_models(tmp_path)] == [folder]
    assert check_folder(tmp_path / "repository").folder == folder


@pytest.mark.parametrize("name", ["model.onnx", "model.onnx.data", "tokenizer.json", "tokenizer_config.json"])
@pytest.mark.parametrize("empty", [False, True], ids=["missing", "empty"])
def test_a_model_that_lacks_a_file_is_not_usable_and_says_which(tmp_path: Path, name: str, empty: bool) -> None:
    folder = make(tmp_path / "model")
    (folder / name).unlink()
    if empty:
        (folder / name).touch()
    (model,) = installed_models(tmp_path)
    assert f"it lacks {name}" in model.problem
    with pytest.raises(EngineUnavailable, match=f"it lacks {name}"):
        check_folder(folder)
    with pytest.raises(EngineUnavailable, match="is not complete"):
        find_model(tmp_path)


def test_a_model_without_weights_beside_it_needs_none(tmp_path: Path) -> None:
    folder = make(tmp_path / "model")
    (folder / "model.onnx.data").unlink()
    (folder / "model.onnx").write_bytes(b"all in one")
    assert check_folder(folder).usable


def test_an_unfinished_download_is_not_usable(tmp_path: Path) -> None:
    (make(tmp_path / "model") / "model.onnx.data.part").touch()
    assert "download was not finished" in installed_models(tmp_path)[0].problem


@pytest.mark.parametrize(
    ("config", "why"),
    [
        ("{", "cannot be read"),
        ("[1]", "a type that this program does not run"),
        ('{"model": {"type": "llama"}}', "a type that this program does not run"),
        ('{"model": {"type": "phi3", "decoder": {"filename": "../../model.onnx"}}}', "outside of its folder"),
        ('{"model": {"type": "phi3", "decoder": {"filename": 3}}}', "outside of its folder"),
        ("[" * 100_000, "cannot be read"),
    ],
)
def test_a_broken_or_foreign_configuration_is_told(tmp_path: Path, config: str, why: str) -> None:
    folder = make(tmp_path / "model")
    (folder / "genai_config.json").write_text(config)
    assert why in installed_models(tmp_path)[0].problem
    with pytest.raises(EngineUnavailable, match=why):
        check_folder(folder)


def test_usable_models_come_first_and_are_found_by_name(tmp_path: Path) -> None:
    (make(tmp_path / "a") / "tokenizer.json").unlink()
    make(tmp_path / "b", vocab_size=1280)
    make(tmp_path / "c")
    assert [model.folder.name for model in installed_models(tmp_path)] == ["c", "b", "a"]
    assert find_model(tmp_path, "b").folder.name == "b"
    assert find_model(tmp_path).folder.name == "c"


def test_a_missing_model_is_told_with_what_works_without_it(tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailable, match="starter engine"):
        find_model(tmp_path)


def test_a_folder_without_or_with_several_models_is_refused_without_naming_it(tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailable, match="no model in that folder") as none:
        check_folder(tmp_path)
    make(tmp_path / "a")
    make(tmp_path / "b")
    with pytest.raises(EngineUnavailable, match="several models") as several:
        check_folder(tmp_path)
    assert str(tmp_path) not in f"{none.value}{several.value}"
