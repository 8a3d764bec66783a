"""Where things live."""

import stat
from pathlib import Path

import pytest

from desktop import paths as paths_module
from desktop.paths import create_private, default_paths, private_folder, resources_folder
from models.errors import StorageError


def test_everything_of_the_persons_lies_under_the_home_variable(own_home: Path) -> None:
    paths = default_paths()
    files = (paths.data, paths.config, paths.log, paths.models, paths.ledger_file, paths.settings_file, paths.crashes)
    assert all(file.is_relative_to(own_home) for file in files)


def test_asking_for_the_paths_creates_nothing(own_home: Path) -> None:
    default_paths()
    assert list(own_home.iterdir()) == []


def test_without_the_variable_the_systems_folders_are_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("STRONGROOM_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "LOCALAPPDATA", "APPDATA"):
        monkeypatch.setenv(name, str(tmp_path / name))
    paths = default_paths()
    assert all("Strongroom" in str(folder) for folder in (paths.data, paths.config, paths.log, paths.models))


def test_the_resources_are_found_in_the_source_tree() -> None:
    assert (resources_folder() / "skills").is_dir()


def test_the_resources_are_found_inside_the_frozen_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(paths_module.sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resources_folder() == tmp_path / "resources"


def test_a_new_folder_and_its_new_parents_are_the_owners_only(tmp_path: Path) -> None:
    folder = private_folder(tmp_path / "a" / "b")
    assert [stat.S_IMODE(path.stat().st_mode) for path in (folder, folder.parent)] == [0o700, 0o700]


def test_a_folder_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir(mode=0o755)
    before = (tmp_path / "a").stat().st_mode
    assert private_folder(tmp_path / "a").stat().st_mode == before


def test_a_folder_that_cannot_be_made_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="STRONGROOM_HOME") as error:
        private_folder(tmp_path / "file" / "below")
    assert str(tmp_path) not in str(error.value)


def test_a_private_file_is_made_for_the_owner_only_and_kept_if_it_is_there(tmp_path: Path) -> None:
    create_private(tmp_path / "file")
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o600
    (tmp_path / "file").write_text("content")
    create_private(tmp_path / "file")
    assert (tmp_path / "file").read_text() == "content"
