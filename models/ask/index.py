"""An index of passages in memory: by meaning (the built-in model's embedding) and by the words that stand in them."""

import math
import re
import threading
from collections import Counter
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.ask.passages import Passage, passages
from models.engines.starter.embedding import WIDTH, Cancelled, Embedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MEANING = 0.7
"""Weight of the likeness in meaning against that in words: names and numbers are found by their words."""
BATCH = 64
"""Passages read between two looks at Stop."""
FAR = 0.28
"""Score below which a passage says nothing to a question."""
_WORD = re.compile(r"\w+", re.UNICODE)


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


_COMMON = _words(
    """
    a an and are as at be been but by can could did do does for from had has have how i if in is it its me my no not
    of on or our shall should so than that the their them there these they this to was we were what when where which
    who whom whose why will with would you your
    """
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that may answer: in which document, where, its words, and how like the question it is (0 to 1)."""

    document: str
    passage: Passage
    text: str
    score: float


class AskIndex:
    """Documents of one session. Nothing is written anywhere. Not for two threads at once.

    Args:
        embedder: the built-in model.
    """

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._documents: dict[str, str] = {}
        self._owners: list[str] = []
        self._passages: list[Passage] = []
        self._vectors: list[NDArray[np.float32]] = []
        self._words: list[Counter[str]] = []
        self._holding: Counter[str] = Counter()

    @property
    def documents(self) -> tuple[str, ...]:
        """Names of the documents, in the order in which they came."""
        return tuple(self._documents)

    @property
    def size(self) -> int:
        """Passages in all."""
        return len(self._passages)

    def add(self, name: str, text: str, cancel: threading.Event) -> Generator[tuple[int, int], None, None]:
        """Read a document; yields (passages done, passages in all). One of the same name is replaced.

        A document whose reading is stopped is not in the index.

        Raises:
            Cancelled: ``cancel`` was set.
            EngineUnavailable: the built-in model is missing or damaged.
        """

        def listen() -> None:
            if cancel.is_set():
                raise Cancelled

        found = list(passages(text, listen))
        vectors: list[NDArray[np.float32]] = []
        for begin in range(0, len(found), BATCH):
            yield begin, len(found)
            listen()
            part = [text[one.start : one.end] for one in found[begin : begin + BATCH]]
            vectors.extend(self._embedder.embed(part, cancel=cancel))
        self._put(name, text, found, vectors)
        yield len(found), len(found)

    def text_of(self, name: str) -> str:
        """The text of a document that was read in."""
        return self._documents[name]

    def vectors_of(self, name: str) -> "NDArray[np.float32]":
        """The embeddings (n, 384) of a document's passages, in order; to keep them, and ``restore`` them later."""
        import numpy as np

        mine = [vector for vector, owner in zip(self._vectors, self._owners, strict=True) if owner == name]
        return np.array(mine, np.float32).reshape(len(mine), WIDTH)

    def restore(self, name: str, text: str, vectors: "NDArray[np.float32]") -> bool:
        """Put back a document that was kept; False where its passages are others now, so it must be read again."""
        found = list(passages(text))
        if len(found) != len(vectors):
            return False
        self._put(name, text, found, list(vectors))
        return True

    def _put(self, name: str, text: str, found: Sequence[Passage], vectors: "Sequence[NDArray[np.float32]]") -> None:
        self.remove(name)
        self._documents[name] = text
        for passage, vector in zip(found, vectors, strict=True):
            words = Counter(_terms(text[passage.start : passage.end]))
            self._owners.append(name)
            self._passages.append(passage)
            self._vectors.append(vector)
            self._words.append(words)
            self._holding.update(words.keys())

    def remove(self, name: str) -> None:
        """Forget a document."""
        if self._documents.pop(name, None) is None:
            return
        kept = [place for place, owner in enumerate(self._owners) if owner != name]
        self._owners = [self._owners[place] for place in kept]
        self._passages = [self._passages[place] for place in kept]
        self._vectors = [self._vectors[place] for place in kept]
        self._words = [self._words[place] for place in kept]
        self._holding = Counter(word for words in self._words for word in words)

    def search(self, question: str, most: int = 6) -> list[Hit]:
        """The passages that say most to a question, the best first; empty where none says anything.

        Raises:
            EngineUnavailable: the built-in model is missing or damaged.
        """
        import numpy as np

        if not self._passages or not question.strip():
            return []
        asked = self._embedder.embed([question])[0]
        meaning = np.array(self._vectors) @ asked
        wanted = {word: self._rarity(word) for word in set(_terms(question))}
        total = sum(wanted.values()) or 1.0
        words = np.array(
            [sum(rarity for word, rarity in wanted.items() if word in held) / total for held in self._words]
        )
        scores = MEANING * np.maximum(meaning, 0.0) + (1 - MEANING) * words
        order = np.argsort(-scores, kind="stable")[:most]
        return [self._hit(int(place), float(scores[place])) for place in order if scores[place] >= FAR]

    def _hit(self, place: int, score: float) -> Hit:
        name, passage = self._owners[place], self._passages[place]
        return Hit(name, passage, self._documents[name][passage.start : passage.end], score)

    def _rarity(self, word: str) -> float:
        """How much a word says: more the fewer passages hold it; as much as the rarest where none does."""
        return math.log(1 + len(self._passages) / max(1, self._holding[word]))


def _terms(text: str) -> list[str]:
    """Words in small letters, without the commonest, and without a plural's s."""
    words = [word for word in _WORD.findall(text.casefold()) if word not in _COMMON]
    return [word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word for word in words]
