"""Temperature from the shapes kept back in training; figures on the held-out shapes, names and terms."""

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from models.training.pii_tagger.calibration import fit_temperature
from models.training.pii_tagger.data import calibration_only
from models.training.pii_tagger.decoding import Prediction, decode
from models.training.pii_tagger.labels import CONTEXT_ONLY, tag_tokens
from models.training.pii_tagger.predicting import Predictor, tag_texts, text_logits
from models.training.pii_tagger.scoring import Report, score

if TYPE_CHECKING:
    from models.training.pii_corpus import Sample

CALIBRATION_SEED, HELD_OUT_SEED = 7_000_001, 7_000_002
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
PLAIN_BLOCKED_AT_MOST = 0.02
"""The operating point: the lowest threshold at which so few of the kept-back plain texts raise an alarm."""


def is_plain(sample: "Sample") -> bool:
    """Whether a text holds no personal data at all, identifiers and secrets included."""
    return all(entity in CONTEXT_ONLY for _, _, entity in sample.spans)


def calibration_samples(count: int) -> "list[Sample]":
    """Texts of the training side's kept-back shapes, half of them plain."""
    from models.training.pii_corpus import generate

    return list(islice(calibration_only(generate("train", 40 * count, CALIBRATION_SEED)), count))


def held_out_samples(count: int) -> "list[Sample]":
    """Texts of shapes, names and terms that training never saw, half of them plain."""
    from models.training.pii_corpus import generate

    return list(generate("held_out", count, HELD_OUT_SEED))


def calibrate(samples: "Sequence[Sample]", predict: Predictor) -> tuple[float, float]:
    """Temperature, and the threshold for ``PLAIN_BLOCKED_AT_MOST`` (0.9 where none reaches it)."""
    found = text_logits([sample.text for sample in samples], predict)
    used = [(sample, tokens, logits) for sample, (tokens, logits) in zip(samples, found, strict=True) if len(tokens)]
    tags = np.concatenate([tag_tokens(tokens, sample.spans) for sample, tokens, _ in used])
    temperature = fit_temperature(np.concatenate([logits for *_, logits in used]), tags)
    results = [decode(logits, tokens, temperature) for _, tokens, logits in used]
    for threshold in THRESHOLDS:
        report = _score([sample for sample, *_ in used], results, threshold)
        if report.plain_blocked <= PLAIN_BLOCKED_AT_MOST * report.plain_texts:
            return temperature, threshold
    return temperature, THRESHOLDS[-1]


def evaluate(
    samples: "Sequence[Sample]", predict: Predictor, temperature: float, thresholds: Sequence[float] = THRESHOLDS
) -> list[Report]:
    """One report a threshold."""
    results = tag_texts([sample.text for sample in samples], predict, temperature)
    return [_score(samples, results, threshold) for threshold in thresholds]


def _score(samples: "Sequence[Sample]", results: Sequence[Sequence[Prediction]], threshold: float) -> Report:
    texts = ((sample.text, sample.spans, found) for sample, found in zip(samples, results, strict=True))
    return score(texts, threshold, [is_plain(sample) for sample in samples])
