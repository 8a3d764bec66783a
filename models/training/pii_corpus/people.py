"""Made-up people: names from many cultures, with the nicknames, addresses and handles that follow from them."""

import random
import tomllib
import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from models.training.pii_corpus.shapes import DATA
from models.training.pii_corpus.splits import Split, name_allowed

_LOCALES = (
    "en_GB en_US en_AU en_CA en_IE en_IN en_NZ en_NG en_KE en_PH en_PK de_DE de_AT de_CH fr_FR fr_CA fr_CH es_ES "
    "es_MX es_AR es_CO it_IT nl_NL nl_BE pt_PT pt_BR pl_PL cs_CZ sk_SK sl_SI hr_HR sv_SE da_DK no_NO fi_FI is_IS "
    "et_EE lv_LV lt_LT hu_HU ro_RO bg_BG el_GR tr_TR ru_RU uk_UA he_IL ar_AA fa_IR hi_IN ta_IN ne_NP zh_CN ja_JP "
    "ko_KR vi_VN th_TH id_ID fil_PH ka_GE hy_AM az_AZ sq_AL zu_ZA yo_NG ha_NG ig_NG sw tw_GH ga_IE"
)
NATIVE = {
    "en": ("en_GB", "en_US", "en_AU", "en_CA", "en_IE", "en_IN", "english", "american", "celtic", "hindi", "caribbean"),
    "de": ("de_DE", "de_AT", "de_CH", "german", "turkish"),
    "fr": ("fr_FR", "fr_CA", "fr_CH", "french", "wolof", "arabic"),
    "es": ("es_ES", "es_MX", "es_AR", "es_CO", "spanish"),
    "it": ("it_IT", "italian"),
    "nl": ("nl_NL", "nl_BE", "dutch", "turkish"),
    "pt": ("pt_PT", "pt_BR", "portuguese"),
    "pl": ("pl_PL", "polish", "ukrainian"),
}
_NATIVE_SHARE = {"en": 0.35}
_SCRIPTS = {
    "arabic_script", "chinese_characters", "japanese_kanji", "korean_hangul", "cyrillic", "hebrew_script",
    "devanagari", "bg_BG", "el_GR", "ru_RU",
    "uk_UA", "he_IL", "ar_AA", "fa_IR", "hi_IN", "ta_IN", "ne_NP", "zh_CN", "ja_JP", "ko_KR", "th_TH", "ka_GE", "hy_AM",
}  # fmt: skip
"""Sources that give names in other scripts: rarer in texts in Latin letters."""
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "þ": "th", "Þ": "Th", "æ": "ae",
     "Æ": "Ae", "ð": "d", "ə": "a", "Ə": "A", "’": "'"}
)  # fmt: skip
_SHORT = {
    "Margaret": "Maggie", "Josephine": "Jo", "Philippa": "Pip", "Dorothy": "Dot", "Terence": "Terry",
    "Alistair": "Ali", "Wilfred": "Wilf", "Desmond": "Des", "Katarzyna": "Kasia", "Dmitri": "Dima",
    "Krzysztof": "Krzysiek", "Guadalupe": "Lupe", "Gianluca": "Luca", "Mehmet": "Memo", "Oluwadamilare": "Dami",
    "Chukwuemeka": "Emeka", "Patricia": "Trish", "Elizabeth": "Liz", "Michael": "Mick", "William": "Bill",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """One made-up person. ``full`` is the name as written in this text."""

    first: str
    last: str
    full: str
    female: bool
    source: str


@cache
def cultures() -> dict[str, dict[str, Any]]:
    """The checked-in name lists, by culture."""
    tables = tomllib.loads((DATA / "names.toml").read_text(encoding="utf-8"))
    return {
        culture: {key: value.split(", ") if isinstance(value, str) else value for key, value in table.items()}
        for culture, table in tables.items()
    }


@cache
def faker(locale: str) -> Any:
    """Faker's generator for a locale, with the few providers that are used here."""
    from faker import Factory

    return Factory.create(locale, ["faker.providers.person", "faker.providers.address", "faker.providers.company"])


def make_person(split: Split, language: str, rng: random.Random) -> Person:
    """Someone new: more often native to the language of the text, and then from anywhere."""
    if rng.random() < _NATIVE_SHARE.get(language, 0.7):
        source = rng.choice(NATIVE[language])
    else:
        source = rng.choice((rng.choice(_LOCALES.split()), rng.choice(list(cultures())), rng.choice(list(cultures()))))
        if source in _SCRIPTS and rng.random() < 0.6:
            source = rng.choice(NATIVE[language])
    female = rng.random() < 0.5
    make = _from_list if source in cultures() else _from_faker
    return _styled(make(source, female, split, rng), split, rng)


def _styled(person: Person, split: Split, rng: random.Random) -> Person:
    """The person, one time in five with the name written as registers, passports or keyboards without accents do."""
    first, last = person.first, person.last
    if not first.isascii() and rng.random() < 0.3:
        plain, plain_last = unaccented(first), unaccented(last)
        if plain and plain_last and name_allowed(plain, split) and name_allowed(plain_last, split):
            full = unaccented(person.full)
            return replace(person, first=plain, last=plain_last, full=full)
    if person.full != f"{first} {last}" or not (first[0].isupper() and last[-1:].islower()) or rng.random() > 0.2:
        return person
    middle, initial = _another_given(person, split, rng), rng.choice("ABCDEFGHJKLMNPRSTW")
    initials = "".join(f"{part[0]}. " for part in first.replace("-", " ").split())
    forms = (
        f"{first} {middle} {last}", f"{first} {middle} {last}", f"{first} {initial}. {last}", f"{initials}{last}",
        f"{first[0]}. {initial}. {last}", f"{first[0]}{initial} {last}", f"{last}, {first}", f"{last} {first}",
        f"{last.upper()}, {first}", f"{first} {last.upper()}", f"{last.upper()} {first}", f"{first} {last}".upper(),
        f"{first} {last} {rng.choice(('Jr', 'Jr.', 'Sr.', 'III', 'II'))}", f"{first[0]} {last}",
        f"{first} '{nickname(person, rng)}' {last}", f"{first} ({nickname(person, rng)}) {last}",
        f"{last} {first[0]}.", f"{first} {middle[0]}. {last}", f"{initials}{middle} {last}",
    )  # fmt: skip
    return replace(person, full=rng.choice(forms))


def _another_given(person: Person, split: Split, rng: random.Random) -> str:
    """A second given name, of the same list where there is one."""
    source = person.source if person.source in cultures() else "english"
    given = allowed_names(source, "female" if person.female else "male", split) or ["A."]
    return rng.choice(given)


def allowed_names(culture: str, kind: str, split: Split) -> list[str]:
    """The names of a list that one side of the split may use."""
    return [name for name in cultures()[culture][kind] if name_allowed(name, split)]


def _from_list(culture: str, female: bool, split: Split, rng: random.Random) -> Person:
    given = allowed_names(culture, "female" if female else "male", split)
    family = allowed_names(culture, "family", split)
    if not given or not family:
        return _from_list("english", female, split, rng)
    first, second = rng.choice(given), rng.choice(given)
    last, other = rng.choice(family), rng.choice(family)
    form = rng.choice(cultures()[culture].get("forms", ["{g} {f}"]))
    if (second == first and "{g2}" in form) or (other == last and "{f2}" in form):
        form = "{g} {f}"
    full = form.format(g=first, f=last, g2=second, f2=other, i=first[0], j=second[0])
    return Person(first, last if "{f}" in form else first, full, female, culture)


def _from_faker(locale: str, female: bool, split: Split, rng: random.Random) -> Person:
    source = faker(locale)
    source.seed_instance(rng.getrandbits(64))
    first = last = ""
    for _ in range(60):
        name = source.first_name_female() if female else source.first_name_male()
        if not first and name_allowed(name, split):
            first = name
        name = source.last_name_female() if female else source.last_name_male()
        if not last and name_allowed(name, split):
            last = name
        if first and last:
            break
    else:
        return _from_list("english", female, split, rng)
    full = f"{last}{first}" if locale in ("zh_CN", "ja_JP", "ko_KR") else f"{first} {last}"
    if full.isascii() and rng.random() < 0.1:
        full = rng.choice((f"{first[0]}. {last}", f"{first} {rng.choice('ABCDEFGHJKLMNPRSTW')}. {last}"))
    return Person(first, last, full, female, locale)


def unaccented(name: str) -> str:
    """A name in Latin letters without accents; empty when it has letters of another script."""
    plain = unicodedata.normalize("NFKD", name.translate(_LETTERS)).encode("ascii", "ignore").decode()
    return plain if sum(c.isalpha() for c in plain) >= sum(c.isalpha() for c in name) else ""


def ascii_form(name: str) -> str:
    """A name in the letters of an e-mail address; empty when nothing of it is left."""
    plain = unicodedata.normalize("NFKD", name.translate(_LETTERS)).encode("ascii", "ignore").decode()
    return "".join(c for c in plain.lower() if c.isalnum())


def handle(person: Person, rng: random.Random) -> str:
    """A user name made of the person's name."""
    first, last = ascii_form(person.first) or "user", ascii_form(person.last) or "x"
    number = rng.choice(("", "", str(rng.randint(1, 99)), str(rng.randint(1960, 2009))))
    return rng.choice(
        (
            f"{first}{number}",
            f"{first[0]}{last}{number}",
            f"{first}_{last}{number}",
            f"{last}.{first[:3]}",
            f"{first}{last[0]}{number}",
        )
    )


def nickname(person: Person, rng: random.Random) -> str:
    """What friends write."""
    short = _SHORT.get(person.first)
    if short and rng.random() < 0.7:
        return short
    word = person.first.split()[0].split("-")[0]
    if len(word) > 4 and word.isascii():
        return rng.choice((word[:3] + "s", word[:3].rstrip("aeiou") + "zy", word[:4], word, word[:3]))
    return word


def misspelt(name: str, rng: random.Random) -> str:
    """One letter dropped, doubled or swapped with its neighbour."""
    places = [i for i in range(1, len(name) - 1) if name[i : i + 2].isalpha()]
    if not places:
        return name
    i = rng.choice(places)
    return rng.choice(
        (name[:i] + name[i + 1 :], name[:i] + name[i] + name[i:], name[:i] + name[i + 1] + name[i] + name[i + 2 :])
    )
