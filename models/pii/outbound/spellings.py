"""Ways to read one text in which an identifier comes together again: without spacing, signs unseen, or look-alikes."""

import re
import unicodedata
from collections.abc import Iterator

from models.pii.normalize import normalize

_PLACEHOLDER = re.compile(r"\[[A-Z][A-Z0-9_]{1,30}_[0-9]{2,6}\]")
_SINGLES = re.compile(r"(?<![^\W_])(?:[+(][\W_]{1,4})?[^\W_](?:[\W_]{1,6}[^\W_]){5,}(?![^\W_])")
_NUMBER_GROUPS = re.compile(
    r"(?<!\w)(?:[A-Z]{2})?\d[\dA-Z]{0,18}(?:[\s_./|*·-]{1,4}(?=\d|[A-Z]{1,4}\d)[\dA-Z]{1,18}){1,20}(?!\w)"
)
_SIGN = r"[ \t\n]{0,4}(?:@|[(\[{][ ]?(?:at|ät)[ ]?[)\]}])[ \t\n]{0,4}"
_DOT_WORD = "(?:dot|punkt|point|punto)"
_DOT = (
    rf"(?:\.(?![ \t\n])|[ \t\n]{{1,4}}\.[ \t\n]{{1,4}}|[ \t\n]{{0,4}}[(\[{{][ ]?{_DOT_WORD}[ ]?[)\]}}])[ \t\n]{{0,4}}"
)
_SPOKEN_DOT = rf"[ \t\n]{{1,4}}{_DOT_WORD}[ \t\n]{{1,4}}"
_ANY_DOT = rf"(?:{_DOT}|{_SPOKEN_DOT})"
_NAME = rf"(?P<name>[\w+-]{{1,40}}(?:{_ANY_DOT}[\w+-]{{1,40}}){{0,3}})"
_ADDRESS = re.compile(rf"{_NAME}{_SIGN}(?P<host>[\w-]{{1,40}}(?:{_ANY_DOT}[\w-]{{2,40}}){{1,3}})", re.IGNORECASE)
# "At" is a word, and only one that is followed by a spoken dot is a sign.
_SPOKEN_ADDRESS = re.compile(
    rf"{_NAME}[ \t\n]{{1,4}}(?:at|ät)[ \t\n]{{1,4}}(?P<host>[\w-]{{1,40}}(?:{_SPOKEN_DOT}[\w-]{{2,40}}){{1,3}})",
    re.IGNORECASE,
)
_AROUND_DOT = re.compile(_ANY_DOT, re.IGNORECASE)
_UNSEEN = frozenset({"Cf", "Mn", "Me"})
_LEAST_JOINED = 12
"""Fewer digits than this, run together, are anything."""


def spellings(reading: str) -> Iterator[tuple[str, bool]]:
    """(text, whether numbers in it were run together) for each way in which ``reading`` may be meant."""
    bare = _PLACEHOLDER.sub("[…]", reading) if "[" in reading else reading
    plain = normalize(bare).text
    ways = (plain, compatible(bare), _singles_joined(plain), _addresses_joined(plain), _evenly_spaced(plain))
    for text in dict.fromkeys(ways):
        yield text, False
    glued = _numbers_joined(plain)
    if glued:
        yield glued, True


def compatible(text: str) -> str:
    """Characters by what they stand for (NFKC, digits of any script), without what is not seen."""
    if text.isascii():
        return text
    seen = "".join(char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) not in _UNSEEN)
    return "".join(str(unicodedata.digit(char)) if not char.isascii() and char.isdigit() else char for char in seen)


def squeezed(text: str) -> str:
    """Letters and digits only, in small letters."""
    return "".join(char for char in compatible(text).casefold() if char.isalnum())


def _evenly_spaced(text: str) -> str:
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"[^\S\n]+", " ", text))


def _singles_joined(text: str) -> str:
    """Characters written apart: "4 1 1 1", "j-a-n-e @ m-a-i-l . o-r-g"."""

    def join(match: re.Match[str]) -> str:
        written = re.sub(r"\s", "", match[0])
        marks = re.findall(r"[^\w]|_", written)
        letters = len(written) - len(marks)
        often = {mark for mark in set(marks) if marks.count(mark) * 2 >= letters}
        return f" {''.join(char for char in written if char not in often)} "

    return _SINGLES.sub(join, text)


def _addresses_joined(text: str) -> str:
    """Mail addresses with spaces in them, or with their signs in words."""

    def join(match: re.Match[str]) -> str:
        return f"{_AROUND_DOT.sub('.', match['name'])}@{_AROUND_DOT.sub('.', match['host'])}"

    return _SPOKEN_ADDRESS.sub(join, _ADDRESS.sub(join, text))


def _numbers_joined(text: str) -> str:
    """Each run of groups of digits without what stands between them, one a line."""
    runs = (re.sub(r"[^\dA-Z]", "", match[0]) for match in _NUMBER_GROUPS.finditer(text))
    return "\n\n".join(dict.fromkeys(run for run in runs if len(run) >= _LEAST_JOINED))
