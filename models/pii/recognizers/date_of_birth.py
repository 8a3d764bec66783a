"""Dates of birth: a date right beside birth words. An ordinary date is never one."""

import datetime
import re
from collections.abc import Iterator

from models.pii.finding import Finding
from models.pii.recognizers.pattern import PATTERN, compiled

_LABELS = (
    r"d\.?o\.?b\.?|dates? of birth|birth ?dates?|birthdays?|b-?day|born on|geburtsdatum|geburtstag|"
    r"geb\.? ?datum|geb\. am|geb\."
    r"|date de naissance|fecha de nacimiento|f\. ?nac\.?|data di nascita|geboortedatum|data de nascimento|"
    r"patient dob|year of birth"
)
_VERBS = r"born|geboren|née?|naissance|nacid[oa]|nat[oa] (?:il|a|in)|geboorte|nascid[oa]|birth"
_TRIGGERS = (
    "birth", "born", "dob", "d.o.b", "d.o.b", "bday", "b-day", "geb", "né", "naissance", "nacid", "nacim",
    "nascit", "nascim", "nascid",
    "nato ", "nata ", "nac.",
)  # fmt: skip
_MONTHS = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mär", "mrz", "mai", "okt",
    "dez", "fév", "fev",
    "avr", "juin", "juil", "aoû", "aou", "déc", "ene", "abr", "ago", "dic", "gen", "mag", "giu", "lug", "set",
    "ott", "maa", "mei", "out",
)  # fmt: skip
_MONTH = r"[^\W\d_]{3,10}\.?"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|\.|er|º)?"
_NUMERIC = r"(?:\d{1,2}(?P<s1>[ ]?[./-][ ]?)\d{1,2}(?P=s1)(?:\d{4}|\d{2})|\d{4}(?P<s2>[./-])\d{1,2}(?P=s2)\d{1,2})"
_WORDED = (
    rf"(?:{_DAY}[ -]{{1,2}}(?:of |de |di |day of )?(?P<m1>{_MONTH})[ ,-]{{1,2}}(?:de |del |of )?(?:\d{{4}}|’?'?\d{{2}})"
    rf"|(?P<m2>{_MONTH})[ ]{_DAY}(?:,[ ]?|[ ])(?:\d{{4}})|\d{{4}}[ -](?P<m3>{_MONTH})[ -]\d{{1,2}})"
)
_DATE = rf"(?<![\w.])(?:{_NUMERIC}|{_WORDED})(?!\w)(?!\.\d)"
_LOOSE = (
    rf"(?<![\w.])(?:{_NUMERIC}|{_WORDED}|(?P<m4>{_MONTH})[ ]{_DAY}|{_DAY}[ ](?:of )?(?P<m5>{_MONTH})|\d{{8}}|"
    rf"(?:19|20)\d\d)(?!\w)(?!\.\d)"
)
_MAX_AGE_YEARS = 115
_REACH_CHARS = 60
_LABEL_REACH_CHARS = 24


class DateOfBirthRecognizer:
    """Finds the birth word first, then a date after it in the same clause, or just before it ("… (geb.)")."""

    name = "date of birth"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield dates, not the words beside them. Dates more than 115 years ago belong to history."""
        lower = text.lower()
        if not any(trigger in lower for trigger in _TRIGGERS):
            return
        for match in compiled(rf"(?<![^\W_])(?:(?P<label>{_LABELS})|(?:{_VERBS}))(?![^\W\d_])", re.IGNORECASE).finditer(
            text
        ):
            date = self._beside(text, match)
            if date is not None:
                reason = "A date beside a word for birth."
                yield Finding(date[0], date[1], "DATE_OF_BIRTH", PATTERN, self.name, reason)

    def _beside(self, text: str, word: re.Match[str]) -> tuple[int, int] | None:
        is_label = word["label"] is not None
        if is_label and text[word.end() : word.end() + 1] in (")", "]", ",", ";"):
            return self._before(text, word.start())
        reach = _LABEL_REACH_CHARS if is_label else _REACH_CHARS
        end = min(len(text), word.end() + reach + 24)
        for date in compiled(_LOOSE if is_label else _DATE, re.IGNORECASE).finditer(text, word.end(), end):
            gap = text[word.end() : date.start()]
            if len(gap) > reach or _ends_clause(gap, is_label):
                break
            if _is_birth_date(date):
                return date.span()
        return self._before(text, word.start()) if is_label else None

    def _before(self, text: str, word_start: int) -> tuple[int, int] | None:
        """A date that ends right before the word, on the same line."""
        for date in compiled(_DATE, re.IGNORECASE).finditer(text, max(0, word_start - 30), word_start):
            between = text[date.end() : word_start]
            if not between.strip(" ([,-–—") and _is_birth_date(date):
                return date.span()
        return None


def _ends_clause(gap: str, is_label: bool) -> bool:
    if is_label:
        return gap.count("\n") > 2 or re.search(r"[;.!?][ \n]|\w{3,}[^\w]+\w{3,}[^\w]+\w{3,}", gap) is not None
    return re.search(r"^\.\s|[;!?]|[a-z]{3}\.[ \n]|\n[ \t]*\n", gap) is not None


def _is_birth_date(date: re.Match[str]) -> bool:
    months = [date[name] for name in ("m1", "m2", "m3", "m4", "m5") if name in date.re.groupindex and date[name]]
    if any(not month.lower().startswith(_MONTHS) for month in months):
        return False
    numbers = [int(number) for number in re.findall(r"\d+", date[0])]
    years = [number for number in numbers if 1000 <= number <= 9999]
    this_year = datetime.datetime.now(tz=datetime.UTC).year
    if years and not this_year - _MAX_AGE_YEARS <= years[0] <= this_year:
        return False
    if not months and len(numbers) == 3:
        small = sorted(number for number in numbers if number not in years)
        return (all(1 <= number <= 31 for number in small[:2]) and small[0] <= 12) or len(small) == 3
    return True
