"""``main``: the command line or the window, and a sentence where no window can open."""

import builtins
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import desktop
from desktop import __version__, display
from desktop.__main__ import COMMANDS, main
from desktop.cli import parser
from desktop.display import PACKAGES, display_problem, import_problem, missing_libraries, start_problem


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Stands in for ``desktop.app``; keeps what it was asked to open."""
    opened: list[Any] = []

    def run(file: Path | None = None) -> int:
        opened.append(file)
        return 0

    def self_test() -> int:
        opened.append("self-test")
        return 0

    app = SimpleNamespace(run=run, self_test=self_test)
    monkeypatch.setitem(sys.modules, "desktop.app", app)
    monkeypatch.setattr(desktop, "app", app, raising=False)
    return opened


@pytest.mark.parametrize(
    ("arguments", "opened"),
    [
        ([], None),
        (["letter.pdf"], Path("letter.pdf")),
        (["-psn_0_12345"], None),
        (["--", "scan"], Path("scan")),
        (["--self-test"], "self-test"),
    ],
)
def test_the_window_opens(window: list[Any], arguments: list[str], opened: Any) -> None:
    assert main(arguments) == 0
    assert window == [opened]


def test_every_command_of_the_parser_is_known_to_the_entry_point() -> None:
    assert f"{{{','.join(COMMANDS)}}}" in parser().format_help().replace("COMMAND", f"{{{','.join(COMMANDS)}}}")
    for command in COMMANDS:
        with pytest.raises(SystemExit) as end:
            parser().parse_args([command, "--help"])
        assert end.value.code == 0


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"strongroom {__version__}\n"


@pytest.mark.parametrize("arguments", [["run"], ["--nonsense"], ["bench"], ["models"], ["scan", "a", "b"]])
def test_a_wrong_command_line_is_explained(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert "usage: strongroom" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("system", "environment", "works"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, True),
        ("darwin", {}, True),
        ("win32", {}, True),
    ],
)
def test_a_missing_display_is_seen_before_qt_is_asked(system: str, environment: dict[str, str], works: bool) -> None:
    assert (display_problem(system, environment) == "") is works


def test_no_display_is_a_sentence_and_exit_2(
    window: list[Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert main([]) == 2
    assert "no display" in capsys.readouterr().err
    assert window == []


@pytest.fixture
def failing_import(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes the import of ``desktop.app`` fail with a message."""

    def fail(message: str) -> None:
        real = builtins.__import__

        def refuse(name: str, *arguments: Any, **keywords: Any) -> Any:
            if name == "desktop" and "app" in (arguments[2] if len(arguments) > 2 else ()):
                raise ImportError(message)
            return real(name, *arguments, **keywords)

        monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
        monkeypatch.setattr(builtins, "__import__", refuse)

    return fail


@pytest.mark.parametrize(("library", "packages"), PACKAGES.items())
def test_a_missing_system_library_names_the_packages_to_install(
    failing_import: Callable[[str], None],
    library: str,
    packages: tuple[str, str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    failing_import(f"{library}: cannot open shared object file: No such file or directory")
    assert main([]) == 2
    told = capsys.readouterr().err
    assert f"sudo apt install {packages[0]}." in told
    assert f"sudo dnf install {packages[1]}." in told
    assert "Traceback" not in told


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("libnew.so.7: cannot open shared object file", "libnew.so.7 is missing"),
        ("No module named 'PySide6'", "PySide6-Essentials"),
        ("DLL load failed while importing QtCore: shiboken6 ...", "PySide6-Essentials"),
        ("cannot import name 'x' from 'desktop.gui'", ""),
    ],
)
def test_other_import_errors_are_told_apart(message: str, words: str) -> None:
    problem = import_problem(message)
    assert words in problem
    assert bool(problem) is bool(words)


def test_an_import_error_that_is_a_bug_is_not_hidden(failing_import: Callable[[str], None]) -> None:
    failing_import("cannot import name 'x' from 'desktop.gui'")
    with pytest.raises(ImportError, match="cannot import name"):
        main([])


def test_building_the_services_imports_nothing_heavy(own_home: Path) -> None:
    code = (
        "import sys\n"
        "from desktop.paths import default_paths\n"
        "from desktop.services import build_services\n"
        "build_services(default_paths()).close()\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules}))"
    )
    root = Path(__file__).resolve().parent.parent.parent
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    heavy = {"numpy", "onnxruntime", "onnxruntime_genai", "openai", "keyring", "tokenizers", "PySide6", "dateparser"}
    assert not heavy & set(done.stdout.split())


@pytest.mark.parametrize("platform_name", ["nonsense", "xcb"])
def test_a_display_that_cannot_be_reached_is_a_sentence(own_home: Path, platform_name: str) -> None:
    root = Path(__file__).resolve().parent.parent.parent
    environment = {**os.environ, "QT_QPA_PLATFORM": platform_name, "DISPLAY": ":4711", "WAYLAND_DISPLAY": ""}
    done = subprocess.run(
        [sys.executable, "-m", "desktop"], cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith("strongroom: The window")
    assert "strongroom --help" in done.stderr
    assert "Traceback" not in done.stderr


def test_missing_libraries_of_the_window_system_name_their_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    lacking = {"libxcb-cursor.so.0", "libxcb-icccm.so.4", "libwayland-client.so.0"}
    monkeypatch.setattr(display, "_loads", lambda library: library not in lacking)
    missing = missing_libraries("xcb")
    assert missing == ("libxcb-cursor.so.0", "libxcb-icccm.so.4")
    assert "sudo apt install libxcb-cursor0 libxcb-icccm4." in start_problem(missing)
    assert "sudo dnf install xcb-util-cursor xcb-util-wm." in start_problem(missing)
    assert missing_libraries("wayland-egl") == ("libwayland-client.so.0",)


def test_a_library_that_is_there_but_broken_is_named_by_its_name() -> None:
    assert "libegl1" in import_problem("/lib/x86_64-linux-gnu/libEGL.so.1: file too short")
