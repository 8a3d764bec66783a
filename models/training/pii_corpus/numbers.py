"""Identifiers that are not national numbers: cards, accounts, phones, networks, records. Check digits are right."""

import hashlib
import random
import string
from collections.abc import Callable

from models.training.pii_corpus.addresses import digits
from models.training.pii_corpus.checks import base58, grouped, luhn_digit, mod97, vin_digit

_IBAN = {
    "GB": "@@@@%" + "#" * 13, "DE": "#" * 18, "FR": "#" * 23, "ES": "#" * 20,
    "IT": "@" + "#" * 22, "NL": "@@@@" + "#" * 10,
    "PL": "#" * 24, "PT": "#" * 21, "IE": "@@@@" + "#" * 14, "BE": "#" * 12, "CH": "#" * 17, "AT": "#" * 16,
    "SE": "#" * 20, "DK": "#" * 14, "NO": "#" * 11, "FI": "#" * 14, "TR": "#####0" + "#" * 16, "CZ": "#" * 20,
}  # fmt: skip
"""The part after the check digits, by country."""
_IBAN_OF = {"de": "DE", "fr": "FR", "es": "ES", "it": "IT", "nl": "NL", "pt": "PT", "pl": "PL"}
_PHONES = {
    "en": (
        "07### ######", "+44 7### ######", "020 7### ####", "(0161) ### ####", "+44 (0)113 2## ####", "01865 ######",
        "(%1%) 55#-####", "212-555-01##", "+1 (415) 555-01##", "503.555.01##", "+1 646 555 01##", "04## ### ###",
        "+61 4## ### ###", "(03) 9### ####", "08# ### ####", "+353 8# ### ####", "+91 9#### #####", "98########",
        "+234 80# ### ####", "080########", "+254 7## ######", "07########", "+27 82 ### ####", "+233 24 ### ####",
    ),
    "de": ("+49 151 ########", "030 ########", "0171/#######", "0221-%######", "+49 (0) 89 %#######"),
    "fr": ("06 ## ## ## ##", "+33 6 ## ## ## ##", "01.4#.##.##.##", "07########"),
    "es": ("6## ### ###", "+34 6## ## ## ##", "91 ### ## ##"), "it": ("33# #######", "+39 34# ### ####", "06 ########"),
    "nl": ("06-########", "+31 6 ## ## ## ##", "020-#######"),
    "pt": ("91# ### ###", "+351 96# ### ###", "(11) 9####-####"),
    "pl": ("6## ### ###", "+48 5## ### ###", "22 ### ## ##"),
}  # fmt: skip
_WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_BITCOIN_VERSIONS = (b"\x00", b"\x05")


def card(_language: str, rng: random.Random) -> str:
    """Visa, Mastercard, Amex, Discover; Luhn (ISO/IEC 7812-1)."""
    prefix, length = rng.choice(
        (("4", 16), ("4", 16), ("5" + rng.choice("12345"), 16), ("37", 15), ("6011", 16), ("2221", 16))
    )
    body = prefix + "".join(rng.choice(string.digits) for _ in range(length - 1 - len(prefix)))
    number = body + luhn_digit(body)
    if length == 15:
        return rng.choice(
            (number, f"{number[:4]} {number[4:10]} {number[10:]}", f"{number[:4]}-{number[4:10]}-{number[10:]}")
        )
    return rng.choice((number, grouped(number, 4, " "), grouped(number, 4, " "), grouped(number, 4, "-")))


def iban(language: str, rng: random.Random) -> str:
    """ISO 13616, with or without spaces."""
    country = _IBAN_OF.get(language) if rng.random() < 0.7 else None
    country = country or rng.choice(list(_IBAN))
    body = digits(_IBAN[country], rng)
    number = f"{country}{98 - mod97(f'{body}{country}00'):02d}{body}"
    return rng.choice((number, grouped(number, 4, " "), grouped(number, 4, " ")))


def phone(language: str, rng: random.Random) -> str:
    """A number as people of the language write it."""
    return digits(rng.choice(_PHONES[language if rng.random() < 0.8 else "en"]), rng)


def phone_in_words(_language: str, rng: random.Random) -> str:
    """A mobile number spelled out."""
    return " ".join(_WORDS[int(c)] for c in "07" + digits("#########", rng))


def account(_language: str, rng: random.Random) -> str:
    """A bank account number without check digits, mostly of the British eight."""
    others = ("%#########", "############", "######-#######", "%### ### ####")
    return digits(rng.choice(("########", "########", "########", rng.choice(others))), rng)


def sort_code(_language: str, rng: random.Random) -> str:
    """A British sort code."""
    return digits(rng.choice(("##-##-##", "## ## ##")), rng)


def routing(_language: str, rng: random.Random) -> str:
    """American routing number; weights 3, 7, 1 (American Bankers Association)."""
    body = digits("0%1#####", rng)
    total = sum(int(c) * w for c, w in zip(body, (3, 7, 1) * 3, strict=False))
    return body + str(-total % 10)


def ssn(_language: str, rng: random.Random) -> str:
    """Social Security number: no area 000, 666 or 9xx, no group 00, no serial 0000."""
    area = rng.choice([n for n in range(1, 900) if n != 666])
    parts = f"{area:03d}", f"{rng.randint(1, 99):02d}", f"{rng.randint(1, 9999):04d}"
    return rng.choice(("-", "-", "-", " ", "")).join(parts)


def itin(_language: str, rng: random.Random) -> str:
    """Individual Taxpayer Identification Number: 9xx, group 70-88."""
    return f"9{digits('##', rng)}-{rng.randint(70, 88)}-{digits('%###', rng)}"


def ip(_language: str, rng: random.Random) -> str:
    """A public address, version 4 or 6."""
    if rng.random() < 0.2:
        return "2a02:" + ":".join(f"{rng.randint(1, 65535):x}" for _ in range(7))
    first = rng.choice((5, 31, 46, 62, 78, 81, 86, 92, 109, 151, 176, 185, 193, 212))
    return f"{first}.{rng.randint(1, 250)}.{rng.randint(0, 255)}.{rng.randint(1, 254)}"


def mac(_language: str, rng: random.Random) -> str:
    """A network card's address."""
    return rng.choice((":", ":", "-")).join(f"{rng.randint(0, 255):02X}" for _ in range(6))


def passport(language: str, rng: random.Random) -> str:
    """A passport number in a common form."""
    forms = {
        "de": ("C%@@######",),
        "fr": ("##@@#####",),
        "es": ("@@@######",),
        "it": ("@@#######",),
        "pl": ("@@#######",),
    }
    return digits(
        rng.choice(forms.get(language, ("#########", "@########", "@@#######", "@#######", "5########"))), rng
    )


def licence(_language: str, rng: random.Random) -> str:
    """British, American or German driving licence number."""
    british = f"{rng.choice(('OKAFO', 'SMITH', 'AHMED', 'JONES', 'PATEL', 'LI999', 'KHAN9', 'MACDO'))}%0%1%#@@9@@"
    return digits(
        rng.choice((british, british, "@%######", "@###-####-####", "B072RRE2I55", "##AA#####", "@@-##########")), rng
    )


def imei(_language: str, rng: random.Random) -> str:
    """A phone's serial number; Luhn."""
    body = digits("35############", rng)
    return body + luhn_digit(body)


def vin(_language: str, rng: random.Random) -> str:
    """A vehicle's number; check digit of 49 CFR 565."""
    letters = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
    body = rng.choice(("1HG", "WVW", "WAU", "JTD", "5YJ", "SAL", "VF1")) + "".join(
        rng.choice(letters) for _ in range(5)
    )
    tail = "".join(rng.choice(letters) for _ in range(4)) + digits("####", rng)
    return body + vin_digit(f"{body}0{tail}") + tail


def plate(language: str, rng: random.Random) -> str:
    """A number plate."""
    forms = {"de": ("@@-@@ %##", "@-@@ ####"), "fr": ("@@-###-@@",), "es": ("#### @@@",), "it": ("@@###@@",),
             "nl": ("@@-###-@", "##-@@@-#"), "pt": ("@@-##-@@",), "pl": ("@@ #####",)}  # fmt: skip
    return digits(
        rng.choice(forms.get(language, ("@@## @@@", "@@##@@@", "@@@-####", "%@@@###", "### @@@", "@@ ## @@ ####"))), rng
    )


def gps(_language: str, rng: random.Random) -> str:
    """Coordinates in degrees, to a few metres."""
    latitude, longitude = rng.uniform(-55, 64), rng.uniform(-120, 150)
    sides = "N" if latitude > 0 else "S", "E" if longitude > 0 else "W"
    degrees = f"{abs(latitude):.4f}° {sides[0]}, {abs(longitude):.4f}° {sides[1]}"
    return rng.choice((f"{latitude:.5f}, {longitude:.5f}", f"{latitude:.6f},{longitude:.6f}", degrees))


def bitcoin(_language: str, rng: random.Random) -> str:
    """Base58Check address."""
    payload = rng.choice(_BITCOIN_VERSIONS) + rng.randbytes(20)
    return base58(payload + hashlib.sha256(hashlib.sha256(payload).digest()).digest()[:4])


def ethereum(_language: str, rng: random.Random) -> str:
    """An address in lower case (no checksum)."""
    return f"0x{rng.getrandbits(160):040x}"


def nhs(_language: str, rng: random.Random) -> str:
    """NHS number: weights 10 to 2, mod 11."""
    while True:
        body = digits(rng.choice(("4########", "6########", "7########")), rng)
        check = -sum(int(c) * w for c, w in zip(body, range(10, 1, -1), strict=True)) % 11
        if check < 10:
            number = f"{body}{check}"
            return rng.choice(
                (f"{number[:3]} {number[3:6]} {number[6:]}", number, f"{number[:3]}-{number[3:6]}-{number[6:]}")
            )


def nino(_language: str, rng: random.Random) -> str:
    """National Insurance number: letters that are in use."""
    prefix = rng.choice(("AB", "CE", "JK", "PX", "SN", "WL", "YZ", "HR", "LT", "MA"))
    body = digits("######", rng)
    return rng.choice((f"{prefix}{body}{rng.choice('ABCD')}", f"{prefix} {grouped(body, 2, ' ')} {rng.choice('ABCD')}"))


def npi(_language: str, rng: random.Random) -> str:
    """US provider number: Luhn with the prefix 80840."""
    body = digits("1########", rng)
    return body + luhn_digit("80840" + body)


def dea(_language: str, rng: random.Random) -> str:
    """US prescriber number: (1st + 3rd + 5th) + 2 (2nd + 4th + 6th), last digit."""
    body = digits("######", rng)
    check = (sum(map(int, body[::2])) + 2 * sum(map(int, body[1::2]))) % 10
    return f"{rng.choice('ABM')}{rng.choice('BCGKRST')}{body}{check}"


def mbi(_language: str, rng: random.Random) -> str:
    """US Medicare number (form of the CMS)."""
    return digits("%@##-@%#-@@##", rng).replace("S", "T").replace("L", "M").replace("B", "C")


def pattern(*forms: str) -> Callable[[str, random.Random], str]:
    """A maker of numbers in one of ``forms``."""
    return lambda _language, rng: digits(rng.choice(forms), rng)
