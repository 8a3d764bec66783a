"""Fixtures that every test shares: an own home folder, no display, no unexpected warnings in the log."""

import logging
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["ORT_DISABLE_TELEMETRY"] = "1"


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test has its own empty data folder; the person's is never touched."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("STRONGROOM_HOME", str(home))
    for name in [name for name in os.environ if name.startswith("OPENAI_")]:
        monkeypatch.delenv(name)
    return home


@pytest.fixture(autouse=True)
def no_unexpected_warnings(caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that logs a warning or worse, unless it is marked ``expects_warnings``."""
    caplog.set_level(logging.WARNING)
    yield
    if request.node.get_closest_marker("expects_warnings"):
        return
    records = [record for when in ("setup", "call") for record in caplog.get_records(when)]
    unexpected = [f"{r.name}: {r.getMessage()}" for r in records if r.levelno >= logging.WARNING]
    assert not unexpected, f"unexpected warnings in the log: {unexpected}"


@pytest.fixture(autouse=True)
def no_dangling_thread() -> Iterator[None]:
    """Fail a test that leaves a non-daemon thread of its own running."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + 2.0
    for thread in set(threading.enumerate()) - before:
        if not thread.daemon and not isinstance(thread, threading._DummyThread):
            thread.join(max(0.0, deadline - time.monotonic()))
            assert not thread.is_alive(), f"thread {thread.name} still runs"
