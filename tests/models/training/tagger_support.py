"""What the tests of the tagger's training share."""

from dataclasses import dataclass

from models.training.pii_tagger import labels


@dataclass(frozen=True)
class Text:
    """A sample as the corpus makes them."""

    text: str
    spans: tuple[labels.Span, ...] = ()
    shape_id: str = "letters/1"
