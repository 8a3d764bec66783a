"""Composition of everything without Qt: each object is built once here and handed on; no singletons, no globals."""

from dataclasses import dataclass

from desktop.assistant import Assistant
from desktop.credentials import Credentials
from desktop.engines import EngineHolder
from desktop.events import EngineChoice, RunRequest
from desktop.ledger import Ledger
from desktop.paths import Paths, default_paths
from desktop.settings import SettingsStore
from models import router
from models.engines.pricing import Prices
from models.errors import CredentialError
from models.pii.analyzer import Analyzer
from models.pii.finding import Scan
from models.pii.gate import PrivacyGate
from models.router import Route, Situation
from models.skills.loader import Packs
from models.skills.skill import SkillName, Task


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that the window and the command line work with. Building it reads small files only; no engine loads."""

    paths: Paths
    settings: SettingsStore
    analyzer: Analyzer
    gate: PrivacyGate
    packs: Packs
    engines: EngineHolder
    ledger: Ledger
    prices: Prices
    credentials: Credentials
    assistant: Assistant

    @property
    def tasks(self) -> tuple[Task, ...]:
        """All tasks, in the order of the skill list."""
        return self.packs.tasks

    def route(self, skill: SkillName, choice: EngineChoice, scan: Scan) -> Route:
        """Where a run would go now, and why: for the status line. ``scan`` is without the dismissed findings."""
        return router.decide(skill, choice, scan, self.engines.situation(skill, choice))

    def take_notices(self) -> tuple[str, ...]:
        """Sentences that the person has not been told yet: broken settings, ledger, skill packs. Each once."""
        raise NotImplementedError

    def close(self) -> None:
        """Give back memory and processes of the engines. Safe to call twice."""
        self.engines.close()
