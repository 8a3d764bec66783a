"""The contract of ``models.engines.base``, as tests. Every engine's test module subclasses ``EngineContract``."""

import threading
import time
from typing import Any

import pytest

from models.engines.base import Chunk, EngineEvent, Finished, FinishReason, Progress
from models.errors import StrongroomError


def run_to_end(engine: Any, request: Any, cancel: threading.Event | None = None) -> list[EngineEvent]:
    """All events of one run."""
    return list(engine.run(request, cancel or threading.Event()))


def joined(events: list[EngineEvent]) -> str:
    """The answer: all chunks in order."""
    return "".join(event.text for event in events if isinstance(event, Chunk))


class EngineContract:
    """Subclasses give the fixtures ``engine``, ``good_request`` (has an answer) and ``bad_request`` (raises)."""

    @pytest.fixture
    def engine(self) -> Any:
        """An engine ready to run; closed by the fixture of the subclass."""
        raise NotImplementedError

    @pytest.fixture
    def good_request(self) -> Any:
        """A request that this engine answers."""
        raise NotImplementedError

    @pytest.fixture
    def bad_request(self) -> Any:
        """A request that this engine must refuse in words."""
        raise NotImplementedError

    def test_the_last_event_is_the_only_finished(self, engine: Any, good_request: Any) -> None:
        events = run_to_end(engine, good_request)
        assert [type(event) for event in events].count(Finished) == 1
        assert isinstance(events[-1], Finished)
        assert all(isinstance(event, Progress | Chunk | Finished) for event in events)

    def test_an_answer_is_given_in_chunks_that_are_not_empty(self, engine: Any, good_request: Any) -> None:
        events = run_to_end(engine, good_request)
        chunks = [event for event in events if isinstance(event, Chunk)]
        assert chunks
        assert all(chunk.text for chunk in chunks)

    def test_usage_and_model_are_reported(self, engine: Any, good_request: Any) -> None:
        finished = run_to_end(engine, good_request)[-1]
        assert isinstance(finished, Finished)
        assert finished.model
        assert finished.usage.prompt_tokens > 0
        assert finished.usage.output_tokens > 0
        assert 0 <= finished.usage.cached_tokens <= finished.usage.prompt_tokens

    def test_a_cancel_before_the_start_ends_as_cancelled(self, engine: Any, good_request: Any) -> None:
        cancel = threading.Event()
        cancel.set()
        events = run_to_end(engine, good_request, cancel)
        assert isinstance(events[-1], Finished)
        assert events[-1].reason is FinishReason.CANCELLED

    def test_after_a_cancel_the_next_run_answers(self, engine: Any, good_request: Any) -> None:
        cancel = threading.Event()
        cancel.set()
        run_to_end(engine, good_request, cancel)
        assert joined(run_to_end(engine, good_request))

    def test_leaving_a_run_early_leaves_the_engine_usable(self, engine: Any, good_request: Any) -> None:
        run = engine.run(good_request, threading.Event())
        next(run)
        run.close()
        assert joined(run_to_end(engine, good_request))

    def test_a_refusal_is_a_sentence_and_the_next_run_answers(
        self, engine: Any, good_request: Any, bad_request: Any
    ) -> None:
        with pytest.raises(StrongroomError) as refusal:
            run_to_end(engine, bad_request)
        assert refusal.value.title
        assert len(refusal.value.message.split()) > 4
        assert joined(run_to_end(engine, good_request))

    def test_close_may_be_called_twice_and_a_later_run_starts_afresh(self, engine: Any, good_request: Any) -> None:
        engine.close()
        engine.close()
        assert joined(run_to_end(engine, good_request))

    def test_progress_never_runs_past_its_total(self, engine: Any, good_request: Any) -> None:
        for event in run_to_end(engine, good_request):
            if isinstance(event, Progress) and event.total:
                assert 0 <= event.done <= event.total

    def test_nothing_of_the_run_stays_in_other_threads(self, engine: Any, good_request: Any) -> None:
        run_to_end(engine, good_request)
        run_to_end(engine, good_request)
        deadline = time.monotonic() + 5
        before = threading.active_count()
        run_to_end(engine, good_request)
        while threading.active_count() > before and time.monotonic() < deadline:
            time.sleep(0.01)
        assert threading.active_count() <= before
