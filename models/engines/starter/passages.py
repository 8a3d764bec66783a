"""Cuts a text into the passages that the classifier reads."""

from collections.abc import Callable
from dataclasses import dataclass

from models.engines.starter.sentences import split_sentences

SHORT_TEXT = 300
"""Characters up to which a text is read as a whole too, beside its sentences. In a longer one most sentences only lead
up to what it is about, and the whole says less than the few that matter."""
PASSAGE = 280
"""Characters of a passage of a text that has no sentences."""
MAX_PASSAGES = 480
"""Sentences read of one text. A longer text is sampled evenly, and the answer says so."""
MAX_CHARACTERS = 60_000
"""Characters read of one text (about 1 s), where its sentences are long."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read of a text: its sentences in order, of ``total`` there are; ``whole`` is the text if it is short."""

    passages: tuple[str, ...]
    total: int
    whole: str = ""

    @property
    def texts(self) -> list[str]:
        """Everything to embed: the passages and, where there is more than one, the whole."""
        return [*self.passages, *([self.whole] if self.whole and len(self.passages) > 1 else [])]


def reading(text: str, check: Callable[[], None] = lambda: None) -> Reading:
    """How to read ``text``: sentence by sentence and, if it is short, as a whole.

    ``check`` is called now and then, and may raise to stop the reading.
    """
    spans = [(sentence.start, sentence.end) for sentence in split_sentences(text, check)]
    if len(text) <= SHORT_TEXT:
        return Reading(
            tuple(text[start:end] for start, end in spans) or (text.strip(),), max(1, len(spans)), text.strip()
        )
    spans = spans or [(start, start + PASSAGE) for start in range(0, len(text), PASSAGE)]
    chosen = spans
    average = sum(end - start for start, end in spans) / len(spans)
    most = min(MAX_PASSAGES, max(2, int(MAX_CHARACTERS / average)))
    if len(spans) > most:
        chosen = [spans[index * (len(spans) - 1) // (most - 1)] for index in range(most)]
    return Reading(tuple(text[start:end] for start, end in chosen), len(spans))
