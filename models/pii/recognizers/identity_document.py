"""Passports and driving licences by their machine-readable zone or format. After words: see ``labelled_number``."""

from collections.abc import Iterator

from models.pii.finding import Finding
from models.pii.recognizers.checksum import mrz
from models.pii.recognizers.pattern import CHECKSUM, PATTERN, Pattern, PatternRecognizer, compiled, long_words

_LINE_CHARS = 44
_TD3_LINE_2 = r"(?<![A-Z0-9<])(?P<value>[A-Z0-9<]{9}\d[A-Z<]{3}\d{7}[MFX<]\d{7}[A-Z0-9<]{14}[\d<]\d)(?![A-Z0-9<])"
_TD3_LINE_1 = r"(?<![A-Z0-9<])P[A-Z<][A-Z<]{3}[A-Z<]{39}(?![A-Z0-9<])"
_DVLA = (
    r"(?<![^\W_])(?i:[A-Z]{1,5}9{0,4}\d(?:0[1-9]|1[0-2]|5[1-9]|6[0-2])(?:0[1-9]|[12]\d|3[01])\d[A-Z][A-Z9][A-Z0-9][A-Z]{2})(?:[ ]?\d{2})?"
    r"(?![^\W_])"
)


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
        for start, end in long_words(text, _LINE_CHARS):
            for match in compiled(_TD3_LINE_2).finditer(text, start, end):
                if _is_mrz(match["value"]):
                    reason = "The check digits of a passport's machine-readable line are right."
                    yield Finding(match.start(), match.end(), "PASSPORT", CHECKSUM, self.name, reason)
            for match in compiled(_TD3_LINE_1).finditer(text, start, end):
                reason = "It has the form of a passport's machine-readable line, with a name in it."
                yield Finding(match.start(), match.end(), "PASSPORT", PATTERN, self.name, reason)


def driving_licence_recognizer() -> PatternRecognizer:
    """A licence number in the form of the United Kingdom's. Others: see ``labelled_number``."""
    return PatternRecognizer(
        "driving licence",
        "DRIVING_LICENCE",
        (Pattern(_DVLA, PATTERN, "It has the form of a United Kingdom driver number", _is_dvla, has_digit_run=True),),
    )
