"""Cuts a text into the passages that the classifier reads."""

from dataclasses import dataclass

from models.engines.starter.sentences import split_sentences

SHORT_TEXT = 1200
"""Characters up to which a text is read whole and sentence by sentence; a longer one in passages."""
PASSAGE = 280
"""Characters: two or three sentences, about as long as the examples that the labels were learnt from."""
MAX_PASSAGES = 480
"""Passages read of one text. A longer text is sampled evenly, and the answer says so."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read of a text: its passages in order, of ``total`` that it has; ``whole`` is the text if it is short."""

    passages: tuple[str, ...]
    total: int
    whole: str = ""

    @property
    def texts(self) -> list[str]:
        """Everything to embed: the passages and, where there is more than one, the whole."""
        return [*self.passages, *([self.whole] if self.whole and len(self.passages) > 1 else [])]


def reading(text: str) -> Reading:
    """How to read ``text``: by sentences if it is short, else by passages of about 280 characters."""
    if len(text) <= SHORT_TEXT:
        sentences = tuple(text[sentence.start : sentence.end] for sentence in split_sentences(text))
        return Reading(sentences or (text.strip(),), max(1, len(sentences)), text.strip())
    spans = _grouped(text)
    chosen = spans
    if len(spans) > MAX_PASSAGES:
        chosen = [spans[index * (len(spans) - 1) // (MAX_PASSAGES - 1)] for index in range(MAX_PASSAGES)]
    return Reading(tuple(text[start:end] for start, end in chosen), len(spans))


def _grouped(text: str) -> list[tuple[int, int]]:
    """Spans of neighbouring sentences, at most ``PASSAGE`` characters together unless one sentence alone is longer."""
    spans: list[tuple[int, int]] = []
    for sentence in split_sentences(text):
        if spans and sentence.end - spans[-1][0] <= PASSAGE:
            spans[-1] = (spans[-1][0], sentence.end)
        else:
            spans.append((sentence.start, sentence.end))
    return spans or [(start, start + PASSAGE) for start in range(0, len(text), PASSAGE)]
