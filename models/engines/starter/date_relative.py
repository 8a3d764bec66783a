"""Relative dates in English ("tomorrow", "next Friday", "in two weeks"), resolved against a reference day."""

import calendar
import datetime
import re
from collections.abc import Iterator

from models.engines.starter.date_forms import Candidate
from models.engines.starter.month_names import ENGLISH_WEEKDAYS

_DAY_NAME = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_GAP = r"[ \t\u00a0\n]{1,3}"
_COUNT = r"[0-9]{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a couple of|a few"
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
           "nine": 9, "ten": 10, "eleven": 11, "twelve": 12}  # fmt: skip

_PATTERN = re.compile(
    r"(?<![\w'’.\-])(?:"
    rf"(?P<near>(?:the{_GAP})?day{_GAP}(?:after{_GAP}tomorrow|before{_GAP}yesterday)|today|tomorrow|yesterday)"
    rf"|(?P<edge>(?:the{_GAP})?(?:beginning|start|middle|end){_GAP}of{_GAP}(?:the{_GAP}|this{_GAP}|next{_GAP})?"
    r"(?:week|month|quarter|year))"
    rf"|in{_GAP}(?P<ahead>{_COUNT}){_GAP}(?P<ahead_unit>day|week|fortnight|month|year)s?(?:['’])?(?:{_GAP}time)?"
    rf"|(?P<count>{_COUNT}){_GAP}(?P<unit>day|week|fortnight|month|year)s?{_GAP}(?P<way>ago|from{_GAP}(?:now|today))"
    rf"|(?P<which>next|last|this|coming|this{_GAP}coming|past|previous){_GAP}"
    rf"(?P<what>{_DAY_NAME}|week|weekend|month|quarter|year)"
    rf"|(?<=on )(?P<on>{_DAY_NAME})|(?<=by )(?P<by>{_DAY_NAME})|(?<=until )(?P<until>{_DAY_NAME})"
    rf"|(?<=before )(?P<before>{_DAY_NAME})|(?<=since )(?P<since>{_DAY_NAME})|(?<=due )(?P<due>{_DAY_NAME})"
    rf"|(?<=from )(?P<from>{_DAY_NAME})"
    r")(?![\w\-])",
    re.IGNORECASE,
)


def relative_dates(text: str, today: datetime.date) -> Iterator[Candidate]:
    """Yield relative dates with their ISO 8601 form.

    "next Friday" and a plain "on Friday" are the first Friday after ``today`` ("on Friday" may be today), "last
    Monday" the latest before it, "since Monday" the latest up to it. A week is Monday to Sunday, as an interval;
    "in two months" keeps the day of the month as far as the month allows.
    """
    for match in _PATTERN.finditer(text):
        try:
            iso = _resolve(match, today)
        except (OverflowError, ValueError):
            continue
        if iso:
            start = match.start("count") if match["count"] else match.start()
            yield Candidate(start, match.end(), fixed=iso)


def _resolve(match: re.Match[str], today: datetime.date) -> str:
    if match["near"]:
        return _near(match["near"].lower(), today).isoformat()
    if match["edge"]:
        return _edge(match["edge"].lower(), today)
    if match["ahead"]:
        return _shift(today, _count(match["ahead"]), match["ahead_unit"].lower())
    if match["count"]:
        sign = -1 if match["way"].lower() == "ago" else 1
        return _shift(today, sign * _count(match["count"]), match["unit"].lower())
    if match["which"]:
        return _which(match["which"].lower().split()[-1], match["what"].lower(), today)
    if match["since"]:
        return (today - datetime.timedelta((today.weekday() - _weekday(match["since"])) % 7)).isoformat()
    name = next(match[group] for group in ("on", "by", "until", "before", "due", "from") if match[group])
    return (today + datetime.timedelta((_weekday(name) - today.weekday()) % 7)).isoformat()


def _near(words: str, today: datetime.date) -> datetime.date:
    days = {"today": 0, "tomorrow": 1, "yesterday": -1}.get(words)
    if days is None:
        days = 2 if words.endswith("tomorrow") else -2
    return today + datetime.timedelta(days)


def _weekday(name: str) -> int:
    return ENGLISH_WEEKDAYS[name.lower()]


def _count(words: str) -> int:
    """The number, or 0 where the words leave it open ("a few")."""
    return int(words) if words.isdigit() else _COUNTS.get(words.lower(), 0)


def _shift(today: datetime.date, count: int, unit: str) -> str:
    if count == 0:
        return ""
    if unit in {"day", "week", "fortnight"}:
        return (today + datetime.timedelta(count * {"day": 1, "week": 7, "fortnight": 14}[unit])).isoformat()
    return _add_months(today, count * (12 if unit == "year" else 1)).isoformat()


def _add_months(day: datetime.date, months: int) -> datetime.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _bounds(unit: str, day: datetime.date) -> tuple[datetime.date, datetime.date]:
    """First and last day of the week, month, quarter or year that ``day`` lies in."""
    if unit == "week":
        first = day - datetime.timedelta(day.weekday())
        return first, first + datetime.timedelta(6)
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    first = datetime.date(day.year, (day.month - 1) // months * months + 1, 1)
    return first, _add_months(first, months) - datetime.timedelta(1)


def _neighbour(unit: str, today: datetime.date, step: int) -> datetime.date:
    """A day in the next (1), this (0) or last (-1) week, month, quarter or year."""
    first, last = _bounds(unit, today)
    return last + datetime.timedelta(1) if step > 0 else first - datetime.timedelta(1) if step < 0 else today


def _edge(words: str, today: datetime.date) -> str:
    unit = words.split()[-1]
    first, last = _bounds(unit, _neighbour(unit, today, 1 if " next " in f" {words} " else 0))
    place = words.removeprefix("the ").split()[0]
    if place == "middle":
        return (first + (last - first) / 2).isoformat()
    return (last if place == "end" else first).isoformat()


def _which(which: str, what: str, today: datetime.date) -> str:
    step = {"next": 1, "coming": 1, "this": 0}.get(which, -1)
    if what in ENGLISH_WEEKDAYS:
        ahead = (ENGLISH_WEEKDAYS[what] - today.weekday()) % 7
        days = ahead if step == 0 else ahead or 7
        return (today + datetime.timedelta(days if step >= 0 else (ahead or 7) - 7 if ahead else -7)).isoformat()
    if what == "weekend":
        saturday = _neighbour("week", today, step)
        saturday += datetime.timedelta(5 - saturday.weekday())
        return f"{saturday.isoformat()}/{(saturday + datetime.timedelta(1)).isoformat()}"
    first, last = _bounds(what, _neighbour(what, today, step))
    if what == "month":
        return f"{first:%Y-%m}"
    return f"{first.year:04d}" if what == "year" else f"{first.isoformat()}/{last.isoformat()}"
