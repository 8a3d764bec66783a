"""The event loop's longest silence: a heartbeat that must not miss 100 ms, whatever runs."""

import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer

LIMIT_MS = 100
ROUNDS = 3
"""A busy machine can be silent once; a program that blocks is silent every time."""


class Heartbeat:
    """Beats every 5 ms on the event loop; ``longest_ms`` is the longest time between two beats."""

    def __init__(self) -> None:
        self.longest_ms = 0.0
        self.beats = 0
        self._last = time.perf_counter()
        self._timer = QTimer(interval=5)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest_ms = max(self.longest_ms, (now - self._last) * 1000)
        self._last = now
        self.beats += 1

    def stop(self) -> None:
        self._timer.stop()


@pytest.fixture
def heartbeat(qapp) -> Iterator[Heartbeat]:
    beating = Heartbeat()
    yield beating
    beating.stop()


def test_two_thousand_chunks_do_not_silence_the_event_loop(qtbot, house, window, heartbeat):
    house.engine.chunks = [f"word{number} " for number in range(2000)]
    window.skills.choose("T08")
    with qtbot.waitSignal(window.document.scanned):
        window.document.set_text("A short plain text.")
    silences = []
    for _ in range(ROUNDS):
        heartbeat.longest_ms = 0.0
        window.document.run_button.click()
        qtbot.waitUntil(lambda: not window.runs.running, timeout=20_000)
        assert "word1999" in window.answer.answer_text
        silences.append(heartbeat.longest_ms)
    assert min(silences) < LIMIT_MS


def test_scanning_a_thirty_kilobyte_document_does_not_silence_typing(qtbot, window, heartbeat):
    paragraph = "Please write to max@example.org or call +44 20 7946 0958 about order 4711 of 3 May 2026.\n"
    with qtbot.waitSignal(window.document.scanned, timeout=20_000):
        window.document.set_text(paragraph * (30_000 // len(paragraph)))
    silences = []
    for _ in range(ROUNDS):
        heartbeat.longest_ms = 0.0
        with qtbot.waitSignal(window.document.scanned, timeout=20_000):
            for letter in "typing goes on":
                qtbot.keyClick(window.document.edit, letter, delay=20)
        silences.append(heartbeat.longest_ms)
    assert heartbeat.beats > 20
    assert min(silences) < LIMIT_MS


def test_loading_prefill_and_decode_in_the_worker_do_not_silence_the_event_loop(qtbot, qapp, heartbeat):
    from desktop.app import build_window
    from desktop.paths import default_paths, resources_folder
    from desktop.services import build_services

    services = build_services(default_paths())
    services.settings.update(model_folder=str(resources_folder() / "tiny-phi"))
    window, _theme = build_window(qapp, services)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.first_paint):
        window.show()
    qtbot.waitUntil(lambda: not window.runner._jobs, timeout=30_000)
    outcomes: list[str] = []
    silences: list[float] = []
    window.runs.recorded.connect(lambda record: outcomes.append(record.outcome))
    window.skills.choose("T08")
    window.answer.engine_box.setCurrentIndex(2)
    with qtbot.waitSignal(window.document.scanned, timeout=10_000):
        window.document.set_text("The pump was checked and the valve replaced. " * 60)
    for number in range(1, ROUNDS + 1):
        services.engines.close()  # so that every round loads the worker, too
        heartbeat.longest_ms = 0.0
        window.document.run_button.click()
        qtbot.waitUntil(lambda number=number: len(outcomes) == number and not window.runs.running, timeout=60_000)
        silences.append(heartbeat.longest_ms)
    window.close()
    assert set(outcomes) <= {"done", "cut", "repeating"}
    assert min(silences) < LIMIT_MS
