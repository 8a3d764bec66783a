"""The settings file: kept whole, private, and set aside when it cannot be used."""

import datetime
import json
import stat
from pathlib import Path

import pytest

from desktop.settings import Settings, SettingsStore, check, declared
from models.errors import StorageError

NOON = datetime.datetime(2026, 11, 21, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture
def file(own_home: Path) -> Path:
    return own_home / "config" / "settings.json"


def test_without_a_file_the_defaults_hold_and_nothing_is_said(file: Path) -> None:
    store = SettingsStore(file)
    assert store.current == Settings()
    assert store.notice == ""


def test_opening_the_settings_writes_nothing(file: Path) -> None:
    SettingsStore(file)
    assert not file.parent.exists()


def test_the_cloud_is_off_by_default() -> None:
    assert not Settings().cloud_enabled
    assert not Settings().cloud_consent
    assert Settings().show_payload


def test_a_change_is_there_after_a_restart(file: Path) -> None:
    SettingsStore(file).update(theme="dark", threads=4)
    assert SettingsStore(file).current == Settings(theme="dark", threads=4)


def test_only_the_owner_can_read_the_file_and_its_folder(file: Path) -> None:
    SettingsStore(file).update(theme="dark")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_no_temporary_file_is_left(file: Path) -> None:
    SettingsStore(file).update(theme="dark")
    assert [path.name for path in file.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'{"version": 1}',
        b'{"version": 1, "settings": []}',
        b'{"version": 0, "settings": {}}',
        b'{"version": 2, "settings": {}}',
        b'{"version": 1, "settings": {"theme": "pink"}}',
        b'{"version": 1, "settings": {"threads": -1}}',
        b'{"version": 1, "settings": {"threads": true}}',
        b'{"version": 1, "settings": {"cloud_enabled": 1}}',
        b'{"version": 1, "settings": {"unknown": 1}}',
        b"[" * 100_000,
    ],
)
def test_a_file_that_cannot_be_used_is_kept_aside_whole_and_said_once(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    store = SettingsStore(file, now=lambda: NOON)
    assert store.current == Settings(offline=True)
    assert "offline" in store.notice
    assert "settings.broken-2026-11-21-120000.json" in store.notice
    assert (file.parent / "settings.broken-2026-11-21-120000.json").read_bytes() == content
    again = SettingsStore(file)
    assert (again.notice, again.current) == ("", Settings(offline=True))


def test_a_setting_that_is_missing_from_the_file_has_its_default(file: Path) -> None:
    file.parent.mkdir()
    file.write_text(json.dumps({"version": 1, "settings": {"theme": "light"}}))
    assert SettingsStore(file).current == Settings(theme="light")


def test_a_disk_that_refuses_is_said_in_words_and_the_change_holds(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_keywords: object) -> None:
        raise OSError(30, "Read-only file system")

    store = SettingsStore(file)
    monkeypatch.setattr("os.fsync", refuse)
    with pytest.raises(StorageError, match="holds until you close"):
        store.update(theme="dark")
    assert store.current.theme == "dark"
    assert list(file.parent.iterdir()) == []


def test_a_failed_save_leaves_the_old_file_as_it_was(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = SettingsStore(file)
    store.update(theme="light")
    before = file.read_bytes()

    def refuse(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", refuse)
    with pytest.raises(StorageError):
        store.update(theme="dark")
    assert file.read_bytes() == before


def test_a_value_that_is_not_allowed_changes_nothing(file: Path) -> None:
    store = SettingsStore(file)
    with pytest.raises(ValueError, match="threads"):
        store.update(theme="dark", threads=1000)
    assert store.current == Settings()


def test_every_setting_is_declared_with_words_and_a_default_that_is_allowed() -> None:
    for setting in declared():
        assert check(setting.key, setting.default) == setting.default
        assert setting.words.title
        assert setting.words.help.endswith(".")
