"""Keeps the generators of the last prompts, so that the next one is computed only from where it differs.

Each task's instructions stay computed in a generator of their own, as far as the memory set aside for that goes, and a
long document stays computed for the next task on it.

What makes the answer the same, token by token, as without the cache:

- the kept tokens are compared one by one with the new prompt, and with what the runtime says it holds;
- only tokens of prompts are kept. Those of answers were computed a row at a time, by kernels with other rounding;
- a rewind is followed by two tokens or more: straight after it the runtime's state is not valid;
- nothing is kept from above ``WALL``, where the model switches its rotary tables;
- a generator is taken out while it works and comes back only when nothing went wrong.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

WALL = 4096
"""Tokens above which Phi-4 Mini switches its rotary tables."""
MIN_REST = 2
"""Tokens computed after a rewind at least: a single row is computed by other kernels, with slightly other results."""
MIN_SHARED = 16
"""With fewer tokens in common a generator of the right size is made instead: the chat's marks are always the same."""
STEP = 256
"""A generator is made for a multiple of so many tokens, so that a slightly longer document fits the kept one."""


class TextGenerator(Protocol):
    """What is used here of ``onnxruntime_genai.Generator``."""

    def append_tokens(self, tokens: Sequence[int]) -> None:
        """Compute tokens after those that it holds."""
        ...

    def rewind_to(self, length: int) -> None:
        """Forget all but the first tokens."""
        ...

    def token_count(self) -> int:
        """Tokens that it holds."""
        ...

    def get_sequence(self, index: int) -> Sequence[int]:
        """The tokens that it holds."""
        ...

    def get_logits(self) -> Any:
        """Those of the last token; not to be asked for straight after a rewind."""
        ...

    def generate_next_token(self) -> None:
        """Write one token; not to be called straight after a rewind."""
        ...

    def get_next_tokens(self) -> Sequence[int]:
        """The token that was written last."""
        ...

    def is_done(self) -> bool:
        """Whether the answer has ended, or the room."""
        ...


@dataclass(slots=True, eq=False)
class CachedGenerator:
    """A generator and the tokens of a prompt that it has computed."""

    generator: TextGenerator
    guided: bool
    """Whether the output is kept to ``schema``."""
    schema: str | None
    capacity: int
    """Tokens that it has room for."""
    pinned: int = 0
    """How many of its first tokens are a task's instructions, which are worth more than what follows them."""
    tokens: list[int] = field(default_factory=list)
    reused: int = 0
    """How many of them were there before this prompt."""

    def append(self, tokens: Sequence[int]) -> None:
        """Compute a slice of the prompt."""
        self.generator.append_tokens(tokens)
        self.tokens += tokens

    def is_sound(self) -> bool:
        """Whether the runtime holds the very tokens that it was given, and the answer after them at most."""
        count = self.generator.token_count()
        if not len(self.tokens) <= count <= WALL:
            return False
        return [int(token) for token in self.generator.get_sequence(0)[: len(self.tokens)]] == self.tokens

    def rewind(self, length: int) -> bool:
        """Go back to the first tokens; False if the runtime cannot, and then this is of no more use."""
        try:
            if not self.is_sound():
                return False
            self.generator.rewind_to(length)
            del self.tokens[length:]
            self.reused = length
            return self.generator.token_count() == length
        except RuntimeError:  # a provider that has no rewind
            return False


class PrefixCache:
    """Generators at rest, the one used last at the end.

    ``make`` creates one for so many tokens and a schema, and says whether it keeps to the schema. Such a schema is
    fixed when a generator is made; a rewind starts its grammar anew. ``budget`` bounds the tokens that all generators
    have room for, the one that works included; a single one may have more.
    """

    def __init__(
        self, make: Callable[[int, str | None], tuple[TextGenerator, bool]], max_length: int, budget: int = 0
    ) -> None:
        self._make = make
        self._max_length = max_length
        self._budget = max(budget, max_length)
        self.kept: list[CachedGenerator] = []
        """What the next prompt may build on."""

    def take(self, prompt: Sequence[int], length: int, schema: str | None, pinned: int = 0) -> CachedGenerator:
        """A generator that has computed the first ``reused`` tokens of the prompt, and of no other.

        ``length`` is in tokens of prompt and answer together, ``pinned`` in those of the instructions. The caller
        appends the rest, then gives it to ``keep``, or after an error does not.
        """
        candidate, shared = self._best(prompt, schema)
        if candidate is not None and shared >= MIN_SHARED:
            fits = length <= min(candidate.capacity, WALL)
            if not fits and shared >= candidate.pinned:
                self.kept.remove(candidate)  # the larger one that is made now takes its place
            elif fits and (shared >= candidate.pinned or not self._has_room(self._capacity(length, pinned))):
                self.kept.remove(candidate)
                if candidate.rewind(shared):
                    candidate.pinned = pinned
                    return candidate
        del candidate  # its memory may be needed for the next
        return self.fresh(length, schema, pinned)

    def fresh(self, length: int, schema: str | None, pinned: int = 0) -> CachedGenerator:
        """A generator that holds nothing; those used longest ago make room for it."""
        capacity = self._capacity(length, pinned)
        while self.kept and not self._has_room(capacity):
            del self.kept[0]
        generator, guided = self._make(capacity, schema)
        return CachedGenerator(generator, guided, schema, capacity, pinned)

    def has(self, prefix: Sequence[int], schema: str | None = None) -> bool:
        """Whether a prompt with this beginning would find it computed."""
        return self._best(prefix, schema)[1] >= len(prefix) - MIN_REST

    def has_room(self, length: int, pinned: int) -> bool:
        """Whether a generator for so many tokens can be made without giving up another."""
        return self._has_room(self._capacity(length, pinned))

    def keep(self, generator: CachedGenerator) -> None:
        """Take a generator back that did its work without an error."""
        self.kept.append(generator)

    def drop(self) -> None:
        """Give the memory back, and with it what was computed of the last documents."""
        self.kept.clear()

    def _best(self, prompt: Sequence[int], schema: str | None) -> tuple[CachedGenerator | None, int]:
        most, best = 0, None
        for kept in self.kept:
            shared = min(_shared(kept.tokens, prompt), len(prompt) - MIN_REST)
            if kept.schema == schema and shared > most:
                most, best = shared, kept
        return best, most

    def _capacity(self, length: int, pinned: int) -> int:
        # Behind instructions there is room for a somewhat longer document: they would have to be computed again for it.
        wanted = length + STEP if pinned else length
        return max(length, min(-(-wanted // STEP) * STEP, self._max_length))

    def _has_room(self, capacity: int) -> bool:
        return sum(kept.capacity for kept in self.kept) + capacity <= self._budget


def _shared(one: Sequence[int], other: Sequence[int]) -> int:
    """Tokens that both begin with."""
    for index, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return index
    return min(len(one), len(other))
