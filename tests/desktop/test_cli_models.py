"""``strongroom models``: what it prints, how it exits, and that nothing stops it half-way for good."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hub import TINY, Fault, Hub, entry, hub, manifest_text

from desktop.__main__ import main
from desktop.paths import default_paths
from desktop.settings import SettingsStore
from models.store.installed import installed_models

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def server() -> Iterator[Hub]:
    with hub() as running:
        yield running


@pytest.fixture
def listed(server: Hub, tmp_path: Path) -> str:
    """A list of models of one's own, with the tiny model at the loopback hub."""
    file = tmp_path / "list.toml"
    file.write_text(manifest_text(entry(server.url, server.files)), encoding="utf-8")
    return str(file)


def printed(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "desktop", "models", *arguments]


def test_fetch_installs_and_list_shows_it(
    server: Hub, listed: str, own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", "fetch", "tiny-phi", "--manifest", listed, "--json"]) == 0
    assert printed(capsys) == {"name": "Tiny Phi", "folder": str(own_home / "models" / "tiny-phi")}
    assert main(["models", "list", "--json"]) == 0
    row = next(row for row in printed(capsys)["models"] if row["installed"])
    assert (row["id"], row["state"], row["usable"], row["last_used"]) == ("tiny-phi", "intact", True, None)
    assert "declared" in row["digests"]


def test_fetch_says_beforehand_what_comes_from_where(
    server: Hub, listed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["models", "fetch", "tiny-phi", "--manifest", listed])
    told = capsys.readouterr()
    assert f"MIT licence, from 127.0.0.1:{server.port}" in told.err
    assert "installed in" in told.out


def test_a_mirror_stands_in_for_the_source(server: Hub, tmp_path: Path) -> None:
    file = tmp_path / "list.toml"
    file.write_text(manifest_text(entry("https://hub.example", server.files)), encoding="utf-8")
    assert main(["models", "fetch", "tiny-phi", "--manifest", str(file), "--mirror", server.url]) == 0
    assert server.requests


def test_the_mirror_of_the_settings_is_used(server: Hub, tmp_path: Path) -> None:
    file = tmp_path / "list.toml"
    file.write_text(manifest_text(entry("https://hub.example", server.files)), encoding="utf-8")
    SettingsStore(default_paths().settings_file).update(mirror=server.url)
    assert main(["models", "fetch", "tiny-phi", "--manifest", str(file)]) == 0


def test_a_mirror_without_encryption_is_refused(listed: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["models", "fetch", "tiny-phi", "--manifest", listed, "--mirror", "http://mirror.example"]
    assert main([*arguments, "--json"]) == 2
    told = capsys.readouterr()
    assert "https" in json.loads(told.out)["error"]["message"]
    assert "address for models is not usable" in told.err


def test_an_unknown_name_lists_what_there_is(listed: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "fetch", "gpt", "--manifest", listed]) == 2
    assert "tiny-phi" in capsys.readouterr().err
    assert main(["models", "verify", "gpt"]) == 2
    assert "Installed here: none" in capsys.readouterr().err


def test_a_kit_goes_from_one_machine_to_another(
    server: Hub, listed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stick = tmp_path / "stick"
    assert main(["models", "fetch", "tiny-phi", "--manifest", listed, "--to", str(stick)]) == 0
    assert "kit is in" in capsys.readouterr().out
    assert installed_models(default_paths().models) == ()
    monkeypatch.setenv("STRONGROOM_HOME", str(tmp_path / "other machine"))
    monkeypatch.setenv("STRONGROOM_OFFLINE", "1")
    server.requests.clear()
    assert main(["models", "import", str(stick), "--json"]) == 0
    assert printed(capsys)["name"] == "tiny-phi"
    assert main(["models", "verify"]) == 0
    assert server.requests == []


def test_offline_nothing_is_fetched_and_the_person_told(
    server: Hub, listed: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("STRONGROOM_OFFLINE", "1")
    assert main(["models", "fetch", "tiny-phi", "--manifest", listed]) == 2
    assert "Strongroom is offline" in capsys.readouterr().err
    assert main(["models", "list"]) == 0
    assert "offline" in capsys.readouterr().out
    assert server.requests == []


def test_the_setting_forbids_the_network_too(server: Hub, listed: str) -> None:
    SettingsStore(default_paths().settings_file).update(offline=True)
    assert main(["models", "fetch", "tiny-phi", "--manifest", listed]) == 2
    assert server.requests == []


def test_verify_finds_a_damaged_file_and_fetch_mends_it(
    server: Hub, listed: str, own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fetch = ["models", "fetch", "tiny-phi", "--manifest", listed]
    main(fetch)
    assert main(["models", "verify"]) == 0
    (own_home / "models" / "tiny-phi" / "model.onnx").write_bytes(b"damaged")
    capsys.readouterr()
    assert main(["models", "verify", "tiny-phi", "--json"]) == 1
    assert printed(capsys)["models"][0]["damaged"] == ["model.onnx"]
    server.requests.clear()
    assert main(fetch) == 0
    assert [path.rsplit("/", 1)[1] for path, _ in server.requests] == ["model.onnx"]
    assert main(["models", "verify"]) == 0


def test_remove_asks_first_and_frees_the_disk(
    own_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(TINY, tmp_path / "tiny")
    assert main(["models", "import", str(tmp_path / "tiny")]) == 0
    assert main(["models", "remove", "tiny"]) == 2
    assert "--yes" in capsys.readouterr().err
    assert installed_models(own_home / "models")
    assert main(["models", "remove", "tiny", "--yes", "--json"]) == 0
    assert printed(capsys)["freed_bytes"] > 2_000_000
    assert installed_models(own_home / "models") == ()


def test_the_folder_of_the_settings_is_used(own_home: Path, tmp_path: Path) -> None:
    other = tmp_path / "other disk"
    SettingsStore(default_paths().settings_file).update(models_folder=str(other))
    assert main(["models", "import", str(TINY)]) == 0
    assert [model.usable for model in installed_models(other)] == [True]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
@pytest.mark.parametrize("cut", [0, 700_000])
def test_a_download_that_is_broken_off_goes_on_and_loses_next_to_nothing(
    server: Hub, listed: str, own_home: Path, number: signal.Signals, cut: int
) -> None:
    server.faults.append(Fault(cut=cut, hang=True, path="model.onnx"))
    fetch = command("fetch", "tiny-phi", "--manifest", listed)
    with subprocess.Popen(fetch, cwd=ROOT, stderr=subprocess.PIPE, text=True) as running:
        assert server.arrived.wait(30)
        part = own_home / "models" / ".downloads" / "tiny-phi-0123456789ab" / "model.onnx.part"
        while not (part.exists() and part.stat().st_size >= cut - 8192 and "model.onnx" in server.requests[-1][0]):
            assert running.poll() is None
        running.send_signal(number)
        _, told = running.communicate(timeout=20)
    assert running.returncode == (130 if number == signal.SIGINT else -signal.SIGKILL)
    assert ("Stopped. What was fetched is kept" in told) is (number == signal.SIGINT)
    assert installed_models(own_home / "models") == ()
    assert main(["models", "fetch", "tiny-phi", "--manifest", listed]) == 0
    begun_at = server.ranges("model.onnx")[-1].removeprefix("bytes=").removesuffix("-") or "0"
    assert int(begun_at) >= cut - 8192


def test_a_disk_whose_format_takes_no_large_files_is_told(server: Hub, listed: str, own_home: Path) -> None:
    fetch = " ".join(command("fetch", "tiny-phi", "--manifest", listed))
    done = subprocess.run(
        ["bash", "-c", f"ulimit -f 1000; exec {fetch}"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "exFAT" in done.stderr
    assert installed_models(own_home / "models") == ()


def test_two_programs_at_once_download_a_model_once(server: Hub, listed: str, own_home: Path) -> None:
    server.faults.append(Fault(cut=1000, hang=True, path="model.onnx"))
    fetch = command("fetch", "tiny-phi", "--manifest", listed)
    with subprocess.Popen(fetch, cwd=ROOT, stderr=subprocess.DEVNULL) as first:
        while not server.ranges("model.onnx"):
            assert first.poll() is None
        second = subprocess.run(fetch, cwd=ROOT, capture_output=True, text=True, check=False)
        assert second.returncode == 2
        assert "Another window or command" in second.stderr
        first.kill()
    assert main(["models", "fetch", "tiny-phi", "--manifest", listed]) == 0
    assert installed_models(own_home / "models")[0].usable


@pytest.mark.timeout(400)
def test_killed_at_any_step_on_the_disk_it_leaves_nothing_or_a_whole_model(server: Hub, tmp_path: Path) -> None:
    script = ROOT / "tests" / "models" / "store" / "crash_at_every_step.py"
    environment = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    done = subprocess.run(
        [sys.executable, str(script), server.url, str(tmp_path / "runs")],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert len(done.stdout.splitlines()) > 20


def doctors(capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, dict[str, str]]]:
    capsys.readouterr()
    status = main(["doctor", "--json"])
    return status, {check["name"]: check for check in printed(capsys)["checks"]}


def test_the_doctor_tells_the_truth_from_nothing_to_installed_to_damaged(
    server: Hub, listed: str, own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "not installed" in doctors(capsys)[1]["Phi-4 Mini"]["value"]
    main(["models", "fetch", "tiny-phi", "--manifest", listed])
    status, checks = doctors(capsys)
    assert status == 0
    assert "unchanged since it was verified" in checks["Model"]["value"]
    (own_home / "models" / "tiny-phi" / "model.onnx").write_bytes(b"damaged")
    status, checks = doctors(capsys)
    assert (status, checks["Model"]["status"]) == (1, "problem")
    assert "changed" in checks["Model"]["value"]


def test_the_doctor_tells_of_a_download_that_is_not_finished(
    server: Hub, listed: str, own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = own_home / "config"
    config.mkdir(parents=True)
    shutil.copy(listed, config / "models.toml")
    server.faults.extend([Fault(), Fault(status=403)])
    assert main(["models", "fetch"]) == 2
    status, checks = doctors(capsys)
    assert status == 0
    assert "download not finished" in checks["Tiny Phi"]["value"]


def test_the_doctor_tells_of_a_model_in_place_that_is_gone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    SettingsStore(default_paths().settings_file).update(model_folder=str(tmp_path / "unplugged"))
    status, checks = doctors(capsys)
    assert (status, checks["Model in place"]["status"]) == (1, "problem")


def test_the_doctor_tells_of_the_offline_switch_mirror_and_proxy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = SettingsStore(default_paths().settings_file)
    assert "when you start one" in doctors(capsys)[1]["Network"]["value"]
    settings.update(offline=True, mirror="https://mirror.example/hub", proxy="proxy.example:8080")
    checks = doctors(capsys)[1]
    assert "the setting forbids it" in checks["Network"]["value"]
    assert checks["Mirror for models"]["value"] == "mirror.example"
    assert checks["Proxy"]["value"] == "proxy.example:8080"
    monkeypatch.setenv("STRONGROOM_OFFLINE", "1")
    assert "STRONGROOM_OFFLINE" in doctors(capsys)[1]["Network"]["value"]
