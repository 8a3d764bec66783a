"""What the simple slots are filled with: numbers, secrets, terms of ``data/terms`` and ordinary words."""

import random
import tomllib
from collections.abc import Callable
from functools import cache

from models.training.pii_corpus import dates, numbers, secrets
from models.training.pii_corpus.addresses import digits
from models.training.pii_corpus.handles import made_up_handle
from models.training.pii_corpus.national import NATIONAL
from models.training.pii_corpus.shapes import DATA
from models.training.pii_corpus.splits import Split, term_allowed

Maker = Callable[[str, random.Random], str]

NUMBERS: dict[str, tuple[str, Maker]] = {
    "phone": ("PHONE", numbers.phone),
    "phonewords": ("PHONE", numbers.phone_in_words),
    "card": ("PAYMENT_CARD", numbers.card),
    "iban": ("IBAN", numbers.iban),
    "account": ("BANK_ACCOUNT", numbers.account),
    "sortcode": ("BANK_ACCOUNT", numbers.sort_code),
    "routing": ("BANK_ACCOUNT", numbers.routing),
    "ssn": ("US_SSN", numbers.ssn),
    "itin": ("US_ITIN", numbers.itin),
    "ip": ("IP_ADDRESS", numbers.ip),
    "mac": ("MAC_ADDRESS", numbers.mac),
    "passport": ("PASSPORT", numbers.passport),
    "licence": ("DRIVING_LICENCE", numbers.licence),
    "nhs": ("UK_NHS", numbers.nhs),
    "nino": ("UK_NINO", numbers.nino),
    "btc": ("CRYPTO_WALLET", numbers.bitcoin),
    "eth": ("CRYPTO_WALLET", numbers.ethereum),
    "imei": ("DEVICE_ID", numbers.imei),
    "gps": ("LOCATION", numbers.gps),
    "vin": ("VEHICLE", numbers.vin),
    "plate": ("VEHICLE", numbers.plate),
    "npi": ("ID_NUMBER", numbers.npi),
    "dea": ("ID_NUMBER", numbers.dea),
    "mbi": ("ID_NUMBER", numbers.mbi),
    "mrn": ("ID_NUMBER", numbers.pattern("%######", "%#######", "@######", "H%#####", "##-##-##-#")),
    "policy": ("ID_NUMBER", numbers.pattern("@@@-%######", "%#########", "POL-%#####", "@@/####/%####", "HX%#######")),
    "casenum": ("ID_NUMBER", numbers.pattern("%#####-##", "@@-20##-%####", "CR/%###/##", "20##/%####", "@##@@###")),
    "staffnum": ("ID_NUMBER", numbers.pattern("E%####", "%#####", "EMP-%###", "@@%####")),
    "customernum": ("ID_NUMBER", numbers.pattern("%#######", "C-%#####", "KD%######", "%### ### ###")),
    "refnum": (
        "ID_NUMBER",
        numbers.pattern(
            "%####", "%#######", "@@######", "@@@/####/##", "@-%#####-@", "##/%####", "@@-%###-%###", "%## ### ###",
            "@@@%####@", "%#########", "@%##-%####", "20##-%#####", "@@@@%###", "%###/@@/##", "%#-%###-%##", "@#@#@###",
        ),
    ),
    "username": ("USERNAME", made_up_handle),
    "studentnum": ("ID_NUMBER", numbers.pattern("%#######", "s%######", "20##%####", "U%#####")),
}  # fmt: skip


def _national(make: Callable[[random.Random], str]) -> Maker:
    return lambda _language, rng: make(rng)


NUMBERS |= {f"national.{code}": ("NATIONAL_ID", _national(make)) for code, make in NATIONAL.items()}

SECRETS: dict[str, tuple[str, Callable[[random.Random], str]]] = {
    "password": ("PASSWORD", secrets.password),
    "pin": ("PASSWORD", secrets.pin),
    "token": ("API_TOKEN", secrets.token),
    "jwt": ("API_TOKEN", secrets.jwt),
    "privatekey": ("PRIVATE_KEY", secrets.private_key),
    "urlcredentials": ("URL_CREDENTIALS", secrets.url_credentials),
}

TERMS: dict[str, str | None] = {
    "condition": "HEALTH", "medication": "HEALTH", "procedure": "HEALTH", "symptom": "HEALTH", "religion": "RELIGION",
    "faith": "RELIGION", "ethnicity": "ETHNICITY", "party": "POLITICS", "ideology": "POLITICS",
    "orientation": "SEXUAL_LIFE",
    "union": "UNION", "brand": "ORGANISATION", "city": "PLACE", "place": "PLACE", "country": "PLACE", "figure": None,
    "fiction": None, "eponym": None, "eponym_disease": None, "product": None, "job": None, "department": None,
}  # fmt: skip
"""Slots filled from ``data/terms``. With ``.general`` (said of nobody) they are no entity: ``{condition.general}``."""


@cache
def terms(kind: str, language: str, split: Split) -> tuple[str, ...]:
    """The terms of a kind that one side may use; English where the language has no list of its own."""
    lists = tomllib.loads((DATA / "terms" / f"{language}.toml").read_text(encoding="utf-8"))
    if kind not in lists:
        return terms(kind, "en", split)
    words = tuple(word.strip() for word in lists[kind].split(", "))
    return tuple(word for word in words if term_allowed(word, split)) or words


def _amount(language: str, rng: random.Random) -> str:
    value = rng.choice((rng.randint(1, 99), rng.uniform(1, 900), rng.randint(1000, 950_000)))
    plain = f"{value:,.2f}" if isinstance(value, float) else f"{value:,}"
    if language != "en":
        plain = plain.translate(str.maketrans(",.", ".,"))
        return f"{plain} {'zł' if language == 'pl' else rng.choice(('€', 'EUR'))}"
    return rng.choice(
        (
            f"£{plain}",
            f"${plain}",
            f"€{plain}",
            f"₹{plain}",
            f"USD {plain}",
            f"{plain} GBP",
            f"R{plain}",
            f"KSh {plain}",
            f"₦{plain}",
        )
    )


def _uuid(rng: random.Random) -> str:
    value = f"{rng.getrandbits(128):032x}"
    return f"{value[:8]}-{value[8:12]}-4{value[13:16]}-a{value[17:20]}-{value[20:]}"


def _percent(_language: str, rng: random.Random) -> str:
    return rng.choice((f"{rng.randint(1, 99)}%", f"{rng.uniform(0, 30):.1f}%", f"{rng.randint(1, 99)} %"))


def _private_ip(_language: str, rng: random.Random) -> str:
    third, last = rng.randint(0, 9), rng.randint(1, 254)
    return rng.choice((f"192.168.{third}.{last}", f"10.{rng.randint(0, 255)}.0.{last}"))


def _timestamp(_language: str, rng: random.Random) -> str:
    day = f"20{rng.randint(19, 27)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
    return f"{day}T{rng.randint(0, 23):02d}:{rng.randint(0, 59):02d}:{rng.randint(0, 59):02d}Z"


PLAIN: dict[str, Maker] = {
    "date": lambda language, rng: dates.recent(language, rng),
    "time": lambda _l, rng: dates.clock(rng),
    "year": lambda _l, rng: str(rng.randint(1890, 2031)),
    "number": lambda _l, rng: str(rng.choice((rng.randint(2, 40), rng.randint(2, 950), rng.randint(1000, 98000)))),
    "digit": lambda _l, rng: str(rng.randint(2, 9)),
    "percent": _percent,
    "amount": lambda language, rng: _amount(language, rng),
    "version": lambda _l, rng: f"{rng.randint(0, 12)}.{rng.randint(0, 40)}.{rng.randint(0, 30)}",
    "uuid": lambda _l, rng: _uuid(rng),
    "sha": lambda _l, rng: f"{rng.getrandbits(160):040x}",
    "sha256": lambda _l, rng: f"{rng.getrandbits(256):064x}",
    "hex": lambda _l, rng: f"{rng.getrandbits(32):08x}",
    "privateip": _private_ip,
    "sku": lambda _l, rng: digits(rng.choice(("@@-####-@", "@@@###", "##-@@-###", "@###-##", "@@##@@##")), rng),
    "isbn": lambda _l, rng: digits("978-0-%##-#####-#", rng),
    "ticket": lambda _l, rng: digits(rng.choice(("INC00#####", "#%####", "REQ-%####", "JIRA-%###", "GH-%##")), rng),
    "timestamp": _timestamp,
    "epoch": lambda _l, rng: str(rng.randint(1_500_000_000, 1_950_000_000)),
}  # fmt: skip
