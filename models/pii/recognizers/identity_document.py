"""Passports and driving licences: by their machine-readable zone or format, or after words that name them."""

import re
from collections.abc import Iterator

from models.pii.finding import Finding
from models.pii.recognizers.checksum import mrz
from models.pii.recognizers.pattern import CHECKSUM, CONTEXT, PATTERN, Pattern, PatternRecognizer, compiled, labelled

_PASSPORT_WORDS = (
    r"passports?|reisepass\w{0,8}|passnummer|pass-?nr\.?|passeports?|pasaportes?|passaport[oe]s?|paspoort\w{0,7}"
)
_PASSPORT_VALUE = (
    r"(?:[A-Z]{1,3}[ -]?\d{6,9}[A-Z]?|\d{2}[A-Z]{2}\d{5}|[A-Z0-9]{8,9}|\d{3}[ -]?\d{3}[ -]?\d{3})(?![\w-])"
)
_LICENCE_WORDS = (
    r"driv(?:er'?s?|er’s|ing)[ _-]?li[cs]en[cs]es?|driv(?:er'?s?|ing) permit|dl|d\.l\.|licen[cs]e (?:no|"
    r"number|num|#)|dvla|führerschein\w{0,8}"
    r"|fuehrerschein\w{0,8}|permis(?: de conduire)?|(?:licencia|permiso|carn[eé]t?) de conduci[r]?|"
    r"patente(?: di guida)?|rijbewijs\w{0,7}"
)
_LICENCE_VALUE = r"[A-Z0-9](?:[ -]?[A-Z0-9]){4,19}(?![\w-])"
_TD3_LINE_2 = r"(?<![A-Z0-9<])(?P<value>[A-Z0-9<]{9}\d[A-Z<]{3}\d{7}[MFX<]\d{7}[A-Z0-9<]{14}[\d<]\d)(?![A-Z0-9<])"
_TD3_LINE_1 = r"(?<![A-Z0-9<])P[A-Z<][A-Z<]{3}[A-Z<]{39}(?![A-Z0-9<])"
_DVLA = r"(?<![^\W_])[A-Z]{1,5}9{0,4}\d[0156]\d[0-3]\d\d[A-Z][A-Z9]\d[A-Z]{2}(?:[ ]?\d{2})?(?![^\W_])"


def _has_digits(value: str, at_least: int) -> bool:
    return sum(char.isdigit() for char in value) >= at_least


def _is_passport_number(value: str) -> bool:
    return _has_digits(value, 5) and not re.fullmatch(r"(?:19|20)\d{6}", value)


def _is_licence_number(value: str) -> bool:
    return _has_digits(value, 4) and not re.fullmatch(r"\d{1,4}[ -]\d{1,2}[ -]\d{1,4}", value)


def _is_dvla(value: str) -> bool:
    return len(value.replace(" ", "")) in (16, 18)


def _is_mrz(value: str) -> bool:
    return mrz(value[:9], value[9]) and mrz(value[13:19], value[19]) and mrz(value[21:27], value[27])


class MachineReadableZoneRecognizer:
    """The two lines at the foot of a passport (ICAO Doc 9303 part 4), proven by their check digits."""

    name = "passport zone"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the lines; the first one holds the name and counts too."""
        if "<<" not in text:
            return
        for match in compiled(_TD3_LINE_2).finditer(text):
            if _is_mrz(match["value"]):
                reason = "The check digits of a passport's machine-readable line are right."
                yield Finding(match.start(), match.end(), "PASSPORT", CHECKSUM, self.name, reason)
        for match in compiled(_TD3_LINE_1).finditer(text):
            reason = "It has the form of a passport's machine-readable line, with a name in it."
            yield Finding(match.start(), match.end(), "PASSPORT", PATTERN, self.name, reason)


def passport_recognizer() -> PatternRecognizer:
    """A passport number after the word passport in six languages."""
    return PatternRecognizer(
        "passport",
        "PASSPORT",
        (
            Pattern(
                labelled(_PASSPORT_WORDS, _PASSPORT_VALUE),
                CONTEXT + 0.05,
                "A document number after a word for passport",
                _is_passport_number,
                ("pass", "pasa", "paspo"),
            ),
        ),
    )


def driving_licence_recognizer() -> PatternRecognizer:
    """A licence number after words that name it, or in the form of the United Kingdom's."""
    return PatternRecognizer(
        "driving licence",
        "DRIVING_LICENCE",
        (
            Pattern(
                labelled(_LICENCE_WORDS, _LICENCE_VALUE),
                CONTEXT + 0.05,
                "A document number after words for a driving licence",
                _is_licence_number,
                ("driv", "dl", "d.l.", "licen", "dvla", "führer", "fuehrer", "permis", "carn", "patente", "rijbewijs"),
            ),
            Pattern(_DVLA, PATTERN, "It has the form of a United Kingdom driver number", _is_dvla, has_digit_run=True),
        ),
    )
