"""What is none of a task's business gets no label; what is, keeps it among fillers."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from models.engines.base import Chunk, Request
from models.engines.starter.background import BACKGROUND
from models.engines.starter.classifier import learn, texts_to_learn
from models.engines.starter.domain import relevance
from models.engines.starter.embedding import Embedder
from models.engines.starter.engine import StarterEngine
from models.engines.starter.passages import reading
from models.pii.analyzer import Analyzer
from models.skills.answer import LabelAnswer
from models.skills.loader import load_packs
from models.skills.parsing import parse_answer
from models.skills.skill import Example, Label

RESOURCES = Path(__file__).resolve().parents[4] / "resources"
PACKS = load_packs(RESOURCES / "skills")
JUNK = {
    "keys": "asdf qwer zxcv",
    "random letters": "wpq zkjx vbnq lrt ghxz pqow",
    "lorem ipsum": "Duis aute irure dolor in reprehenderit in voluptate velit esse cillum dolore eu fugiat.",
    "rust": "fn add(a: i32, b: i32) -> i32 { a + b }",
    "python": "class Node:\n    def __init__(self, value):\n        self.value = value\n        self.next = None",
    "style sheet": "body { margin: 0; padding: 4px; color: #333; }",
    "Dutch": "De kat zit op de vensterbank en kijkt naar de regen.",
    "Finnish": "Kissa istuu ikkunalla ja katselee sadetta.",
    "Chinese": "我的猫坐在窗户上看雨。",
}
RECIPE = (
    "Melt the chocolate in a bowl over hot water. Stir in the cream and let it cool. "
    "Meanwhile beat the egg yolks with the sugar. Fold everything together and chill it for three hours."
)


@pytest.fixture(scope="module")
def engine() -> Iterator[StarterEngine]:
    engine = StarterEngine(Analyzer(()), RESOURCES)
    yield engine
    engine.close()


def labels(engine: StarterEngine, task_id: str, text: str) -> tuple[str, ...]:
    task = PACKS.get(task_id)
    events = list(engine.run(Request(task, text), threading.Event()))
    answer = parse_answer(task, "".join(event.text for event in events if isinstance(event, Chunk)), text)
    assert isinstance(answer, LabelAnswer)
    return answer.labels


@pytest.mark.parametrize("task_id", ["T01", "T02", "T13", "T15", "queue"])
@pytest.mark.parametrize("text", JUNK.values(), ids=JUNK.keys())
def test_junk_gets_no_label(engine: StarterEngine, task_id: str, text: str) -> None:
    assert labels(engine, task_id, text) == ()


@pytest.mark.parametrize("task_id", ["T02", "T13", "T15", "queue"])
def test_a_recipe_is_not_routed(engine: StarterEngine, task_id: str) -> None:
    assert labels(engine, task_id, RECIPE) == ()


def test_a_matter_among_pleasantries_keeps_its_label(engine: StarterEngine) -> None:
    text = (
        "Good afternoon. My name is Jo and I have lived in this town for twenty years. I hope you had a pleasant "
        "summer, ours was rather wet. Let me tell you why I write. On my last invoice the same amount was charged "
        "twice. You can reach me by phone in the mornings. Many thanks for your time. All the best, Jo"
    )
    assert labels(engine, "T13", text) == ("Billing",)


def test_hardly_any_held_out_example_is_refused() -> None:
    task = PACKS.get("T13")
    examples = [example for example in task.examples if example.labels]
    features = Embedder(RESOURCES / "onnx").features(texts_to_learn(task))
    held_out = np.arange(len(examples)) % 4 == 0
    taught = replace(task, examples=tuple(np.array(examples, dtype=object)[~held_out]))
    classifier = learn(taught, features[~np.append(held_out, np.zeros(len(features) - len(held_out), bool))])
    verdicts = [
        classifier.judge(reading(examples[row].text), features[[row] * len(reading(examples[row].text).texts)])
        for row in np.flatnonzero(held_out)
    ]
    refused = sum(verdict.reason.startswith("The text is unlike") for verdict in verdicts)
    assert len(verdicts) > 40
    assert refused <= 0.05 * len(verdicts)


def test_most_texts_of_a_label_that_a_task_does_not_have_get_no_label() -> None:
    task = PACKS.get("queue")
    examples = [example for example in task.examples if example.labels]
    features = Embedder(RESOURCES / "onnx").features(texts_to_learn(task))
    gone = "Referrals & results"
    stays = [row for row, example in enumerate(examples) if gone not in example.labels]
    kept = [*stays, *range(len(examples), len(features))]
    kept.remove(len(examples) + task.label_names.index(gone))
    labels = tuple(label for label in task.labels if label.name != gone)
    fewer = replace(task, labels=labels, examples=tuple(examples[row] for row in stays))
    classifier = learn(fewer, features[kept])
    others = [row for row in range(len(examples)) if row not in stays]
    said = [
        classifier.judge(reading(examples[row].text), features[[row] * len(reading(examples[row].text).texts)]).labels
        for row in others
    ]
    assert len(said) > 20
    assert sum(not labels for labels in said) >= 0.6 * len(said)


def test_a_pack_about_what_is_background_elsewhere_still_works(engine: StarterEngine) -> None:
    recipes = (
        Example("Fry the onions in butter and add a glass of wine.", ("dinner",)),
        Example("Roast the chicken with lemon and thyme for an hour.", ("dinner",)),
        Example("Boil the pasta and toss it with oil and garlic.", ("dinner",)),
        Example("Beat the eggs with the sugar and bake the cake for forty minutes.", ("dessert",)),
        Example("Melt the chocolate, fold in the cream and chill it.", ("dessert",)),
        Example("Simmer the pears in syrup with a stick of cinnamon.", ("dessert",)),
    )
    own = (Label("dinner", "savoury dishes"), Label("dessert", "sweet dishes"))
    task = replace(PACKS.get("T13"), id="recipes", labels=own, examples=recipes, golden=())
    events = list(engine.run(Request(task, RECIPE), threading.Event()))
    answer = parse_answer(task, "".join(event.text for event in events if isinstance(event, Chunk)), RECIPE)
    assert isinstance(answer, LabelAnswer)
    assert answer.labels == ("dessert",)


def test_relevance_falls_with_the_odds() -> None:
    weights = relevance(np.array([-8.0, 0.0, 8.0]))
    assert weights == pytest.approx([0.0, 0.25, 1.0], abs=0.001)


def test_background_texts_are_distinct() -> None:
    assert len(set(BACKGROUND)) == len(BACKGROUND)
    assert all(text == text.strip() != "" for text in BACKGROUND)
