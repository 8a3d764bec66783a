"""Postal addresses: a street with a house number together with a postcode, or a street after an address label.

A street alone ("10 Downing Street") is talked about in any newspaper and is not flagged.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from models.pii.finding import Finding
from models.pii.recognizers.pattern import CONTEXT, PATTERN, around, compiled, has_any, lowered, regions

_CAP = r"[A-ZÀ-ÖØ-Þ0-9][\w’'.-]{0,24}"
_EN_STREET = (
    r"Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl|Way|Terrace|Ter|Circle|Cir|Highway|Hwy|Parkway|Pkwy|Square|Sq|"
    r"Close|Crescent|Cres|Gardens|Grove|Row|Mews|Trail|Trl|Walk|Hill|Green|Broadway|View|Rise|Park|Loop|Alley|Ridge|Point|Pike"
)
_ENGLISH = (
    rf"\d(?<![\w.,-].)\d{{0,5}}[A-Za-z]?(?:[-/]\d{{1,4}})?,?[ ](?:(?:N|S|E|W|NE|NW|SE|SW|North|South|East|"
    rf"West)\.?[ ])?(?:{_CAP}[ ]){{1,4}}(?:{_EN_STREET})\b\.?"
)
_GERMAN = (
    r"(?<![^\W_])(?:[A-ZÄÖÜ][\wäöüß.-]{1,28}[ -]){0,3}[A-ZÄÖÜ]?[\wäöüß-]{0,28}(?:str(?:aße|asse|\.)|weg|platz|"
    r"allee|gasse|ring|damm|ufer|Straße|Weg|Platz|Allee|straat|laan|gracht|plein|kade|dijk|singel|"
    r"Str\.)[ ]\d{1,4}(?:[ ]?[a-zA-Z]\b)?(?:[-/]\d{1,4})?"
)
# A space before a number, looked at from there: hardly any has one of these endings before it.
_GERMAN_END = r" (?=\d)(?<=aße |sse |tr\. |weg |Weg |atz |lee |ing |amm |fer |aat |aan |cht |ein |ade |ijk |gel )"
_ROMANCE_FRONT = (
    r"\d(?<![\w.,-].)\d{0,3}(?:[ ]?(?:bis|ter))?,?[ ](?:rue|avenue|boulevard|place|chemin|allée|impasse|quai|"
    r"route|cours)[ ](?:[\w’'-]{1,20}[ ]?){1,6}"
)
_ROMANCE_BACK = (
    r"(?<![^\W_])(?i:calle|c/|avenida|avda\.?|paseo|plaza|carrer|via|viale|corso|piazza|piazzale|rua|"
    r"largo)[ ](?:[\w’'.-]{1,20}[ ]){0,5}[\w’'.-]{1,20},?[ ](?:n[.º°]?[ ]?)?\d{1,4}\b"
)
_STREETS = (
    (_ENGLISH, tuple(f" {word}" for word in _EN_STREET.lower().split("|"))),
    (
        _GERMAN,
        (
            "str",
            "weg ",
            "platz ",
            "allee ",
            "gasse ",
            "ring ",
            "damm ",
            "ufer ",
            "laan ",
            "gracht ",
            "plein ",
            "kade ",
            "dijk ",
            "singel ",
        ),
    ),
    (
        _ROMANCE_FRONT,
        ("rue ", "avenue ", "boulevard ", "place ", "chemin ", "allée ", "impasse ", "quai ", "route ", "cours "),
    ),
    (
        _ROMANCE_BACK,
        (
            "calle ",
            "c/ ",
            "avenida ",
            "avda",
            "paseo ",
            "plaza ",
            "carrer ",
            "via ",
            "viale ",
            "corso ",
            "piazza",
            "rua ",
            "largo ",
        ),
    ),
)
_UNIT = r"(?:[,\s]{1,3}(?:Apt|Apartment|Suite|Ste|Unit|Flat|Floor|Fl|Room|Rm|Bldg|Building|#|No)\.?[ ]?#?[\w-]{1,6})?"
_US_POSTCODE = (
    r"[,\s]{1,4}(?:[A-Z][\w.’' -]{1,30},?[ ]{1,2})?(?:[A-Z]{2}|"
    r"[A-Z][a-z]{3,12}(?: [A-Z][a-z]{3,12})?),?[ ]{1,2}\d{5}(?:-\d{4})?(?!\d)"
)
_UK_POSTCODE = r"(?:[,\n][ \t]*[A-Z][\w.’' -]{1,30}){0,3}[,\s]{1,3}[A-Z]{1,2}\d[A-Z\d]?[ ]?\d[A-Z]{2}(?!\w)"
_CA_POSTCODE = (
    r"(?:[,\n][ \t]*[A-Z][\w.’' -]{1,30}){0,2}[,\s]{1,3}(?:[A-Z]{2}[ ,]{1,2})?[A-Z]\d[A-Z][ -]?\d[A-Z]\d(?!\w)"
)
_AU_POSTCODE = r"(?:[,\s]{1,3}[A-Z][\w.’' -]{1,30})?[,\s]{1,3}(?:NSW|VIC|QLD|WA|SA|TAS|ACT|NT)[ ,]{1,2}\d{4}(?!\d)"
_EU_POSTCODE = (
    r"(?:[,\s]{1,4}[\w.º°ª ]{1,20})?[,\s]{1,4}(?:[A-Z]{1,2}-)?(?:\d{5}|"
    r"\d{4}[ ]?(?:[A-Z]{2}\b)?)[ ]{1,2}[A-ZÀ-Þ][\w’'.-]{1,30}"
)
_ENGLISH_POSTCODES = (_US_POSTCODE, _UK_POSTCODE, _CA_POSTCODE, _AU_POSTCODE)
_EUROPEAN_POSTCODES = (_EU_POSTCODE, _CA_POSTCODE)
_LABEL = (
    r"(?i:(?<![^\W_])(?:(?:home|postal|mailing|residential|street|billing|shipping|delivery|current|"
    r"permanent|registered|property|patient|private|work)?[ ]?address(?:es)?(?! bar)|"
    r"lives? (?:at|in|on)|living (?:at|on)|resid(?:es|ing|ent) (?:at|of|on)|moved to|home is|located at|"
    r"ship to|bill to|adresse|anschrift|wohnhaft(?: in)?|dirección|domicilio|"
    r"indirizzo|residente in|adres|morada|domicilié(?:e)? (?:au|à)|demeurant(?: au)?|house at|property at|"
    r"premises at)(?:[ ]is)?[\s:*_\"'|]{0,8}(?:[A-Z][\w ’'.-]{1,40}[,\n][ ]?)?)$"
)
_PO_BOX = r"(?<![^\W_])(?i:p\.?[ ]?o\.?[ ]?box|postfach|boîte postale|apartado)[ ]\d{1,6}(?!\w)"


class AddressRecognizer:
    """A street first, then what follows or stands before it."""

    name = "postal address"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield addresses from the street to the postcode."""
        lower = lowered(text)
        for regex, triggers in _STREETS:
            if not has_any(lower, triggers):
                continue
            spans: Iterable[tuple[int, int]] = ((0, len(text)),)
            if regex == _GERMAN:
                spans = around(text, _GERMAN_END, 100, 24)
            elif regex == _ROMANCE_BACK:
                spans = regions(lower, triggers)
            for start, end in spans:
                for match in compiled(regex).finditer(text, start, end):
                    yield from self._judge(match, text)
        if "box " in lower or "postfach" in lower:
            for match in compiled(_PO_BOX).finditer(text):
                end = _postcode_end(text, match.end(), _ENGLISH_POSTCODES + _EUROPEAN_POSTCODES)
                if end:
                    yield Finding(
                        match.start(), end, "ADDRESS", PATTERN, self.name, "A post-office box with a postcode."
                    )

    def _judge(self, street: re.Match[str], text: str) -> Iterator[Finding]:
        english = street.re.pattern == _ENGLISH
        end = _postcode_end(text, street.end(), _ENGLISH_POSTCODES if english else _EUROPEAN_POSTCODES)
        if end:
            yield Finding(
                street.start(), end, "ADDRESS", PATTERN, self.name, "A street and house number with a postcode."
            )
            return
        if compiled(_LABEL).search(text[max(0, street.start() - 70) : street.start()]):
            value = street[0].rstrip()
            reason = "A street and house number after words for an address."
            yield Finding(street.start(), street.start() + len(value), "ADDRESS", CONTEXT, self.name, reason)


def _postcode_end(text: str, position: int, postcodes: Sequence[str]) -> int:
    """Where the postcode after a street ends, or 0 when none follows."""
    unit = compiled(_UNIT, re.IGNORECASE).match(text, position)
    starts = {unit.end() if unit else position, position}
    ends = [match.end() for begin in starts for regex in postcodes if (match := compiled(regex).match(text, begin))]
    end = max(ends, default=0)
    return end - (1 if end and text[end - 1] == "." else 0)
