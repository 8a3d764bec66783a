"""Where things live: what ships with the program, and the person's own folders. Nothing is created at import."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from models.errors import StorageError

APP = "Strongroom"
HOME_VARIABLE = "STRONGROOM_HOME"
"""Environment variable with a folder that holds everything of the person's (portable use, tests)."""


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders of one installation. They need not exist: ``private_folder`` makes them when first written to."""

    resources: Path
    data: Path
    config: Path
    log: Path
    models: Path

    @property
    def settings_file(self) -> Path:
        """The settings, JSON."""
        return self.config / "settings.json"

    @property
    def lists_file(self) -> Path:
        """What the person always or never wants flagged, JSON."""
        return self.config / "lists.json"

    @property
    def policy_file(self) -> Path:
        """The person's own gate policy, TOML; there is none unless they wrote one."""
        return self.config / "policy.toml"

    @property
    def models_list(self) -> Path:
        """A company's own list of models, TOML; there is none unless someone put it there."""
        return self.config / "models.toml"

    @property
    def ledger_file(self) -> Path:
        """The ledger, SQLite."""
        return self.data / "ledger.sqlite3"

    @property
    def calibration_file(self) -> Path:
        """What was measured of the language model's labels, JSON: numbers, no text."""
        return self.data / "calibration.json"

    @property
    def accelerators_file(self) -> Path:
        """What was found of each graphics or neural processor, JSON: no text."""
        return self.data / "accelerators.json"

    @property
    def threads_file(self) -> Path:
        """With how many threads each model was fastest on this machine, JSON: numbers, no text."""
        return self.data / "threads.json"

    @property
    def examples_file(self) -> Path:
        """What the person taught by correcting answers, SQLite; texts in it are encrypted."""
        return self.data / "examples.sqlite3"

    @property
    def ask_file(self) -> Path:
        """Documents that the person asked to keep for questions, SQLite, encrypted; there is none unless they did."""
        return self.data / "ask.sqlite3"

    @property
    def own_skills(self) -> Path:
        """The person's own skill packs."""
        return self.data / "skills"

    @property
    def shipped_skills(self) -> Path:
        """The skill packs that ship with the program."""
        return self.resources / "skills"

    @property
    def log_file(self) -> Path:
        """The log, without content."""
        return self.log / "strongroom.log"

    @property
    def crashes(self) -> Path:
        """Crash reports, without content."""
        return self.log / "crashes"


def resources_folder() -> Path:
    """The folder of data that ships: beside the packages, or inside the frozen program."""
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen else Path(__file__).resolve().parent.parent
    return root / "resources"


def default_paths() -> Paths:
    """The person's folders by the custom of the operating system, or all under ``STRONGROOM_HOME`` where it is set."""
    home = os.environ.get(HOME_VARIABLE)
    if home:
        root = Path(home).expanduser().absolute()
        return Paths(resources_folder(), root / "data", root / "config", root / "log", root / "models")
    import platformdirs

    folders = platformdirs.PlatformDirs(APP, appauthor=False, roaming=False)
    data = Path(folders.user_data_dir)
    return Paths(resources_folder(), data, Path(folders.user_config_dir), Path(folders.user_log_dir), data / "models")


def private_folder(folder: Path) -> Path:
    """Make ``folder`` (and its parents), readable by its owner only, if it does not exist.

    Raises:
        StorageError: it cannot be made.
    """
    try:
        missing = [path for path in (folder, *folder.parents) if not path.exists()]
        for path in reversed(missing):
            path.mkdir(mode=0o700, exist_ok=True)
        if not folder.is_dir():
            raise NotADirectoryError
    except OSError as error:
        raise StorageError(
            "A folder cannot be made",
            "Strongroom cannot make its folder on this disk (full, read-only or not permitted). Your documents are not "
            "affected. Free the disk or set STRONGROOM_HOME to a folder that you may write to.",
        ) from error
    return folder


def create_private(file: Path) -> None:
    """Create ``file`` empty with mode 0600 if it does not exist, so that no content is ever readable by others."""
    try:
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        return
