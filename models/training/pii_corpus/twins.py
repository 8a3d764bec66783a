"""Makes personal twins of plain shapes about famous people: the same words, said of somebody whom nobody knows.

Whoever a film was directed by, a stranger's name is a stranger's name. Without the twins a model learns that the words
around a name decide, and passes over every name that a review, a lexicon or the news might hold.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from models.pii.recognizers.name_lists import is_doubtful, is_given, is_surname
from models.training.pii_corpus.shapes import PIECE, Shape

FAMOUS_SLOTS = frozenset({"figure", "fiction"})
LEAST_NAMES = 3
LISTED_SHARE = 0.5
_OF_THINGS = re.compile(
    r"named|title|look|brand|place|travel|street|eponym|near|myth|not_names|ships|storms|prizes|schools"
)
"""Genres in which a name is mostly that of a thing."""
_NAMED_AFTER = re.compile(
    r"\b(?:storm|hurricane|tief|hoch|dynasty|impersonators|street|road|avenue|station|stazione|estaci[oó]n|esta[cç][aã]o|gare|bahnhof|dworzec|rua|calle|via|viale|"
    r"piazza|plaza|praça|place|rue|straat|straße|ulica|ul|memorial|lecture|prize|award|medal|statue|monument|crater|square|"
    r"named (?:for|after)|namens|school|stadium|airport|hall|museum|lake|mount|ship|theorem|law|award)\b",
    re.IGNORECASE,
)


def twins(shapes: Iterable[Shape]) -> Iterator[Shape]:
    """A personal twin of each plain shape with a choice of names, or a slot for the name of somebody famous."""
    for shape in shapes:
        if shape.personal or shape.verbatim or _OF_THINGS.search(shape.genre):
            continue
        text = _with_strangers(shape.text)
        if text != shape.text:
            yield replace(shape, text=text, genre=f"twin_{shape.genre}", personal=True, origin=shape.text)


def _with_strangers(text: str) -> str:
    if _NAMED_AFTER.search(text):
        return text
    parts, position, number = [], 0, 20
    for match in PIECE.finditer(text):
        slot = _slot(match["slot"], match["choice"], number)
        if slot:
            parts += [text[position : match.start()], slot]
            position = match.end()
            number += 1
    return "".join([*parts, text[position:]])


def _slot(slot: str | None, choice: str | None, number: int) -> str:
    """The slot for a stranger in place of a slot or a choice; nothing where it is not about people."""
    if slot and slot.rstrip("0123456789") in FAMOUS_SLOTS:
        return f"{{person{number}}}"
    names = choice.split("|") if choice else []
    if len(names) < LEAST_NAMES or not all(_may_be_name(name) for name in names):
        return ""
    listed = sum(is_given(name.split()[0]) or is_surname(name.split()[-1]) for name in names)
    if listed < LISTED_SHARE * len(names):
        return ""
    if sum(" " in name for name in names) * 2 > len(names):
        return f"{{person{number}}}"
    return "" if any(is_doubtful(name) for name in names) else f"{{person{number}.last}}"


def _may_be_name(words: str) -> bool:
    parts = words.split()
    return 0 < len(parts) <= 4 and parts[0][0].isupper() and parts[-1][0].isupper() and words.replace(" ", "").isalpha()
