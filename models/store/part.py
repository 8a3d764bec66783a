"""A file that is being fetched: its bytes so far and what the source said of them, so that a crash costs nothing."""

import contextlib
import json
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from models.store.digest import Digest, read_into
from models.store.record import write_whole


@dataclass(frozen=True, slots=True)
class Declared:
    """What the source declared: size in bytes if known, ETag and digest ("" if none)."""

    total: int | None = None
    etag: str = ""
    digest: str = ""


class Part:
    """``NAME.part`` and its note. The digest is kept in memory, so that a pause costs no second read."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.file = target.with_name(f"{target.name}.part")
        self._note = target.with_name(f"{target.name}.part.json")
        self.declared = Declared()
        self.digest = Digest()

    def load(self, cancel: threading.Event) -> Iterator[int]:
        """Take up what is on the disk; yields bytes as they are read again. Raises OSError."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        try:
            untrusted = json.loads(self._note.read_text(encoding="utf-8"))
            total = untrusted["total"]
            self.declared = Declared(
                total if type(total) is int else None, str(untrusted["etag"]), str(untrusted["digest"])
            )
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            self.reset()
            return
        if not self.file.is_file():
            self.reset()
        elif not self.digest.size or self.file.stat().st_size < self.digest.size:
            self.digest = Digest(self.declared.total)
            yield from read_into(self.digest, self.file, cancel)

    def declare(self, declared: Declared) -> None:
        """Keep what the source said. Raises OSError."""
        if declared != self.declared:
            self.declared = declared
            write_whole(self._note, json.dumps(asdict(declared)))

    def forget(self) -> None:
        """The file may not be what the digest in memory says: read it again before going on."""
        self.digest = Digest()

    def begin(self) -> None:
        """The bytes come from the start."""
        self.digest = Digest(self.declared.total)

    def reset(self) -> None:
        """Throw away what is here. Raises OSError."""
        self.file.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.touch(mode=0o600)
        self.declared = Declared()
        self.digest = Digest()

    def finish(self) -> None:
        """Give the file its name. Raises OSError."""
        self.file.replace(self.target)
        with contextlib.suppress(FileNotFoundError):
            self._note.unlink()
