"""The settings: each declared once (key, type, default, words for the dialog), kept in one small JSON file."""

import contextlib
import dataclasses
import datetime
import json
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from desktop.paths import private_folder
from models.errors import StorageError

VERSION = 1
"""Version of the file's form."""

Section = Literal["Appearance", "On this device", "Cloud drafts", "Network", "Hidden"]


@dataclass(frozen=True, slots=True)
class Words:
    """What the settings dialog shows for one setting. ``choices`` maps each allowed value to its word."""

    section: Section
    title: str
    help: str
    choices: tuple[tuple[str, str], ...] = ()
    minimum: int = 0
    maximum: int = 0


def _setting(
    default: Any,
    section: Section,
    title: str,
    hint: str,
    choices: tuple[tuple[str, str], ...] = (),
    minimum: int = 0,
    maximum: int = 0,
) -> Any:
    words = Words(section, title, hint, choices, minimum, maximum)
    return dataclasses.field(default=default, metadata={"words": words})


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, with their defaults."""

    theme: str = _setting(
        "system",
        "Appearance",
        "Theme",
        "Light or dark, or as the system is set.",
        (("system", "As the system"), ("light", "Light"), ("dark", "Dark")),
    )
    engine: str = _setting(
        "auto",
        "On this device",
        "Engine",
        "Which engine answers on this device. Nothing leaves the machine with any of them.",
        (("auto", "Phi-4 Mini if installed, else starter"), ("starter", "Starter"), ("phi", "Phi-4 Mini")),
    )
    model_folder: str = _setting(
        "",
        "On this device",
        "Model folder",
        "A folder with Phi-4 Mini for onnxruntime-genai. Empty: the model that Strongroom installed.",
    )
    models_folder: str = _setting(
        "",
        "Hidden",
        "Where models are installed",
        "Set by moving them, on the models page. Empty: Strongroom's own data folder.",
    )
    threads: int = _setting(
        0,
        "On this device",
        "Processor threads",
        "How many threads the model uses. 0: as many as were fastest when that was measured, in idle time; before, one "
        "for each fast core.",
        minimum=0,
        maximum=256,
    )
    unload_minutes: int = _setting(
        20,
        "On this device",
        "Unload the model",
        "Minutes without a task after which Phi-4 Mini gives its memory back. 0: never. Loading again takes seconds.",
        minimum=0,
        maximum=1440,
    )
    accelerator: str = _setting(
        "",
        "Hidden",
        "Processor",
        "What Phi-4 Mini computes on: empty for the CPU, or an accelerator that was tried (see accelerator_box.py).",
    )
    load_anyway: bool = _setting(
        False,
        "On this device",
        "Load anyway",
        "Loads Phi-4 Mini even where memory looks too short for it. It may then be slow, or break off.",
    )
    instant: str = _setting(
        "",
        "Hidden",
        "Instant answers",
        "Which tasks the starter engine may answer at once, and from which confidence (see instant_settings.py).",
    )
    model_threshold: int = _setting(
        0,
        "Hidden",
        "Threshold of the small model",
        "The score in per cent from which what only the small model reads counts. 0: the built-in thresholds.",
        minimum=0,
        maximum=95,
    )
    cloud_enabled: bool = _setting(
        False,
        "Cloud drafts",
        "Cloud drafts",
        "Lets drafts, and only drafts, be written in the cloud when the text holds no personal details.",
    )
    cloud_consent: bool = _setting(False, "Hidden", "Consent", "The person was told what is sent, and agreed.")
    cloud_consent_host: str = _setting("", "Hidden", "Consent", "The provider for which the person agreed.")
    cloud_base_url: str = _setting(
        "https://api.openai.com/v1",
        "Cloud drafts",
        "Address",
        "Where cloud drafts are sent: OpenAI, or a compatible service. The key is kept for this address only.",
    )
    cloud_model: str = _setting("gpt-4o", "Cloud drafts", "Model", "The model that writes cloud drafts.")
    cloud_summaries: bool = _setting(
        False,
        "Cloud drafts",
        "Summaries that came out unsure, too",
        "Offers to send a summary again to the cloud when Phi-4 Mini's holds what the document does not. Only when you "
        "say so each time, and only when the text holds no personal details.",
    )
    cloud_local_server: bool = _setting(
        False,
        "Cloud drafts",
        "A server on this machine counts as this device",
        "For an address such as http://localhost:11434/v1, and only if that server sends nothing on: its drafts count "
        "as 0 bytes that left, without cost. The check for personal details stays.",
    )
    show_payload: bool = _setting(
        True,
        "Cloud drafts",
        "Show before sending",
        "Show the exact text and its estimated cost before every cloud draft.",
    )
    cloud_budget_usd: int = _setting(
        5,
        "Cloud drafts",
        "Monthly ceiling in USD",
        "When cloud drafts have cost this much in a month, no more are sent until the next, or until you raise it.",
        minimum=1,
        maximum=10_000,
    )
    offline: bool = _setting(
        False,
        "Network",
        "Offline",
        "Forbids every network use of this program: model downloads and cloud drafts alike.",
    )
    mirror: str = _setting(
        "",
        "Network",
        "Mirror for models",
        "An https address that has the models under the same paths as Hugging Face. Empty: Hugging Face itself.",
    )
    proxy: str = _setting(
        "",
        "Network",
        "Proxy for downloads",
        "Such as http://proxy.example:8080. Empty: the system's. A name:password@ before the host goes to the keyring.",
    )
    reference_model: str = _setting(
        "gpt-4o",
        "Cloud drafts",
        "Compare costs with",
        "The cloud model whose prices are used to work out the cost avoided.",
    )

    def agreed_to(self, host: str) -> bool:
        """Whether the person agreed to cloud drafts by this provider: consent is given for one host at a time."""
        return self.cloud_consent and self.cloud_consent_host in (host, "")


@dataclass(frozen=True, slots=True)
class Declared:
    """One setting as declared: its key, type, default and words."""

    key: str
    type: type
    default: Any
    words: Words


def declared() -> tuple[Declared, ...]:
    """Every setting in the order of the dialog, hidden ones too."""
    return tuple(
        Declared(field.name, type(field.default), field.default, field.metadata["words"])
        for field in dataclasses.fields(Settings)
    )


def check(key: str, value: Any) -> Any:
    """``value`` if it is allowed for ``key``.

    Raises:
        ValueError: no such setting, wrong type, or not one of its choices.
    """
    for setting in declared():
        if setting.key == key:
            break
    else:
        raise ValueError(f"there is no setting {key}")
    if type(value) is not setting.type:
        raise ValueError(f"{key} is not of type {setting.type.__name__}")
    words = setting.words
    if words.choices and value not in {choice for choice, _ in words.choices}:
        raise ValueError(f"{key} has a value that is not one of its choices")
    if isinstance(value, int) and setting.type is int and not words.minimum <= value <= words.maximum:
        raise ValueError(f"{key} is out of range")
    return value


class SettingsStore:
    """Reads the settings once and writes each change at once. Safe to use from any thread.

    ``notice`` is a sentence for the person when the file could not be used, "" otherwise; show it once.
    """

    def __init__(self, file: Path, now: Callable[[], datetime.datetime] | None = None) -> None:
        self._file = file
        self._now = now or (lambda: datetime.datetime.now().astimezone())
        self._lock = threading.Lock()
        self.notice = ""
        self._kept = self._load()
        self._overrides: dict[str, Any] = {}

    @property
    def current(self) -> Settings:
        """The settings as they are now, overrides included."""
        return dataclasses.replace(self._kept, **self._overrides)

    def override(self, **values: Any) -> None:
        """Let other values hold until the program ends; they are never written. Raises ValueError as ``update``."""
        for key, value in values.items():
            check(key, value)
        with self._lock:
            self._overrides |= values

    def update(self, **changes: Any) -> Settings:
        """Change settings and save them.

        Raises:
            ValueError: a value that is not allowed (a bug of the caller); nothing is changed.
            StorageError: the file could not be written; the change holds until the program ends.
        """
        for key, value in changes.items():
            check(key, value)
        with self._lock:
            for key in changes:
                self._overrides.pop(key, None)
            self._kept = dataclasses.replace(self._kept, **changes)
            self._save(self._kept)
            return self.current

    def _load(self) -> Settings:
        try:
            raw = self._file.read_bytes()
        except FileNotFoundError:
            return Settings()
        except OSError:
            self.notice = (
                "Your settings could not be read, so the defaults are used: cloud drafts are off, and Strongroom is "
                "offline. Your documents are not affected. Check that you may read Strongroom's settings file."
            )
            return Settings(offline=True)
        try:
            content = json.loads(raw.decode("utf-8"))
            if not isinstance(content, dict) or content.get("version") != VERSION:
                raise ValueError("another version")
            values = content["settings"]
            return Settings(**{key: check(key, value) for key, value in values.items()})
        except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
            self._keep_aside()
            offline = Settings(offline=True)
            with contextlib.suppress(StorageError):  # so that the next start does not think otherwise
                self._save(offline)
            return offline

    def _keep_aside(self) -> None:
        stamp = self._now().strftime("%Y-%m-%d-%H%M%S")
        aside = self._file.with_name(f"settings.broken-{stamp}.json")
        try:
            self._file.replace(aside)
            kept = f"The file was kept as {aside.name}."
        except OSError:
            kept = "The file could not be moved aside."
        self.notice = (
            "Your settings file is damaged or from another version, so the defaults are used: cloud drafts are off. "
            "Strongroom is offline until you switch that off, because nobody can tell whether it was. "
            f"{kept} Your documents are not affected; look through the settings once."
        )

    def _save(self, settings: Settings) -> None:
        private_folder(self._file.parent)
        content = json.dumps({"version": VERSION, "settings": dataclasses.asdict(settings)}, indent=2) + "\n"
        try:
            write_private(self._file, content.encode("utf-8"))
        except OSError as error:
            raise StorageError(
                "Settings could not be saved",
                "The disk is full, read-only or not yours to write. The change holds until you close Strongroom; your "
                "documents are not affected. Free the disk and change the setting again.",
            ) from error


def write_private(file: Path, content: bytes) -> None:
    """Replace ``file`` whole or not at all, readable by its owner only; raises OSError."""
    temporary = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(file)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
