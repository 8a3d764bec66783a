"""An analyzer with a person's own rules on top: their lists, and their policy on what blocks."""

import threading
import time
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Protocol

from models.pii.finding import Finding, Scan
from models.pii.normalize import normalize
from models.pii.own_lists import DenyListRecognizer, Matcher, OwnLists
from models.pii.policy import DEFAULT_POLICY, Policy

_TIMEOUT_S = 10.0
_TIMED_CHARS = 1_000_000
"""Time for the lists (s) for each so many characters begun, as the analyzer gives to the recognizers."""


class Scanner(Protocol):
    """What looks at a text: the analyzer, or one that stands before it."""

    @property
    def detectors(self) -> tuple[str, ...]:
        """Names of what looks, for the receipt."""
        ...

    def scan(self, text: str, cancel: threading.Event | None = None) -> Scan:
        """Scan ``text`` whole; never raises."""
        ...


@dataclass(frozen=True, slots=True)
class OwnRules:
    """What a person added: lists and policy. No scan is complete while ``missing`` names rules that cannot be read."""

    lists: OwnLists = field(default_factory=OwnLists)
    policy: Policy = DEFAULT_POLICY
    missing: tuple[str, ...] = ()


class PersonalAnalyzer:
    """Adds what stands on the deny-list, leaves out what stands on the allow-list, and sets the policy.

    The rules can be changed at any time, from any thread; the next scan goes by the new ones.
    """

    def __init__(self, analyzer: Scanner, rules: OwnRules | None = None) -> None:
        self._analyzer = analyzer
        self.set_rules(rules or OwnRules())

    def set_rules(self, rules: OwnRules) -> None:
        """Go by these rules from the next scan on."""
        self._made = _Made(rules)

    @property
    def detectors(self) -> tuple[str, ...]:
        """Names of the recognizers, with the person's own list if they have one."""
        own = (self._made.deny.name,) if self._made.rules.lists.deny else ()
        return (*self._analyzer.detectors, *own)

    def warm_up(self) -> None:
        """Load what the recognizers load on first use. Any thread."""
        warm_up = getattr(self._analyzer, "warm_up", None)
        if warm_up is not None:
            warm_up()

    def scan(self, text: str, cancel: threading.Event | None = None) -> Scan:
        """Scan ``text`` by the analyzer and the person's own rules. Never raises; see ``Analyzer.scan``."""
        scan = self._analyzer.scan(text, cancel)
        made = self._made
        failures = [*scan.failures, *made.rules.missing]
        findings = scan.findings
        if not made.is_empty:
            try:
                deadline = time.monotonic() + _TIMEOUT_S * (1 + len(text) // _TIMED_CHARS)
                findings = made.apply(
                    text,
                    findings,
                    lambda: time.monotonic() > deadline or (cancel is not None and cancel.is_set()),
                )
            # As in the analyzer: whatever goes wrong, the scan is not complete, and nothing of the text gets out.
            except Exception:  # noqa: BLE001
                failures.append(made.deny.name)
        return Scan(
            findings,
            complete=scan.complete and not failures,
            failures=tuple(dict.fromkeys(failures)),
            policy=made.rules.policy,
        )


class _Made:
    """Rules, made ready for scanning. Never changed, so that a scan under way goes by one set of rules."""

    def __init__(self, rules: OwnRules) -> None:
        self.rules = rules
        lists = rules.lists
        self.deny = DenyListRecognizer(lists.deny)
        self._allowed = Matcher(entry.text for entry in lists.allow)
        self._confirmed = Matcher(entry.text for entry in lists.allow if entry.confirmed)
        self.is_empty = not (lists.allow or lists.deny)

    def apply(self, text: str, findings: Sequence[Finding], is_over: Callable[[], bool]) -> tuple[Finding, ...]:
        """``findings`` of ``text`` without the allowed ones, and with what stands on the deny-list.

        Raises TimeoutError soon after ``is_over``.
        """
        normalized = normalize(text)

        def located(matcher: Matcher) -> "_Cover":
            return _Cover(
                normalized.original_span(start, end) for start, end in matcher.spans(normalized.text, is_over)
            )

        allowed, confirmed = located(self._allowed), located(self._confirmed)
        standing = [
            finding
            for finding in findings
            if not (confirmed if finding.needs_confirmation else allowed).holds(finding.start, finding.end)
        ]
        denied = []
        for finding in self.deny.find(normalized.text, is_over):
            start, end = normalized.original_span(finding.start, finding.end)
            denied.append(replace(finding, start=start, end=end))
        return joined(standing, denied)


class _Cover:
    """Spans by rising start, and whether one of them holds another span whole."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        pairs = sorted(spans)
        self._starts = [start for start, _ in pairs]
        self._furthest = list(accumulate((end for _, end in pairs), max))

    def holds(self, start: int, end: int) -> bool:
        index = bisect_right(self._starts, start)
        return index > 0 and self._furthest[index - 1] >= end


def joined(findings: Sequence[Finding], denied: Sequence[Finding]) -> tuple[Finding, ...]:
    """All findings in order; each that a denied span touches becomes one with it, over all that they cover.

    So a listed name inside a longer finding stays flagged when that is dismissed, no half of either stays standing in
    a redaction, and no two findings overlap. The better score is kept: a proven number still needs a second word.
    """
    if not denied:
        return tuple(findings)
    result: list[Finding] = []
    for finding in sorted([*findings, *denied], key=lambda each: (each.start, each.end)):
        last = result[-1] if result else None
        if last is None or finding.start >= last.end:
            result.append(finding)
            continue
        listed = last if last.entity == "DENY_LISTED" else finding
        end, score = max(last.end, finding.end), max(last.score, finding.score)
        result[-1] = replace(listed, start=last.start, end=end, score=score)
    return tuple(result)
