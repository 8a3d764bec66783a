"""The files of lists and policy: kept for the person alone, and never silently without them."""

import json
import stat
import sys
from pathlib import Path

import pytest

from desktop import own_rules
from desktop.__main__ import main
from desktop.own_rules import LISTS_NOTICE, POLICY_NOTICE, OwnRulesStore, read_lines, write_lines
from desktop.paths import Paths, default_paths
from desktop.services import build_services
from models.errors import InputError, StorageError
from models.messages import Message
from models.pii.gate import Blocked
from models.pii.own_lists import AllowEntry

CLEAR = "The dishwasher arrived broken."


@pytest.fixture
def paths() -> Paths:
    made = default_paths()
    made.config.mkdir(parents=True, exist_ok=True)
    return made


def test_lists_are_there_again_after_a_restart(paths: Paths) -> None:
    store = OwnRulesStore(paths)
    store.flag("Blue  Falcon", "Northwind")
    store.allow("info@example.org")
    store.allow("DE89 3704", confirmed=True)
    again = OwnRulesStore(paths).lists
    assert again == store.lists
    assert again.deny == ("Blue Falcon", "Northwind")
    assert again.allow == (AllowEntry("info@example.org"), AllowEntry("DE89 3704", confirmed=True))


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")
def test_the_files_are_readable_by_their_owner_only(paths: Paths, tmp_path: Path) -> None:
    OwnRulesStore(paths).flag("Falcon")
    write_lines(tmp_path / "out.txt", ["Falcon"])
    for file in (paths.lists_file, tmp_path / "out.txt"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_an_entry_stays_once_and_changes_sides(paths: Paths) -> None:
    store = OwnRulesStore(paths)
    store.flag("Falcon", "FALCON")
    assert store.lists.deny == ("Falcon",)
    store.allow("falcon")
    assert (store.lists.deny, store.lists.allow) == ((), (AllowEntry("falcon"),))
    store.flag("Falcon")
    assert (store.lists.deny, store.lists.allow) == (("Falcon",), ())


def test_a_confirmation_stays_when_the_entry_is_added_again(paths: Paths) -> None:
    store = OwnRulesStore(paths)
    store.allow("DE89 3704", confirmed=True)
    store.allow("de89 3704")
    assert store.lists.allow == (AllowEntry("DE89 3704", confirmed=True),)


def test_the_file_and_the_errors_show_no_entry_in_their_words(paths: Paths) -> None:
    store = OwnRulesStore(paths)
    store.flag("Quillfeather")
    assert "Quillfeather" not in repr(store.rules)
    with pytest.raises(InputError) as caught:
        store.flag("Quillfeather" * 20)
    assert "Quillfeather" not in f"{caught.value.title} {caught.value.message}"


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"version": 2, "flag": [], "allow": []}', b'{"version": 1, "flag": []}',
     b'{"version": 1, "flag": [1], "allow": []}', b'{"version": 1, "flag": ["-"], "allow": []}',
     b'{"version": 1, "flag": {"a": 1}, "allow": ["text"]}', b"[" * 50_000],
)  # fmt: skip
def test_a_damaged_list_makes_every_scan_incomplete_and_is_said(paths: Paths, content: bytes) -> None:
    paths.lists_file.write_bytes(content)
    services = build_services(paths)
    try:
        assert LISTS_NOTICE in services.take_notices()
        assert services.analyzer.scan(CLEAR).failures == ("your own lists",)
        with pytest.raises(Blocked):
            services.gate.clear([Message("user", CLEAR)])
        with pytest.raises(StorageError):
            services.own_rules.flag("Falcon")
        assert paths.lists_file.read_bytes() == content
        services.own_rules.start_new()
        assert services.analyzer.scan(CLEAR).verdict == "clear"
        assert [file.read_bytes() for file in paths.config.glob("lists.broken-*.json")] == [content]
    finally:
        services.close()


@pytest.mark.parametrize("content", [b"", b"[blocks", b"[blocks]\nsecret = false\n", b"\xff", b"[blocks]\nx = true\n"])
def test_a_damaged_policy_blocks_everything_and_is_said(paths: Paths, content: bytes) -> None:
    paths.policy_file.write_bytes(content)
    services = build_services(paths)
    try:
        assert POLICY_NOTICE in services.take_notices()
        assert services.analyzer.scan(CLEAR).verdict == "blocked"
        with pytest.raises(Blocked):
            services.gate.clear([Message("user", CLEAR)])
    finally:
        services.close()


def test_files_that_cannot_be_read_count_as_damaged(paths: Paths) -> None:
    paths.lists_file.mkdir()
    paths.policy_file.mkdir()
    assert OwnRulesStore(paths).rules.missing == (own_rules.MISSING_LISTS, own_rules.MISSING_POLICY)


@pytest.mark.parametrize("name", ["lists.json", "policy.toml"])
def test_the_command_line_says_that_a_file_is_damaged_and_blocks(
    paths: Paths, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (paths.config / name).write_text("{", encoding="utf-8")
    (tmp_path / "letter.txt").write_text(CLEAR, encoding="utf-8")
    assert main(["scan", str(tmp_path / "letter.txt")]) == 1
    streams = capsys.readouterr()
    assert name in streams.err
    assert "could not be finished" in streams.out


def test_the_command_line_scans_by_the_lists(paths: Paths, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    OwnRulesStore(paths).flag("dishwasher")
    (tmp_path / "letter.txt").write_text(CLEAR, encoding="utf-8")
    assert main(["scan", str(tmp_path / "letter.txt"), "--explain"]) == 1
    output = capsys.readouterr().out
    assert "On your own list" in output
    assert "dishwasher" not in output


def test_a_change_holds_though_it_cannot_be_saved(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError

    services = build_services(paths)
    try:
        monkeypatch.setattr(own_rules, "write_private", full)
        with pytest.raises(StorageError):
            services.own_rules.flag("dishwasher")
        assert services.analyzer.scan(CLEAR).verdict == "blocked"
    finally:
        services.close()


def test_a_full_list_takes_no_more(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_rules, "MAX_ENTRIES", 2)
    store = OwnRulesStore(paths)
    store.flag("one1", "two2")
    with pytest.raises(InputError):
        store.flag("three3")
    assert store.lists.deny == ("one1", "two2")


def test_lines_come_in_tidy_and_what_cannot_be_an_entry_is_counted(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_bytes("\ufeffFalcon\r\n\r\n  Blue   Heron \n?\n".encode())
    assert read_lines(file) == (("Falcon", "Blue Heron"), 1)


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00", b"ab\n" * 5001])
def test_a_file_that_is_no_list_is_refused_in_words(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "list.txt"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(InputError):
        read_lines(file)


def test_the_file_holds_nothing_but_the_lists(paths: Paths) -> None:
    store = OwnRulesStore(paths)
    store.flag("Falcon")
    assert json.loads(paths.lists_file.read_text(encoding="utf-8")) == {"version": 1, "flag": ["Falcon"], "allow": []}
    assert [file.name for file in paths.config.iterdir()] == ["lists.json"]
