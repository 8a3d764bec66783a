"""What the models page says of a model; pure functions, so that every sentence can be tested."""

import datetime
from dataclasses import dataclass
from typing import Literal

from desktop.gui.wording import moment, size
from desktop.model_store import Verification
from models.engines.prepared import NOT_PREPARED, Prepared
from models.store.installed import InstalledModel
from models.store.manifest import ManifestModel
from models.store.record import ModelRecord, last_used

PROOFS = {
    "list": "verified: SHA-256 as in the list of models",
    "source": "verified: SHA-256 as its source declared for this revision",
    "kit": "verified: SHA-256 as in the kit it came with",
    "import": "SHA-256 taken when it was imported; nothing to compare it with then",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list and what stands beside it. Either ``model`` (it is here) or ``listed`` (it can be fetched)."""

    key: str
    name: str
    line: str
    facts: tuple[tuple[str, str], ...]
    problem: str = ""
    licence_text: str = ""
    model: InstalledModel | None = None
    listed: ManifestModel | None = None
    in_place: bool = False
    prepared: Prepared = NOT_PREPARED

    @property
    def can_verify(self) -> bool:
        """Whether there are digests to compare with."""
        return self.model is not None and self.model.record is not None


def installed_entry(model: InstalledModel, *, in_place: bool, prepared: Prepared = NOT_PREPARED) -> Entry:
    """A model on this machine, and what there is of a preparation."""
    record = model.record
    state = "in place" if in_place else "ready"
    line = f"{model.name} · {state if model.usable else 'cannot be used'}{_MARKS.get(prepared.state, '')}"
    used = last_used(model.folder)
    facts = [
        ("Size", size(model.size_bytes)),
        ("Digests", _digests(model, record)),
        ("Last used", moment(used) if used is not None else "not yet" if record is not None else "not known"),
        ("Preparation", preparation_words(prepared)),
        ("Folder", f"{model.folder}{' (used where it lies)' if in_place else ''}"),
    ]
    if record is not None and record.revision:
        facts.append(("Source", f"{record.repository}, revision {record.revision[:12]}"))
    if record is not None:
        facts.append(("Licence", record.license))
    key = record.id if record is not None else model.folder.name
    text = record.license_text if record is not None else ""
    return Entry(
        key, model.name, line, tuple(facts), model.problem, text, model=model, in_place=in_place, prepared=prepared
    )


def available_entry(model: ManifestModel) -> Entry:
    """A model that can be fetched."""
    facts = (
        ("Purpose", model.purpose),
        ("Size", size(model.total_bytes)),
        (
            "Memory",
            f"about {size(model.memory_2048_bytes)} for short texts, {size(model.memory_4096_bytes)} for long ones",
        ),
        ("Languages", ", ".join(model.languages)),
        ("Source", f"{model.repository}, revision {model.revision[:12]}"),
        ("Card", model.card),
        ("Licence", model.license),
    )
    line = f"{model.name} · not installed"
    return Entry(f"{model.id}", model.name, line, facts, licence_text=model.license_text, listed=model)


def preparation_words(prepared: Prepared) -> str:
    """What there is of a preparation, and what follows from it."""
    if prepared.state == "ready":
        how = f"packed weights, {size(prepared.disk)} of disk" if prepared.prepacked else "without packed weights"
        return f"done for this computer: {how}"
    if prepared.state == "unfinished":
        return f"broke off before it was done; what it left takes {size(prepared.disk)} and is not used"
    return {
        "none": "not done: prepared, it loads faster and takes less memory",
        "stale": "not used: made for another version of model, runtime or processor. Prepare it again",
        "working": "under way, in this window or another",
    }[prepared.state]


def verified_words(found: Verification) -> tuple[str, str, Literal["ok", "warn", "error"]]:
    """Title, message and state of what verifying found."""
    prepared = found.prepared
    if found.bad:
        return (
            "A file of the model is damaged",
            f"{', '.join(found.bad)}: missing or not what it was. The model is not used. Download it again (only what "
            "is damaged is fetched), or import it.",
            "error",
        )
    if prepared.state == "damaged":
        return (
            "What was prepared was damaged",
            f"{', '.join(prepared.bad)}: missing or not what it was. It is not used any more. The model itself is "
            "whole, and is used as it was installed. Prepare it again; what it wrote lately may be worth another look.",
            "warn",
        )
    also = {
        "whole": " So has what was prepared of it.",
        "unknown": " What was prepared of it is from before digests of it were taken; to have them, remove it and "
        "prepare it again.",
    }.get(prepared.state, "")
    return "Verified", f"Every file has the SHA-256 that it should have.{also}", "ok"


_MARKS = {"ready": " · prepared", "stale": " · prepare again"}


def _digests(model: InstalledModel, record: ModelRecord | None) -> str:
    if record is None:
        return "none known: it was put here by hand"
    if model.state == "changed":
        return "the files have changed since they were verified"
    if model.state == "unknown":
        return "not verified here yet"
    try:
        checked = moment(datetime.datetime.fromisoformat(record.checked_at))
    except ValueError:
        checked = "not known"
    return f"{PROOFS[record.proof]} ({checked})"
