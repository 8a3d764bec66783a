"""Relative dates in German, French and Spanish ("übermorgen", "vendredi prochain", "dentro de dos semanas").

Read only in a text that is in the language: "hier" is yesterday in French and here in German.
"""

import datetime
import functools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from models.engines.starter.date_forms import Candidate
from models.engines.starter.date_relative import in_words, shifted


@dataclass(frozen=True, slots=True)
class _Language:
    """Patterns of one language; ``days`` are days from the day that is counted from, ``weekdays`` begin on Monday."""

    days: Mapping[str, int]
    weekdays: tuple[str, ...]
    units: Mapping[str, str]
    counts: tuple[str, ...]
    coming: str
    past: str
    ahead: str
    ago: str
    before_weekday: str
    since: str


_LANGUAGES = {
    "German": _Language(
        {"heute": 0, r"(?<!am )(?<!jeden )(?<!guten )morgen(?! gut)": 1, "gestern": -1, "übermorgen": 2,
         "vorgestern": -2},
        ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
        {"Tag(?:en?)?": "day", "Wochen?": "week", "Monat(?:en?)?": "month", "Jahr(?:en?)?": "year"},
        ("null", "einer|einem|eine|ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn"),
        "(?:nächste|kommende)[nmrs]?", "(?:letzte|vergangene|vorige)[nmrs]?",
        "in", "vor", "am|bis(?: zum)?|ab(?: dem)?|vor|zum|spätestens(?: am)?", "seit(?: dem)?",
    ),
    "French": _Language(
        {"aujourd['’]hui": 0, "(?<!après-)demain": 1, "(?<!avant-)hier": -1, "après-demain": 2, "avant-hier": -2},
        ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
        {"jours?": "day", "semaines?": "week", "mois": "month", "ans?|années?": "year"},
        ("zéro", "une?", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"),
        "prochaine?", "dernière?|passée?",
        "dans", "il y a", "avant|d['’]ici|jusqu['’]à|pour|ce|dès|au plus tard|à partir de", "depuis",
    ),
    "Spanish": _Language(
        {"hoy": 0, "(?<!la )(?<!pasado )mañana": 1, "ayer": -1, "pasado mañana": 2, "anteayer": -2},
        ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
        {"días?": "day", "semanas?": "week", "mes(?:es)?": "month", "años?": "year"},
        ("cero", "una?", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"),
        "próxim[oa]|que viene", "pasad[oa]",
        "dentro de|en", "hace", "(?:antes d|hasta |para |a partir d|a más tardar )?el|este|antes del", "desde el",
    ),
}  # fmt: skip


def foreign_relative_dates(text: str, language: str, day_at: Callable[[int], datetime.date]) -> Iterator[Candidate]:
    """Yield the relative dates of a text in ``language``, an English name; nothing for languages not read here."""
    words = _LANGUAGES.get(language)
    if words is None:
        return
    for match in _pattern(language).finditer(text):
        today = day_at(match.start())
        try:
            iso = _resolve(words, match, today)
        except (OverflowError, ValueError):
            continue
        if iso:
            start = match.start("weekday") if match["before"] or match["since"] else match.start()
            yield Candidate(start, match.end(), fixed=iso, counted_from=today)


@functools.cache
def _pattern(language: str) -> re.Pattern[str]:
    words = _LANGUAGES[language]
    weekday = "|".join(words.weekdays)
    unit = "|".join(words.units)
    count = "|".join(("[0-9]{1,3}", *words.counts))
    return re.compile(
        rf"(?<![\w'’\-])(?:(?P<near>{'|'.join(sorted(words.days, key=len, reverse=True))})"
        rf"|(?P<ahead>{words.ahead}) (?P<count>{count}) (?P<unit>{unit})"
        rf"|(?P<ago>{words.ago}) (?P<ago_count>{count}) (?P<ago_unit>{unit})"
        rf"|(?:(?P<next>{words.coming})|(?P<last>{words.past})) (?P<what>{weekday}|{unit})"
        rf"|(?P<what_first>{weekday}|{unit}) (?:(?P<next_after>{words.coming})|(?P<last_after>{words.past}))"
        rf"|(?:(?P<before>{words.before_weekday})|(?P<since>{words.since})) (?P<weekday>{weekday}))(?![\w\-])",
        re.IGNORECASE,
    )


def _resolve(words: _Language, match: re.Match[str], today: datetime.date) -> str:
    if match["near"]:
        step = next(
            step for form, step in words.days.items() if re.fullmatch(_bare(form), match["near"], re.IGNORECASE)
        )
        return (today + datetime.timedelta(step)).isoformat()
    if match["count"]:
        return shifted(today, _count(words, match["count"]), _unit(words, match["unit"]))
    if match["ago_count"]:
        return shifted(today, -_count(words, match["ago_count"]), _unit(words, match["ago_unit"]))
    if match["weekday"]:
        behind = (today.weekday() - _weekday(words, match["weekday"])) % 7
        return (today - datetime.timedelta(behind if match["since"] else behind and behind - 7)).isoformat()
    what = match["what"] or match["what_first"]
    which = "next" if match["next"] or match["next_after"] else "last"
    if what.lower() in (name.lower() for name in words.weekdays):
        return in_words(which, _ENGLISH[_weekday(words, what)], today)
    unit = _unit(words, what)
    return in_words(which, unit, today) if unit != "day" else ""


_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _bare(form: str) -> str:
    """The form without what must not stand around it."""
    return re.sub(r"\(\?<?![^)]*\)", "", form)


def _weekday(words: _Language, name: str) -> int:
    return [known.lower() for known in words.weekdays].index(name.lower())


def _count(words: _Language, given: str) -> int:
    if given.isdigit():
        return int(given)
    return next(number for number, form in enumerate(words.counts) if re.fullmatch(form, given, re.IGNORECASE))


def _unit(words: _Language, given: str) -> str:
    return next(unit for form, unit in words.units.items() if re.fullmatch(form, given, re.IGNORECASE))
