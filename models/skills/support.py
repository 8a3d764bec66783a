"""Finds in a summary the names, figures and dates that do not stand in the document it was made from."""

import re
from collections.abc import Iterator

from models.skills.text import fold

Span = tuple[int, int]

_MONTHS = tuple("january february march april may june july august september october november december".split())
_NUMBER_WORDS = tuple("zero one two three four five six seven eight nine ten eleven twelve".split())
_NUMBER = re.compile(r"\d+(?:[.,:/\-’' ]\d+)*")
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
EXTRACTIVE = "Extractive: put together from the text's own words; nothing is reworded."
"""Begins the line with which a summary of picked sentences says what was read; its figures are not the document's."""
_SKIPPED_LINE = re.compile(rf"[ \t]*(?:#|\*{re.escape(EXTRACTIVE)})")
_MARKER = re.compile(r"[ \t]*(?:[-*•–]|\d{1,3}[.)])?[ \t]*(?:\*\*|__)?")
_SENTENCE_END = re.compile(r"[.!?:;…]['\"”’)\]]*\s+$")
_MIN_NAME = 2
_TITLES = frozenset({"Mr", "Mrs", "Ms", "Miss", "Dr", "Prof", "Herr", "Frau"})


def unsupported(answer: str, document: str) -> tuple[Span, ...]:
    """(start, end) in ``answer`` of each name, figure or date that the document does not have, in order.

    Names are words with a capital where a sentence does not ask for one. Figures count as the same however their digits
    are grouped, months as words or numbers. Headings, list marks and ``EXTRACTIVE`` are not looked at. What it finds is
    worth a look; it need not be wrong.
    """
    known = _Known(document)
    found: list[Span] = []
    offset = 0
    for line in answer.splitlines(keepends=True):
        if not _SKIPPED_LINE.match(line):
            marker = _MARKER.match(line)
            start = marker.end() if marker else 0
            found += ((offset + begin, offset + end) for begin, end in _in_line(line, start, known))
        offset += len(line)
    return tuple(sorted(found))


class _Known:
    """The words and figures of the document."""

    def __init__(self, document: str) -> None:
        folded = fold(document)
        self.words = {part for match in _WORD.finditer(folded) for part in _parts(match.group())}
        self.digits = {_digits(match.group()) for match in _NUMBER.finditer(document)}
        self.numbers = {int(digits) for digits in re.findall(r"\d{1,18}", document)}
        self.numbers |= {number for number, word in enumerate(_NUMBER_WORDS) if word in self.words}
        self.numbers |= {month + 1 for month, word in enumerate(_MONTHS) if word in self.words}

    def has_number(self, text: str) -> bool:
        if _digits(text) in self.digits:
            return True
        parts = re.findall(r"\d+", text)
        is_date = re.fullmatch(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}", text) is not None
        return (len(parts) == 1 or is_date) and all(int(part) in self.numbers for part in parts if len(part) < 19)

    def has_word(self, word: str) -> bool:
        folded = fold(word)
        if all(part in self.words for part in _parts(folded)):
            return True
        return folded in _MONTHS and _MONTHS.index(folded) + 1 in self.numbers


def _in_line(line: str, start: int, known: _Known) -> Iterator[Span]:
    for match in _NUMBER.finditer(line, start):
        if not known.has_number(match.group()):
            yield match.span()
    for match in _WORD.finditer(line, start):
        word = match.group()
        begins = match.start() == start or _SENTENCE_END.search(line[: match.start()]) is not None
        is_name = len(word) >= _MIN_NAME and word[0].isupper() and word not in _TITLES
        if is_name and not begins and not known.has_word(word):
            yield match.span()


def _parts(word: str) -> list[str]:
    """A word without what grammar adds to it ("Varga's"), and its halves."""
    return [part for part in re.split(r"['’\-]", re.sub(r"['’]s$", "", word)) if part]


def _digits(text: str) -> str:
    """The digits of a figure, without the zeros that say nothing ("1,240.50" is "1240.5")."""
    separators = [character for character in text if not character.isdigit()]
    if separators and separators[-1] in ".,":
        whole, _, fraction = text.rpartition(separators[-1])
        if len(fraction) != 3:  # three digits are a group of thousands
            text = whole + (fraction.rstrip("0") if not fraction.strip("0") or len(fraction) == 2 else fraction)
    return "".join(character for character in text if character.isdigit()).lstrip("0") or "0"
