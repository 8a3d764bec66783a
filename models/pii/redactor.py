"""Replaces findings by placeholders such as ``[PERSON_01]``, and puts the values back into an answer.

The same value has the same placeholder: whatever its case, spacing, separators and possessive; a part of a full name
("Ms Doe" after "Jane Doe") has the placeholder of the full name, as long as no other name shares it. So a model sees
one person as one. The spelling of each occurrence is kept: see ``restorer``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from models.errors import StrongroomError
from models.pii.finding import Finding, Scan
from models.pii.placeholders import Grammar, Name, mentions, placeholder
from models.pii.restorer import Restoration, StreamRestorer
from models.pii.same_value import group

_MIN_DIGITS = 2


class ScanIncomplete(StrongroomError):
    """A text whose scan was not finished cannot be redacted: what was not looked at would be left standing."""

    def __init__(self) -> None:
        super().__init__(
            "Not redacted",
            "The check for personal data could not be finished, so some of it would be left standing. Nothing was "
            "changed or copied. Try again, or with a shorter text.",
        )


@dataclass(frozen=True, slots=True)
class Redaction:
    """``text`` with placeholders; ``vault`` maps each placeholder to the original and stays in memory.

    ``occurrences`` holds (placeholder, original) in the order of ``text``; ``starts`` the offsets in ``text`` of the
    placeholders there. ``grammar`` says how freely an answer's placeholders may be read.
    """

    text: str
    vault: Mapping[str, str] = field(repr=False)
    occurrences: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    starts: tuple[int, ...] = field(default=(), repr=False)
    grammar: Grammar = Grammar.FREE

    def restore(self, answer: str) -> str:
        """``answer`` with the originals put back, in one pass, so that a restored value is never read again."""
        return self.restoration(answer).text

    def restoration(self, answer: str) -> Restoration:
        """The restored answer and what could not be restored in it."""
        restorer = self.stream()
        text = restorer.feed(answer) + restorer.finish()
        return restorer.result(text)

    def stream(self) -> StreamRestorer:
        """A restorer for an answer that comes in pieces. It is for one answer."""
        return StreamRestorer(self.vault, self.occurrences, self.grammar)

    def remaining(self, scan: Callable[[str], Scan]) -> Scan:
        """What ``scan`` (an analyzer's) still finds in the redacted text, placeholders themselves left aside."""
        spans = [(start, start + len(name)) for start, (name, _) in zip(self.starts, self.occurrences, strict=True)]
        return without_spans(scan(self.text), self.text, spans)


def redact(text: str, findings: Scan | Sequence[Finding]) -> Redaction:
    """Replace every finding by a placeholder.

    All numbers have the same width within one redaction and end in a bracket, so none is part of another; numbers that
    the text already uses in anything that could be read as a placeholder are passed over. Overlapping findings are
    replaced as one, and so are findings of one entity that touch. Raises ScanIncomplete for a scan that was not
    finished, ValueError for a finding outside the text.
    """
    spans = spans_of(text, findings)
    values = list(dict.fromkeys((entity, text[start:end]) for start, end, entity in spans))
    leaders = group(values)
    names = _placeholders(list(dict.fromkeys(leaders.values())), text)
    parts: list[str] = []
    occurrences: list[tuple[str, str]] = []
    starts: list[int] = []
    position = length = 0
    for start, end, entity in spans:
        name = names[leaders[entity, text[start:end]]]
        parts += (text[position:start], name)
        starts.append(length + start - position)
        length = starts[-1] + len(name)
        occurrences.append((name, text[start:end]))
        position = end
    parts.append(text[position:])
    vault = MappingProxyType({name: value for (_, value), name in names.items()})
    redacted = "".join(parts)
    # How freely placeholders may be read depends on what else the document holds: the redacted text itself must
    # come back exactly.
    for grammar in Grammar:
        redaction = Redaction(redacted, vault, tuple(occurrences), tuple(starts), grammar)
        if redaction.restore(redacted) == text:
            return redaction
    raise AssertionError("exact placeholders always come back")


def spans_of(text: str, findings: Scan | Sequence[Finding]) -> list[tuple[int, int, str]]:
    """(start, end, entity) in text order, overlaps joined under the stronger finding's entity, and touching equals.

    A possessive ending stays outside. Raises as ``redact`` does.
    """
    if isinstance(findings, Scan):
        if not findings.complete:
            raise ScanIncomplete
        findings = findings.blocking
    spans: list[tuple[int, int, str, float]] = []
    for finding in sorted(findings):
        if finding.start >= finding.end:
            raise ValueError("a finding covers no text")
        if finding.start < 0 or finding.end > len(text):
            raise ValueError("a finding lies outside the text")
        if spans and (finding.start < spans[-1][1] or (finding.start, finding.entity) == (spans[-1][1], spans[-1][2])):
            start, end, entity, score = spans[-1]
            if finding.score > score:
                entity, score = finding.entity, finding.score
            spans[-1] = (start, max(end, finding.end), entity, score)
        else:
            spans.append((finding.start, finding.end, finding.entity, finding.score))
    return [(start, _less_possessive(text, start, end, entity), entity) for start, end, entity, _ in spans]


def without_spans(scan: Scan, text: str, spans: Sequence[tuple[int, int]]) -> Scan:
    """``scan`` less the findings with no letter or digit outside ``spans``, which are in order and do not overlap."""
    left = []
    first = 0
    for finding in sorted(scan.findings):
        while first < len(spans) and spans[first][1] <= finding.start:
            first += 1
        position, rest = finding.start, ""
        for start, end in spans[first:]:
            if start >= finding.end:
                break
            rest += text[position : max(position, start)]
            position = end
        rest += text[position : finding.end]
        if any(char.isalnum() for char in rest):
            left.append(finding)
    return replace(scan, findings=tuple(left))


def _less_possessive(text: str, start: int, end: int, entity: str) -> int:
    if entity == "PERSON" and end - start > 3 and text[end - 2 : end].lower() in ("'s", "’s"):
        return end - 2
    return end


def _placeholders(values: Sequence[tuple[str, str]], text: str) -> dict[tuple[str, str], str]:
    """A placeholder for each (entity, value), numbered by entity in the order they occur."""
    taken: set[Name] = {each.name for each in mentions(text, frozenset(entity for entity, _ in values))}
    width = max(_MIN_DIGITS, len(str(len(values) + len(taken))))
    numbers: dict[str, int] = {}
    placeholders: dict[tuple[str, str], str] = {}
    for entity, value in values:
        number = numbers.get(entity, 0) + 1
        while (entity, number) in taken:
            number += 1
        numbers[entity] = number
        placeholders[entity, value] = placeholder(entity, number, width)
    return placeholders
