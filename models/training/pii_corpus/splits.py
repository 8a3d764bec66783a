"""Which side of the split a shape, a name or a term stands on: decided by a stable hash, stored nowhere."""

import hashlib
from typing import Literal

Split = Literal["train", "held_out"]

SHAPES_HELD_OUT = 0.125
NAMES_HELD_OUT = 0.2
TERMS_HELD_OUT = 0.1
KEPT_BACK = 1 / 16
"""Of the training side: how much is kept out of training, to calibrate on."""


def digest(value: str) -> str:
    """Sixteen hexadecimal digits that stay the same on every machine and in every process."""
    return hashlib.blake2b(" ".join(value.split()).casefold().encode(), digest_size=8).hexdigest()


def is_held_out(value: str, share: float) -> bool:
    """Whether ``value`` is among the ``share`` of all values that training never sees."""
    return int(digest(value), 16) / 2**64 < share


def shape_split(shape: str) -> Split:
    """The side of a whole shape."""
    return "held_out" if is_held_out(shape, SHAPES_HELD_OUT) else "train"


def is_kept_back(name: str) -> bool:
    """Whether training does without this shape or passage of its side."""
    return is_held_out(f"kept {name}", KEPT_BACK)


def name_allowed(name: str, split: Split) -> bool:
    """Training never sees a held-out name; the held-out side uses nothing else. Every part of the name counts."""
    parts = [part for part in name.replace("-", " ").split() if len(part.strip(".'’")) > 1] or [name]
    held_out = [is_held_out(part, NAMES_HELD_OUT) for part in parts]
    return any(held_out) if split == "held_out" else not any(held_out)


def term_allowed(term: str, split: Split) -> bool:
    """Training misses some terms (conditions, religions, brands …); the held-out side uses those and the rest."""
    return split == "held_out" or not is_held_out(term, TERMS_HELD_OUT)
