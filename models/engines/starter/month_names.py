"""Names of months and weekdays in the languages that the starter engine reads dates in.

English is spelled out here; the other languages come from the locale data of the library dateparser, which loads
only when a word next to a number is not an English month.
"""

import functools
from types import ModuleType

_ENGLISH = (
    ("january", "jan"),
    ("february", "feb", "febr"),
    ("march", "mar"),
    ("april", "apr"),
    ("may",),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sep", "sept"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
_ENGLISH_MONTHS = {name: number for number, names in enumerate(_ENGLISH, 1) for name in names}

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ENGLISH_WEEKDAYS = {name: number for number, name in enumerate(_WEEKDAYS)} | {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6
}  # fmt: skip


def _locales() -> tuple[ModuleType, ...]:
    # Named one by one, so that a freezing tool sees the imports.
    from dateparser.data.date_translation_data import (
        cs,
        da,
        de,
        es,
        fi,
        fr,
        it,
        nb,
        nl,
        pl,
        pt,
        ro,
        sv,
    )

    return (de, fr, es, it, pt, nl, pl, sv, da, nb, cs, ro, fi)


@functools.cache
def _foreign_months() -> dict[str, int]:
    months: dict[str, int] = {}
    for locale in _locales():
        for number, names in enumerate(_ENGLISH, 1):
            for word in locale.info.get(names[0], ()):
                months.setdefault(word.casefold().rstrip("."), number)
    return months


@functools.cache
def foreign_weekdays() -> frozenset[str]:
    """Full names of weekdays in the languages other than English, folded; without abbreviations."""
    return frozenset(
        word.casefold()
        for locale in _locales()
        for name in _WEEKDAYS
        for word in locale.info.get(name, ())
        if len(word) > 4
    )


def english_month(word: str) -> int | None:
    """Number (1 to 12) of an English month name or abbreviation, in any case and without its full stop."""
    return _ENGLISH_MONTHS.get(word.lower())


def month_number(word: str) -> int | None:
    """Number (1 to 12) of a month name in any of the languages, in any case and without its full stop."""
    return _ENGLISH_MONTHS.get(word.lower()) or _foreign_months().get(word.casefold())
