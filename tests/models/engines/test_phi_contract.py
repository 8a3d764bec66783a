"""The Phi engine keeps the contract of all engines, for real, on the tiny model."""

from collections.abc import Iterator

import pytest
from engine_contract import EngineContract
from phi_support import make_task, tiny_engine

from models.engines.base import Request
from models.engines.phi import PhiEngine


@pytest.fixture(scope="module")
def shared_engine() -> Iterator[PhiEngine]:
    engine = tiny_engine()
    yield engine
    engine.close()


class TestPhiEngineOnLabels(EngineContract):
    @pytest.fixture
    def engine(self, shared_engine: PhiEngine) -> PhiEngine:
        return shared_engine

    @pytest.fixture
    def good_request(self) -> Request:
        return Request(make_task("classify"), "The parcel arrived broken and nobody answers.")

    @pytest.fixture
    def bad_request(self) -> Request:
        return Request(make_task("classify"), " \n ")


class TestPhiEngineOnALongDocument(TestPhiEngineOnLabels):
    @pytest.fixture
    def good_request(self) -> Request:
        return Request(
            make_task("extract"), "The invoice of 3 March 2026 was paid twice, on 5 and on 6 March.\n\n" * 220
        )
