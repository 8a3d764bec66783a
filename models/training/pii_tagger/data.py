"""Samples of the corpus → windows with tags, in batches of like length."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from models.pii.tagger.features import PLACES, SPECIAL_CASE, load_tokenizer, tokenize
from models.pii.tagger.labels import OUTSIDE
from models.pii.tagger.windows import cut, model_inputs
from models.training.pii_corpus.generator import Sample
from models.training.pii_corpus.splits import is_kept_back
from models.training.pii_tagger.labels import IGNORED, tag_tokens

if TYPE_CHECKING:
    from tokenizers import Tokenizer

PADDING = 0
LEAST_PART = 8
"""Pieces that the part of a window has at least."""


@dataclass(frozen=True, slots=True)
class Example:
    """One window: piece ids, cases and tags, each (pieces,) with [CLS] and [SEP]."""

    ids: np.ndarray
    cases: np.ndarray
    tags: np.ndarray


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded windows, each array (windows, pieces) int64; ``mask`` is 1 on pieces and 0 on padding."""

    ids: np.ndarray
    cases: np.ndarray
    mask: np.ndarray
    tags: np.ndarray


def training_only(samples: Iterable[Sample]) -> Iterator[Sample]:
    """The samples without any shape that is kept back."""
    return (s for s in samples if not any(is_kept_back(shape) for shape in s.shape_id.split("+")))


def calibration_only(samples: Iterable[Sample]) -> Iterator[Sample]:
    """The samples of nothing but shapes that are kept back."""
    return (s for s in samples if all(is_kept_back(shape) for shape in s.shape_id.split("+")))


def examples_of(sample: Sample, tokenizer: "Tokenizer") -> list[Example]:
    """The windows of one text with their tags; none for a text without pieces."""
    tokens = tokenize(sample.text, tokenizer)
    if not len(tokens):
        return []
    tags = tag_tokens(tokens, sample.spans)
    ends = np.array([IGNORED], np.int64)
    return [
        Example(*model_inputs(tokens, (first, after)), np.concatenate([ends, tags[first:after], ends]))
        for first, after in cut(tokens.breaks)
    ]


def training_round(
    index: int, samples: int, seed: int, negatives: float, noise: float, published: Path
) -> list[Example]:
    """The examples of one round: always the same for the same arguments, other texts in every round.

    ``published`` is the folder of archives with plain text.
    """
    from models.training.pii_corpus import generate
    from models.training.pii_corpus.mixing import mixed

    tokenizer = load_tokenizer()
    number = seed * 10_000 + index
    made = training_only(generate("train", samples, number, negatives, noise))
    return [example for sample in mixed(made, published, "train", number) for example in examples_of(sample, tokenizer)]


def batches(examples: Sequence[Example], pieces: int, rng: random.Random) -> list[list[Example]]:
    """Examples of like length together, at most ``pieces`` with padding in a batch, batches in random order."""
    # The noise on the length keeps the same neighbours from meeting in every round.
    ordered = sorted(examples, key=lambda example: len(example.ids) * rng.uniform(1.0, 1.08))
    groups: list[list[Example]] = []
    group: list[Example] = []
    longest = 0
    for example in ordered:
        longest = max(longest, len(example.ids))
        if group and longest * (len(group) + 1) > pieces:
            groups.append(group)
            group, longest = [], len(example.ids)
        group.append(example)
    if group:
        groups.append(group)
    rng.shuffle(groups)
    return groups


def collate(examples: Sequence[Example], multiple: int = 8) -> Batch:
    """Pad to the longest, rounded up to a ``multiple``."""
    width = -(-max(len(example.ids) for example in examples) // multiple) * multiple
    shape = (len(examples), width)
    batch = Batch(
        np.full(shape, PADDING, np.int64),
        np.full(shape, SPECIAL_CASE, np.int64),
        np.zeros(shape, np.int64),
        np.full(shape, IGNORED, np.int64),
    )
    for row, example in enumerate(examples):
        length = len(example.ids)
        batch.ids[row, :length], batch.cases[row, :length] = example.ids, example.cases
        batch.tags[row, :length], batch.mask[row, :length] = example.tags, 1
    return batch


def part_of(example: Example, rng: random.Random, share: float) -> Example:
    """The example, or in the ``share`` of all cases only a part of it, cut between words outside the spans."""
    tags = example.tags
    if len(tags) < 2 * LEAST_PART or rng.random() >= share:
        return example
    places = [i for i in range(1, len(tags) - 1) if tags[i] == OUTSIDE and not is_inside_word(example.cases[i])]
    if len(places) < 2:
        return example
    first, after = sorted(rng.sample(places, 2))
    if after - first < LEAST_PART:
        return example
    rows = np.r_[0, first:after, len(tags) - 1]
    return Example(example.ids[rows], example.cases[rows], tags[rows])


def is_inside_word(case: int) -> bool:
    """Whether a piece of this case stands inside a word."""
    return case > 0 and (case - 1) % len(PLACES) == PLACES.index("continuation")


def save_round(examples: Sequence[Example], path: Path) -> None:
    """Write the examples of one round, for machines that train several models on the same texts."""
    lengths = np.array([len(example.ids) for example in examples], np.int32)
    parts = {
        "ids": np.concatenate([example.ids for example in examples]).astype(np.int32),
        "cases": np.concatenate([example.cases for example in examples]).astype(np.int8),
        "tags": np.concatenate([example.tags for example in examples]).astype(np.int8),
    }
    beside = path.with_suffix(".part.npz")
    np.savez(beside, lengths=lengths, **parts)
    beside.replace(path)


def load_round(path: Path) -> list[Example]:
    """The examples that ``save_round`` wrote."""
    with np.load(path) as stored:
        ends = np.cumsum(stored["lengths"])[:-1]
        columns = [np.split(stored[name].astype(np.int64), ends) for name in ("ids", "cases", "tags")]
    return [Example(*row) for row in zip(*columns, strict=True)]
