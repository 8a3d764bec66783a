"""What may stand in a slot: words, and the entity that they are (None for what is no entity)."""

import random
from collections.abc import Callable, Sequence

from models.training.pii_corpus import dates
from models.training.pii_corpus.addresses import address_lines, partial
from models.training.pii_corpus.people import Person, ascii_form, handle, make_person, misspelt, nickname
from models.training.pii_corpus.splits import Split
from models.training.pii_corpus.vocabulary import NUMBERS, PLAIN, SECRETS, TERMS, terms

_ORG_WORDS = [
    "Northern",
    "Atlas",
    "Harbour",
    "Beacon",
    "Meridian",
    "Summit",
    "Castle",
    "Riverside",
    "Evergreen",
    "Pioneer",
    "Copper",
    "Falcon",
    "Orchard",
    "Zenith",
    "Delta",
    "Lotus",
    "Union",
    "Granite",
]
_ORG_KINDS = [
    "Logistics",
    "Dental Care",
    "Housing Association",
    "Solutions Pvt Ltd",
    "Textiles",
    "Credit Union",
    "Academy",
    "Foods Ltd",
    "Health Trust",
    "Insurance plc",
    "Motors",
    "Consulting GmbH",
    "Bank",
    "Pharma AG",
    "Recruitment",
    "Energy",
    "University Hospital",
    "Primary School",
    "Council",
    "Biosciences Inc.",
    "Legal LLP",
    "Airlines",
]
_FAMILY_FIRMS = (
    "{0} & Sons",
    "{0} and {1} LLP",
    "{0} {1} Ltd",
    "{0} Group",
    "{0}, {1} & Co.",
    "{0} Brothers",
    "{0}'s Bakery",
    "{0} GmbH",
)
_DOMAINS = [
    "gmail.com",
    "outlook.com",
    "yahoo.co.uk",
    "hotmail.com",
    "icloud.com",
    "proton.me",
    "web.de",
    "gmx.net",
    "orange.fr",
    "libero.it",
    "wp.pl",
    "btinternet.com",
    "rediffmail.com",
    "northgate-logistics.com",
    "stmarys.sch.uk",
    "kwikclaims.com.au",
]
PERSON_PARTS = ("first", "last", "lastfirst", "reversed", "initialled", "lastinitials", "nick", "misspelt", "initials",
                "middle", "title", "email", "emailwords", "handle", "dob", "dobwords", "age", "agewords", "ageold",
                "birthyear", "he", "his", "him")  # fmt: skip
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
        letters = [word[0] for word in person.first.replace("-", " ").split()]
        given = rng.choice((f"{letters[0]}.", ". ".join(letters) + ".", "".join(letters), letters[0]))
        names = {
            "full": person.full,
            "first": person.first,
            "last": person.last,
            "lastfirst": f"{person.last}, {person.first}",
            "reversed": f"{person.last} {person.first}",
            "initialled": self._same(name + "initialled", lambda: f"{given} {person.last}"),
            "lastinitials": self._same(name + "lastinitials", lambda: f"{person.last}{rng.choice((',', ''))} {given}"),
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
                spoken = address.replace("@", " at ").replace(".", " dot ")
                bracketed = address.replace("@", " [at] ").replace(".", " [dot] ")
                address = rng.choice((spoken, bracketed, address.replace("@", "(at)")))
            return address, "EMAIL"
        if part == "dob":
            return self._same(name + part, lambda: dates.birth(age, self._language, rng)), "DATE_OF_BIRTH"
        if part == "dobwords":
            return self._same(name + part, lambda: dates.birth_in_passing(age, self._language, rng)), "DATE_OF_BIRTH"
        if part == "birthyear":
            return self._same(name + part, lambda: str(2025 - age + rng.randint(0, 1))), "DATE_OF_BIRTH"
        if part.startswith("age"):
            old = rng.choice((f"{age}-year-old", f"{age} year old", f"{age}-yr-old", f"{age}yo"))
            words = {"age": str(age), "agewords": dates.in_words(age), "ageold": old}
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
        forms = (f"{first}.{last}", f"{first[0]}.{last}", f"{first}{last}", f"{first}_{last}", f"{last}{first[0]}")
        local = self._rng.choice((*forms, f"{first}.{last}{self._rng.randint(1, 99)}"))
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
