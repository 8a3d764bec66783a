"""Finds the patterns that take longer than the text they search: tried out on texts that are hard on them.

A pattern such as ``(a+)+$`` takes twice as long for every letter more, and one such as ``.*,.*,.*x`` a hundred times as
long for a text ten times as long. Which texts are hard is read off the pattern: the beginning that leads to one of its
open repeats, then what that repeat takes, over and over.
"""

import importlib
import warnings
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

LENGTH = 20_000
"""Characters of a text that a pattern is tried on: some six pages without a break."""
SECONDS = 0.03
"""Processor time in which it must have searched one; a pattern whose time follows the length takes some 0.0004, and the
mildest of the others in the tests 0.13."""
MANY = 20
"""A repeat that may go on for more than this counts as open."""
MOST_TEXTS = 240
_SAMPLES = 'a0 A-._,;:/@"\té\n'
_BREAK = "\x00"
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")

Parsed = Sequence[Any]


@lru_cache(maxsize=256)
def speed_problem(pattern: str) -> str:
    """Why a pattern that compiles takes too long, in words, or ""."""
    import regex

    compiled = regex.compile(pattern, regex.IGNORECASE)
    for text in islice(hard_texts(pattern), MOST_TEXTS):
        # Twice, since the time of the whole process counts, and other threads may have taken it.
        if _takes_long(compiled, text) and _takes_long(compiled, text):
            return (
                "it takes too long on some texts: a part that repeats without end overlaps with what stands before or "
                r"after it. Begin it with \b or a fixed word, or give the repeat a bound, such as \d{1,20}"
            )
    return ""


def _takes_long(compiled: Any, text: str) -> bool:
    try:
        compiled.search(text, timeout=SECONDS)
    except TimeoutError:
        return True
    return False


def hard_texts(pattern: str) -> Iterator[str]:
    """Texts on which a pattern would take long if it can; none for one that repeats nothing."""
    marks = "".join(dict.fromkeys(letter for letter in pattern if letter.isalnum() or letter in _SAMPLES))[:16]
    letters = "".join(dict.fromkeys(marks + _SAMPLES))
    parts, seen = _parse(pattern), set()
    fixed = _words(parts)
    words = _BREAK.join(fixed)
    unread = [("", letter) for letter in letters] if not parts else []
    for prefix, pump in (*_Reader(letters, fixed).pumps(parts, ""), *unread):
        if pump and (prefix, pump) not in seen:
            seen.add((prefix, pump))
            body = prefix + pump * ((LENGTH - len(prefix)) // len(pump))
            # A text that lacks the words of the pattern is put aside unsearched, so they stand before or behind.
            yield from (body, body + _BREAK, f"{body}{_BREAK}\n{words}", f"{words}\n{_BREAK}{body}")


def _parse(pattern: str) -> Parsed:
    """The parts of a pattern, as Python's own ``re`` reads it; empty where only ``regex`` understands it."""
    import re

    parser = importlib.import_module("re._parser")
    pattern = re.sub(r"\\[pP]\{[^}]*\}", r"\\w", pattern)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            parsed: Parsed = parser.parse(pattern, re.IGNORECASE)
    except (re.error, RecursionError, OverflowError):
        return ()
    return parsed


class _Reader:
    """Walks the parts of a pattern. ``letters`` stand for the sets of letters in it, ``words`` are its fixed ones."""

    def __init__(self, letters: str, words: Sequence[str]) -> None:
        self._letters = letters
        self._words = [word for word in words if len(word) > 1]

    def pumps(self, parts: Parsed, prefix: str) -> Iterator[tuple[str, str]]:
        """(beginning that leads to an open repeat, what it takes), for every open repeat of ``parts``."""
        for part in parts:
            name, inner = str(part[0]), part[1]
            if name in _REPEATS:
                _, most, body = inner
                if int(most) > MANY:
                    taken = self.samples(body)
                    wide = [word for word in self._words if set(word) <= set(taken)]
                    yield from ((prefix, sample) for sample in (*taken, *wide))
                yield from self.pumps(body, prefix)
            else:
                for branch in _inside(name, inner):
                    yield from self.pumps(branch, prefix)
            prefix = (prefix + self._shortest([part]))[: LENGTH // 10]

    def samples(self, parts: Parsed) -> list[str]:
        """Some short texts that ``parts`` take; for a single set of letters, each of them that it holds."""
        found = [""]
        for part in parts:
            name, inner = str(part[0]), part[1]
            taken = self._of_one(name, inner)
            found = [before + more for before in found for more in taken[: max(1, 64 // len(found))]]
        return [text for text in dict.fromkeys(found) if text][:32]

    def _of_one(self, name: str, inner: Any) -> list[str]:
        if name in _REPEATS:
            once = self.samples(inner[2])
            return [text * max(1, min(int(inner[0]), MANY)) for text in once] + ([""] if int(inner[0]) == 0 else [])
        branches = _inside(name, inner)
        if branches:
            return [text for branch in branches for text in self.samples(branch) or [""]]
        return self._letters_of(name, inner) or [""]

    def _letters_of(self, name: str, inner: Any) -> list[str]:
        if name == "LITERAL":
            return [chr(inner)]
        if name == "NOT_LITERAL":
            return [letter for letter in self._letters if ord(letter) != inner]
        if name == "ANY":
            return [letter for letter in self._letters if letter != "\n"]
        if name == "IN":
            return [letter for letter in self._letters if _holds(inner, letter)] or _first_of(inner)
        return []

    def _shortest(self, parts: Parsed) -> str:
        """A text that ``parts`` take, with as few repeats as they allow."""
        text = ""
        for part in parts:
            name, inner = str(part[0]), part[1]
            if name in _REPEATS:
                text += self._shortest(inner[2]) * min(int(inner[0]), LENGTH // 100)
            elif branches := _inside(name, inner):
                text += self._shortest(branches[0])
            else:
                text += (self._letters_of(name, inner) or [""])[0]
        return text


def _inside(name: str, inner: Any) -> list[Parsed]:
    """The ways on inside of a part: the branches of a choice, the content of a group or of a look ahead."""
    if name == "BRANCH":
        return list(inner[1])
    if name == "SUBPATTERN":
        return [inner[-1]]
    if name == "ATOMIC_GROUP":
        return [inner]
    if name in ("ASSERT", "ASSERT_NOT"):
        return [inner[1]]
    if name == "GROUPREF_EXISTS":
        return [branch for branch in inner[1:] if branch is not None]
    return []


def _words(parts: Parsed) -> list[str]:
    """The runs of fixed letters in a pattern."""
    runs = [""]
    for part in parts:
        name, inner = str(part[0]), part[1]
        if name == "LITERAL":
            runs[-1] += chr(inner)
            continue
        inside = [inner[2]] if name in _REPEATS else _inside(name, inner)
        for branch in inside:
            runs += _words(branch)
        runs.append("")
    return [run for run in runs if run]


def _holds(members: Parsed, letter: str) -> bool:
    """Whether a set holds a letter, in either case."""
    import re

    negated = bool(members) and str(members[0][0]) == "NEGATE"
    held = False
    for name, value in members[negated:]:
        kind = str(name)
        if kind == "LITERAL":
            held = held or letter.casefold() == chr(value).casefold()
        elif kind == "RANGE":
            forms = (form for form in (letter.lower(), letter.upper()) if len(form) == 1)
            held = held or any(value[0] <= ord(form) <= value[1] for form in forms)
        elif kind == "CATEGORY":
            held = held or re.match(_CATEGORIES.get(str(value), r"(?!)"), letter) is not None
    return held != negated


_CATEGORIES = {
    "CATEGORY_DIGIT": r"\d",
    "CATEGORY_NOT_DIGIT": r"\D",
    "CATEGORY_SPACE": r"\s",
    "CATEGORY_NOT_SPACE": r"\S",
    "CATEGORY_WORD": r"\w",
    "CATEGORY_NOT_WORD": r"\W",
}


def _first_of(members: Parsed) -> list[str]:
    """A letter of a set that holds none of the usual ones."""
    for name, value in members:
        if str(name) == "LITERAL":
            return [chr(value)]
        if str(name) == "RANGE":
            return [chr(value[0])]
    return []
