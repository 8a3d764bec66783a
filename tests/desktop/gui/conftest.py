"""A window with everything real in it but the engines and the keyring."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from keyrings import NAME, MemoryKeyring
from PySide6.QtWidgets import QApplication

from desktop.assistant import Assistant
from desktop.credentials import Credentials
from desktop.events import RunRequest
from desktop.gui.backend import Backend
from desktop.gui.main_window import MainWindow
from desktop.gui.theme import Theme
from desktop.ledger import Ledger
from desktop.machine import Machine
from desktop.model_store import ModelStore
from desktop.own_rules import OwnRulesStore
from desktop.paths import default_paths
from desktop.review import Payload
from desktop.settings import SettingsStore
from models.engines.base import Chunk, EngineName, Finished, FinishReason, Progress, Usage
from models.engines.cloud_errors import KeyNotAccepted
from models.errors import EngineUnavailable, InputError
from models.pii.gate import ClearedText, PrivacyGate
from models.pii.personal import PersonalAnalyzer
from models.pii.registry import default_analyzer
from models.router import Situation
from models.skills.loader import load_packs
from models.skills.skill import Task

DIGEST = Task("T08", "summarize", "Article digest", "Sums up.", "Sum the text up.", 200, (), (), style="article")
REPLY = Task("T10", "draft", "E-mail reply", "Writes a reply.", "Write a reply to the text.", 200, (), ())


@dataclass
class ScriptedEngine:
    """Says ``chunks``, then waits for Stop if ``endless``, or raises ``error``."""

    name: EngineName = "starter"
    chunks: list[str] = field(default_factory=lambda: ['{"labels": ["negative"], "reason": "broken"}'])
    endless: bool = False
    error: Exception | None = None
    requests: list[Any] = field(default_factory=list)
    last_bytes_sent: int = 0
    last_usage: Usage = field(default_factory=Usage)

    def run(self, request: Any, cancel: threading.Event) -> Iterator[Progress | Chunk | Finished]:
        self.requests.append(request)
        yield Progress("read", "Reading the text", 1, 2)
        for chunk in self.chunks:
            if cancel.is_set():
                break
            yield Chunk(chunk)
        if self.error is not None:
            raise self.error
        if self.endless:
            cancel.wait(20)
        reason = FinishReason.CANCELLED if cancel.is_set() else FinishReason.STOP
        sent = 321 if isinstance(request, ClearedText) and not cancel.is_set() else 0
        yield Finished(reason, Usage(40, 10, len(self.chunks)), "scripted", sent)

    def close(self) -> None:
        """Nothing to give back."""


@dataclass
class House:
    """What a test can reach and change."""

    settings: SettingsStore
    ledger: Ledger
    engine: ScriptedEngine
    cloud: ScriptedEngine
    keyring: MemoryKeyring
    credentials: Credentials
    backend: Backend
    theme: Theme
    phi: list[bool]
    """Whether Phi-4 Mini is "installed": one element, so that it can be changed."""
    checked: list[str]
    """Keys that were tried out at the host."""

    def local(self, name: EngineName) -> ScriptedEngine:
        return self.engine


@pytest.fixture
def house(qapp: QApplication) -> House:
    """The parts of a window, with a scripted engine."""
    paths = default_paths()
    settings = SettingsStore(paths.settings_file)
    ledger = Ledger(paths.ledger_file)
    own_rules = OwnRulesStore(paths)
    analyzer = PersonalAnalyzer(default_analyzer(), own_rules.rules)
    own_rules.on_change(analyzer.set_rules)
    engine, cloud, kept = ScriptedEngine(), ScriptedEngine(name="cloud"), MemoryKeyring()
    credentials = Credentials(lambda: kept, accepted=frozenset({NAME}))
    phi = [False]

    class Engines:
        def local(self, name: EngineName) -> ScriptedEngine:
            if name == "phi" and not phi[0]:
                raise EngineUnavailable("Not here", "Not installed.")
            return engine

        def cloud(self) -> ScriptedEngine:
            return cloud

    def situation(_request: RunRequest) -> Situation:
        current = settings.current
        return Situation(
            phi[0],
            current.cloud_enabled,
            current.cloud_consent,
            bool(kept.kept),
            cloud_summaries=current.cloud_summaries,
        )

    assistant = Assistant(
        analyzer=analyzer,
        gate=PrivacyGate(analyzer),
        engines=Engines(),
        ledger=ledger,
        situation=situation,
        cost=lambda _model, usage: usage.output_tokens * 1e-5,
        reference_model=lambda: "gpt-4o",
    )

    def preview(request: RunRequest) -> Payload:
        cleared = assistant.clear(request)
        body = "\n".join(message.content for message in cleared.messages)
        return Payload(body, body, "api.openai.com", "gpt-4o", 0.01)

    checked: list[str] = []

    def check_key(key: str) -> str:
        checked.append(key)
        if "refused" in key:
            raise KeyNotAccepted("The key was not accepted", "api.openai.com does not accept it. Nothing was sent.")
        return "It could not be tried out." if "unknown" in key else ""

    def check_model_folder(folder: Path) -> None:
        if not (folder / "genai_config.json").is_file():
            raise InputError("That folder holds no model", "Choose another.")

    shipped = load_packs(paths.shipped_skills).tasks
    tasks = (*(task for task in shipped if task.id not in ("T08", "T10")), DIGEST, REPLY)
    backend = Backend(
        assistant=assistant,
        ledger=ledger,
        settings=settings,
        own_rules=own_rules,
        credentials=credentials,
        tasks=tasks,
        notices=(),
        resources=paths.resources,
        version="0.1.0",
        prices_as_of="2026-11-01",
        preview=preview,
        draft_cost_usd=lambda: 0.0065,
        phi_ready=lambda: phi[0],
        machine=lambda: Machine(80_000_000_000, 9_000_000_000),
        check_model_folder=check_model_folder,
        models=ModelStore(paths, settings),
        release_engines=lambda: None,
        leave_cloud=lambda: None,
        warm_up=lambda: None,
        check_key=check_key,
        model_notice=lambda: None,
        refresh_models=lambda: False,
        successor=lambda: ("gpt-6-luna", 0.95),
        close=lambda: None,
    )
    theme = Theme(qapp, paths.resources, "light")
    return House(settings, ledger, engine, cloud, kept, credentials, backend, theme, phi, checked)


@pytest.fixture
def window(qtbot: Any, house: House) -> Iterator[MainWindow]:
    """A window that is shown; it is closed at the end of the test."""
    made = MainWindow(house.backend, house.theme)
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.first_paint):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close()


@pytest.fixture
def write(qtbot: Any, window: MainWindow) -> Callable[[str], None]:
    """Puts a text into the document and waits for its scan."""

    def put(text: str) -> None:
        with qtbot.waitSignal(window.document.scanned, timeout=10_000):
            window.document.set_text(text)

    return put
