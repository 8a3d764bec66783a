"""Reads the hand-written shapes: one file a genre, with slots to be filled.

``data/personal`` holds shapes with personal data, ``data/plain`` those without; ``sentences`` have one shape a line,
``documents`` separate them by a line of ``---``. A file's name is its genre, with the language before the suffix when
it is not English (``letters.de.txt``). A first line ``%% verbatim`` keeps noise away (code, tables).

In a shape, ``{slot}`` is filled (``slots.py`` lists them), ``{one|other}`` is a choice between plain words, and
``[[ENTITY|words]]`` marks words that stand in the shape itself.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from models.training.pii_corpus.splits import Split, digest, shape_split

DATA = Path(__file__).parent / "data"

PIECE = re.compile(
    r"\{(?P<slot>[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*)\}"
    r"|\{(?P<choice>[^{}|\n]*(?:\|[^{}|\n]*)+)\}"
    r"|\[\[(?P<entity>[A-Z_]+)\|(?P<marked>[^\]]+)\]\]"
)
"""Everything in a shape that is not plain text."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One hand-written sentence or document with slots."""

    text: str
    genre: str
    language: str
    personal: bool
    document: bool
    verbatim: bool
    origin: str = ""
    """The shape that this is a twin of; both stand on one side of the split."""

    @property
    def shape_id(self) -> str:
        """Genre and a digest of the shape."""
        return f"{self.genre}/{digest(self.text)[:10]}"

    @property
    def split(self) -> Split:
        """The side it stands on."""
        return shape_split(self.origin or self.text)

    def slots(self) -> list[str]:
        """Names of the slots, in order."""
        return [match["slot"] for match in PIECE.finditer(self.text) if match["slot"]]


def parse_file(path: Path) -> list[Shape]:
    """The shapes of one genre file."""
    text = path.read_text(encoding="utf-8")
    verbatim = text.startswith("%% verbatim\n")
    if verbatim:
        text = text.split("\n", 1)[1]
    document = path.parent.name == "documents"
    bodies = re.split(r"^---\n", text, flags=re.MULTILINE) if document else text.splitlines()
    genre, _, language = path.stem.partition(".")
    personal = path.parent.parent.name == "personal"
    return [
        Shape(body.strip("\n"), genre, language or "en", personal, document, verbatim)
        for body in bodies
        if body.strip()
    ]


@cache
def all_shapes() -> tuple[Shape, ...]:
    """Every shape of every genre, in a fixed order."""
    return tuple(shape for path in sorted(DATA.glob("p*/*/*.txt")) for shape in parse_file(path))
