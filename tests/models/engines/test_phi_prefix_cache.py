"""With the kept prefix the tiny model writes the same tokens, from the same logits, as it does afresh."""

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import numpy
import onnxruntime_genai
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from phi_support import TINY

from models.engines import loaded_model
from models.engines.base import FinishReason
from models.engines.loaded_model import LoadedModel
from models.engines.phi import MAX_LENGTH
from models.engines.worker_protocol import (
    Done,
    Failed,
    Generate,
    Load,
    Prefilled,
    Prompt,
    Reply,
    Score,
    Scored,
    Started,
    Token,
)
from models.messages import Message

SYSTEMS = ("Do it.", "Sort the letter. " * 30, "Sort the letter. " * 29 + "Then answer it kindly.")
BODY = "The tenant pays the rent of 1,240.50 EUR on the third working day of each month to the landlord. " * 160
BODIES = (BODY, "Dear Ms Varga, " + BODY)
SCHEMAS = (None, *(json.dumps({
    "type": "object",
    "properties": {"labels": {"type": "array", "items": {"enum": labels}, "minItems": 1, "maxItems": 1},
                   "reason": {"type": "string", "maxLength": 30}},
    "required": ["labels", "reason"], "additionalProperties": False, "x-guidance": {"whitespace_flexible": False},
}) for labels in (["good", "bad"], ["yes", "no", "perhaps"])))  # fmt: skip


LOGITS: list[Any] = []
"""The first logits of the run that is going on."""


@dataclass(frozen=True)
class Job:
    """A request, and where Stop is pressed: after so many slices of the prompt, or so many tokens."""

    prompt: Prompt
    schema: str | None = None
    max_tokens: int = 24
    stop_slices: int | None = None
    stop_tokens: int | None = None


class Recorder:
    """A model in this process whose first logits are recorded."""

    def __init__(self) -> None:
        self.model = LoadedModel(Load(str(TINY), 1, MAX_LENGTH, 60.0), onnxruntime_genai)
        self.logits: list[Any] = []

    def run(self, job: Job, *, afresh: bool = False) -> list[Reply]:
        """All replies; ``logits`` are then those of this run."""
        if afresh:
            self.model.cache.drop()
        LOGITS.clear()
        replies: list[Reply] = []
        slices = 0
        for reply in self.model.generate(Generate(1, job.prompt, job.schema, job.max_tokens)):
            replies.append(reply)
            slices += isinstance(reply, Prefilled)
            stop_writing = isinstance(reply, Token) and reply.count == job.stop_tokens
            self.model.cancelled |= stop_writing or slices == job.stop_slices
        self.logits = list(LOGITS)
        return replies

    def written(self) -> list[int]:
        """Token ids of the prompt and the answer, as the runtime holds them."""
        kept = self.model.cache.kept[-1]
        assert kept.is_sound()
        return [int(token) for token in kept.generator.get_sequence(0)]


@pytest.fixture(scope="module", autouse=True)
def recorded_logits() -> Iterator[None]:
    finite = loaded_model.all_finite

    def record(logits: Any) -> bool:
        LOGITS.append(numpy.array(logits))
        return finite(logits)

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(loaded_model, "all_finite", record)
        yield


@pytest.fixture(scope="module")
def recorder() -> Recorder:
    """Keeps what it computed from one request to the next, and from one example to the next."""
    return Recorder()


@pytest.fixture(scope="module")
def expected() -> Recorder:
    """Is run afresh each time."""
    return Recorder()


def prompt(system: str, text: str) -> Prompt:
    return (Message("system", system), Message("user", text))


def cached(replies: list[Reply]) -> int:
    first = replies[0]
    assert isinstance(first, Started)
    return first.cached_tokens


def answer(replies: list[Reply]) -> list[Reply]:
    return [reply for reply in replies if isinstance(reply, Token | Failed)]


def reason(replies: list[Reply]) -> FinishReason | None:
    return replies[-1].reason if isinstance(replies[-1], Done) else None


# Between 13,900 and 14,900 characters the document reaches the wall: some of these miss it by a few tokens.
lengths = st.one_of(st.integers(0, 3000), st.integers(13_500, 15_400))
jobs = st.builds(
    Job,
    st.builds(
        lambda system, body, length, end: prompt(system, body[:length] + end),
        st.sampled_from(SYSTEMS),
        st.sampled_from(BODIES),
        lengths,
        st.sampled_from(("", " Why?", "\n\nÇa va? 🏳️‍🌈 <|end|>", " x")),
    ),
    st.sampled_from(SCHEMAS),
    st.integers(1, 40),
    st.one_of(st.none(), st.none(), st.integers(0, 5)),
    st.one_of(st.none(), st.none(), st.integers(1, 10)),
)


@settings(max_examples=15, deadline=None)
@given(st.lists(jobs, min_size=2, max_size=6))
def test_any_sequence_of_requests_gives_the_tokens_that_each_gives_afresh(
    recorder: Recorder, expected: Recorder, requests: list[Job]
) -> None:
    for job in requests:
        got = recorder.run(job)
        sequence = recorder.written() if reason(got) is not None else None
        wanted = expected.run(Job(job.prompt, job.schema, job.max_tokens, None, job.stop_tokens), afresh=True)
        if reason(got) is FinishReason.CANCELLED and not answer(got):
            continue  # stopped while reading, after another number of slices
        assert answer(got) == answer(wanted)
        assert reason(got) == reason(wanted)
        assert [logits.tobytes() for logits in recorder.logits] == [logits.tobytes() for logits in expected.logits]
        if sequence is not None:
            assert sequence == expected.written()


def test_the_instructions_are_not_computed_again_for_another_document(recorder: Recorder) -> None:
    instructions = recorder.model.count((Message("system", SYSTEMS[1]),)) - 1  # without the mark of the answer
    recorder.run(Job(prompt(SYSTEMS[1], "Dear Ms Varga, thank you.")), afresh=True)
    replies = recorder.run(Job(prompt(SYSTEMS[1], "Hello, where is my parcel?")))
    assert cached(replies) >= instructions


def test_a_document_is_not_computed_again_for_another_wish(recorder: Recorder) -> None:
    document = BODY[:3000]
    recorder.run(Job(prompt(SYSTEMS[1], document + "\n\nBe formal.")), afresh=True)
    replies = recorder.run(Job(prompt(SYSTEMS[1], document + "\n\nBe brief.")))
    first = replies[0]
    assert isinstance(first, Started)
    assert first.prompt_tokens - first.cached_tokens < 10


def test_an_answer_that_stands_in_the_next_prompt_is_computed_like_any_text(recorder: Recorder) -> None:
    recorder.run(Job(prompt(SYSTEMS[1], "Dear Ms Varga, thank you."), max_tokens=120), afresh=True)
    kept = recorder.model.cache.kept[-1]
    read = len(kept.tokens)
    follow_up = [*recorder.written(), *kept.tokens[:50]]
    assert len(follow_up) > read + 60
    kept = recorder.model.cache.take(follow_up, len(follow_up) + 10, None)
    assert kept.reused == read
    kept.append(follow_up[read:])
    afresh = recorder.model.cache.fresh(1000, None)
    afresh.append(follow_up)
    assert kept.generator.get_logits().tobytes() == afresh.generator.get_logits().tobytes()


def test_the_grammar_starts_anew_after_an_answer_that_was_stopped_in_its_middle(recorder: Recorder) -> None:
    job = Job(prompt(SYSTEMS[1], "Dear Ms Varga, thank you."), SCHEMAS[1], 60)
    whole = answer(recorder.run(job, afresh=True))
    for tokens in range(1, len(whole)):
        recorder.run(Job(job.prompt, job.schema, 60, stop_tokens=tokens))
        again = recorder.run(job)
        assert cached(again) > 0
        assert answer(again) == whole


def test_what_was_read_until_stop_is_not_read_again(recorder: Recorder) -> None:
    job = Job(prompt(SYSTEMS[0], BODY[:3000]))
    recorder.run(Job(job.prompt, stop_slices=4), afresh=True)
    assert cached(recorder.run(job)) == 4 * loaded_model.SLICE


def test_a_machine_that_reads_slowly_hears_stop_after_shorter_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = itertools.count(step=loaded_model.HEARD_SECONDS + 0.1)
    monkeypatch.setattr(loaded_model, "time", SimpleNamespace(perf_counter=lambda: next(clock)))
    replies = Recorder().run(Job(prompt("", BODY[:3000])))
    ends = [0, *(reply.done for reply in replies if isinstance(reply, Prefilled))]
    sizes = [later - sooner for sooner, later in pairwise(ends)]
    assert sizes[:4] == [64, 32, 16, 16]
    assert max(sizes[4:]) == loaded_model.SMALLEST_SLICE


def test_a_runtime_that_fails_on_the_kept_prefix_is_asked_again_afresh(recorder: Recorder) -> None:
    job = Job(prompt(SYSTEMS[1], "Dear Ms Varga, thank you."))
    whole = answer(recorder.run(job, afresh=True))
    kept = recorder.model.cache.kept[-1]
    kept.generator = Failing(kept.generator)
    replies = recorder.run(job)
    assert [reply.cached_tokens > 0 for reply in replies if isinstance(reply, Started)] == [True, False]
    assert answer(replies) == whole


def test_a_runtime_that_forgets_what_it_was_given_is_asked_again_afresh(recorder: Recorder) -> None:
    job = Job(prompt(SYSTEMS[1], "Dear Ms Varga, thank you."))
    whole = answer(recorder.run(job, afresh=True))
    kept = recorder.model.cache.kept[-1]
    kept.generator = Deaf(kept.generator)
    replies = recorder.run(job)
    assert [reply.cached_tokens > 0 for reply in replies if isinstance(reply, Started)] == [True, False]
    assert answer(replies) == whole


def test_after_an_error_nothing_is_kept(recorder: Recorder) -> None:
    job = Job(prompt(SYSTEMS[1], "Dear Ms Varga, thank you."))
    whole = answer(recorder.run(job, afresh=True))
    kept = recorder.model.cache.kept[-1]
    kept.generator = Mute(kept.generator)
    with pytest.raises(RuntimeError):
        recorder.run(job)
    assert not recorder.model.cache.kept
    assert answer(recorder.run(job)) == whole


def test_a_request_that_does_not_fit_leaves_what_is_kept(recorder: Recorder) -> None:
    job = Job(prompt(SYSTEMS[1], "Dear Ms Varga, thank you."))
    recorder.run(job, afresh=True)
    assert isinstance(recorder.run(Job(prompt(SYSTEMS[1], BODY * 2)))[-1], Failed)
    assert cached(recorder.run(job)) > 0


@pytest.mark.parametrize("schema", [schema for schema in SCHEMAS if schema])
def test_where_tokens_cannot_be_appended_the_runtime_s_own_guidance_keeps_the_form(schema: str) -> None:
    model = LoadedModel(Load(str(TINY), 1, MAX_LENGTH, 60.0), onnxruntime_genai)
    model.read_vocabulary()
    model.can_constrain, model._grammars = False, None
    job = Generate(1, prompt(SYSTEMS[1], "Thank you."), schema, 120, ("good", "bad"))
    replies = list(model.generate(job))
    started = replies[0]
    assert isinstance(started, Started)
    assert started.guided
    assert set(json.loads("".join(reply.text for reply in replies if isinstance(reply, Token)))) == {"labels", "reason"}


def test_a_score_alone_takes_no_run_behind_the_prompt_for_labels_that_begin_apart(recorder: Recorder) -> None:
    replies = list(recorder.model.generate(Score(1, prompt(SYSTEMS[1], "Thank you."), ("good", "bad"), False)))
    done = replies[-1]
    assert isinstance(done, Done)
    assert done.runs == 0
    assert [len(reply.scores.logs) for reply in replies if isinstance(reply, Scored)] == [2]


class Wrapped:
    """A real generator with one thing wrong."""

    def __init__(self, generator: Any) -> None:
        self._generator = generator

    def __getattr__(self, name: str) -> Any:
        return getattr(self._generator, name)


class Failing(Wrapped):
    def append_tokens(self, tokens: list[int]) -> None:
        raise RuntimeError("append after rewind is not supported")


class Deaf(Wrapped):
    def append_tokens(self, tokens: list[int]) -> None:
        self._generator.append_tokens([token ^ 1 for token in tokens])


class Mute(Wrapped):
    def generate_next_token(self) -> None:
        raise RuntimeError("bad allocation")
