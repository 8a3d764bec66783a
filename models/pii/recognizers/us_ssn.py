"""United States Social Security numbers and individual taxpayer identification numbers."""

from models.pii.recognizers.pattern import CONTEXT, PATTERN, Context, Pattern, PatternRecognizer, digits_of, labelled

_SSN_WORDS = (
    r"ssns?|social security(?: (?:number|no|num|card))?|social sec|soc sec|social|tax(?:payer)? id(?:entification)?"
)
_ITIN_WORDS = r"itins?|individual taxpayer|tax(?:payer)? id(?:entification)?(?: number)?"
_IN_PRINT = frozenset(("078051120", "219099999", "123456789"))
"""Printed on sample cards, on a leaflet and in every manual; nobody's, unless words say so."""
_ITIN_GROUPS = frozenset([*range(50, 66), *range(70, 89), *range(90, 93), *range(94, 100)])


def valid_ssn(value: str) -> bool:
    """Social Security Administration: no area 000, 666 or 9xx, no group 00, no serial 0000, none from adverts."""
    digits = digits_of(value)
    if digits in _IN_PRINT:
        return False
    area, group, serial = digits[:3], digits[3:5], digits[5:]
    return area not in ("000", "666") and area[0] != "9" and group != "00" and serial != "0000"


def valid_itin(value: str) -> bool:
    """Internal Revenue Service: area 9xx and the group ranges in use (50 to 65, 70 to 88, 90 to 92, 94 to 99)."""
    digits = digits_of(value)
    return digits[0] == "9" and int(digits[3:5]) in _ITIN_GROUPS


def _is_issued_itin(value: str) -> bool:
    """Not from 987-65-4320 to 4329, which the Social Security Administration leaves to advertisements."""
    return valid_itin(value) and not digits_of(value).startswith("98765432")


def _not_empty(value: str) -> bool:
    return len(set(digits_of(value))) > 1


def us_ssn_recognizer() -> PatternRecognizer:
    """With dashes by its ranges; with other separators or none only where words name it."""
    return PatternRecognizer(
        "us ssn",
        "US_SSN",
        (
            Pattern(
                r"\d(?<![\w.-].)\d{2}-\d{2}-\d{4}(?![\w-])",
                PATTERN,
                "It has the form and the ranges of a US Social Security number",
                valid_ssn,
                has_digit_run=True,
            ),
            Pattern(
                r"\d(?<![\w.-].)\d{2}([ .])\d{2}\1\d{4}(?![\w-])",
                CONTEXT,
                "It has the ranges of a US Social Security number",
                valid_ssn,
                needs_context=True,
                has_digit_run=True,
            ),
            Pattern(
                labelled(_SSN_WORDS, r"\d{3}[ .-]?\d{2}[ .-]?\d{4}(?![\w-])"),
                CONTEXT,
                "Nine digits after the words for a Social Security number",
                _not_empty,
                ("ssn", "social", "soc sec", "tax"),
            ),
        ),
        Context((_SSN_WORDS,)),
    )


def us_itin_recognizer() -> PatternRecognizer:
    """With dashes by its ranges; without only where words name it."""
    return PatternRecognizer(
        "us itin",
        "US_ITIN",
        (
            Pattern(
                r"9(?<![\w.-].)\d{2}-\d{2}-\d{4}(?![\w-])",
                PATTERN,
                "It has the form and the ranges of a US taxpayer number",
                _is_issued_itin,
                has_digit_run=True,
            ),
            Pattern(
                labelled(_ITIN_WORDS, r"9\d{2}[ .-]?\d{2}[ .-]?\d{4}(?![\w-])"),
                CONTEXT + 0.01,
                "Nine digits after the words for a taxpayer number",
                valid_itin,
                ("itin", "tax"),
            ),
        ),
        Context((_ITIN_WORDS,)),
    )
