"""The last look: the serialized body of a request, read in every way it can be, right before it is sent.

It shares nothing with the gate but the patterns: it looks at bytes where the gate looks at messages, goes by its own
readings (decoded, unspaced, joined), weighs nothing, and looks for the values that were redacted.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from models.errors import StrongroomError
from models.pii.entities import describe
from models.pii.finding import Finding, Scan
from models.pii.gate import Blocked, ClearedText
from models.pii.outbound.decodings import TooMuch, readings
from models.pii.outbound.spellings import spellings, squeezed
from models.pii.outbound.values import Values
from models.pii.own_lists import AllowEntry
from models.pii.personal import OwnRules
from models.pii.recognizer import Recognizer
from models.pii.recognizers.iban import IbanRecognizer
from models.pii.recognizers.payment_card import PaymentCardRecognizer
from models.pii.recognizers.phone import PhoneRecognizer
from models.pii.recognizers.table import TableRecognizer
from models.pii.registry import structured_recognizers
from models.pii.search import search, windows_of

LIMIT_S = 60.0
"""Time for all readings of one body, for each hundred kilobytes begun; what could not be read by then is not sent."""
_TIMED_BYTES = 100_000
REDACTED = "REDACTED_VALUE"
_SCORE = 0.5
"""Findings below this are guesses, which only the gate, with all its evidence, can weigh."""


class StoppedAtTheDoor(Blocked):
    """The last look found something in the very bytes; ``scan`` has its kinds (its offsets are those of a reading)."""

    def __init__(self, scan: Scan) -> None:
        super().__init__(scan)
        found = describe(scan.counts())
        what = f"it found {found}" if found else "it could not be finished"
        StrongroomError.__init__(
            self,
            "Kept on this device",
            f"Nothing was sent. Before anything leaves, its exact bytes are looked at once more, and {what}, perhaps "
            "encoded or spaced out. Use the model on this device, or take it out of the text and try again.",
        )
        self.scan = scan


class LastInch:
    """Looks at request bodies. Safe to use from any thread; ``set_rules`` holds from the next body on."""

    def __init__(self, rules: OwnRules | None = None, limit_s: float = LIMIT_S) -> None:
        self._recognizers: tuple[Recognizer, ...] | None = None
        self._glued: tuple[Recognizer, ...] = (PaymentCardRecognizer(), IbanRecognizer())
        self._limit_s = limit_s
        self.set_rules(rules or OwnRules())

    def set_rules(self, rules: OwnRules) -> None:
        """Go by the person's own lists and policy."""
        self._own = (rules, Values(rules.lists.deny, exactly=False))

    def check(self, body: bytes, cleared: ClearedText) -> None:
        """Return if ``body``, made of ``cleared``, may leave as it is.

        Raises:
            StoppedAtTheDoor: something personal stands in it, or it could not be looked at to the end.
            TypeError: the gate did not make ``cleared``.
        """
        rules, denied = self._own
        released = _Released(cleared.released, rules.lists.allow)
        withheld = Values(cleared.withheld, exactly=True)
        deadline = time.monotonic() + self._limit_s * (1 + len(body) // _TIMED_BYTES)
        failures = list(rules.missing)
        findings: dict[tuple[str, str], Finding] = {}
        try:
            for reading in readings(body):
                for text, glued in spellings(reading):
                    for finding in self._look(text, glued, deadline, failures, released):
                        findings.setdefault((finding.entity, squeezed(text[finding.start : finding.end])), finding)
                    for finding in _listed(text, denied, withheld):
                        findings.setdefault((finding.entity, ""), finding)
                if findings or failures:
                    break
        # Not UTF-8, not JSON, too many readings, or a fault of ours, whose words may quote the text: not sent.
        except Exception as error:  # noqa: BLE001
            failures.append("last look" if isinstance(error, TooMuch | ValueError) else "last look broke")
        scan = Scan(tuple(sorted(findings.values())), not failures, tuple(failures), rules.policy)
        if scan.verdict != "clear":
            raise StoppedAtTheDoor(replace(scan, findings=scan.blocking))

    def _look(
        self, text: str, glued: bool, deadline: float, failures: list[str], released: "_Released"
    ) -> Iterator[Finding]:
        if self._recognizers is None:
            self._recognizers = (*structured_recognizers(), TableRecognizer(), PhoneRecognizer())
        recognizers = self._glued if glued else self._recognizers
        found = search(recognizers, text, tuple(windows_of(text)), lambda: time.monotonic() > deadline)
        failures += found.failures
        for finding in found.findings:
            if finding.score >= _SCORE and not released.covers(text[finding.start : finding.end], finding):
                yield finding


class _Released:
    """What the person said is not personal: for this document, or for all."""

    def __init__(self, dismissed: Sequence[str], allowed: Iterable[AllowEntry]) -> None:
        self._dismissed = [squeezed(text) for text in dismissed]
        entries = tuple(allowed)
        self._allowed = [squeezed(entry.text) for entry in entries]
        self._confirmed = [squeezed(entry.text) for entry in entries if entry.confirmed]

    def covers(self, text: str, finding: Finding) -> bool:
        value = squeezed(text)
        allowed = self._confirmed if finding.needs_confirmation else self._allowed
        return any(value in each for each in (*self._dismissed, *allowed))


def _listed(text: str, denied: Values, withheld: Values) -> Iterator[Finding]:
    end = max(1, len(text))
    if withheld and withheld.stand_in(text):
        yield Finding(0, end, REDACTED, 1.0, "last look", "A value that was replaced by a placeholder stands in it.")
    if denied and denied.stand_in(text):
        yield Finding(0, end, "DENY_LISTED", 1.0, "last look", "Something from your own list stands in it.")
