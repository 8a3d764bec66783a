"""What was prepared of a model is known by the SHA-256 of its files, so that damage to it is found."""

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from phi_graphs import with_whole_embeddings
from phi_support import TINY

from models.engines import preparation
from models.engines.prepared import FOLDER, NOTE, Note, folder_to_load, look, read_note
from models.engines.prepared_check import Checked, check
from models.store.events import Step


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A prepared model that has a file of the installed one by another name."""
    folder = tmp_path / "tiny"
    shutil.copytree(TINY, folder)
    with_whole_embeddings(folder)
    assert preparation.prepare(folder, lambda _: None, Event())
    return folder


def found(folder: Path) -> Checked:
    *steps, last = check(folder, Event())
    assert all(isinstance(step, Step) for step in steps)
    assert isinstance(last, Checked)
    return last


def note(folder: Path) -> Note:
    kept = read_note(folder)
    assert kept is not None
    return kept


def flip(file: Path) -> None:
    """Change one bit in the middle; size and time of change stay."""
    times = file.stat()
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))


def test_every_file_of_a_preparation_is_in_its_note_with_its_digest(folder: Path) -> None:
    made = {file.name: file for file in note(folder).files}
    assert made.keys() == {file.name for file in (folder / FOLDER).iterdir()} - {NOTE}
    for name, file in made.items():
        content = (folder / FOLDER / name).read_bytes()
        linked = (folder / FOLDER / name).samefile(folder / name) if (folder / name).exists() else False
        assert linked == (name == "model.onnx.data")
        assert file.size_bytes == len(content)
        assert file.sha256 == ("" if linked else hashlib.sha256(content).hexdigest())


def test_a_preparation_that_is_whole_is_found_so_with_progress(folder: Path) -> None:
    steps = [event for event in check(folder, Event()) if isinstance(event, Step)]
    assert steps
    assert steps[-1].total == sum(file.size_bytes for file in note(folder).files if file.sha256)
    assert found(folder) == Checked("whole")


@pytest.mark.parametrize("name", ["packed.data", "model.onnx", "tokenizer.json"])
def test_one_changed_bit_is_found(folder: Path, name: str) -> None:
    flip(folder / FOLDER / name)
    assert folder_to_load(folder) != folder  # nothing else would have told
    assert found(folder) == Checked("damaged", (name,))


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def another(file: Path) -> None:
    content = file.read_bytes()
    file.unlink()
    file.write_bytes(content)


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("packed.data", cut),
        ("packed.data", Path.unlink),
        ("model.onnx.data", Path.unlink),
        ("model.onnx.data", another),
    ],
)
def test_a_file_that_is_gone_cut_or_not_the_installed_one_is_found(
    folder: Path, name: str, damage: Callable[[Path], None]
) -> None:
    damage(folder / FOLDER / name)
    assert found(folder) == Checked("damaged", (name,))


def test_a_copy_of_the_weights_has_a_digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "tiny"
    shutil.copytree(TINY, folder)
    with_whole_embeddings(folder)

    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "not here")

    monkeypatch.setattr(os, "link", refuse)
    assert preparation.prepare(folder, lambda _: None, Event())
    assert all(file.sha256 for file in note(folder).files)
    flip(folder / FOLDER / "model.onnx.data")
    assert found(folder) == Checked("damaged", ("model.onnx.data",))


def test_stop_ends_it_without_a_finding(folder: Path) -> None:
    cancel = Event()
    cancel.set()
    assert not any(isinstance(event, Checked) for event in check(folder, cancel))
    assert look(folder).state == "ready"


def test_what_was_removed_meanwhile_is_not_called_damaged(folder: Path) -> None:
    going = check(folder, Event())
    next(going)
    preparation.discard(folder)
    assert list(going)[-1] == Checked("none")


def test_a_preparation_from_before_digests_were_taken_is_used_and_not_known(folder: Path) -> None:
    file = folder / FOLDER / NOTE
    kept = json.loads(file.read_text(encoding="utf-8"))
    del kept["files"]
    file.write_text(json.dumps(kept), encoding="utf-8")
    assert look(folder).state == "ready"
    assert found(folder) == Checked("unknown")


def test_nothing_prepared_is_nothing_to_find(folder: Path) -> None:
    preparation.discard(folder)
    assert found(folder) == Checked("none")


@pytest.mark.parametrize(
    "files",
    [7, [7], "x", [{"name": 7, "size_bytes": 1}], [{"name": "../model.onnx", "size_bytes": 1, "sha256": ""}],
     [{"name": "model.onnx", "size_bytes": "1"}], [{"name": "model.onnx", "size_bytes": 1, "sha256": None}],
     [{"name": "model.onnx"}]],
)  # fmt: skip
def test_a_note_whose_files_are_none_counts_as_none(folder: Path, files: object) -> None:
    file = folder / FOLDER / NOTE
    kept = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(kept | {"files": files}), encoding="utf-8")
    assert read_note(folder) is None
    assert look(folder).state == "stale"
