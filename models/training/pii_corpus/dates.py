"""Dates, births and ages in the forms that people and offices write."""

import random
from datetime import date, timedelta

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
}
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety"


def written(day: date, language: str, rng: random.Random) -> str:
    """``day`` in one of the forms of the language."""
    month = _MONTHS[language].split()[day.month - 1]
    forms: tuple[str, ...]
    if language == "en":
        suffix = "th" if 10 < day.day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
        forms = (
            f"{day.day} {month} {day.year}", f"{day.day} {month} {day.year}", f"{day:%d/%m/%Y}", f"{day:%d/%m/%Y}",
            f"{day:%m/%d/%Y}", f"{month} {day.day}, {day.year}", f"{day.day}{suffix} {month} {day.year}",
            f"{day:%Y-%m-%d}", f"{day:%d.%m.%y}", f"{day.day}/{day.month}/{day:%y}", f"{day:%d}-{month[:3]}-{day.year}",
            f"{day.day:02d} {month[:3]} {day.year}", f"{month[:3]} {day.day} {day.year}", f"{day:%d-%m-%Y}",
            f"{day.day:02d} {month[:3].upper()} {day:%y}",
        )  # fmt: skip
    elif language in ("es", "pt"):
        written_out = f"{day.day} de {month} de {day.year}"
        forms = (written_out, f"{day:%d/%m/%Y}", f"{day:%d-%m-%Y}", f"{day.day}/{day.month}/{day.year}")
    elif language == "de":
        written_out = f"{day.day}. {month} {day.year}"
        forms = (written_out, f"{day:%d.%m.%Y}", f"{day:%d.%m.%Y}", f"{day.day}.{day.month}.{day:%y}")
    else:
        written_out = f"{day.day} {month} {day.year}"
        forms = (written_out, f"{day:%d/%m/%Y}", f"{day:%d-%m-%Y}", f"{day:%d.%m.%Y}", f"{day:%Y-%m-%d}")
    return rng.choice(forms)


def recent(language: str, rng: random.Random) -> str:
    """An ordinary date, nobody's birth."""
    return written(date(2009, 1, 1) + timedelta(days=rng.randint(0, 6900)), language, rng)


def birth(age: int, language: str, rng: random.Random) -> str:
    """A date of birth that fits the age."""
    return written(date(2026, 1, 1) - timedelta(days=age * 365 + rng.randint(1, 364)), language, rng)


def birth_in_passing(age: int, language: str, rng: random.Random) -> str:
    """A date of birth as people say or jot it down: day and month in words, two-digit years, the year left out."""
    day = date(2026, 1, 1) - timedelta(days=age * 365 + rng.randint(1, 364))
    month = _MONTHS[language].split()[day.month - 1]
    short = f"{day:%y}"
    forms: tuple[str, ...]
    if language == "en":
        suffix = "th" if 10 < day.day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
        forms = (
            f"{day.day}{suffix} of {month} {day.year}", f"{day.day}{suffix} of {month}, {day.year}",
            f"{month} {day.day}{suffix}, {day.year}", f"{month} the {day.day}{suffix} {day.year}",
            f"{day.day} {month[:3]} {short}", f"{day.day}{suffix} {month} {short}", f"{day:%d/%m/%y}",
            f"{day:%m/%d/%y}", f"{day.day}.{day.month}.{short}", f"{day:%d %m %Y}", f"{day:%d%m%y}",
            f"{day:%d%b%Y}".upper(), f"{month} {day.year}", f"{month} of {day.year}", f"{month[:3]} '{short}",
            f"{day:%m/%Y}", f"{day.day} {month}", f"{day.day}{suffix} of {month}", f"{day:%Y%m%d}",
            f"{day.day}-{day.month}-{short}",
        )  # fmt: skip
    else:
        of = " de " if language in ("es", "pt") else " "
        dot = "." if language == "de" else ""
        forms = (
            f"{day.day}{dot}{of}{month}{of}{day.year}", f"{day.day}{dot}{of}{month}", f"{month}{of}{day.year}",
            f"{day:%d.%m.%y}", f"{day:%d/%m/%y}", f"{day.day}.{day.month}.{short}", f"{day:%d-%m-%y}",
            f"{day.day}/{day.month}/{day.year}", f"{day:%d %m %Y}",
        )  # fmt: skip
    return rng.choice(forms)


def clock(rng: random.Random) -> str:
    """A time of day."""
    hour, minute = rng.randint(0, 23), rng.randint(0, 59)
    return rng.choice(
        (
            f"{hour:02d}:{minute:02d}",
            f"{hour}.{minute:02d}",
            f"{hour % 12 or 12}:{minute:02d} {'am' if hour < 12 else 'pm'}",
            f"{hour:02d}{minute:02d}hrs",
        )
    )


def in_words(number: int) -> str:
    """An age in English words."""
    if number < 20:
        return _ONES.split()[number]
    tens, ones = divmod(number, 10)
    if tens > 9:
        return "a hundred"
    return _TENS.split()[tens] + (f"-{_ONES.split()[ones]}" if ones else "")
