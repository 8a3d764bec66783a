"""Numbers of telephones and SIM cards that lead to their owner."""

from models.pii.recognizers.checksum import luhn
from models.pii.recognizers.pattern import CHECKSUM, Context, Pattern, PatternRecognizer, digits_of


def imei(value: str) -> bool:
    """3GPP TS 23.003 annex B: Luhn over fifteen digits."""
    digits = digits_of(value)
    return len(digits) == 15 and luhn(digits) and len(set(digits)) > 2


def iccid(value: str) -> bool:
    """ITU-T E.118: 89 for telecommunications, then Luhn over nineteen or twenty digits."""
    digits = digits_of(value)
    return digits.startswith("89") and len(digits) in (19, 20) and luhn(digits)


def device_recognizer() -> PatternRecognizer:
    """An IMEI near a word for a telephone; the number of a SIM card."""
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
            Pattern(
                r"(?<![\w.-])89\d{2}(?:[ -]?\d{2,4}){4,7}(?![\w-])",
                CHECKSUM,
                "The check digit of a SIM card's number is right",
                iccid,
                needs_context=True,
                has_digit_run=True,
            ),
        ),
        Context(
            (
                r"imei\w{0,2}", "handset", "device", "phone", "mobile", "iphone", "android", "samsung", "pixel", "serial", "blacklist", r"stolen",
                "smartphone", "sim", "iccid", "telefon", "handy", "téléphone", "móvil", "celular", "telefono", "telefoon", "telefonu",
            ),
            before_chars=60,
        ),
    )  # fmt: skip
