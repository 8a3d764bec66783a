"""Puts values back for placeholders, as an answer comes in, and says what it could not put back."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from models.pii.placeholders import LOOK_AHEAD, LOOK_BEHIND, Grammar, Name, canon, longest, may_begin, mentions

_LIKE_ONE = re.compile(r"\\?\[[A-Z][A-Z0-9]{0,20}(?:\\?_[A-Z0-9]{1,20}){0,4}\\?_[0-9]{1,12}\\?\]")


@dataclass(frozen=True, slots=True)
class Restoration:
    """An answer with its values back.

    ``unknown``: what looks like a placeholder in the answer but stands for nothing in the document (a model made it
    up, or spoiled its name). ``unused``: placeholders of the document that the answer does not use; a summary rightly
    leaves some out, a translation should not. ``restored`` counts the values put back.
    """

    text: str = field(repr=False)
    restored: int
    unknown: tuple[str, ...]
    unused: tuple[str, ...]


class StreamRestorer:
    """Restores one answer piece by piece; never gives out half a placeholder.

    As long as placeholders come in the document's order, each gets back the spelling that stood at its place ("JANE
    DOE", then "Doe"); from the first that does not, each gets its value as the vault has it, in full.
    """

    def __init__(
        self, vault: Mapping[str, str], occurrences: Sequence[tuple[str, str]] = (), grammar: Grammar = Grammar.FREE
    ) -> None:
        self._placeholders = {_name(placeholder): placeholder for placeholder in vault}
        self._vault = vault
        self._occurrences = occurrences
        self._grammar = grammar
        self._entities = frozenset(entity for entity, _ in self._placeholders)
        self._canonical = frozenset(canon(entity) for entity in self._entities)
        self._longest = longest(self._entities)
        self._in_order = True
        self._next = 0
        self._buffer = ""
        self._given = 0  # characters of the buffer that were given out and are kept as context
        self._used: dict[str, int] = {}
        self._unknown: dict[str, None] = {}
        self._seen = ""

    def feed(self, chunk: str) -> str:
        """The next piece of the answer in, what can be given out of it so far out."""
        return self._advance(chunk, final=False)

    def finish(self) -> str:
        """What was held back, at the end of the answer."""
        return self._advance("", final=True)

    def result(self, text: str = "") -> Restoration:
        """What was done; ``text`` is what ``feed`` and ``finish`` gave, where the caller wants it in the result."""
        unused = tuple(placeholder for placeholder in self._vault if placeholder not in self._used)
        return Restoration(text, sum(self._used.values()), tuple(self._unknown), unused)

    def _advance(self, chunk: str, *, final: bool) -> str:
        self._note_unknown(chunk)
        if not self._vault:
            return chunk
        self._buffer += chunk
        text = self._buffer
        hold = len(text) if final else self._hold(text)
        out: list[str] = []
        position = self._given
        for mention in mentions(text, self._entities, self._grammar, position):
            if not final and (mention.start >= hold or mention.end > hold or mention.end + LOOK_AHEAD > len(text)):
                hold = min(hold, mention.start)
                break
            placeholder = self._placeholders.get(mention.name)
            if placeholder is None:
                continue
            out += (text[position : mention.start], self._value(placeholder))
            position = mention.end
        hold = max(hold, position)
        out.append(text[position:hold])
        keep = max(0, hold - LOOK_BEHIND)
        self._buffer, self._given = text[keep:], hold - keep
        return "".join(out)

    def _hold(self, text: str) -> int:
        """From where on the text must wait for more of it."""
        for index in range(max(self._given, len(text) - self._longest), len(text)):
            if may_begin(text[index:], self._canonical):
                return index
        return len(text)

    def _value(self, placeholder: str) -> str:
        self._used[placeholder] = self._used.get(placeholder, 0) + 1
        if self._in_order and self._next < len(self._occurrences):
            name, spelling = self._occurrences[self._next]
            self._next += 1
            if name == placeholder:
                return spelling
        self._in_order = False
        return self._vault[placeholder]

    def _note_unknown(self, chunk: str) -> None:
        seen = self._seen + chunk
        for match in _LIKE_ONE.finditer(seen):
            written = match[0].replace("\\", "")
            if written not in self._vault:
                self._unknown[written] = None
        self._seen = seen[-128:]


def _name(placeholder: str) -> Name:
    entity, _, number = placeholder.strip("[]").rpartition("_")
    return entity, int(number)
