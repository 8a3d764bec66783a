"""What a scan found, as offsets into the text and never the text itself."""

from dataclasses import dataclass
from typing import Literal

from models.pii.policy import DEFAULT_POLICY, Policy, sensitivity

Verdict = Literal["clear", "blocked"]

# By the tiers of recognizers.pattern: a secret with the format of a key, a number whose checksum holds (in any wording
# of its context).
_KEY_FORMAT = 0.85
_CHECKSUM_HOLDS = 0.9


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One personal or secret span: ``text[start:end]``, offsets in Python characters (code points).

    ``score`` lies in (0, 1]; ``reason`` is one sentence on the evidence and never quotes the text.
    """

    start: int
    end: int
    entity: str
    score: float
    recognizer: str
    reason: str

    @property
    def needs_confirmation(self) -> bool:
        """Whether it is so surely a secret or an identifier that a person must say twice that it is neither."""
        kind = sensitivity(self.entity)
        return (kind == "secret" and self.score >= _KEY_FORMAT) or (
            kind == "identifier" and self.score >= _CHECKSUM_HOLDS
        )


@dataclass(frozen=True, slots=True)
class Scan:
    """The result of looking at one text with every recognizer.

    ``complete`` is False when a recognizer raised, ran out of time or was skipped; ``failures`` names those
    recognizers. An incomplete scan never clears. ``policy`` says which findings block.
    """

    findings: tuple[Finding, ...]
    complete: bool = True
    failures: tuple[str, ...] = ()
    policy: Policy = DEFAULT_POLICY

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """The findings that keep the text on this device: all but context, by the default policy."""
        return tuple(finding for finding in self.findings if self.policy.blocks(finding.entity))

    @property
    def verdict(self) -> Verdict:
        """Say "clear" only if every recognizer ran and none found anything that blocks."""
        return "clear" if self.complete and not self.blocking else "blocked"

    def counts(self) -> dict[str, int]:
        """Number of findings that block, by entity, most frequent first."""
        counts: dict[str, int] = {}
        for finding in self.blocking:
            counts[finding.entity] = counts.get(finding.entity, 0) + 1
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
