"""Until when cloud models are offered, as a host said itself; kept between starts, since it is asked seldom."""

import datetime
import json
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path

from desktop.paths import private_folder
from desktop.settings import write_private
from models.engines.cloud_models import OfferedModel

ASK_AGAIN_AFTER = datetime.timedelta(days=7)


class ModelDates:
    """Shutdown dates by model, of one host. A file that is missing or damaged is as none: the host is asked again."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._host, self._as_of, self._shutdowns = self._load()

    def shutdowns(self, host: str) -> Mapping[str, datetime.date]:
        """What ``host`` said; empty if it was not asked."""
        with self._lock:
            return dict(self._shutdowns) if host == self._host else {}

    def is_due(self, host: str, today: datetime.date) -> bool:
        """Whether ``host`` should be asked (again)."""
        with self._lock:
            return host != self._host or not datetime.timedelta(0) <= today - self._as_of < ASK_AGAIN_AFTER

    def keep(self, host: str, offered: Iterable[OfferedModel], today: datetime.date) -> None:
        """Remember what ``host`` offers. A disk that cannot be written costs nothing but another question."""
        shutdowns = {model.name: model.shutdown for model in offered if model.shutdown is not None}
        with self._lock:
            self._host, self._as_of, self._shutdowns = host, today, shutdowns
            content = {
                "host": host,
                "as_of": today.isoformat(),
                "shutdowns": {name: day.isoformat() for name, day in shutdowns.items()},
            }
            try:
                private_folder(self._file.parent)
                write_private(self._file, json.dumps(content, indent=2).encode())
            except OSError:
                return

    def _load(self) -> tuple[str, datetime.date, dict[str, datetime.date]]:
        try:
            content = json.loads(self._file.read_bytes())
            shutdowns = {str(name): datetime.date.fromisoformat(day) for name, day in content["shutdowns"].items()}
            return str(content["host"]), datetime.date.fromisoformat(content["as_of"]), shutdowns
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return "", datetime.date.min, {}
