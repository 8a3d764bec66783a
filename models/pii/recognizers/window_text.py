"""A piece of text that remembers what every recognizer asks of it: lower case, and which literals cannot stand in it.

Recognizers look for several hundred literals ("password", "geb.", "kenteken") before they try a pattern. Nearly all of
them stand nowhere in an ordinary text, and a table of the groups of three characters in it says so without a search.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeVar

from models.runtime import keep_numpy_to_one_thread

_TABLE = 1 << 16
_FIRST, _SECOND = 4_099, 67
"""What the first two characters of three are multiplied by for their place in the table."""
_LEAST_CHARS = 2_048
"""In a shorter text a search costs less than the table."""

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

    def possible(self, triggers: Sequence[str]) -> Sequence[str]:
        """Those of ``triggers`` that may stand in the text: all that do, and at times one that does not."""
        if len(self) < _LEAST_CHARS:
            return triggers
        table = self.once("groups", _groups)
        found = []
        for trigger, places in _places_in_table(tuple(triggers)):
            for place in places:
                if not table[place]:
                    break
            else:
                found.append(trigger)
        return found


def _groups(text: str) -> bytes:
    """A table with a one at the place of every group of three characters in ``text``."""
    keep_numpy_to_one_thread()
    import numpy

    codes = numpy.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=numpy.uint32)
    table = numpy.zeros(_TABLE, dtype=numpy.uint8)
    table[(codes[:-2] * _FIRST + codes[1:-1] * _SECOND + codes[2:]) % _TABLE] = 1
    return table.tobytes()


@lru_cache(maxsize=1024)
def _places_in_table(triggers: tuple[str, ...]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    def places(trigger: str) -> tuple[int, ...]:
        codes = [ord(char) for char in trigger]
        # As in ``_groups``, where sums are taken modulo 2 ** 32, of which the size of the table is a divisor.
        return tuple(
            (a * _FIRST + b * _SECOND + c) % _TABLE for a, b, c in zip(codes, codes[1:], codes[2:], strict=False)
        )

    return tuple((trigger, places(trigger)) for trigger in triggers)
