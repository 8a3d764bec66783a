"""Scores of tags → spans in the text: the best legal sequence of tags, and how sure the model is of each span."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.pii.tagger.features import Tokens
from models.pii.tagger.labels import CONTEXT_ONLY, ENTITIES, OUTSIDE

if TYPE_CHECKING:
    import numpy as np

_COUNT = len(ENTITIES)
_BEGIN, _INSIDE = slice(1, 1 + _COUNT), slice(1 + _COUNT, 1 + 2 * _COUNT)


@dataclass(frozen=True, slots=True, order=True)
class Prediction:
    """One span, in characters of the text.

    ``score`` is the mean probability over its pieces that they are personal, whichever the entity: doubt between a date
    of birth and an age is no doubt about an alarm. For entities that are context only, that of the entity itself.
    """

    start: int
    end: int
    entity: str
    score: float


def log_softmax(logits: "np.ndarray") -> "np.ndarray":
    """Logarithm of the probabilities along the last axis."""
    import numpy as np

    shifted = logits - logits.max(axis=-1, keepdims=True)
    result: np.ndarray = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result


def best_tags(log_probs: "np.ndarray", continues: "np.ndarray") -> "np.ndarray":
    """The most probable legal sequence of tags (Viterbi), (pieces,) int64.

    ``log_probs`` (pieces, tags), ``continues`` as in ``Tokens``. Legal is: I- only after B- or I- of the same entity;
    and no span begins or ends inside a word.
    """
    import numpy as np

    count = len(log_probs)
    if count == 0:
        return np.zeros(0, np.int64)
    every = np.arange(log_probs.shape[1])
    came_from = np.zeros((count, len(every)), np.int64)
    score = log_probs[0].copy()
    score[_INSIDE] = -np.inf
    for index in range(1, count):
        before = np.empty(len(every), np.int64)
        before[_INSIDE] = np.where(score[_BEGIN] >= score[_INSIDE], every[_BEGIN], every[_INSIDE])
        stay = score[before[_INSIDE]]
        if continues[index]:
            before[OUTSIDE], before[_BEGIN] = OUTSIDE, OUTSIDE
            score = np.concatenate([score[:1], np.full(_COUNT, -np.inf), stay])
        else:
            before[: 1 + _COUNT] = best = int(score.argmax())
            score = np.concatenate([np.full(1 + _COUNT, score[best]), stay])
        score = score + log_probs[index]
        came_from[index] = before
    tags = np.empty(count, np.int64)
    tags[-1] = int(score.argmax())
    for index in range(count - 1, 0, -1):
        tags[index - 1] = came_from[index, tags[index]]
    return tags


def _stretches(log_probs: "np.ndarray", tokens: Tokens) -> list[tuple[int, int]]:
    """First and end of the runs of words that are not plainly outside; only they need the search (most text does not).

    A piece is plainly outside when its best other tag is less than e^-6 times as probable.
    """
    import numpy as np

    if len(tokens) == 0:
        return []
    loud = log_probs[:, 1:].max(axis=1) > log_probs[:, OUTSIDE] - 6.0
    starts = np.flatnonzero(~tokens.continues)
    loud_word = np.logical_or.reduceat(loud, starts)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], loud_word, [False]]).astype(np.int8)))
    bounds = np.append(starts, len(tokens))[edges]
    return [(int(first), int(after)) for first, after in bounds.reshape(-1, 2)]


def entity_probabilities(log_probs: "np.ndarray") -> "np.ndarray":
    """(pieces, tags) → (pieces, entities): how probable it is that a piece belongs to each entity."""
    import numpy as np

    probabilities = np.exp(log_probs)
    result: np.ndarray = probabilities[:, _BEGIN] + probabilities[:, _INSIDE]
    return result


def decode(
    logits: "np.ndarray",
    tokens: Tokens,
    temperature: float = 1.0,
    outside_bias: float = 0.0,
    known: "dict[bytes, np.ndarray] | None" = None,
) -> list[Prediction]:
    """Spans of the text in order.

    ``logits`` (pieces, tags). ``temperature`` divides them, for calibrated scores; ``outside_bias`` is taken from the
    logit of O before the best sequence is sought, so that more is found (the scores do not change). ``known`` keeps
    the tags of stretches for the next call.
    """
    import numpy as np

    log_probs = log_softmax(logits.astype(np.float64) / temperature)
    of_entity = entity_probabilities(log_probs)
    personal = [index for index, entity in enumerate(ENTITIES) if entity not in CONTEXT_ONLY]
    of_entity[:, personal] = of_entity[:, personal].sum(axis=1, keepdims=True)
    biased = log_probs.copy()
    biased[:, OUTSIDE] -= outside_bias
    tags = np.zeros(len(tokens), np.int64)
    continues = tokens.continues
    for first, after in _stretches(biased, tokens):
        part, inner = biased[first:after], continues[first:after]
        key = part.tobytes() + inner.tobytes() if known is not None else b""
        best = known.get(key) if known is not None else None
        if best is None:
            best = best_tags(part, inner)
            if known is not None:
                known[key] = best
        tags[first:after] = best
    found = []
    for first in map(int, np.flatnonzero((tags >= 1) & (tags <= _COUNT))):
        after = first + 1
        while after < len(tags) and tags[after] > _COUNT:
            after += 1
        entity = int(tags[first]) - 1
        score = float(of_entity[first:after, entity].mean())
        start, end = int(tokens.starts[first]), int(tokens.ends[after - 1])
        found.append(Prediction(start, end, ENTITIES[entity], min(score, 1.0)))
    return found
