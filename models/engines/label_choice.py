"""Asks a language model for the probability of each label, where its answer would name one.

The beginning of the answer is the same for all labels up to a place. There the model's next-token probabilities say
which label it means; where several labels begin alike, they are asked again behind the common beginning.
"""

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Tokenize = Callable[[str], list[int]]
Path = tuple[int, ...]

MAX_FORKS = 12
"""Places at most at which the model is asked; labels that fork elsewhere share the probability of their beginning."""
UNLIKELY = math.log(0.01)
"""Log-probability of a common beginning below which it is not asked how it goes on."""


@dataclass(frozen=True, slots=True)
class LabelScores:
    """``logs``: natural logarithm of each label's probability, as if there were no other words; they sum up to 1.

    ``mass`` (0 to 1) is the probability that the model gives to naming any of the labels rather than anything else.
    """

    logs: tuple[float, ...]
    mass: float


@dataclass(frozen=True, slots=True)
class Fork:
    """How the answer begins: ``head`` for every label, then one of ``paths``, none of which begins another.

    ``end`` is the text behind the label that they hold.
    """

    head: Path
    paths: tuple[Path, ...]
    end: str


def fork(tokenize: Tokenize, labels: Sequence[str], *, multiple: bool) -> Fork | None:
    """The beginnings of the answer, one a label; None where the tokenizer does not tell two labels apart.

    A single label is followed up to where its reason begins. Where more may follow, it ends with its last letter, and
    what comes next is left to the model.
    """
    quoted = [json.dumps(label, ensure_ascii=False)[1:-1] for label in labels]
    end = '"],"reason":"'
    if multiple:
        alike = any(one != other and other.startswith(one) for one in quoted for other in quoted)
        end = '"' if alike else ""
    whole = [tuple(tokenize(f'{{"labels":["{label}{end}')) for label in quoted]
    shortest = min(len(path) for path in whole)
    common = next((i for i in range(shortest) if len({path[i] for path in whole}) > 1), shortest)
    paths = tuple(path[common:] for path in whole)
    begins_another = any(
        i != j and other[: len(one)] == one for i, one in enumerate(paths) for j, other in enumerate(paths)
    )
    return None if begins_another or not common else Fork(whole[0][:common], paths, end)


def score(paths: Sequence[Path], logits_behind: Callable[[Path], Any]) -> LabelScores:
    """The probability of each path.

    ``logits_behind`` gives the model's logits (one a token) behind the head and a common beginning of some paths; the
    first call is with none.
    """
    logs = [0.0] * len(paths)
    mass = 1.0
    open_groups: list[tuple[float, Path, list[int]]] = [(0.0, (), list(range(len(paths))))]
    asked = 0
    while open_groups:
        open_groups.sort(reverse=True)
        log, path, group = open_groups.pop(0)
        path = _common(path, [paths[i] for i in group])
        if asked and (asked >= MAX_FORKS or log < UNLIKELY):
            for i in group:
                logs[i] = log - math.log(len(group))
            continue
        branches: dict[int, list[int]] = {}
        for i in group:
            branches.setdefault(paths[i][len(path)], []).append(i)
        shares, total = _shares(logits_behind(path), list(branches))
        if not asked:
            mass = total
        asked += 1
        for (token, members), share in zip(branches.items(), shares, strict=True):
            if len(members) == 1:
                logs[members[0]] = log + share
            else:
                open_groups.append((log + share, (*path, token), members))
    return LabelScores(tuple(logs), mass)


def _common(path: Path, paths: Sequence[Path]) -> Path:
    """``path`` and what all of ``paths`` have in common behind it."""
    length = len(path)
    while len(paths) > 1 and len({other[length] for other in paths}) == 1:
        length += 1
    return paths[0][:length] if len(paths) > 1 else path


def _shares(logits: Any, tokens: list[int]) -> tuple[list[float], float]:
    """Log-probability of each token among these tokens, and their probability together among all."""
    import numpy

    every = numpy.asarray(logits, dtype=numpy.float64)
    top = every.max()
    these = every[tokens]
    among = these.max() + math.log(float(numpy.exp(these - these.max()).sum()))
    total = top + math.log(float(numpy.exp(every - top).sum()))
    return [float(value - among) for value in these], math.exp(among - total)
