"""Named entities of a text: people, organisations, places, dates, amounts, contact details and identifiers."""

import bisect
import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from models.engines.starter.amounts import find_amounts
from models.engines.starter.dates import find_dates
from models.engines.starter.gazetteer import is_given_name, single_places
from models.engines.starter.identifiers import find_identifiers
from models.engines.starter.language import foreign_language
from models.engines.starter.organisations import find_organisations
from models.engines.starter.persons import TITLE, find_persons
from models.engines.starter.places import find_places
from models.pii.finding import Finding
from models.pii.policy import sensitivity

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity: ``text`` is ``document[start:end]``; ``type`` is one of ``TYPES``."""

    start: int
    end: int
    text: str
    type: str


TYPES = ("person", "organisation", "place", "date", "amount", "email", "phone", "url", "identifier")
_FROM_FINDINGS = {"EMAIL": "email", "PHONE": "phone", "PERSON": "person"}
_NOT_ENTITIES = frozenset(
    ["DATE_OF_BIRTH", "AGE", "ADDRESS", "PASSWORD", "PRIVATE_KEY", "URL_CREDENTIALS", "OTHER_SCRIPT", "DENY_LISTED"]
)
_CONTEXT = {"ORGANISATION": "organisation", "PLACE": "place"}
_EMAIL = re.compile(r"(?<![\w.+\-@])[\w.+%\-]{1,64}@(?:[\w\-]{1,63}\.){1,8}[^\W\d_]{2,24}(?![\w@])")
_URL = re.compile(
    r"(?<![\w@])(?:https?|ftp)://[^\s<>\"“”'’)\]}]{2,2000}|(?<![\w@./\-])www\.[\w\-]+\.[^\s<>\"“”'’)\]},]{2,2000}"
)
_ARTICLE = re.compile(
    r"\b(?:das|der|die|den|dem|des|ein|eine|einen|einem|einer|im|am|zum|zur|beim|vom)\s$", re.IGNORECASE
)
_LEADING_WORDS = re.compile(r"[\s,;:.\-–(]{1,3}(?:[a-z]{2,20}\.?[ :]{1,2}){0,2}")
_TITLES = re.compile(rf"(?:{TITLE}\.?\s+)+")


def find_entities(text: str, scan_findings: Iterable[Finding], today: datetime.date) -> list[Entity]:
    """Find the entities of ``text`` in order and without overlaps, each distinct text of a type once.

    ``scan_findings`` are those of the PII analyzer for the same text; they add people, contact details and identifiers.
    A given name or surname alone is left out where the full name stands in the text too. Percentages, roles ("the
    tenant"), passwords and postcodes are no entities.
    """
    return Distinct().new(all_entities(text, scan_findings, today))


def all_entities(text: str, scan_findings: Iterable[Finding], today: datetime.date) -> list[Entity]:
    """As ``find_entities``, with every occurrence."""
    chosen = _Chosen()
    for span, kind in _candidates(text, tuple(scan_findings), today):
        if span[0] < span[1]:
            chosen.add(span, kind)
    entities = [Entity(start, end, text[start:end], kind) for start, end, kind in chosen.spans()]
    firms = {word for entity in entities if entity.type == "organisation" for word in entity.text.split()}
    # "Calder" beside "Calder Robotics, Inc." is the company.
    return [entity for entity in entities if entity.type != "person" or entity.text not in firms]


def _candidates(text: str, findings: tuple[Finding, ...], today: datetime.date) -> Iterator[tuple[Span, str]]:
    """Candidates, the surest kind first: what comes earlier wins where two overlap."""
    for match in _URL.finditer(text):
        yield (match.start(), match.start() + len(match[0].rstrip(".,;:!?"))), "url"
    for match in _EMAIL.finditer(text):
        yield match.span(), "email"
    dates = find_dates(text, today)
    for finding in findings:
        if _is_identifier(finding.entity):
            yield _code_of(text, finding), "identifier"
    for date in dates:
        yield (date.start, date.end), "date"
    for amount in find_amounts(text):
        yield (amount.start, amount.end), "amount"
    for span in find_identifiers(text):
        yield span, "identifier"
    for finding in findings:
        if finding.entity in ("EMAIL", "PHONE"):
            yield (finding.start, finding.end), _FROM_FINDINGS[finding.entity]
    for span in find_organisations(text):
        yield span, "organisation"
    streets_and_towns = list(find_places(text))
    for span in streets_and_towns:
        if text[span[0]].isdigit():
            yield span, "place"
    for span in find_persons(text):
        yield span, "person"
    nouns = foreign_language(text) == "German"
    for finding in findings:
        if finding.entity == "PERSON" and _may_be_a_name(text, finding, nouns=nouns):
            yield _without_title(text, finding), "person"
    for span in streets_and_towns:
        yield span, "place"
    for finding in findings:
        if finding.entity in _CONTEXT:
            yield (finding.start, finding.end), _CONTEXT[finding.entity]


def _is_identifier(entity: str) -> bool:
    """Numbers and names of accounts; not what is said of a person (health, religion …), nor context."""
    said = sensitivity(entity) in ("special category", "context only")
    return not said and entity not in _NOT_ENTITIES and entity not in _FROM_FINDINGS


def _code_of(text: str, finding: Finding) -> Span:
    """The code without the words that lead to it (", account 60318842"); empty for a description ("a blue Toyota")."""
    lead = _LEADING_WORDS.match(text, finding.start, finding.end)
    start = lead.end() if lead else finding.start
    words = text[start : finding.end].split()
    if sum(len(word) > 3 and word.isalpha() and not word.isupper() for word in words) > 1:
        return start, start
    return start, finding.end


def _may_be_a_name(text: str, finding: Finding, *, nouns: bool) -> bool:
    """Not a label, a place or what begins small, nor a noun after its article where all have a capital (German)."""
    name = text[finding.start : finding.end]
    if name[0].islower() or name.endswith(":") or (name in single_places() and not is_given_name(name)):
        return False
    return not nouns or _ARTICLE.search(text, max(0, finding.start - 8), finding.start) is None


def _without_title(text: str, finding: Finding) -> Span:
    match = _TITLES.match(text, finding.start, finding.end)
    start = match.end() if match else finding.start
    return (start, finding.end) if start < finding.end else (finding.start, finding.start)


class _Chosen:
    """Spans that do not overlap, first come first kept, in logarithmic time a look-up."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._items: dict[int, tuple[int, str]] = {}

    def add(self, span: Span, kind: str) -> None:
        start, end = span
        index = bisect.bisect_right(self._starts, start)
        if index and self._items[self._starts[index - 1]][0] > start:
            return
        if index < len(self._starts) and self._starts[index] < end:
            return
        self._starts.insert(index, start)
        self._items[start] = (end, kind)

    def spans(self) -> Iterator[tuple[int, int, str]]:
        for start in self._starts:
            end, kind = self._items[start]
            yield start, end, kind


class Distinct:
    """Lets each distinct text of a type through once, over all parts of a document that it is shown in order."""

    def __init__(self) -> None:
        self._seen: set[tuple[str, str]] = set()
        self._parts_of_names: set[str] = set()

    def new(self, entities: Sequence[Entity]) -> list[Entity]:
        """Those not seen before; a part of a name is none where the full name stood in this or an earlier part."""
        for entity in entities:
            if entity.type == "person" and " " in entity.text:
                self._parts_of_names.update(entity.text.split())
        kept: list[Entity] = []
        for entity in entities:
            key = (" ".join(entity.text.casefold().split()), entity.type)
            if key in self._seen or (entity.type == "person" and entity.text in self._parts_of_names):
                continue
            self._seen.add(key)
            kept.append(entity)
        return kept
