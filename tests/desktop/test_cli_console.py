"""Streams: UTF-8 everywhere, nothing that takes over a terminal, no complaint about a reader that left."""

import contextlib
import errno
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.__main__ import main
from desktop.cli import console
from models.errors import InputError

ROOT = Path(__file__).resolve().parent.parent.parent


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_console_with_another_code_page_gets_utf8(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="cp1252"))
    console.use_utf8()
    print("→ שלום \U0001f600 \ud800", flush=True)
    assert raw.getvalue().decode().strip() == "→ שלום \U0001f600 ?"


@pytest.mark.parametrize("escape", ["\x1b[2J", "\x07", "\x9b31m", "\x1b]0;title\x07", "\r"])
def test_an_answer_cannot_steer_the_terminal(monkeypatch: pytest.MonkeyPatch, escape: str) -> None:
    monkeypatch.setattr(sys, "stdout", Terminal())
    assert not set("\x1b\x07\x9b\r") & set(console.printable(f"a{escape}b\n\tc"))
    assert console.printable("a\n\tb") == "a\n\tb"


def test_piped_output_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert console.printable("a\x1b[2J") == "a\x1b[2J"


def test_a_program_without_a_console_says_to_name_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(InputError, match="Name a file"), console.binary_input("-"):
        pass


def test_progress_on_a_terminal_overwrites_one_line_and_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    line = console.ProgressLine()
    line.show("read", "Reading", 1, 2)
    line.show("read", "Read", 2, 2)
    line.clear()
    assert stream.getvalue() == "\rReading 50 %\rRead 100 %  \r          \r"


def test_progress_in_a_log_is_one_line_a_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    line = console.ProgressLine()
    for done in range(5):
        line.show("read", "Reading", done, 5)
    line.show("write", "Writing", 0, 0)
    line.clear()
    assert stream.getvalue() == "Reading\nWriting\n"


def test_a_pipe_whose_reader_leaves_ends_the_program_quietly(own_home: Path) -> None:
    program = subprocess.Popen(
        [sys.executable, "-m", "desktop", "scan", "--jsonl"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert program.stdin is not None
    assert program.stdout is not None
    assert program.stderr is not None
    program.stdout.close()
    with contextlib.suppress(BrokenPipeError):
        program.stdin.write(b'{"text": "hello"}\n' * 2000)
        program.stdin.close()
    told = program.stderr.read()
    program.stderr.close()
    assert program.wait(60) == 2
    assert told == b""


class Full(io.RawIOBase):
    """A disk that is full."""

    def writable(self) -> bool:
        return True

    def write(self, _data: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("command", [["scan"], ["scan", "--json"], ["models", "list"], ["doctor"]])
def test_output_that_cannot_be_written_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"I am glad."), encoding="utf-8"))
    stdout = io.TextIOWrapper(Full(), encoding="utf-8")
    monkeypatch.setattr(sys, "stdout", stdout)
    assert main(command) == 2
    assert "The output could not be written." in capsys.readouterr().err
    with contextlib.suppress(OSError):
        stdout.close()


def test_trouble_with_a_file_is_not_taken_for_trouble_with_the_output() -> None:
    assert not console.is_output_trouble(OSError(errno.ENOSPC, "full", "name"))
    assert console.is_output_trouble(OSError(errno.ENOSPC, "full"))


def test_a_password_comes_from_the_first_line_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "password").write_bytes(b"\xef\xbb\xbfopen sesame \r\nmore\n")
    assert console.read_password(str(tmp_path / "password")) == "open sesame "
    assert console.read_password("") is None


@pytest.mark.parametrize("content", [b"\xff\xfe", None])
def test_a_password_file_that_cannot_be_read_is_a_sentence(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "password").write_bytes(content)
    with pytest.raises(InputError):
        console.read_password(str(tmp_path / "password"))
