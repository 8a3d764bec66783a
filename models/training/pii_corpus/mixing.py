"""Puts published plain text among the made-up texts: in place of some plain ones, and around some personal ones."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from models.training.pii_corpus.generator import Sample
from models.training.pii_corpus.noise import add_noise
from models.training.pii_corpus.published import LANGUAGES, Passage, passages
from models.training.pii_corpus.splits import Split, is_kept_back

PLAIN_SHARE = 0.5
"""Of the plain texts: how many are published ones."""
AROUND_SHARE = 0.2
"""Of the personal texts that stand in sentences: how many have published sentences around them."""
ENGLISH_SHARE = 0.5
NOISE = 0.15
MOST_PASSAGES = 7


@dataclass(frozen=True, slots=True)
class Side:
    """The published text that may be drawn from: archives, side of the split, and which part of the training side."""

    folder: Path
    split: Split
    kept_back: bool = False


def mixed(
    samples: Iterable[Sample], folder: Path, split: Split, seed: int, kept_back: bool = False
) -> Iterator[Sample]:
    """The samples with published text of the same side mixed in; the same arguments give the same samples.

    With ``kept_back``, of that part of the training side which calibration uses; else of the part without it.
    """
    side = Side(folder, split, kept_back)
    rng = random.Random(f"published {split} {seed}")
    for sample in samples:
        chance = rng.random()
        if not sample.personal_spans and chance < PLAIN_SHARE:
            yield published_sample(side, rng)
        elif sample.personal_spans and chance < AROUND_SHARE and sample.text.count("\n") < 2:
            yield _surrounded(sample, side, rng)
        else:
            yield sample


def published_sample(side: Side, rng: random.Random) -> Sample:
    """One plain text of a few passages in one language."""
    language = "en" if rng.random() < ENGLISH_SHARE else rng.choice(LANGUAGES[1:])
    chosen = _draw(side, language, rng.randint(1, MOST_PASSAGES), rng)
    text = _joined(chosen, rng)
    done: tuple[str, ...] = ()
    if rng.random() < NOISE:
        text, _, done = add_noise(text, (), rng)
    return Sample(text, (), "published", "+".join(p.passage_id for p in chosen), language, done)


def _surrounded(sample: Sample, side: Side, rng: random.Random) -> Sample:
    language = sample.language if sample.language in LANGUAGES else "en"
    before = _draw(side, language, rng.randint(0, 2), rng)
    after = _draw(side, language, rng.randint(0 if before else 1, 3), rng)
    lead = f"{_joined(before, rng)}{rng.choice((' ', chr(10)))}" if before else ""
    trail = f"{rng.choice((' ', chr(10)))}{_joined(after, rng)}" if after else ""
    spans = tuple((start + len(lead), end + len(lead), entity) for start, end, entity in sample.spans)
    name = "+".join((sample.shape_id, *(p.passage_id for p in (*before, *after))))
    return replace(sample, text=lead + sample.text + trail, spans=spans, shape_id=name)


def _joined(chosen: list[Passage], rng: random.Random) -> str:
    """Passages as sentences, as lines or as a list."""
    style = rng.random()
    sentences = [_sentence(passage.text) if style < 0.85 else passage.text for passage in chosen]
    if style < 0.65:
        return " ".join(sentences)
    bullet = rng.choice(("- ", "• ", "* ", "")) if style > 0.75 else ""
    return "\n".join(bullet + sentence for sentence in sentences)


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?:;…" else ".")


def _draw(side: Side, language: str, count: int, rng: random.Random) -> list[Passage]:
    pool = _pool(side, language) or _pool(side, "en")
    return [rng.choice(pool) for _ in range(count)]


@cache
def _pool(side: Side, language: str) -> list[Passage]:
    return [
        passage
        for passage in passages(side.folder)
        if passage.language == language
        and passage.split == side.split
        and (side.split == "held_out" or is_kept_back(passage.passage_id) == side.kept_back)
    ]
