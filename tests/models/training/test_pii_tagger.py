"""The parts of the tagger's training that need no PyTorch: features, windows, tags, decoding, calibration, scoring."""

import random
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.pii.tagger import features
from models.pii.tagger.decoding import Prediction, best_tags, decode, log_softmax
from models.pii.tagger.features import PLACES, SHAPES, rewrite_case, shape_of, tokenize
from models.pii.tagger.labels import ENTITIES, OUTSIDE, TAGS, begin, inside
from models.pii.tagger.windows import WINDOW, cut, join, model_inputs
from models.training.pii_corpus.splits import is_kept_back
from models.training.pii_tagger import augmenting, data, labels
from models.training.pii_tagger.calibration import calibration_error, fit_temperature, negative_log_likelihood
from models.training.pii_tagger.evaluation import LOWEST, choose_thresholds
from models.training.pii_tagger.labels import IGNORED, tag_tokens
from models.training.pii_tagger.scoring import score, table, uniform


@dataclass(frozen=True)
class Text:
    """A sample as the corpus makes them."""

    text: str
    spans: tuple[labels.Span, ...] = ()
    shape_id: str = "letters/1"


@pytest.fixture(scope="module")
def tokenizer():
    return features.load_tokenizer()


def described(text, tokenizer):
    """(words of the text, shape, place) of every piece."""
    tokens = tokenize(text, tokenizer)
    return [
        (text[start:end], SHAPES[(case - 1) // len(PLACES)], PLACES[(case - 1) % len(PLACES)])
        for start, end, case in zip(tokens.starts, tokens.ends, tokens.cases, strict=True)
    ]


def certain(tags):
    """Logits that leave no doubt about the tags."""
    logits = np.full((len(tags), len(TAGS)), -10.0, np.float32)
    logits[np.arange(len(tags)), tags] = 10.0
    return logits


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("anna", "lower"),
        ("Anna", "title"),
        ("ANNA", "upper"),
        ("J", "initial"),
        ("McKay", "mixed"),
        ("iPhone", "mixed"),
        ("2024", "digits"),
        ("B12", "alphanumeric"),
        ("—", "punctuation"),
        ("€", "caseless"),
        ("山", "caseless"),
        ("Ægir", "title"),
        ("ñandú", "lower"),
    ],
)
def test_a_word_is_described_by_how_it_is_written(word, shape):
    assert SHAPES[shape_of(word)] == shape


def test_a_piece_is_described_by_where_it_stands(tokenizer):
    assert described("Name:\tAnna Bo\n\nbye, J", tokenizer) == [
        ("Name", "title", "line_start"),
        (":", "punctuation", "glued"),
        ("Anna", "title", "after_gap"),
        ("Bo", "title", "word_start"),
        ("bye", "lower", "line_start"),
        (",", "punctuation", "glued"),
        ("J", "initial", "word_start"),
    ]


def test_every_piece_of_a_word_has_the_shape_of_the_whole_word(tokenizer):
    pieces = described("McGillicuddy", tokenizer)
    assert len(pieces) > 1
    assert {shape for _, shape, _ in pieces} == {"mixed"}
    assert [place for *_, place in pieces] == ["line_start", *["continuation"] * (len(pieces) - 1)]


def test_offsets_count_code_points_of_the_text_as_given(tokenizer):
    text = "😀 Zoë\u00ad Müller\u200b 李雷"
    assert [words for words, *_ in described(text, tokenizer)][1:] == ["Zoë", "Müller", "李", "雷"]


@given(st.text(max_size=80))
@settings(max_examples=60, deadline=None)
def test_pieces_stand_in_order_within_any_text(text):
    tokens = tokenize(text, features.load_tokenizer())
    assert (tokens.starts < tokens.ends).all()
    assert (tokens.starts[1:] >= tokens.starts[:-1]).all()
    assert not len(tokens) or (tokens.starts[0] >= 0 and tokens.ends[-1] <= len(text))
    assert not tokens.continues[:1].any()


def test_lower_casing_the_features_is_lower_casing_the_text(tokenizer):
    text = "Dr J. McKay, 5 High St\nANNA b12"
    rewritten = rewrite_case(tokenize(text, tokenizer).cases, "lower")
    assert rewritten.tolist() == tokenize(text.lower(), tokenizer).cases.tolist()


def test_a_span_is_tagged_from_its_first_word_to_its_last(tokenizer):
    text = "Call Anna Bo now"
    tags = tag_tokens(tokenize(text, tokenizer), [(5, 12, "PERSON")])
    assert tags.tolist() == [OUTSIDE, begin("PERSON"), inside("PERSON"), OUTSIDE]


def test_a_span_in_part_of_a_word_takes_the_whole_word(tokenizer):
    tokens = tokenize("McGillicuddy x", tokenizer)
    tags = tag_tokens(tokens, [(2, 4, "PERSON")])
    assert tags.tolist() == [begin("PERSON"), *[inside("PERSON")] * (len(tokens) - 2), OUTSIDE]


def test_structured_identifiers_are_left_to_patterns(tokenizer):
    tags = tag_tokens(tokenize("ann@example.org Ann", tokenizer), [(0, 15, "EMAIL"), (16, 19, "PERSON")])
    assert tags.tolist() == [OUTSIDE] * 5 + [begin("PERSON")]


def test_neighbouring_spans_of_one_entity_stay_apart(tokenizer):
    tags = tag_tokens(tokenize("asthma\ngout", tokenizer), [(0, 6, "HEALTH"), (7, 11, "HEALTH")])
    assert (tags == begin("HEALTH")).sum() == 2


def test_tags_decode_to_the_spans_that_they_came_from(tokenizer):
    text = "Dear Anna-Lena McGillicuddy,\nyour asthma and gout, 5 High Street, Leeds"
    spans = [(5, 27, "PERSON"), (34, 40, "HEALTH"), (45, 49, "HEALTH"), (51, 71, "ADDRESS")]
    tokens = tokenize(text, tokenizer)
    found = decode(certain(tag_tokens(tokens, spans)), tokens)
    assert [(p.start, p.end, p.entity) for p in found] == spans
    assert all(p.score > 0.99 for p in found)


def test_an_entity_does_not_continue_another(tokenizer):
    logits = np.zeros((2, len(TAGS)))
    logits[0, begin("PERSON")] = 3.0
    logits[1, inside("ADDRESS")] = 2.0
    logits[1, inside("PERSON")] = 1.0
    tags = best_tags(log_softmax(logits), np.zeros(2, bool))
    assert tags.tolist() == [begin("PERSON"), inside("PERSON")]


def test_a_continued_word_belongs_to_its_beginning():
    logits = np.zeros((3, len(TAGS)))
    logits[0, begin("PERSON")] = 4.0
    logits[1, OUTSIDE] = 1.0
    logits[2, OUTSIDE] = 4.0
    tags = best_tags(log_softmax(logits), np.array([False, True, False]))
    assert tags.tolist() == [begin("PERSON"), inside("PERSON"), OUTSIDE]


def legal(tags, continues):
    for index, tag in enumerate(tags):
        before = tags[index - 1] if index else OUTSIDE
        continued = tag > len(ENTITIES) and before in (tag, tag - len(ENTITIES))
        if tag > len(ENTITIES) and not continued:
            return False
        if continues[index] and not (continued or (tag == OUTSIDE and before == OUTSIDE)):
            return False
    return True


@given(st.integers(0, 2**32 - 1), st.integers(1, 4))
@settings(max_examples=25, deadline=None)
def test_the_search_finds_the_best_of_all_legal_sequences(seed, count):
    rng = np.random.default_rng(seed)
    some = [OUTSIDE, *(f(entity) for entity in ("PERSON", "AGE") for f in (begin, inside))]
    log_probs = np.full((count, len(TAGS)), -1e9)
    log_probs[:, some] = rng.normal(0, 3, (count, len(some)))
    continues = rng.random(count) < 0.4
    continues[0] = False
    sequences = [s for s in np.stack(np.meshgrid(*[some] * count), -1).reshape(-1, count) if legal(s, continues)]
    best = max(float(log_probs[np.arange(count), s].sum()) for s in sequences)
    tags = best_tags(log_probs, continues)
    assert legal(tags, continues)
    assert float(log_probs[np.arange(count), tags].sum()) == pytest.approx(best)


def test_less_trust_in_outside_finds_more(tokenizer):
    tokens = tokenize("Anna came", tokenizer)
    logits = certain([OUTSIDE, OUTSIDE])
    logits[0] = -10.0
    logits[0, OUTSIDE], logits[0, begin("PERSON")] = 1.0, 0.0
    assert decode(logits, tokens) == []
    (found,) = decode(logits, tokens, outside_bias=2.0)
    assert (found.start, found.end, found.entity) == (0, 4, "PERSON")
    assert found.score == pytest.approx(1 / (1 + np.e), abs=1e-3)


def test_doubt_between_two_personal_entities_does_not_lower_the_score(tokenizer):
    logits = certain([OUTSIDE])
    logits[0, [OUTSIDE, begin("AGE"), begin("DATE_OF_BIRTH")]] = -10.0, 10.0, 9.9
    (found,) = decode(logits, tokenize("1984", tokenizer))
    assert found.entity == "AGE"
    assert found.score == pytest.approx(1.0, abs=1e-6)


def test_an_organisation_is_scored_by_itself(tokenizer):
    logits = certain([OUTSIDE])
    logits[0, [OUTSIDE, begin("ORGANISATION"), begin("PERSON")]] = -10.0, 10.0, 10.0 - np.log(3)
    (found,) = decode(logits, tokenize("Mercedes", tokenizer))
    assert (found.entity, found.score) == ("ORGANISATION", pytest.approx(0.75, abs=1e-4))


def test_a_text_without_pieces_has_no_spans(tokenizer):
    assert decode(np.zeros((0, len(TAGS))), tokenize(" \n", tokenizer)) == []


@given(st.lists(st.sampled_from([0, 0, 0, 0, 1, 2]), min_size=1, max_size=400), st.integers(6, 40))
def test_windows_cover_everything_and_overlap(breaks, size):
    windows = cut(np.array(breaks), size, size // 3)
    assert windows[0][0] == 0
    assert windows[-1][1] == len(breaks)
    for (start, end), (next_start, next_end) in pairwise(windows):
        assert end - start <= size
        assert start < next_start
        assert next_start <= end - size // 3 or next_start == start + 1
        assert next_end > end


def test_a_window_ends_where_a_line_ends():
    breaks = np.zeros(300, np.int64)
    breaks[[120, 160, 170]] = 1, 2, 1
    assert cut(breaks)[0] == (0, 160)


def test_a_window_with_its_marks_fits_the_model(tokenizer):
    tokens = tokenize("word " * 500, tokenizer)
    sizes = {len(model_inputs(tokens, window)[0]) for window in cut(tokens.breaks)}
    assert max(sizes) <= WINDOW


def test_a_piece_is_judged_where_it_has_most_context():
    first, second = np.zeros((6, 1), np.float32), np.ones((6, 1), np.float32)
    joined = join(8, [(0, 6), (2, 8)], [first, second])
    assert joined[:, 0].tolist() == [0, 0, 0, 0, 1, 1, 1, 1]


def test_a_long_text_becomes_windows_with_all_of_its_spans(tokenizer):
    text = "\n".join(f"Line {index} is about Anna and nothing else." for index in range(60))
    spans = tuple((at, at + 4, "PERSON") for at in range(len(text)) if text.startswith("Anna", at))
    examples = data.examples_of(Text(text, spans), tokenizer)
    assert len(examples) > 1
    assert sum((example.tags == begin("PERSON")).sum() for example in examples) >= len(spans)
    assert all(example.tags[0] == example.tags[-1] == IGNORED for example in examples)


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
