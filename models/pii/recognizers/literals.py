"""Finds many literals in one pass over a text (Aho-Corasick), where a search for each would read it once for each."""

import re
import threading
from collections.abc import Collection, Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

Places = dict[str, Sequence[int]]
"""Where each literal stands, in order, none overlapping the one before it."""


class Literals:
    """A set of literals that grows, and the automaton that finds them. Safe to use from any thread."""

    def __init__(self, literals: Collection[str] = ()) -> None:
        self._lock = threading.Lock()
        self._known = dict.fromkeys(literals)
        self._built: tuple[AhoCorasick, tuple[str, ...]] | None = None

    def add(self, literals: Sequence[str]) -> None:
        """Look for these too, from the next text on."""
        with self._lock:
            self._known.update(dict.fromkeys(literals))
            self._built = None

    def places(self, text: str) -> Places:
        """Where the literals stand in ``text``; those that do not, with no place. Linear in ``text``."""
        with self._lock:
            if self._built is None:
                from ahocorasick_rs import AhoCorasick

                self._built = AhoCorasick(self._known), tuple(self._known)
            automaton, literals = self._built
        places: dict[str, list[int]] = {}
        for number, start, _ in automaton.find_matches_as_indexes(_encodable(text), overlapping=True):
            places.setdefault(literals[number], []).append(start)
        found: Places = dict.fromkeys(literals, ())
        for literal, starts in places.items():
            found[literal] = _apart(starts, len(literal)) if _may_overlap(literal) else starts
        return found


def _encodable(text: str) -> str:
    """``text`` with a stand-in for each lone half of a surrogate pair, which no literal holds."""
    return text if text.isascii() else re.sub(r"[\ud800-\udfff]", "\ufffd", text)


@cache
def _may_overlap(literal: str) -> bool:
    """Whether ``literal`` ends as it begins."""
    return any(literal[:size] == literal[-size:] for size in range(1, len(literal)))


def _apart(starts: Sequence[int], length: int) -> list[int]:
    """Those of ``starts`` that lie ``length`` characters behind the one kept before."""
    kept: list[int] = []
    for start in starts:
        if not kept or start >= kept[-1] + length:
            kept.append(start)
    return kept


def places_in(text: str, literal: str) -> list[int]:
    """Where ``literal`` stands in ``text``, in order, none overlapping the one before it."""
    places = []
    place = text.find(literal)
    while place >= 0:
        places.append(place)
        place = text.find(literal, place + len(literal))
    return places
