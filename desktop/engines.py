"""Makes the engines when first asked for, from the settings as they are then."""

import threading
from collections.abc import Callable, Hashable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.credentials import Credentials
from desktop.model_store import is_offline, models_folder
from desktop.paths import Paths
from desktop.settings import SettingsStore
from models.engines.base import Engine, EngineName, Request
from models.errors import CredentialError, EngineUnavailable
from models.offline import refuse_if
from models.pii.analyzer import Analyzer
from models.pii.outbound.last_inch import LastInch
from models.router import EngineChoice, Situation
from models.skills.skill import SkillName, Task
from models.store.installed import InstalledModel, check_folder, find_model, installed_models
from models.store.record import note_use

if TYPE_CHECKING:
    from models.engines.accelerators import Found
    from models.engines.calibration import CalibrationStore
    from models.engines.cloud import CloudEngine
    from models.engines.starter.classifier import Taught
    from models.engines.starter.embedding import Vectors

MAX_DRAFT_TOKENS = 800
"""Longest cloud draft, unless the packs ask for less."""


class EngineHolder:
    """Keeps one engine of each kind; replaces it when the settings that it hangs on have changed. Thread-safe.

    ``model_folder``, where given, is used instead of the one in the settings (``strongroom run --model``).
    """

    def __init__(
        self,
        paths: Paths,
        settings: SettingsStore,
        analyzer: Analyzer,
        credentials: Credentials,
        model_folder: Path | None = None,
        draft_tokens: int = MAX_DRAFT_TOKENS,
        last_inch: LastInch | None = None,
        taught: "Callable[[str], tuple[Taught, ...]]" = lambda _task: (),
    ) -> None:
        """``draft_tokens`` is the longest answer asked of the cloud: the most that a cloud draft can cost.

        ``last_inch`` looks at the bytes of every cloud draft, by the person's own rules. ``taught`` gives what the
        person taught the starter engine, by the id of a task.
        """
        self._taught = taught
        self._last_inch = last_inch or LastInch()
        self.draft_tokens = draft_tokens
        self.favourites: Callable[[], Sequence[Task]] = tuple
        """The tasks used most, first to last, whose instructions Phi-4 Mini may compute ahead."""
        self._paths = paths
        self._settings = settings
        self._analyzer = analyzer
        self._credentials = credentials
        self._model_folder = model_folder
        self._lock = threading.Lock()
        self._local: dict[EngineName, tuple[Hashable, Engine[Request]]] = {}
        self._cloud: tuple[Hashable, CloudEngine] | None = None

    def installed(self) -> tuple[InstalledModel, ...]:
        """The models in the models folder, read afresh: one may just have been installed or removed."""
        return installed_models(models_folder(self._paths, self._settings))

    def phi_folder(self) -> Path | None:
        """The folder of Phi-4 Mini that would be used now; None if there is none that can be."""
        try:
            return self._phi().folder
        except EngineUnavailable:
            return None

    def phi_ready(self) -> bool:
        """Whether there is a Phi-4 Mini to use now."""
        return self.phi_folder() is not None

    def _phi(self) -> InstalledModel:
        """The model in the folder given, or in that of the settings, or the first one installed.

        Raises:
            EngineUnavailable: there is none, or it cannot be used.
        """
        chosen = self._model_folder or self._settings.current.model_folder
        return check_folder(Path(chosen)) if chosen else find_model(models_folder(self._paths, self._settings))

    def situation(self, skill: SkillName, choice: EngineChoice) -> Situation:
        """What the router needs to know now. The keyring is asked only where the cloud may be used at all."""
        settings = self._settings.current
        consent = settings.agreed_to(_host(settings.cloud_base_url))
        asked = (skill == "draft" and choice in ("auto", "cloud")) or (
            skill == "summarize" and choice == "cloud" and settings.cloud_summaries
        )
        wanted = asked and settings.cloud_enabled and consent
        problem = ""
        try:
            self._phi()
            installed = True
        except EngineUnavailable as error:
            installed = False
            problem = error.message if self._model_folder or settings.model_folder or self.installed() else ""
        return Situation(
            phi_installed=installed,
            phi_problem=problem,
            cloud_enabled=settings.cloud_enabled,
            cloud_consent=consent,
            cloud_summaries=settings.cloud_summaries,
            cloud_key=wanted and self._has_key(settings.cloud_base_url),
            offline=is_offline(self._settings),
        )

    def local(self, name: EngineName) -> Engine[Request]:
        """The starter or the Phi engine, made now if there is none with these settings.

        Raises:
            EngineUnavailable: Phi-4 Mini is not installed, or its folder cannot be used.
        """
        with self._lock:
            if name != "phi":
                self._leave_the_processor()
            key = self._key(name)
            kept = self._local.get(name)
            if kept is not None and kept[0] == key:
                return kept[1]
            if kept is not None:
                kept[1].close()
            engine = self._make(name)
            self._local[name] = (key, engine)
            return engine

    def _leave_the_processor(self) -> None:
        """Have the language model, where there is one, give up what it measures in idle time."""
        kept = self._local.get("phi")
        if kept is not None:
            from models.engines.phi import PhiEngine

            if isinstance(kept[1], PhiEngine):
                kept[1].step_back()

    def cloud(self) -> "CloudEngine":
        """The cloud engine, as the settings say now. Whether it may be used is for the router and the gate to say.

        Raises:
            EngineUnavailable: the address in the settings is not one that text may be sent to.
            Offline: the offline switch is on.
        """
        from models.engines.cloud import CloudEngine

        refuse_if(offline=is_offline(self._settings))

        settings = self._settings.current
        key = (settings.cloud_base_url, settings.cloud_model)
        with self._lock:
            if self._cloud is None or self._cloud[0] != key:
                if self._cloud is not None:
                    self._cloud[1].close()
                url = settings.cloud_base_url
                engine = CloudEngine(
                    url,
                    lambda: self._api_key(url),
                    settings.cloud_model,
                    self.draft_tokens,
                    last_inch=self._last_inch,
                    permit=self.permit_cloud,
                )
                self._cloud = (key, engine)
            return self._cloud[1]

    def permit_cloud(self) -> None:
        """Return if text may leave by the settings as they are at this moment.

        Raises:
            EngineUnavailable: cloud drafts are off, or the person has not agreed to this provider.
            Offline: the offline switch is on.
        """
        refuse_if(offline=is_offline(self._settings))
        settings = self._settings.current
        if not (settings.cloud_enabled and settings.agreed_to(_host(settings.cloud_base_url))):
            raise EngineUnavailable(
                "Cloud drafts are off",
                "Nothing was sent. Switch them on in the window, which explains what is sent, or run the task on this "
                "device.",
            )

    def cloud_is_this_device(self) -> bool:
        """Whether the address is a server on this machine that the person lets count as this device."""
        settings = self._settings.current
        return settings.cloud_local_server and _needs_no_key(settings.cloud_base_url)

    def calibrations(self) -> "CalibrationStore":
        """What was measured of the labels of the model that would be used now.

        Raises:
            EngineUnavailable: there is none.
        """
        from models.engines.calibration import CalibrationStore
        from models.engines.model_folder import fingerprint

        return CalibrationStore(self._paths.calibration_file, fingerprint(self._phi().folder))

    def known_accelerators(self) -> "tuple[Found, ...]":
        """What was found of accelerators before and still holds; nothing is tried. () without a model."""
        from models.engines.accelerators import Accelerators

        folder = self.phi_folder()
        return Accelerators(self._paths.accelerators_file).known(folder) if folder is not None else ()

    def find_accelerators(self, cancel: threading.Event) -> "Iterator[Found]":
        """Try each accelerator that the installed packages bring, in a process of its own; the model is unloaded first.

        Slow: a minute or two each. Nothing where there is none.

        Raises:
            EngineUnavailable: there is no model to try it with, or too little memory.
        """
        from models.engines.accelerators import Accelerators, brought_along
        from models.engines.model_folder import check_memory, read_model_folder

        if not brought_along():
            return
        folder = self._phi().folder
        with self._lock:
            kept = self._local.pop("phi", None)
            if kept is not None:
                kept[1].close()
        check_memory(read_model_folder(folder), 256)
        yield from Accelerators(self._paths.accelerators_file).find(folder, cancel)

    def close_cloud(self) -> None:
        """Break off a cloud draft that is under way, because the network is forbidden from now on."""
        with self._lock:
            if self._cloud is not None:
                self._cloud[1].close()
                self._cloud = None

    def features_of(self, text: str) -> "Vectors":
        """Features (771) of a text, as the starter engine sees it. Raises EngineUnavailable."""
        from models.engines.starter.engine import StarterEngine

        engine = self.local("starter")
        assert isinstance(engine, StarterEngine)
        return engine.features_of(text)

    def close(self) -> None:
        """Give back memory and processes; a later run starts afresh. Safe to call twice."""
        with self._lock:
            for _, engine in self._local.values():
                engine.close()
            self._local.clear()
            if self._cloud is not None:
                self._cloud[1].close()
                self._cloud = None

    def _key(self, name: EngineName) -> Hashable:
        now = self._settings.current
        if name != "phi":
            return name
        return (self.phi_folder(), now.threads, now.unload_minutes, now.load_anyway, now.accelerator)

    def _make(self, name: EngineName) -> Engine[Request]:
        if name == "starter":
            from models.engines.starter.engine import StarterEngine

            return StarterEngine(self._analyzer, self._paths.resources, taught=self._taught)
        from models.engines.idle_threads import ThreadCounts
        from models.engines.phi import PhiEngine

        model, settings = self._phi(), self._settings.current
        note_use(model.folder)
        provider, note = self._accelerator(model.folder)
        return PhiEngine(
            model.folder,
            model.name,
            settings.threads,
            check_memory=not settings.load_anyway,
            unload_seconds=60.0 * settings.unload_minutes,
            favourites=lambda: self.favourites(),
            calibrations=self.calibrations(),
            provider=provider,
            note=note,
            thread_counts=ThreadCounts(self._paths.threads_file),
        )

    def _accelerator(self, folder: Path) -> tuple[str, str]:
        """The accelerator to use, and what is to be said where the one in the settings is not; ("", "") for the CPU."""
        chosen = self._settings.current.accelerator
        if not chosen:
            return "", ""
        from models.engines.accelerators import Accelerators, words

        if Accelerators(self._paths.accelerators_file).works(folder, chosen):
            return chosen, ""
        return "", (
            f"{words(chosen)} was not tried with this model, driver and runtime, so the CPU computes; look for "
            "accelerators in the settings."
        )

    def _has_key(self, base_url: str) -> bool:
        """Whether there is a key for the address or none is needed; a keyring missing, locked or refusing has none."""
        try:
            return _needs_no_key(base_url) or bool(self._api_key(base_url))
        except (CredentialError, EngineUnavailable):
            return False

    def _api_key(self, base_url: str) -> str:
        from models.engines.cloud_request import parse_endpoint

        endpoint = parse_endpoint(base_url)
        try:
            return self._credentials.get(endpoint.host) or ""
        except CredentialError:
            if endpoint.loopback:  # which does without a key, and so without a keyring
                return ""
            raise


def _needs_no_key(base_url: str) -> bool:
    """Whether a server on this machine answers, which may do without. Raises EngineUnavailable."""
    from models.engines.cloud_request import parse_endpoint

    return parse_endpoint(base_url).loopback


def _host(base_url: str) -> str:
    """The host of an address; "" for one that cannot be used, to which nobody agreed."""
    from models.engines.cloud_request import parse_endpoint

    try:
        return parse_endpoint(base_url).host
    except EngineUnavailable:
        return ""
