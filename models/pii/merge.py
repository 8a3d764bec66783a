"""Overlapping findings become one each: a checksum beats a format, a format beats context, then the longer wins."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from models.pii.finding import Finding
from models.pii.policy import sensitivity

_MIN_REMNANT_CHARS = 4


def merge(findings: Iterable[Finding]) -> list[Finding]:
    """Findings in text order, none overlapping another, together covering all that was found.

    Scores carry the order of evidence (see ``recognizers.pattern``). A weaker finding inside a stronger one goes. One
    that reaches beyond it keeps its longest part outside, if that is more than a few characters: a redaction must
    not leave half of it standing. Little more than linear in the number of findings of bounded length.
    """
    # What is context only gives way to all else, however sure: it must not hide what blocks.
    ranked = sorted(
        set(findings),
        key=lambda f: (
            sensitivity(f.entity) == "context only",
            -f.score,
            f.start - f.end,
            f.start,
            f.entity,
            f.recognizer,
            f.reason,
        ),
    )
    clusters = _clusters(ranked)
    kept: list[Finding] = []
    for cluster in clusters:
        taken = _Taken()
        for finding in cluster:
            piece = _outside(finding, taken)
            if piece is not None:
                taken.add(piece.start, piece.end)
                kept.append(piece)
    return sorted(kept)


def _clusters(ranked: list[Finding]) -> list[list[Finding]]:
    """Groups of findings that overlap directly or through others, each in rank order."""
    order = {id(finding): rank for rank, finding in enumerate(ranked)}
    clusters: list[list[Finding]] = []
    reach = -1
    for finding in sorted(ranked, key=lambda f: (f.start, f.end)):
        if finding.start >= reach:
            clusters.append([])
        clusters[-1].append(finding)
        reach = max(reach, finding.end)
    for cluster in clusters:
        cluster.sort(key=lambda f: order[id(f)])
    return clusters


class _Taken:
    """What of a cluster is taken: spans apart from one another, in text order."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def add(self, start: int, end: int) -> None:
        """Take a span that overlaps none of the others."""
        place = bisect_left(self._starts, start)
        self._starts.insert(place, start)
        self._ends.insert(place, end)

    def gaps(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """What of the span is left, in order; empty pieces among it."""
        place = bisect_right(self._ends, start)
        while place < len(self._starts) and self._starts[place] < end:
            yield start, self._starts[place]
            start = self._ends[place]
            place += 1
        yield start, end


def _outside(finding: Finding, taken: _Taken) -> Finding | None:
    """``finding``, or its longest part that no stronger finding covers, or None."""
    begin, end = max(taken.gaps(finding.start, finding.end), key=lambda gap: gap[1] - gap[0])
    if (begin, end) == (finding.start, finding.end):
        return finding
    if end - begin < _MIN_REMNANT_CHARS:
        return None
    return replace(finding, start=begin, end=end)
