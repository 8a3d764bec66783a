"""What the window and the command line do with models: where they lie, where they come from, may they be fetched."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.credentials import Credentials
from desktop.paths import Paths, private_folder
from desktop.settings import SettingsStore
from models.errors import CredentialError, StorageError
from models.offline import forced
from models.store.installed import InstalledModel, installed_models
from models.store.manifest import ManifestModel, find_entry, load_manifest

if TYPE_CHECKING:
    import threading

    from models.engines.prepared_check import Checked
    from models.store.events import Installed, Step
    from models.store.fetch import Fetcher


def models_folder(paths: Paths, settings: SettingsStore) -> Path:
    """Where models are installed: the folder of the settings, or the program's own."""
    chosen = settings.current.models_folder
    return Path(chosen) if chosen else paths.models


def is_offline(settings: SettingsStore) -> bool:
    """Whether the network is forbidden, by the setting or by the environment."""
    return forced() or settings.current.offline


@dataclass(frozen=True, slots=True)
class Verification:
    """The last event of ``verify``: the model's damaged files, and how what was prepared of it was found.

    What was prepared is not looked at where the model itself is damaged.
    """

    bad: tuple[str, ...]
    prepared: "Checked"


class ModelStore:
    """The models of this installation. Reads the settings at each call, so that a change holds at once."""

    def __init__(self, paths: Paths, settings: SettingsStore, credentials: Credentials | None = None) -> None:
        """``credentials`` keep the proxy's name and password, where it asks for them."""
        self._paths = paths
        self._settings = settings
        self._credentials = credentials

    @property
    def folder(self) -> Path:
        """Where models are installed."""
        return models_folder(self._paths, self._settings)

    @property
    def offline(self) -> bool:
        """Whether nothing may be fetched."""
        return is_offline(self._settings)

    @property
    def checker(self) -> Path:
        """The script that goes into a kit."""
        return self._paths.resources / "kit" / "check.py"

    def manifest(self, file: Path | None = None) -> tuple[ManifestModel, ...]:
        """The models that can be fetched, from ``file``, or the list in the settings folder, or the one that ships.

        Raises:
            StorageError: the list is not usable.
        """
        own = self._paths.models_list
        return load_manifest(file or (own if own.is_file() else self._paths.resources / "models.toml"))

    def entry(self, name: str = "", file: Path | None = None) -> ManifestModel:
        """One entry of the list, the first without a name. Raises StorageError if there is none."""
        manifest = self.manifest(file)
        return find_entry(manifest, name) if name else manifest[0]

    def begun_bytes(self, model: ManifestModel) -> int:
        """Bytes of ``model`` that an earlier download left here, to go on from; 0 if there is none."""
        from models.store.fetch import is_note, key_of
        from models.store.workplace import WORKPLACE

        folder = self.folder / WORKPLACE / key_of(model)
        try:
            files = [file for file in folder.rglob("*") if file.is_file() and not is_note(file)]
            return sum(file.stat().st_size for file in files)
        except OSError:
            return 0

    def discard(self, model: ManifestModel) -> None:
        """Delete what an earlier download left here. Raises StorageError."""
        from models.store.fetch import key_of
        from models.store.workplace import discard

        discard(self.folder, key_of(model))

    def remove(self, model: InstalledModel) -> int:
        """Delete a model; returns the bytes that it took. Raises StorageError."""
        from models.store.manage import remove

        return remove(model, self.folder)

    def verify(
        self, model: InstalledModel, cancel: "threading.Event", release: Callable[[], None] = lambda: None
    ) -> "Iterator[Step | Verification]":
        """Work out the digests of a model, and of what was prepared of it, anew. Ends early if cancelled.

        A damaged preparation is removed, once ``release`` has unloaded the model; the model itself is used then.

        Raises:
            StorageError: the model has no digests, its folder cannot be read, or a damaged preparation not removed.
        """
        from models.engines.preparation import discard, is_prepared
        from models.engines.prepared_check import Checked, check
        from models.store.verify import Verified, verify

        verified = None
        for event in verify(model, cancel):
            if isinstance(event, Verified):
                verified = event
            else:
                yield event
        if verified is None:
            return
        if verified.bad:
            yield Verification(verified.bad, Checked())
            return
        for found in check(model.folder, cancel):
            if not isinstance(found, Checked):
                yield found
                continue
            if found.state == "damaged":
                release()
                try:
                    discard(model.folder)
                except StorageError:
                    if is_prepared(model.folder):  # else what is left of it is never loaded
                        raise
            yield Verification((), found)

    def move(self, target: Path, cancel: "threading.Event") -> "Iterator[Step | Installed]":
        """Move all models to another folder, which is the models folder from then on.

        Raises:
            StorageError: it cannot be written to, does not hold them, or a download would be left behind.
        """
        from models.store.manage import move_all

        if any(self.begun_bytes(model) for model in self.manifest()):
            raise StorageError(
                "A download is not finished",
                "What was fetched of it would be left behind in the old folder. Your models are where they were. "
                "Finish the download or cancel it first, then choose another folder.",
            )
        private_folder(target)
        installed = self.installed()
        if not installed:
            self._settings.update(models_folder=str(target))
            return
        yield from move_all(
            installed, self.folder, target, lambda: self._settings.update(models_folder=str(target)), cancel
        )

    def installed(self) -> tuple[InstalledModel, ...]:
        """The models on this machine, read afresh, without any network."""
        return installed_models(self.folder)

    def fetcher(self, model: ManifestModel, folder: Path | None = None, mirror: str = "") -> "Fetcher":
        """What fetches ``model``, from the mirror and through the proxy of the settings where none is given.

        Slow where the keyring has to be asked for the proxy's password.

        Raises:
            StorageError: an address is not usable.
        """
        from models.store.fetch import Fetcher
        from models.store.source import source_of

        current = self._settings.current
        source = source_of(model, mirror or current.mirror, self._proxy())
        return Fetcher(model, folder or self.folder, source, offline=lambda: self.offline)

    def set_proxy(self, address: str) -> bool:
        """Use a proxy from now on; a name and password in its address go into the keyring, the rest into the settings.

        Slow. False if there is no keyring, so that they hold until the program ends only.

        Raises:
            StorageError: the address is not usable, or the settings cannot be written.
        """
        from models.store.source import checked_proxy, split_login

        clean, login = split_login(checked_proxy(address))
        kept = True
        if login and self._credentials is not None:
            try:
                self._credentials.set(_proxy_key(clean), login)
            except CredentialError:
                self._credentials.remember_for_session(_proxy_key(clean), login)
                kept = False
        self._settings.update(proxy=clean)
        return kept

    def _proxy(self) -> str:
        """The proxy of the settings, with the login that the keyring has for it."""
        from models.store.source import with_login

        proxy = self._settings.current.proxy
        if not proxy or self._credentials is None:
            return proxy
        try:
            return with_login(proxy, self._credentials.get(_proxy_key(proxy)) or "")
        except CredentialError:
            return proxy

    def take(self, source: Path, cancel: "threading.Event") -> "Iterator[Step | Installed]":
        """Import a model from a folder, an archive or a kit. Raises as ``import_model``."""
        from models.store.importing import import_model

        return import_model(source, self.folder, self.manifest(), cancel)


def _proxy_key(proxy: str) -> str:
    """What a proxy's login is kept under, apart from the keys of clouds."""
    from models.store.source import checked_proxy, host_of

    return f"proxy:{host_of(checked_proxy(proxy))}"
