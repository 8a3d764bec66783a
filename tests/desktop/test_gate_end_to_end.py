"""Nothing personal reaches the cloud: by no flag, no button, no pack, no note, and not when a recognizer fails.

A real server on loopback stands in for the cloud, with everything else real: packs, settings, gate, engine, window.
"""

import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from loopback import Loopback, loopback
from PySide6.QtWidgets import QAbstractButton, QApplication

from desktop import services as services_module
from desktop.__main__ import main
from desktop.app import build_window
from desktop.credentials import Credentials
from desktop.events import RunRequest
from desktop.gui.main_window import MainWindow
from desktop.paths import default_paths
from desktop.services import Services, build_services
from desktop.settings import SettingsStore
from models.errors import StrongroomError
from models.pii import registry
from models.pii.analyzer import Analyzer
from models.pii.finding import Finding

IBAN = "DE89 3704 0044 0532 0130 00"
CLEAR = "Answer that the parcel arrives on Thursday, and that we are sorry."
PACK = """
id = "D1"
skill = "draft"
name = "{name}"
description = "Writes a reply."
instructions = "{instructions}"

[output]
max_tokens = 100

[[examples]]
text = "{example}"
answer = "{answer}"
"""
PLACES = ("text", "note", "name", "instructions", "example", "answer")


class Broken:
    """A recognizer that raises."""

    name = "broken"

    def find(self, _text: str) -> Iterator[Finding]:
        raise RuntimeError("broken")


class Slow:
    """A recognizer that does not come to an end in time."""

    name = "slow"

    def find(self, _text: str) -> Iterator[Finding]:
        while True:
            yield Finding(0, 1, "SECRET", 0.1, self.name, "It is slow.")


@pytest.fixture
def server(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    """A cloud that is switched on, agreed to, has a key, and is asked without a look at the payload."""
    credentials = Credentials()
    monkeypatch.setattr(services_module, "Credentials", lambda: credentials)
    with loopback() as cloud:
        credentials.remember_for_session(f"127.0.0.1:{cloud.port}", "sk-test-0123456789")
        SettingsStore(default_paths().settings_file).update(
            cloud_enabled=True, cloud_consent=True, cloud_base_url=cloud.base_url, show_payload=False
        )
        yield cloud


def drafts(server: Loopback) -> list[object]:
    """What reached the server, but for the question which models there are, which holds nothing of a document."""
    return [got for got in server.received if got.path != "/v1/models" or got.body]


def plant(place: str) -> tuple[str, str]:
    """Write a draft pack with an IBAN in ``place``; returns the text and the note to run it with."""
    words = {
        "name": "Reply",
        "instructions": "Write a short reply.",
        "example": "The parcel is late.",
        "answer": "It arrives on Monday.",
    }
    if place in words:
        words[place] += f" {IBAN}"
    folder = default_paths().own_skills
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "draft.toml").write_text(PACK.format(**words), encoding="utf-8")
    return (f"{CLEAR} {IBAN}" if place == "text" else CLEAR, f"pay to {IBAN}" if place == "note" else "")


def use(monkeypatch: pytest.MonkeyPatch, *recognizers: Any) -> None:
    """Let every analyzer that is built from now on have these recognizers, and little time."""
    monkeypatch.setattr(services_module, "default_analyzer", lambda *_tagger: Analyzer(recognizers, timeout_s=0.3))
    monkeypatch.setattr(registry, "default_analyzer", lambda *_tagger: Analyzer(recognizers, timeout_s=0.3))


def run_cli(monkeypatch: pytest.MonkeyPatch, text: str, note: str, *flags: str) -> int:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8"))
    return main(["run", "D1", "-", "--note", note, *flags])


@pytest.fixture
def open_window(qtbot: Any, qapp: QApplication) -> Iterator[Callable[[], MainWindow]]:
    """Opens a real window on real services."""
    opened: list[tuple[MainWindow, Services]] = []

    def open_it() -> MainWindow:
        services = build_services(default_paths())
        window, _theme = build_window(qapp, services)
        qtbot.addWidget(window)
        opened.append((window, services))
        with qtbot.waitSignal(window.first_paint):
            window.show()
        return window

    yield open_it
    for window, services in opened:
        window.close()
        services.close()


def draft(qtbot: Any, window: MainWindow, text: str, note: str, engine: int) -> None:
    """Choose the task, write the wish and the text, choose the engine, press Run."""
    window.skills.choose("D1")
    window.answer.note_field.setText(note)
    window.answer.engine_box.setCurrentIndex(engine)
    with qtbot.waitSignal(window.document.scanned, timeout=20_000):
        window.document.set_text(text)
    window.document.run_button.click()
    qtbot.waitUntil(lambda: not window.runs.running, timeout=20_000)


def test_a_clear_draft_does_reach_the_server_from_the_command_line(
    server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, note = plant("nowhere")
    assert run_cli(monkeypatch, text, note) == 0
    assert len(drafts(server)) == 1


def test_a_clear_draft_does_reach_the_server_from_the_window(
    qtbot: Any, server: Loopback, open_window: Callable[[], MainWindow]
) -> None:
    text, note = plant("nowhere")
    window = open_window()
    draft(qtbot, window, text, note, engine=3)
    assert len(drafts(server)) == 1
    assert window.answer.answer_text == "Dear team, done."


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "flags", [[], ["--engine", "cloud", "--consent"], ["--engine", "cloud", "--consent", "--json"]], ids=" ".join
)
def test_an_iban_reaches_the_server_by_no_flag_wherever_it_stands(
    server: Loopback, monkeypatch: pytest.MonkeyPatch, place: str, flags: list[str]
) -> None:
    text, note = plant(place)
    assert run_cli(monkeypatch, text, note, *flags) == 3
    assert drafts(server) == []


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("engine", [0, 3], ids=["automatic", "cloud"])
def test_an_iban_reaches_the_server_by_no_button_wherever_it_stands(
    qtbot: Any, server: Loopback, open_window: Callable[[], MainWindow], place: str, engine: int
) -> None:
    text, note = plant(place)
    window = open_window()
    draft(qtbot, window, text, note, engine)
    assert window.bar.title.text() == "Kept on this device"
    redact = [button for button in window.bar.findChildren(QAbstractButton) if "Redact" in button.text()]
    assert bool(redact) is (place == "text")
    assert drafts(server) == []


@pytest.mark.parametrize("place", ["note", "name", "instructions", "example", "answer"])
def test_redacting_the_document_does_not_carry_an_iban_out_that_stands_elsewhere(
    qtbot: Any, server: Loopback, open_window: Callable[[], MainWindow], place: str
) -> None:
    text, note = plant(place)
    window = open_window()
    draft(qtbot, window, f"{text} Write to max@example.org.", note, engine=3)
    window.runs.send_redacted(window.skills.task)
    qtbot.waitUntil(lambda: not window.runs.running, timeout=20_000)
    assert window.bar.title.text() == "Kept on this device"
    assert drafts(server) == []


def test_a_redacted_draft_leaves_without_the_iban_only_after_the_person_said_send(
    qtbot: Any, server: Loopback, open_window: Callable[[], MainWindow]
) -> None:
    text, note = plant("text")
    window = open_window()
    draft(qtbot, window, text, note, engine=3)
    window.runs.send_redacted(window.skills.task)
    qtbot.waitUntil(lambda: window.runs._dialog is not None, timeout=20_000)
    assert drafts(server) == []
    window.runs._dialog.send_button.click()
    qtbot.waitUntil(lambda: not window.runs.running, timeout=20_000)
    assert len(drafts(server)) == 1
    assert IBAN.encode() not in server.raw
    assert b"0532" not in server.raw


@pytest.mark.parametrize("recognizer", [Broken, Slow])
@pytest.mark.parametrize("flags", [[], ["--engine", "cloud", "--consent"]], ids=" ".join)
def test_a_recognizer_that_fails_blocks_on_the_command_line(
    server: Loopback,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    recognizer: type,
    flags: list[str],
) -> None:
    text, note = plant("nowhere")
    use(monkeypatch, recognizer())
    assert run_cli(monkeypatch, text, note, *flags) == 3
    assert "could not be finished" in capsys.readouterr().err
    assert drafts(server) == []


@pytest.mark.parametrize("recognizer", [Broken, Slow])
def test_a_recognizer_that_fails_blocks_in_the_window(
    qtbot: Any,
    server: Loopback,
    open_window: Callable[[], MainWindow],
    monkeypatch: pytest.MonkeyPatch,
    recognizer: type,
) -> None:
    text, note = plant("nowhere")
    use(monkeypatch, recognizer())
    window = open_window()
    draft(qtbot, window, text, note, engine=3)
    assert window.document.strip_text.text().startswith("⚠ Scan incomplete · cloud blocked")
    assert window.bar.title.text() == "Kept on this device"
    window.runs.send_redacted(window.skills.task)
    assert not window.runs.running
    assert drafts(server) == []


def test_a_scan_command_says_blocked_when_a_recognizer_raises(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from desktop.cli import scan

    monkeypatch.setattr(scan, "default_analyzer", lambda *_tagger: Analyzer([Broken()]))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(CLEAR.encode()), encoding="utf-8"))
    assert main(["scan", "-"]) == 1
    assert "could not be finished" in capsys.readouterr().out


@pytest.mark.parametrize("place", PLACES)
def test_no_public_function_of_the_services_lets_an_iban_out(server: Loopback, place: str) -> None:
    text, note = plant(place)
    services = build_services(default_paths())
    try:
        request = RunRequest(services.packs.get("D1"), text, note, "cloud")
        for call in (services.preview, services.assistant.clear):
            with pytest.raises(StrongroomError, match="Nothing was sent"):
                call(request)
    finally:
        services.close()
    assert drafts(server) == []


@pytest.mark.parametrize("task", ["T01", "T04", "T07", "T13", "T15", "queue"])
def test_another_task_than_a_draft_reaches_the_server_by_no_button(
    qtbot: Any, server: Loopback, open_window: Callable[[], MainWindow], task: str
) -> None:
    window = open_window()
    window.skills.choose(task)
    window.answer.engine_box.setCurrentIndex(3)  # as a mouse cannot: the entry is greyed out
    with qtbot.waitSignal(window.document.scanned, timeout=20_000):
        window.document.set_text(CLEAR)
    window.document.run_button.click()
    qtbot.waitUntil(lambda: not window.runs.running, timeout=20_000)
    assert drafts(server) == []


def test_an_edit_after_the_scan_is_scanned_again_before_anything_leaves(
    qtbot: Any, server: Loopback, open_window: Callable[[], MainWindow]
) -> None:
    plant("nowhere")
    window = open_window()
    window.skills.choose("D1")
    window.answer.engine_box.setCurrentIndex(3)
    with qtbot.waitSignal(window.document.scanned, timeout=20_000):
        window.document.set_text(CLEAR)
    window.document.edit.textCursor().insertText(f"Pay to {IBAN}. ")
    assert window.document.live_scan.pending
    window.document.run_button.click()
    qtbot.waitUntil(lambda: not window.runs.running, timeout=20_000)
    assert window.bar.title.text() == "Kept on this device"
    assert drafts(server) == []
