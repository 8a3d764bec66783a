"""Keeps the generator of the last prompt, so that the next one is computed only from where it differs.

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
STEP = 512
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
    """At most one generator that is at rest.

    ``make`` creates one for so many tokens and a schema, and says whether it keeps to the schema. The schema is fixed
    when a generator is made; a rewind starts its grammar anew.
    """

    def __init__(self, make: Callable[[int, str | None], tuple[TextGenerator, bool]], max_length: int) -> None:
        self._make = make
        self._max_length = max_length
        self.kept: CachedGenerator | None = None
        """What the next prompt may build on."""

    def take(self, prompt: Sequence[int], length: int, schema: str | None) -> CachedGenerator:
        """A generator that has computed the first ``reused`` tokens of the prompt, and of no other.

        ``length`` is in tokens of prompt and answer together. The caller appends the rest, then gives it to ``keep``,
        or after an error does not.
        """
        kept, self.kept = self.kept, None
        if kept is not None and kept.schema == schema and length <= min(kept.capacity, WALL):
            shared = min(_shared(kept.tokens, prompt), len(prompt) - MIN_REST)
            if shared >= MIN_SHARED and kept.rewind(shared):
                return kept
        del kept  # its memory is needed for the next
        return self.fresh(length, schema)

    def fresh(self, length: int, schema: str | None) -> CachedGenerator:
        """A generator that holds nothing."""
        capacity = max(length, min(-(-length // STEP) * STEP, self._max_length))
        generator, guided = self._make(capacity, schema)
        return CachedGenerator(generator, guided, schema, capacity)

    def keep(self, generator: CachedGenerator) -> None:
        """Take a generator back that did its work without an error."""
        self.kept = generator

    def drop(self) -> None:
        """Give the memory back, and with it what was computed of the last document."""
        self.kept = None


def _shared(one: Sequence[int], other: Sequence[int]) -> int:
    """Tokens that both begin with."""
    for index, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return index
    return min(len(one), len(other))
