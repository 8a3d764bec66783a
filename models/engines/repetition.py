"""Notices an answer that has begun to repeat itself without end."""

from collections.abc import Sequence

MAX_PERIOD = 64
"""Longest phrase looked for, in tokens."""
MIN_REPEATED = 48
"""A loop covers at least this many tokens, so that a row of dashes or an empty table does not count."""
MIN_TURNS = 4
"""A loop says its phrase at least this often."""


def is_looping(tokens: Sequence[int]) -> bool:
    """Whether the last tokens are one phrase of up to ``MAX_PERIOD`` tokens, said again and again."""
    for period in range(1, MAX_PERIOD + 1):
        length = max(MIN_TURNS * period, MIN_REPEATED)
        if length > len(tokens):
            if MIN_TURNS * period > len(tokens):
                return False
            continue
        tail = tokens[-length:]
        if tail[period:] == tail[:-period]:
            return True
    return False
