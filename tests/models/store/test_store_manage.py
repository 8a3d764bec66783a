"""What is done with an installed model: verified, mended, removed, moved."""

import os
import shutil
import threading
from pathlib import Path

import pytest
from hub import TINY, entry, hub
from import_support import nothing_installed, take

from models.errors import StorageError, StrongroomError
from models.store.events import Installed
from models.store.fetch import Fetcher
from models.store.installed import check_folder, installed_models
from models.store.manage import move_all, remove
from models.store.source import source_of
from models.store.verify import Verified, verify


def test_a_changed_file_takes_the_model_out_of_use_until_it_is_verified(tiny: Path, models: Path) -> None:
    folder = take(tiny, models)
    os.utime(folder / "model.onnx", (1, 1))
    (model,) = installed_models(models)
    assert not model.usable
    assert "have changed since they were verified" in model.problem
    assert list(verify(model, threading.Event()))[-1] == Verified(())
    assert installed_models(models)[0].usable
    (folder / "model.onnx").write_bytes(b"damaged")
    assert list(verify(installed_models(models)[0], threading.Event()))[-1] == Verified(("model.onnx",))
    assert not installed_models(models)[0].usable


def test_a_folder_put_there_by_hand_has_nothing_to_be_verified_against(models: Path) -> None:
    shutil.copytree(TINY, models / "by-hand")
    with pytest.raises(StorageError, match="put here by hand"):
        list(verify(installed_models(models)[0], threading.Event()))


def test_only_the_bad_file_of_an_installed_model_is_fetched_again(models: Path) -> None:
    with hub() as server:
        model = entry(server.url, server.files)
        list(Fetcher(model, models, source_of(model)).fetch(threading.Event()))
        (models / "tiny-phi" / "tokenizer.json").write_bytes(b"damaged")
        server.requests.clear()
        last = list(Fetcher(model, models, source_of(model)).fetch(threading.Event()))[-1]
        assert [path.rsplit("/", 1)[1] for path, _ in server.requests] == ["tokenizer.json"]
    assert isinstance(last, Installed)
    assert check_folder(last.folder).usable


def test_a_removed_model_frees_its_disk(tiny: Path, models: Path) -> None:
    take(tiny, models)
    (model,) = installed_models(models)
    assert remove(model, models) == model.size_bytes
    assert nothing_installed(models)


def test_a_model_that_is_not_ours_is_not_removed(tiny: Path, models: Path) -> None:
    with pytest.raises(StorageError, match="where it lies"):
        remove(check_folder(tiny), models)
    assert check_folder(tiny).usable


def test_models_are_moved_verified_and_then_gone_from_where_they_were(tiny: Path, models: Path, tmp_path: Path) -> None:
    with hub() as server:
        listed = entry(server.url, server.files)
        list(Fetcher(listed, models, source_of(listed)).fetch(threading.Event()))
    take(tiny, models)
    other = tmp_path / "other disk"
    switched: list[int] = []

    def switch() -> None:
        switched.append(len(installed_models(models)) + len(installed_models(other)))

    assert isinstance(list(move_all(installed_models(models), models, other, switch, threading.Event()))[-1], Installed)
    assert switched == [4]
    assert nothing_installed(models)
    moved = {model.folder.name: model for model in installed_models(other)}
    assert all(model.usable for model in moved.values())
    assert moved["tiny-phi"].record is not None
    assert moved["tiny-phi"].record.proof == "source"


def test_a_move_that_fails_leaves_everything_where_it_was(tiny: Path, models: Path, tmp_path: Path) -> None:
    folder = take(tiny, models)
    (folder / "README.md").write_text("damaged")
    with pytest.raises(StrongroomError):
        list(move_all(installed_models(models), models, tmp_path / "other", lambda: None, threading.Event()))
    assert installed_models(models)
    assert nothing_installed(tmp_path / "other")


def test_a_cancelled_move_leaves_everything_where_it_was(tiny: Path, models: Path, tmp_path: Path) -> None:
    take(tiny, models)
    cancel = threading.Event()
    for _ in move_all(installed_models(models), models, tmp_path / "other", lambda: None, cancel):
        cancel.set()
    assert installed_models(models)[0].usable
    assert nothing_installed(tmp_path / "other")


def test_models_are_not_moved_to_where_they_are(tiny: Path, models: Path) -> None:
    take(tiny, models)
    with pytest.raises(StorageError, match="there already"):
        list(move_all(installed_models(models), models, models, lambda: None, threading.Event()))
    assert installed_models(models)[0].usable
