"""Turns a model's label probabilities into a confidence that may be believed, or into an abstention.

A language model leans towards some labels whatever the text says. What it answers to a text without content shows how
much, and is taken off (Zhao et al. 2021, "Calibrate Before Use"). It is also too sure of itself or not sure enough:
one temperature, fitted on golden cases, puts that right (Guo et al. 2017, "On Calibration of Modern Neural Networks").
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from models.engines.label_choice import LabelScores
from models.skills.render import CHECK_FROM, SURE_FROM

CONTENT_FREE = "N/A"
"""The text without content."""
LOW_MASS = 0.05
"""Probability of all labels together below which the model did not want to name a label: then it is unsure."""
NO_MASS = 1e-7
"""Below it the model was on another track altogether, and no label is given."""
NO_MARGIN = 0.02
"""Difference between the two likeliest labels below which neither is given."""
MIN_CASES = 5
"""Golden cases that a temperature is fitted on at least."""
TEMPERATURES = tuple(round(0.25 * 1.1**step, 4) for step in range(40))
"""Those tried: 0.25 (too timid a model) to 10 (a model that is sure of everything)."""
_JUST_UNDER = 1e-3


@dataclass(frozen=True, slots=True)
class Calibration:
    """What is known of a model's answers to one prompt. ``bias`` holds the logs of the text without content.

    ``measured`` says whether the temperature was fitted on golden cases.
    """

    bias: tuple[float, ...]
    temperature: float = 1.0
    measured: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The label to give (its index, None to abstain) and the confidence in it, 0 to 1."""

    label: int | None
    confidence: float


def judge(scores: LabelScores, calibration: Calibration | None) -> Verdict:
    """The label, and how sure it is. Without a calibration it is never in the band "sure"."""
    shares = calibrated(scores.logs, calibration)
    order = sorted(range(len(shares)), key=lambda index: -shares[index])
    confidence = shares[order[0]]
    if scores.mass < NO_MASS or confidence - shares[order[1]] < NO_MARGIN:
        return Verdict(None, confidence)
    if scores.mass < LOW_MASS:
        confidence = min(confidence, CHECK_FROM - _JUST_UNDER)
    if calibration is None:
        confidence = min(confidence, SURE_FROM - _JUST_UNDER)
    return Verdict(order[0], confidence)


def calibrated(logs: Sequence[float], calibration: Calibration | None) -> list[float]:
    """Probability of each label, bias and temperature taken off; they sum up to 1."""
    bias, temperature = (calibration.bias, calibration.temperature) if calibration else ((), 1.0)
    if len(bias) != len(logs):
        bias = (0.0,) * len(logs)
    values = [(log - lean) / temperature for log, lean in zip(logs, bias, strict=True)]
    top = max(values)
    weights = [math.exp(value - top) for value in values]
    return [weight / sum(weights) for weight in weights]


def fit(bias: Sequence[float], cases: Sequence[tuple[Sequence[float], int]]) -> Calibration:
    """A calibration whose temperature makes the right labels of ``cases`` (logs, index of the right label) likeliest.

    With fewer than ``MIN_CASES`` cases the temperature stays 1.
    """
    if len(cases) < MIN_CASES:
        return Calibration(tuple(bias))

    def loss(temperature: float) -> float:
        calibration = Calibration(tuple(bias), temperature)
        return -sum(math.log(max(1e-12, calibrated(logs, calibration)[right])) for logs, right in cases)

    best = min(TEMPERATURES, key=lambda temperature: (round(loss(temperature), 9), abs(math.log(temperature))))
    return Calibration(tuple(bias), best, measured=True)
