"""Text → word pieces with their places in the text, and how each was written before it was lower-cased."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from models.pii.changes import common_ends

if TYPE_CHECKING:
    import numpy as np
    from tokenizers import Tokenizer

TOKENIZER = Path(__file__).resolve().parents[3] / "resources" / "onnx" / "tokenizer.json"

SHAPES = ("lower", "title", "upper", "initial", "mixed", "digits", "alphanumeric", "punctuation", "caseless")
"""How a word is written; "initial" is a single capital, "caseless" a script without case, or a symbol."""
PLACES = ("line_start", "after_gap", "word_start", "glued", "continuation")
"""Where a piece stands: first of a line, after a tab or several spaces (tables), after one space, directly after
another word (mostly punctuation), or inside its word."""
SPECIAL_CASE = 0
CASES = 1 + len(SHAPES) * len(PLACES)
"""Number of values of the second input; 0 is for [CLS], [SEP] and padding."""

_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~¡¿–—‘’“”„«»…·•")
_SENTENCE_ENDS = frozenset(".!?;。！？")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The word pieces of one text; every array has one entry a piece.

    ``starts`` and ``ends`` count Python characters (code points) of the text as it was given. ``breaks`` says how good
    a place to cut lies before the piece: 2 a new line, 1 a new sentence, 0 neither.
    """

    ids: "np.ndarray"
    cases: "np.ndarray"
    starts: "np.ndarray"
    ends: "np.ndarray"
    breaks: "np.ndarray"

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def continues(self) -> "np.ndarray":
        """Which pieces stand inside a word that began before them."""
        inside: np.ndarray = (self.cases > 0) & ((self.cases - 1) % len(PLACES) == PLACES.index("continuation"))
        return inside

    def word_bounds(self) -> "tuple[np.ndarray, np.ndarray]":
        """Index of the first and of the last piece of the word that each piece belongs to."""
        import numpy as np

        count = len(self)
        opens = np.flatnonzero(~self.continues)
        word = np.cumsum(~self.continues) - 1
        return opens[word], np.append(opens[1:], count)[word] - 1


def load_tokenizer(path: Path = TOKENIZER) -> "Tokenizer":
    """The lower-casing WordPiece tokenizer of all-MiniLM-L6-v2, as it ships."""
    from tokenizers import Tokenizer

    return Tokenizer.from_file(str(path))


def shape_of(word: str) -> int:
    """Index in ``SHAPES`` of how ``word`` is written.

    >>> [SHAPES[shape_of(word)] for word in ("McKay", "Ann", "EU", "J", "7b", "—")]
    ['mixed', 'title', 'upper', 'initial', 'alphanumeric', 'punctuation']
    """
    if word.islower() and word.isalpha():
        name = "lower"
    elif word.isdigit():
        name = "digits"
    elif all(char in _PUNCTUATION for char in word):
        name = "punctuation"
    elif any(char.isdigit() for char in word):
        name = "alphanumeric"
    elif word.isupper():
        name = "upper" if len(word) > 1 else "initial"
    elif word.istitle():
        name = "title"
    elif word.islower():
        name = "lower"
    elif word.upper() == word.lower():
        name = "caseless"
    else:
        name = "mixed"
    return SHAPES.index(name)


def case_id(shape: int, place: int) -> int:
    """Value of the second input for a shape and a place, both as indices."""
    return 1 + shape * len(PLACES) + place


def tokenize(text: str, tokenizer: "Tokenizer") -> Tokens:
    """Cut ``text`` into word pieces, without [CLS] and [SEP] and without a limit of length."""
    import numpy as np

    encoding = tokenizer.encode(text, add_special_tokens=False)
    offsets, words = encoding.offsets, encoding.word_ids
    count = len(offsets)
    cases, breaks = np.zeros(count, np.int64), np.zeros(count, np.int64)
    first = previous_end = shape = 0
    line_start, after_gap, word_start, glued, continuation = range(len(PLACES))
    while first < count:
        after = first + 1
        while after < count and words[after] == words[first]:
            after += 1
        start, end = offsets[first][0], offsets[after - 1][1]
        shape = shape_of(text[start:end])
        gap = text[previous_end:start]
        if first == 0 or "\n" in gap or "\r" in gap:
            place, breaks[first] = line_start, 2
        elif "\t" in gap or (len(gap) > 1 and gap.isspace()):
            place = after_gap
        else:
            place = word_start if any(char.isspace() for char in gap) else glued
        if not breaks[first] and place != glued and text[previous_end - 1] in _SENTENCE_ENDS:
            breaks[first] = 1
        cases[first:after] = case_id(shape, continuation)
        cases[first] = case_id(shape, place)
        previous_end, first = end, after
    starts, ends = np.array(offsets, np.int64).reshape(count, 2).T
    return Tokens(np.array(encoding.ids, np.int64), cases, starts, ends, breaks)


def tokenize_again(old: str, tokens: Tokens, text: str, tokenizer: "Tokenizer") -> Tokens:
    """``tokenize(text)``, from the ``tokens`` of an ``old`` version: only lines that changed are read again.

    The same as reading it all: pieces do not reach over the end of a line, and the first of a line is told from others
    by its place alone.
    """
    import numpy as np

    prefix, suffix = common_ends(old, text)
    begin = text.rfind("\n", 0, prefix) + 1
    end = text.find("\n", len(text) - suffix) + 1 or len(text)
    shift = len(text) - len(old)
    first = int(tokens.starts.searchsorted(begin, side="left"))
    after = int(tokens.starts.searchsorted(end - shift, side="left"))
    middle = tokenize(text[begin:end], tokenizer)
    return Tokens(
        np.concatenate([tokens.ids[:first], middle.ids, tokens.ids[after:]]),
        np.concatenate([tokens.cases[:first], middle.cases, tokens.cases[after:]]),
        np.concatenate([tokens.starts[:first], middle.starts + begin, tokens.starts[after:] + shift]),
        np.concatenate([tokens.ends[:first], middle.ends + begin, tokens.ends[after:] + shift]),
        np.concatenate([tokens.breaks[:first], middle.breaks, tokens.breaks[after:]]),
    )


def rewrite_case(cases: "np.ndarray", shape: str) -> "np.ndarray":
    """The second input as if every word with letters in upper or lower case had been written as ``shape``.

    The first input is lower-cased anyway, so this is all that lower- or upper-casing a text changes.
    """
    import numpy as np

    cased = [SHAPES.index(name) for name in ("lower", "title", "upper", "initial", "mixed")]
    has_case = (cases > 0) & np.isin((cases - 1) // len(PLACES), cased)
    return np.where(has_case, 1 + SHAPES.index(shape) * len(PLACES) + (cases - 1) % len(PLACES), cases)
