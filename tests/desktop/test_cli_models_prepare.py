"""``strongroom models prepare``: what it says, and what it leaves."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from desktop.cli import main
from desktop.paths import default_paths
from desktop.settings import SettingsStore
from models.engines.idle_threads import ThreadCounts
from models.engines.preparation import is_prepared
from models.engines.prepared import FOLDER, NOTE, look

TINY = Path(__file__).resolve().parents[2] / "resources" / "tiny-phi"


@pytest.fixture
def folder(own_home: Path) -> Path:
    folder = default_paths().models / "tiny"
    shutil.copytree(TINY, folder)
    return folder


def doctor(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    capsys.readouterr()
    main(["doctor", "--json"])
    return {check["name"]: check["value"] for check in json.loads(capsys.readouterr().out)["checks"]}


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
    assert "; prepared" in capsys.readouterr().out
    assert doctor(capsys)["Preparation"] == "packed weights are used"
    assert main(["models", "prepare", "tiny", "--undo"]) == 0
    assert not is_prepared(folder)
    assert "as it was installed" in doctor(capsys)["Preparation"]


def test_the_doctor_says_what_is_known_of_threads(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "not measured yet" in doctor(capsys)["Threads"]
    ThreadCounts(default_paths().threads_file).put(folder, 7)
    assert doctor(capsys)["Threads"] == "7, the fastest when it was measured"
    SettingsStore(default_paths().settings_file).update(threads=3)
    assert doctor(capsys)["Threads"] == "3, as the settings say"


def test_where_there_is_nothing_to_gain_it_says_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "prepare", "tiny", "--small"]) == 0
    assert "nothing to gain" in capsys.readouterr().out


def test_a_model_that_is_not_there_is_refused_in_words(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "prepare", "other"]) == 2
    assert "No such model" in capsys.readouterr().err


def test_a_command_that_is_killed_leaves_the_model_as_it_was_and_can_be_given_again(
    folder: Path, own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = [sys.executable, "-m", "desktop", "models", "prepare", "tiny"]
    environment = os.environ | {"STRONGROOM_HOME": str(own_home)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        parent = psutil.Process(running.pid)
        while running.poll() is None:
            children = parent.children(recursive=True)
            if any("spawn_main" in word for child in children for word in child.cmdline()):
                break
        running.kill()
    assert psutil.wait_procs(children, timeout=60)[1] == []  # the child leaves, too
    assert look(folder).state == "unfinished"
    assert "broke off" in doctor(capsys)["Preparation"]
    assert {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()} == {
        file.name: file.read_bytes() for file in TINY.iterdir()
    }
    assert main(["models", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["models"][0]["prepared"] == "unfinished"
    assert main(["models", "prepare", "tiny"]) == 0
    assert look(folder).state == "ready"


@pytest.fixture
def verified(folder: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The folder of a model that was imported, so that its digests are known, and prepared."""
    shutil.rmtree(folder)
    assert main(["models", "import", str(TINY)]) == 0
    folder = default_paths().models / "tiny-phi"
    assert main(["models", "prepare", folder.name]) == 0
    capsys.readouterr()
    return folder


def test_verify_says_that_what_was_prepared_is_whole_too(verified: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "verify"]) == 0
    told = capsys.readouterr()
    assert told.out == "tiny-phi: verified, and so is what was prepared of it\n"
    assert main(["models", "verify", "--json"]) == 0
    row = {"id": "tiny-phi", "name": "tiny-phi", "damaged": [], "prepared_damaged": []}
    assert json.loads(capsys.readouterr().out) == {"models": [row]}


def test_verify_finds_damage_to_what_was_prepared_and_removes_it(
    verified: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    packed = verified / FOLDER / "packed.data"
    content = bytearray(packed.read_bytes())
    content[1000] ^= 1
    packed.write_bytes(content)
    assert main(["models", "verify"]) == 1
    told = capsys.readouterr().out
    assert "the model itself is whole" in told
    assert "(packed.data)" in told
    assert "“strongroom models prepare tiny-phi” makes it again" in told
    assert not (verified / FOLDER).exists()
    assert main(["models", "verify"]) == 0
    assert capsys.readouterr().out == "tiny-phi: verified\n"
    assert main(["models", "prepare", "tiny-phi"]) == 0
    assert main(["models", "verify"]) == 0


def test_verify_tells_how_an_older_preparation_gets_its_digests(
    verified: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note = verified / FOLDER / NOTE
    kept = json.loads(note.read_text(encoding="utf-8"))
    del kept["files"]
    note.write_text(json.dumps(kept), encoding="utf-8")
    assert main(["models", "verify"]) == 0
    assert "prepare tiny-phi --undo" in capsys.readouterr().out
    assert is_prepared(verified)


def test_a_damaged_model_is_told_and_what_was_prepared_is_left_alone(
    verified: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (verified / "tokenizer.json").write_bytes(b"{}")
    assert main(["models", "verify", "--json"]) == 1
    row = json.loads(capsys.readouterr().out)["models"][0]
    assert (row["damaged"], row["prepared_damaged"]) == (["tokenizer.json"], [])
    assert (verified / FOLDER).is_dir()


def test_a_damaged_preparation_that_cannot_be_removed_whole_is_not_used(
    verified: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (verified / FOLDER / "packed.data").write_bytes(b"")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(shutil, "rmtree", refuse)
    assert main(["models", "verify"]) == 1
    assert "is not used any more" in capsys.readouterr().out
    assert not is_prepared(verified)
