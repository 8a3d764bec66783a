"""The rated sentences that the polarity learns from: four public sets, and made ones.

The sets come with Hutto and Gilbert, "VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media
Text" (ICWSM 2014), in the source archive of vaderSentiment 0.5 (MIT licence), folder
``additional_resources/hutto_ICWSM_2014``: every text with the mean rating, from -4 to 4, of twenty people. They are not
kept here.
"""

import hashlib
import html
import random
import re
from dataclasses import dataclass
from pathlib import Path

from models.training.polarity_sentences import COMPLAINT, PRAISE, sentences

FILES = {
    "film": "movieReviewSnippets_GroundTruth.txt",
    "shop": "amazonReviewSnippets_GroundTruth.txt",
    "nyt": "nytEditorialSnippets_GroundTruth.txt",
    "tweet": "tweets_GroundTruth.txt",
}
MOST = {"nyt": 1500, "tweet": 2200}
"""So many of a set are taken: reviews are to weigh most."""
MADE = "made"
MADE_COUNT, MADE_RATING, MADE_WEIGHT = 2600, 2.5, 0.5
SEED = 7


@dataclass(frozen=True, slots=True)
class Rated:
    """A sentence with its mean rating (-4 to 4), the set that it is of, and its weight in training."""

    text: str
    rating: float
    source: str
    weight: float = 1.0

    @property
    def held_out(self) -> bool:
        """Whether it is never trained on: a fifth of each set, by the text's digest."""
        return self.source != MADE and hashlib.sha256(self.text.encode()).digest()[0] % 5 == 0


def load(folder: Path) -> list[Rated]:
    """All sentences, in an order that is always the same."""
    rows: list[Rated] = []
    for source, name in FILES.items():
        found = _read(folder / name, source)
        random.Random(SEED).shuffle(found)
        rows += found[: MOST.get(source, len(found))]
    ratings = {PRAISE: MADE_RATING, COMPLAINT: -MADE_RATING}
    return rows + [Rated(text, ratings.get(kind, 0.0), MADE, MADE_WEIGHT) for text, kind in sentences(MADE_COUNT)]


def _read(path: Path, source: str) -> list[Rated]:
    found = []
    for line in path.read_text(encoding="utf-8", errors="replace").split("\n"):
        parts = line.split("\t")
        if len(parts) < 3:
            continue
        text = html.unescape(parts[2]).replace("''", '"').replace("``", '"').strip()
        if text := re.sub(r"@anonymous|http\S+", "", text).strip():
            found.append(Rated(text, float(parts[1]), source))
    return found
