"""Makes clean text look typed in haste, wrapped, scanned or pasted, and moves the spans along.

Identifiers and secrets are left as they are: with a digit changed they would no longer be what they are marked as.
"""

import random
from collections.abc import Callable, Sequence

Span = tuple[int, int, str]
Edit = tuple[int, int, str]
"""Replace ``text[start:end]`` by the words."""

SOFT = frozenset({"PERSON", "ADDRESS", "HEALTH", "RELIGION", "ETHNICITY", "POLITICS", "SEXUAL_LIFE", "UNION", "PLACE",
                  "ORGANISATION"})  # fmt: skip
"""Entities that noise may reach into."""

_LOOKALIKES = {
    "l": "1",
    "I": "l",
    "O": "0",
    "o": "0",
    "S": "5",
    "B": "8",
    "e": "c",
    "m": "rn",
    "i": "ı",
    "h": "b",
    ",": ".",
}


def apply_edits(text: str, spans: Sequence[Span], edits: Sequence[Edit]) -> tuple[str, tuple[Span, ...]]:
    """Carry out ``edits`` (sorted, apart from one another) and return the text with its spans in their new places."""
    pieces: list[str] = []
    moves: list[tuple[int, int, int, int]] = []
    position = length = 0
    for start, end, words in edits:
        length += start - position
        pieces += [text[position:start], words]
        moves.append((start, end, length, length + len(words)))
        length += len(words)
        position = end
    pieces.append(text[position:])

    def moved(offset: int, at_end: bool) -> int:
        shift = 0
        for start, end, new_start, new_end in moves:
            if offset < start or (at_end and offset == start):
                break
            if offset < end:
                return new_end if at_end else new_start
            shift = new_end - end
        return offset + shift

    return "".join(pieces), tuple((moved(start, False), moved(end, True), entity) for start, end, entity in spans)


def _open(text: str, spans: Sequence[Span]) -> list[bool]:
    """Which characters noise may touch."""
    free = [True] * len(text)
    for start, end, entity in spans:
        if entity not in SOFT:
            free[start:end] = [False] * (end - start)
    return free


def lower_case(text: str, spans: Sequence[Span], _rng: random.Random) -> list[Edit]:
    """Everything in lower case, as in chat."""
    free = _open(text, spans)
    return [(i, i + 1, c.lower()) for i, c in enumerate(text) if free[i] and c.lower() != c]


def upper_case(text: str, spans: Sequence[Span], _rng: random.Random) -> list[Edit]:
    """Everything in capitals, as in old files and headings."""
    free = _open(text, spans)
    return [(i, i + 1, c.upper()) for i, c in enumerate(text) if free[i] and c.upper() != c]


def no_punctuation(text: str, spans: Sequence[Span], rng: random.Random) -> list[Edit]:
    """Commas, full stops and colons before white space left out, most of them."""
    free = _open(text, spans)
    return [
        (i, i + 1, "")
        for i, c in enumerate(text)
        if c in ",.;:!" and free[i] and (i + 1 == len(text) or text[i + 1].isspace()) and rng.random() < 0.8
    ]


def wrapped(text: str, spans: Sequence[Span], rng: random.Random) -> list[Edit]:
    """Lines broken at a width between 28 and 76 characters, also inside names and addresses."""
    free = _open(text, spans)
    width, column, edits, space = rng.randint(28, 76), 0, [], -1
    for i, c in enumerate(text):
        column += 1
        if c == "\n":
            column, space = 0, -1
        elif c == " " and free[i]:
            space = i
        if column > width and space >= 0:
            edits.append((space, space + 1, "\n"))
            column, space = i - space, -1
    return edits


def double_spaces(text: str, spans: Sequence[Span], rng: random.Random) -> list[Edit]:
    """Some spaces doubled, a few of them tabs or no-break spaces."""
    free = _open(text, spans)
    kinds = ("  ", "  ", "   ", "\t", " ")
    return [(i, i + 1, rng.choice(kinds)) for i, c in enumerate(text) if c == " " and free[i] and rng.random() < 0.15]


def scanned(text: str, spans: Sequence[Span], rng: random.Random) -> list[Edit]:
    """Look-alike characters and lost or added spaces, as from a scanner: about one character in sixty."""
    free = _open(text, spans)
    edits: list[Edit] = []
    for i, c in enumerate(text):
        if not free[i]:
            continue
        if c in _LOOKALIKES and rng.random() < 0.03:
            edits.append((i, i + 1, _LOOKALIKES[c]))
        elif c == " " and rng.random() < 0.02:
            edits.append((i, i + 1, rng.choice(("", "  ", " . "))))
    return edits


def typos(text: str, spans: Sequence[Span], rng: random.Random) -> list[Edit]:
    """Neighbouring letters swapped, dropped or doubled, about one in seventy, not inside spans."""
    taken = [False] * len(text)
    for start, end, _ in spans:
        taken[start:end] = [True] * (end - start)
    edits: list[Edit] = []
    for i in range(1, len(text) - 1):
        if (edits and edits[-1][1] > i) or taken[i] or taken[i + 1] or rng.random() > 1 / 70:
            continue
        pair = text[i : i + 2]
        if pair.isalpha() and pair.islower():
            edits.append((i, i + 2, rng.choice((pair[::-1], pair[0], pair[0] + pair))))
    return edits


KINDS: dict[str, Callable[[str, Sequence[Span], random.Random], list[Edit]]] = {
    "lower": lower_case,
    "upper": upper_case,
    "no_punctuation": no_punctuation,
    "wrapped": wrapped,
    "spaces": double_spaces,
    "scanned": scanned,
    "typos": typos,
}
_WEIGHTS = {"lower": 4, "upper": 1, "no_punctuation": 2, "wrapped": 4, "spaces": 2, "scanned": 3, "typos": 4}


def add_noise(text: str, spans: Sequence[Span], rng: random.Random) -> tuple[str, tuple[Span, ...], tuple[str, ...]]:
    """One or two kinds of noise; returns text, spans and the kinds used."""
    kinds = list(_WEIGHTS)
    chosen = dict.fromkeys(rng.choices(kinds, [_WEIGHTS[kind] for kind in kinds], k=rng.choice((1, 1, 2))))
    moved = tuple(spans)
    for kind in chosen:
        text, moved = apply_edits(text, moved, KINDS[kind](text, moved, rng))
    return text, tuple(span for span in moved if span[0] < span[1]), tuple(chosen)
