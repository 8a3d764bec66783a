"""Dates of birth: a date right beside birth words. An ordinary date is never one."""

import datetime
import re
from collections.abc import Iterator
from itertools import chain

from models.pii.finding import Finding
from models.pii.recognizers.name_lists import is_given, is_public, is_surname
from models.pii.recognizers.pattern import PATTERN, compiled, has_plain_cases, lowered, matches, near, places_of

_LABELS = (
    r"d\.?o\.?b\.?|dates? of birth|birth ?dates?|birthdays?|b-?day|born on|geburtsdatum|geburtstag|"
    r"geb\.? ?datum|geb\. am|geb\."
    r"|date de naissance|fecha de nacimiento|f\. ?nac\.?|data di nascita|geboortedatum|data de nascimento|"
    r"patient dob|year of birth|data (?:e )?(?:di nascita|urodzenia|nasc\.?)|dt\.? ?nasc\.?|nasc\.|ur\.(?= ?\d)|b\.(?= ?(?:\d|[a-z]{3,9}\.? \d))|f\. ?nto\.?|"
    r"fødselsdato|födelsedatum|syntymäaika|doğum tarihi|datum narození|születési (?:idő|dátum)|data nașterii|дата рождения|дата народження|(?i:ημερομηνία γέννησης)|"
    r"(?:nascimento|nacimiento|naissance)(?=[ ]?:)|ngày sinh|tanggal lahir|tarikh lahir|birth ?day"
)
_VERBS = r"born|geborene[rn]?|geboren|née?|naissance|nacid[oa]|nat[oa] (?:il|a|in)|geboorte|nascid[oa]|urodzon[yae]|syntynyt|født|född|birth"
_BIRTH_WORDS = rf"(?<![^\W_])(?:(?P<label>{_LABELS})|(?:{_VERBS}))(?![^\W\d_])"
_TRIGGERS = (
    "birth", "born", "dob", "d.ob", "do.b", "d.o.b", "bday", "b-day", "geb", "né", "naissance", "nacid", "nacim",
    "nascit", "nascim", "nascid",
    "nato ", "nata ", "f. nac", "f.nac", "nasc", "ur.", "b.", "urodz", "fød", "föd", "synty", "doğum", "narozen", "születés", "naște", "рожд", "народж", "γέννησ",
    "sinh", "lahir", "f. nto", "f.nto",
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
_MONTH_NAME = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]{0,6}"
_DAYS_SPELLED = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|"
    "eighteenth|nineteenth|twentieth|twenty[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|thirtieth|thirty[- ]first"
)
_YEAR_SPELLED = (
    r"(?:(?:19|20)\d\d|(?:nineteen|twenty)?[ -]?(?:hundred[ ](?:and[ ])?)?(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|ten|eleven|twelve|oh|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
    r"(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|two thousand(?:[ ](?:and[ ])?\w{3,8})?)"
)
_SPELLED = rf"(?:(?:{_DAYS_SPELLED})[ ](?:of[ ]|day of[ ])?{_MONTH_NAME}|{_MONTH_NAME}[ ](?:the[ ])?(?:{_DAYS_SPELLED}))(?:,?[ ](?:of[ ]|in[ ])?{_YEAR_SPELLED}){{0,1}}(?!\w)"
_DATE = rf"(?<![\w.])(?:{_NUMERIC}|{_WORDED}|{_SPELLED})(?!\w)(?!\.\d)"
_LOOSE = (
    rf"(?<![\w.])(?:{_NUMERIC}|{_WORDED}|{_SPELLED}|(?P<m4>{_MONTH})[ ]{_DAY}|{_DAY}[ ](?:of )?(?P<m5>{_MONTH})|\d{{8}}|"
    rf"(?:19|20)\d\d)(?!\w)(?!\.\d)"
)
_YEAR = r"[ ](?:in |around |about |circa |c\. ?|im jahr |en |em |nel |w )?(?P<year>(?:19|20)\d\d)(?![\w/-]|[.,]\d)"
_PLACE_YEAR = r"[ \n]in[ \n][^\W\d_][\w'’.-]{1,20}(?:,?[ ][^\W\d_][\w'’.-]{1,20}){0,3},?[ \n]in[ \n](?P<year>(?:19|20)\d\d)(?![\w/-]|[.,]\d)"
_NAME_IS = r"(?P<name>[^\W\d_][\w'’.-]{1,24}(?:[ ][^\W\d_][\w'’.-]{0,24}){1,3})[ ](?:was|is)[ ]$"
_SAID_OF_ONE = r",?[ \n](?:and[ ])?(?:he|she|they)(?![^\W_])"
_YEAR_BEFORE = r"(?<![\w/.-])(?P<year>(?:19|20)\d\d)[ ](?:in[ ][^\W\d_][\w-]{1,24}[ ])?$"
_SOMEONE = (
    r"\b(?:je|ich|ik|io|yo|eu|elle|lei|applicants?|appellants?|claimants?|defendants?|petitioners?|respondents?|plaintiffs?|complainants?|victims?|patients?|witness(?:es)?|accused|suspects?|deceased|mr|mrs|ms|miss|my|i|he|she|"
    r"(?:daughter|son|wife|husband|mother|father|brother|sister|child|widow) of|mum|mom|dad|couple|both|citizen|national|herr|frau|m\.|mme|sr\.?|sra\.?|il ricorrente|le requérant|der beschwerdeführer)\b[^!?\n]{0,80}$"
)
_ANIMALS = r"\b(?:elephant|panda|calf|cub|foal|puppy|puppies|kitten|lamb|giraffe|gorilla|tiger|lion|rhino|penguin|horse|colt|filly|dog|cat|piglet|chick|whale|dolphin|star|galaxy|company|idea|band|movement|project)s?\b[^.!?]{0,30}$"
_BEHIND_NAME_TRIGGERS = (
    *(f" ({digit}" for digit in "0123456789"),
    "jahrgang",
    "jg.",
    "classe",
    "rocznik",
    "årgang",
    "roč.",
)
_MONTH_GROUPS = ("m1", "m2", "m3", "m4", "m5")
_ANSWER = rf"\?\s{{0,4}}(?:[^\W\d_][\w'’.-]{{0,20}}[:,]?[ \t]){{0,6}}?(?P<value>{_DATE})"
_SCRIPT_WORDS = "生年月日|出生日期|出生年月日|생년월일|วันเกิด|تاريخ الميلاد|תאריך לידה"
_SCRIPT_TRIGGERS = (*_SCRIPT_WORDS.split("|"), "*", "⋆", "✶")
_STAR = r"[*⋆✶](?<![\w*].)(?=[ ]?\d{1,2}\.[ ]?\d{1,2}\.[ ]?\d{4})"
_SCRIPTS = rf"(?:{_SCRIPT_WORDS}|{_STAR})[ \t]{{0,3}}[:：은는]?[ \t]{{0,3}}(?P<value>(?:19|20)\d\d ?[年년] ?\d{{1,2}} ?[月월] ?\d{{1,2}} ?[日일]|{_DATE})"
_NAME_BEFORE = r"(?<![^\W_])(?P<first>[^\W\d_a-z][^\W\d_]{1,20})(?P<others>(?:[ ][^\W\d_a-z][^\s(),]{0,24}){1,3})"
# "Ann Lee (1/2/1980)"; "Max Kern, Jahrgang 1960", as lists of the police, courts and clinics have it.
_BEHIND_NAME = rf"{_NAME_BEFORE}(?:[ ]\((?P<day>{_NUMERIC})\)|[ ]\((?:b\.[ ]|born[ ])?(?P<since>19\d\d|20\d\d)[ ]?[-–—][ ]?\)|,?[ ]\(?(?i:jahrgang|jg\.|classe|rocznik|årgang|roč\.)[ ](?P<year>19\d\d|20\d\d)(?!\w))"
_NAME_COMMA = r"[^\W\d_]{2,20}[ ][^\W\d_](?:[^\W\d_]|['’-]){1,24},[ ]$"
_NAME_CHARS, _BEHIND_NAME_CHARS = 112, 32
_MAX_AGE_YEARS = 115
_LABEL_CHARS = 32
_REACH_CHARS = 60
_LABEL_REACH_CHARS = 24


class DateOfBirthRecognizer:
    """Finds the birth word first, then a date after it in the same clause, or just before it ("… (geb.)")."""

    name = "date of birth"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield dates, not the words beside them. Dates more than 115 years ago belong to history."""
        lower = lowered(text)
        yield from self._scripts(text, lower)
        # In lower case a pattern tells much sooner that none of its words stands at a place.
        seen, flags = (lower, 0) if has_plain_cases(text) else (text, re.IGNORECASE)
        names = near(lower, _BEHIND_NAME_TRIGGERS, _NAME_CHARS, _BEHIND_NAME_CHARS)
        for match in chain.from_iterable(compiled(_BEHIND_NAME).finditer(text, *span) for span in names):
            group = "day" if match["day"] else "since" if match["since"] else "year"
            if _is_name(match) and (not match["day"] or _is_birth_date(compiled(_DATE).match(match["day"]))):
                reason = "A date where lists of people have the date of birth."
                yield Finding(*match.span(group), "DATE_OF_BIRTH", PATTERN - 0.1, self.name, reason)
        words = compiled(_BIRTH_WORDS, flags)
        for start, end in near(lower, _TRIGGERS, _LABEL_CHARS, _LABEL_CHARS):
            for match in words.finditer(seen, start, end):
                date = self._beside(text, seen, flags, match)
                if date is not None and (match["label"] or not self._is_animal(seen, flags, match.start())):
                    reason = "A date beside a word for birth."
                    yield Finding(date[0], date[1], "DATE_OF_BIRTH", PATTERN, self.name, reason)

    def _scripts(self, text: str, lower: str) -> Iterator[Finding]:
        """Dates after words of scripts without spaces, and after the star of German obituaries and pedigrees."""
        places = places_of(lower, _SCRIPT_TRIGGERS)
        for match in matches(compiled(_SCRIPTS, re.IGNORECASE), text, places, len(text)) if places else ():
            date = compiled(_DATE, re.IGNORECASE).fullmatch(match["value"])
            if date is None or _is_birth_date(date):
                yield Finding(
                    *match.span("value"), "DATE_OF_BIRTH", PATTERN, self.name, "A date beside a word for birth."
                )

    def _beside(self, text: str, seen: str, flags: int, word: re.Match[str]) -> tuple[int, int] | None:
        """The date beside ``word``. ``seen`` is ``text``, in lower case where its letters have plain cases."""
        is_label = word["label"] is not None
        if is_label and text[word.end() : word.end() + 1] in (")", "]", ",", ";"):
            return self._before(seen, flags, word.start())
        asks = is_label and text[word.end() : word.end() + 1] == "?"
        if asks:  # "What is her date of birth?" and the answer
            answer = compiled(_ANSWER, flags).match(seen, word.end())
            date = compiled(_DATE, flags).match(seen, answer.start("value")) if answer else None
            if date is not None and _is_birth_date(date):
                return date.span()
        year = None if is_label else compiled(_YEAR).match(text, word.end())
        if year and _is_birth_date(year):
            begin = max(0, word.start() - 90)
            before = text[begin : word.start()]
            listed = before.endswith((", ", ", \n")) and compiled(_NAME_COMMA).search(before)
            if listed or compiled(_SOMEONE, flags).search(seen[begin : word.start()]):
                return year.span("year")
        if not is_label and (span := self._year(text, word)):
            return span
        reach = _LABEL_REACH_CHARS if is_label else _REACH_CHARS
        leaders = compiled(r"[ ]{0,3}\.{3,80}").match(text, word.end()) if is_label else None
        begin = leaders.end() if leaders else word.end()
        end = min(len(text), begin + reach + 24)
        for date in compiled(_LOOSE if is_label else _DATE, flags).finditer(seen, begin, end):
            gap = text[begin : date.start()]
            if len(gap) > reach or _ends_clause(gap, is_label):
                break
            if _is_birth_date(date):
                return date.span()
        return self._before(seen, flags, word.start()) if is_label else None

    def _year(self, text: str, word: re.Match[str]) -> tuple[int, int] | None:
        """The year of "Ann Lee was born in Ulm in 1956" and "der 1981 geborene Kläger"."""
        if word[0].lower().startswith("geboren"):
            if not text.endswith((" ", " \n"), 0, word.start()):
                return None
            before = compiled(_YEAR_BEFORE).search(text, max(0, word.start() - 40), word.start())
            return before.span("year") if before and _is_birth_date(before) else None
        year = compiled(_PLACE_YEAR).match(text, word.end())
        if year is None or not _is_birth_date(year):
            return None
        name = compiled(_NAME_IS).search(text[max(0, word.start() - 90) : word.start()])
        words = name["name"].split() if name else []
        known = len(words) > 1 and not is_public(" ".join(words)) and (is_given(words[0]) or is_surname(words[-1]))
        return year.span("year") if known or compiled(_SAID_OF_ONE).match(text, year.end()) else None

    def _is_animal(self, seen: str, flags: int, start: int) -> bool:
        """What else is born: animals in the news. Looked for among the few words before."""
        return compiled(_ANIMALS, flags).search(seen[max(0, start - 40) : start]) is not None

    def _before(self, seen: str, flags: int, word_start: int) -> tuple[int, int] | None:
        """A date that ends right before the word, on the same line."""
        for date in compiled(_DATE, flags).finditer(seen, max(0, word_start - 30), word_start):
            between = seen[date.end() : word_start]
            if not between.strip(" ([,-–—") and _is_birth_date(date):
                return date.span()
        return None


def _is_name(match: re.Match[str]) -> bool:
    first, last = match["first"], match["others"].split()[-1]
    return is_given(first) or is_surname(last) or (is_surname(first) and is_given(last))


def _ends_clause(gap: str, is_label: bool) -> bool:
    if is_label:
        return gap.count("\n") > 2 or re.search(r"[;.!?][ \n]|\w{3,}[^\w]+\w{3,}[^\w]+\w{3,}", gap) is not None
    return re.search(r"^\.\s|[;!?]|[a-z]{3}\.[ \n]|\n[ \t]*\n", gap) is not None


def _is_birth_date(date: re.Match[str] | None) -> bool:
    if date is None:
        return False
    months = [date[name] for name in _MONTH_GROUPS if name in date.re.groupindex and date[name]]
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
