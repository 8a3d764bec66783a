"""Makes look-alike characters plain before matching, and maps offsets back to the original text.

People paste from PDFs, chats, web pages and word processors, where a number may hold full-width digits, no-break
spaces, soft hyphens, zero-width characters or HTML character references. Recognizers see plain ASCII in their place;
findings point at the original. What a reader must put together again (spelled-out digits, broken lines) is the matter
of ``recognizers.second_reading``.
"""

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from models.pii.entities import ENTITIES
from models.pii.look_alikes import (
    DASHES_BETWEEN_DIGITS,
    DOTS_BETWEEN_DIGITS,
    DOTS_BETWEEN_LETTERS,
    IMITATIONS,
    is_mark,
    plain,
    raised_digit,
)

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_TERMINAL_COLOURS = r"\x1b\[[0-9;]{0,12}m"
_REFERENCE = (
    r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|commat|period|nbsp|ensp|emsp|thinsp|shy|zwj|zwnj|lpar|rpar|lbrack|rbrack|"
    r"plus|dash|hyphen|minus|lowbar|colon|sol|num|amp|[A-Za-z](?:acute|grave|circ|uml|tilde|cedil|ring|slash|caron)|"
    r"szlig|aelig|oelig|quot|apos|lt|gt);"
)
_HAS_REFERENCE = re.compile(_REFERENCE)
_UPPER_IMITATIONS = frozenset(chr(code) for code, letter in IMITATIONS.items() if letter.isupper())
_LEAST_RAISED_DIGITS = 5
_FEW_CHARACTERS = 24


@dataclass(frozen=True, slots=True)
class Normalized:
    """``text`` to match on, and where its length differs from the original's.

    ``_offsets[i]`` is the first offset in ``text`` of the ``i``-th stretch, which was read from the original from
    ``_originals[i]`` on, character by character; ``_widths[i]`` is how many characters of the original its first
    character stands for (more than one for a character reference).
    """

    text: str
    _offsets: tuple[int, ...] = ()
    _originals: tuple[int, ...] = ()
    _widths: tuple[int, ...] = ()

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that ``text[start:end]`` was read from (``start < end``), in code points."""
        if not self._offsets:
            return start, end
        return self._place(start)[0], self._place(end - 1)[1]

    def _place(self, offset: int) -> tuple[int, int]:
        stretch = bisect_right(self._offsets, offset) - 1
        if stretch < 0:
            return offset, offset + 1
        into = offset - self._offsets[stretch]
        start = self._originals[stretch]
        if into == 0:
            return start, start + self._widths[stretch]
        start += self._widths[stretch] + into - 1
        return start, start + 1


def normalize(text: str) -> Normalized:
    """Read look-alike characters as plain ones. Linear in the length of ``text``; plain ASCII is not copied."""
    if "\\n" in text:
        text = _written_breaks().sub(" \n", text)
    if "[" in text:
        text = _without_placeholders(text)
    has_references = "&" in text and _HAS_REFERENCE.search(text) is not None
    if text.isascii() and not has_references and _CONTROLS.search(text) is None:
        return Normalized(text)
    normalized = _shortened(text, set(text), has_references)
    characters = set(normalized.text)
    table = {char: to for char in characters if (to := plain(char)) is not None and len(to) == 1}
    read = _replaced(normalized.text, table)
    if not read.isascii():
        read = _imitations(read, characters)
        read = _raised(read, characters)
        read = _points(read, characters)
    return Normalized(read, normalized._offsets, normalized._originals, normalized._widths)


def _replaced(text: str, table: dict[str, str]) -> str:
    """``text`` with one character for another: a few, one by one, faster than with a look at every character."""
    if len(table) > _FEW_CHARACTERS or not table.keys().isdisjoint(table.values()):
        return text.translate({ord(char): to for char, to in table.items()})
    for char, to in table.items():
        text = text.replace(char, to)
    return text


@cache
def _written_breaks() -> re.Pattern[str]:
    """Line breaks written out, as in quoted strings; in the paths of Windows a lower-case name follows mostly."""
    return re.compile(r"\\n(?<!\b[A-Za-z]:..)(?<!\\..)(?=[A-Z0-9À-Þ(+*\"' \t\\-]|$)")


@cache
def _placeholders() -> re.Pattern[str]:
    return re.compile(rf"\[(?:{'|'.join(map(re.escape, ENTITIES))})_[0-9]{{2,4}}\]")


def _without_placeholders(text: str) -> str:
    """Dots for what the redactor put in ("[PASSWORD_01]"), which no recognizer should take for a value."""
    return _placeholders().sub(lambda match: f"[{'.' * (len(match[0]) - 2)}]", text)


def _shortened(text: str, characters: Collection[str], has_references: bool) -> Normalized:
    """Leave out what is not seen, join marks to their letters, and read references and ligatures."""
    # A finding may hold lone surrogates and any control; a class of escaped characters holds them all.
    odd = [char for char in characters if (to := plain(char)) is not None and len(to) != 1]
    marks = [char for char in characters if is_mark(char) and char not in odd]
    if not odd and not marks and not has_references and "\x1b" not in characters:
        return Normalized(text)
    parts = [_REFERENCE, _TERMINAL_COLOURS]
    if marks:
        above, unseen = "".join(map(re.escape, marks)), "".join(map(re.escape, odd))
        parts.append(rf"[^\W\d_]?[{above}][{above}{unseen}]*")
    if odd:
        parts.append(f"[{''.join(map(re.escape, odd))}]")
    pieces: list[str] = []
    offsets: list[int] = []
    originals: list[int] = []
    widths: list[int] = []
    position = length = 0
    for match in re.compile("|".join(parts)).finditer(text):
        start, end = match.span()
        pieces.append(text[position:start])
        length += start - position
        position = end
        read = _reading(match[0])
        pieces.append(read)
        for index in range(len(read)):  # each letter of a ligature stands for all of it
            _add(offsets, originals, widths, length + index, start, end - start)
        length += len(read)
        _add(offsets, originals, widths, length, end, 1)
    pieces.append(text[position:])
    return Normalized("".join(pieces), tuple(offsets), tuple(originals), tuple(widths))


def _add(offsets: list[int], originals: list[int], widths: list[int], offset: int, original: int, width: int) -> None:
    if offsets and offsets[-1] == offset:
        originals[-1], widths[-1] = original, width
        return
    offsets.append(offset)
    originals.append(original)
    widths.append(width)


def _reading(value: str) -> str:
    """What a piece is read as; possibly nothing."""
    if value[0] == "&":
        read = html.unescape(value)
        return "".join(char if (to := plain(char)) is None else to for char in read) if len(read) == 1 else value
    if value[0] == "\x1b":
        return ""
    if len(value) == 1:
        to = plain(value)
        return "" if to is None else to
    if is_mark(value[0]):
        return ""
    joined = unicodedata.normalize("NFC", "".join(char for char in value if plain(char) is None or char == value[0]))
    return joined[:1]


def _imitations(text: str, characters: Collection[str]) -> str:
    """Read look-alike letters of other scripts as ASCII where they stand in one word with ASCII letters or digits."""
    present = [char for char in characters if ord(char) in IMITATIONS]
    if not present:
        return text
    any_of = "".join(present)
    out: list[str] = []
    position = 0
    upper = "".join(char for char in present if char in _UPPER_IMITATIONS)
    # Capitals on their own beside digits too, as in the number of a document. What stands before is looked at behind
    # the first character, so that the engine skips to these.
    beside = rf"|(?<=[{upper}])(?:(?<!\w.)[{upper}]{{1,3}}(?=[ -]?\d)|(?<=\d[ -].)[{upper}]?(?!\w))" if upper else ""
    seam = rf"[{any_of}](?:(?<=[A-Za-z0-9].)|(?=[A-Za-z0-9]){beside})"
    for match in re.compile(seam).finditer(text):
        if match.start() < position:
            continue
        start, end = _word(text, match.start(), match.end())
        word = text[start:end]
        others = [char for char in word if char.isalpha() and not char.isascii()]
        own = sum(char.isascii() and char.isalpha() for char in word)
        if all(ord(char) in IMITATIONS for char in others) or own >= len(others):
            out += (text[position:start], word.translate(IMITATIONS))
            position = end
    out.append(text[position:])
    return "".join(out)


_LONGEST_WORD = 128


def _word(text: str, start: int, end: int) -> tuple[int, int]:
    low, high = max(0, start - _LONGEST_WORD), min(len(text), end + _LONGEST_WORD)
    while start > low and text[start - 1].isalnum():
        start -= 1
    while end < high and text[end].isalnum():
        end += 1
    return start, end


def _raised(text: str, characters: Collection[str]) -> str:
    """Read raised and enclosed digits as digits where many stand in a row: a single one is a footnote or a unit."""
    table = {ord(char): digit for char in characters if (digit := raised_digit(char)) is not None}
    if not table:
        return text
    raised = "".join(map(chr, table))
    run = rf"[{raised}](?:[ .()+-]{{0,2}}[{raised}\d]){{{_LEAST_RAISED_DIGITS - 1},60}}"

    def read(match: re.Match[str]) -> str:
        count = sum(ord(char) in table for char in match[0])
        return match[0].translate(table) if count >= _LEAST_RAISED_DIGITS else match[0]

    return re.sub(run, read, text)


def _points(text: str, characters: Collection[str]) -> str:
    """Read the full stops and bars of East Asian text as ASCII ones where they stand inside addresses and numbers."""
    if not any(char in characters for char in DOTS_BETWEEN_DIGITS + DASHES_BETWEEN_DIGITS):
        return text
    text = re.sub(rf"[{DOTS_BETWEEN_LETTERS}](?<=[A-Za-z0-9].)(?=[A-Za-z0-9])", ".", text)
    text = re.sub(rf"[{DOTS_BETWEEN_DIGITS}](?<=\d.)(?=\d)", ".", text)
    return re.sub(rf"[{DASHES_BETWEEN_DIGITS}](?<=\d.)(?=\d)", "-", text)
