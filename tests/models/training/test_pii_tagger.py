"""What the tagger reads and what its answer becomes, without PyTorch: features, tags, decoding, windows."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tagger_support import Text

from models.pii.tagger import features
from models.pii.tagger.decoding import best_tags, decode, log_softmax
from models.pii.tagger.features import PLACES, SHAPES, rewrite_case, shape_of, tokenize
from models.pii.tagger.labels import ENTITIES, OUTSIDE, TAGS, begin, inside
from models.pii.tagger.windows import WINDOW, cut, join, model_inputs
from models.training.pii_tagger import data
from models.training.pii_tagger.labels import IGNORED, tag_tokens


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
