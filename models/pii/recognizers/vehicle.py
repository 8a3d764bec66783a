# ruff: noqa: E501 (word lists)
"""Vehicles and devices that stand for their owner: VIN, number plates, IMEI."""

from models.pii.recognizers.checksum import luhn
from models.pii.recognizers.pattern import CHECKSUM, CONTEXT, Context, Pattern, PatternRecognizer, digits_of, labelled

_VIN_VALUES = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", (*range(1, 9), 1, 2, 3, 4, 5, 7, 9, *range(2, 10)), strict=True))
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_PLATE_WORDS = (
    r"(?:licen[cs]e|number|registration|vehicle|car|reg(?:istration)?) plates?(?: (?:no|number))?|plates?(?: (?:no|number))|"
    r"vehicle reg(?:istration)?(?: (?:no|number|mark))?|car reg(?:istration)?|reg(?:istration)? (?:no|number|mark)|vrm|"
    r"kennzeichen|kfz-kennzeichen|plaque(?: d'immatriculation)?|immatriculation|matrícula|targa|kenteken|"
    r"numer rejestracyjny|nr rej|placa|plate|tag number|license tag"
)
_PLATE = r"(?=[A-ZÄÖÜ0-9 -]{0,9}\d)(?=[0-9 -]{0,5}[A-ZÄÖÜ])[A-ZÄÖÜ0-9]{1,4}(?:[ -·]?[A-ZÄÖÜ0-9]{1,4}){1,3}(?![\w-])"


def vin(value: str) -> bool:
    """49 CFR 565.15: letters by table, weights, mod 11 with X for ten, in the ninth place (North America and China)."""
    number = value.upper()
    total = sum(
        (int(char) if char.isdigit() else _VIN_VALUES[char]) * weight
        for char, weight in zip(number, _VIN_WEIGHTS, strict=True)
    )
    return (
        "0123456789X"[total % 11] == number[8] and any(c.isdigit() for c in number) and any(c.isalpha() for c in number)
    )


def imei(value: str) -> bool:
    """3GPP TS 23.003 annex B: Luhn over fifteen digits."""
    digits = digits_of(value)
    return len(digits) == 15 and luhn(digits) and len(set(digits)) > 2


def _has_digits(value: str) -> bool:
    return len(value) > 3 and any(char.isdigit() for char in value) and any(char.isalpha() for char in value)


def vehicle_recognizer() -> PatternRecognizer:
    """A VIN by its check digit or its word; plates after words that name them."""
    return PatternRecognizer(
        "vehicle",
        "VEHICLE",
        (
            Pattern(
                r"[A-HJ-NPR-Z0-9](?<![\w-].)[A-HJ-NPR-Z0-9]{16}(?![\w-])",
                CHECKSUM - 0.04,
                "The check digit of a vehicle identification number is right",
                vin,
            ),
            Pattern(
                labelled(r"vin(?: (?:no|number|code))?|chassis(?: (?:no|number))?|fahrgestellnummer|fin|fahrzeug-?id\w*", r"(?i:[A-HJ-NPR-Z0-9]{17})(?![\w-])"),
                CONTEXT + 0.05,
                "Seventeen letters and digits after words for a vehicle number",
                _has_digits,
                ("vin", "chassis", "fahr", "fin"),
            ),
            Pattern(
                labelled(_PLATE_WORDS, _PLATE),
                CONTEXT,
                "Letters and digits after words for a number plate",
                _has_digits,
                ("plate", "reg", "vrm", "kennz", "plaque", "immat", "matr", "targa", "kenteken", "rej", "placa", "tag"),
            ),
            Pattern(
                r"[A-Z](?<![\w-].)[A-Z]\d{2}[ ]?[A-Z]{3}(?![\w-])",
                CONTEXT,
                "It has the form of a United Kingdom number plate",
                needs_context=True,
            ),
        ),
        Context(("vehicle", "car", "van", "driving", "drives", "drove", "parked", "plate", "reg", "registration", "number ?plate", "dvla", "ford", "bmw", "audi", "toyota", "vauxhall", "volkswagen", "parking"), before_chars=40),
    )  # fmt: skip


def device_recognizer() -> PatternRecognizer:
    """An IMEI near its word."""
    return PatternRecognizer(
        "device number",
        "DEVICE_ID",
        (
            Pattern(
                r"(?<![\w.-])\d{2}[ -]?\d{6}[ -]?\d{6}[ -]?\d(?![\w-])",
                CHECKSUM,
                "The check digit of a telephone's IMEI is right",
                imei,
                needs_context=True,
                has_digit_run=True,
            ),
        ),
        Context(("imei", "imei1", "imei2", "imei no", "handset", "device id"), before_chars=40),
    )
