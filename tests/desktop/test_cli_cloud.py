"""``strongroom run --engine cloud``: consent in so many words, a private key file, redaction, a look at the bytes."""

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from loopback import Loopback, answer, loopback

from desktop import services as services_module
from desktop.__main__ import main
from desktop.credentials import Credentials
from desktop.paths import default_paths
from desktop.settings import SettingsStore

KEY = "sk-test-0123456789abcdef"
TEXT = "Answer that the parcel arrives on Thursday, and that we are sorry."
PERSONAL = "Thank Ms Amara Okafor (amara.okafor@mailbox.org) for her letter and tell her that the parcel is on its way."
IBAN = "DE89 3704 0044 0532 0130 00"
CLOUD = ("--engine", "cloud")


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback() as running:
        yield running


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> Credentials:
    """No key but the one that is given; the system's keyring is never asked."""
    import keyring.backends.fail

    credentials = Credentials(keyring.backends.fail.Keyring)
    monkeypatch.setattr(services_module, "Credentials", lambda: credentials)
    return credentials


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    file = tmp_path / "key"
    file.write_text(f"{KEY}\n")
    file.chmod(0o600)
    return file


def write(tmp_path: Path, text: str) -> str:
    file = tmp_path / "letter.txt"
    file.write_text(text, encoding="utf-8")
    return str(file)


def run(server: Loopback, letter: str, *more: str) -> int:
    return main(["run", "T10", letter, *CLOUD, "--base-url", server.base_url, *more])


def test_a_draft_is_written_with_consent_an_address_a_model_and_a_key_file_and_nothing_is_kept(
    server: Loopback, tmp_path: Path, key_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = ("--consent", "--cloud-model", "gpt-4o-mini", "--key-file", str(key_file))
    assert run(server, write(tmp_path, TEXT), *more) == 0
    out, err = capsys.readouterr()
    assert out == "Dear team, done.\n"
    assert server.received[0].json["model"] == "gpt-4o-mini"
    assert server.received[0].headers["Authorization"] == f"Bearer {KEY}"
    assert "bytes left this machine" in err
    assert SettingsStore(default_paths().settings_file).current.cloud_enabled is False
    assert not default_paths().settings_file.exists()


@pytest.mark.parametrize("last", [False, True])
def test_the_file_may_stand_before_or_behind_the_options(
    server: Loopback, tmp_path: Path, key_file: Path, last: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    options = [*CLOUD, "--base-url", server.base_url, "--consent", "--key-file", str(key_file)]
    file = [write(tmp_path, TEXT)]
    assert main(["run", "T10", *(options + file if last else file + options)]) == 0
    assert capsys.readouterr().out == "Dear team, done.\n"


@pytest.mark.parametrize("more", [["a.txt", "--json", "b.txt"], ["--json", "a.txt", "b.txt"], ["--jsn", "a.txt"]])
def test_two_files_or_an_unknown_option_are_refused(more: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "T10", *more]) == 2
    assert "unrecognized arguments" in capsys.readouterr().err


def test_without_consent_it_refuses_and_says_why(
    server: Loopback, tmp_path: Path, key_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(server, write(tmp_path, TEXT), "--key-file", str(key_file)) == 2
    told = capsys.readouterr().err
    for words in (f"127.0.0.1:{server.port}", "30 days", "bills your key", "Add --consent"):
        assert words in told
    assert server.connections == 0


def test_without_consent_it_refuses_also_when_the_window_was_told_yes(
    server: Loopback, tmp_path: Path, key_file: Path
) -> None:
    SettingsStore(default_paths().settings_file).update(cloud_enabled=True, cloud_consent=True, show_payload=False)
    assert run(server, write(tmp_path, TEXT), "--key-file", str(key_file)) == 2
    assert server.connections == 0


@pytest.mark.parametrize("flag", [("--consent",), ("--redact",), ("--show-payload",), ("--cloud-model", "gpt-4o")])
def test_options_of_the_cloud_go_with_the_cloud_only(
    tmp_path: Path, flag: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", "T01", write(tmp_path, TEXT), *flag]) == 2
    assert f"{flag[0]} goes with --engine cloud only" in capsys.readouterr().err


@pytest.mark.parametrize("as_json", [False, True])
def test_a_blocked_text_exits_3_with_kinds_and_no_text(
    server: Loopback, tmp_path: Path, key_file: Path, capsys: pytest.CaptureFixture[str], as_json: bool
) -> None:
    letter = write(tmp_path, f"{TEXT} Pay to {IBAN}.")
    more = ("--json",) if as_json else ()
    assert run(server, letter, "--consent", "--key-file", str(key_file), *more) == 3
    out, err = capsys.readouterr()
    assert "1 IBAN" in out + err
    assert "3704" not in out + err
    assert server.connections == 0


def test_a_text_that_only_the_last_look_sees_through_exits_3_too(
    server: Loopback, tmp_path: Path, key_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import base64

    wrapped = base64.b64encode(base64.b64encode(f"IBAN {IBAN}".encode())).decode()
    assert run(server, write(tmp_path, f"{TEXT}\n{wrapped}"), "--consent", "--key-file", str(key_file)) == 3
    assert "1 IBAN" in capsys.readouterr().err
    assert server.received == []


def test_redacted_placeholders_leave_and_the_values_come_back_though_they_are_cut_up(
    server: Loopback, tmp_path: Path, key_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.usual = answer("Dear [PER", "SON_0", "1], we wrote to [EMAIL_01", "] as well. [PERSON_", "07] knows.")
    letter = write(tmp_path, PERSONAL)
    assert run(server, letter, "--consent", "--key-file", str(key_file), "--redact") == 0
    out, err = capsys.readouterr()
    assert "Amara Okafor" in out.partition(",")[0]
    assert "we wrote to amara.okafor@mailbox.org as well. [PERSON_07] knows." in out
    assert "[PERSON_07]" in err
    assert "stand for nothing" in err
    raw = server.raw.decode()
    assert "[PERSON_01]" in raw
    for value in ("Okafor", "okafor", "mailbox", "Amara"):
        assert value not in raw


def test_json_tells_of_restored_and_unknown_placeholders(
    server: Loopback, tmp_path: Path, key_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.usual = answer("Dear [PERSON_01], [PHONE_03].")
    letter = write(tmp_path, PERSONAL)
    assert run(server, letter, "--consent", "--key-file", str(key_file), "--redact", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["placeholders"] == {"restored": 1, "unknown": ["[PHONE_03]"], "unused": ["[EMAIL_01]"]}
    assert "Okafor" in told["answer"]["text"]


def test_the_payload_is_printed_byte_for_byte_before_it_is_sent(
    server: Loopback, tmp_path: Path, key_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    letter = write(tmp_path, TEXT)
    assert run(server, letter, "--consent", "--key-file", str(key_file), "--show-payload") == 0
    err = capsys.readouterr().err
    assert server.received[0].body.decode() in err
    assert f"{len(server.received[0].body):,} bytes, about " in err
    assert KEY not in err


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o620])
def test_a_key_file_that_others_could_read_or_change_is_not_used(
    server: Loopback, tmp_path: Path, key_file: Path, capsys: pytest.CaptureFixture[str], mode: int
) -> None:
    key_file.chmod(mode)
    assert run(server, write(tmp_path, TEXT), "--consent", "--key-file", str(key_file)) == 2
    told = capsys.readouterr().err
    assert "not private" in told
    assert "sk-" not in told
    assert str(key_file) not in told
    assert server.connections == 0


@pytest.mark.parametrize("kind", ["missing", "folder", "empty", "not text"])
def test_a_key_file_that_is_none_is_told_in_words(
    server: Loopback, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    file = tmp_path / "key"
    if kind == "folder":
        file.mkdir(0o700)
    elif kind != "missing":
        file.write_bytes(b"\xff\xfe\xff" if kind == "not text" else b"\n")
        file.chmod(0o600)
    assert run(server, write(tmp_path, TEXT), "--consent", "--key-file", str(file)) == 2
    assert "key file" in capsys.readouterr().err
    assert server.connections == 0


def test_the_key_comes_from_the_keyring_where_no_file_is_named(
    server: Loopback, tmp_path: Path, no_keyring: Credentials
) -> None:
    no_keyring.remember_for_session(f"127.0.0.1:{server.port}", KEY)
    assert run(server, write(tmp_path, TEXT), "--consent") == 0
    assert server.received[0].headers["Authorization"] == f"Bearer {KEY}"


def test_a_key_that_the_environment_holds_is_not_used(
    server: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-from-the-environment")
    assert run(server, write(tmp_path, TEXT), "--consent") == 0
    assert b"sk-from-the-environment" not in server.raw


def test_without_any_key_a_host_elsewhere_is_not_called(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    letter = write(tmp_path, TEXT)
    assert main(["run", "T10", letter, *CLOUD, "--consent", "--base-url", "https://cloud.invalid/v1"]) == 2
    assert "no key for the cloud" in capsys.readouterr().err


def test_plain_http_to_another_machine_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    letter = write(tmp_path, TEXT)
    assert main(["run", "T10", letter, *CLOUD, "--consent", "--base-url", "http://cloud.example/v1"]) == 2
    assert "not encrypted" in capsys.readouterr().err


def test_on_a_terminal_the_payload_is_asked_about(
    server: Loopback, tmp_path: Path, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    letter = write(tmp_path, TEXT)
    monkeypatch.setattr(sys, "stdin", Terminal("no\n"))
    monkeypatch.setattr(sys, "stderr", Terminal())
    assert run(server, letter, "--consent", "--key-file", str(key_file), "--show-payload") == 130
    assert server.connections == 0
