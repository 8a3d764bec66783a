"""Long texts go through the model in overlapping windows, cut where a line or a sentence ends."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from models.pii.tagger.features import SPECIAL_CASE, Tokens

if TYPE_CHECKING:
    import numpy as np

WINDOW = 192
"""Word pieces in a window at most, [CLS] and [SEP] among them."""
OVERLAP = 16
"""Word pieces that neighbouring windows share at least."""
CLS, SEP = 101, 102

Window = tuple[int, int]
"""First piece and the one after the last."""


def cut(breaks: "np.ndarray", size: int = WINDOW - 2, overlap: int = OVERLAP) -> list[Window]:
    """Windows of at most ``size`` pieces that cover all of them; neighbours share at least ``overlap``.

    ``breaks`` as in ``Tokens``. A window ends before the last line of its second half, else before the last sentence
    there, else in the middle of one. Raises ValueError where ``overlap`` is more than a third of ``size``.
    """
    if not 0 <= overlap <= size // 3:
        raise ValueError("the overlap must be at most a third of a window")
    count, windows, start, end = len(breaks), [], 0, 0
    while True:
        if count - start <= size:
            windows.append((start, count))
            return windows
        end = _last_break(breaks, max(start + size // 2, end + 1), start + size)
        windows.append((start, end))
        # Begin at a border too, at most as much again before the overlap; always after the last window's begin.
        start = _last_break(breaks, max(start + 1, end - 2 * overlap), end - overlap)


def _last_break(breaks: "np.ndarray", low: int, high: int) -> int:
    """The last place in low..high with the best break; ``high`` where there is none."""
    import numpy as np

    part = breaks[low : high + 1]
    best = part.max(initial=0)
    return high if best == 0 else low + int(np.flatnonzero(part == best)[-1])


def model_inputs(tokens: Tokens, window: Window) -> "tuple[np.ndarray, np.ndarray]":
    """Piece ids and cases of one window with [CLS] and [SEP] around them."""
    import numpy as np

    start, end = window
    ids = np.concatenate([[CLS], tokens.ids[start:end], [SEP]])
    cases = np.concatenate([[SPECIAL_CASE], tokens.cases[start:end], [SPECIAL_CASE]])
    return ids.astype(np.int64), cases.astype(np.int64)


def join(count: int, windows: Sequence[Window], values: "Sequence[np.ndarray]") -> "np.ndarray":
    """One row a piece out of one array a window (without the rows of [CLS] and [SEP]).

    A piece that stands in several windows takes its row from the one in which it is farthest from an inner border.
    """
    import numpy as np

    joined = np.zeros((count, values[0].shape[1]), np.float32)
    distance = np.full(count, -1, np.int64)
    for (start, end), rows in zip(windows, values, strict=True):
        here = np.arange(start, end)
        left = here - start if start else np.full(end - start, count)
        right = end - 1 - here if end < count else np.full(end - start, count)
        far = np.minimum(left, right)
        better = far > distance[start:end]
        joined[start:end][better] = rows[better]
        distance[start:end][better] = far[better]
    return joined
