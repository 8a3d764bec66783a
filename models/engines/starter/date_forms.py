"""Written date forms: linear-time patterns that turn a text into dated candidates, not yet resolved to a year or order.

Every pattern starts at a digit or a word boundary and repeats only bounded pieces, so that the time grows with the
length of the text and not faster.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from models.engines.starter.month_names import english_month, month_number

Order = Literal["day", "month"]

_GAP = r"[ \t\u00a0\u202f\n]{1,3}"
_WORD = r"[^\W\d_]{3,14}"
_ORDINAL = r"(?:st|nd|rd|th|er|\.|º|°)?"
_OF = rf"(?:(?:day{_GAP})?(?:of(?:{_GAP}the)?|de|di|del|d')(?:{_GAP}|(?<='))|day{_GAP}of{_GAP})?"
_YEAR = r"(?:1[5-9]|20|21)[0-9]{2}"
_START = r"(?<![\w./\-–'’])(?<![0-9],)(?<![$€£¥#])"
_DASH = r"[ ]?(?:-|–|—|to|until|through|bis|al|au)[ ]?"

_ISO = re.compile(
    rf"(?<![\w./\-])(?P<y>{_YEAR})(?P<sep>[-/.])(?P<m>[0-9]{{1,2}})(?:(?P=sep)(?P<d>[0-9]{{1,2}}))?"
    r"(?:[T ](?P<clock>[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?)(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?)?"
    r"(?![\w/\-]|[.:][0-9])"
)
_NUMERIC = re.compile(
    _START + rf"(?P<a>[0-9]{{1,2}})(?P<sep>[./-])(?P<b>[0-9]{{1,2}})(?P=sep)(?P<y>{_YEAR}|[0-9]{{2}})"
    r"(?![\w/]|-[0-9]|\.[0-9])"
)
_MONTH_SLASH_YEAR = re.compile(_START + rf"(?P<m>0?[1-9]|1[0-2])/(?P<y>{_YEAR})(?![\w/\-])")
_DAY_MONTH = re.compile(
    rf"(?<![\w./\-'’$€£¥#])(?:(?P<first>[0-9]{{1,2}}){_ORDINAL}{_DASH})?"
    rf"(?P<d>[0-9]{{1,2}}){_ORDINAL}(?:{_GAP}|[-/])?{_OF}(?P<word>{_WORD})"
    rf"(?:\.?,?(?:(?:{_GAP}(?:del?{_GAP})?|[-/])(?P<y>{_YEAR})(?![0-9]|[.,][0-9])"
    r"|[ ]?['’](?P<short>[0-9]{2})(?![0-9])"
    r"|-(?P<tail>[0-9]{2})(?![\w\-])))?"
)
_WORD_FIRST = re.compile(
    rf"(?<![\w'’])(?P<word>{_WORD})"
    rf"(?:\.?(?:{_GAP}(?:de{_GAP}|of{_GAP}|the{_GAP})?|,{_GAP}|-|/)(?P<y>{_YEAR})(?![\w%]|[.,:/\-][0-9])"
    r"|\.?(?:[ ]?['’]|-)(?P<short>[0-9]{2})(?![\w\-/]|\.[0-9])"
    rf"|\.?{_GAP}(?:the{_GAP})?(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?(?:{_DASH}(?P<last>[0-9]{{1,2}})(?:st|nd|rd|th)?)?"
    rf"(?![\w%]|[.,:/\-–][0-9])(?:,?{_GAP}(?P<dy>{_YEAR})(?![\w%]|[.,:/\-][0-9])"
    r"|,?[ ]['’](?P<dshort>[0-9]{2})(?!\w))?)"
)
_UNITS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
          "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
          "eighteenth", "nineteenth", "twentieth")  # fmt: skip
_ORDINAL_WORDS = {word: number for number, word in enumerate(_UNITS, 1)}
_ORDINAL_WORDS |= {f"twenty-{word}": 20 + number for number, word in enumerate(_UNITS[:9], 1)}
_ORDINAL_WORDS |= {"thirtieth": 30, "thirty-first": 31}
_SPELLED = re.compile(
    r"\b(?P<ordinal>(?:(?:twenty|thirty)[- ])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
    r"|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|thirtieth))"
    rf"{_GAP}(?:day{_GAP})?of{_GAP}(?P<word>[a-z]{{3,9}})(?:,?{_GAP}(?P<y>{_YEAR})(?![0-9]))?\b",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    rf"\b(?:(?P<kind>[QH])(?P<n>[1-4])(?:{_GAP}|[-/])?(?:of{_GAP})?(?:(?P<y>{_YEAR})|['’](?P<short>[0-9]{{2}}))"
    rf"|(?P<y2>{_YEAR})(?:{_GAP}|[-/])?(?P<kind2>[QH])(?P<n2>[1-4])"
    rf"|(?P<ordinal>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|1st|2nd|3rd|4th){_GAP}(?P<name>quarter|half)"
    rf"{_GAP}(?:of{_GAP})?(?P<y3>{_YEAR}))(?![\w\-])"
)
_NOT_A_DATE_AFTER = re.compile(
    r"(?:\b(?:v|ver|version|release|firmware|build|section|clause|article|chapter|figure|fig|page|paragraph|para|item|rule|"
    r"serial|part|line|step|schedule|table|note)\.?|§)[ ]?$",
    re.IGNORECASE,
)
# Foreign month names that are also ordinary words or brands: a month only beside a year.
_NEEDS_YEAR = {"mars", "mayo", "marts", "mart", "agost"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A dated expression at ``text[start:end]``.

    ``year`` is None where the text gives none; ``day`` None for a month, ``last_day`` set for a shorthand range;
    ``ambiguous`` holds (first, second) of a numeric date whose order is not known yet; ``fixed`` is a finished ISO
    string, ``counted_from`` the day that a relative one counts from; ``clock`` is an ISO time with its zone, if any.
    """

    start: int
    end: int
    year: int | None = None
    month: int = 0
    day: int | None = None
    last_day: int | None = None
    ambiguous: tuple[int, int] | None = None
    fixed: str = ""
    clock: str = ""
    counted_from: datetime.date | None = None


def full_year(digits: str, this_year: int) -> int:
    """Year of two or four digits; two digits mean the years up to twenty ahead of this one, else the century before."""
    if len(digits) == 4:
        return int(digits)
    century = this_year - this_year % 100
    year = century + int(digits)
    return year if year <= this_year + 20 else year - 100


def written_dates(text: str, this_year: int) -> Iterator[Candidate]:
    """Yield every written date form, in the order of the patterns; candidates may overlap."""
    yield from _iso(text)
    yield from numeric_dates(text, this_year)
    for match in _MONTH_SLASH_YEAR.finditer(text):
        yield Candidate(*match.span(), int(match["y"]), int(match["m"]))
    yield from _day_month(text, this_year)
    yield from _word_first(text, this_year)
    for match in _SPELLED.finditer(text):
        month = english_month(match["word"])
        day = _ORDINAL_WORDS.get(match["ordinal"].lower().replace(" ", "-"))
        # "a second of March madness" is no date, "the second of March" is.
        counted = match["y"] or text[max(0, match.start() - 4) : match.start()].lower() == "the "
        if month and day and counted:
            yield Candidate(*match.span(), int(match["y"]) if match["y"] else None, month, day)
    yield from _periods(text, this_year)


def _iso(text: str) -> Iterator[Candidate]:
    for match in _ISO.finditer(text):
        month, day = match["m"], match["d"]
        if day is None and (match["sep"] != "-" or len(month) != 2 or match["clock"]):
            continue
        zone = match["zone"] or ""
        zone = f"{zone[:3]}:{zone[3:]}" if len(zone) == 5 else zone
        clock = (match["clock"] or "")[:8] + zone if match["clock"] else ""
        yield Candidate(*match.span(), int(match["y"]), int(month), int(day) if day else None, clock=clock)


def numeric_dates(text: str, this_year: int) -> Iterator[Candidate]:
    """Yield numeric dates such as 03/04/2024 and 3.4.2024."""
    for match in _NUMERIC.finditer(text):
        start, end = match.span()
        if _follows_a_label(text, start):
            continue
        sep, a, b = match["sep"], int(match["a"]), int(match["b"])
        if len(match["y"]) == 2 and sep == "-" and not (len(match["a"]) == len(match["b"]) == 2):
            continue
        year = full_year(match["y"], this_year)
        if sep == ".":
            yield Candidate(start, end, year, b, a)
        else:
            yield Candidate(start, end, year, ambiguous=(a, b))


def _day_month(text: str, this_year: int) -> Iterator[Candidate]:
    for match in _DAY_MONTH.finditer(text):
        word = match["word"]
        month = month_number(word)
        if month is None:
            continue
        year = _year(match["y"] or match["short"] or match["tail"], this_year)
        numbered = match.string[match.end("d")] == "."
        if year is None and (
            not (_stands_alone(word) or (numbered and _is_name(word))) or _follows_a_label(text, match.start())
        ):
            continue
        end = match.end() if year is not None else match.end("word")
        first = int(match["first"]) if match["first"] else None
        if first is not None and first < int(match["d"]):
            yield Candidate(match.start(), end, year, month, first, int(match["d"]))
        else:
            yield Candidate(match.start() if first is None else match.start("d"), end, year, month, int(match["d"]))


def _word_first(text: str, this_year: int) -> Iterator[Candidate]:
    for match in _WORD_FIRST.finditer(text):
        word = match["word"]
        month = english_month(word) if match["d"] else month_number(word)
        if month is None:
            continue
        if not match["d"]:
            if len(word) == 3 and english_month(word) is None and word.islower():
                continue
            year = _year(match["y"] or match["short"], this_year)
            if match["short"] and not word[0].isupper():
                continue
            yield Candidate(*match.span(), year, month)
            continue
        year = _year(match["dy"] or match["dshort"], this_year)
        if year is None and not word[0].isupper():
            continue
        last = int(match["last"]) if match["last"] else None
        yield Candidate(*match.span(), year, month, int(match["d"]), last)


def _periods(text: str, this_year: int) -> Iterator[Candidate]:
    for match in _PERIOD.finditer(text):
        if match["ordinal"]:
            number = {"f": 1, "s": 2, "t": 3, "1": 1, "2": 2, "3": 3, "4": 4}[match["ordinal"][0].lower()]
            number = 4 if match["ordinal"].lower() == "fourth" else number
            kind, year = match["name"][0].upper(), int(match["y3"])
        else:
            kind, number = match["kind"] or match["kind2"], int(match["n"] or match["n2"])
            year = full_year(match["y"] or match["short"] or match["y2"], this_year)
        months = 3 if kind in "Qq" else 6
        if number * months > 12:
            continue
        first, last = (number - 1) * months + 1, number * months
        last_day = 31 if last in {3, 12} else 30
        yield Candidate(*match.span(), year, fixed=f"{year:04d}-{first:02d}-01/{year:04d}-{last:02d}-{last_day}")


def _year(digits: str | None, this_year: int) -> int | None:
    return full_year(digits, this_year) if digits else None


def _stands_alone(word: str) -> bool:
    """Whether the word is a month even without a year: "5 may apply" and "10 mars" are not."""
    if english_month(word) is not None:
        return word[0].isupper() or word.lower() not in {"may", "march", "mar", "dec", "jan", "sep"}
    return (len(word) > 3 or word.casefold() == "mai") and word.casefold() not in _NEEDS_YEAR


def _is_name(word: str) -> bool:
    """Whether a short foreign month after "15." is one: as written in German, with a capital."""
    return english_month(word) is None and word[0].isupper()


def _follows_a_label(text: str, start: int) -> bool:
    return _NOT_A_DATE_AFTER.search(text, max(0, start - 14), start) is not None
