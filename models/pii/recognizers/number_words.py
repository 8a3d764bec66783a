"""Digits and small numbers as words in seven languages, and the rows of them that may be a number."""

import itertools
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import TypeVar

from models.pii.recognizers.pattern import CONTEXT, compiled, has_any, regions

_WORDS = {
    "en": "zero=0 oh=0 nought=0 one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12 thirteen=13 fourteen=14 fifteen=15 sixteen=16 seventeen=17 eighteen=18 nineteen=19 twenty=20 thirty=30 forty=40 fifty=50 sixty=60 seventy=70 eighty=80 ninety=90 hundred=00 double=x2 triple=x3 treble=x3 plus=+",
    "de": "null=0 eins=1 ein=1 zwei=2 zwo=2 drei=3 vier=4 fünf=5 sechs=6 sieben=7 acht=8 neun=9 zehn=10 elf=11 zwölf=12 dreizehn=13 vierzehn=14 fünfzehn=15 sechzehn=16 siebzehn=17 achtzehn=18 neunzehn=19 zwanzig=20 dreißig=30 vierzig=40 fünfzig=50 sechzig=60 siebzig=70 achtzig=80 neunzig=90 doppel=x2 plus=+",
    "es": "cero=0 uno=1 dos=2 tres=3 cuatro=4 cinco=5 seis=6 siete=7 ocho=8 nueve=9 diez=10 once=11 doce=12 trece=13 catorce=14 quince=15 dieciséis=16 diecisiete=17 dieciocho=18 diecinueve=19 veinte=20 treinta=30 cuarenta=40 cincuenta=50 sesenta=60 setenta=70 ochenta=80 noventa=90 doble=x2 triple=x3 más=+",
    "fr": "zéro=0 zero=0 un=1 deux=2 trois=3 quatre=4 cinq=5 six=6 sept=7 huit=8 neuf=9 dix=10 onze=11 douze=12 treize=13 quatorze=14 quinze=15 seize=16 vingt=20 trente=30 quarante=40 cinquante=50 soixante=60 septante=70 octante=80 huitante=80 nonante=90 double=x2 triple=x3 plus=+",
    "it": "zero=0 uno=1 due=2 tre=3 quattro=4 cinque=5 sei=6 sette=7 otto=8 nove=9 dieci=10 venti=20 trenta=30 quaranta=40 cinquanta=50 sessanta=60 settanta=70 ottanta=80 novanta=90 doppio=x2 più=+",
    "pt": "zero=0 um=1 dois=2 três=3 quatro=4 cinco=5 seis=6 meia=6 sete=7 oito=8 nove=9 dez=10 vinte=20 trinta=30 quarenta=40 cinquenta=50 sessenta=60 setenta=70 oitenta=80 noventa=90 duplo=x2 mais=+",
    "nl": "nul=0 een=1 één=1 twee=2 drie=3 vier=4 vijf=5 zes=6 zeven=7 acht=8 negen=9 tien=10 elf=11 twaalf=12 twintig=20 dertig=30 veertig=40 vijftig=50 zestig=60 zeventig=70 tachtig=80 negentig=90 dubbel=x2 plus=+",
}
_TRIGGERS = {
    "en": ("three", "four", "five", "seven", "eight", "nine", "zero", "double", "oh "),
    "de": ("drei", "vier", "fünf", "sechs", "sieben", "null"),
    "es": ("cuatro", "cinco", "siete", "ocho", "nueve", "cero"),
    "fr": ("trois", "quatre", "cinq", "sept", "zéro"),
    "it": ("quattro", "cinque", "sette", "otto"),
    "pt": ("quatro", "cinco", "sete", "oito"),
    "nl": ("vier", "vijf", "zeven", "negen"),
}
_LEAST_WORDS = 6
_MOST_WORDS = 40
_BETWEEN = r"[ ,.…/–-]{1,4}|,?[ ]?\n"
_JOINERS = r"(?:and|und|et|y|e|en)[ ]"

R = TypeVar("R")


@cache
def values(language: str) -> dict[str, str]:
    """Word to digits; ``xN`` repeats the digit that follows, ``+`` starts an international number."""
    words = dict(pair.split("=") for pair in _WORDS[language].split())
    if language == "de":  # vierunddreißig
        units = {
            word: value for word, value in words.items() if len(value) == 1 and value not in "0+" and word != "eins"
        }
        tens = {word: value for word, value in words.items() if len(value) == 2 and value[1] == "0" and value != "10"}
        words |= {f"{unit}und{ten}": tens[ten][0] + units[unit] for unit in units for ten in tens}
    return words


def rows(lower: str) -> Iterator[tuple[int, int, str, int]]:
    """(start, end, digits, how many of them are words) of every row of numbers in words, digits between them allowed."""
    for language in _WORDS:
        if not has_any(lower, _TRIGGERS[language]):
            continue
        meaning = values(language)
        word = "|".join(sorted(meaning, key=len, reverse=True))
        pair = compiled(rf"(?<![^\W_])(?:{word})(?:{_BETWEEN})(?:{word})(?![^\W_])")
        row = compiled(
            rf"(?<![^\W_])(?:(?:{word}|\d{{1,4}})(?:{_BETWEEN})(?:{_JOINERS})?){{{_LEAST_WORDS - 1},{_MOST_WORDS}}}"
            rf"(?:{word}|\d{{1,4}})(?![^\W_])"
        )
        for begin, end in regions(lower, _TRIGGERS[language]):
            if not pair.search(lower, begin, end):
                continue
            for match in row.finditer(lower, begin, end):
                tokens = re.findall(r"[^\W_]+", match[0])
                known = [token for token in tokens if token.isdigit() or token in meaning]
                words = sum(not token.isdigit() for token in known)
                if words >= _LEAST_WORDS - 2 and not _is_counting(known, meaning):
                    yield match.start(), match.end(), _digits(known, meaning), words


def number_readings(lower: str, reading: Callable[[tuple[tuple[int, int, str], ...], float], R]) -> Iterator[R]:
    """Each row as the digits it says."""
    for start, end, digits, _ in rows(lower):
        yield reading(((start, end, digits),), CONTEXT)


def _is_counting(tokens: list[str], meaning: dict[str, str]) -> bool:
    """One, two, three; ten, twenty, thirty: every step the same."""
    numbers = [int(value) for token in tokens if (value := meaning.get(token, token)).isdigit()]
    steps = {after - before for before, after in itertools.pairwise(numbers)}
    return len(steps) <= 1 or (len(numbers) >= 4 and steps in ({1, -9}, {-1, 9}))


def _digits(tokens: list[str], meaning: dict[str, str]) -> str:
    out: list[str] = []
    times = 1
    for token in tokens:
        value = meaning.get(token, token)
        if value.startswith("x"):
            times = int(value[1:])
            continue
        last = out[-1] if out else ""
        if len(value) == 1 and value != "0" and len(last) == 2 and last.endswith("0") and last != "00" and last != "10":
            out[-1] = last[0] + value  # thirty-four
        else:
            out.append(value * times)
        times = 1
    return "".join(out)
