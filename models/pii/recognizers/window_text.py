"""A piece of text that remembers what every recognizer asks of it: lower case, and where which literals stand in it.

Recognizers look for more than a thousand literals ("password", "geb.", "kenteken") before they try a pattern. One pass
over the text finds all of them at once (Aho-Corasick), where a search for each would read it a thousand times.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import TypeVar

from models.pii.recognizers.literals import Literals, Places, places_in

_LEAST_CHARS = 512
"""A shorter text is searched for each literal: the pass for all of them has its own cost."""

T = TypeVar("T")


class WindowText(str):
    """Text with room for what was computed from it; it lives as long as the scan of its window."""

    def once(self, key: str, compute: Callable[[str], T]) -> T:
        """What ``compute`` makes of this text, computed at the first call with this ``key``."""
        known: dict[str, T] = self.__dict__
        name = f"_{key}"  # apart from the methods of a text
        if name not in known:
            known[name] = compute(self)
        return known[name]


class LowerText(WindowText):
    """A text in lower case."""

    def places(self, literals: Sequence[str]) -> list[int]:
        """Where one of ``literals`` stands, in order."""
        if len(self) < _LEAST_CHARS:
            return sorted({place for literal in literals for place in places_in(self, literal)})
        found = self.once("literals", _literals().places)
        try:
            return sorted({place for literal in literals for place in found[literal]})
        except KeyError:
            self._learn(literals, found)
        return self.places(literals)

    def has_any(self, literals: Sequence[str]) -> bool:
        """Whether one of ``literals`` stands in the text."""
        if len(self) < _LEAST_CHARS:
            return any(literal in self for literal in literals)
        found = self.once("literals", _literals().places)
        try:
            return any(map(found.__getitem__, literals))
        except KeyError:
            self._learn(literals, found)
        return self.has_any(literals)

    def _learn(self, literals: Sequence[str], found: Places) -> None:
        unknown = [literal for literal in literals if literal not in found]
        _literals().add(unknown)
        found.update((literal, places_in(self, literal)) for literal in unknown)


@cache
def _literals() -> Literals:
    """All that recognizers have asked for so far: parts of their patterns, never of a text."""
    return Literals()
