"""Replaces findings by placeholders, and puts them back into an answer."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from models.pii.finding import Finding

_MIN_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Redaction:
    """``text`` with placeholders; ``vault`` maps each placeholder to the original and stays in memory."""

    text: str
    vault: Mapping[str, str] = field(repr=False)

    def restore(self, answer: str) -> str:
        """Put the originals back into ``answer``, in one pass, so that a restored value is never read again."""
        if not self.vault:
            return answer
        pattern = "|".join(re.escape(placeholder) for placeholder in self.vault)
        return re.sub(pattern, lambda match: self.vault[match[0]], answer)


def redact(text: str, findings: Sequence[Finding]) -> Redaction:
    """Replace every finding by a placeholder such as ``[PERSON_01]``.

    The same value gets the same placeholder. All numbers have the same width within one redaction and end in a
    bracket, so none is part of another; numbers that the text already holds are passed over, whatever their case.
    Overlapping findings are replaced as one. Raises ValueError for a finding outside the text.
    """
    spans = _spans(findings)
    if spans and (spans[0][0] < 0 or spans[-1][1] > len(text)):
        raise ValueError("a finding lies outside the text")
    values: dict[str, str] = {}
    for start, end, entity in spans:
        values.setdefault(text[start:end], entity)
    placeholders = _placeholders(values, text)
    parts: list[str] = []
    position = 0
    for start, end, _ in spans:
        parts += (text[position:start], placeholders[text[start:end]])
        position = end
    parts.append(text[position:])
    vault = {placeholder: value for value, placeholder in placeholders.items()}
    return Redaction("".join(parts), MappingProxyType(vault))


def _spans(findings: Sequence[Finding]) -> list[tuple[int, int, str]]:
    """(start, end, entity) in text order, overlaps joined under the stronger finding's entity."""
    spans: list[tuple[int, int, str, float]] = []
    for finding in sorted(findings):
        if finding.start >= finding.end:
            raise ValueError("a finding covers no text")
        if spans and finding.start < spans[-1][1]:
            start, end, entity, score = spans[-1]
            if finding.score > score:
                entity, score = finding.entity, finding.score
            spans[-1] = (start, max(end, finding.end), entity, score)
        else:
            spans.append((finding.start, finding.end, finding.entity, finding.score))
    return [span[:3] for span in spans]


def _placeholders(values: Mapping[str, str], text: str) -> dict[str, str]:
    """A placeholder for each value, numbered by entity in the order they occur."""
    taken = {match.upper() for match in re.findall(r"\[\w{1,40}_\d{1,12}\]", text)}
    width = max(_MIN_DIGITS, len(str(len(values) + len(taken))))
    numbers: dict[str, int] = {}
    placeholders: dict[str, str] = {}
    for value, entity in values.items():
        while True:
            numbers[entity] = numbers.get(entity, 0) + 1
            placeholder = f"[{entity}_{numbers[entity]:0{width}}]"
            if placeholder not in taken:
                break
        placeholders[value] = placeholder
    return placeholders
