"""Check digits that python-stdnum does not have. Each names its source."""

import datetime

from models.pii.recognizers.checksum import luhn, verhoeff, weighted_sum
from models.pii.recognizers.pattern import digits_of


def bare(value: str) -> str:
    """Letters and digits only, in upper case."""
    return "".join(char for char in value.upper() if char.isalnum())


def is_date(year: int, month: int, day: int) -> bool:
    """True for a day of the calendar."""
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True


def german_insurance(value: str) -> bool:
    """Deutsche Rentenversicherung, VKVV section 2: letter as two digits, weights, digit sums, mod 10."""
    number = bare(value)
    digits = number[:8] + f"{ord(number[8]) - 64:02d}" + number[9:]
    products = (
        int(digit) * weight for digit, weight in zip(digits, (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1), strict=False)
    )
    day = int(number[2:4])
    plausible = 1 <= int(number[4:6]) <= 12 and (1 <= day <= 31 or 51 <= day <= 81)
    return plausible and sum(product // 10 + product % 10 for product in products) % 10 == int(number[-1])


def document_731(value: str) -> bool:
    """ICAO Doc 9303 part 3, as on German identity cards: weights 7, 3, 1, letters from 10, the last digit checks."""
    number = bare(value)
    total = sum(int(char, 36) * (7, 3, 1)[index % 3] for index, char in enumerate(number[:-1]))
    return number[-1].isdigit() and total % 10 == int(number[-1])


def german_passport(value: str) -> bool:
    """Passverordnung with ICAO Doc 9303 part 3: eight letters and digits of a short alphabet, then ``document_731``."""
    return document_731(value) and any(char.isdigit() for char in value[:-1])


def german_health_insurance(value: str) -> bool:
    """GKV-Spitzenverband, section 290 SGB V: letter as two digits, weights 1 and 2 in turn, digit sums, mod 10."""
    number = value.upper()
    digits = f"{ord(number[0]) - 64:02d}{number[1:9]}"
    products = (int(digit) * (1 + index % 2) for index, digit in enumerate(digits))
    return sum(product // 10 + product % 10 for product in products) % 10 == int(number[9])


def german_physician(value: str) -> bool:
    """Kassenärztliche Bundesvereinigung: weights 4 and 9 in turn over six digits, taken from ten."""
    return -weighted_sum(value[:6], (4, 9) * 3) % 10 == int(value[6])


def spanish_dni(value: str) -> bool:
    """Ministerio del Interior: the number mod 23 picks a letter; leading zeros are often left out."""
    number = bare(value)
    return "TRWAGMYFPDXBNJZSQVHLCKE"[int(number[:-1]) % 23] == number[-1]


def aadhaar(value: str) -> bool:
    """Unique Identification Authority of India: Verhoeff over twelve digits that do not read the same backwards."""
    digits = digits_of(value)
    return verhoeff(digits) and digits != digits[::-1]


def uk_taxpayer(value: str) -> bool:
    """HM Revenue and Customs: weights 6, 7, 8, 9, 10, 5, 4, 3, 2 behind the check digit, mod 11; a K may end it."""
    digits = digits_of(value)
    return "21987654321"[weighted_sum(digits[1:], (6, 7, 8, 9, 10, 5, 4, 3, 2)) % 11] == digits[0]


def nigerian(value: str) -> bool:
    """National Identity Management Commission: Verhoeff over eleven digits."""
    return verhoeff(digits_of(value))


def korean_business(value: str) -> bool:
    """National Tax Service: weights 1, 3, 7 in turn, the ninth digit times five in tens and ones, mod 10."""
    digits = digits_of(value)
    total = weighted_sum(digits[:8], (1, 3, 7, 1, 3, 7, 1, 3)) + int(digits[8]) * 5 // 10 + int(digits[8]) * 5
    return -total % 10 == int(digits[9])


def thai(value: str) -> bool:
    """Department of Provincial Administration: a province that exists, weights 13 to 2, mod 11."""
    digits = digits_of(value)
    known = digits[1] != "0" and digits[1:3] not in (
        "28", "29", "59", "68", "69", "78", "79", "87", "88", "89", "97", "98", "99",
    )  # fmt: skip
    return known and (11 - weighted_sum(digits[:12], range(13, 1, -1)) % 11) % 10 == int(digits[12])


def korean_licence(value: str) -> bool:
    """Korean National Police Agency: the first two digits are a region, 11 to 26 or 28."""
    return digits_of(value)[:2] in {str(region) for region in (*range(11, 27), 28)}


def polish_identity_card(value: str) -> bool:
    """Ministerstwo Spraw Wewnętrznych: weights 7, 3, 1 for the letters, 9, 7, 3, 1, 7, 3 for the digits, mod 10."""
    return (
        sum(int(char, 36) * weight for char, weight in zip(bare(value), (7, 3, 1, 9, 7, 3, 1, 7, 3), strict=True)) % 10
        == 0
    )


def spanish_social_security(value: str) -> bool:
    """Tesorería General de la Seguridad Social: the number without leading zero of the serial, mod 97."""
    digits = digits_of(value)
    province, serial = digits[:2], int(digits[2:10])
    number = int(province) * 10_000_000 + serial if serial < 10_000_000 else int(province + str(serial))
    return number % 97 == int(digits[10:])


def hungarian_taj(value: str) -> bool:
    """1996. évi XX. törvény: weights 3 and 7 in turn over eight digits, mod 10."""
    digits = digits_of(value)
    return weighted_sum(digits[:8], (3, 7) * 4) % 10 == int(digits[8])


def russian_snils(value: str) -> bool:
    """Pension Fund of Russia: weights 9 to 1, mod 101, 100 counts as 0."""
    digits = digits_of(value)
    return weighted_sum(digits[:9], range(9, 0, -1)) % 101 % 100 == int(digits[9:])


def brazilian_pis(value: str) -> bool:
    """Caixa Econômica Federal: weights 3, 2, 9 to 2, mod 11."""
    digits = digits_of(value)
    check = 11 - weighted_sum(digits[:10], (3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) % 11
    return (0 if check > 9 else check) == int(digits[10])


def singapore_nric(value: str) -> bool:
    """Immigration & Checkpoints Authority: weights 2, 7, 6, 5, 4, 3, 2; T and G add 4, M adds 3; a letter by mod 11."""
    number = value.upper()
    total = weighted_sum(number[1:8], (2, 7, 6, 5, 4, 3, 2)) + {"T": 4, "G": 4, "M": 3}.get(number[0], 0)
    letters = {"S": "JZIHGFEDCBA", "T": "JZIHGFEDCBA", "M": "KLJNPQRTUWX"}.get(number[0], "XWUTRQPNMLK")
    place = total % 11
    return letters[10 - place if number[0] == "M" else place] == number[8]


def hong_kong_id(value: str) -> bool:
    """Hong Kong Immigration Department: letters as 10 to 35 (a blank as 36), weights 9 to 2, mod 11, 10 as A."""
    number = bare(value)
    body, check = number[:-1].rjust(8), number[-1]
    total = sum(
        (36 if char == " " else int(char, 36)) * weight for char, weight in zip(body, range(9, 1, -1), strict=True)
    )
    return (total + (10 if check == "A" else int(check) if check.isdigit() else 99)) % 11 == 0


def taiwanese_id(value: str) -> bool:
    """Ministry of the Interior: letter by table to two digits, weights 1, 9 to 1, 1, mod 10."""
    number = value.upper()
    code = 10 + "ABCDEFGHJKLMNPQRSTUVXYWZIO".index(number[0])
    digits = str(code) + number[1:]
    return weighted_sum(digits, (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)) % 10 == 0


def australian_medicare(value: str) -> bool:
    """Services Australia: weights 1, 3, 7, 9, 1, 3, 7, 9 over eight digits, the first of which is 2 to 6, mod 10."""
    digits = digits_of(value)
    return digits[0] in "23456" and weighted_sum(digits[:8], (1, 3, 7, 9) * 2) % 10 == int(digits[8])


def korean_rrn(value: str) -> bool:
    """Resident Registration Act: a day of birth and sex, century; since 2020 a citizen's has no check digit."""
    digits = digits_of(value)
    if digits[6] in "5678":
        return (13 - weighted_sum(digits[:12], _KOREAN_WEIGHTS) % 11) % 10 == int(digits[12]) and _is_korean_day(digits)
    return _is_korean_day(digits)


_KOREAN_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)


def _is_korean_day(digits: str) -> bool:
    century = {"1": 1900, "2": 1900, "5": 1900, "6": 1900, "3": 2000, "4": 2000, "7": 2000, "8": 2000}.get(digits[6])
    return century is not None and is_date(century + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))


def luhn_digits(value: str) -> bool:
    """ISO/IEC 7812-1 over the digits of ``value``."""
    return luhn(digits_of(value))


def npi(value: str) -> bool:
    """Centers for Medicare & Medicaid Services: Luhn with the prefix 80840."""
    digits = digits_of(value)
    return luhn("80840" + digits) and len(set(digits[:9])) > 1


def dea(value: str) -> bool:
    """US Drug Enforcement Administration: first, third and fifth digit plus twice the others, mod 10."""
    digits = digits_of(value)[-7:]
    return (weighted_sum(digits[0:5:2], (1,) * 3) + 2 * weighted_sum(digits[1:6:2], (1,) * 3)) % 10 == int(digits[6])


def egyptian(value: str) -> bool:
    """Civil Status Organization: century, day of birth and governorate."""
    digits = digits_of(value)
    year = (1700 + 100 * int(digits[0])) + int(digits[1:3])
    return is_date(year, int(digits[3:5]), int(digits[5:7])) and 1 <= int(digits[7:9]) <= 88


def starts_with_date(value: str) -> bool:
    """Year, month and day in the first six digits (Malaysia, Jabatan Pendaftaran Negara); any century."""
    digits = digits_of(value)
    return any(is_date(century + int(digits[:2]), int(digits[2:4]), int(digits[4:6])) for century in (1900, 2000))


def luxembourgish(value: str) -> bool:
    """Centre des technologies de l'information de l'État: a date, then Luhn over eleven digits."""
    digits = digits_of(value)
    return is_date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])) and luhn(digits[:12])


def iranian(value: str) -> bool:
    """National Organization for Civil Registration: weights 10 to 2, mod 11, above 1 taken from 11."""
    digits = digits_of(value)
    rest = weighted_sum(digits[:9], range(10, 1, -1)) % 11
    return int(digits[9]) == (rest if rest < 2 else 11 - rest)


def chinese(value: str) -> bool:
    """GB 11643-1999: day of birth in places 7 to 14, ISO 7064 MOD 11-2 with X for ten."""
    number = value.upper()
    if not is_date(int(number[6:10]), int(number[10:12]), int(number[12:14])):
        return False
    total = sum(int(digit) * pow(2, 17 - index, 11) for index, digit in enumerate(number[:17]))
    return "10X98765432"[total % 11] == number[17]


def indonesian(value: str) -> bool:
    """Ministry of Home Affairs: a province from 11 on, then day (plus 40 for women), month and year of birth."""
    digits = digits_of(value)
    day = int(digits[6:8])
    return 11 <= int(digits[:2]) <= 97 and starts_with_date(digits[10:12] + digits[8:10] + f"{day % 40:02d}")


def hungarian_tax(value: str) -> bool:
    """1996. évi XX. törvény: weights 1 to 9 over nine digits, mod 11, which is never 10."""
    digits = digits_of(value)
    return weighted_sum(digits[:9], range(1, 10)) % 11 == int(digits[9])


def kazakh(value: str) -> bool:
    """Ministry of Justice of Kazakhstan: weights 1 to 11, mod 11; where that is 10, weights 3 to 11, 1, 2."""
    digits = digits_of(value)
    rest = weighted_sum(digits[:11], range(1, 12)) % 11
    if rest == 10:
        rest = weighted_sum(digits[:11], (*range(3, 12), 1, 2)) % 11
    return rest == int(digits[11])


def kuwaiti(value: str) -> bool:
    """Public Authority for Civil Information: day of birth, weights 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, mod 11."""
    digits = digits_of(value)
    year = {"1": 1800, "2": 1900, "3": 2000}[digits[0]] + int(digits[1:3])
    total = weighted_sum(digits[:11], (2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2))
    return is_date(year, int(digits[3:5]), int(digits[5:7])) and 11 - total % 11 == int(digits[11])
