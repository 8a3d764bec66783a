"""Relative dates in English ("tomorrow", "next Friday", "in two weeks"), resolved against a reference day."""

import calendar
import datetime
import re
from collections.abc import Callable, Iterator

from models.engines.starter.date_forms import Candidate
from models.engines.starter.month_names import ENGLISH_WEEKDAYS

_DAY_NAME = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_GAP = r"[ \t\u00a0\n]{1,3}"
_COUNT = r"[0-9]{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a couple of|a few"
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
           "nine": 9, "ten": 10, "eleven": 11, "twelve": 12}  # fmt: skip

_LEADS = ("by", "until", "till", "before", "due", "from", "for", "after", "to")
_BEFORE = "|".join(rf"(?<=\b{word} )" for word in _LEADS)
_PAST = re.compile(
    r"\b(?:[a-z]{2,}ed|was|were|had|said|told|met|came|went|got|sent|wrote|spoke|began|fell|broke|paid|bought|took|"
    r"made|"
    r"left|held|saw|found|lost|did|gave|rang)\b",
    re.IGNORECASE,
)
"""What was done "on Friday" was done on the last one, unless words nearer to it speak of what is to come."""
_AHEAD = re.compile(
    r"\b(?:will|shall|to be|going to|can|could|please|must|should|would|may|might|let's|due|by|needs?|"
    r"(?:is|are|be|i'm|we're|being|get)(?: \w+)? \w+ed|is|are|be|to)\b|['’]ll\b",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    rf"{_DAY_NAME}[ ](?:[a-z]{{3,}}ed|was|were|went|came|took|saw|found|brought|gave|led|told)\b", re.IGNORECASE
)
_REACH = 90

_PATTERN = re.compile(
    r"(?<![\w'’.\-])(?:"
    rf"(?P<near>(?:the{_GAP})?day{_GAP}(?:after{_GAP}tomorrow|before{_GAP}yesterday)|today|tomorrow|yesterday"
    rf"|this{_GAP}(?:morning|afternoon|evening)|tonight|last{_GAP}night)"
    rf"|(?P<edge>(?:the{_GAP})?(?:beginning|start|middle|end){_GAP}of{_GAP}(?:the{_GAP}|this{_GAP}|next{_GAP})?"
    r"(?:week|month|quarter|year))"
    rf"|in{_GAP}(?P<ahead>{_COUNT}){_GAP}(?P<ahead_unit>day|week|fortnight|month|year)s?(?:['’])?(?:{_GAP}time)?"
    rf"|(?P<count>{_COUNT}){_GAP}(?P<unit>day|week|fortnight|month|year)s?{_GAP}(?P<way>ago|from{_GAP}(?:now|today))"
    rf"|(?P<which>next|last|this|coming|this{_GAP}coming|past|previous){_GAP}"
    rf"(?P<what>{_DAY_NAME}|week|weekend|month|quarter|year)"
    rf"|(?<=\bon )(?P<on>{_DAY_NAME})|(?<=\bsince )(?P<since>{_DAY_NAME})"
    rf"|(?P<day>(?:{_BEFORE}){_DAY_NAME}|{_DAY_NAME}(?={_GAP}(?:morning|afternoon|evening|night|noon)\b))"
    rf"|(?<=\b(?:on|by) )the{_GAP}(?P<nth>[0-9]{{1,2}})(?:st|nd|rd|th)(?=[ ]?(?:[.,;!?)\n]|$)|{_GAP}(?:and|or|at|if|"
    rf"as)\b)"
    rf"|(?:the{_GAP})?(?P<dom>[0-9]{{1,2}})(?:st|nd|rd|th){_GAP}of{_GAP}(?:the{_GAP})?(?P<of>this|next|"
    rf"last){_GAP}month"
    r")(?![\w\-])",
    re.IGNORECASE,
)


def relative_dates(text: str, day_at: Callable[[int], datetime.date]) -> Iterator[Candidate]:
    """Yield relative dates with their ISO 8601 form; ``day_at`` gives the day that they count from at an offset.

    "next Friday" and a plain "on Friday" are the first Friday after that day ("on Friday" may be the day itself, and
    lies behind where the words speak of what happened), "last Monday" the latest before it, "since Monday" the latest
    up to it. "From next Monday until Thursday" ends after it began. A week is Monday to Sunday, as an interval;
    "in two months" keeps the day of the month as far as the month allows.
    """
    begun: tuple[int, datetime.date] | None = None
    for match in _PATTERN.finditer(text):
        today = day_at(match.start())
        if begun is not None and (match["day"] or match["on"]) and _goes_on(text, begun[0], match.start()):
            today = max(today, begun[1])
        try:
            iso = _resolve(match, today)
        except (OverflowError, ValueError):
            continue
        if iso:
            start = match.start("count") if match["count"] else match.start()
            begun = (match.end(), datetime.date.fromisoformat(iso)) if len(iso) == 10 else None
            yield Candidate(start, match.end(), fixed=iso, counted_from=day_at(match.start()))


def _goes_on(text: str, end: int, start: int) -> bool:
    """Whether the words between two dates lie in one passage, so that the second is counted from the first."""
    between = text[end:start]
    return len(between) <= _REACH and "\n\n" not in between and not re.search(r"[;:!?]|\.\s", between)


def _resolve(match: re.Match[str], today: datetime.date) -> str:
    if match["near"]:
        return _near(" ".join(match["near"].lower().split()), today).isoformat()
    if match["edge"]:
        return _edge(match["edge"].lower(), today)
    if match["ahead"]:
        return shifted(today, _count(match["ahead"]), match["ahead_unit"].lower())
    if match["count"]:
        sign = -1 if match["way"].lower() == "ago" else 1
        return shifted(today, sign * _count(match["count"]), match["unit"].lower())
    if match["which"]:
        return in_words(match["which"].lower().split()[-1], match["what"].lower(), today)
    if match["dom"]:
        first, _ = _bounds("month", _neighbour("month", today, {"next": 1, "last": -1}.get(match["of"].lower(), 0)))
        return first.replace(day=int(match["dom"])).isoformat()
    if match["nth"]:
        first, _ = _bounds("month", today)
        day = int(match["nth"])
        return (first if day >= today.day else _add_months(first, 1)).replace(day=day).isoformat()
    name = match["since"] or match["on"] or match["day"]
    if match["since"] or (match["on"] and _is_past(match.string, match.start())):
        return (today - datetime.timedelta((today.weekday() - _weekday(name)) % 7)).isoformat()
    return (today + datetime.timedelta((_weekday(name) - today.weekday()) % 7)).isoformat()


def _is_past(text: str, start: int) -> bool:
    """Whether the words before "on Friday", back to the last stop, tell what has happened."""
    if _HAPPENED.match(text, start):
        return True
    before = re.split(r"[.!?;:]\s", text[max(0, start - _REACH) : start])[-1]
    if re.search(r"\bsince\b", before, re.IGNORECASE):
        return True
    past = max((match.end() for match in _PAST.finditer(before)), default=0)
    return past > max((match.end() for match in _AHEAD.finditer(before)), default=0)


def _near(words: str, today: datetime.date) -> datetime.date:
    days = {"tomorrow": 1, "yesterday": -1, "last night": -1}.get(words, 0)
    if " after " in f" {words}" or " before " in f" {words}":
        days = 2 if words.endswith("tomorrow") else -2
    return today + datetime.timedelta(days)


def _weekday(name: str) -> int:
    return ENGLISH_WEEKDAYS[name.lower()]


def _count(words: str) -> int:
    """The number, or 0 where the words leave it open ("a few")."""
    return int(words) if words.isdigit() else _COUNTS.get(words.lower(), 0)


def shifted(today: datetime.date, count: int, unit: str) -> str:
    """The day ``count`` days, weeks, fortnights, months or years from ``today``; "" where ``count`` is 0."""
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


def in_words(which: str, what: str, today: datetime.date) -> str:
    """ISO form of "next", "this" or "last" with a weekday, "week", "weekend", "month", "quarter" or "year"."""
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
