"""Makes clean text look typed in haste, wrapped, scanned or pasted, and moves the spans along.

Identifiers and secrets are left as they are: with a digit changed they would no longer be what they are marked as.
"""

import random
import re
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


_PAIRS = {"rn": "m", "cl": "d", "vv": "w", "ri": "n", "li": "h", "ii": "u", "ll": "11", "fi": "ﬁ", "tt": "U"}
_RUNNING = ("Page {} of 9", "- {} -", "CONFIDENTIAL", "{}", "[page {}]", "PRIVATE AND CONFIDENTIAL", "Sheet {}",
            "Cont'd", "Draft", "...{}/...", "SCANNED COPY", "________________", "Fax p.{}")  # fmt: skip
_BULLETS = ("- ", "• ", "* ", "– ", "o ", "> ", "\uf0b7 ", "[ ] ", "\t- ")
_MISREAD = {
    "'": "â€™", "’": "â€™", '"': "â€œ", "“": "â€œ", "”": "â€\x9d", "–": "â€“", "é": "Ã©", "ü": "Ã¼", "ö": "Ã¶",
    "ä": "Ã¤", "è": "Ã¨", "ó": "Ã³", "ñ": "Ã±", "ç": "Ã§", "£": "Â£",
}  # fmt: skip
_SHORTENED = {"you": "u", "are": "r", "please": "pls", "because": "cos", "tomorrow": "tmrw", "with": "w/", "and": "n",
              "for": "4", "to": "2", "thanks": "thx", "your": "ur", "before": "b4", "going": "goin"}  # fmt: skip


def scanned(text: str, spans: Sequence[Span], rng: random.Random) -> list[Edit]:
    """Look-alike characters and lost or added spaces, as from a scanner: about one character in sixty."""
    free = _open(text, spans)
    edits: list[Edit] = []
    for i, c in enumerate(text):
        if not free[i] or (edits and edits[-1][1] > i):
            continue
        if text[i : i + 2] in _PAIRS and all(free[i : i + 2]) and rng.random() < 0.12:
            edits.append((i, i + 2, _PAIRS[text[i : i + 2]]))
        elif c in _LOOKALIKES and rng.random() < 0.03:
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


def hyphenated(text: str, spans: Sequence[Span], rng: random.Random) -> list[Edit]:
    """Narrow columns: lines broken between words or, with a hyphen, within a long one."""
    free = _open(text, spans)
    width, column = rng.randint(30, 60), 0
    edits: list[Edit] = []
    for i, c in enumerate(text):
        column += 1
        if c == "\n":
            column = 0
        if column < width or not free[i]:
            continue
        if c == " ":
            edits.append((i, i + 1, "\n"))
            column = 0
        elif text[max(0, i - 3) : i + 4].isalpha() and all(free[max(0, i - 3) : i + 4]):
            edits.append((i, i, "-\n"))
            column = 0
    return edits


def _line_starts(text: str, spans: Sequence[Span]) -> list[int]:
    """Where lines begin that have words and do not continue an identifier."""
    free = _open(text, spans)
    starts = [0, *(i + 1 for i, c in enumerate(text[:-1]) if c == "\n" and free[i])]
    return [i for i in starts if text[i : i + 1].strip()]


def running_headers(text: str, spans: Sequence[Span], rng: random.Random) -> list[Edit]:
    """Page numbers and headings of a scanned file between the lines."""
    inside = [False] * (len(text) + 1)
    for start, end, _ in spans:
        inside[start + 1 : end] = [True] * max(0, end - start - 1)
    starts = [i for i in _line_starts(text, spans) if not inside[i]]
    chosen = sorted(rng.sample(starts, min(len(starts), rng.randint(1, 2))))
    return [(i, i, rng.choice(_RUNNING).format(rng.randint(1, 9)) + rng.choice(("\n", "\n\n"))) for i in chosen]


def quoted_mail(text: str, spans: Sequence[Span], rng: random.Random) -> list[Edit]:
    """The lines behind the marks of a quoted message, all of them or those from some line on."""
    mark, starts = rng.choice(("> ", "> ", ">> ", "| ", ">")), _line_starts(text, spans)
    return [(i, i, mark) for i in starts[rng.choice((0, 0, len(starts) // 2)) :]]


def bullets(text: str, spans: Sequence[Span], rng: random.Random) -> list[Edit]:
    """Lines as items of a list, with marks or numbers."""
    starts, mark = _line_starts(text, spans), rng.choice((*_BULLETS, ""))
    return [(i, i, mark or f"{number}. ") for number, i in enumerate(starts, 1) if rng.random() < 0.8]


def upper_lines(text: str, spans: Sequence[Span], rng: random.Random) -> list[Edit]:
    """Some lines in capitals, as headings, shouted sentences and stamped fields are."""
    free, position = _open(text, spans), 0
    edits: list[Edit] = []
    for line in text.splitlines(keepends=True):
        if rng.random() < 0.35:
            places = range(position, position + len(line))
            edits += [(i, i + 1, text[i].upper()) for i in places if free[i] and text[i].upper() != text[i]]
        position += len(line)
    return edits


def haste(text: str, spans: Sequence[Span], rng: random.Random) -> list[Edit]:
    """Chat: most capitals and apostrophes dropped, short forms for common words, few full stops."""
    free = _open(text, spans)
    edits: list[Edit] = []
    for match in re.finditer(r"\w{1,40}|[.,'!]", text):
        start, end = match.span()
        word = match[0]
        if not all(free[start:end]):
            continue
        if word in _SHORTENED and not _within(spans, start) and rng.random() < 0.4:
            edits.append((start, end, _SHORTENED[word]))
        elif word in ".,'!":
            if rng.random() < 0.5 and not _within(spans, start):
                edits.append((start, end, ""))
        elif word[0] != word[0].lower() and rng.random() < 0.7:
            edits.append((start, start + 1, word[0].lower()))
    return edits


def _within(spans: Sequence[Span], place: int) -> bool:
    return any(start <= place < end for start, end, _ in spans)


def misread_encoding(text: str, spans: Sequence[Span], _rng: random.Random) -> list[Edit]:
    """Quotes and accents of UTF-8 read as Windows-1252."""
    free = _open(text, spans)
    return [(i, i + 1, _MISREAD[c]) for i, c in enumerate(text) if free[i] and c in _MISREAD]


def columns(text: str, spans: Sequence[Span], rng: random.Random) -> list[Edit]:
    """Tabs and wide gaps after colons, bars and double spaces, as when tables and forms are pasted."""
    free, gap = _open(text, spans), rng.choice(("\t", "\t\t", "      ", " " * 12, " | "))
    return [
        (match.start(1), match.end(1), gap)
        for match in re.finditer(r"[:;|]( )(?=\S)|(?<=\S)( {2,40})(?=\S)", text)
        if match.start(1) >= 0 and all(free[match.start() : match.end()])
    ]


KINDS: dict[str, Callable[[str, Sequence[Span], random.Random], list[Edit]]] = {
    "lower": lower_case,
    "upper": upper_case,
    "no_punctuation": no_punctuation,
    "wrapped": wrapped,
    "spaces": double_spaces,
    "scanned": scanned,
    "typos": typos,
    "hyphenated": hyphenated,
    "headers": running_headers,
    "quoted": quoted_mail,
    "bullets": bullets,
    "upper_lines": upper_lines,
    "haste": haste,
    "encoding": misread_encoding,
    "columns": columns,
}
_WEIGHTS = {
    "lower": 4, "upper": 2, "no_punctuation": 2, "wrapped": 4, "spaces": 2, "scanned": 4, "typos": 4, "hyphenated": 2,
    "headers": 2, "quoted": 2, "bullets": 2, "upper_lines": 2, "haste": 4, "encoding": 1, "columns": 2,
}  # fmt: skip


def add_noise(text: str, spans: Sequence[Span], rng: random.Random) -> tuple[str, tuple[Span, ...], tuple[str, ...]]:
    """One or two kinds of noise; returns text, spans and the kinds used."""
    kinds = list(_WEIGHTS)
    chosen = dict.fromkeys(rng.choices(kinds, [_WEIGHTS[kind] for kind in kinds], k=rng.choice((1, 1, 2))))
    moved = tuple(spans)
    for kind in chosen:
        text, moved = apply_edits(text, moved, KINDS[kind](text, moved, rng))
    return text, tuple(span for span in moved if span[0] < span[1]), tuple(chosen)
