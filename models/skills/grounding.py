"""Finds where an extracted value stands in the document, so that every value can be shown in its place."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

Span = tuple[int, int]

_ALIKE = str.maketrans(
    {"‘": "'", "’": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-"}
)

_LEAST_FOR_ALMOST = 8
"""Characters from which a value may differ in a few letters from what stands in the text."""
_MOST_OTHER = 0.12
"""Share of the letters that may differ."""
_PUNCTUATION = ".,;:!?)]}»”\"'"


def ground_values(values: Sequence[str], document: str) -> tuple[Span | None, ...]:
    """Place each value in ``document``: (start, end) in characters, or None when it does not occur there.

    An occurrence as written comes before one that differs in case, white space, quotation marks or dashes only. Equal
    values take one occurrence after the other in the document's order; once all are taken, the last is named again,
    since the value does stand there. Part of a longer number or word is not an occurrence ("5" in "15", "art" in
    "party"). A longer value may differ in a few letters, but not in a figure.
    """
    folded: tuple[str, list[int]] | None = None
    taken: set[Span] = set()
    spans: list[Span | None] = []
    for value in (value.strip() for value in values):
        span, fresh = _pick(_exact(value, document), taken)
        if not fresh and value:
            if folded is None:
                folded = _fold_with_offsets(document)
            other, other_fresh = _pick(_folded(value, document, *folded), taken)
            if other_fresh or span is None:
                span = other
        if span is None:
            span = almost(value, document)
        if span is not None:
            taken.add(span)
        spans.append(span)
    return tuple(spans)


def nearest(value: str, document: str, anchor: Span | None) -> Span | None:
    """The occurrence of ``value`` nearest to ``anchor`` (the first one where that is None), None where there is none.

    As written comes before differing in case, white space, quotation marks or dashes, and that before a few letters.
    """
    value = value.strip()
    if not value:
        return None
    found = list(_exact(value, document)) or list(_folded(value, document, *_fold_with_offsets(document)))
    if not found:
        return almost(value, document)
    return min(found, key=lambda span: abs(span[0] - anchor[0])) if anchor is not None else found[0]


def almost(value: str, document: str) -> Span | None:
    """Where a value stands with a few letters written otherwise (a typing error put right, an accent left out).

    Its figures must be the very same: a sum that differs in a digit is another sum.
    """
    if len(value) < _LEAST_FOR_ALMOST:
        return None
    import difflib

    words = list(re.finditer(r"\S+", document))
    count = len(value.split())
    digits = _digits(value)
    wanted = value.casefold()
    letters = Counter(wanted)
    best: tuple[float, Span] | None = None
    matcher = difflib.SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    for first in range(len(words) - count + 1):
        start, end = words[first].start(), words[first + count - 1].end()
        piece = document[start:end].rstrip(_PUNCTUATION)
        if abs(len(piece) - len(value)) > _MOST_OTHER * len(value) or _digits(piece) != digits:
            continue
        folded = piece.casefold()
        if (Counter(folded) & letters).total() < (1 - _MOST_OTHER) * len(value):
            continue
        matcher.set_seq1(folded)
        ratio = matcher.ratio()
        if ratio >= 1 - _MOST_OTHER / 1.2 and (best is None or ratio > best[0]):
            best = ratio, (start, start + len(piece))
    return best[1] if best else None


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def _pick(occurrences: Iterator[Span], taken: set[Span]) -> tuple[Span | None, bool]:
    """The first occurrence not taken yet (and True), else the last one (and False), else None."""
    last: Span | None = None
    for span in occurrences:
        if span not in taken:
            return span, True
        last = span
    return last, False


def _exact(value: str, document: str) -> Iterator[Span]:
    for start in _find_all(value, document):
        span = (start, start + len(value))
        if _stands_alone(document, span):
            yield span


def _folded(value: str, document: str, folded: str, offsets: list[int]) -> Iterator[Span]:
    needle, _ = _fold_with_offsets(value)
    for start in _find_all(needle, folded):
        last = offsets[start + len(needle) - 1]
        span = (offsets[start], last + 1)
        # A case-folded character may be several ("ß" is "ss"): half of one is not an occurrence.
        whole = (start == 0 or offsets[start - 1] != span[0]) and offsets[start + len(needle)] != last
        if whole and _stands_alone(document, span):
            yield span


def _find_all(needle: str, text: str) -> Iterator[int]:
    start = text.find(needle) if needle else -1
    while start >= 0:
        yield start
        start = text.find(needle, start + len(needle))


def _fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the offset in ``text`` (with one more at the end)."""
    characters: list[str] = []
    offsets: list[int] = []
    space = False
    for offset, character in enumerate(text.translate(_ALIKE)):
        if character.isspace():
            if not space:
                characters.append(" ")
                offsets.append(offset)
            space = True
            continue
        space = False
        for piece in character.casefold():
            characters.append(piece)
            offsets.append(offset)
    offsets.append(len(text))
    return "".join(characters), offsets


def _stands_alone(document: str, span: Span) -> bool:
    start, end = span
    return not (
        (start > 0 and _joined(document[start - 1], document[start]))
        or (end < len(document) and _joined(document[end - 1], document[end]))
    )


def _joined(left: str, right: str) -> bool:
    """Whether two neighbours belong to one number or word. Scripts without case often write words unseparated."""
    if left.isdigit() and right.isdigit():
        return True
    return _cased(left) and _cased(right)


def _cased(character: str) -> bool:
    return character.isalpha() and character.lower() != character.upper()
