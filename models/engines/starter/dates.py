"""Every date expression of a text in ISO 8601, with the span that it stands in.

Conventions: a day is ``2024-03-03``, with a time ``2024-03-03T14:30``, a month ``2024-03``; a quarter, a half-year, a
week and a shorthand range ("3–5 March 2024") are intervals of their first and last day. A start and an end that are
both written out are two dates. A year, a duration or a time alone is not a date.
"""

import bisect
import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from models.engines.starter.date_forms import Candidate, Order, numeric_dates, written_dates
from models.engines.starter.date_reference import bears_date
from models.engines.starter.date_relative import relative_dates
from models.engines.starter.date_relative_foreign import foreign_relative_dates
from models.engines.starter.language import foreign_language
from models.engines.starter.month_names import ENGLISH_WEEKDAYS, foreign_weekdays

_TIME_AFTER = re.compile(
    r"(?:,?[ \t\u00a0]{1,2}(?P<cue>at|um|à|alle|@|kl\.?)[ \t\u00a0]{1,2}|,?[ \t\u00a0]{1,3})"
    r"(?P<h>[01]?[0-9]|2[0-4])(?:(?P<sep>[:.h])(?P<m>[0-5][0-9])(?::(?P<s>[0-5][0-9]))?)?"
    r"(?:[ \u00a0]?(?P<half>[ap]\.?m\b\.?))?(?:[ \u00a0]?(?:(?P<utc>UTC|GMT|Z)|(?P<hours>Uhr|hrs|hours|h))\b)?"
    r"(?![\w%€$£]|[.,:/][0-9]|[ \u00a0]?[€$£%]|[ ](?:EUR|USD|GBP|CHF))",
    re.IGNORECASE,
)
_WEEKDAY_BEFORE = re.compile(r"([^\W\d_]{3,11})(?:\.,?|,)?[ \t\u00a0\n]{1,2}(?:(?:the|den|dem|le)[ ])?$")
_US_CUES = re.compile(
    r"\([2-9][0-9]{2}\) ?[0-9]{3}-[0-9]{4}|\b(?:SSN|EIN|ZIP(?: code)?)\b"
    r"|\b(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|"
    r"W[AIVY]) [0-9]{5}\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|December) "
    r"[0-9]{1,2}, [0-9]{4}\b"
)


_OF_LONG_AGO = re.compile(
    r"\b(?:born|birth|dob|since|geboren|geburtsdatum|seit|née?|naissance|depuis|nacid[oa]|nacimiento|desde)\b[^.\n]{0,8}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date expression: ``text`` is ``document[start:end]``, ``iso`` its ISO 8601 form.

    ``counted_from`` is the day that a relative one was counted from; ``heads`` says that what follows in the text was
    written on this day.
    """

    start: int
    end: int
    text: str
    iso: str
    counted_from: datetime.date | None = None
    heads: bool = False


def find_dates(
    text: str,
    today: datetime.date,
    *,
    order: Order | None = None,
    year: int | None = None,
    written_on: datetime.date | None = None,
) -> list[DateSpan]:
    """Find every date expression of ``text``, in order and without overlaps.

    ``order``, ``year`` and ``written_on`` are for a part of a longer document: the order of numeric dates in all of it
    (see ``numeric_order``), the year of the last date before this part, and the day that the text before it bears.

    Relative dates count from the day that the text bears, where it does (a mail, minutes, a comment), else from
    ``today``, which resolves two-digit years too. 03/04/2024 follows the order of the document's unambiguous
    numeric dates; without any, it is month first where the document looks American (phone number, state and ZIP code,
    "March 3, 2024"), else day first. A date without a year takes the year of the dated expression before it (a birth
    and a "since" apart), else of the one after it, else that of ``today``. Dates that do not exist (30 February) are
    left out.
    """
    written = [_with_weekday(text, candidate) for candidate in written_dates(text, today.year)]
    order = order or _order(*_votes(_without_overlaps(written), text))
    written = [_with_time(text, _in_order(candidate, order)) for candidate in written]
    days = _days_borne(text, written)
    starts = [start for start, _ in days]

    def day_at(offset: int) -> datetime.date:
        before = bisect.bisect_right(starts, offset)
        return days[before - 1][1] if before else written_on or today

    relative = [*relative_dates(text, day_at), *foreign_relative_dates(text, foreign_language(text), day_at)]
    candidates = _without_overlaps([*written, *relative])
    spans: list[DateSpan] = []
    for candidate, its_year in zip(candidates, _years(text, candidates, today, year), strict=True):
        whole = _with_time(text, candidate)
        iso = _iso(whole, its_year)
        if iso:
            heads = whole.start in starts
            spans.append(
                DateSpan(whole.start, whole.end, text[whole.start : whole.end], iso, candidate.counted_from, heads)
            )
    return [span for index, span in enumerate(spans) if index == 0 or span.start >= spans[index - 1].end]


def _days_borne(text: str, written: Iterable[Candidate]) -> list[tuple[int, datetime.date]]:
    """Where the text says on which day what follows was written, and that day, in order."""
    days: dict[int, datetime.date] = {}
    for candidate in written:
        if candidate.year is None or candidate.day is None or candidate.last_day is not None:
            continue
        iso = _iso(replace(candidate, clock=""), candidate.year)
        if iso and bears_date(text, candidate.start, candidate.end):
            days[candidate.start] = datetime.date.fromisoformat(iso[:10])
    return sorted(days.items())


def _without_overlaps(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The longest of overlapping candidates, earliest first."""
    kept: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda item: (item.start, -item.end)):
        if kept and candidate.start < kept[-1].end:
            if candidate.end - candidate.start > kept[-1].end - kept[-1].start:
                kept[-1] = candidate
            continue
        kept.append(candidate)
    return kept


def numeric_order(parts: Iterable[str], today: datetime.date) -> Order:
    """Whether 03/04/2024 is day or month first in a document, from its parts."""
    days = months = 0
    american = False
    for part in parts:
        more_days, more_months, looks_american = _votes(numeric_dates(part, today.year), part)
        days, months, american = days + more_days, months + more_months, american or looks_american
    return _order(days, months, american)


def _votes(candidates: Iterable[Candidate], text: str) -> tuple[int, int, bool]:
    """Unambiguous numeric dates with the day first, with the month first, and whether the text looks American."""
    days = months = 0
    for candidate in candidates:
        if candidate.ambiguous is not None:
            first, second = candidate.ambiguous
            days += first > 12 >= second
            months += second > 12 >= first
    return days, months, _US_CUES.search(text) is not None


def _order(days: int, months: int, american: bool) -> Order:
    if days != months:
        return "day" if days > months else "month"
    return "month" if american else "day"


def _in_order(candidate: Candidate, order: Order) -> Candidate:
    if candidate.ambiguous is None:
        return candidate
    first, second = candidate.ambiguous
    day_first = first > 12 or (order == "day" and second <= 12)
    return replace(candidate, month=second if day_first else first, day=first if day_first else second)


def _years(text: str, candidates: list[Candidate], today: datetime.date, before: int | None) -> list[int]:
    """A year for each candidate: its own, else that of the nearest dated one before, else after, else today's."""
    dated = [candidate for candidate in candidates if candidate.year is not None and _leads_on(text, candidate)]
    known = before or next((candidate.year for candidate in dated if candidate.year is not None), today.year)
    leading = {id(candidate) for candidate in dated}
    years: list[int] = []
    for candidate in candidates:
        known = candidate.year if candidate.year is not None and id(candidate) in leading else known
        years.append(candidate.year if candidate.year is not None else known)
    following: int | None = None
    for index in range(len(candidates) - 1, -1, -1):
        following = candidates[index].year if candidates[index].year is not None else following
        if candidates[index].year is None and following is not None and _leads_to(candidates, index):
            # "28 December to 4 January 2025": the year stands at the end, the first date may lie in the one before.
            later = candidates[index + 1]
            years[index] = following - (candidates[index].month > later.month)
    return years


def _leads_on(text: str, candidate: Candidate) -> bool:
    """Whether later dates without a year may be of this one's: not after a birth, or the start of what lasts."""
    return _OF_LONG_AGO.search(text, max(0, candidate.start - 24), candidate.start) is None


def _leads_to(candidates: list[Candidate], index: int) -> bool:
    if index + 1 >= len(candidates):
        return False
    one, other = candidates[index], candidates[index + 1]
    return other.year is not None and other.month > 0 and one.month > 0 and other.start - one.end <= 12


def _with_weekday(text: str, candidate: Candidate) -> Candidate:
    """Take in a weekday that stands right before ("Tue, 14 Jan 2025")."""
    if candidate.day is None or candidate.start == 0:
        return candidate
    match = _WEEKDAY_BEFORE.search(text, max(0, candidate.start - 20), candidate.start)
    if match is None or (match.start() > 0 and text[match.start() - 1].isalnum()):
        return candidate
    word = match[1]
    if not (word.lower() in ENGLISH_WEEKDAYS or (len(word) > 4 and word.casefold() in foreign_weekdays())):
        return candidate
    return replace(candidate, start=match.start())


def _with_time(text: str, candidate: Candidate) -> Candidate:
    """Take in a time that follows a day ("at 14:30", "9 am")."""
    match = _TIME_AFTER.match(text, candidate.end)
    day = candidate.day is not None or len(candidate.fixed) == 10
    if match is None or not day or candidate.clock or candidate.last_day is not None:
        return candidate
    half, minute, cue = match["half"], match["m"], match["cue"]
    if not (half or minute) or (match["sep"] == "." and not (cue or half or match["hours"])):
        return candidate
    hour = int(match["h"])
    if half:
        if not 1 <= hour <= 12:
            return candidate
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    if hour > 23:
        return candidate
    clock = f"{hour:02d}:{minute or '00'}" + (f":{match['s']}" if match["s"] else "") + ("Z" if match["utc"] else "")
    end = match.end()
    if half and text[end - 1] == "." and "." not in half[:-1]:
        end -= 1  # "9 am." ends the sentence
    return replace(candidate, end=end, clock=clock)


def _iso(candidate: Candidate, year: int) -> str:
    """ISO 8601 of the candidate; empty when the calendar has no such day."""
    if candidate.fixed:
        return candidate.fixed + (f"T{candidate.clock}" if candidate.clock else "")
    try:
        first = datetime.date(year, candidate.month, candidate.day or 1)
        if candidate.last_day is not None:
            last = first.replace(day=candidate.last_day)
            return f"{first.isoformat()}/{last.isoformat()}" if first < last else ""
    except ValueError:
        return ""
    if candidate.day is None:
        return first.isoformat()[:7]
    return first.isoformat() + (f"T{candidate.clock}" if _clock_exists(candidate.clock) else "")


def _clock_exists(clock: str) -> bool:
    try:
        datetime.time.fromisoformat(clock)
    except ValueError:
        return False
    return True
