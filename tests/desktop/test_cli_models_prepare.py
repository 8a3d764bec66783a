"""``strongroom models prepare``: what it says, and what it leaves."""

import json
import shutil
from pathlib import Path

import pytest

from desktop.cli import main
from desktop.paths import default_paths
from models.engines.preparation import is_prepared

TINY = Path(__file__).resolve().parents[2] / "resources" / "tiny-phi"


@pytest.fixture
def folder(own_home: Path) -> Path:
    folder = default_paths().models / "tiny"
    shutil.copytree(TINY, folder)
    return folder


def test_a_model_is_prepared_once_and_the_preparation_can_be_undone(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", "prepare", "tiny", "--json"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["name"] == "tiny"
    assert "GB of disk" in said.err
    assert is_prepared(folder)
    assert main(["models", "prepare", "tiny"]) == 0
    assert "already" in capsys.readouterr().out
    assert main(["models", "list"]) == 0
    assert "ready" in capsys.readouterr().out
    assert main(["models", "prepare", "tiny", "--undo"]) == 0
    assert not is_prepared(folder)


def test_where_there_is_nothing_to_gain_it_says_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "prepare", "tiny", "--small"]) == 0
    assert "nothing to gain" in capsys.readouterr().out


def test_a_model_that_is_not_there_is_refused_in_words(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "prepare", "other"]) == 2
    assert "No such model" in capsys.readouterr().err
