"""What the tests of fetching share: patience for tests, a file to fetch, and ways to run."""

import random
import threading
from dataclasses import replace
from pathlib import Path

from hub import Hub, entry

from models.store.fetch import Fetcher
from models.store.fetch_file import Patience
from models.store.source import source_of

QUICK = Patience(connect_s=20.0, stall_s=20.0, least_bytes=1000, first_wait_s=0.0, longest_wait_s=0.0, tries=4)
HASTY = replace(QUICK, stall_s=0.4)
BIG = 3_000_000


def content(size: int = BIG) -> bytes:
    return random.Random(7).randbytes(size)


def fetcher(server: Hub, models: Path, patience: Patience = QUICK, **more: object) -> Fetcher:
    model = entry(server.url, server.files)
    return Fetcher(model, models, source_of(model), patience, **more)


def run(fetch: Fetcher, cancel: threading.Event | None = None) -> list[object]:
    return list(fetch.fetch(cancel or threading.Event()))


def installed_as_served(server: Hub, models: Path) -> bool:
    folder = models / "tiny-phi"
    return all((folder / name).read_bytes() == data for name, data in server.files.items())
