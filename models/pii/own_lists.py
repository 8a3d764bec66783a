"""What a person always wants flagged, and what they never want flagged: lists of words, and where they stand in a text.

An entry matches in any case, as whole words, with any white space (line breaks too), a comma or nothing between its
parts.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.pii.finding import Finding
from models.pii.normalize import normalize
from models.pii.recognizers.pattern import PATTERN, compiled

MAX_ENTRIES = 5_000
"""Entries a list may have."""
MAX_ENTRY_CHARS = 200
_LOOK_EVERY = 4096
"""Words after which the time is looked at."""

# Scripts that write words without spaces: each of their characters counts as a word of its own.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_TOKEN = rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+|(?P<mark>[^\w\s,;]|_)(?P=mark)*"


@dataclass(frozen=True, slots=True)
class AllowEntry:
    """A text that is not to be flagged; secrets and proven numbers in it still are unless it is ``confirmed``."""

    text: str = field(repr=False)
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class OwnLists:
    """A person's two lists, each in the order it was entered. They hold content: never log them."""

    allow: tuple[AllowEntry, ...] = field(default=(), repr=False)
    deny: tuple[str, ...] = field(default=(), repr=False)


def tidy(entry: str) -> str:
    """``entry`` on one line with single spaces.

    Raises:
        ValueError: it is too short, too long, or holds no letter or digit; the sentence does not quote it.
    """
    flat = " ".join(entry.split())
    if len(flat) > MAX_ENTRY_CHARS:
        raise ValueError(f"an entry has {MAX_ENTRY_CHARS} characters at most")
    if sum(char.isalnum() for char in flat) < 2:
        raise ValueError("an entry has two letters or digits at least")
    return flat


def key(entry: str) -> tuple[str, ...]:
    """What an entry matches by: entries with the same key match the same texts."""
    return tuple(_fold(match) for match in compiled(_TOKEN).finditer(normalize(entry).text))


class Matcher:
    """Finds entries in texts, in time linear in the text and independent of how many entries there are."""

    def __init__(self, entries: Iterable[str]) -> None:
        self._trie: dict[str, Any] = {}
        for entry in entries:
            node = self._trie
            for token in key(entry):
                node = node.setdefault(token, {})
            if node is not self._trie:
                node[""] = True

    def spans(self, text: str, is_over: Callable[[], bool] = lambda: False) -> Iterator[tuple[int, int]]:
        """Spans of ``text`` (as normalised for recognizers) that are entries, by rising start; the longest at each.

        Raises TimeoutError soon after ``is_over``.
        """
        if not self._trie:
            return
        tokens = [(_fold(match), match.start(), match.end()) for match in compiled(_TOKEN).finditer(text)]
        for first, (token, start, _) in enumerate(tokens):
            if first % _LOOK_EVERY == 0 and is_over():
                raise TimeoutError
            node = self._trie.get(token)
            index, end = first, -1
            while node is not None:
                if "" in node:
                    end = tokens[index][2]
                index += 1
                if index == len(tokens):
                    break
                node = node.get(tokens[index][0])
            if end >= 0:
                yield start, end


class DenyListRecognizer:
    """Finds the entries of a deny-list."""

    name = "your own list"

    def __init__(self, entries: Sequence[str]) -> None:
        self._matcher = Matcher(entries)

    def find(self, text: str, is_over: Callable[[], bool] = lambda: False) -> Iterator[Finding]:
        """Yield every place where an entry stands, without overlaps. Raises TimeoutError soon after ``is_over``."""
        reached = 0
        for start, end in self._matcher.spans(text, is_over):
            if start >= reached:
                reached = end
                yield Finding(start, end, "DENY_LISTED", PATTERN, self.name, "You put it on your own list.")


def _fold(match: re.Match[str]) -> str:
    """Case, the two ways to write an accent, and how often a mark is repeated make no difference."""
    token: str = match["mark"] or match[0]
    return token.lower() if token.isascii() else unicodedata.normalize("NFC", token).casefold()
