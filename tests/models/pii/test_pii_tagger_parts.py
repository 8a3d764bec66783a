"""The parts of the tagger that need no model: reading edited texts again, and refusing files that are not its own."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.pii.tagger.decoding import decode
from models.pii.tagger.features import PLACES, SHAPES, load_tokenizer, tokenize, tokenize_again
from models.pii.tagger.labels import ENTITIES, TAGS
from models.pii.tagger.session import MODEL, TOKENIZER, Session, TaggerUnavailable, load
from models.pii.tagger.session import _thresholds as thresholds_of
from models.pii.tagger.tagger import Reading
from models.pii.tagger.windows import WINDOW

TEXTS = st.text(alphabet=st.sampled_from("aB1é.,\n\r \t李😀-'\u0301"), max_size=60)
METADATA = {
    "tags": TAGS,
    "shapes": SHAPES,
    "places": PLACES,
    "window": {"pieces": WINDOW, "overlap": 16},
    "thresholds": dict.fromkeys(ENTITIES, 0.5),
}


def written(**changes: object) -> dict[str, str]:
    return {name: json.dumps(value) for name, value in {**METADATA, **changes}.items()}


@given(TEXTS, TEXTS, TEXTS, TEXTS)
@settings(max_examples=150, deadline=None)
def test_an_edited_text_is_cut_into_the_same_pieces_as_a_new_one(start: str, old: str, new: str, end: str) -> None:
    tokenizer = load_tokenizer()
    before, after = start + old + end, start + new + end
    again = tokenize_again(before, tokenize(before, tokenizer), after, tokenizer)
    whole = tokenize(after, tokenizer)
    for name in ("ids", "cases", "starts", "ends", "breaks"):
        assert getattr(again, name).tolist() == getattr(whole, name).tolist(), name


def test_kept_tags_change_nothing() -> None:
    tokens = tokenize("Call Ana Diaz now, Ana Diaz", load_tokenizer())
    logits = np.random.default_rng(1).normal(size=(len(tokens), len(TAGS))).astype(np.float32)
    known: dict[bytes, np.ndarray] = {}
    first = decode(logits, tokens, known=known)
    assert known
    assert decode(logits, tokens, known=known) == first == decode(logits, tokens)


def test_a_reading_says_how_probable_an_entity_is_at_a_place() -> None:
    text = "Call Ana now"
    tokens = tokenize(text, load_tokenizer())
    probabilities = np.zeros((len(tokens), len(ENTITIES)))
    probabilities[1, 0] = 0.8
    reading = Reading((), {}, tokens, probabilities)
    assert reading.probability(5, 8) == pytest.approx(0.8)
    assert reading.probability(5, 12) == pytest.approx(0.4)
    assert reading.probability(4, 5) == 0.0
    assert reading.pieces(0, 12) == 3
    assert Reading((), {}).probability(0, 5) == 0.0


@pytest.mark.parametrize(
    "changes",
    [
        {"tags": TAGS[:-1]},
        {"shapes": SHAPES[::-1]},
        {"places": ()},
        {"window": {"pieces": 64}},
        {"thresholds": {}},
        {"thresholds": dict.fromkeys(ENTITIES, 1.5)},
    ],
    ids=["tags", "shapes", "places", "window", "no thresholds", "thresholds out of range"],
)
def test_a_model_of_another_version_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises((ValueError, KeyError)):
        thresholds_of(written(**changes))
    assert thresholds_of(written()) == METADATA["thresholds"]


def folder_with(folder: Path, model: bytes, digest: str) -> Path:
    tokenizer = (Path(__file__).parents[3] / "resources" / "onnx" / TOKENIZER).read_bytes()
    (folder / MODEL).write_bytes(model)
    (folder / TOKENIZER).write_bytes(tokenizer)
    lines = f"{digest}  {MODEL}\n{hashlib.sha256(tokenizer).hexdigest()}  {TOKENIZER}\n"
    (folder / "SHA256SUMS").write_text(lines, encoding="ascii")
    return folder


def test_files_that_are_missing_are_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(TaggerUnavailable, match="Install Strongroom again"):
        load(tmp_path)


@pytest.mark.parametrize("digest", ["0" * 64, hashlib.sha256(b"no model").hexdigest()])
def test_a_damaged_model_is_refused(tmp_path: Path, digest: str) -> None:
    with pytest.raises(TaggerUnavailable):
        load(folder_with(tmp_path, b"no model", digest))


@pytest.mark.parametrize("logits", [np.full((1, 3, len(TAGS)), np.nan), np.zeros((1, 2, len(TAGS)))])
def test_results_that_cannot_be_are_refused(logits: np.ndarray) -> None:
    class Broken:
        def run(self, _names: list[str], _inputs: dict[str, np.ndarray]) -> list[np.ndarray]:
            return [logits]

    session = Session(Broken(), load_tokenizer(), {})
    with pytest.raises(TaggerUnavailable):
        session.run(np.zeros(3, np.int64), np.zeros(3, np.int64))
