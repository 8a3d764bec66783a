"""Figures by entity: spans found exactly, characters covered, and false alarms in texts without personal data."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from models.pii.tagger.decoding import Prediction
from models.pii.tagger.labels import CONTEXT_ONLY, ENTITIES
from models.training.pii_tagger.calibration import calibration_error
from models.training.pii_tagger.labels import Span, known


@dataclass(slots=True)
class Counts:
    """Of one entity. ``touched`` counts the true spans of which some personal prediction covers at least half."""

    true: int = 0
    found: int = 0
    exact: int = 0
    touched: int = 0
    characters: int = 0
    covered: int = 0

    @property
    def f1(self) -> float:
        """Of exact spans."""
        return 2 * self.exact / (self.true + self.found) if self.true + self.found else 0.0


@dataclass(slots=True)
class Report:
    """All figures of one set of texts; ``thresholds`` has one for every entity."""

    thresholds: Mapping[str, float]
    by_entity: dict[str, Counts] = field(default_factory=lambda: {entity: Counts() for entity in ENTITIES})
    plain_texts: int = 0
    plain_blocked: int = 0
    plain_characters: int = 0
    plain_alarms: dict[str, int] = field(default_factory=dict)
    personal_texts: int = 0
    personal_blocked: int = 0
    calibration_error: float = 0.0

    @property
    def plain_share(self) -> float:
        """Share of the texts without personal data that raise an alarm."""
        return self.plain_blocked / max(self.plain_texts, 1)

    @property
    def found_share(self) -> float:
        """Share of all spans that are touched, those of context included."""
        counts = self.by_entity.values()
        return sum(c.touched for c in counts) / max(1, sum(c.true for c in counts))

    @property
    def alarms_per_plain_text(self) -> float:
        """Personal spans predicted, per text without personal data."""
        return sum(self.plain_alarms.values()) / max(self.plain_texts, 1)

    def as_dict(self) -> dict[str, object]:
        """For JSON: shares as numbers from 0 to 1."""
        return {
            "thresholds": dict(self.thresholds),
            "entities": {
                entity: {
                    "spans": c.true,
                    "found": c.touched / max(c.true, 1),
                    "characters": c.covered / max(c.characters, 1),
                    "precision": c.exact / max(c.found, 1),
                    "recall": c.exact / max(c.true, 1),
                    "f1": c.f1,
                }
                for entity, c in self.by_entity.items()
            },
            "plain_texts": self.plain_texts,
            "plain_blocked": self.plain_share,
            "alarms_per_plain_text": self.alarms_per_plain_text,
            "alarms_per_10_kB": sum(self.plain_alarms.values()) / max(self.plain_characters, 1) * 1e4,
            "alarms_by_entity": self.plain_alarms,
            "personal_texts": self.personal_texts,
            "personal_blocked": self.personal_blocked / max(self.personal_texts, 1),
            "calibration_error": self.calibration_error,
        }


def uniform(threshold: float) -> dict[str, float]:
    """The same threshold for every entity."""
    return dict.fromkeys(ENTITIES, threshold)


def overlap(start: int, end: int, other_start: int, other_end: int) -> int:
    """Characters that two spans share."""
    return max(0, min(end, other_end) - max(start, other_start))


def score(
    texts: Iterable[tuple[str, Sequence[Span], Sequence[Prediction]]],
    thresholds: Mapping[str, float],
    plain: Sequence[bool],
) -> Report:
    """Compare predictions that reach their entity's threshold with the true spans of every text.

    ``plain`` says which texts hold no personal data at all, identifiers included; ``personal_blocked`` is counted over
    the texts that hold a personal span of this model's entities. ``characters`` of an entity count as covered by a
    prediction of any personal entity (of any at all for those that are context only): what matters is that it is seen.
    """
    report = Report(thresholds)
    scores: list[float] = []
    correct: list[bool] = []
    for (text, spans, predictions), is_plain in zip(texts, plain, strict=True):
        true = known(spans)
        kept = [p for p in predictions if p.score >= thresholds[p.entity]]
        truth = set(true)
        personal = [p for p in kept if p.entity not in CONTEXT_ONLY]
        for prediction in predictions:
            scores.append(prediction.score)
            correct.append(
                any(e == prediction.entity and overlap(prediction.start, prediction.end, s, t) for s, t, e in true)
            )
        for prediction in kept:
            counts = report.by_entity[prediction.entity]
            counts.found += 1
            counts.exact += (prediction.start, prediction.end, prediction.entity) in truth
        for start, end, entity in true:
            counts = report.by_entity[entity]
            counts.true += 1
            counts.characters += end - start
            seen = sum(overlap(start, end, p.start, p.end) for p in (kept if entity in CONTEXT_ONLY else personal))
            counts.covered += seen
            counts.touched += 2 * seen >= end - start
        if is_plain:
            report.plain_texts += 1
            report.plain_characters += len(text)
            report.plain_blocked += bool(personal)
            for prediction in personal:
                report.plain_alarms[prediction.entity] = report.plain_alarms.get(prediction.entity, 0) + 1
        elif any(entity not in CONTEXT_ONLY for _, _, entity in true):
            report.personal_texts += 1
            report.personal_blocked += bool(personal)
    report.calibration_error = calibration_error(scores, correct)
    return report


def table(report: Report) -> str:
    """The report as Markdown."""
    lines = [
        "| entity | threshold | spans | found | characters | precision | recall | F1 |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for entity, counts in report.by_entity.items():
        shares = (
            counts.touched / max(counts.true, 1),
            counts.covered / max(counts.characters, 1),
            counts.exact / max(counts.found, 1),
            counts.exact / max(counts.true, 1),
            counts.f1,
        )
        lines.append(
            f"| {entity} | {report.thresholds[entity]:.2f} | {counts.true} | "
            + " | ".join(f"{share:.1%}" for share in shares)
            + " |"
        )
    figures = report.as_dict()
    lines += [
        "",
        f"{figures['plain_blocked']:.1%} of {report.plain_texts} plain texts raise an alarm"
        f" ({report.alarms_per_plain_text:.3f} a text, {figures['alarms_per_10_kB']:.2f} in 10 kB),"
        f" {figures['personal_blocked']:.1%} of {report.personal_texts} personal texts do."
        f" Calibration error of the spans' scores: {report.calibration_error:.3f}.",
    ]
    return "\n".join(lines)
