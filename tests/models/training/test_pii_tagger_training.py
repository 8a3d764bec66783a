"""The parts of the tagger's training that need no PyTorch: batches, augmenting, calibration, scoring."""

import random

import numpy as np
import pytest
from tagger_support import Text

from models.pii.tagger.decoding import Prediction, log_softmax
from models.pii.tagger.features import tokenize
from models.pii.tagger.labels import OUTSIDE, begin, inside
from models.training.pii_corpus.splits import is_kept_back
from models.training.pii_tagger import augmenting, data
from models.training.pii_tagger.calibration import calibration_error, fit_temperature, negative_log_likelihood
from models.training.pii_tagger.evaluation import LOWEST, choose_thresholds
from models.training.pii_tagger.labels import IGNORED, tag_tokens
from models.training.pii_tagger.scoring import score, table, uniform


def test_batches_hold_every_window_once_and_keep_to_their_size(tokenizer):
    examples = [data.examples_of(Text("word " * count), tokenizer)[0] for count in range(1, 120, 3)]
    groups = data.batches(examples, 512, random.Random(1))
    assert sorted(len(example.ids) for group in groups for example in group) == [len(e.ids) for e in examples]
    assert all(max(len(e.ids) for e in group) * len(group) <= 512 for group in groups)


def test_padding_is_masked_and_ignored(tokenizer):
    examples = [data.examples_of(Text(text), tokenizer)[0] for text in ("one", "one two three four five")]
    batch = data.collate(examples)
    assert batch.ids.shape == (2, 8)
    assert batch.mask.sum(1).tolist() == [3, 7]
    assert (batch.tags[batch.mask == 0] == IGNORED).all()


def test_only_pieces_of_the_text_are_hidden(tokenizer):
    examples = [data.examples_of(Text("Anna " * count), tokenizer)[0] for count in (150, 20)]
    batch = data.collate(examples)
    real = (batch.mask > 0) & (batch.tags != IGNORED)
    ids = augmenting.hidden(batch.ids, real, 0.5, np.random.default_rng(1))
    assert 0.3 < (ids[real] == augmenting.MASK).mean() < 0.7
    assert (ids[~real] == batch.ids[~real]).all()


def test_a_whole_word_is_exchanged_for_a_neighbour_and_parts_of_words_stay(tokenizer):
    vocabulary = tokenizer.get_vocab()
    table = np.repeat(np.arange(len(vocabulary))[:, None], augmenting.NEIGHBOURS, axis=1)
    table[vocabulary["doctor"]] = vocabulary["nurse"]
    (example,) = data.examples_of(Text("doctor McGillicuddy"), tokenizer)
    batch = data.collate([example])
    table[batch.ids[0, 2]] = vocabulary["van"]
    ids = augmenting.exchanged(batch, 1.0, table, np.random.default_rng(1))
    assert ids[0, 1] == vocabulary["nurse"]
    assert ids[0, 2:].tolist() == batch.ids[0, 2:].tolist()


def test_neighbours_are_the_words_nearest_in_meaning():
    words = ["[PAD]"] * augmenting.FIRST_WORD + ["doctor", "nurse", "seven", "##ing", "ox"]
    embeddings = np.zeros((len(words), 4), np.float32)
    embeddings[-5:] = [[1, 0.1, 0, 0], [1, 0.2, 0, 0], [-1, 0, 1, 0], [1, 0.1, 0, 0], [1, 0.1, 0, 0]]
    table = augmenting.neighbour_table(embeddings, words)
    doctor, nurse, seven, ending, ox = range(augmenting.FIRST_WORD, len(words))
    assert set(table[doctor]) == {nurse}
    assert set(table[nurse]) == {doctor}
    assert [set(table[piece]) for piece in (seven, ending, ox)] == [{seven}, {ending}, {ox}]


def test_a_part_of_a_window_keeps_its_spans_whole(tokenizer):
    words = "one two Anna Lena Bo three four five six seven eight nine ten eleven twelve"
    (example,) = data.examples_of(Text(words, ((8, 20, "PERSON"),)), tokenizer)
    parts = [data.part_of(example, random.Random(seed), share=1.0) for seed in range(40)]
    assert any(len(part.ids) < len(example.ids) for part in parts)
    for part in parts:
        assert part.ids[[0, -1]].tolist() == example.ids[[0, -1]].tolist()
        assert (part.tags == begin("PERSON")).sum() * 2 == (part.tags == inside("PERSON")).sum()


def test_made_rounds_are_read_as_they_were_written(tokenizer, tmp_path):
    text = Text("Ann, 34", ((0, 3, "PERSON"), (5, 7, "AGE")))
    examples = [*data.examples_of(text, tokenizer), *data.examples_of(Text("Bus"), tokenizer)]
    data.save_round(examples, tmp_path / "round.npz")
    for read, written in zip(data.load_round(tmp_path / "round.npz"), examples, strict=True):
        assert [a.tolist() for a in (read.ids, read.cases, read.tags)] == [
            a.tolist() for a in (written.ids, written.cases, written.tags)
        ]


def test_a_number_of_a_person_is_one_to_the_model_whoever_gave_it(tokenizer):
    tags = tag_tokens(tokenize("x 7 y", tokenizer), [(2, 3, "PASSPORT")])
    assert tags.tolist() == [OUTSIDE, begin("ID_NUMBER"), OUTSIDE]


def test_training_never_sees_a_shape_that_is_kept_for_calibration():
    samples = [Text("x", (), f"letters/{index}+notes/{index % 7}") for index in range(400)]
    trained = {part for sample in data.training_only(samples) for part in sample.shape_id.split("+")}
    kept = {part for sample in samples for part in sample.shape_id.split("+") if is_kept_back(part)}
    assert kept
    assert trained
    assert not kept & trained
    assert all(is_kept_back(s.shape_id) for s in data.calibration_only([Text("x", (), p) for p in kept]))


@pytest.mark.parametrize("true", [0.5, 1.0, 3.0])
def test_the_temperature_undoes_too_much_or_too_little_confidence(true):
    rng = np.random.default_rng(1)
    logits = rng.normal(0, 2, (20_000, 4))
    drawn = np.exp(log_softmax(logits)).cumsum(1)
    tags = (rng.random((len(logits), 1)) > drawn).sum(1).clip(0, 3)
    assert fit_temperature(logits * true, tags) == pytest.approx(true, rel=0.05)


def test_the_fitted_temperature_is_better_than_its_neighbours():
    rng = np.random.default_rng(2)
    logits = rng.normal(0, 3, (500, 5))
    tags = np.where(rng.random(500) < 0.7, logits.argmax(1), rng.integers(0, 5, 500))
    best = fit_temperature(logits, tags)
    losses = [negative_log_likelihood(logits, tags, best * factor) for factor in (0.9, 1.0, 1.1)]
    assert min(losses) == losses[1]


def test_a_temperature_needs_something_to_fit_on():
    with pytest.raises(ValueError, match="no pieces"):
        fit_temperature(np.zeros((0, 3)), np.zeros(0, int))


def test_calibration_error_is_the_distance_of_scores_and_hits():
    assert calibration_error([0.8] * 10, [True] * 8 + [False] * 2) == pytest.approx(0.0)
    assert calibration_error([0.9] * 4, [False] * 4) == pytest.approx(0.9)
    assert calibration_error([], []) == 0.0


def test_scores_count_spans_characters_and_false_alarms():
    texts = [
        ("Anna Bo came.", [(0, 7, "PERSON")], [Prediction(0, 4, "PERSON", 0.9)]),
        ("In Leeds.", [(3, 8, "PLACE")], [Prediction(3, 8, "PERSON", 0.8), Prediction(0, 2, "AGE", 0.2)]),
    ]
    report = score(texts, uniform(0.5), [False, True])
    person = report.by_entity["PERSON"]
    assert (person.true, person.found, person.exact, person.touched) == (1, 2, 0, 1)
    assert (person.characters, person.covered) == (7, 4)
    assert (report.plain_texts, report.plain_blocked, report.plain_alarms) == (1, 1, {"PERSON": 1})
    assert (report.personal_texts, report.personal_blocked) == (1, 1)
    assert "100.0% of 1 plain texts" in table(report)


def test_places_and_organisations_alone_are_no_alarm():
    report = score([("In Leeds.", [(3, 8, "PLACE")], [Prediction(3, 8, "PLACE", 0.9)])], uniform(0.5), [True])
    assert report.plain_blocked == 0
    assert report.by_entity["PLACE"].f1 == 1.0


def test_the_threshold_is_raised_where_it_loses_least():
    personal = Text("Ann, 34", ((0, 3, "PERSON"), (5, 7, "AGE")))
    found = [Prediction(0, 3, "PERSON", 0.5), Prediction(5, 7, "AGE", 0.9)]
    alarms = [Prediction(0, 3, "PERSON", 0.6), Prediction(5, 7, "AGE", 0.6)]
    samples, results = [personal, Text("Bus 34"), Text("Bus 35")], [found, alarms[:1], alarms[1:]]
    half = choose_thresholds(samples, results, blocked=0.5)
    assert half["PERSON"] == LOWEST
    assert 0.6 < half["AGE"] <= 0.602
    none = choose_thresholds(samples, results, blocked=0.0)
    assert 0.6 < none["PERSON"] <= 0.602


def test_an_alarm_as_sure_as_any_does_not_switch_its_entity_off():
    thresholds = choose_thresholds([Text("Bus")], [[Prediction(0, 3, "PERSON", 0.999)]], blocked=0.0)
    assert thresholds["PERSON"] == LOWEST
