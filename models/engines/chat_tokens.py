"""Turns chat messages into tokens such that no text can speak as the chat format.

Phi-4's format: ``<|system|>…<|end|><|user|>…<|end|><|assistant|>``. A tokenizer that meets ``<|end|>`` in a document
would make it the control token; so contents are encoded apart from the marks, cut inside whatever looks like a mark.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from models.messages import Message

CONTROL_TOKENS = (
    "<|endoftext|>",
    "<|endofprompt|>",
    "<|assistant|>",
    "<|end|>",
    "<|user|>",
    "<|system|>",
    "<|tool|>",
    "<|/tool|>",
    "<|tool_call|>",
    "<|/tool_call|>",
    "<|tool_response|>",
    "<|tag|>",
)
_MARK = re.compile(r"(?<=<)(?=\|)")


class Tokenizer(Protocol):
    """What is used of ``onnxruntime_genai.Tokenizer``."""

    def encode(self, text: str) -> Sequence[int]:
        """Token ids; ends at a NUL, and raises on a lone surrogate."""
        ...


class ChatEncoder:
    """Encodes prompts for one tokenizer."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self.control_ids = frozenset(_control_ids(tokenizer))
        """Ids that text must never become, and at which an answer ends."""
        self._marks = {name: self._mark(f"<|{name}|>") for name in ("system", "user", "assistant", "end")}

    def prompt(self, messages: Sequence[Message]) -> list[int]:
        """Token ids of a conversation, up to and with the mark at which the assistant begins."""
        ids: list[int] = []
        for message in messages:
            ids += [self._marks[message.role], *self.text(message.content), self._marks["end"]]
        return [*ids, self._marks["assistant"]]

    def prefix(self, messages: Sequence[Message]) -> list[int]:
        """Token ids of the system messages that a conversation begins with."""
        ids: list[int] = []
        for message in messages:
            if message.role != "system":
                break
            ids += [self._marks[message.role], *self.text(message.content), self._marks["end"]]
        return ids

    def text(self, text: str) -> list[int]:
        """Token ids of plain text; what looks like a control token is encoded letter by letter as text."""
        ids = [int(token) for piece in _pieces(text) for token in self._tokenizer.encode(piece)]
        if self.control_ids.isdisjoint(ids):
            return ids
        # A tokenizer with marks of another form: encode each character on its own, which no mark survives.
        return [int(token) for piece in readable(text) for token in self._tokenizer.encode(piece)]

    def _mark(self, name: str) -> int:
        ids = [int(token) for token in self._tokenizer.encode(name)]
        if len(ids) != 1:
            raise ValueError("the tokenizer does not have Phi-4's chat tokens")
        return ids[0]


def readable(text: str) -> str:
    """The text with what a C string in UTF-8 cannot hold (NUL, lone surrogates) as U+FFFD, not cut off there."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\ufffd")


def _pieces(text: str) -> Iterator[str]:
    return (piece for piece in _MARK.split(readable(text)) if piece)


def _control_ids(tokenizer: Tokenizer) -> Iterator[int]:
    for name in CONTROL_TOKENS:
        ids = [int(token) for token in tokenizer.encode(name)]
        if len(ids) == 1:
            yield ids[0]
