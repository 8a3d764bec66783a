"""International bank account numbers."""

from collections.abc import Iterator

from models.pii.finding import Finding
from models.pii.recognizers.checksum import mod97
from models.pii.recognizers.pattern import CHECKSUM, CONTEXT, Context, compiled

# Total length by country, from the SWIFT IBAN registry.
_REGISTRY = """
    AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20
    EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30
    KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23
    PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26
    UA29 VA22 VG24 XK20 YE30
"""
_LENGTHS = {entry[:2]: int(entry[2:]) for entry in _REGISTRY.split()}
BANK_COUNTRIES = frozenset(_LENGTHS) | frozenset(
    [
        "US",
        "CA",
        "MX",
        "AR",
        "CL",
        "CO",
        "PE",
        "JP",
        "CN",
        "HK",
        "TW",
        "KR",
        "SG",
        "MY",
        "TH",
        "ID",
        "PH",
        "VN",
        "IN",
        "AU",
        "NZ",
        "ZA",
        "NG",
        "KE",
        "MA",
    ]
)
"""Country codes of bank codes: those with an IBAN and the larger ones without."""
# Two letters and two digits, found by the first of these.
_START = r"\d(?<=[A-Za-z ].)(?:(?<=(?<![^\W_])[A-Za-z]{2}.)|(?<=(?<![^\W_])[A-Za-z]{2}[ ].))[ ]?\d"
_SEPARATORS = " -.\t\n"
_CONTEXT = Context(
    (
        "iban",
        "bank",
        "account",
        "konto",
        "kontonummer",
        "bankverbindung",
        "compte",
        "cuenta",
        "conto",
        "rekening\\w{0,6}",
        "refund\\w{0,3}",
        "transfer\\w{0,4}",
        "überweis\\w{1,5}",
    )
)
_MAX_SEPARATORS = 2


class IbanRecognizer:
    """Reads from a country code on until the country's length is reached, then checks mod 97."""

    name = "iban"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield IBANs; after the word "IBAN" or the like also one whose check digits are wrong."""
        for match in compiled(_START).finditer(text):
            start = match.start() - (3 if text[match.start() - 1] == " " else 2)
            length = _LENGTHS.get(text[start : start + 2].upper())
            if length is None:
                continue
            value, end = _read(text, start, length)
            if length - 2 <= len(value) < length and _CONTEXT.found(text, start, end) == "before":
                yield from self._short(text, start, value, end)
            if len(value) < length or (end < len(text) and text[end].isalnum()):
                continue
            if mod97(value):
                reason = "The country's length and the check digits (mod 97) are right."
                yield Finding(start, end, "IBAN", CHECKSUM, self.name, reason)
            elif sum(char.isdigit() for char in value) >= 8 and _CONTEXT.found(text, start, end) == "before":
                reason = (
                    "It has an IBAN's country and length and stands after a word for an account, though a digit is off."
                )
                yield Finding(start, end, "IBAN", CONTEXT, self.name, reason)

    def _short(self, text: str, start: int, value: str, end: int) -> Iterator[Finding]:
        """One or two characters are missing: a slip of the pen is still an account."""
        tail = end - len(text[start:end]) + len(text[start:end].rstrip(_SEPARATORS))
        if sum(char.isdigit() for char in value) >= 12:
            reason = "It begins like an IBAN and stands after a word for an account, though it is short."
            yield Finding(start, tail, "IBAN", CONTEXT, self.name, reason)


def _read(text: str, start: int, length: int) -> tuple[str, int]:
    """The next ``length`` letters and digits from ``start`` in upper case, separators skipped, and where they end."""
    value: list[str] = []
    separators = 0
    position = start
    while position < len(text) and len(value) < length:
        char = text[position]
        if char.isascii() and char.isalnum():
            value.append(char.upper())
            separators = 0
        elif char in _SEPARATORS and separators < _MAX_SEPARATORS:
            separators += 1
        else:
            break
        position += 1
    return "".join(value), position
