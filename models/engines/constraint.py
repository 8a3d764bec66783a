"""Keeps a language model's output to a JSON Schema, on any generator; the only place that imports llguidance.

The schema is not part of the generator, so one prompt that is kept computed serves every task. What the schema leaves
no choice about is not asked of the model but given to it, several tokens in one run.
"""

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any


class Grammars:
    """Makes constraints for one tokenizer. Loading a vocabulary of 200,000 tokens takes some seconds."""

    def __init__(self, tokenizer_file: Path, vocabulary: int, end_ids: Sequence[int]) -> None:
        """``vocabulary`` is the width of the logits, ``end_ids`` the tokens at which an answer may end.

        Raises:
            Exception: the tokenizer cannot be read. What kind is the library's own affair.
        """
        import llguidance

        self._library = llguidance
        # The content, not the path: how the library opens one is its own affair, and not every path is ASCII.
        content = tokenizer_file.read_text(encoding="utf-8")
        self._tokenizer = llguidance.LLTokenizer(content, n_vocab=vocabulary, eos_token=list(end_ids))
        self._vocabulary = vocabulary

    def tokens(self, text: str) -> list[int]:
        """The tokens of a text as the tokenizer cuts it; what looks like a control token is text."""
        return [int(token) for token in self._tokenizer.tokenize_str(text)]

    def text(self, tokens: Sequence[int]) -> str:
        """What tokens say."""
        return str(self._tokenizer.decode_str(list(tokens)))

    def constraint(self, schema: str, lark: str | None = None) -> "Constraint | None":
        """A constraint to a Lark grammar, else a JSON Schema (as JSON text); None if the library supports neither."""
        library = self._library.LLMatcher
        grammars: list[str] = [] if lark is None else [library.grammar_from_lark(lark)]
        with contextlib.suppress(ValueError):
            grammars.append(library.grammar_from_json_schema(schema))
        for grammar in grammars:
            matcher = library(self._tokenizer, grammar, log_level=0)
            if not matcher.is_error():
                return Constraint(matcher, self._tokenizer, self._vocabulary)
        return None


class Constraint:
    """What may still be written of one answer."""

    def __init__(self, matcher: Any, tokenizer: Any, vocabulary: int) -> None:
        import numpy

        self._matcher = matcher
        self._tokenizer = tokenizer
        self._vocabulary = vocabulary
        self._bits = numpy.zeros((1, (vocabulary + 31) // 32), dtype=numpy.int32)

    @property
    def done(self) -> bool:
        """Whether the answer is whole and nothing can follow."""
        return bool(self._matcher.is_stopped())

    def accepts(self, tokens: Sequence[int]) -> bool:
        """Whether these tokens may come next; changes nothing."""
        return int(self._matcher.validate_tokens(list(tokens))) == len(tokens)

    def take(self, tokens: Sequence[int]) -> None:
        """Go on behind these tokens.

        Raises:
            RuntimeError: they do not fit, or the library's limits are reached.
        """
        if not self._matcher.consume_tokens(list(tokens)):
            raise RuntimeError("the constraint was broken")

    def forced(self) -> list[int]:
        """The tokens that come next because nothing else can; often none. The caller takes them.

        The library stops before text that could be one token with what follows. An opening quotation mark is what the
        tokenizer ends a token with, but for an empty text; so up to there it is taken, too.
        """
        tokens = [int(token) for token in self._matcher.compute_ff_tokens()]
        # What looks like a control token in a name is cut as one, which is not what the grammar wants there.
        tokens = tokens[: int(self._matcher.validate_tokens(tokens))]
        rest = bytes(self._matcher.compute_ff_bytes())[len(self._tokenizer.decode_bytes(tokens)) :]
        if rest.endswith(b'"'):
            more = [*tokens, *(int(token) for token in self._tokenizer.tokenize_bytes(rest))]
            if self.accepts(more):
                return more
        return tokens

    def best(self, logits: Any) -> tuple[int, float]:
        """The likeliest token of those allowed, and its probability among them. ``logits``: one a token."""
        import numpy
        from llguidance.numpy import fill_next_token_bitmask

        fill_next_token_bitmask(self._matcher, self._bits)
        bits = numpy.unpackbits(self._bits.view(numpy.uint8), bitorder="little")
        allowed = numpy.flatnonzero(bits[: self._vocabulary])
        if not len(allowed):
            raise RuntimeError("the constraint allows nothing")
        values = logits[allowed]
        place = int(values.argmax())
        return int(allowed[place]), float(1.0 / numpy.exp(values - values[place]).sum())
