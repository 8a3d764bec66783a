"""What may stand in a slot: words, and the entity that they are (None for what is no entity)."""

import random
import tomllib
from collections.abc import Callable, Sequence
from functools import cache

from models.training.pii_corpus import dates, numbers, secrets
from models.training.pii_corpus.addresses import address_lines, digits, partial
from models.training.pii_corpus.national import NATIONAL
from models.training.pii_corpus.people import Person, ascii_form, handle, make_person, misspelt, nickname
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
    "gps": ("COORDINATES", numbers.gps),
    "vin": ("ID_NUMBER", numbers.vin),
    "plate": ("ID_NUMBER", numbers.plate),
    "npi": ("ID_NUMBER", numbers.npi),
    "dea": ("ID_NUMBER", numbers.dea),
    "mbi": ("ID_NUMBER", numbers.mbi),
    "mrn": ("ID_NUMBER", numbers.pattern("%######", "%#######", "@######", "H%#####", "##-##-##-#")),
    "policy": ("ID_NUMBER", numbers.pattern("@@@-%######", "%#########", "POL-%#####", "@@/####/%####", "HX%#######")),
    "casenum": ("ID_NUMBER", numbers.pattern("%#####-##", "@@-20##-%####", "CR/%###/##", "20##/%####", "@##@@###")),
    "staffnum": ("ID_NUMBER", numbers.pattern("E%####", "%#####", "EMP-%###", "@@%####")),
    "customernum": ("ID_NUMBER", numbers.pattern("%#######", "C-%#####", "KD%######", "%### ### ###")),
    "studentnum": ("ID_NUMBER", numbers.pattern("%#######", "s%######", "20##%####", "U%#####")),
}  # fmt: skip
NUMBERS |= {f"national.{code}": ("NATIONAL_ID", lambda _l, rng, make=make: make(rng)) for code, make in NATIONAL.items()}

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
    "faith": "RELIGION", "ethnicity": "ETHNICITY", "party": "POLITICS", "ideology": "POLITICS", "orientation": "SEXUAL_LIFE",
    "union": "UNION", "brand": "ORGANISATION", "city": "PLACE", "place": "PLACE", "country": "PLACE", "figure": None,
    "fiction": None, "eponym": None, "eponym_disease": None, "product": None, "job": None, "department": None,
}  # fmt: skip
"""Slots filled from ``data/terms``. With ``.general`` (said of nobody) they are no entity: ``{condition.general}``."""

PLAIN: dict[str, Maker] = {
    "date": lambda language, rng: dates.recent(language, rng),
    "time": lambda _l, rng: dates.clock(rng),
    "year": lambda _l, rng: str(rng.randint(1890, 2031)),
    "number": lambda _l, rng: str(rng.choice((rng.randint(2, 40), rng.randint(2, 950), rng.randint(1000, 98000)))),
    "digit": lambda _l, rng: str(rng.randint(2, 9)),
    "percent": lambda _l, rng: rng.choice((f"{rng.randint(1, 99)}%", f"{rng.uniform(0, 30):.1f}%", f"{rng.randint(1, 99)} %")),
    "amount": lambda language, rng: _amount(language, rng),
    "version": lambda _l, rng: f"{rng.randint(0, 12)}.{rng.randint(0, 40)}.{rng.randint(0, 30)}",
    "uuid": lambda _l, rng: _uuid(rng),
    "sha": lambda _l, rng: f"{rng.getrandbits(160):040x}",
    "sha256": lambda _l, rng: f"{rng.getrandbits(256):064x}",
    "hex": lambda _l, rng: f"{rng.getrandbits(32):08x}",
    "privateip": lambda _l, rng: rng.choice((f"192.168.{rng.randint(0, 9)}.{rng.randint(1, 254)}", f"10.{rng.randint(0, 255)}.0.{rng.randint(1, 254)}")),
    "sku": lambda _l, rng: digits(rng.choice(("@@-####-@", "@@@###", "##-@@-###", "@###-##", "@@##@@##")), rng),
    "isbn": lambda _l, rng: digits("978-0-%##-#####-#", rng),
    "ticket": lambda _l, rng: digits(rng.choice(("INC00#####", "#%####", "REQ-%####", "JIRA-%###", "GH-%##")), rng),
    "timestamp": lambda _l, rng: f"20{rng.randint(19, 27)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}T{rng.randint(0, 23):02d}:{rng.randint(0, 59):02d}:{rng.randint(0, 59):02d}Z",
    "epoch": lambda _l, rng: str(rng.randint(1_500_000_000, 1_950_000_000)),
}  # fmt: skip

_ORG_WORDS = "Northern Atlas Harbour Beacon Meridian Summit Castle Riverside Evergreen Pioneer Copper Falcon Orchard Zenith Delta Lotus Union Granite".split()
_ORG_KINDS = "Logistics,Dental Care,Housing Association,Solutions Pvt Ltd,Textiles,Credit Union,Academy,Foods Ltd,Health Trust,Insurance plc,Motors,Consulting GmbH,Bank,Pharma AG,Recruitment,Energy,University Hospital,Primary School,Council,Biosciences Inc.,Legal LLP,Airlines".split(",")
_FAMILY_FIRMS = ("{0} & Sons", "{0} and {1} LLP", "{0} {1} Ltd", "{0} Group", "{0}, {1} & Co.", "{0} Brothers", "{0}'s Bakery", "{0} GmbH")
_DOMAINS = "gmail.com outlook.com yahoo.co.uk hotmail.com icloud.com proton.me web.de gmx.net orange.fr libero.it wp.pl btinternet.com rediffmail.com northgate-logistics.com stmarys.sch.uk kwikclaims.com.au".split()
PERSON_PARTS = ("first", "last", "lastfirst", "nick", "misspelt", "initials", "middle", "title", "email", "emailwords",
                "handle", "dob", "age", "agewords", "ageold", "he", "his", "him")  # fmt: skip
_CASES: dict[str, Callable[[str], str]] = {"upper": str.upper, "lower": str.lower}


class Fillers:
    """Fills the slots of one shape; the same numbered person and address come back throughout it."""

    def __init__(self, split: Split, language: str, rng: random.Random) -> None:
        self._split = split
        self._language = language
        self._rng = rng
        self._people: dict[str, Person] = {}
        self._ages: dict[str, int] = {}
        self._said: dict[str, str] = {}

    def choose(self, words: Sequence[str]) -> str:
        """One of the words."""
        return self._rng.choice(words)

    def fill(self, slot: str) -> tuple[str, str | None]:
        """Words and entity for a slot such as ``person2.last.upper``. Raises ValueError for one that is not known."""
        name, *rest = slot.split(".")
        case = _CASES[rest.pop()] if rest and rest[-1] in _CASES else str
        general = bool(rest) and rest[-1] == "general" and bool(rest.pop())
        words, entity = self._fill(name.rstrip("0123456789"), name, rest)
        if name == "person" and not words:
            raise ValueError(f"nothing for the slot {slot}")
        return case(words), None if general else entity

    def _fill(self, kind: str, name: str, rest: list[str]) -> tuple[str, str | None]:
        rng, language = self._rng, self._language
        key = ".".join([kind, *rest])
        if kind == "person" and (not rest or rest[0] in PERSON_PARTS) and len(rest) < 2:
            return self._person(name, rest[0] if rest else "full")
        if kind == "address" and (not rest or rest[0] in ("lines", "street")) and len(rest) < 2:
            return self._address(name, rest[0] if rest else ""), "ADDRESS"
        if key in NUMBERS:
            entity, make = NUMBERS[key]
            return self._same(name + key, lambda: make(language, rng)), entity
        if key in SECRETS:
            return SECRETS[key][1](rng), SECRETS[key][0]
        if key in TERMS:
            return self._same(name + key, lambda: rng.choice(terms(key, language, self._split))), TERMS[key]
        if key == "org":
            return self._same(name, self._organisation), "ORGANISATION"
        if key == "dob":
            return dates.birth(rng.randint(1, 96), language, rng), "DATE_OF_BIRTH"
        if key == "age":
            return str(rng.randint(2, 97)), "AGE"
        if key == "months":
            return str(rng.randint(2, 23)), "AGE"
        if key in PLAIN:
            return PLAIN[key](language, rng), None
        raise ValueError(f"no such slot: {key}")

    def _same(self, key: str, make: Callable[[], str]) -> str:
        """What was said before for this slot; numbered slots (``{condition2}``) are apart from one another."""
        if key not in self._said:
            self._said[key] = make()
        return self._said[key]

    def _person(self, name: str, part: str) -> tuple[str, str | None]:
        rng = self._rng
        if name not in self._people:
            self._people[name] = make_person(self._split, self._language, rng)
            self._ages[name] = rng.choice((rng.randint(18, 80), rng.randint(4, 95)))
        person, age = self._people[name], self._ages[name]
        initials = "".join(part[0] + "." for part in person.full.replace("-", " ").split() if part[0].isalpha())
        names = {
            "full": person.full,
            "first": person.first,
            "last": person.last,
            "lastfirst": f"{person.last}, {person.first}",
            "middle": f"{person.first} {rng.choice('ABCDEFGHJKLMNPRSTW')}. {person.last}",
            "initials": initials,
            "nick": self._same(name + "nick", lambda: nickname(person, rng)),
            "misspelt": misspelt(person.full, rng),
        }
        if part in names:
            return names[part], "PERSON"
        if part == "handle":
            return self._same(name + part, lambda: handle(person, rng)), "USERNAME"
        if part.startswith("email"):
            address = self._same(name + "email", lambda: self._email(person))
            if part == "emailwords":
                address = rng.choice((address.replace("@", " at ").replace(".", " dot "), address.replace("@", " [at] ").replace(".", " [dot] "), address.replace("@", "(at)")))  # fmt: skip
            return address, "EMAIL"
        if part == "dob":
            return self._same(name + part, lambda: dates.birth(age, self._language, rng)), "DATE_OF_BIRTH"
        if part.startswith("age"):
            words = {"age": str(age), "agewords": dates.in_words(age), "ageold": rng.choice((f"{age}-year-old", f"{age} year old", f"{age}-yr-old", f"{age}yo"))}  # fmt: skip
            return words[part], "AGE"
        female = person.female
        words = {
            "title": rng.choice(("Ms", "Mrs", "Ms", "Dr", "Miss") if female else ("Mr", "Mr", "Mr", "Dr")),
            "he": "she" if female else "he",
            "his": "her" if female else "his",
            "him": "her" if female else "him",
        }
        return words[part], None

    def _email(self, person: Person) -> str:
        first, last = ascii_form(person.first), ascii_form(person.last)
        if not first or not last:
            return f"{handle(person, self._rng)}{self._rng.randint(10, 99)}@{self._rng.choice(_DOMAINS)}"
        local = self._rng.choice((f"{first}.{last}", f"{first[0]}.{last}", f"{first}{last}", f"{first}_{last}", f"{last}{first[0]}", f"{first}.{last}{self._rng.randint(1, 99)}"))  # fmt: skip
        return f"{local}@{self._rng.choice(_DOMAINS)}"

    def _address(self, name: str, form: str) -> str:
        text = self._same(name, lambda: "\n".join(address_lines(self._split, self._language, self._rng)))
        lines = [line.strip() for line in text.split("\n")]
        if form == "street":
            return partial(lines, self._rng)
        return "\n".join(lines) if form == "lines" else ", ".join(lines)

    def _organisation(self) -> str:
        rng = self._rng
        if rng.random() < 0.6:
            return f"{rng.choice(_ORG_WORDS)} {rng.choice(_ORG_KINDS)}"
        families = [make_person(self._split, self._language, rng).last for _ in range(2)]
        return rng.choice(_FAMILY_FIRMS).format(*families)


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
    return rng.choice((f"£{plain}", f"${plain}", f"€{plain}", f"₹{plain}", f"USD {plain}", f"{plain} GBP", f"R{plain}", f"KSh {plain}", f"₦{plain}"))


def _uuid(rng: random.Random) -> str:
    value = f"{rng.getrandbits(128):032x}"
    return f"{value[:8]}-{value[8:12]}-4{value[13:16]}-a{value[17:20]}-{value[20:]}"
