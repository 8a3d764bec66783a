"""Check-digit formulas shared by recognizers. Each names its source."""

from collections.abc import Sequence


def luhn(digits: str) -> bool:
    """ISO/IEC 7812-1 annex B: double every second digit from the right, sum the digits, multiple of ten."""
    total = 0
    for index, char in enumerate(reversed(digits)):
        digit = int(char)
        if index % 2:
            digit = digit * 2 - 9 if digit > 4 else digit * 2
        total += digit
    return total % 10 == 0


def mod97(value: str) -> bool:
    """ISO 7064 MOD 97-10 as IBAN uses it (ISO 13616): first four characters last, letters as 10 to 35, rest 1."""
    moved = value[4:] + value[:4]
    return int("".join(str(int(char, 36)) for char in moved)) % 97 == 1


def weighted_sum(digits: str, weights: Sequence[int]) -> int:
    """Sum of digit times weight, pair by pair."""
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def nhs(digits: str) -> bool:
    """NHS Data Dictionary: weights 10 to 2 over nine digits, 11 minus the remainder mod 11; 11 is 0, 10 is invalid."""
    check = 11 - weighted_sum(digits[:9], range(10, 1, -1)) % 11
    return len(digits) == 10 and check != 10 and check % 11 == int(digits[9])


def isbn(digits: str) -> bool:
    """ISO 2108: ISBN-13 only, weights 1 and 3, multiple of ten, prefix 978 or 979."""
    return len(digits) == 13 and digits[:3] in ("978", "979") and weighted_sum(digits, (1, 3) * 7) % 10 == 0


def aba_routing(digits: str) -> bool:
    """American Bankers Association: weights 3, 7, 1, multiple of ten; the first two are a Federal Reserve district."""
    district = int(digits[:2])
    known = district <= 12 or 21 <= district <= 32 or 61 <= district <= 72 or district == 80
    return len(digits) == 9 and digits != "0" * 9 and known and weighted_sum(digits, (3, 7, 1) * 3) % 10 == 0


_VERHOEFF_D = (
    (0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
    (1, 2, 3, 4, 0, 6, 7, 8, 9, 5),
    (2, 3, 4, 0, 1, 7, 8, 9, 5, 6),
    (3, 4, 0, 1, 2, 8, 9, 5, 6, 7),
    (4, 0, 1, 2, 3, 9, 5, 6, 7, 8),
    (5, 9, 8, 7, 6, 0, 4, 3, 2, 1),
    (6, 5, 9, 8, 7, 1, 0, 4, 3, 2),
    (7, 6, 5, 9, 8, 2, 1, 0, 4, 3),
    (8, 7, 6, 5, 9, 3, 2, 1, 0, 4),
    (9, 8, 7, 6, 5, 4, 3, 2, 1, 0),
)
_VERHOEFF_P = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)


def verhoeff(digits: str) -> bool:
    """J. Verhoeff, Error Detecting Decimal Codes (1969): the dihedral group D5 with a permutation by position."""
    check = 0
    for index, char in enumerate(reversed(digits)):
        digit = int(char)
        for _ in range(index % 8):
            digit = _VERHOEFF_P[digit]
        check = _VERHOEFF_D[check][digit]
    return check == 0


def mrz(field: str, check: str) -> bool:
    """ICAO Doc 9303 part 3: weights 7, 3, 1; digits as themselves, A to Z as 10 to 35, the filler as 0."""
    total = sum((0 if char == "<" else int(char, 36)) * (7, 3, 1)[index % 3] for index, char in enumerate(field))
    return check.isdigit() and total % 10 == int(check)
