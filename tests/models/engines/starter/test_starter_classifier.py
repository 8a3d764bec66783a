"""The classifier itself, on made points and on short texts: learning, calibration, abstention, passages."""

import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.engines.starter import logistic
from models.engines.starter.background import BACKGROUND
from models.engines.starter.classifier import Taught, learn, texts_to_learn
from models.engines.starter.embedding import Embedder
from models.engines.starter.logistic import fit, softmax
from models.engines.starter.passages import MAX_PASSAGES, PASSAGE, SHORT_TEXT, reading
from models.errors import PackError
from models.skills.loader import load_packs
from models.skills.skill import Example, Label, Task


def points(examples: int, labels: int, noise: float = 0.8, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Noisy points about a centre a label, of length 1, and their targets."""
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(labels, 384))
    member = np.arange(examples) % labels
    vectors = 0.5 * centres[member] + noise * rng.normal(size=(examples, 384))
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.eye(labels)[member]


def test_separable_points_are_told_apart() -> None:
    vectors, targets = points(120, 6)
    unseen, truth = points(600, 6)
    found = fit(vectors, targets, 10.0).logits(unseen).argmax(axis=1)
    assert (found == truth.argmax(axis=1)).mean() > 0.95


def test_learning_twice_gives_the_same() -> None:
    vectors, targets = points(90, 3)
    first, second = fit(vectors, targets, 10.0), fit(vectors, targets, 10.0)
    assert np.array_equal(first.weights, second.weights)
    assert first.temperature == second.temperature


def test_the_solution_is_where_the_penalised_likelihood_is_flat() -> None:
    vectors, targets = points(60, 3)
    strength = 10.0
    model = fit(vectors, targets, strength)
    weights, bias = model.weights, model.bias
    error = (softmax(vectors @ weights + bias) - targets) / len(vectors)
    gradient = vectors.T @ error + weights / (strength * len(vectors))
    assert np.abs(gradient).max() < 1e-3
    assert np.abs(error.sum(axis=0)).max() < 2e-3


def test_a_label_with_many_examples_does_not_win_by_number() -> None:
    rng = np.random.default_rng(3)
    many, few = rng.normal(size=(60, 384)), rng.normal(size=(6, 384))
    vectors = np.vstack([many, few])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    targets = np.repeat(np.eye(2), [60, 6], axis=0)
    unknown = rng.normal(size=(200, 384))
    unknown /= np.linalg.norm(unknown, axis=1, keepdims=True)
    model = fit(vectors, targets, 1.0)
    plain = softmax(unknown @ model.weights + model.bias).mean(axis=0)
    assert plain[1] > 0.2, "by number alone it would be 6 of 66"


def test_confidence_is_calibrated_on_unseen_points() -> None:
    vectors, targets = points(200, 4, noise=2.5)
    unseen, truth = points(2000, 4, noise=2.5)
    shares = softmax(fit(vectors, targets, 10.0).logits(unseen))
    right = (shares.argmax(axis=1) == truth.argmax(axis=1)).mean()
    assert 0.4 < right < 0.99
    assert abs(shares.max(axis=1).mean() - right) < 0.1


def test_two_examples_a_label_are_enough_to_learn_from() -> None:
    vectors, targets = points(4, 2, noise=0.1)
    assert (fit(vectors, targets, 10.0).logits(vectors).argmax(axis=1) == targets.argmax(axis=1)).all()


def test_two_hundred_examples_of_twenty_labels_are_learnt_at_once() -> None:
    vectors, targets = points(200, 20)
    fit(vectors, targets, 10.0)
    times = []
    for _ in range(5):
        start = time.perf_counter()
        fit(vectors, targets, 10.0)
        times.append(time.perf_counter() - start)
    assert min(times) < 1.0


def test_a_pack_with_one_label_is_refused() -> None:
    task = Task("own", "classify", "", "", "", 10, (), (), labels=(Label("one", "the only one"),))
    with pytest.raises(PackError, match="fewer than two labels"):
        learn(task, np.zeros((1, 771), np.float32))


def test_a_short_text_is_read_by_sentences_and_whole() -> None:
    text = reading("It is late. Where is it?")
    assert text.passages == ("It is late.", "Where is it?")
    assert text.texts == ["It is late.", "Where is it?", "It is late. Where is it?"]


def test_a_single_sentence_is_read_once() -> None:
    assert reading(" Where is it? ").texts == ["Where is it?"]


@given(st.text(min_size=1).filter(str.strip))
@settings(max_examples=200)
def test_any_text_has_something_to_read(text: str) -> None:
    read = reading(text)
    assert read.passages
    assert read.total >= len(read.passages)


def test_a_long_text_is_sampled_to_its_end() -> None:
    text = "".join(f"Sentence number {number} is here for its number alone. " for number in range(20_000))
    assert len(text) > SHORT_TEXT
    read = reading(text)
    assert len(read.passages) == MAX_PASSAGES < read.total
    assert all(len(passage) <= PASSAGE for passage in read.passages)
    assert "Sentence number 0 " in read.passages[0]
    assert "number 19999 " in read.passages[-1]


def test_what_was_taught_turns_the_answer_and_keeps_the_calibration() -> None:
    embedder = Embedder(Path("resources/onnx"))
    task = load_packs(Path("resources/skills")).get("T02")
    features = embedder.features(texts_to_learn(task))
    first = learn(task, features)
    text = "The dishwasher arrived broken and the courier left it in the rain."
    read = reading(text)
    said = first.judge(read, embedder.features(read.texts)).labels
    other = next(name for name in task.label_names if name not in said)
    taught = [Taught(other, embedder.features([text])[0])] * 2
    again = learn(task, features, taught, first)
    assert again.judge(read, embedder.features(read.texts)).labels == (other,)
    assert again.learnt.temperature == first.learnt.temperature
    assert again.learnt.threshold == first.learnt.threshold
    assert again.domain.threshold == first.domain.threshold


def test_learning_again_after_one_correction_takes_a_small_part_of_learning(monkeypatch: pytest.MonkeyPatch) -> None:
    labels, each = 40, 10
    rng = np.random.default_rng(1)
    centres = rng.normal(size=(labels, 771))
    member = np.repeat(np.arange(labels), each)
    names = tuple(f"label {number}" for number in range(labels))
    task = Task(
        "own", "classify", "", "", "", 10,
        tuple(Example(f"text {row}", (names[label],)) for row, label in enumerate(member)), (),
        labels=tuple(Label(name, name) for name in names),
    )  # fmt: skip
    rows = [*centres[member], *centres, *rng.normal(size=(len(BACKGROUND), 771))]
    features = (np.array(rows) + rng.normal(size=(len(rows), 771))).astype(np.float32)
    features[:, :384] /= np.linalg.norm(features[:, :384], axis=1, keepdims=True)
    cells: list[int] = []  # of the table of shares, which every step of a descent computes anew

    def counted(logits: np.ndarray) -> np.ndarray:
        cells.append(logits.size)
        return softmax(logits)

    monkeypatch.setattr(logistic, "softmax", counted)
    first = learn(task, features)
    whole = sum(cells)
    cells.clear()
    taught = (Taught(names[7], features[0]), Taught(names[7], features[0]))
    again = learn(task, features, taught, first)
    assert 0 < sum(cells) < whole / 8
    assert names[int(again.learnt.read(features[:1])[0][0].argmax())] == names[7]


def test_the_label_for_the_undecided_does_not_win_where_a_text_leans_a_little() -> None:
    resources = Path(__file__).resolve().parents[4] / "resources"
    task = load_packs(resources / "skills").get("T01")
    assert task.undecided == "neutral"
    embedder = Embedder(resources / "onnx")
    learnt = learn(task, embedder.features(texts_to_learn(task)))
    equal = replace(learnt, task=replace(task, undecided=""))
    confident = 0
    for case in task.golden:
        text = reading(case.text)
        features = embedder.features(text.texts)
        reserved, free = learnt.judge(text, features), equal.judge(text, features)
        if reserved.labels == ("neutral",):
            assert free.labels == ("neutral",), case.text
            assert free.confidence is not None
            assert reserved.confidence is not None
            confident += reserved.confidence < free.confidence
    assert confident > 3
    plain = reading("The meeting starts at ten.")
    assert learnt.judge(plain, embedder.features(plain.texts)).labels == ("neutral",)
