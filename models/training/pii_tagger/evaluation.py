"""Temperature from the shapes kept back in training; figures on the held-out shapes, names and terms."""

from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from models.pii.tagger.decoding import Prediction, decode
from models.pii.tagger.labels import CONTEXT_ONLY, ENTITIES
from models.training.pii_tagger.calibration import fit_temperature
from models.training.pii_tagger.data import calibration_only
from models.training.pii_tagger.labels import known, tag_tokens
from models.training.pii_tagger.predicting import Predictor, tag_texts, text_logits
from models.training.pii_tagger.scoring import Report, overlap, score, uniform

if TYPE_CHECKING:
    from models.training.pii_corpus import Sample

CALIBRATION_SEED, HELD_OUT_SEED = 7_000_001, 7_000_002
SWEEP = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
PLAIN_BLOCKED_AT_MOST = 0.02
"""The operating point: so few of the kept-back plain texts may raise an alarm."""
LOWEST, HIGHEST = 0.25, 0.995
"""Between these the thresholds lie."""


def is_plain(sample: "Sample") -> bool:
    """Whether a text holds no personal data at all, identifiers and secrets included."""
    return all(entity in CONTEXT_ONLY for _, _, entity in sample.spans)


def calibration_samples(count: int, published: Path) -> "list[Sample]":
    """Texts of the training side's kept-back shapes and passages, half of them plain."""
    from models.training.pii_corpus import generate
    from models.training.pii_corpus.mixing import mixed

    made = islice(calibration_only(generate("train", 40 * count, CALIBRATION_SEED)), count)
    return list(mixed(made, published, "train", CALIBRATION_SEED, kept_back=True))


def held_out_samples(count: int, published: Path) -> "list[Sample]":
    """Texts of shapes, passages, names and terms that training never saw, half of them plain."""
    from models.training.pii_corpus import generate
    from models.training.pii_corpus.mixing import mixed

    return list(mixed(generate("held_out", count, HELD_OUT_SEED), published, "held_out", HELD_OUT_SEED))


def calibrate(samples: "Sequence[Sample]", predict: Predictor) -> tuple[float, dict[str, float]]:
    """Temperature, and the threshold of every entity."""
    found = text_logits([sample.text for sample in samples], predict)
    used = [(sample, tokens, logits) for sample, (tokens, logits) in zip(samples, found, strict=True) if len(tokens)]
    tags = np.concatenate([tag_tokens(tokens, sample.spans) for sample, tokens, _ in used])
    temperature = fit_temperature(np.concatenate([logits for *_, logits in used]), tags)
    results = [decode(logits, tokens, temperature) for _, tokens, logits in used]
    return temperature, choose_thresholds([sample for sample, *_ in used], results)


def choose_thresholds(
    samples: "Sequence[Sample]", results: Sequence[Sequence[Prediction]], blocked: float = PLAIN_BLOCKED_AT_MOST
) -> dict[str, float]:
    """Thresholds with which at most the share ``blocked`` of the plain texts raise an alarm, at the least loss.

    All start low; then, one false alarm after the other, the entity is raised above its lowest where that loses the
    fewest true spans.
    """
    alarms: dict[str, list[tuple[float, int]]] = {entity: [] for entity in ENTITIES}
    hits: dict[str, list[float]] = {entity: [] for entity in ENTITIES}
    plain = [is_plain(sample) for sample in samples]
    for index, (sample, predictions) in enumerate(zip(samples, results, strict=True)):
        true = known(sample.spans)
        for p in predictions:
            if plain[index] and p.entity not in CONTEXT_ONLY:
                alarms[p.entity].append((p.score, index))
            elif any(overlap(p.start, p.end, start, end) for start, end, _ in true):
                hits[p.entity].append(p.score)
    thresholds = uniform(LOWEST)
    for entity in ENTITIES:
        alarms[entity] = sorted(alarm for alarm in alarms[entity] if alarm[0] >= LOWEST)
    while len({index for ones in alarms.values() for _, index in ones}) > blocked * sum(plain):
        steps = []
        for entity, ones in alarms.items():
            above = float(np.floor(ones[0][0] * 1000) / 1000 + 0.001) if ones else 1.0
            if above <= HIGHEST:
                lost = sum(thresholds[entity] <= score < above for score in hits[entity])
                steps.append((lost, above, entity))
        if not steps:
            break  # what is left are alarms as sure as any
        _, above, entity = min(steps)
        thresholds[entity] = above
        alarms[entity] = [alarm for alarm in alarms[entity] if alarm[0] >= above]
    return thresholds


def evaluate(
    samples: "Sequence[Sample]", predict: Predictor, temperature: float, thresholds: Mapping[str, float]
) -> tuple[Report, list[Report]]:
    """The report at these thresholds, and those with the thresholds of ``SWEEP`` for all entities alike."""
    results = tag_texts([sample.text for sample in samples], predict, temperature)
    sweep = [_score(samples, results, uniform(threshold)) for threshold in SWEEP]
    return _score(samples, results, thresholds), sweep


def _score(
    samples: "Sequence[Sample]", results: Sequence[Sequence[Prediction]], thresholds: Mapping[str, float]
) -> Report:
    texts = ((sample.text, sample.spans, found) for sample, found in zip(samples, results, strict=True))
    return score(texts, thresholds, [is_plain(sample) for sample in samples])
