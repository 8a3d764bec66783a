"""The probability of each label, asked of a model that is a table."""

import math
from collections.abc import Sequence

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.engines.label_choice import MAX_FORKS, fork, score

VOCABULARY = 32


def letters(text: str) -> list[int]:
    """One token a character."""
    return [ord(character) for character in text]


class Table:
    """Gives logits behind each path; remembers what it was asked."""

    def __init__(self, likes: dict[tuple[int, ...], dict[int, float]]) -> None:
        self._likes = likes
        self.asked: list[tuple[int, ...]] = []

    def __call__(self, path: Sequence[int]) -> numpy.ndarray:
        self.asked.append(tuple(path))
        logits = numpy.zeros(VOCABULARY, dtype=numpy.float32)
        for token, value in self._likes.get(tuple(path), {}).items():
            logits[token] = value
        return logits


def test_labels_with_distinct_first_tokens_take_one_look_at_the_model() -> None:
    table = Table({(): {1: 4.0, 2: 3.0, 3: 0.0}})
    scores = score([(1, 9), (2, 9), (3, 9)], table)
    assert table.asked == [()]
    odds = [math.exp(4), math.exp(3), 1.0]
    assert [math.exp(log) for log in scores.logs] == pytest.approx([odd / sum(odds) for odd in odds])
    assert scores.mass == pytest.approx(sum(odds) / (sum(odds) + VOCABULARY - 3))


def test_labels_that_begin_alike_are_asked_behind_their_beginning() -> None:
    table = Table({(): {1: 2.0, 2: 2.0}, (1, 5): {7: 1.0, 8: 0.0}})
    scores = score([(1, 5, 7), (1, 5, 8), (2, 9)], table)
    assert table.asked == [(), (1, 5)]
    first = 1 / (1 + math.exp(-1.0))
    assert [math.exp(log) for log in scores.logs] == pytest.approx([first / 2, (1 - first) / 2, 0.5])


def test_an_unlikely_beginning_is_not_asked_and_its_labels_share_it() -> None:
    table = Table({(): {1: 0.0, 2: 20.0}})
    scores = score([(1, 5), (1, 6), (2, 9)], table)
    assert table.asked == [()]
    assert scores.logs[0] == pytest.approx(scores.logs[1])


@given(st.sets(st.lists(st.integers(0, 2), min_size=4, max_size=4).map(tuple), min_size=2, max_size=40))
def test_the_probabilities_are_one_together_and_the_looks_are_bounded(paths: set[tuple[int, ...]]) -> None:
    table = Table({})
    scores = score(sorted(paths), table)
    assert sum(math.exp(log) for log in scores.logs) == pytest.approx(1.0)
    assert 0 < scores.mass <= 1.0
    assert len(table.asked) <= MAX_FORKS
    assert table.asked[0] == () or len({path[0] for path in paths}) == 1


def test_the_answer_begins_alike_for_all_labels() -> None:
    found = fork(letters, ["good", "bad"], multiple=False)
    assert found is not None
    assert "".join(map(chr, found.head)) == '{"labels":["'
    assert ["".join(map(chr, path)) for path in found.paths] == ['good"],"reason":"', 'bad"],"reason":"']


def test_a_label_that_begins_another_is_told_apart_by_its_closing_mark() -> None:
    found = fork(letters, ["refund", "refund request"], multiple=True)
    assert found is not None
    assert ["".join(map(chr, path)) for path in found.paths] == ['"', ' request"']
    assert "".join(map(chr, found.head)) == '{"labels":["refund'


def test_where_several_labels_may_follow_the_mark_is_left_to_the_model() -> None:
    found = fork(letters, ["good", "bad"], multiple=True)
    assert found is not None
    assert found.end == ""


def test_a_tokenizer_that_does_not_tell_labels_apart_gives_none() -> None:
    assert fork(lambda text: [1, 2], ["good", "bad"], multiple=False) is None
