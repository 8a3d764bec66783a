"""The one door to the network: only ``PrivacyGate.clear`` makes ``ClearedText``."""

import weakref
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NoReturn, final, get_args

from models.errors import StrongroomError
from models.messages import Message, Role
from models.pii.entities import describe
from models.pii.finding import Finding, Scan
from models.pii.personal import Scanner
from models.pii.policy import Policy

SEPARATOR = "\n"
"""Stands between messages in the text that the offsets of ``ClearedText.scan`` and ``Blocked.scan`` point into."""


@dataclass(frozen=True, slots=True)
class Dismissal:
    """A person's word that this text, found as this entity, is not personal. Kept in memory for one document only.

    ``confirmed``: they said so a second time, which a finding with ``needs_confirmation`` takes.
    """

    entity: str
    text: str = field(repr=False)
    confirmed: bool = False


def standing_findings(findings: Sequence[Finding], text: str, dismissed: Collection[Dismissal]) -> tuple[Finding, ...]:
    """``findings`` of ``text`` that no dismissal covers: same entity, exactly the same text, confirmed where needed."""
    said = {(each.entity, each.text) for each in dismissed}
    confirmed = {(each.entity, each.text) for each in dismissed if each.confirmed}
    return tuple(
        finding
        for finding in findings
        if (finding.entity, text[finding.start : finding.end])
        not in (confirmed if finding.needs_confirmation else said)
    )


class Blocked(StrongroomError):
    """The gate did not clear a text; ``scan`` says what stood in the way."""

    def __init__(self, scan: Scan) -> None:
        found = describe(scan.counts())
        reasons = []
        if found:
            reasons.append(f"the text holds {found}")
        if not scan.complete:
            reasons.append("the check for personal data could not be finished")
        why = " and ".join(reasons) or "the text was not cleared"
        super().__init__(
            "Kept on this device",
            f"Nothing was sent, because {why}. Use the model on this device, or remove what is marked and try again.",
        )
        self.scan = scan


@final
class ClearedText:
    """An exact outbound payload in which a complete scan found nothing but context and what the person dismissed.

    Only the gate can make one. The payload is not stored on the object, so that neither ``object.__new__`` nor a
    changed attribute, copy or pickle yields an object with a payload the gate has not seen.
    """

    __slots__ = ("__weakref__",)

    def __new__(cls, *_args: object, **_kwargs: object) -> "ClearedText":
        """Refuse: only the gate makes these."""
        raise TypeError("only PrivacyGate.clear makes ClearedText")

    def __init_subclass__(cls, **kwargs: object) -> NoReturn:
        """Refuse: a subclass could answer for a payload that was not scanned."""
        raise TypeError("ClearedText cannot be subclassed")

    @property
    def messages(self) -> tuple[Message, ...]:
        """The messages that may leave, as they were scanned. Raises TypeError for an object not made by the gate."""
        # Built anew each time: a frozen dataclass can still be changed by force, and must not change what is sent.
        return tuple(Message(role, content) for role, content in _sealed(self).messages)

    @property
    def scan(self) -> Scan:
        """The complete scan of all messages joined by ``SEPARATOR``; its findings were dismissed or do not block."""
        return _sealed(self).scan

    @property
    def released(self) -> tuple[str, ...]:
        """Texts that stand in it because the person said that they are not personal."""
        return _sealed(self).released

    @property
    def withheld(self) -> tuple[str, ...]:
        """Values that were replaced by placeholders, and may not stand in what leaves in any form."""
        return _sealed(self).withheld

    def __setattr__(self, name: str, value: object) -> NoReturn:
        """Refuse."""
        raise AttributeError("ClearedText cannot be changed")

    def __delattr__(self, name: str) -> NoReturn:
        """Refuse."""
        raise AttributeError("ClearedText cannot be changed")

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        """Refuse to be copied or pickled: a payload is cleared here and now, or again."""
        raise TypeError("ClearedText cannot be copied or pickled")

    def __repr__(self) -> str:
        """Never the payload."""
        return "ClearedText(…)"


@dataclass(frozen=True, slots=True)
class _Payload:
    messages: tuple[tuple[Role, str], ...]
    scan: Scan
    released: tuple[str, ...]
    withheld: tuple[str, ...]


_SEALED: "weakref.WeakKeyDictionary[ClearedText, _Payload]" = weakref.WeakKeyDictionary()


def _sealed(cleared: ClearedText) -> _Payload:
    payload = _SEALED.get(cleared)
    if payload is None:
        raise TypeError("this ClearedText was not made by the gate")
    return payload


class PrivacyGate:
    """Decides whether an exact outbound payload may leave."""

    def __init__(self, analyzer: Scanner) -> None:
        self._analyzer = analyzer

    def clear(
        self, messages: Sequence[Message], dismissed: Collection[Dismissal] = (), withheld: Collection[str] = ()
    ) -> ClearedText:
        """Scan all messages together and each alone; return the sealed payload or raise ``Blocked``.

        Every finding that blocks by the scan's policy must be covered by a dismissal of the same entity and exactly the
        same text, a confirmed one where the finding needs it. ``withheld`` are values that a redaction replaced; the
        last look at the bytes goes by them. Raises TypeError when a message is not plain text with a known role (an
        object that could change after the scan).
        """
        payload = tuple(_plain(message) for message in messages)
        contents = tuple(content for _, content in payload)
        scan = self._scan(contents)
        joined = SEPARATOR.join(contents)
        standing = standing_findings(scan.blocking, joined, dismissed)
        if standing or not scan.complete:
            raise Blocked(replace(scan, findings=standing))
        cleared = object.__new__(ClearedText)
        released = tuple(dict.fromkeys(str(each.text) for each in dismissed))
        _SEALED[cleared] = _Payload(payload, scan, released, tuple(map(str, withheld)))
        return cleared

    def _scan(self, contents: Sequence[str]) -> Scan:
        """One scan of all that could be read out of the messages: joined, alone, and run together at their seams."""
        scans = [self._analyzer.scan(SEPARATOR.join(contents))]
        findings = set(scans[0].findings)
        if len(contents) > 1:
            offset = 0
            for content in contents:
                alone = self._analyzer.scan(content)
                scans.append(alone)
                findings.update(_shift(finding, offset) for finding in alone.findings)
                offset += len(content) + len(SEPARATOR)
            together = self._analyzer.scan("".join(contents))
            scans.append(together)
            findings.update(_across_seams(together.findings, contents, findings))
        failures = dict.fromkeys(name for scan in scans for name in scan.failures)
        # A policy changed between two of the scans: what either keeps here stays here.
        policy = Policy(frozenset.intersection(*(scan.policy.passes for scan in scans)))
        return Scan(tuple(sorted(findings)), all(scan.complete for scan in scans), tuple(failures), policy)


def _plain(message: Message) -> tuple[Role, str]:
    role, content = message.role, message.content
    if type(content) is not str or type(role) is not str or role not in get_args(Role):
        raise TypeError("a message is plain text with a known role")
    return role, content


def _shift(finding: Finding, offset: int) -> Finding:
    return replace(finding, start=finding.start + offset, end=finding.end + offset)


def _across_seams(found: Sequence[Finding], contents: Sequence[str], known: Collection[Finding]) -> Iterator[Finding]:
    """Findings of the messages run together that cross a seam, as offsets into the text joined by ``SEPARATOR``.

    One that only stretches a finding already known (the last word of one message run into an address at the start
    of the next, say) tells nothing new.
    """
    seams = []
    offset = 0
    for content in contents[:-1]:
        offset += len(content)
        seams.append(offset)
    for finding in found:
        before = sum(seam <= finding.start for seam in seams)
        inside = sum(finding.start < seam < finding.end for seam in seams)
        if not inside:
            continue
        moved = replace(
            finding,
            start=finding.start + before * len(SEPARATOR),
            end=finding.end + (before + inside) * len(SEPARATOR),
        )
        if not any(
            other.entity == moved.entity and other.start < moved.end and moved.start < other.end for other in known
        ):
            yield moved
