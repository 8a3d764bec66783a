"""How well a detector does on texts whose personal spans are known: recall, false alarms, blocked texts, intervals.

The rules of counting, the same for the command line, the window and the benchmark:

* A marked span is *found* when findings, of whatever entity, cover at least half of its characters.
* It is *exact* when one of the findings that overlap it names its entity.
* A finding is a *false alarm* when it touches no marked span at all.
* Entities that are context only (organisations, places) count neither as marks to be found nor as findings.

Everything is kept as offsets and counts, never as text.
"""

import math
import time
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Literal, NamedTuple

from models.pii.finding import Scan
from models.pii.policy import sensitivity

Kind = Literal["structured", "contextual", "secrets"]
KINDS: tuple[Kind, ...] = ("structured", "contextual", "secrets")

_CONTEXTUAL = frozenset({"PERSON", "ADDRESS", "DATE_OF_BIRTH", "AGE", "USERNAME"})
_Z = 1.959964
"""Two-sided 95 % quantile of the normal distribution."""


class Span(NamedTuple):
    """``text[start:end]`` is an ``entity``; offsets in Python characters."""

    start: int
    end: int
    entity: str


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text and what is personal in it."""

    text: str = field(repr=False)
    spans: tuple[Span, ...] = ()

    @property
    def personal_spans(self) -> tuple[Span, ...]:
        """The marks that are not context only."""
        return tuple(span for span in self.spans if is_personal(span.entity))


@dataclass(frozen=True, slots=True)
class Seen:
    """What a detector says of one text: its findings without context, and whether it stops the text."""

    spans: tuple[Span, ...]
    blocked: bool
    complete: bool = True


Look = Callable[[str], Seen]
"""A detector: a text in, what it sees out."""


@dataclass(frozen=True, slots=True)
class Rate:
    """``hits`` of ``total``, with the 95 % interval."""

    hits: int
    total: int

    @property
    def share(self) -> float:
        """From 0 to 1; 0 of nothing is 0."""
        return self.hits / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Score interval of a binomial share; (0, 1) of nothing.

        E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
        Statistical Association 22 (1927), pages 209–212. It stays inside 0 and 1 and holds for few trials too. Spans of
        one text resemble one another, so the truth is a little wider.
        """
        if not self.total:
            return 0.0, 1.0
        spread = _Z * _Z / self.total
        middle = (self.share + spread / 2) / (1 + spread)
        half = _Z / (1 + spread) * math.sqrt(self.share * (1 - self.share) / self.total + spread / (4 * self.total))
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        """Such as "97.5 % [94–99]"; a dash of nothing."""
        if not self.total:
            return "–"
        low, high = self.interval
        return f"{self.share:.1%} [{low * 100:.0f}–{high * 100:.0f}]".replace("%", " %")


@dataclass(frozen=True, slots=True)
class Place:
    """A missed mark or a false alarm: the number of its text, counted from 0, and its span there."""

    text: int
    span: Span


def is_personal(entity: str) -> bool:
    """Whether a mark or finding of ``entity`` counts."""
    return sensitivity(entity) != "context only"


def kind_of(entity: str) -> Kind:
    """What can find it: a form of its own, only the words around it, or the ways of secrets."""
    kind = sensitivity(entity)
    if kind == "secret":
        return "secrets"
    return "contextual" if kind == "special category" or entity in _CONTEXTUAL else "structured"


def seen_in(scan: Scan) -> Seen:
    """What a scan of the gate says; an incomplete one blocks."""
    spans = tuple(Span(f.start, f.end, f.entity) for f in scan.findings if is_personal(f.entity))
    return Seen(spans, scan.verdict == "blocked", scan.complete)


@dataclass
class Measurement:
    """Counts over the texts that were added. Not safe to use from several threads at once.

    ``least_share``: the share of a mark's characters that findings must cover; 0 for a detector that points at only a
    part of what it means, of which any character will do. ``most_places``: misses and false alarms beyond so many are
    counted and not listed.
    """

    least_share: float = 0.5
    most_places: int = 100_000
    marked: Counter[str] = field(default_factory=Counter)
    """Marks by entity, and by group where one was given."""
    found: Counter[str] = field(default_factory=Counter)
    exact: Counter[str] = field(default_factory=Counter)
    alarms: Counter[str] = field(default_factory=Counter)
    """False alarms by the entity of the finding."""
    findings: Counter[str] = field(default_factory=Counter)
    texts: Counter[bool] = field(default_factory=Counter)
    """Texts by whether they hold a personal mark; so too ``blocked``."""
    blocked: Counter[bool] = field(default_factory=Counter)
    incomplete: int = 0
    seconds: float = 0.0
    bytes: int = 0
    """Bytes of UTF-8."""
    misses: list[Place] = field(default_factory=list)
    false_alarms: list[Place] = field(default_factory=list)
    groups: set[str] = field(default_factory=set)

    @property
    def total(self) -> int:
        """Texts added so far."""
        return self.texts.total()

    def look(self, marked: MarkedText, look: Look, groups: Sequence[str] = ()) -> Seen:
        """Let a detector look at a text, timed, and count."""
        start = time.perf_counter()
        seen = look(marked.text)
        seconds = time.perf_counter() - start
        self.add(marked, seen, groups, seconds)
        return seen

    def add(self, marked: MarkedText, seen: Seen, groups: Sequence[str] = (), seconds: float = 0.0) -> None:
        """Count what was seen of a text. Its marks count by entity and in each of the ``groups``."""
        number = self.total
        spans = marked.personal_spans
        self.groups.update(groups)
        self.texts[bool(spans)] += 1
        self.blocked[bool(spans)] += seen.blocked
        self.incomplete += not seen.complete
        self.seconds += seconds
        self.bytes += len(marked.text.encode("utf-8", "surrogatepass"))
        cover = _Cover(seen.spans)
        for span in spans:
            rows = (span.entity, *groups)
            self.marked.update(rows)
            covered = cover.covered(span)
            if covered and covered >= self.least_share * (span.end - span.start):
                self.found.update(rows)
            elif len(self.misses) < self.most_places:
                self.misses.append(Place(number, span))
            if cover.names(span):
                self.exact.update(rows)
        marks = _Cover(marked.spans)
        for span in seen.spans:
            self.findings[span.entity] += 1
            if not marks.covered(span):
                self.alarms[span.entity] += 1
                if len(self.false_alarms) < self.most_places:
                    self.false_alarms.append(Place(number, span))

    @property
    def entities(self) -> tuple[str, ...]:
        """Entities that are marked, most frequent first, then those of false alarms alone."""
        marked = [entity for entity, _ in self.marked.most_common() if entity not in self.groups]
        return (*marked, *(entity for entity, _ in self.alarms.most_common() if entity not in self.marked))

    def recall(self, row: str = "") -> Rate:
        """Marks found of an entity or a group; of all without one."""
        return self._rate(self.found, row)

    def exactness(self, row: str = "") -> Rate:
        """Marks found under their own entity, of all marks of it."""
        return self._rate(self.exact, row)

    def kind_recall(self, kind: Kind) -> Rate:
        """Marks found of all entities of a kind."""
        entities = [entity for entity in self.marked if entity not in self.groups and kind_of(entity) == kind]
        return Rate(sum(self.found[entity] for entity in entities), sum(self.marked[entity] for entity in entities))

    def blocked_personal(self) -> Rate:
        """Texts with something personal in them that were blocked."""
        return Rate(self.blocked[True], self.texts[True])

    def blocked_plain(self) -> Rate:
        """Texts with nothing personal in them that were blocked."""
        return Rate(self.blocked[False], self.texts[False])

    def _rate(self, counts: Counter[str], row: str) -> Rate:
        rows: Iterable[str] = (row,) if row else [each for each in self.marked if each not in self.groups]
        rows = list(rows)
        return Rate(sum(counts[each] for each in rows), sum(self.marked[each] for each in rows))


class _Cover:
    """Spans, ready to be asked what of another span they cover; each question looks only at those nearby."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = sorted(spans)
        self._starts = [span.start for span in self._spans]
        self._reach = list(accumulate((span.end for span in self._spans), max))

    def _touching(self, span: Span) -> list[Span]:
        first = bisect_right(self._reach, span.start)
        after = bisect_left(self._starts, span.end)
        return [each for each in self._spans[first:after] if each.end > span.start]

    def covered(self, span: Span) -> int:
        """Characters of ``span`` that at least one of the spans covers."""
        count, place = 0, span.start
        for each in self._touching(span):
            low, high = max(place, each.start), min(span.end, each.end)
            if high > low:
                count += high - low
                place = high
        return count

    def names(self, span: Span) -> bool:
        """Whether one of the spans that touch it has the same entity."""
        return any(each.entity == span.entity for each in self._touching(span))
