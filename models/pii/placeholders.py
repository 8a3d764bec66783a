"""How a placeholder is written, and the ways in which a model or a mail programme writes it back."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

Name = tuple[str, int]
"""Entity and number."""


class Grammar(Enum):
    """How freely a placeholder may be read, from the freest to the strictest."""

    FREE = "brackets doubled, changed, escaped or lost; other case, spaces, zeros; split over a line"
    BRACKETED = "as free, but with one pair of brackets"
    EXACT = "as it was written"


@dataclass(frozen=True, slots=True)
class Mention:
    """A placeholder at ``[start, end)`` of an answer."""

    start: int
    end: int
    name: Name


def placeholder(entity: str, number: int, width: int) -> str:
    """Such as ``[PERSON_01]``."""
    return f"[{entity}_{number:0{width}}]"


_PAIRS = {"[": "]", "{": "}", "<": ">", "(": ")", "【": "】", "［": "］"}
_OPEN = rf"\\?[{re.escape(''.join(_PAIRS))}]"
_CLOSE = rf"\\?[{re.escape(''.join(_PAIRS.values()))}]"
_BREAK = r"(?:\\?[_-]|[ \t\xa0]|[ \t]?\r?\n[ \t>]{0,4}){1,2}"
_NUMBER = r"0{0,8}[0-9]{1,12}(?![0-9])"
LOOK_AHEAD = 6
"""Characters after a mention that may still change how it is read."""
LOOK_BEHIND = 3
_INSIDE = frozenset("_- \t\xa0\r\n>\\")


def longest(entities: Iterable[str]) -> int:
    """No way of writing a placeholder of ``entities`` is longer, in characters."""
    return max((len(entity) + 15 * (entity.count("_") + 1) for entity in entities), default=0) + 40


def mentions(text: str, entities: frozenset[str], grammar: Grammar = Grammar.FREE, start: int = 0) -> Iterable[Mention]:
    """Placeholders of ``entities`` from ``start`` on, whatever their number."""
    if not entities:
        return
    canonical = {canon(entity): entity for entity in entities}
    for match in _pattern(entities).finditer(text, start):
        mention = _read(match, canonical, grammar)
        if mention is not None:
            yield mention


def canon(written: str) -> str:
    """Letters and digits only, in upper case."""
    return "".join(char for char in written if char.isalnum()).upper()


def may_begin(tail: str, canonical: Collection[str]) -> bool:
    """Whether ``tail``, the end of what is known of an answer, may be the beginning of a placeholder."""
    if not (tail[0] in _PAIRS or tail[0] == "\\" or tail[0].isalpha()):
        return False
    rest = tail.lstrip("\\" + "".join(_PAIRS) + " \t\n")
    if any(not char.isalnum() and char not in _INSIDE for char in rest):
        return False
    written = canon(rest)
    return any(
        name.startswith(written) or (written.startswith(name) and written[len(name) :].isdecimal())
        for name in canonical
    )


@lru_cache(maxsize=64)
def _pattern(entities: frozenset[str]) -> re.Pattern[str]:
    names = "|".join(
        _BREAK.join(re.escape(part) for part in entity.split("_")) for entity in sorted(entities, key=len, reverse=True)
    )
    return re.compile(
        rf"(?:(?P<open>(?:{_OPEN}){{1,2}})\s?|(?<![A-Za-z0-9])(?<![A-Za-z0-9][_-])(?<![A-Za-z0-9]\\_))"
        rf"(?P<entity>{names})(?P<break>{_BREAK})(?P<number>{_NUMBER})(?:\s?(?P<close>(?:{_CLOSE}){{1,2}}))?",
        re.IGNORECASE,
    )


def _read(match: re.Match[str], canonical: dict[str, str], grammar: Grammar) -> Mention | None:
    entity = canonical.get(canon(match["entity"]))
    if entity is None:
        return None
    name = (entity, int(match["number"]))
    opens = list(re.finditer(_OPEN, match["open"] or ""))
    closes = list(re.finditer(_CLOSE, match["close"] or ""))
    start, end = match.start("entity"), match.end("number")
    pairs = 0
    depth = 2 if grammar is Grammar.FREE else 1
    for left, right in zip(reversed(opens), closes, strict=False):
        if pairs == depth or _PAIRS[left[0][-1]] != right[0][-1]:
            break
        both = len(left[0]) == len(right[0])  # a backslash on one side only is not of the placeholder
        start = match.start("open") + (left.start() if both else left.end() - 1)
        end = match.start("close") + right.end()
        pairs += 1
        if not both:
            break
    if grammar is Grammar.EXACT:
        exact = re.fullmatch(r"\[([A-Z0-9_]+)_[0-9]+\]", match.string[start:end])
        return Mention(start, end, name) if exact and exact[1] == entity else None
    if pairs:
        # A model turns the brackets of a placeholder, but seldom into those of a sentence: "(person 1)" is one.
        if match.string[end - 1] == ")" and not _is_bare(match):
            return None
        return Mention(start, end, name)
    if grammar is not Grammar.FREE or not _is_bare(match):
        return None
    return Mention(start, end, name)


def _is_bare(match: re.Match[str]) -> bool:
    """Without brackets a plain number after a plain word could be anything; a low line or a zero tells."""
    after = match.string[match.end("number") : match.end("number") + 2]
    ends = not after[:1].isalnum() or (after[0] in "sS" and not after[1:].isalnum())
    return ends and ("_" in match["break"] or match["number"].startswith("0"))
