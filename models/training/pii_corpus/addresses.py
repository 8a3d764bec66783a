"""Postal addresses in the forms of many countries, on one line or on several."""

import random
import re
import tomllib
from functools import cache
from typing import Any

from models.training.pii_corpus.people import faker
from models.training.pii_corpus.shapes import DATA
from models.training.pii_corpus.splits import Split, name_allowed

_FAKER = ("en_GB", "en_US", "en_AU", "en_CA", "en_IE", "en_IN", "en_NZ", "de_DE", "fr_FR", "es_ES", "it_IT", "nl_NL",
          "pt_BR", "pl_PL", "sv_SE", "da_DK", "no_NO", "fi_FI", "hu_HU", "cs_CZ")  # fmt: skip
_HOME = {
    "en": ("gb", "gb", "us", "us", "ie", "au", "in", "ca", "nz", "ng", "ke", "za", "gh", "sg"),
    "de": ("de", "at", "ch"), "fr": ("fr", "be", "qc"), "es": ("es", "mx", "ar"), "it": ("it",),
    "nl": ("nl", "be_nl"), "pt": ("pt", "br"), "pl": ("pl",),
}  # fmt: skip


@cache
def countries() -> dict[str, dict[str, Any]]:
    """The checked-in streets, towns and layouts by country."""
    return tomllib.loads((DATA / "addresses.toml").read_text(encoding="utf-8"))


def digits(pattern: str, rng: random.Random) -> str:
    """``#`` becomes a digit, ``%`` one from 1 to 9, ``@`` a capital letter."""
    makers = {"#": "0123456789", "%": "123456789", "@": "ABCDEFGHJKLMNPRSTUWXY"}
    return re.sub("[#%@]", lambda match: rng.choice(makers[match[0]]), pattern)


def address_lines(split: Split, language: str, rng: random.Random) -> list[str]:
    """The lines of one address; three out of four from the countries of the language."""
    if rng.random() < 0.2:
        return _from_faker(rng)
    pool = _HOME[language] if rng.random() < 0.75 else tuple(countries())
    country = countries()[rng.choice(pool)]
    streets = [street for street in country["streets"] if name_allowed(street.split()[0], split)] or country["streets"]
    city, code = rng.choice(country["towns"]).split("|")
    layout = rng.choice(country["layouts"])
    number = str(rng.choice((rng.randint(1, 40), rng.randint(1, 199), rng.randint(1, 2400))))
    filled: str = layout.format(
        n=number,
        street=rng.choice(streets),
        city=city,
        code=digits(code, rng),
        flat=rng.randint(1, 48),
        letter=rng.choice("ABCDEF"),
        house=rng.choice(
            ("Rose Cottage", "The Old Forge", "Willow House", "Sunnyside", "Flat 2, Tower Court", "Hillcrest")
        ),
        floor=rng.randint(1, 9),
    )
    return [line.strip() for line in filled.split("/")]


def _from_faker(rng: random.Random) -> list[str]:
    source = faker(rng.choice(_FAKER))
    for _ in range(20):
        source.seed_instance(rng.getrandbits(64))
        lines = [line.strip(" ,") for line in source.address().splitlines() if line.strip(" ,")]
        if len(lines) > 1 and not re.search(r"\b(?:[DFA]PO|USNV|USNS|USS|USCGC|PSC|Unit) ", "\n".join(lines)):
            return lines
    return lines


def partial(lines: list[str], rng: random.Random) -> str:
    """The street and number alone, as people say it."""
    streets = [line for line in lines[:2] if re.search(r"\d", line) and re.search(r"[^\W\d]{3}", line)] or lines[:1]
    short = streets[0].split(",")[0]
    return rng.choice((streets[0], short)) if re.search(r"[^\W\d]{3}", short) else streets[0]
