"""The starter engine keeps the contract of every engine."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from engine_contract import EngineContract

from models.engines.base import Request
from models.engines.starter.engine import StarterEngine
from models.pii.analyzer import Analyzer
from models.pii.registry import default_recognizers
from models.skills.loader import load_packs

RESOURCES = Path(__file__).resolve().parents[4] / "resources"
PACKS = load_packs(RESOURCES / "skills")
TEXT = (
    "Minutes of 3 March 2025. We decided to move the release to May. Ana Lima will inform the suppliers by Friday. "
    "The invoice no. 4471 over 1,200 euros is still open, and the supplier is angry about it."
)


class StarterContract(EngineContract):
    """What is common to the classes below, one a skill."""

    task = ""

    @pytest.fixture
    def engine(self) -> Iterator[StarterEngine]:
        engine = StarterEngine(Analyzer(default_recognizers()), RESOURCES)
        yield engine
        engine.close()

    @pytest.fixture
    def good_request(self) -> Request:
        return Request(PACKS.get(self.task), TEXT)

    @pytest.fixture
    def bad_request(self) -> Request:
        return Request(PACKS.get(self.task), " \n\t ")


class TestClassify(StarterContract):
    task = "T02"


class TestRoute(StarterContract):
    task = "T13"


class TestExtract(StarterContract):
    task = "T04"


class TestSummarize(StarterContract):
    task = "T07"
