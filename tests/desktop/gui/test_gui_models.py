"""From the banner to an installed model, against a hub on loopback, and through import; the models page; offline."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hub import TINY, Fault, Hub, entry, hub, manifest_text
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from desktop import app
from desktop.credentials import Credentials
from desktop.gui.main_window import MainWindow
from desktop.gui.models_words import available_entry
from desktop.gui.transfer_panel import Transfer, left_words
from desktop.machine import Machine, judge
from desktop.paths import default_paths
from desktop.services import Services, build_services
from models.store.events import Step
from models.store.installed import installed_models


@pytest.fixture
def server() -> Iterator[Hub]:
    with hub() as running:
        yield running


@pytest.fixture
def services(server: Hub) -> Iterator[Services]:
    """Everything real; a company's list names the tiny model at the loopback hub."""
    paths = default_paths()
    paths.models_list.parent.mkdir(parents=True)
    paths.models_list.write_text(manifest_text(entry(server.url, server.files)), encoding="utf-8")
    made = build_services(paths, Credentials(lambda: None, frozenset()))
    yield made
    made.close()


@pytest.fixture
def shown(qtbot: Any, qapp: QApplication, services: Services) -> Iterator[MainWindow]:
    window, _theme = app.build_window(qapp, services)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.first_paint):
        window.show()
    qtbot.waitUntil(lambda: "processor" in window.banner.check.text() and not window.runner._jobs, timeout=30_000)
    yield window
    window.close()


def at_rest(qtbot: Any, window: MainWindow, phase: str) -> None:
    qtbot.waitUntil(lambda: window.models.transfer.phase == phase and not window.runner._jobs, timeout=20_000)


def visible(place: Any) -> list[QPushButton]:
    return [button for button in place.findChildren(QPushButton) if button.isVisible()]


def press(place: Any, words: str) -> None:
    next(button for button in visible(place) if button.text() == words).click()


def models_page(qtbot: Any, window: MainWindow) -> Any:
    dialog = window.models.open()
    qtbot.waitUntil(lambda: dialog.list.count() > 0 and not window.runner._jobs)
    return dialog


def test_from_the_banner_to_an_installed_model_that_answers(
    qtbot: Any, shown: MainWindow, services: Services, server: Hub
) -> None:
    banner = shown.banner
    assert banner.isVisible()
    assert "MIT licence" in banner.facts.text()
    banner.licence_button.click()
    assert "MIT License" in banner.licence.toPlainText()
    banner.download_button.click()
    assert banner.panel.pause_button.isVisible()
    at_rest(qtbot, shown, "done")
    assert banner.title.text().startswith("Tiny Phi is ready")
    assert installed_models(services.models.folder)[0].usable
    assert shown.header.place.text() == "● On this device (Phi-4 Mini)"
    banner.try_button.click()
    assert shown.skills.task is not None
    assert shown.skills.task.skill == "draft"
    assert not banner.isVisible()
    shown.document.set_text("Thank them.")
    shown.document.run_button.click()
    qtbot.waitUntil(lambda: not shown.runs.running, timeout=60_000)
    assert services.ledger.panel().recent[0].engine == "phi"


def test_a_download_is_paused_resumed_and_finished_while_the_window_works(
    qtbot: Any, shown: MainWindow, server: Hub
) -> None:
    server.faults.append(Fault(cut=1_000_000, hang=True, path="model.onnx"))
    shown.banner.download_button.click()
    qtbot.waitUntil(lambda: (shown.models.transfer.share or 0) > 0.3)
    assert "% · Strongroom" in shown.windowTitle()
    shown.skills.choose("T01")
    shown.document.set_text("The worst service in years.")
    shown.document.run_button.click()
    qtbot.waitUntil(lambda: not shown.runs.running, timeout=30_000)
    assert shown.answer.answer_text
    press(shown.banner, "Pause")
    at_rest(qtbot, shown, "paused")
    assert "It goes on from there" in shown.banner.panel.line.text()
    press(shown.banner, "Resume")
    at_rest(qtbot, shown, "done")
    assert server.ranges("model.onnx") == ["", "bytes=1000000-"]
    assert shown.windowTitle() == "Strongroom"


def test_a_cancelled_download_leaves_nothing_behind(
    qtbot: Any, shown: MainWindow, services: Services, server: Hub
) -> None:
    server.faults.append(Fault(cut=1_000_000, hang=True, path="model.onnx"))
    shown.banner.download_button.click()
    qtbot.waitUntil(lambda: (shown.models.transfer.share or 0) > 0.3)
    press(shown.banner, "Cancel")
    at_rest(qtbot, shown, "idle")
    assert not [path for path in services.models.folder.rglob("*") if path.is_file() and path.suffix != ".lock"]
    assert shown.banner.download_button.isVisible()


def test_esc_pauses_a_download_where_no_task_runs(qtbot: Any, shown: MainWindow, server: Hub) -> None:
    server.faults.append(Fault(cut=1_000_000, hang=True, path="model.onnx"))
    shown.banner.download_button.click()
    qtbot.waitUntil(lambda: (shown.models.transfer.share or 0) > 0.3)
    shown._stop()
    at_rest(qtbot, shown, "paused")


def test_a_download_that_fails_says_why_in_the_banner_and_can_go_on(qtbot: Any, shown: MainWindow, server: Hub) -> None:
    server.faults.extend([Fault(), Fault(), Fault(status=403)])
    shown.banner.download_button.click()
    at_rest(qtbot, shown, "failed")
    assert shown.banner.title.text() == "The download was refused"
    assert f"127.0.0.1:{server.port}" in shown.banner.facts.text()
    assert shown.banner.download_button.text() == "Resume"
    shown.banner.download_button.click()
    at_rest(qtbot, shown, "done")


def test_a_window_that_closes_stops_the_download_and_the_next_one_offers_to_go_on(
    qtbot: Any, qapp: QApplication, shown: MainWindow, services: Services, server: Hub
) -> None:
    server.faults.append(Fault(cut=1_500_000, hang=True, path="model.onnx"))
    shown.banner.download_button.click()
    qtbot.waitUntil(lambda: (shown.models.transfer.share or 0) > 0.5)
    shown.close()
    again, _theme = app.build_window(qapp, services)
    qtbot.addWidget(again)
    assert again.banner.download_button.text() == "Resume"
    assert "of it here already" in again.banner.facts.text()
    again.close()


def test_a_model_is_imported_from_a_folder_and_an_archive(
    qtbot: Any, shown: MainWindow, services: Services, server: Hub, tmp_path: Path
) -> None:
    shown.models.take(Path(shutil.make_archive(str(tmp_path / "packed"), "zip", TINY)))
    at_rest(qtbot, shown, "done")
    assert shown.banner.title.text().startswith("Tiny Phi is ready")  # the list knows these files by their sizes
    other = tmp_path / "Mine"
    shutil.copytree(TINY, other)
    (other / "tokenizer_config.json").write_text("{}")
    shown.models.take(other)
    at_rest(qtbot, shown, "done")
    assert [model.name for model in installed_models(services.models.folder)] == ["Mine", "Tiny Phi"]
    assert server.requests == []


def test_a_folder_that_is_no_model_is_refused_in_the_banner(qtbot: Any, shown: MainWindow, tmp_path: Path) -> None:
    shown.models.take(tmp_path)
    at_rest(qtbot, shown, "failed")
    assert shown.banner.title.text() == "There is no model in that folder"


def test_the_models_page_shows_verifies_and_removes(
    qtbot: Any, shown: MainWindow, services: Services, server: Hub
) -> None:
    dialog = models_page(qtbot, shown)
    assert dialog.list.item(0).text() == "Tiny Phi · not installed"
    assert "MIT License" in dialog.licence.toPlainText()
    dialog.download_button.click()
    at_rest(qtbot, shown, "done")
    assert dialog.list.item(0).text() == "Tiny Phi · ready"
    dialog.verify_button.click()
    at_rest(qtbot, shown, "idle")
    assert dialog.bar.title.text() == "Verified"
    (services.models.folder / "tiny-phi" / "tokenizer.json").write_bytes(b"damaged")
    shown.models.refresh()
    qtbot.waitUntil(lambda: dialog.list.item(0).text() == "Tiny Phi · cannot be used")
    assert "have changed" in dialog.problem.text()
    dialog.verify_button.click()
    at_rest(qtbot, shown, "idle")
    assert "tokenizer.json" in dialog.bar.message.text()
    qtbot.waitUntil(lambda: not shown.runner._jobs)
    dialog.remove_button.click()
    assert installed_models(services.models.folder)
    qtbot.waitUntil(lambda: any(button.text() == "Delete it" for button in visible(dialog.bar)))
    press(dialog.bar, "Delete it")
    at_rest(qtbot, shown, "idle")
    assert installed_models(services.models.folder) == ()
    assert [dialog.list.item(row).text() for row in range(dialog.list.count())] == ["Tiny Phi · not installed"]


def test_models_are_moved_to_another_disk(qtbot: Any, shown: MainWindow, services: Services, tmp_path: Path) -> None:
    shown.models.take(TINY)
    at_rest(qtbot, shown, "done")
    shown.models.move(tmp_path / "other disk")
    at_rest(qtbot, shown, "idle")
    assert services.settings.current.models_folder == str(tmp_path / "other disk")
    assert installed_models(tmp_path / "other disk")[0].usable
    assert services.engines.phi_folder() == tmp_path / "other disk" / "tiny-phi"


def test_an_empty_models_folder_is_only_pointed_elsewhere(
    qtbot: Any, shown: MainWindow, services: Services, tmp_path: Path
) -> None:
    shown.models.move(tmp_path / "other disk")
    at_rest(qtbot, shown, "idle")
    assert services.settings.current.models_folder == str(tmp_path / "other disk")


def test_a_place_that_cannot_be_written_to_is_refused(qtbot: Any, shown: MainWindow, services: Services) -> None:
    shown.models.move(Path("/proc/models"))
    at_rest(qtbot, shown, "idle")
    assert services.settings.current.models_folder == ""
    assert shown.bar.isVisible()


def test_models_do_not_move_away_from_under_a_download_that_is_not_finished(
    qtbot: Any, shown: MainWindow, services: Services, server: Hub, tmp_path: Path
) -> None:
    server.faults.append(Fault(cut=1_000_000, hang=True, path="model.onnx"))
    shown.banner.download_button.click()
    qtbot.waitUntil(lambda: (shown.models.transfer.share or 0) > 0.3)
    press(shown.banner, "Pause")
    at_rest(qtbot, shown, "paused")
    shown.models.move(tmp_path / "other disk")
    at_rest(qtbot, shown, "paused")
    assert shown.bar.title.text() == "A download is not finished"
    assert services.settings.current.models_folder == ""
    press(shown.banner, "Cancel")
    at_rest(qtbot, shown, "idle")
    assert services.models.begun_bytes(services.models.entry()) == 0


def test_a_model_is_not_removed_while_a_task_runs(
    qtbot: Any, shown: MainWindow, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown.models.take(TINY)
    at_rest(qtbot, shown, "done")
    monkeypatch.setattr(shown.models, "_busy", lambda: True)
    shown.models.remove(installed_models(services.models.folder)[0])
    assert shown.bar.title.text() == "A task is running"
    assert installed_models(services.models.folder)


def test_offline_is_shown_and_stops_the_download_at_once(
    qtbot: Any, shown: MainWindow, services: Services, server: Hub
) -> None:
    server.faults.append(Fault(cut=1_000_000, hang=True, path="model.onnx"))
    shown.banner.download_button.click()
    qtbot.waitUntil(lambda: (shown.models.transfer.share or 0) > 0.3)
    dialog = shown.show_settings()
    dialog.control("offline").click()
    at_rest(qtbot, shown, "paused")
    assert "offline" in shown.windowTitle()
    assert shown.header.offline.isVisible()
    assert not shown.header.cloud.isEnabled()
    asked = len(server.requests)
    press(shown.banner, "Resume")
    at_rest(qtbot, shown, "failed")
    assert shown.banner.title.text() == "Strongroom is offline"
    assert not shown.banner.download_button.isEnabled()
    assert len(server.requests) == asked
    dialog.control("offline").click()
    assert not shown.header.offline.isVisible()
    shown.banner.download_button.click()
    at_rest(qtbot, shown, "done")


@pytest.mark.parametrize(("key", "value"), [("mirror", "http://mirror.example"), ("proxy", "socks://x")])
def test_an_address_that_cannot_work_is_refused_in_the_settings(
    qtbot: Any, shown: MainWindow, services: Services, key: str, value: str
) -> None:
    dialog = shown.show_settings()
    field: Any = dialog.control(key)
    field.setText(value)
    field.editingFinished.emit()
    assert dialog.bar.isVisible()
    assert getattr(services.settings.current, key) == ""


def test_a_proxys_password_never_reaches_the_settings(qtbot: Any, shown: MainWindow, services: Services) -> None:
    dialog = shown.show_settings()
    field: Any = dialog.control("proxy")
    field.setText("http://me:hunter2@proxy.example:8080")
    field.editingFinished.emit()
    qtbot.waitUntil(lambda: services.settings.current.proxy != "" and not shown.runner._jobs)
    assert services.settings.current.proxy == "http://proxy.example:8080"
    assert "hunter2" not in services.paths.settings_file.read_text(encoding="utf-8")
    assert field.text() == "http://proxy.example:8080"
    assert "until you close" in dialog.bar.message.text()  # there is no keyring in this test
    assert services.models._proxy() == "http://me:hunter2@proxy.example:8080"


def test_every_control_of_banner_and_page_has_a_name_and_a_tooltip(qtbot: Any, shown: MainWindow) -> None:
    dialog = models_page(qtbot, shown)
    for place in (shown.banner, dialog):
        for button in place.findChildren(QPushButton):
            assert button.accessibleName(), button.text()
            assert button.toolTip(), button.text()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


GB = 1_000_000_000


@pytest.mark.parametrize(
    ("machine", "words"),
    [
        (Machine(80 * GB, 9 * GB, ("AVX2", "AVX512F", "AVX512VNNI"), "x86_64"), ("enough", "AVX-512")),
        (Machine(80 * GB, 9 * GB, ("AVX2",), "amd64"), ("AVX2",)),
        (Machine(80 * GB, 9 * GB, ("NEON", "ASIMDDP"), "arm64"), ("NEON",)),
        (Machine(80 * GB, 9 * GB, ("SSE42",), "x86_64"), ("no AVX2", "starter engine")),
        (Machine(80 * GB, 4_400_000_000, (), "x86_64"), ("shorter texts",)),
        (Machine(80 * GB, 3 * GB, (), ""), ("about 4.1 GB needed",)),
        (Machine(1 * GB, 9 * GB, (), ""), ("5.1 GB needed",)),
        (Machine(None, None), ()),
    ],
)
def test_the_machine_is_judged_in_plain_words(machine: Machine, words: tuple[str, ...]) -> None:
    from models.store.manifest import load_manifest

    (phi,) = load_manifest(default_paths().resources / "models.toml")
    told = " · ".join(fact.words for fact in judge(machine, phi))
    assert all(word in told for word in words), told
    assert bool(told) is bool(words)


def test_without_avx2_it_is_said_before_anything_is_downloaded(qtbot: Any, shown: MainWindow) -> None:
    shown.banner.show_machine(Machine(80 * GB, 9 * GB, ("SSE42",), "x86_64"))
    assert shown.banner.download_button.text() == "Download anyway"
    assert "no AVX2" in shown.banner.check.text()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(10, "less than a minute left"), (300, "about 5 min left"), (9000, "about 2.5 h left")],
)
def test_the_time_left_is_told_roughly(seconds: float, words: str) -> None:
    assert left_words(seconds) == words


def test_a_step_is_told_in_one_line() -> None:
    step = Step("fetch", "Downloading Tiny Phi", 1_200_000_000, 4_900_000_000, 11_300_000, 327.0)
    words = Transfer("download", "running", "Tiny Phi", step).words
    assert words == "Downloading Tiny Phi · 1.2 GB of 4.9 GB · 11.3 MB/s · about 5 min left"


def test_the_page_says_memory_languages_and_source_of_a_model_to_come() -> None:
    facts = dict(available_entry(entry("https://hub.example", {"a": b"x"})).facts)
    assert {"Purpose", "Size", "Memory", "Languages", "Source", "Card", "Licence"} == set(facts)
