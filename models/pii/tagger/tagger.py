"""The tagger as the scan uses it: a text in, readings out, window by window."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from models.pii.tagger.decoding import Prediction, decode, entity_probabilities, log_softmax
from models.pii.tagger.features import Tokens, tokenize, tokenize_again
from models.pii.tagger.labels import ENTITIES, RECOGNIZER
from models.pii.tagger.session import FOLDER, Session, load
from models.pii.tagger.windows import cut, join, model_inputs

if TYPE_CHECKING:
    import numpy as np

_KEPT_WINDOWS = 384
"""Windows whose result is kept in memory, some 22 kB each: for the next keystroke, and for the gate."""

ALONE = 0.7
"""Score from which a special category counts that no word of its own and nothing else in the text bears out. Of ten
held-out texts that a reading below it alone kept here, two were personal."""

_KEPT_STRETCHES = 4096
_KEPT_CHARS = 200_000


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model reads in one text: its spans, weak ones too, and how probable each entity is at any place."""

    predictions: tuple[Prediction, ...]
    thresholds: dict[str, float]
    _tokens: Tokens | None = None
    _probabilities: "np.ndarray | None" = None
    """(pieces, entities)"""
    alone: float = ALONE

    def probability(self, start: int, end: int, entity: str = "PERSON") -> float:
        """Mean probability that the pieces in ``text[start:end]`` belong to ``entity``; 0 where there are none."""
        first, after = self._within(start, end)
        if self._probabilities is None or first >= after:
            return 0.0
        return float(self._probabilities[first:after, ENTITIES.index(entity)].mean())

    def pieces(self, start: int, end: int) -> int:
        """Number of word pieces in ``text[start:end]``: one for a word that the vocabulary knows."""
        first, after = self._within(start, end)
        return after - first

    def runs(
        self, entities: Sequence[str], least: float, taken: Sequence[tuple[int, int]]
    ) -> list[tuple[int, int, str, float]]:
        """Whole words, in a row, outside ``taken``, that belong to one of ``entities`` with a probability of ``least``.

        Each as first character, the one after the last, the likeliest of the entities, and the highest probability.
        """
        import numpy as np

        if self._probabilities is None or self._tokens is None or not len(self._tokens):
            return []
        tokens, columns = self._tokens, [ENTITIES.index(entity) for entity in entities]
        probabilities = self._probabilities[:, columns]
        of_any = probabilities.sum(axis=1)
        loud = of_any >= least
        for start, end in taken:
            first, after = self._within(start, end)
            loud[first:after] = False
        words = np.flatnonzero(~tokens.continues)
        changes = np.diff(np.logical_or.reduceat(loud, words).astype(np.int8), prepend=0, append=0)
        bounds = np.append(words, len(tokens))[np.flatnonzero(changes)].reshape(-1, 2)
        return [
            (
                int(tokens.starts[first]),
                int(tokens.ends[after - 1]),
                entities[int(probabilities[first:after].sum(axis=0).argmax())],
                float(of_any[first:after].max()),
            )
            for first, after in bounds
        ]

    def _within(self, start: int, end: int) -> tuple[int, int]:
        if self._tokens is None:
            return 0, 0
        first = int(self._tokens.ends.searchsorted(start, side="right"))
        return first, int(self._tokens.starts.searchsorted(end, side="left"))


class Tagger:
    """Loads the model on first use; safe to call from any thread, one text at a time.

    ``threads`` is the number of windows that are read at a time. The same window of a text always gives the same
    result, whatever stands around it, so results are kept by window: after an edit, only windows that changed are read
    again.
    """

    name = RECOGNIZER

    def __init__(self, folder: Path = FOLDER, threads: int = 2) -> None:
        self._folder = folder
        self._threads = threads
        self._lock = threading.Lock()
        self._session: Session | None = None
        self._known: OrderedDict[bytes, np.ndarray] = OrderedDict()
        self._known_tags: dict[bytes, np.ndarray] = {}
        self._last: tuple[str, Tokens] | None = None

    def read(self, text: str, is_over: Callable[[], bool] = lambda: False) -> Reading | None:
        """Read ``text`` whole; None when ``is_over`` said so between two windows (some 15 ms each).

        Raises TaggerUnavailable, and whatever the runtime raises.
        """
        with self._lock:
            if self._session is None:
                self._session = load(self._folder)
            session = self._session
            tokens = self._tokenize(text, session)
            if not len(tokens):
                return Reading((), session.thresholds)
            windows = cut(tokens.breaks)
            rows = self._rows(session, [model_inputs(tokens, window) for window in windows], is_over)
            if rows is None:
                return None
            logits = join(len(tokens), windows, rows)
            if len(self._known_tags) > _KEPT_STRETCHES:
                self._known_tags.clear()
            predictions = tuple(decode(logits, tokens, known=self._known_tags))
        return Reading(predictions, session.thresholds, tokens, entity_probabilities(log_softmax(logits)))

    def forget(self) -> None:
        """Drop the kept results."""
        with self._lock:
            self._known.clear()
            self._known_tags.clear()
            self._last = None

    def _tokenize(self, text: str, session: Session) -> Tokens:
        """The pieces of ``text``, with those of the text before where it is the same."""
        if self._last is None:
            tokens = tokenize(text, session.tokenizer)
        else:
            tokens = tokenize_again(*self._last, text, session.tokenizer)
        self._last = (text, tokens) if len(text) <= _KEPT_CHARS else None
        return tokens

    def _rows(
        self, session: Session, inputs: "Sequence[tuple[np.ndarray, np.ndarray]]", is_over: Callable[[], bool]
    ) -> "list[np.ndarray] | None":
        """Logits of windows, without the rows of [CLS] and [SEP], or None if time was over; the caller holds the lock.

        Several at a time, each on one thread: all cores on one small window wait for one another too often.
        """
        keys = [ids.tobytes() + cases.tobytes() for ids, cases in inputs]
        for key in keys:
            if key in self._known:
                self._known.move_to_end(key)
        missing = {key: one for key, one in zip(keys, inputs, strict=True) if key not in self._known}

        def run(one: "tuple[np.ndarray, np.ndarray]") -> "np.ndarray | None":
            return None if is_over() else session.run(*one)[1:-1]

        pool = ThreadPoolExecutor(self._threads, "tagger")
        try:
            for key, logits in zip(missing, pool.map(run, missing.values()), strict=True):
                if logits is None:
                    return None
                self._known[key] = logits
            return [self._known[key] for key in keys]
        finally:
            pool.shutdown(cancel_futures=True)
            while len(self._known) > _KEPT_WINDOWS:
                self._known.popitem(last=False)
