"""Valid identifiers made up from a seed, and the ways to write them that a reader still reads. Test data only."""

import hashlib
import random
import string
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from stdnum.es import dni
from stdnum.it import codicefiscale
from stdnum.pl import pesel

from models.pii.recognizers.checksum import luhn, mod97, nhs

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


@dataclass(frozen=True)
class Plant:
    """``label`` is what a document would say before the value; ``kind`` which obfuscations leave it readable."""

    name: str
    label: str
    kind: str
    make: Callable[[random.Random], str]


def digits(source: random.Random, count: int) -> str:
    return "".join(source.choice(string.digits) for _ in range(count))


def _first(candidates: Callable[[], str], holds: Callable[[str], bool]) -> str:
    while True:
        value = candidates()
        if holds(value):
            return value


def card(source: random.Random) -> str:
    body = source.choice(["4", "51", "55"])
    body += digits(source, 15 - len(body))
    number = next(body + check for check in string.digits if luhn(body + check))
    return " ".join(number[index : index + 4] for index in range(0, 16, 4))


def iban(source: random.Random) -> str:
    body = digits(source, 18)
    number = next(f"DE{check:02}{body}" for check in range(2, 99) if mod97(f"DE{check:02}{body}"))
    return " ".join(number[index : index + 4] for index in range(0, 22, 4))


def ssn(source: random.Random) -> str:
    return f"{source.randint(101, 665)}-{source.randint(11, 98)}-{source.randint(1000, 9998)}"


def email(source: random.Random) -> str:
    first, last = source.choice(["jane", "amara", "joao", "wei"]), source.choice(["doe", "okafor", "silva", "chen"])
    return f"{first}.{last}@{source.choice(['example', 'mailbox', 'northwind'])}.{source.choice(['com', 'org', 'de'])}"


def phone(source: random.Random) -> str:
    return f"+44 79{source.randint(11, 25)} {source.randint(123000, 998999)}"


def nhs_number(source: random.Random) -> str:
    number = _first(lambda: "94" + digits(source, 8), nhs)
    return f"{number[:3]} {number[3:6]} {number[6:]}"


def nino(source: random.Random) -> str:
    middle = " ".join(digits(source, 2) for _ in range(3))
    return f"{source.choice(['AB', 'JM', 'PT', 'SK'])} {middle} {source.choice('ABCD')}"


def spanish(source: random.Random) -> str:
    number = f"{source.randint(10_000_000, 79_999_999)}"
    return number + dni.calc_check_digit(number)


def italian(source: random.Random) -> str:
    letters = "".join(source.choice("BCDFGLMNPRST") for _ in range(6))
    body = f"{letters}{source.randint(45, 99)}{source.choice('ABCDEHLMPRST')}{source.randint(10, 28)}H501"
    return body + codicefiscale.calc_check_digit(body)


def polish(source: random.Random) -> str:
    body = f"{source.randint(45, 99)}{source.randint(1, 12):02}{source.randint(10, 28)}{digits(source, 4)}"
    return body + pesel.calc_check_digit(body)


def bitcoin(source: random.Random) -> str:
    payload = b"\0" + source.randbytes(20)
    whole = payload + hashlib.sha256(hashlib.sha256(payload).digest()).digest()[:4]
    number, out = int.from_bytes(whole, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        out = BASE58[rest] + out
    return "1" * (len(whole) - len(whole.lstrip(b"\0"))) + out


def token(source: random.Random) -> str:
    return "AKIA" + "".join(source.choice(string.ascii_uppercase + "234567") for _ in range(16))


PLANTS = (
    Plant("card", "card", "number", card),
    Plant("iban", "IBAN", "code", iban),
    Plant("ssn", "SSN", "number", ssn),
    Plant("email", "mail", "email", email),
    Plant("phone", "phone", "number", phone),
    Plant("nhs", "NHS number", "number", nhs_number),
    Plant("nino", "National Insurance number", "code", nino),
    Plant("es dni", "DNI", "code", spanish),
    Plant("it codice fiscale", "codice fiscale", "capital code", italian),
    Plant("pl pesel", "PESEL", "number", polish),
    Plant("bitcoin", "wallet", "token", bitcoin),
    Plant("aws key", "key", "token", token),
)


def _per_char(table: dict[str, str]) -> Callable[[str], str]:
    return lambda value: value.translate(str.maketrans(table))


def _range(start: int, characters: str) -> dict[str, str]:
    return {char: chr(start + index) for index, char in enumerate(characters)}


def _between(mark: str, every: int = 2) -> Callable[[str], str]:
    return lambda value: "".join(
        char + (mark if index % every == every - 1 and index < len(value) - 1 else "")
        for index, char in enumerate(value)
    )


def _separated(mark: str) -> Callable[[str], str]:
    """Another separator where the value has one, or where people would put one."""

    def write(value: str) -> str:
        if any(char in " -" for char in value):
            return value.replace(" ", mark).replace("-", mark)
        if len(value) == 9:  # the letter of a Spanish number stands apart
            return value[:8] + mark + value[8:]
        return mark.join(value[index : index + 4] for index in range(0, len(value), 4))

    return write


def _half(mark: str) -> Callable[[str], str]:
    """``mark`` in the middle, for a space there where there is one."""

    def write(value: str) -> str:
        middle = len(value) // 2
        spaces = [index for index, char in enumerate(value) if char == " "]
        if spaces and mark.strip("> \n") == "":
            at = min(spaces, key=lambda index: abs(index - middle))
            return value[:at] + mark + value[at + 1 :]
        while any(not char.isalnum() for char in value[middle - 1 : middle + 1]):
            middle += 1
        return value[:middle] + mark + value[middle:]

    return write


_WORDS = dict(zip(string.digits, "zero one two three four five six seven eight nine".split(), strict=True)) | {
    "+": "plus"
}


def _words(value: str) -> str:
    return " ".join(_WORDS[char] for char in value if char in _WORDS)


LATIN = string.ascii_letters
CYRILLIC = dict(zip("aeopcyxijsABEKMHOPCTXSIJ", "аеорсухіјѕАВЕКМНОРСТХЅІЈ", strict=True))
GREEK = dict(zip("oviABEZHIKMNOPTYX", "ονιΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", strict=True))
ALL = ("number", "code", "capital code", "email", "token")
GROUPED = ("number", "code", "capital code")


OBFUSCATIONS: dict[str, tuple[tuple[str, ...], Callable[[str], str]]] = {
    "full width": (ALL, lambda value: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in value)),
    "mathematical": (ALL, _per_char(_range(0x1D7CE, string.digits) | _range(0x1D5D4, string.ascii_uppercase + string.ascii_lowercase))),
    "arabic digits": (ALL, _per_char(_range(0x0660, string.digits))),
    "devanagari digits": (ALL, _per_char(_range(0x0966, string.digits))),
    "cyrillic letters": (("code", "capital code", "email", "token"), _per_char(CYRILLIC)),
    "greek letters": (("code", "capital code", "email", "token"), _per_char(GREEK)),
    "zero width": (ALL, _between("\u200b", 1)),
    "soft hyphens": (ALL, _between("\u00ad")),
    "direction marks": (ALL, lambda value: f"\u202d{_between(chr(0x2060), 3)(value)}\u202c"),
    "combining marks": (ALL, _between("\u0332", 1)),
    "other spaces": (GROUPED, _separated("\u202f")),
    "other dashes": (GROUPED, _separated("\u2011")),
    "dots": (GROUPED, _separated(".")),
    "underscores": (GROUPED, _separated("_")),
    "slashes": (GROUPED, _separated(" / ")),
    "tabs": (GROUPED, _separated("\t")),
    "two spaces": (GROUPED, _separated("  ")),
    "spaced out": (("number", "code", "capital code", "email"), lambda value: " ".join(value.replace(" ", ""))),
    "character references": (ALL, lambda value: "".join(f"&#{ord(char)};" for char in value)),
    "named references": (("email",), lambda value: value.replace("@", "&commat;").replace(".", "&period;")),
    "percent encoding": (("number", "code", "capital code", "email"), lambda v: v.replace("@", "%40").replace(" ", "%20").replace("+", "%2B")),
    "line break": (("number", "code", "capital code", "email"), _half("\n")),
    "quoted line break": (("number", "code", "capital code", "email"), _half("\n> ")),
    "hyphen and line break": (("email",), _half("-\n")),
    "quoted-printable": (ALL, _half("=\n")),
    "raised digits": (("number",), _per_char(dict(zip(string.digits, "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True)))),
    "enclosed digits": (("number",), _per_char(dict(zip(string.digits, "⓪①②③④⑤⑥⑦⑧⑨", strict=True)))),
    "digits in words": (("number",), _words),
    "at and dot in words": (("email",), lambda value: value.replace("@", " at ").replace(".", " dot ")),
    "at and dot in brackets": (("email",), lambda value: value.replace("@", " [at] ").replace(".", " [dot] ")),
    "at and dot in round brackets": (("email",), lambda value: value.replace("@", "(at)").replace(".", "(dot)")),
    "punkt": (("email",), lambda value: value.replace("@", " ät ").replace(".", " punkt ")),
    "comma for the dot": (("email",), lambda value: ",".join(value.rsplit(".", 1))),
    "spaces around the sign": (("email",), lambda value: value.replace("@", " @ ")),
    "small letters": (("code", "email"), str.lower),
    "capital letters": (("email",), str.upper),
}  # fmt: skip


def carriers(plant: Plant, value: str) -> dict[str, str]:
    """The value in the kinds of text where it is met."""
    label = plant.label
    return {
        "sentence": f"Please note the {label} {value} for later.",
        "json": f'{{"id": 17, "{label}": "{value}", "open": true}}',
        "csv": f"id;{label};open\n17;{value};yes\n",
        "table": f"| id | {label} | open |\n|---|---|---|\n| 17 | {value} | yes |\n",
        "query": f"https://shop.example/pay?{label.replace(' ', '_')}={value.replace(' ', '+')}&lang=en",
        "log": f"2024-05-14T10:22:31Z INFO request done {label}={value} status=200 ms=31",
        "quoted mail": f"> On Tuesday you wrote:\n>> my {label} is {value}\n> Thanks, it is noted.",
    }


def pairs() -> list[tuple[str, str]]:
    """(obfuscation, name of the plant) for every one that makes sense."""
    return [(name, plant.name) for name, (kinds, _) in OBFUSCATIONS.items() for plant in PLANTS if plant.kind in kinds]


assert len(OBFUSCATIONS) >= 20
assert all(a != b for a, b in pairwise(OBFUSCATIONS))
