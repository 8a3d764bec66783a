"""Which findings of a document are one value, written in different ways."""

import re
from collections.abc import Sequence

from models.pii.policy import sensitivity
from models.pii.recognizers.placeholder import listed

Value = tuple[str, str]
"""Entity and text."""

_TITLES = listed(
    """mr mrs ms miss mx dr prof sir dame lord lady herr frau monsieur madame mme mlle m sr sra srta don doña dott sig
    dhr mevr pan pani rev fr st hon jr snr mister"""
)
_CASE_COUNTS = frozenset({"CRYPTO_WALLET", "USERNAME"})


def group(values: Sequence[Value]) -> dict[Value, Value]:
    """For each value, in the order given, the one whose placeholder it shares: the first spelling, or the full name.

    Secrets are one only when they are the same to the letter. Identifiers and telephone numbers are when their letters
    and digits are, everything else when it differs in case and spacing only, and names also when one is part of exactly
    one longer name.
    """
    by_key: dict[tuple[str, str], Value] = {}
    by_text: dict[str, Value] = {}
    leaders: dict[Value, Value] = {}
    for entity, text in values:
        value = (entity, text)
        leader = by_text.get(text) or by_key.setdefault((entity, _key(entity, text)), value)
        by_text[text] = leaders[value] = leader
    full = _full_names([value for value in dict.fromkeys(leaders.values()) if value[0] == "PERSON"])
    return {value: full.get(leader, leader) for value, leader in leaders.items()}


def _key(entity: str, text: str) -> str:
    kind = sensitivity(entity)
    if kind == "secret" or entity in _CASE_COUNTS:
        return text
    if kind == "identifier" or entity == "PHONE":
        return "".join(char for char in text if char.isalnum()).casefold() or text
    return " ".join(text.casefold().split()) or text


def _full_names(names: Sequence[Value]) -> dict[Value, Value]:
    """For each name that is part of exactly one longer name, that name. Looks names up by their words."""
    words = {name: _words(name[1]) for name in names}
    by_word: dict[str, set[Value]] = {}
    full: dict[Value, Value] = {}
    for name in sorted(names, key=lambda name: -len(words[name])):
        own = words[name]
        long_words = [word for word in own if len(word) > 1]
        holders = [by_word.get(word, set()) for word in long_words]
        candidates = set.intersection(*holders) if holders else set()
        initials = [word for word in own if len(word) == 1]
        candidates = {
            other
            for other in candidates
            if len(words[other]) >= len(own)
            and all(any(word.startswith(initial) for word in words[other]) for initial in initials)
        }
        if len(candidates) == 1:
            full[name] = candidates.pop()
            continue
        for word in own:
            by_word.setdefault(word, set()).add(name)
    return full


def _words(name: str) -> tuple[str, ...]:
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", name.casefold())
    return tuple(word for word in words if word not in _TITLES)
