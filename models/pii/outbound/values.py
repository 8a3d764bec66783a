"""Finds given values in a text however they are spaced, cased or cut up: what was redacted, and what is on a list."""

import re
from collections.abc import Iterable, Iterator

from models.pii.outbound.spellings import compatible, squeezed

LEAST_CHARS = 4
"""Shorter values are not looked for: two digits of an age stand in every request."""
_LEAST_SQUEEZED = 6
"""From so many letters and digits on, a value is found across spaces and signs, and inside longer words."""
_WORD = re.compile(r"[^\W_]+")


class Values:
    """Values to look for; ``exactly``: a plain word only in the case it has, or in capitals ("Will", not "will")."""

    def __init__(self, values: Iterable[str], *, exactly: bool) -> None:
        self._words: set[tuple[str, ...]] = set()
        self._folded: set[tuple[str, ...]] = set()
        self._squeezed: set[str] = set()
        for value in values:
            short = squeezed(value)
            if len(short) < LEAST_CHARS:
                continue
            words = tuple(_WORD.findall(compatible(value)))
            if exactly and len(words) == 1 and words[0].isalpha():
                self._words |= {words, (words[0].upper(),)}
                continue
            self._folded.add(tuple(word.casefold() for word in words))
            if len(short) >= _LEAST_SQUEEZED:
                self._squeezed.add(short)

    def __bool__(self) -> bool:
        return bool(self._words or self._folded or self._squeezed)

    def stand_in(self, text: str) -> bool:
        """Whether one of the values stands in ``text``."""
        plain = compatible(text)
        words = _WORD.findall(plain)
        if any(_holds(words, wanted) for wanted in self._words):
            return True
        folded = [word.casefold() for word in words]
        if any(_holds(folded, wanted) for wanted in self._folded):
            return True
        run_together = "".join(folded)
        return any(value in run_together for value in self._squeezed)


def _holds(words: list[str], wanted: tuple[str, ...]) -> bool:
    return any(tuple(words[at : at + len(wanted)]) == wanted for at in _places(words, wanted[0]))


def _places(words: list[str], first: str) -> Iterator[int]:
    at = -1
    while True:
        try:
            at = words.index(first, at + 1)
        except ValueError:
            return
        yield at
