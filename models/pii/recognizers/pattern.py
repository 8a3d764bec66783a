"""What most recognizers are made of: patterns, words that should stand nearby, and validators."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from models.pii.finding import Finding
from models.pii.recognizers.literals import places_in
from models.pii.recognizers.window_text import LowerText, WindowText

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


_ODD_CASES = r"[İıſςϐϑϕϖϰϱϵµẛ\u0345\u0390\u03b0\u1c80-\u1c88\u1fbe\u1fd3\u1fe3\ufb05\ufb06]"
"""Characters that stand for another one where case is ignored, though they are no upper case of it."""


@dataclass(frozen=True)
class Context:
    """Words (regular expressions, matched in any case, whole words) that say what a value near them is."""

    words: tuple[str, ...]
    before_chars: int = _BEFORE_CHARS
    after_chars: int = _AFTER_CHARS
    anywhere: tuple[str, ...] = ()
    """Words of scripts without spaces, matched inside other words too."""

    def found(self, text: str, start: int, end: int) -> str | None:
        """Say "before" or "after" when one of the words stands near ``text[start:end]``, else None."""
        # In lower case the engine passes over a word at its first letter, where it would fold each one otherwise.
        plain = isinstance(text, WindowText) and has_plain_cases(text)
        regex, lower = (self._lower_case, lowered(text)) if plain else (self._any_case, text)
        words = list(regex.finditer(lower, max(0, start - self.before_chars), start))
        # A word on the far side of another number names that number.
        if words and not compiled(r"\d{4}|\d{3}[ .-]\d").search(text, words[-1].end(), start):
            return "before"
        if self.after_chars and regex.search(lower, end, min(len(text), end + self.after_chars)):
            return "after"
        return None

    @cached_property
    def _any_case(self) -> re.Pattern[str]:
        return re.compile(self._regex(self.words, self.anywhere), re.IGNORECASE)

    @cached_property
    def _lower_case(self) -> re.Pattern[str]:
        return re.compile(self._regex(map(_in_lower_case, self.words), map(_in_lower_case, self.anywhere)))

    def _regex(self, words: Iterable[str], anywhere: Iterable[str]) -> str:
        whole = [rf"(?<![^\W_])(?:{by_first_letter(words)})(?![^\W\d_])"] if self.words else []
        return "|".join([*whole, *anywhere])


def by_first_letter(words: Iterable[str]) -> str:
    """``words`` as alternatives, those with the same plain first letter together: the engine tells them apart sooner.

    Those with alternatives of their own outside brackets, or with no plain letter first, stand by themselves.
    """
    groups: dict[str, list[str]] = {}
    for word in words:
        is_plain = word[:1].isalpha() and word[1:2] not in ("?", "*", "+", "{") and not _is_alternation(word)
        groups.setdefault(word[0] if is_plain else f" {word}", []).append(word)
    return "|".join(
        group[0] if len(group) == 1 else f"{first}(?:{'|'.join(word[1:] for word in group)})"
        for first, group in groups.items()
    )


def _is_alternation(regex: str) -> bool:
    depth = 0
    for char in compiled(r"\\.|\[[^\]]*\]").sub("", regex):
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            return True
    return False


def has_plain_cases(text: str) -> bool:
    """Whether a pattern in any case matches ``text`` wherever it matches it in lower case, and nowhere else."""
    return text.once("plain cases", _has_plain_cases) if isinstance(text, WindowText) else _has_plain_cases(text)


def _has_plain_cases(text: str) -> bool:
    return text.isascii() or compiled(_ODD_CASES).search(text) is None


def _in_lower_case(word: str) -> str:
    """``word`` for text in lower case; case is ignored still where it holds capitals or characters of odd cases."""
    letters = compiled(r"\\.").sub("", word)
    return word if letters == letters.lower() and _has_plain_cases(letters) else f"(?i:{word})"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way a value is written.

    ``regex`` runs in time linear in the text: bounded repeats, none nested over the same characters. A group named
    ``value`` narrows the finding to itself. ``triggers`` are lower-case literals, one of which the text must hold
    for the pattern to be tried at all. ``validate`` looks at the value; with ``needs_context`` one of the
    recognizer's context words must stand nearby. ``has_digit_run``: at least six digits stand together in the value
    (single spaces, dots or dashes between them), so that only their surroundings are looked at. ``word_chars``: the
    value is part of a word (between white space) of so many characters, 14 or more.
    """

    regex: str
    score: float
    reason: str
    validate: Callable[[str], bool] | None = None
    triggers: tuple[str, ...] = ()
    flags: int = 0
    needs_context: bool = False
    has_digit_run: bool = False
    word_chars: int = 0


class PatternRecognizer:
    """A recognizer made of patterns."""

    def __init__(self, name: str, entity: str, patterns: tuple[Pattern, ...], context: Context | None = None) -> None:
        self.name = name
        self._entity = entity
        self._patterns = patterns
        self._context = context

    def find(self, text: str) -> Iterator[Finding]:
        """Yield what the patterns match and the validators accept."""
        lower = lowered(text)
        digit_spans = digit_regions(text) if any(pattern.has_digit_run for pattern in self._patterns) else ()
        for pattern in self._patterns:
            spans: Sequence[tuple[int, int]] = ((0, len(text)),)
            if pattern.triggers:
                spans = list(regions(lower, pattern.triggers))
            elif pattern.has_digit_run:
                spans = digit_spans
            elif pattern.word_chars:
                spans = tuple(long_words(text, pattern.word_chars))
            for start, end in spans:
                for match in compiled(pattern.regex, pattern.flags).finditer(text, start, end):
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


def lowered(text: str) -> LowerText:
    """``text`` in lower case with the same length (İ alone would become two characters)."""
    return text.once("lower", _lower) if isinstance(text, WindowText) else _lower(text)


def _lower(text: str) -> LowerText:
    lower = text.lower()
    return LowerText(lower if len(lower) == len(text) else text.replace("\u0130", "I").lower())


def has_any(lower: str, triggers: Sequence[str]) -> bool:
    """Whether one of the literals stands in ``lower``."""
    if isinstance(lower, LowerText):
        return lower.has_any(triggers)
    return any(trigger in lower for trigger in triggers)


def places_of(lower: str, triggers: Sequence[str]) -> Sequence[int]:
    """Where one of the literals stands in ``lower``, in order."""
    if isinstance(lower, LowerText):
        return lower.places(triggers)
    return sorted({place for trigger in triggers for place in places_in(lower, trigger)})


_REGION_BEFORE_CHARS = 48
_REGION_AFTER_CHARS = 320


def regions(lower: str, triggers: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Spans around every place where a trigger stands, widened to whole lines within reason, merged, in order.

    Looking for a few literals is some hundred times as fast as trying a pattern at every character.
    """
    return merged(_around(lower, places_of(lower, triggers)))


WORD_START = r"[^\W_](?<![^\W_].)"


def openings(
    lower: str, triggers: Sequence[str], before_chars: int, *, words: bool = True
) -> Iterator[tuple[Sequence[int], int]]:
    """For each of the ``regions``: the places where something that holds a trigger may begin, and the region's end.

    At most ``before_chars`` before the trigger and, with ``words``, where a word begins. A large pattern costs a
    microsecond at every place, so that trying it at these alone takes a tenth of the time.
    """
    places = places_of(lower, triggers)
    index = 0
    for begin, end in merged(_around(lower, places)):
        starts: list[int] = []
        while index < len(places) and places[index] < end:
            low, stop = max(begin, places[index] - before_chars), min(end, places[index] + 2)
            starts += (
                (m.start() for m in compiled(WORD_START).finditer(lower, low, stop)) if words else range(low, stop)
            )
            begin = max(begin, stop)
            index += 1
        yield starts, end


def matches(regex: re.Pattern[str], text: str, starts: Iterable[int], end: int) -> Iterator[re.Match[str]]:
    """What ``regex.finditer`` would yield of the matches that begin at one of ``starts`` (in order)."""
    position = 0
    for start in starts:
        if start >= position and (match := regex.match(text, start, end)):
            yield match
            position = max(match.end(), start + 1)


def line_matches(regex: re.Pattern[str], text: str, marks: Sequence[str], most_before: int) -> Iterator[re.Match[str]]:
    """Matches of ``regex`` within a line, from its start, where a mark (no capitals) is ``most_before`` characters on.

    A pattern that begins with the start of a line is tried at every character, which takes many times as long.
    """
    line_end = -1
    for place in places_of(lowered(text), marks):
        if place < line_end:
            continue
        start = text.rfind("\n", max(0, place - most_before - 1), place) + 1
        if start > 0 or place <= most_before:
            if match := regex.match(text, start):
                yield match
            line_end = text.find("\n", place)
            line_end = len(text) if line_end < 0 else line_end


def near(lower: str, triggers: Sequence[str], before_chars: int, after_chars: int) -> Iterator[tuple[int, int]]:
    """Narrow spans around every place where a trigger stands, merged, in order."""
    places = places_of(lower, triggers)
    return merged((max(0, place - before_chars), min(len(lower), place + after_chars)) for place in places)


def merged(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """``spans``, given by rising start, with those that touch made one."""
    begin = end = -1
    for start, stop in spans:
        if start <= end:
            end = max(end, stop)
            continue
        if begin >= 0:
            yield begin, end
        begin, end = start, stop
    if begin >= 0:
        yield begin, end


def _around(lower: str, places: Sequence[int]) -> Iterator[tuple[int, int]]:
    end = -1
    for place in places:
        if place < end - _REGION_AFTER_CHARS // 2:
            continue  # well inside the span before
        stop = min(len(lower), place + _REGION_AFTER_CHARS)
        line_end = lower.find("\n", stop, stop + _REGION_AFTER_CHARS)
        end = line_end if line_end >= 0 else min(len(lower), stop + _REGION_AFTER_CHARS)
        yield max(0, place - _REGION_BEFORE_CHARS), end


def digit_regions(text: str) -> Sequence[tuple[int, int]]:
    """Spans around runs of six digits or more, with single separators between them; merged, in order."""
    return text.once("digits", _digit_regions) if isinstance(text, WindowText) else _digit_regions(text)


def _digit_regions(text: str) -> Sequence[tuple[int, int]]:
    return tuple(around(text, r"\d(?:[ .-]{0,2}\d){5,40}", 12, 24))


def around(text: str, regex: str, before_chars: int, after_chars: int) -> Iterator[tuple[int, int]]:
    """Spans around every match of ``regex``, merged, in order."""
    begin = end = 0
    for match in compiled(regex).finditer(text):
        start, stop = match.span()
        if start - before_chars > end:
            if end:
                yield begin, end
            begin = start - before_chars
        end = stop + after_chars
    if end:
        yield max(0, begin), min(len(text), end)


def long_words(text: str, at_least: int) -> Iterable[tuple[int, int]]:
    """Spans of the words (between white space) of ``at_least`` characters, 14 or more: those that may be keys."""
    words = text.once("long words", _long_words) if isinstance(text, WindowText) else _long_words(text)
    return ((start, end) for start, end in words if end - start >= at_least)


_LONG_WORD_CHARS = 14


def _long_words(text: str) -> Sequence[tuple[int, int]]:
    spans = []
    position = 0
    for word in [word for word in text.split() if len(word) >= _LONG_WORD_CHARS]:
        start = text.find(word, position)
        position = start + len(word)
        spans.append((start, position))
    return spans


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
    """A regex for ``value`` (the group) after ``label`` (any case, whole word), with ``gap`` between."""
    return rf"(?<![^\W_])(?i:{label})(?![^\W\d_]){gap}(?<![^\W_])(?P<value>{value})"
