"""Postal addresses by a label or by a postcode: the parts around it, on one line or several."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from models.pii.finding import Finding
from models.pii.recognizers.address_parts import (
    CA_POSTCODE,
    TOWN_POSTCODE,
    UK_POSTCODE,
    UNIT,
    US_POSTCODE,
    US_STATES,
    has_postcode,
    has_street,
    readable_part,
)
from models.pii.recognizers.pattern import CONTEXT, PATTERN, around, compiled, lowered, matches, openings

_LABEL = (
    r"(?<![^\W_])(?:(?P<noun>(?<!mail )(?<!email )(?<!ip )(?<!mac )(?<!web )(?<!wallet )(?<!memory )(?<!bitcoin )(?<!e-mail )(?<!-mail )address(?:es)?|"
    r"addr|adresse|anschrift|wohnort|dirección|domicilio|indirizzo|adres|endereço|morada|adress|osoite|cím|adresa|"
    r"ship(?:ping)? to|deliver(?:y)? to|bill(?:ing)? to|sold to|residence)(?![^\W\d_])[ ]?(?:\([^)\n]{1,24}\))?[\"'*_]{0,3}(?:[ \t]{0,3}[:=|\t][ \t\"'*_]{0,4}\n?|[ ](?:is|was|at|ist|est|es|è|is:)[ ]|[ ]{1,2}(?=[A-ZÀ-Þ\d])|[ \t*_]{0,4}\n[ \t]{0,4}(?=[A-ZÀ-Þa-z\d]))"
    r"|(?:(?:lives?|lived|living|resid(?:es|ed|ing|ent)|staying|stays|domiciled|based|registered) (?:at|of|in|on)|moved (?:to|from|into)|home is|house is|located at|"
    r"shipped to|sent to|delivered to|(?:send|deliver|ship|post|forward|return|mail|bring)(?:[ ][\w'’-]{1,16}){1,5}?[ ]to|property at|premises at|house at|flat at|apartment at|"
    r"wohnhaft(?: in)?|wohnt in|wohne in|gemeldet in|demeurant(?: au)?|domicilié(?:e)?(?: au| à)?|habite(?: au| à)?|vive en|reside en|residente (?:in|en|em)|"
    r"abita in|woont (?:op|aan|in)|wonende te|zamieszkał[ya](?: przy| w)?|mieszka (?:przy|w|na)|mora (?:na|no|em)|reside (?:na|no|em))[ ](?:the )?)"
)
_LABEL_TRIGGERS = (
    "addr", "adres", "anschrift", "wohn", "direcci", "domicil", "indirizzo", "endere", "morada", "osoite", "cím", "ship", "deliver", "bill",
    "sold to", "residence", "live", "living", "resid", "stay", "based ", "registered", "moved", "home is", "house", "located at", "sent to", "send ", "post ", "forward", "return", "mail ", "bring ",
    "post it", "property at", "premises", "flat at", "apartment at", "gemeldet", "demeurant", "habite", "vive en", "abita", "woont", "wonende",
    "zamieszk", "mieszka", "mora ",
)  # fmt: skip
_REACH_CHARS = 200
_MAX_PARTS = 8
_PART = r"(?P<part>[^,;|\n]{1,80})(?P<sep>[ \t]*(?:,[ \t]*\n?|\n)[ \t]*|)"
_NOT_POSTAL = r"^[A-Z]{2,5} \d{3,6}$|[@\\]|://|0x|\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{2}:[0-9a-f]{2}"
_TOWN = r"[^\W\d_a-z][^\W\d_]{1,24}(?:[ -](?:[a-zà-ÿ]{1,4}[ -])?[^\W\d_a-z][^\W\d_]{1,24}){0,2}"
_ANCHOR = (
    rf"(?<![\w.-])(?:(?P<uk>{UK_POSTCODE})|(?P<us>{US_POSTCODE})|(?P<ca>{CA_POSTCODE})|(?P<au>(?:NSW|VIC|QLD|WA|SA|TAS|ACT|NT),?[ ]\d{{4}})"
    rf"|(?P<ie>[AC-FHKNPRTV-Y]\d[\dW][ ]?[AC-FHKNPRTV-Y\d]{{4}})|(?P<named>{_TOWN}(?:[ ]?[-–][ ]?|,?[ ])(?:\d{{6}}|\d{{3}} \d{{3}}|\d{{5}}(?=[ ]?(?:\n|$|[,.;]))))"
    rf"|(?P<town>{TOWN_POSTCODE})(?:,?[ ]{{1,2}}|\n)(?P<name>{_TOWN}))(?![\w-])"
)
# A digit or a letter that is no small one of ASCII, where an anchor may begin.
_ANCHOR_START = r"[^\W_a-z](?<![\w.-].)"
_TAIL = (
    r"(?:^|[ ])(?P<tail>\d{1,5}[a-zA-Z]?(?:[ ](?:[a-z]{1,4}[ ])?[^\W\d_a-z][^\d\s,]{1,24}){1,4}|(?:(?:rue|avenue|chemin|calle|via|rua|ul\.|ulica|al\.|pl\.|plac) )?"
    r"[^\W\d_a-z][^\d\s,]{2,24}(?:[ ](?:[a-z]{1,4}[ ])?[^\W\d_a-z][^\d\s,]{1,24}){0,3}(?:[ ]\d{1,3}[a-z]?(?:/\d{1,3})?)?)$"
)
_HOUSE = r"[^\W\d_a-z][^\d]{1,40}[ ]\d{1,3}[ ]?[a-zA-Z]?(?:[/-]\d{1,3}[a-zA-Z]?)?|\d{1,5}(?:[ ]?(?:bis|ter|[a-zA-Z]))?[ ,](?:[ ]?(?:[a-z]{1,6}[ ])?[^\W\d_a-z][^\d\s]{1,24}){1,5}(?:[ ]\d{1,4})?"
_UNIT = rf"{UNIT}[ ]?[\w-]{{1,6}}"
_NO_STREET = r"(?i)(?:in|on|by|at|the|since|until|from|about|over|chapter|page|section|figure|table|version|article|room|vol|no|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w{0,7}\b"


class AddressLineRecognizer:
    """Reads parts (between commas and line breaks) after a label, or backwards from a postcode."""

    name = "address line"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield addresses that hold a number and a street or postcode."""
        yield from self._labelled(text)
        pending: Finding | None = None
        for finding in self._anchored(text):
            if pending is not None and finding.start < pending.end:  # one run of parts: one finding
                pending = replace(pending, start=min(pending.start, finding.start), end=finding.end)
                continue
            if pending is not None:
                yield pending
            pending = finding
        if pending is not None:
            yield pending

    def _labelled(self, text: str) -> Iterator[Finding]:
        lower = lowered(text)
        for starts, end in openings(lower, _LABEL_TRIGGERS, 0, words=False):
            if not compiled(r"\d").search(text, starts[0], end + _REACH_CHARS):
                continue
            for label in matches(compiled(_LABEL, re.IGNORECASE), text, starts, end):
                yield from self._after_label(text, label)

    def _anchored(self, text: str) -> Iterator[Finding]:
        parts = _Parts(text)
        for start, end in around(text, r"\d[\dA-Z][ -]?[\dA-Z]", 60, 60):
            starts = (word.start() for word in compiled(_ANCHOR_START).finditer(text, start, end))
            for anchor in matches(compiled(_ANCHOR), text, starts, end):
                yield from self._before_postcode(text, anchor, parts)

    def _after_label(self, text: str, label: re.Match[str]) -> Iterator[Finding]:
        begin = label.end()
        limit = min(len(text), begin + _REACH_CHARS)
        end, parts, position = begin, 0, begin
        while parts < _MAX_PARTS and (match := compiled(_PART).match(text, position, limit)):
            part = readable_part(match["part"])
            if not part or compiled(r"[A-Za-z ]{2,24}:").match(match["part"]):
                break
            end, parts = position + len(part), parts + 1
            if len(part) < len(match["part"].rstrip(" .\"'*")) or not match["sep"]:
                break
            if "\n" in match["sep"] and parts > 1 and has_postcode(part) and any(char.islower() for char in part):
                break
            position = match.end()
        value = text[begin:end].strip()
        if parts == 0 or not any(char.isdigit() for char in value) or compiled(_NOT_POSTAL).search(value):
            return
        if len(value) < 8 or not (
            has_street(value)
            or (has_postcode(value) and any(char.isalpha() for char in value))
            or (parts > 1 and label["noun"] and compiled(_HOUSE).match(value))
        ):
            return
        start = text.index(value, begin)
        reason = "A street or postcode with a number after words for an address."
        yield Finding(start, start + len(value), "ADDRESS", CONTEXT + 0.03, self.name, reason)

    def _before_postcode(self, text: str, anchor: re.Match[str], parts: "_Parts") -> Iterator[Finding]:
        if anchor["us"] and anchor["us"][:2] not in US_STATES:
            return
        loose = anchor["town"] is not None
        sure = not loose and anchor["named"] is None and anchor["ie"] is None
        if loose and anchor["town"][:2] in ("19", "20") and len(anchor["town"]) == 4 and anchor["town"].isdigit():
            return
        if loose and has_street(anchor["name"]):
            return
        begin, street, house, named = anchor.start(), False, False, not loose
        position = anchor.start()
        for count in range(_MAX_PARTS):
            part = parts.before(position)
            if not part.text or part.opens_phrase:
                break
            if part.is_house or part.is_street:
                begin, house, street = part.cut, house or part.is_house, street or part.is_street
                named = named or not part.text.isdigit()
                if part.is_house and part.is_street:
                    before = parts.before(part.cut)
                    begin = before.cut if before.is_unit else begin
                    break
            elif (house and street) or part.is_unit:
                begin = part.cut if begin < anchor.start() else begin
            elif house or count > 2:
                break
            position = part.cut
        runs_on = not sure and not street and compiled(r"[ ][a-z]").match(text, anchor.end()) is not None
        if (street or (house and named)) and not runs_on and begin < anchor.start():
            reason = "A street and house number with a postcode."
            yield Finding(begin, anchor.end(), "ADDRESS", PATTERN - 0.01, self.name, reason)


@dataclass(frozen=True, slots=True)
class _Part:
    """What stands between two commas or line breaks, and what it can be in an address."""

    cut: int
    text: str
    is_house: bool
    is_street: bool
    is_unit: bool
    opens_phrase: bool


class _Parts:
    """Reads parts backwards, each one once: neighbouring postcodes share what stands before them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[int, _Part] = {}

    def before(self, position: int) -> _Part:
        """The part that ends at ``position``."""
        part = self._known.get(position)
        if part is None:
            cut, words = _part_before(self._text, position)
            part = self._known[position] = _Part(
                cut,
                words,
                compiled(_HOUSE).fullmatch(words) is not None or (words.isdigit() and len(words) < 5),
                has_street(words),
                compiled(_UNIT, re.IGNORECASE).fullmatch(words) is not None,
                compiled(_NO_STREET).match(words) is not None,
            )
        return part


def _part_start(text: str, end: int) -> int:
    """Where the part (between commas and line breaks) that ends at ``end`` begins."""
    stop = end
    while stop > 0 and text[stop - 1] in " ,\t\n" and end - stop < 4:
        stop -= 1
    low = max(0, stop - 64)
    return max(low, *(text.rfind(separator, low, stop) + 1 for separator in (",", "\n", ":", ";")))


def _part_before(text: str, end: int) -> tuple[int, str]:
    """Where the part before ``end`` begins and the part; of a sentence only the words that can open an address."""
    cut = _part_start(text, end)
    part = text[cut:end].strip(" ,\n\t")
    if part and (len(part) > 60 or readable_part(part) != part.rstrip(" .")):
        found = compiled(_TAIL).search(part)
        part = found["tail"] if found else ""
    return (text.rindex(part, cut, end) if part else end), part
