"""Redaction that cannot be undone: findings masked, made more general, or taken out.

What a more general value still tells is a decision of policy, written down here by entity. Nothing here makes a text
anonymous: what stands around a value may still say whose it is.
"""

import ipaddress
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from models.pii.entities import entity_words
from models.pii.finding import Finding, Scan
from models.pii.redactor import spans_of, without_spans

_MASK = "••••"
_OLDEST_BAND = 90
"""From this age on a decade says too much (US 45 CFR 164.514(b)(2)(i)(C) draws the line there)."""


class Style(Enum):
    """What becomes of a finding."""

    MASK = "mask"
    GENERALISE = "generalise"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Obscured:
    """``text`` without the values; ``spans`` are what was put in their place, as offsets into it."""

    text: str
    spans: tuple[tuple[int, int], ...] = field(default=(), repr=False)

    def remaining(self, scan: Callable[[str], Scan]) -> Scan:
        """What ``scan`` (an analyzer's) still finds in the text, what was put in left aside."""
        return without_spans(scan(self.text), self.text, self.spans)


def obscure(text: str, findings: Scan | Sequence[Finding], style: Style, *, keep_card_digits: bool = False) -> Obscured:
    """``text`` with every finding replaced in one ``style``.

    A mask is four dots whatever it covers, so that it does not tell the length; ``keep_card_digits`` leaves the last
    four digits of payment cards. Raises ScanIncomplete for a scan that was not finished, ValueError for a finding
    outside the text.
    """
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    position = length = 0
    for start, end, entity in spans_of(text, findings):
        before = text[position:start]
        value = _replacement(entity, text[start:end], style, keep_card_digits)
        position = end
        # A word taken out takes one of the spaces around it with it.
        if not value and text[end : end + 1] == " " and (before[-1:] or (parts or [" "])[-1][-1:] or " ") in " \n":
            position = end + 1
        parts += (before, value)
        length += len(before)
        spans.append((length, length + len(value)))
        length += len(value)
    parts.append(text[position:])
    return Obscured("".join(parts), tuple(spans))


def _replacement(entity: str, value: str, style: Style, keep_card_digits: bool) -> str:
    if style is Style.REMOVE:
        return ""
    if style is Style.MASK:
        if keep_card_digits and entity == "PAYMENT_CARD":
            return _MASK + "".join(char for char in value if char.isdigit())[-4:]
        return _MASK
    general = _GENERAL.get(entity)
    return (general(value) if general else None) or f"[{entity_words(entity).singular}]"


def _year(value: str) -> str | None:
    """1985 for 3 April 1985; nothing for a year of two digits, which may be the day."""
    years = re.findall(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)", value)
    return years[0] if len(years) == 1 else None


def _age_band(value: str) -> str | None:
    """40–49 for 47; 90 or over from there on."""
    numbers = re.findall(r"\d{1,3}", value)
    if len(numbers) != 1 or re.search(r"month|week|day|monat|woche|tag|mois|mes", value, re.IGNORECASE):
        return None
    age = int(numbers[0])
    if age >= _OLDEST_BAND:
        return f"{_OLDEST_BAND} or over"
    return f"{age // 10 * 10}–{age // 10 * 10 + 9}"


def _town(value: str) -> str | None:
    """The town of an address: the first part after the street (the part with the house number) that is all letters.

    Postcodes and codes of states go: a full one can be a single building.
    """
    parts = [part.strip() for part in re.split(r"[,\n;]", value) if part.strip()]
    numbered = [index for index, part in enumerate(parts) if re.search(r"\d", part)]
    if not numbered:
        return None
    for part in parts[numbered[0] + 1 :]:
        words = [word for word in part.split() if not re.search(r"\d", word) and not re.fullmatch(r"[A-Z]{1,2}", word)]
        town = " ".join(words)
        if re.fullmatch(r"[^\W\d_][^\W\d_ .'’-]*(?:[ .'’-]{1,2}[^\W\d_]+){0,4}\.?", town):
            return town
    return None


def _network(value: str) -> str | None:
    """The first 24 bits of an IPv4 address, the first 48 of an IPv6 one, with a sign that the rest is left out."""
    try:
        address = ipaddress.ip_address(value.strip("[]").split("%")[0])
    except ValueError:
        return None
    if address.version == 4:
        return f"{str(address).rpartition('.')[0]}.x"
    return ":".join(group.lstrip("0") or "0" for group in address.exploded.split(":")[:3]) + ":…"


# An e-mail's domain is left out too: an employer's or a family's says much about whose it is.
_GENERAL: dict[str, Callable[[str], str | None]] = {
    "DATE_OF_BIRTH": _year,
    "AGE": _age_band,
    "ADDRESS": _town,
    "IP_ADDRESS": _network,
}
