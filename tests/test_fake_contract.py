"""The fake keeps the contract that the real engines keep, so that what is tested with it means something."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from engine_contract import EngineContract
from fakes import FakeEngine, Script

from models.engines.base import EngineEvent
from models.errors import EngineError


class _Endless(FakeEngine):
    """Fails for one request, answers every other."""

    def run(self, request: Any, cancel: Any) -> Any:
        error = EngineError("Refused", "This request is one that it refuses, in words.")
        self.scripts.clear()
        self.scripts.append(Script(error=error) if request == "bad" else Script(("one ", "two")))
        return super().run(request, cancel)


class TestFakeEngine(EngineContract):
    @pytest.fixture
    def engine(self) -> Any:
        return _Endless()

    @pytest.fixture
    def good_request(self) -> Any:
        return "good"

    @pytest.fixture
    def bad_request(self) -> Any:
        return "bad"


def test_the_fake_refuses_to_be_made_outside_tests() -> None:
    code = "import fakes\nfakes.FakeEngine()"
    root = Path(__file__).resolve().parent
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        env={"PYTHONPATH": f"{root}:{root.parent}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "in tests only" in done.stderr


def test_scripts_are_played_in_order() -> None:
    import threading

    fake = FakeEngine([Script(("a",)), Script(("b",))])
    runs: list[list[EngineEvent]] = [list(fake.run("x", threading.Event())) for _ in range(2)]
    assert [run[1].text for run in runs] == ["a", "b"]
