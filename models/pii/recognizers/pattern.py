"""What most recognizers are made of: patterns, words that should stand nearby, and validators."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from models.pii.finding import Finding

# Scores say what the evidence is, so that overlaps can be resolved by it.
CHECKSUM = 0.97
"""A check digit or another proof inside the value holds."""
PATTERN = 0.85
"""The value has a format that hardly anything else has."""
CONTEXT = 0.65
"""The value could be many things; the words around it say what it is."""

_BEFORE_CHARS = 60
_AFTER_CHARS = 24


@lru_cache(maxsize=1024)
def compiled(regex: str, flags: int = 0) -> re.Pattern[str]:
    """Compile on first use, so that importing a recognizer costs nothing."""
    return re.compile(regex, flags)


@dataclass(frozen=True, slots=True)
class Context:
    """Words (regular expressions, matched in any case, whole words) that say what a value near them is."""

    words: tuple[str, ...]
    before_chars: int = _BEFORE_CHARS
    after_chars: int = _AFTER_CHARS

    def found(self, text: str, start: int, end: int) -> str | None:
        """ "before" or "after" when one of the words stands near ``text[start:end]``, else None."""
        regex = compiled(rf"(?<![^\W_])(?:{'|'.join(self.words)})(?![^\W\d_])", re.IGNORECASE)
        if regex.search(text, max(0, start - self.before_chars), start):
            return "before"
        if self.after_chars and regex.search(text, end, min(len(text), end + self.after_chars)):
            return "after"
        return None


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way a value is written.

    ``regex`` runs in time linear in the text: bounded repeats, none nested over the same characters. A group named
    ``value`` narrows the finding to itself. ``triggers`` are lower-case literals, one of which the text must hold
    for the pattern to be tried at all. ``validate`` looks at the value; with ``needs_context`` one of the
    recognizer's context words must stand nearby.
    """

    regex: str
    score: float
    reason: str
    validate: Callable[[str], bool] | None = None
    triggers: tuple[str, ...] = ()
    flags: int = 0
    needs_context: bool = False


class PatternRecognizer:
    """A recognizer made of patterns."""

    def __init__(self, name: str, entity: str, patterns: tuple[Pattern, ...], context: Context | None = None) -> None:
        self.name = name
        self._entity = entity
        self._patterns = patterns
        self._context = context

    def find(self, text: str) -> Iterator[Finding]:
        """Yield what the patterns match and the validators accept."""
        lower = text.lower()
        for pattern in self._patterns:
            if pattern.triggers and not any(trigger in lower for trigger in pattern.triggers):
                continue
            for match in compiled(pattern.regex, pattern.flags).finditer(text):
                finding = self._judge(pattern, match, text)
                if finding is not None:
                    yield finding

    def _judge(self, pattern: Pattern, match: re.Match[str], text: str) -> Finding | None:
        group = "value" if "value" in match.re.groupindex else 0
        start, end = match.span(group)
        if pattern.validate is not None and not pattern.validate(text[start:end]):
            return None
        near = self._context.found(text, start, end) if self._context else None
        if pattern.needs_context and near is None:
            return None
        side = {"before": " and a word that names it stands before it", "after": " and a word that names it follows"}
        reason = pattern.reason + (side[near] if near else "") + "."
        score = min(1.0, pattern.score + (0.02 if near else 0.0))
        return Finding(start, end, self._entity, score, self.name, reason)


def digits_of(value: str) -> str:
    """Only the digits of ``value``."""
    return "".join(char for char in value if char.isdigit())


# What may stand between a label and its value: punctuation and a few small words. Branches start with different
# characters and the repeat is bounded, so it cannot run away.
_GAP_WORDS = (
    "no|nos|nr|num|number|numbers|id|code|is|was|are|of|the|for|on|file|my|your|his|her|and|issued|in|to|name|it"
)
GAP = rf"(?:[\s:=#|*()_\"'.,/–—?-]|\b(?i:{_GAP_WORDS})\b|№|º|°){{0,14}}?"


def labelled(label: str, value: str, gap: str = GAP) -> str:
    """A regex for ``value`` after ``label`` (any case, whole word), with ``gap`` between; group ``value`` is the value."""
    return rf"(?<![^\W_])(?i:{label})(?![^\W\d_]){gap}(?<![^\W_])(?P<value>{value})"
