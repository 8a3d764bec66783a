"""A language model in memory: its tokenizer, what is kept computed of prompts, and the answer that is being written."""

import contextlib
import enum
import json
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

from models.engines.base import FinishReason
from models.engines.chat_tokens import ChatEncoder
from models.engines.child_process import peak_bytes, resident_bytes
from models.engines.constraint import Constraint, Grammars
from models.engines.label_choice import Fork, fork
from models.engines.prefix_cache import STEP, CachedGenerator, PrefixCache
from models.engines.provider_plugins import register
from models.engines.stop_strings import StopStrings
from models.engines.worker_protocol import Done, Failed, Generate, Load, Prefilled, Prompt, Reply, Score, Started
from models.engines.writing import Writing, choose_label, score_labels, write_constrained, write_freely

SLICE, SMALLEST_SLICE = 64, 16
"""Tokens of the prompt computed between two looks at the pipe. Reading in the smallest takes about a tenth longer."""
HEARD_SECONDS = 1.0
"""Stop is to be heard within this: where a slice takes longer, the next are half as long."""

DAMAGED = Failed(
    0,
    "The model is damaged",
    "The model's files are on the disk but do not work: they are cut off, changed, or made for another version. Your "
    "document is unchanged. Remove the model in Settings and install it again.",
    damaged=True,
)


class LoadedModel:
    """A model in memory, its tokenizer, and the run that is going on. ``runtime`` is onnxruntime-genai."""

    def __init__(self, load: Load, runtime: Any) -> None:
        config = runtime.Config(load.model_dir)
        if load.threads is not None:
            session = {"intra_op_num_threads": load.threads}
            config.overlay(json.dumps({"model": {"decoder": {"session_options": session}}}))
        if load.provider:
            register(load.provider, runtime)
            config.clear_providers()
            config.append_provider(load.provider)
        self._runtime = runtime
        self._model = runtime.Model(config)
        self._tokenizer = runtime.Tokenizer(self._model)
        self._encoder = ChatEncoder(self._tokenizer)
        self._end_ids = {int(token) for token in self._tokenizer.eos_token_ids}
        self._max_length = load.max_length
        self._tokenizer_file = Path(load.model_dir, "tokenizer.json")
        self._grammars: Grammars | None = None
        self._forks: dict[tuple[tuple[str, ...], bool], Fork | None] = {}
        self.keep_seconds = load.keep_seconds
        self._slice = SLICE
        self.cache = PrefixCache(self._generator, load.max_length, load.cache_tokens)
        self.cancelled = False
        """Set from outside while ``generate`` runs."""
        self.can_constrain = self._check()
        self._vocabulary_read = not self.can_constrain

    def _check(self) -> bool:
        """Whether tokens can be appended to an answer and taken back; raises where the model is of no use.

        Raises:
            RuntimeError, ValueError: the first logits are no numbers, or tokenizer and model do not belong together.
        """
        generator, _ = self._generator(64, None)
        probe = self._encoder.prompt(())[:1] * 4
        generator.append_tokens(probe)
        logits = generator.get_logits()
        width = int(logits.shape[-1])
        self._vocabulary = width
        if not all_finite(logits):
            raise ValueError("the weights are not numbers")
        if max([*self._end_ids, *self._encoder.control_ids]) >= width:
            raise ValueError("the tokenizer has more tokens than the model")
        try:
            generator.rewind_to(2)
            generator.append_tokens(probe[:2])
            return all_finite(generator.get_logits())
        except RuntimeError:  # a provider that cannot append or rewind
            return False

    def read_vocabulary(self) -> None:
        """Make what output is constrained with, if that was not done: a second or two, with Python's lock held.

        So it is for when there is nothing else to do, and for the first answer that needs it. In a thread beside a run
        it would stop that run for as long.
        """
        if self._vocabulary_read:
            return
        self._vocabulary_read = True
        # Whatever is wrong with the library or with how it reads the tokenizer: the runtime's own guidance is there.
        with contextlib.suppress(Exception):
            grammars = Grammars(self._tokenizer_file, self._vocabulary, sorted(self._end_ids))
            if grammars.tokens('{"items":') == self._encoder.text('{"items":'):
                self._grammars = grammars

    def _constraints(self) -> Grammars | None:
        self.read_vocabulary()
        return self._grammars

    def count(self, item: str | Prompt) -> int:
        """Tokens of a text or of a prompt."""
        return len(self._encoder.text(item) if isinstance(item, str) else self._encoder.prompt(item))

    def generate(self, job: Generate | Score) -> Iterator[Reply]:
        """Answer a prompt, greedily; a reply after each slice of the prompt and each run of the model."""
        self.cancelled = False
        prompt = self._encoder.prompt(job.prompt)
        pinned = len(self._encoder.prefix(job.prompt))
        schema = job.schema if isinstance(job, Generate) else None
        chooser = self._fork(job.labels, multiple=job.multiple) if job.labels else None
        wanted = job.max_tokens if isinstance(job, Generate) else STEP // 4
        room = min(wanted, self._max_length - len(prompt))
        if room < 1:
            yield _too_long(job.id)
            return
        grammars = self._constraints() if schema is not None else None
        constraint = (
            grammars.constraint(schema, getattr(job, "grammar", None))
            if grammars is not None and schema is not None
            else None
        )
        if chooser is not None and not _usable(chooser, constraint, room, alone=isinstance(job, Score)):
            chooser = None
        # How every answer begins is computed with the prompt: the first look at the model is then a choice.
        opening: Sequence[int] = chooser.head if chooser is not None else ()
        if chooser is None and constraint is not None:
            opening = constraint.forced()[: room - 1]
            constraint.take(opening)
        length = len(prompt) + room
        prompt, room = [*prompt, *opening], room - len(opening)
        built_in = schema if constraint is None else None
        kept = self.cache.take(prompt, length, built_in, pinned)
        guided = kept.guided or constraint is not None
        outcome = yield from self._read(job.id, kept, prompt, guided=guided)
        if outcome is _Read.UNSOUND and kept.reused:
            del kept  # its memory is needed for the next
            kept = self.cache.fresh(length, built_in, pinned)
            outcome = yield from self._read(job.id, kept, prompt, guided=guided)
        if outcome is _Read.UNSOUND:
            yield Failed(job.id, DAMAGED.title, DAMAGED.message, damaged=True)
            return
        stream = self._tokenizer.create_stream()
        writing = Writing(job.id, kept.generator, stream.decode, room, lambda: self.cancelled)
        reason = FinishReason.CANCELLED
        if outcome is _Read.WHOLE and not self.cancelled:
            if isinstance(job, Score):
                reason = FinishReason.STOP
                if chooser is not None:
                    yield from score_labels(writing, chooser, len(prompt))
            elif constraint is not None:
                if chooser is None and opening:
                    yield writing.beginning(opening)
                reason = yield from self._constrained(job, writing, constraint, chooser, len(prompt))
            else:
                reason = yield from self._freely(writing, guided=kept.schema is not None and kept.guided)
        self.cache.keep(kept)
        yield Done(
            job.id, reason, len(prompt), max(len(writing.tokens), 1 if writing.runs else 0), resident_bytes(),
            peak_bytes(), writing.runs,
        )  # fmt: skip

    def warm(self, prompt: Prompt) -> Iterator[None]:
        """Compute a prompt's instructions, if there is room beside what is kept; a pause after each slice."""
        prefix = self._encoder.prefix(prompt)
        length = len(prefix) + STEP
        if length > self._max_length or self.cache.has(prefix) or not self.cache.has_room(length, len(prefix)):
            return
        kept = self.cache.fresh(length, None, len(prefix))
        for start, end in prefill_slices(len(prefix), lambda: self._slice):
            self._append(kept, prefix[start:end])
            yield
        self.cache.kept.insert(0, kept)  # the first to go where room is needed

    def _read(
        self, number: int, kept: CachedGenerator, prompt: list[int], *, guided: bool
    ) -> Generator[Reply, None, "_Read"]:
        """Compute the rest of the prompt."""
        reused = kept.reused
        yield Started(number, len(prompt), guided, reused)
        for start, end in prefill_slices(len(prompt) - reused, lambda: self._slice):
            if self.cancelled:
                return _Read.STOPPED
            try:
                self._append(kept, prompt[reused + start : reused + end])
            except RuntimeError:
                if not reused:
                    raise
                return _Read.UNSOUND
            yield Prefilled(number, reused + end)
        sound = all_finite(kept.generator.get_logits()) and (not reused or kept.is_sound())
        return _Read.WHOLE if sound else _Read.UNSOUND

    def _append(self, kept: CachedGenerator, tokens: list[int]) -> None:
        """Compute one slice; a machine on which it takes long looks at the pipe more often from then on."""
        started = time.perf_counter()
        kept.append(tokens)
        if time.perf_counter() - started > HEARD_SECONDS and len(tokens) >= self._slice:
            self._slice = max(SMALLEST_SLICE, self._slice // 2)

    def _constrained(
        self, job: Generate, writing: Writing, constraint: Any, chooser: Fork | None, start: int
    ) -> Generator[Reply, None, FinishReason]:
        if chooser is not None:
            label = yield from choose_label(writing, chooser, job.labels, job.calibration, start)
            if label is None:
                return FinishReason.STOP
            constraint.take([*chooser.head, *chooser.paths[label]])
        return (yield from write_constrained(writing, constraint, self._end_ids))

    def _freely(self, writing: Writing, *, guided: bool) -> Generator[Reply, None, FinishReason]:
        # Free text also ends where the model begins a turn that is not its own. A grammar sees to its end itself, and
        # takes the marks of tools for letters like any other.
        ends = self._end_ids if guided else self._end_ids | self._encoder.control_ids
        return (yield from write_freely(writing, ends, None if guided else StopStrings()))

    def _fork(self, labels: tuple[str, ...], *, multiple: bool) -> Fork | None:
        key = (labels, multiple)
        if key not in self._forks:
            grammars = self._constraints()
            self._forks[key] = fork(grammars.tokens, labels, multiple=multiple) if grammars is not None else None
        return self._forks[key]

    def _generator(self, length: int, schema: str | None) -> tuple[Any, bool]:
        """A generator for so many tokens in all, and whether it keeps to the schema."""
        if schema is not None:
            # A runtime that was built without guidance says so only here; the parent then parses what comes.
            with contextlib.suppress(RuntimeError):
                params = self._params(length)
                params.set_guidance("json_schema", schema, False)
                return self._runtime.Generator(self._model, params), True
        return self._runtime.Generator(self._model, self._params(length)), schema is None

    def _params(self, length: int) -> Any:
        params = self._runtime.GeneratorParams(self._model)
        params.set_search_options(max_length=length, do_sample=False, batch_size=1)
        return params


def _usable(chooser: Fork, constraint: Constraint | None, room: int, *, alone: bool) -> bool:
    """Whether an answer may begin in each of these ways; where probabilities ``alone`` are asked for, it always may."""
    if room <= len(chooser.head) + max(map(len, chooser.paths)):
        return False
    if constraint is None:
        return alone
    return all(constraint.accepts([*chooser.head, *path]) for path in chooser.paths)


class _Read(enum.Enum):
    """How the reading of a prompt ended."""

    WHOLE = enum.auto()
    STOPPED = enum.auto()
    UNSOUND = enum.auto()
    """The kept prefix cannot be built on, or the weights are damaged: the answer would be noise."""


def prefill_slices(length: int, size: Callable[[], int]) -> Iterator[tuple[int, int]]:
    """(start, end) of each slice of a prompt, of as many tokens as ``size`` says when its turn comes.

    The last holds two tokens or more: a single row is computed by other kernels, with slightly other results.
    """
    start = 0
    while start < length:
        end = min(start + size(), length)
        if length - end == 1:
            end -= 1
        yield start, end
        start = end


def all_finite(logits: Any) -> bool:
    """Whether the first logits are numbers: overwritten weights load without an error and give NaN."""
    import numpy

    return bool(numpy.isfinite(logits).all())


def _too_long(number: int) -> Failed:
    return Failed(
        number,
        "The text does not fit",
        "The text and the task's instructions are longer than the model can take in at once. Nothing was cut, and your "
        "document is unchanged. Run the task on a shorter text.",
    )
