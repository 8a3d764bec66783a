"""Where two versions of a text differ."""

from collections.abc import Callable


def common_ends(old: str, new: str) -> tuple[int, int]:
    """How many characters both texts begin with, and how many of the rest they end with. About linear."""
    prefix = _common(lambda size: old[:size] == new[:size], min(len(old), len(new)))
    most = min(len(old), len(new)) - prefix
    suffix = _common(lambda size: old[len(old) - size :] == new[len(new) - size :], most)
    return prefix, suffix


def _common(is_same: Callable[[int], bool], most: int) -> int:
    """The greatest size up to ``most`` that is the same, by bisection.

    Comparing slices is some hundred times as fast as comparing characters one by one.
    """
    if is_same(most):
        return most
    low, high = 0, most
    while high - low > 1:
        middle = (low + high) // 2
        if is_same(middle):
            low = middle
        else:
            high = middle
    return low
