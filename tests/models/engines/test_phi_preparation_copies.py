"""A model on a disk whose format knows no second names for a file is prepared with a copy of its weights."""

import errno
import os
import shutil
import sys
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from phi_graphs import with_whole_head
from phi_support import TINY, make_task, run, tiny_engine

from models.engines import preparation
from models.engines.base import Request
from models.engines.hard_links import can_link
from models.engines.prepared import FOLDER, folder_to_load, look
from models.errors import StorageError

REQUEST = Request(make_task("summarize"), "Dear Ms Varga, I was charged twice on 3 March 2026. " * 12)
DATA = "model.onnx.data"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "tiny"
    shutil.copytree(TINY, folder)
    return folder


def answer(folder: Path) -> str:
    engine = tiny_engine(model_dir=folder)
    try:
        return run(engine, REQUEST)[0]
    finally:
        engine.close()


def refuse(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def link(*_: Any) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "link", link)


def leave_free(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: type("Usage", (), {"free": free})())


@pytest.mark.parametrize("number", [errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.EXDEV, errno.EINVAL])
def test_where_a_file_cannot_have_two_names_the_estimate_counts_a_copy(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    linked, weights = preparation.estimate(folder), (folder / DATA).stat().st_size
    assert (linked.copied, linked.remark) == (0, "")
    refuse(monkeypatch, number)
    sizes = preparation.estimate(folder)
    assert sizes.copied == weights
    assert (sizes.disk, sizes.disk_packed) == (linked.disk + weights, linked.disk_packed + weights)
    assert "copy of the installed weights" in sizes.remark
    assert {file.name for file in folder.iterdir()} == {file.name for file in TINY.iterdir()}


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.ENOSPC])
def test_where_linking_fails_for_another_reason_no_copy_is_made(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    refuse(monkeypatch, number)
    assert preparation.estimate(folder).copied == 0


@pytest.mark.skipif(sys.platform != "linux", reason="Linux has a second disk, in memory")
def test_weights_on_another_disk_cannot_be_linked(folder: Path) -> None:
    assert not can_link(folder / DATA, Path("/dev/shm"), probe=folder / DATA)


def test_a_model_is_prepared_with_a_copy_and_answers_as_before(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = answer(folder)
    steps: list[str] = []
    refuse(monkeypatch, errno.EPERM)
    assert preparation.prepare(folder, lambda step: steps.append(step.message), Event())
    assert steps[1:4] == ["Copying the weights", "Packing the weights", "Checking against the original"]
    assert folder_to_load(folder) == folder / FOLDER
    assert answer(folder) == before
    assert look(folder).disk <= preparation.estimate(folder).disk_packed


def test_without_packed_weights_the_copy_stays(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = folder / "model.onnx"
    graph.write_bytes(with_whole_head(graph.read_bytes()))
    before = answer(folder)
    refuse(monkeypatch, errno.EPERM)
    assert preparation.prepare(folder, lambda _: None, Event(), prepack=False)
    copy = folder / FOLDER / DATA
    assert not copy.samefile(folder / DATA)
    assert copy.read_bytes() == (folder / DATA).read_bytes()
    assert answer(folder) == before


def test_a_disk_without_room_for_the_copy_is_told_so_and_nothing_is_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_free(monkeypatch, 100_000_000)
    assert preparation.estimate(folder).fits_small
    refuse(monkeypatch, errno.EPERM)
    with pytest.raises(StorageError, match="copy of the installed weights"):
        preparation.prepare(folder, lambda _: None, Event(), prepack=False)
    assert {file.name for file in folder.iterdir()} == {file.name for file in TINY.iterdir()}


def test_a_model_of_symbolic_links_is_prepared_as_one_of_files(tmp_path: Path) -> None:
    """As the cache of the hub has it: the files lie elsewhere, and the links to them are relative."""
    blobs, folder = tmp_path / "blobs", tmp_path / "snapshots" / "abc"
    shutil.copytree(TINY, blobs)
    folder.mkdir(parents=True)
    for file in blobs.iterdir():
        (folder / file.name).symlink_to(Path("..", "..", "blobs", file.name))
    assert preparation.prepare(folder, lambda _: None, Event())
