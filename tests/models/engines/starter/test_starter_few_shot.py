"""Learning labels from a few texts each, with the built-in model."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.engines.starter.embedding import Embedder
from models.engines.starter.few_shot import Learnt, learn_features, learn_texts, words_of

EXAMPLES = {
    "late_delivery": ["my parcel has not arrived", "where is the package I ordered", "the delivery is late again",
                      "the courier never came", "still waiting for my order"],
    "refund": ["I want my money back", "please return the payment", "how do I get a refund", "refund me for the lamp",
               "I was charged twice, pay it back"],
    "password": ["I forgot my password", "cannot log in", "reset my login", "the account is locked",
                 "the code for signing in never came"],
}  # fmt: skip


@pytest.fixture(scope="module")
def embedder() -> Iterator[Embedder]:
    model = Embedder(Path("resources/onnx"))
    yield model
    model.close()


@pytest.fixture(scope="module")
def learnt(embedder: Embedder) -> Learnt:
    pairs = [(text, (label,)) for label, texts in EXAMPLES.items() for text in texts]
    return learn_texts(embedder, [text for text, _ in pairs], [labels for _, labels in pairs])


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("my order should have been here on Monday", "late_delivery"),
        ("give me back what I paid", "refund"),
        ("I do not remember the password of my account", "password"),
    ],
)
def test_a_new_text_gets_the_label_of_those_like_it(embedder: Embedder, learnt: Learnt, text: str, label: str) -> None:
    judged = learnt.judge(embedder.features([text]))[0]
    assert learnt.labels[judged.order[0]] == label
    assert judged.sureness >= learnt.threshold
    assert sum(judged.shares) == pytest.approx(1.0)
    assert list(EXAMPLES)[judged.nearest // 5] == label


@pytest.mark.parametrize(
    "text", ["Peel the onions and fry them in butter.", "qwpo zmxn alsk djfh", "Der Hund bellt die Kühe an."]
)
def test_a_text_about_something_else_is_less_sure_than_the_threshold(
    embedder: Embedder, learnt: Learnt, text: str
) -> None:
    assert learnt.judge(embedder.features([text]))[0].sureness < learnt.threshold


def test_a_label_with_one_text_is_learnt_too(embedder: Embedder) -> None:
    learnt = learn_texts(embedder, ["I want my money back", "I cannot log in"], [("refund",), ("password",)])
    judged = learnt.judge(embedder.features(["please pay it back"]))[0]
    assert learnt.labels[judged.order[0]] == "refund"


def test_one_label_is_refused(embedder: Embedder) -> None:
    with pytest.raises(ValueError, match="two labels"):
        learn_features(("only",), [("only",)], embedder.features(["a", "b", "c"]))


@pytest.mark.parametrize(
    ("name", "words"),
    [("card_arrival", "card arrival"), ("CardArrival?", "Card Arrival"), ("top-up: failed", "top up failed")],
)
def test_a_label_is_read_as_words(name: str, words: str) -> None:
    assert words_of(name) == words
