"""Counts a cloud model's tokens on this machine: Phi-4 Mini has the vocabulary of GPT-4o."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from models.messages import Message

_VOCABULARY = 199_000
"""o200k has about 200,000 entries; a tokenizer with fewer is another one, and counts other tokens."""
_A_MESSAGE = 4
_A_REPLY = 3
"""Tokens around each message, and before the answer, as OpenAI counts them for its chat models."""


def count_tokens(folder: Path, messages: Sequence[Message]) -> int | None:
    """Tokens of a prompt, by the tokenizer in a model's folder; None if it has none, or that of another vocabulary.

    The first call reads the tokenizer (15 MB, about a second).
    """
    tokenizer = _tokenizer(folder / "tokenizer.json")
    if tokenizer is None:
        return None
    # A document that spells a control token is counted as the text that it is.
    own = sum(len(tokenizer.encode(message.content, add_special_tokens=False).ids) for message in messages)
    return own + _A_MESSAGE * len(messages) + _A_REPLY


@lru_cache(maxsize=1)
def _tokenizer(file: Path) -> Any:
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(file))
    except Exception:  # noqa: BLE001 - missing or broken: the library raises plain Exception; an estimate does then
        return None
    return tokenizer if tokenizer.get_vocab_size() >= _VOCABULARY else None
