"""What the tests of importing share."""

import threading
from collections.abc import Callable
from pathlib import Path

from models.store.events import Installed
from models.store.importing import import_model
from models.store.installed import installed_models
from models.store.manifest import ManifestModel

CHECKER = Path(__file__).resolve().parents[3] / "resources" / "kit" / "check.py"


def take(
    source: Path, models: Path, manifest: tuple[ManifestModel, ...] = (), free: Callable[[Path], int] = lambda _: 10**12
) -> Path:
    """Import, and where it was put."""
    last = list(import_model(source, models, manifest, threading.Event(), free))[-1]
    assert isinstance(last, Installed)
    return last.folder


def nothing_installed(models: Path) -> bool:
    """Neither a model nor half of one."""
    left = [path for path in models.rglob("*") if path.is_file() and path.suffix != ".lock"] if models.exists() else []
    return installed_models(models) == () and left == []
