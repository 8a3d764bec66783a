"""Fills shapes: deterministic for a seed, with the span of everything that was filled in."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.training.pii_corpus.fillers import Fillers
from models.training.pii_corpus.noise import Span, add_noise
from models.training.pii_corpus.shapes import PIECE, Shape, all_shapes
from models.training.pii_corpus.splits import Split
from models.training.pii_corpus.twins import twins

CONTEXT_ONLY = frozenset({"ORGANISATION", "PLACE"})
"""Entities that are marked but personal to nobody on their own. Marked where a slot was filled, not in plain words."""

TWIN_SHARE = 0.05
"""Of the personal texts: how many are plain ones about famous people, with strangers in their place."""
DOCUMENT_SHARE = 0.4
PARAGRAPH_SHARE = 0.25
"""Of the texts that are not documents: how many join several sentences, personal ones among plain ones."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One text; ``spans`` are (start, end, entity), sorted, apart from one another, in Python characters.

    ``shape_id`` joins the ids of its shapes by "+"; ``noise`` names what was done to the clean text.
    """

    text: str
    spans: tuple[Span, ...]
    genre: str
    shape_id: str
    language: str = "en"
    noise: tuple[str, ...] = ()

    @property
    def personal_spans(self) -> tuple[Span, ...]:
        """The spans of entities that are not context only."""
        return tuple(span for span in self.spans if span[2] not in CONTEXT_ONLY)


def generate(split: Split, count: int, seed: int, negatives: float = 0.5, noise: float = 0.25) -> Iterator[Sample]:
    """Yield ``count`` samples of one side of the split; the same arguments give the same samples.

    ``negatives`` is the share of texts without personal data, ``noise`` the share of texts (verbatim ones aside) that
    are made to look scanned, wrapped or typed in haste. Every shape comes up before any comes up again.
    """
    rng = random.Random(f"{split} {seed}")
    mine = [shape for shape in all_shapes() if shape.split == split]
    strangers = _Deck(list(twins(mine)), rng)
    decks = {
        (personal, document): _Deck([s for s in mine if (s.personal, s.document) == (personal, document)], rng)
        for personal in (True, False)
        for document in (True, False)
    }
    for _ in range(count):
        personal = rng.random() >= negatives
        if personal and rng.random() < TWIN_SHARE:
            shapes = [strangers.draw()]
        elif rng.random() < DOCUMENT_SHARE:
            shapes = [decks[personal, True].draw()]
        else:
            shapes = [decks[personal, False].draw()]
            if rng.random() < PARAGRAPH_SHARE and not shapes[0].verbatim:
                shapes += decks[False, False].companions(shapes[0].language, rng.randint(1, 4))
                rng.shuffle(shapes)
        yield _sample(shapes, split, rng, noise)


class _Deck:
    """Shapes in shuffled order, shuffled anew when all were drawn."""

    def __init__(self, shapes: Sequence[Shape], rng: random.Random) -> None:
        self._shapes = list(shapes)
        self._rng = rng
        self._left: list[Shape] = []

    def draw(self) -> Shape:
        """The next shape."""
        if not self._left:
            self._left = self._rng.sample(self._shapes, len(self._shapes))
        return self._left.pop()

    def companions(self, language: str, count: int) -> list[Shape]:
        """Up to ``count`` shapes in the language that may stand in a paragraph; they are not drawn."""
        fitting = [shape for shape in self._shapes if shape.language == language and not shape.verbatim]
        return self._rng.sample(fitting, min(count, len(fitting)))


def _sample(shapes: Sequence[Shape], split: Split, rng: random.Random, noise: float) -> Sample:
    text, spans = "", []
    for shape in shapes:
        if text:
            text += rng.choice((" ", " ", "\n", "\n\n"))
        filled, found = fill(shape, Fillers(split, shape.language, rng))
        spans += [(start + len(text), end + len(text), entity) for start, end, entity in found]
        text += filled
    first = next((shape for shape in shapes if shape.personal), shapes[0])
    done: tuple[str, ...] = ()
    placed = tuple(spans)
    if not any(shape.verbatim for shape in shapes) and rng.random() < noise:
        text, placed, done = add_noise(text, placed, rng)
    return Sample(text, placed, first.genre, "+".join(s.shape_id for s in shapes), first.language, done)


def fill(shape: Shape, fillers: Fillers) -> tuple[str, list[Span]]:
    """The shape with every slot filled, and the spans of what has an entity."""
    text, spans, position = "", [], 0
    for match in PIECE.finditer(shape.text):
        text += shape.text[position : match.start()]
        position = match.end()
        if match["slot"]:
            words, entity = fillers.fill(match["slot"])
        elif match["choice"] is not None:
            words, entity = fillers.choose(match["choice"].split("|")), None
        else:
            words, entity = match["marked"], match["entity"]
        if entity and words:
            spans.append((len(text), len(text) + len(words), entity))
        text += words
    return text + shape.text[position:], spans
