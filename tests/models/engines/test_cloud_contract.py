"""The cloud engine keeps the contract of all engines, against a real server on this machine."""

from collections.abc import Iterator
from typing import Any

import pytest
from engine_contract import EngineContract
from loopback import cleared, loopback

from models.engines.cloud import CloudEngine


class TestCloudEngine(EngineContract):
    @pytest.fixture
    def engine(self) -> Iterator[CloudEngine]:
        with loopback() as server:
            engine = CloudEngine(server.base_url, lambda: "sk-test-key", "gpt-4o")
            yield engine
            engine.close()

    @pytest.fixture
    def good_request(self) -> Any:
        return cleared()

    @pytest.fixture
    def bad_request(self) -> Any:
        return "a text that no gate has seen"
