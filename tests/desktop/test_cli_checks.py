"""``bench``, ``models list`` and ``doctor``."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from fakes import FakeEngine, Script

from desktop import display
from desktop.__main__ import main
from desktop.cli import doctor
from desktop.engines import EngineHolder
from desktop.paths import default_paths
from desktop.settings import SettingsStore
from models.engines import accelerators
from models.errors import EngineError
from models.skills.loader import load_packs
from models.skills.skill import Task

TINY_MODEL = Path(__file__).resolve().parent.parent.parent / "resources" / "tiny-phi"


@pytest.fixture
def task() -> Task:
    return load_packs(default_paths().shipped_skills).get("T01")


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> FakeEngine:
    fake = FakeEngine()
    monkeypatch.setattr(EngineHolder, "local", lambda _self, _name: fake)
    return fake


def right(task: Task) -> list[Script]:
    return [Script((json.dumps({"labels": list(case.labels), "reason": ""}),)) for case in task.golden]


def printed(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_golden_cases_are_counted_for_each_task(
    engine: FakeEngine, task: Task, capsys: pytest.CaptureFixture[str]
) -> None:
    engine.scripts.extend(right(task))
    assert main(["bench", "--golden", "--task", "T01", "--json"]) == 0
    (figure,) = printed(capsys)["tasks"]
    assert (figure["task"], figure["engine"]) == ("T01", "starter")
    assert figure["passed"] == figure["cases"] == len(task.golden)
    assert figure["median_ms"] > 0


def test_a_task_below_the_mark_fails_the_bench(
    engine: FakeEngine, task: Task, capsys: pytest.CaptureFixture[str]
) -> None:
    engine.scripts.extend(Script(("no JSON",)) for _ in task.golden)
    assert main(["bench", "--golden", "--task", "T01"]) == 1
    assert "below the mark" in capsys.readouterr().out


def test_a_case_on_which_the_engine_breaks_counts_as_not_passed(
    engine: FakeEngine, task: Task, capsys: pytest.CaptureFixture[str]
) -> None:
    scripts = right(task)
    scripts[0] = Script(error=EngineError("It broke off", "Run it again."))
    engine.scripts.extend(scripts)
    main(["bench", "--golden", "--task", "T01", "--json"])
    (figure,) = printed(capsys)["tasks"]
    assert (figure["passed"], figure["note"]) == (len(task.golden) - 1, "It broke off")


def test_the_bench_leaves_the_ledger_alone(engine: FakeEngine, task: Task) -> None:
    engine.scripts.extend(right(task))
    main(["bench", "--golden", "--task", "T01"])
    assert not default_paths().ledger_file.exists()


def test_a_task_that_no_engine_here_does_is_named_and_not_counted(
    own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = own_home / "data" / "skills"
    own.mkdir(parents=True)
    (own / "d.toml").write_text(
        'id = "D1"\nskill = "draft"\nname = "Reply"\ndescription = "Replies."\ninstructions = "Reply."\n'
        '[output]\nmax_tokens = 50\n[[examples]]\ntext = "Hi"\nanswer = "Hello"\n'
    )
    assert main(["bench", "--golden", "--task", "D1"]) == 0
    assert "Drafts need Phi-4 Mini" in capsys.readouterr().out


def test_the_list_names_what_can_be_installed_and_what_is(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "list", "--json"]) == 0
    assert [(row["name"], row["installed"]) for row in printed(capsys)["models"]] == [("Phi-4 Mini", False)]
    shutil.copytree(TINY_MODEL, own_home / "models" / "tiny")
    assert main(["models", "list", "--json"]) == 0
    rows = {row["name"]: row for row in printed(capsys)["models"]}
    assert (rows["tiny"]["installed"], rows["tiny"]["usable"]) == (True, True)


def test_the_list_reads_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "list"]) == 0
    assert "not installed" in capsys.readouterr().out


def test_a_sound_installation_has_no_problem(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    output = capsys.readouterr().out
    assert "PROBLEM" not in output
    assert all(name in output for name in ("Python", "Telemetry", "Processor", "Memory", "Keyring", "Display"))


def test_the_doctors_json_has_one_object_a_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--json"]) == 0
    checks = {check["name"]: check for check in printed(capsys)["checks"]}
    assert checks["Telemetry"] == {"name": "Telemetry", "status": "ok", "value": "off"}


def test_a_data_folder_that_cannot_be_written_is_a_problem(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (own_home / "data").write_text("in the way")
    assert main(["doctor"]) == 1
    assert "PROBLEM  Data folder" in capsys.readouterr().out


def test_a_broken_pack_is_a_problem(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (own_home / "data" / "skills").mkdir(parents=True)
    (own_home / "data" / "skills" / "mine.toml").write_text("nonsense")
    assert main(["doctor"]) == 1
    assert "mine.toml" in capsys.readouterr().out


def test_a_processor_without_avx2_is_said_before_a_model_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "cpu_features", lambda: ("SSE42",))
    monkeypatch.setattr(doctor.platform, "machine", lambda: "x86_64")
    check = doctor._processor()
    assert check.status == "problem"
    assert "AVX2" in check.value


def test_a_missing_qt_library_names_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.sys, "platform", "linux")
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    monkeypatch.setattr(display, "_loads", lambda library: library != "libxcb-cursor.so.0")
    check = doctor._display()
    assert check.status == "problem"
    assert "sudo apt install libxcb-cursor0" in check.value


def test_looking_over_the_installation_loads_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise AssertionError("an engine was asked for")

    monkeypatch.setattr(EngineHolder, "local", refuse)
    assert main(["doctor"]) == 0


def test_the_doctor_says_that_there_is_only_the_cpu(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(accelerators, "brought_along", tuple)
    assert main(["doctor", "--accelerators"]) == 0
    said = capsys.readouterr().out
    assert "This computer offers the CPU only" in said
    assert "none is downloaded" in said


def test_the_doctor_tells_of_each_accelerator_that_was_tried(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(accelerators, "brought_along", lambda: ("cuda", "dml"))
    monkeypatch.setattr(
        accelerators, "probe", lambda _folder, name, *_: accelerators.Found(name, works=name == "dml", reason="…")
    )
    assert main(["doctor", "--accelerators", "--json"]) == 0
    checks = {check["name"]: check for check in json.loads(capsys.readouterr().out)["checks"]}
    assert "not installed" in checks["Accelerators"]["value"]  # there is no model to try
    shutil.copytree(default_paths().resources / "tiny-phi", default_paths().models / "tiny")
    SettingsStore(default_paths().settings_file).update(accelerator="dml")
    assert main(["doctor", "--accelerators", "--json"]) == 0
    checks = {check["name"]: check for check in json.loads(capsys.readouterr().out)["checks"]}
    assert checks["NVIDIA graphics (CUDA)"]["status"] == "note"
    assert checks["graphics (DirectML)"] == {"name": "graphics (DirectML)", "status": "ok", "value": "… It is used."}
