"""Overlapping findings become one each: a checksum beats a format, a format beats context, then the longer wins."""

from collections.abc import Iterable
from dataclasses import replace

from models.pii.finding import Finding
from models.pii.policy import sensitivity

_MIN_REMNANT_CHARS = 4


def merge(findings: Iterable[Finding]) -> list[Finding]:
    """Findings in text order, none overlapping another, together covering all that was found.

    Scores carry the order of evidence (see ``recognizers.pattern``). A weaker finding inside a stronger one goes. One
    that reaches beyond it keeps its longest part outside, if that is more than a few characters: a redaction must
    not leave half of it standing. Sorting apart, linear in the number of findings.
    """
    # What is context only gives way to all else, however sure: it must not hide what blocks.
    ranked = sorted(
        set(findings),
        key=lambda f: (sensitivity(f.entity) == "context only", -f.score, f.start - f.end, f.start, f.entity),
    )
    clusters = _clusters(ranked)
    kept: list[Finding] = []
    for cluster in clusters:
        chosen: list[Finding] = []
        for finding in cluster:
            piece = _outside(finding, chosen)
            if piece is not None:
                chosen.append(piece)
        kept.extend(chosen)
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


def _outside(finding: Finding, stronger: list[Finding]) -> Finding | None:
    """``finding``, or its longest part that no stronger finding covers, or None."""
    if not any(finding.start < other.end and other.start < finding.end for other in stronger):
        return finding
    gaps = []
    start = finding.start
    for other in sorted(stronger):
        if other.start >= finding.end:
            break
        if other.end <= start:
            continue
        gaps.append((start, other.start))
        start = other.end
    gaps.append((start, finding.end))
    begin, end = max(gaps, key=lambda gap: gap[1] - gap[0])
    if end - begin < _MIN_REMNANT_CHARS:
        return None
    return replace(finding, start=begin, end=end)
