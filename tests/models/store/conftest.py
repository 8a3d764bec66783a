"""What the tests of the store start from: a server with a model, a folder of one, a kit."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fetch_support import content
from hub import TINY, Hub, entry, hub
from import_support import CHECKER

from models.store.fetch import Fetcher
from models.store.kit import write_kit
from models.store.source import source_of


@pytest.fixture
def files() -> dict[str, bytes]:
    return {"genai_config.json": b'{"model": {}}', "model.onnx.data": content()}


@pytest.fixture
def server(files: dict[str, bytes]) -> Iterator[Hub]:
    with hub(files) as running:
        yield running


@pytest.fixture
def models(tmp_path: Path) -> Path:
    return tmp_path / "models"


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    folder = tmp_path / "My Tiny Phi"
    shutil.copytree(TINY, folder)
    return folder


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    """A kit as ``models fetch --to`` writes it."""
    with hub() as server:
        model = entry(server.url, server.files)
        list(Fetcher(model, tmp_path / "stick", source_of(model)).fetch(threading.Event()))
    write_kit(tmp_path / "stick" / "tiny-phi", CHECKER)
    return tmp_path / "stick"
