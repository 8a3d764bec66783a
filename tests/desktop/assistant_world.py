"""An assistant with fake engines, for tests of what it does."""

import threading
from pathlib import Path
from typing import Any

import pytest
from fakes import FakeEngine, FindsSecret

from desktop.assistant import Assistant
from desktop.events import AssistantEvent, RunRequest
from desktop.ledger import Ledger, RunRecord
from models.pii.analyzer import Analyzer
from models.pii.gate import PrivacyGate
from models.router import Situation
from models.skills.skill import Example, Label, Task

CLASSIFY = Task(
    "T01", "classify", "Sentiment", "How it feels.", "Say how the text feels.", 60,
    examples=(Example("Great!", ("positive",)),), golden=(),
    labels=(Label("positive", "glad"), Label("negative", "not glad")),
)  # fmt: skip
DRAFT = Task(
    "T10", "draft", "Reply", "Writes a reply.", "Write a reply.", 200, examples=(), golden=()
)  # fmt: skip
SUMMARY = Task("T08", "summarize", "Digest", "Digests.", "Digest.", 200, examples=(), golden=())
POSITIVE = ('{"labels": ["positive"],', ' "reason": "glad"}')
CLOUD = Situation(phi_installed=True, cloud_enabled=True, cloud_consent=True, cloud_key=True)


class World:
    """An assistant with fake engines, a real gate and a real ledger."""

    def __init__(self, folder: Path, recognizers: Any = None) -> None:
        self.analyzer = Analyzer(recognizers or [FindsSecret()])
        self.ledger = Ledger(folder / "data" / "ledger.sqlite3")
        self.starter, self.phi = FakeEngine(name="starter"), FakeEngine(name="phi", model="phi-4")
        self.remote = FakeEngine(name="cloud", model="gpt-4o")
        self.situation = Situation(phi_installed=True)
        self.assistant = Assistant(
            analyzer=self.analyzer,
            gate=PrivacyGate(self.analyzer),
            engines=self,
            ledger=self.ledger,
            situation=lambda _request: self.situation,
            cost=lambda model, usage: usage.output_tokens * (1.0 if model == "gpt-4o" else 0.0),
            reference_model=lambda: "gpt-4o",
            cloud_model=lambda: "gpt-4o",
            own_examples=lambda task: (Example(f"own text of {task.id}", ("negative",)),),
        )

    def local(self, name: str) -> Any:
        return {"starter": self.starter, "phi": self.phi}[name]

    def cloud(self) -> Any:
        return self.remote

    def run(self, request: RunRequest, cancel: threading.Event | None = None) -> list[AssistantEvent]:
        return list(self.assistant.run(request, cancel or threading.Event()))

    def fail(self, request: RunRequest, kind: type[BaseException]) -> tuple[list[AssistantEvent], BaseException]:
        events: list[AssistantEvent] = []
        with pytest.raises(kind) as failure:
            events.extend(self.assistant.run(request, threading.Event()))
        return events, failure.value

    def rows(self) -> tuple[RunRecord, ...]:
        return self.ledger.recent(-1)

    def row(self) -> RunRecord:
        rows = self.rows()
        assert len(rows) == 1
        return rows[0]
