"""Where a request runs, and why: a pure function of what is known, so that every rule can be tested."""

from dataclasses import dataclass
from typing import Literal

from models.engines.base import EngineName
from models.pii.entities import describe
from models.pii.finding import Scan
from models.skills.skill import SkillName

EngineChoice = Literal["auto", "starter", "phi", "cloud"]


@dataclass(frozen=True, slots=True)
class Route:
    """The engine that will answer and one sentence saying why.

    ``engine`` is None when nothing may or can answer (cloud asked for but blocked, say); ``reason`` says what to do.
    ``blocked`` is True when nothing but personal details, or an incomplete scan, stood in the way.
    """

    engine: EngineName | None
    reason: str
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """What the machine has and what the person switched on.

    The cloud takes all three: ``cloud_enabled`` (the switch), ``cloud_consent`` (told once, agreed), ``cloud_key``
    (a key for the address in the settings). ``cloud_summaries`` is a second switch, for summaries that the person sends
    there expressly. ``phi_problem`` is a sentence on why a model that is there cannot be used.
    """

    phi_installed: bool
    cloud_enabled: bool = False
    cloud_consent: bool = False
    cloud_key: bool = False
    phi_problem: str = ""
    cloud_summaries: bool = False
    offline: bool = False
    """The offline switch is on: the cloud is out of the question."""

    @property
    def cloud_ready(self) -> bool:
        """Whether nothing but the text itself could keep a draft from the cloud."""
        return self.cloud_enabled and self.cloud_consent and self.cloud_key and not self.offline


ONLY_DRAFTS = "Only drafts may use the cloud; run this task on the device."
NO_PHI = "Phi-4 Mini is not installed; install it, or import a folder with it, under Settings, Models."
NO_DRAFTS = "Drafts need Phi-4 Mini, which is not installed; the starter engine does not write texts of its own."


def decide(skill: SkillName, choice: EngineChoice, scan: Scan, situation: Situation) -> Route:
    """Choose the engine for a task of ``skill``.

    ``scan`` is that of the text without the findings that the person dismissed. Only drafts may use the cloud (and
    summaries that are sent there by hand, if that was switched on too), only if the person switched it on and agreed,
    and only if the scan is complete and clear. Nothing here falls back to the
    cloud: it is chosen because the person switched it on or asked for it.
    """
    if choice == "cloud":
        return _cloud(skill, scan, situation)
    if skill == "draft" and choice == "auto":
        return _draft(scan, situation)
    if choice == "phi":
        return (
            Route("phi", "You chose Phi-4 Mini.")
            if situation.phi_installed
            else Route(None, situation.phi_problem or NO_PHI)
        )
    if skill == "draft":
        return Route(None, NO_DRAFTS)
    if choice == "starter":
        return Route("starter", "You chose the starter engine.")
    if situation.phi_installed:
        return Route("phi", f"{_TASKS[skill]} always stay on this device.")
    return Route("starter", f"{_TASKS[skill]} always stay on this device; Phi-4 Mini is not installed.")


_TASKS = {
    "classify": "Classifications",
    "extract": "Extractions",
    "summarize": "Summaries",
    "route": "Routing decisions",
    "draft": "Drafts",
}


def _cloud(skill: SkillName, scan: Scan, situation: Situation) -> Route:
    if skill == "summarize" and not situation.cloud_summaries:
        return Route(None, f"{ONLY_DRAFTS} Summaries have a switch of their own in the settings, which is off.")
    if skill not in ("draft", "summarize"):
        return Route(None, ONLY_DRAFTS)
    missing = _missing(situation)
    if missing:
        return Route(None, missing)
    if scan.verdict != "clear":
        return Route(None, f"{_obstacle(scan)}, so it may not leave; run it on the device or redact it first.", True)
    return Route("cloud", "You chose the cloud, and no personal details were found in the text.")


def _draft(scan: Scan, situation: Situation) -> Route:
    if _missing(situation):
        if situation.phi_installed:
            return Route("phi", "Drafts stay on this device unless you switch cloud drafts on.")
        return Route(None, NO_DRAFTS)
    if scan.verdict == "clear":
        return Route("cloud", "Cloud drafts are on, and no personal details were found in the text.")
    if situation.phi_installed:
        return Route("phi", f"{_obstacle(scan)}, so the draft stays on this device.")
    return Route(None, f"{_obstacle(scan)}, so the cloud may not write it. {NO_DRAFTS}", True)


def _missing(situation: Situation) -> str:
    """What the cloud still needs, as a sentence, or ""."""
    if situation.offline:
        return "Strongroom is offline; switch that off in the settings if you want this draft written in the cloud."
    if not situation.cloud_enabled:
        return "Cloud drafts are switched off; switch them on in the settings if you want this draft written there."
    if not situation.cloud_consent:
        return "You have not yet agreed to cloud drafts; switch them on in the window, which explains what is sent."
    if not situation.cloud_key:
        return "There is no key for the cloud in this computer's keyring; enter one in the settings."
    return ""


def _obstacle(scan: Scan) -> str:
    """What in the text keeps it here, by kind and number, never quoted."""
    if not scan.complete:
        return "The scan for personal details could not be finished"
    return f"The text holds {describe(scan.counts())}"
