"""Check digits, written apart from those of the recognizers, so that one can catch an error of the other."""

from collections.abc import Sequence

_D = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
)  # fmt: skip
_P = (
    "0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258",
)  # fmt: skip
_INVERSE = (0, 4, 3, 2, 1, 5, 6, 7, 8, 9)
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VIN = dict(
    zip("ABCDEFGHJKLMNPRSTUVWXYZ", (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)
)


def weighted(digits: str, weights: Sequence[int]) -> int:
    """Sum of digit times weight."""
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))


def luhn_digit(body: str) -> str:
    """The digit that completes ``body`` (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, char in enumerate(reversed(body)):
        value = int(char) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def verhoeff_digit(body: str) -> str:
    """The digit that completes ``body`` (Verhoeff 1969)."""
    check = 0
    for place, char in enumerate(reversed(body), 1):
        check = int(_D[check][int(_P[place % 8][int(char)])])
    return str(_INVERSE[check])


def mod97(text: str) -> int:
    """Remainder by 97 with letters as 10 to 35 (ISO 7064, as IBANs use it)."""
    return int("".join(str(int(char, 36)) for char in text)) % 97


def mod11_10(body: str) -> str:
    """The digit that completes ``body`` (ISO 7064 MOD 11,10)."""
    product = 10
    for char in body:
        product = ((int(char) + product) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)


def base58(data: bytes) -> str:
    """Bitcoin's base 58, leading zeros kept."""
    value, text = int.from_bytes(data, "big"), ""
    while value:
        value, rest = divmod(value, 58)
        text = _BASE58[rest] + text
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + text


def vin_digit(vin: str) -> str:
    """The ninth character of a vehicle's number (49 CFR 565.15)."""
    weights = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
    rest = sum((_VIN[c] if c in _VIN else int(c)) * w for c, w in zip(vin, weights, strict=True)) % 11
    return "X" if rest == 10 else str(rest)


def grouped(text: str, size: int, separator: str) -> str:
    """``text`` in groups of ``size``."""
    return separator.join(text[i : i + size] for i in range(0, len(text), size))
