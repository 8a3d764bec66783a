"""People: names after a title or a label, in a greeting or a signature, and known given names with what follows."""

import re
from collections.abc import Iterator

from models.engines.starter.capitals import (
    GAP,
    NOT_NAMES,
    RUNS,
    STREET_WORDS,
    TOKEN,
    WORD,
    is_capitalised,
    is_shouted,
)
from models.engines.starter.gazetteer import is_given_name, is_sure_given_name, single_places

Span = tuple[int, int]

_PARTS = r"(?:(?:de|da|do|dos|del|della|di|der|den|van|von|zu|la|le|bin|ibn|al|el|ter|ten|y)"
_NAME = rf"{TOKEN}(?:{GAP}(?:{_PARTS}{GAP}){{0,2}})?{TOKEN}){{0,3}}"
TITLE = (
    r"(?:Mr|Mrs|Ms|Mx|Miss|Dr|Prof|Professor|Doctor|Sir|Dame|Lord|Lady|Rev|Reverend|Judge|Justice|Nurse|Sister|Captain|Sgt|"
    r""
    r"Sergeant|Constable|Inspector|Senator|Councillor|Herr|Frau|Monsieur|Madame|Mme|Señora?|Sra|Signora?|Sig)"
)
_TITLED = re.compile(rf"(?<![\w'’])(?:{TITLE}\.?{GAP}){{1,3}}(?P<name>{_NAME})")
_GREETED = re.compile(
    rf"(?:^|\n)[ \t]*(?i:hi|hello|dear|hey|good morning|good afternoon){GAP}"
    rf"(?P<name>{WORD}(?:{GAP}{WORD})?)(?=[ ]?[,!:.\n]|$)"
)
_SIGNED = re.compile(
    r"(?:\b(?i:kind regards|best regards|warm regards|best wishes|"
    r"with thanks|many thanks|regards|sincerely|faithfully|"
    r"truly|"
    rf"cheers|thanks|best|thank you|yours)[,.!]?[ \t]*(?:\n[ \t]*){{0,3}}|\n\n[ \t]*)"
    rf"(?P<name>{_NAME})[ \t]*(?=[\n,.]|$)"
)
_LAST_LINE = re.compile(rf"(?:[.!?\n][ \t]*|[.!?][ ])(?P<name>{WORD}(?:{GAP}{WORD})?)\.?\s*$")
_LABELLED = re.compile(
    r"(?:^|\n|(?<! )[ ]{2,40}|\t|[.;][ ])[ \t*\-]{0,8}"
    r"(?i:(?:(?:full|patient|customer|client|employee|contact|tenant|landlord|account|policy|card)"
    r"[ ]?)?(?:name|holder)|patient|contact(?: person)?|attn\.?|attention|signed by|prepared by|author|reported by|"
    r"requested by|approved by|present|attendees|participants|apologies|attending|chair|minutes by|next of kin|witness|"
    r"assigned to|owner|employee|tenant|landlord|caller|customer|client|claimant|insured|"
    r"policyholder|gp|consultant|manager)"
    r"[ ]?:[ \t]*(?P<names>[^\n]{2,300})"
)
_SPOKEN = re.compile(
    rf"(?<![\w'’])(?P<after>{WORD}{GAP}{WORD}(?:{GAP}{WORD})?)(?={GAP}"
    rf"(?:said|says|told|asked|wrote|added|explained|reported))"
    rf"|\b(?:said|says|asked|wrote|added|signed by|written by|reported by|represented by|led by){GAP}"
    rf"(?:{TITLE}\.?{GAP})?"
    rf"(?P<before>{WORD}{GAP}{WORD}(?:{GAP}{WORD})?)(?!\w)"
)
_ROLE = (
    "mayor|president|chair(?:man|woman)?|director|minister|spokes(?:man|woman|person)|judge|nurse|engineer|manager|"
    "officer|analyst|professor|lawyer|attorney|author|owner|tenant|landlord|executive|colleague|neighbour|neighbor|"
    "husband|wife|son|daughter|brother|sister|mother|father|friend|partner|founder|lecturer|surgeon|technician|"
    "accountant|secretary|treasurer|headteacher|teacher|assistant|inspector|councillor|senator|researcher|architect"
)
_BY_ROLE = re.compile(rf"\b(?:{_ROLE}),?{GAP}(?P<name>{WORD}{GAP}(?:{_PARTS}{GAP}){{0,2}})?{WORD})(?!\w)")
_INITIALS = re.compile(rf"(?<![\w'’.])(?:[A-Z]\.{GAP}?){{1,3}}{WORD}(?:-{WORD})?(?!\w)")
_END_OF_NAME = (
    STREET_WORDS | NOT_NAMES | {"Ltd", "Inc", "GmbH", "LLC", "AG", "House", "Airport", "Hall", "Tower", "Estate"}
)
_END_OF_TITLED = _END_OF_NAME - {"Park", "Lane", "Hill", "Green", "Rise", "Grove", "Court", "Church", "Bridge", "House"}
"""After a title, "Park" and "Hill" are surnames."""
_NOT_GREETED = frozenset(
    [
        "Team",
        "All",
        "Sir",
        "Madam",
        "Customer",
        "Colleagues",
        "Everyone",
        "There",
        "Sirs",
        "Support",
        "Folks",
        "Parents",
    ]
)


def find_persons(text: str) -> Iterator[Span]:
    """Yield spans of people's names without titles, those with the surest evidence first; they may overlap."""
    for match in _TITLED.finditer(text):
        yield from _trimmed(text, *match.span("name"), least=1, ends=_END_OF_TITLED)
    for pattern in (_GREETED, _SIGNED, _LAST_LINE):
        for match in pattern.finditer(text):
            words = match["name"].split()
            if words[0] in _NOT_GREETED or (pattern is not _GREETED and not _looks_like_a_signature(words)):
                continue
            yield from _trimmed(text, *match.span("name"), least=1)
    for match in _LABELLED.finditer(text):
        for name in re.finditer(rf"{_NAME}(?=[ ]?(?:[,;(\n\t]|[ ]{{2}}|and\b|$))", match["names"]):
            if 2 <= len(name[0].split()) <= 4:
                start = match.start("names")
                yield from _trimmed(text, start + name.start(), start + name.end(), least=2)
    for match in _SPOKEN.finditer(text):
        yield from _trimmed(text, *match.span(match.lastgroup or "after"), least=2)
    for match in _BY_ROLE.finditer(text):
        yield from _trimmed(text, *match.span("name"), least=2)
    for match in _INITIALS.finditer(text):
        if match[0].split()[-1] not in NOT_NAMES and not match[0].isupper():
            yield match.span()
    for match in RUNS.finditer(text):
        yield from _by_given_name(text, *match.span())


def _trimmed(text: str, start: int, end: int, least: int, ends: frozenset[str] = _END_OF_NAME) -> Iterator[Span]:
    """The words up to the first that is no part of a name; nothing where fewer than ``least`` stay."""
    last = start
    count = 0
    for word in re.finditer(r"[^ \u00a0]+", text[start:end]):
        bare = word[0].rstrip(".")
        if bare in ends or bare in {"of", "for", "&"}:
            break
        if is_shouted(bare) and not _all_shouted(text[start:end]):
            break
        if is_capitalised(bare):
            count += 1
            last = start + word.end()
    if count >= least:
        name = text[start:last]
        yield start, last - (name.endswith(".") and len(name.split()[-1]) > 2)


def _all_shouted(name: str) -> bool:
    return name.isupper()


def _by_given_name(text: str, start: int, end: int) -> Iterator[Span]:
    words = list(re.finditer(r"[^ \u00a0]+", text[start:end]))
    for index, word in enumerate(words):
        plain = _bare(word[0])
        if not is_given_name(plain):
            continue
        if index + 1 < len(words) and plain not in NOT_NAMES and words[index + 1][0] != "&":
            span = next(_trimmed(text, start + word.start(), end, least=2), None)
            if span is not None and not _is_region(text[span[0] : span[1]]):
                yield span
                return
        if is_sure_given_name(plain) and not (index + 1 < len(words) and words[index + 1][0] in STREET_WORDS):
            yield start + word.start(), start + word.start() + len(plain)
            return


def _bare(word: str) -> str:
    return word.split("’s")[0].split("'s")[0]


def _is_region(name: str) -> bool:
    """Whether all words are places ("Paris, Texas"), which is no person."""
    return all(word in single_places() for word in name.split())


def _looks_like_a_signature(words: list[str]) -> bool:
    if len(words) == 1:
        return is_given_name(words[0]) and words[0] not in NOT_NAMES
    return is_given_name(words[0]) or (len(words) == 2 and re.fullmatch(r"[A-Z]\.", words[0]) is not None)
