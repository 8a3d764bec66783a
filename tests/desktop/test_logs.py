"""The log and the crash reports say where, never what."""

import logging
import stat
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import logs
from desktop.logs import LOG, crash_report, install_crash_hooks, set_up_logging, tear_down_logging
from desktop.paths import Paths, default_paths
from models.errors import InputError

CANARY = "Varga-0457-canary"


@pytest.fixture
def paths(own_home: Path) -> Iterator[Paths]:
    level = logging.getLogger().level
    paths = default_paths()
    yield paths
    tear_down_logging()
    logging.captureWarnings(capture=False)
    logging.getLogger().setLevel(level)


@pytest.fixture
def hooks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The crash hooks that a test installs go away with it."""
    for module, name in ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook")):
        monkeypatch.setattr(module, name, getattr(module, name))


def written(paths: Paths) -> str:
    return paths.log_file.read_text(encoding="utf-8")


def test_an_event_of_ours_is_written_with_its_level(paths: Paths) -> None:
    assert set_up_logging(paths)
    LOG.info("started")
    assert "INFO strongroom started" in written(paths)


@pytest.mark.expects_warnings
def test_a_librarys_warning_is_written_without_its_words(paths: Paths) -> None:
    set_up_logging(paths)
    logging.getLogger("openai").warning("Request failed: %s", CANARY)
    logging.getLogger("httpx2").warning(f"sent {CANARY}")
    assert CANARY not in written(paths)
    assert "WARNING openai record from test_logs" in written(paths)


@pytest.mark.parametrize("name", ["openai", "httpx2", "keyring.backend", "a.library"])
def test_what_libraries_log_below_a_warning_is_not_written(paths: Paths, name: str) -> None:
    set_up_logging(paths)
    logging.getLogger(name).info(CANARY)
    loud = logging.getLogger("a.loud.library")
    loud.setLevel(logging.DEBUG)
    loud.debug(CANARY)
    assert written(paths) == ""


@pytest.mark.expects_warnings
def test_an_exception_in_the_log_is_its_type_alone(paths: Paths) -> None:
    set_up_logging(paths)
    try:
        raise ValueError(CANARY)
    except ValueError:
        LOG.exception("run failed")
    assert CANARY not in written(paths)
    assert "run failed (ValueError)" in written(paths)


@pytest.mark.expects_warnings
def test_values_passed_to_our_own_logger_are_left_out(paths: Paths) -> None:
    set_up_logging(paths)
    LOG.warning("odd: %s", CANARY)
    assert CANARY not in written(paths)


def test_only_the_owner_can_read_the_log_also_after_it_rotated(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "MAX_LOG_BYTES", 500)
    set_up_logging(paths)
    for _ in range(50):
        LOG.info("an event")
    files = list(paths.log.iterdir())
    assert 1 < len(files) <= logs.KEPT_LOGS + 1
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_a_log_folder_that_cannot_be_made_does_not_stop_the_program(paths: Paths) -> None:
    paths.log.write_text("in the way")
    assert not set_up_logging(paths)
    LOG.info("started")


def test_a_crash_report_names_our_frames_and_neither_message_nor_path(own_home: Path) -> None:
    from models.skills.loader import load_packs

    try:
        load_packs(own_home).get(CANARY)
    except InputError as error:
        report = crash_report(type(error), error.__traceback__)
    assert "models.errors.InputError" in report
    assert "models/skills/loader.py:" in report
    assert "  (a library)" in report
    assert CANARY not in report
    assert str(Path(__file__).parent.parent) not in report


@pytest.mark.usefixtures("hooks")
def test_an_uncaught_exception_becomes_a_private_report_without_content(paths: Paths) -> None:
    told: list[Path | None] = []
    install_crash_hooks(paths, told.append)
    logging.disable(logging.ERROR)
    try:
        raise KeyError(CANARY)
    except KeyError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    finally:
        logging.disable(logging.NOTSET)
    (report,) = paths.crashes.iterdir()
    assert told == [report]
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert "builtins.KeyError" in report.read_text()
    assert CANARY not in report.read_text()


@pytest.mark.usefixtures("hooks")
@pytest.mark.expects_warnings
def test_a_thread_that_dies_is_reported(paths: Paths) -> None:
    def die() -> None:
        raise ValueError(CANARY)

    install_crash_hooks(paths)
    thread = threading.Thread(target=die)
    thread.start()
    thread.join()
    (report,) = paths.crashes.iterdir()
    assert "builtins.ValueError" in report.read_text()
    assert CANARY not in report.read_text()


@pytest.mark.usefixtures("hooks")
@pytest.mark.expects_warnings
def test_old_crash_reports_go_and_the_newest_stay(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "KEPT_CRASHES", 3)
    install_crash_hooks(paths)
    for _ in range(5):
        sys.excepthook(ValueError, ValueError(), None)
    assert len(list(paths.crashes.iterdir())) == 3


@pytest.mark.usefixtures("hooks")
@pytest.mark.expects_warnings
def test_a_disk_that_refuses_the_report_does_not_crash_the_hook(paths: Paths) -> None:
    told: list[Path | None] = []
    paths.log.parent.mkdir(exist_ok=True)
    paths.log.write_text("in the way")
    install_crash_hooks(paths, told.append)
    sys.excepthook(ValueError, ValueError(), None)
    assert told == [None]
