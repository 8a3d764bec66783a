"""Given names and surnames of many cultures, read from ``resources/names`` on first use."""

import unicodedata
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[3] / "resources" / "names"
_SPECIAL = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "’": "'"})


def folded(word: str) -> str:
    """``word`` in lower case and without accents: names are listed and looked up in this form."""
    lower = word.lower()
    if lower.isascii():
        return lower
    plain = unicodedata.normalize("NFKD", lower.translate(_SPECIAL))
    return "".join(char for char in plain if not unicodedata.combining(char))


@lru_cache(maxsize=8)
def _listed(file: str) -> frozenset[str]:
    """Raises OSError when the list is missing: the scan is then incomplete, and nothing clears."""
    return frozenset((FOLDER / file).read_text(encoding="utf-8").splitlines())


def is_given(word: str) -> bool:
    """True for a given name; of a double one (Anne-Marie) the first part decides."""
    name = folded(word)
    names = _listed("given.txt")
    return name in names or ("-" in name and name.split("-", 1)[0] in names)


def is_surname(word: str) -> bool:
    """True for a surname; of a double one any part."""
    name = folded(word)
    names = _listed("surnames.txt")
    return name in names or ("-" in name and any(part in names for part in name.split("-")))


def is_doubtful(word: str) -> bool:
    """True for a name that is also an ordinary word, a place or a month."""
    return folded(word) in _listed("doubtful.txt")


def is_public(name: str) -> bool:
    """True for the whole name of a figure of history or fiction, a head of state, a star or a brand."""
    return " ".join(folded(part.strip(".,'’")) for part in name.split()) in _listed("public.txt")


def is_in_lexicon(name: str) -> bool:
    """True for a person of history, myth or letters, by the whole name or by one word known from nobody else."""
    words = [folded(part.strip(".,'’")) for part in name.split()]
    return " ".join(words) in _listed("people.txt" if len(words) > 1 else "people_single.txt")
