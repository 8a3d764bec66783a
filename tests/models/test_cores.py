"""How many cores there are to compute on."""

import os
import sys
from pathlib import Path

import psutil
import pytest

from models import cores


def test_physical_cores_are_at_least_one_and_not_more_than_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    assert 1 <= cores.performance_cores() <= cores.physical_cores() <= (os.cpu_count() or 1)
    monkeypatch.setattr(psutil, "cpu_count", lambda logical=True: None)
    assert cores.physical_cores() == 1


@pytest.mark.parametrize(
    ("written", "meant"), [("0-3", [0, 1, 2, 3]), ("0-1,4", [0, 1, 4]), ("7\n", [7]), ("", [])], ids=repr
)
def test_ranges_of_processors_are_read_as_the_system_writes_them(written: str, meant: list[int]) -> None:
    assert cores._numbers(written) == meant


@pytest.mark.skipif(sys.platform != "linux", reason="reads what Linux says of its processors")
def test_two_threads_of_one_fast_core_count_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cpus").write_text("0,0\n", encoding="ascii")
    monkeypatch.setattr(cores, "_LINUX_FAST", tmp_path / "cpus")
    assert cores.performance_cores() == 1
    (tmp_path / "cpus").write_text("nonsense\n", encoding="ascii")
    assert cores.performance_cores() == cores.physical_cores()
