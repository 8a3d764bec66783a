"""What the worker does while nobody asks for anything, what it leaves for then, and what ends it."""

import errno
import threading
from multiprocessing import Pipe
from types import SimpleNamespace

import onnxruntime_genai
import pytest
from phi_support import TINY

from models.engines import worker
from models.engines.loaded_model import LoadedModel
from models.engines.worker import Worker
from models.engines.worker_protocol import CountTokens, Failed, Generate, Load, Shutdown
from models.messages import Message

PROMPT = (Message("user", "The tenant pays the rent on the third working day of each month."),)
SCHEMA = '{"type":"object","properties":{"a":{"enum":["x","y"]}},"required":["a"],"additionalProperties":false}'


def test_an_answer_in_free_words_does_not_wait_for_grammars() -> None:
    model = LoadedModel(Load(str(TINY), 1, 512, 60.0), onnxruntime_genai)
    before = threading.active_count()
    list(model.generate(Generate(1, PROMPT, None, 4)))
    assert model._grammars is None
    assert threading.active_count() == before  # nor does a thread read the vocabulary meanwhile, and hold the lock
    list(model.generate(Generate(2, PROMPT, SCHEMA, 20)))
    assert model._grammars is not None


@pytest.mark.parametrize("asked", [False, True])
def test_grammars_are_made_once_no_command_is_on_its_way(asked: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "IDLE_SECONDS", 0.05)
    read: list[str] = []
    theirs, ours = Pipe()
    serving = Worker(theirs)
    cache = SimpleNamespace(kept=[])
    serving._model = SimpleNamespace(cache=cache, read_vocabulary=lambda: read.append("read"))
    if asked:
        ours.send(CountTokens(1, ()))
    serving._use_idle_time()
    assert read == ([] if asked else ["read"])


def test_a_disk_that_fails_is_said_and_does_not_end_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error", "/home/me/secret.onnx")

    monkeypatch.setattr(worker, "LoadedModel", broken)
    theirs, ours = Pipe()
    ours.send(Load(str(TINY), 1, 512, 60.0))
    ours.send(CountTokens(1, ()))
    ours.send(Shutdown())
    Worker(theirs).serve()
    first, second = ours.recv(), ours.recv()
    assert isinstance(first, Failed)
    assert "could not be read" in first.title
    assert "secret" not in first.message
    assert not first.damaged
    assert isinstance(second, Failed)


def test_a_worker_whose_parent_is_gone_ends() -> None:
    theirs, ours = Pipe()
    ours.send(CountTokens(1, ()))
    ours.close()
    with pytest.raises((EOFError, OSError)):
        Worker(theirs).serve()
