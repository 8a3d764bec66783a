"""What the window needs of the rest of the program, handed in by the composition root."""

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.ask_store import AskStore
from desktop.assistant import Assistant
from desktop.cloud_account import ModelNotice
from desktop.credentials import Credentials
from desktop.events import RunRequest
from desktop.learning import Learning
from desktop.ledger import Ledger
from desktop.machine import Machine
from desktop.model_store import ModelStore
from desktop.own_rules import OwnRulesStore
from desktop.review import Payload
from desktop.settings import SettingsStore
from desktop.taxonomies import TaxonomyStore
from models.engines.base import Engine, EngineName, Request
from models.errors import StrongroomError
from models.skills.skill import Task

if TYPE_CHECKING:
    from models.engines.accelerators import Found


@dataclass(frozen=True, slots=True)
class Backend:
    """The parts that the window talks to. Every callable that may take time is called off the GUI thread."""

    assistant: Assistant
    ledger: Ledger
    settings: SettingsStore
    own_rules: OwnRulesStore
    credentials: Credentials
    tasks: Sequence[Task]
    notices: tuple[str, ...]
    """Sentences about what could not be loaded (a broken pack, a damaged settings file)."""
    resources: Path
    version: str
    prices_as_of: str
    preview: Callable[[RunRequest], Payload]
    """Slow. Raises ``Blocked`` or another StrongroomError."""
    draft_cost_usd: Callable[[], float]
    """Cost of a typical draft (1,000 tokens read, 400 written) with the model of the settings."""
    phi_ready: Callable[[], bool]
    machine: Callable[[], Machine]
    check_model_folder: Callable[[Path], object]
    """Raises StrongroomError for a folder that does not hold a usable model."""
    models: ModelStore
    release_engines: Callable[[], None]
    """Slow: unloads the model, so that its files can be moved or deleted; a later run starts it anew."""
    leave_cloud: Callable[[], None]
    """Breaks off a cloud draft that is under way."""
    warm_up: Callable[[], None]
    """Slow: loads what the first scan and the first starter run need."""
    check_key: Callable[[str], str]
    """Slow: tries a key out at the host of the settings, without content. A note where that was not possible, else "".
    Raises KeyNotAccepted."""
    model_notice: Callable[[], ModelNotice | None]
    """What there is to say on the cloud model in use, from what is known on this machine."""
    refresh_models: Callable[[], bool]
    """Slow: asks the host until when models are offered, if that is due and cloud drafts are on. Whether it did."""
    successor: Callable[[], tuple[str, float]]
    """The model that replaces the one in use, and the share of the cost that it saves; ("", 0.0) if not known."""
    close: Callable[[], None]
    """Gives back engines and processes; safe to call twice and from any thread."""

    learning: Learning | None = None
    """Takes corrections of answers; None where nothing can be learnt."""
    taxonomies: TaxonomyStore | None = None
    """The person's own packs; None where they cannot be changed."""
    ask_store: AskStore | None = None
    """Keeps documents for questions where the person asked for it; None where nothing can be kept."""
    known_accelerators: Callable[[], Iterable["Found"]] = tuple
    """Slow: what was found of accelerators before and still holds."""
    find_accelerators: Callable[[threading.Event], Iterable["Found"]] = lambda _cancel: ()
    """Slow: tries each accelerator. Raises StrongroomError."""
    starter: Callable[[], Engine[Request]] | None = None
    """The starter engine, to try a changed pack with."""
    phi: Callable[[], Engine[Request]] | None = None
    """Slow: Phi-4 Mini, to try a changed pack with. Raises EngineUnavailable."""

    def can_try(self, task: Task) -> tuple[bool, bool]:
        """Whether the starter engine, and whether Phi-4 Mini, can answer the golden cases of a task."""
        return self.starter is not None and task.skill != "draft", self.phi is not None and self.phi_ready()

    def to_try(self, name: EngineName | None) -> Callable[[], Engine[Request]] | None:
        """Gives the engine of that name."""
        return {"starter": self.starter, "phi": self.phi}.get(name or "")

    @property
    def cloud_host(self) -> str:
        """Where cloud drafts go, as the settings say now; empty if that is not a usable address."""
        from models.engines.cloud_request import parse_endpoint

        try:
            return parse_endpoint(self.settings.current.cloud_base_url).host
        except StrongroomError:
            return ""
