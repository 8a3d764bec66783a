"""When the kept generator is built on, and when it is given up; on a generator that does nothing but count."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.engines.prefix_cache import MIN_REST, MIN_SHARED, STEP, WALL, CachedGenerator, PrefixCache

PROMPT = list(range(100, 200))
OTHER_END = [*PROMPT[:60], *range(500, 540)]


class CountingGenerator:
    """Holds tokens; ``broken`` names what it does wrong."""

    def __init__(self) -> None:
        self.sequence: list[int] = []
        self.rewinds: list[int] = []
        self.broken = ""

    def append_tokens(self, tokens: Sequence[int]) -> None:
        self.sequence += tokens

    def rewind_to(self, length: int) -> None:
        if self.broken == "rewind raises":
            raise RuntimeError("not supported")
        self.rewinds.append(length)
        if self.broken != "rewind does nothing":
            del self.sequence[length:]

    def token_count(self) -> int:
        return len(self.sequence) - (self.broken == "count is short") * 1000

    def get_sequence(self, index: int) -> list[int]:
        return [0, *self.sequence[1:]] if self.broken == "other tokens" else list(self.sequence)

    def get_logits(self) -> Any:
        raise AssertionError

    def generate_next_token(self) -> None:
        self.sequence.append(7)

    def get_next_tokens(self) -> list[int]:
        return self.sequence[-1:]

    def is_done(self) -> bool:
        return False


class Made:
    """A cache and the generators that it made."""

    def __init__(self, max_length: int = WALL, budget: int = 0) -> None:
        self.generators: list[CountingGenerator] = []
        self.capacities: list[int] = []
        self.cache = PrefixCache(self._make, max_length, budget)

    def _make(self, length: int, schema: str | None) -> tuple[CountingGenerator, bool]:
        self.generators.append(CountingGenerator())
        self.capacities.append(length)
        return self.generators[-1], True

    def answer(self, prompt: list[int], room: int = 20, schema: str | None = None, pinned: int = 0) -> CachedGenerator:
        kept = self.cache.take(prompt, len(prompt) + room, schema, pinned)
        assert kept.tokens == prompt[: kept.reused]
        kept.append(prompt[kept.reused :])
        kept.generator.generate_next_token()
        self.cache.keep(kept)
        return kept


def test_a_prompt_with_the_same_beginning_is_computed_from_where_it_differs() -> None:
    made = Made()
    assert made.answer(PROMPT).reused == 0
    assert made.answer(OTHER_END).reused == 60
    assert len(made.generators) == 1


def test_the_same_prompt_again_computes_its_last_two_tokens() -> None:
    made = Made()
    made.answer(PROMPT)
    assert made.answer(PROMPT).reused == len(PROMPT) - MIN_REST


def test_tokens_of_an_answer_are_never_built_on() -> None:
    made = Made()
    made.answer(PROMPT)
    assert made.answer([*PROMPT, 7, 8, 9]).reused == len(PROMPT)


def test_another_schema_gets_a_generator_of_its_own() -> None:
    made = Made()
    made.answer(PROMPT, schema="{}")
    assert made.answer(PROMPT, schema=None).reused == 0
    assert len(made.generators) == 2
    assert made.answer(PROMPT, schema="{}").reused == len(PROMPT) - MIN_REST


def test_a_prompt_with_almost_nothing_in_common_gets_a_generator_of_its_own_size() -> None:
    made = Made()
    made.answer(PROMPT * 20)
    assert made.answer([*PROMPT[: MIN_SHARED - 1], *range(900, 950)]).reused == 0
    assert made.capacities == [2048, 256]


def test_a_prompt_for_which_there_is_no_room_gets_a_larger_generator() -> None:
    made = Made()
    made.answer(PROMPT)
    assert made.answer(PROMPT, room=STEP).reused == 0
    assert made.capacities == [STEP, 2 * STEP]


def test_a_generator_is_never_larger_than_the_model_allows() -> None:
    made = Made(max_length=200)
    made.answer(PROMPT)
    assert made.capacities == [200]


@pytest.mark.parametrize("broken", ["rewind raises", "rewind does nothing", "count is short", "other tokens"])
def test_a_runtime_that_holds_something_else_is_given_up(broken: str) -> None:
    made = Made()
    made.answer(PROMPT)
    made.generators[0].broken = broken
    assert made.answer(OTHER_END).reused == 0
    assert len(made.generators) == 2


def test_nothing_is_rewound_from_above_the_wall() -> None:
    made = Made(max_length=2 * WALL)
    long = list(range(10_000, 10_000 + WALL))
    made.answer(long, room=500)
    assert made.answer(long[:2000]).reused == 0
    assert made.generators[0].rewinds == []


def test_nothing_is_built_on_that_would_grow_above_the_wall() -> None:
    made = Made(max_length=2 * WALL)
    made.answer(PROMPT, room=WALL + 10)
    assert made.answer(PROMPT, room=WALL).reused == 0


def test_a_generator_that_was_not_given_back_is_not_built_on() -> None:
    made = Made()
    made.answer(PROMPT)
    made.cache.take(PROMPT, 200, None)
    assert made.answer(PROMPT).reused == 0


def test_nothing_of_the_document_is_left_after_a_drop() -> None:
    made = Made()
    made.answer(PROMPT)
    made.cache.drop()
    assert not made.cache.kept
    assert made.answer(PROMPT).reused == 0


SKILLS = [[*range(10_000 * number, 10_000 * number + 300)] for number in range(1, 6)]
"""Instructions of tasks that share nothing."""


def test_the_instructions_of_several_tasks_stay_computed_side_by_side() -> None:
    made = Made()
    for skill in SKILLS[:3]:
        assert made.answer([*skill, *PROMPT], pinned=300).reused == 0
    for skill in SKILLS[:3]:
        assert made.answer([*skill, *OTHER_END], pinned=300).reused >= 300
    assert len(made.generators) == 3


def test_those_used_longest_ago_make_room_and_the_rooms_stay_in_their_budget() -> None:
    made = Made(max_length=1024, budget=2048)
    for skill in [*SKILLS, SKILLS[4]]:
        made.answer([*skill, *PROMPT], pinned=300)
        assert sum(kept.capacity for kept in made.cache.kept) <= 2048
    assert made.answer([*SKILLS[4], *OTHER_END], pinned=300).reused >= 300
    assert made.answer([*SKILLS[0], *OTHER_END], pinned=300).reused == 0


def test_a_beginning_in_common_does_not_cost_another_task_its_instructions() -> None:
    made = Made()
    beginning = [*range(40)]
    one, other = [*beginning, *SKILLS[0]], [*beginning, *SKILLS[1]]
    made.answer([*one, *PROMPT], pinned=340)
    assert made.answer([*other, *PROMPT], pinned=340).reused == 0
    assert made.answer([*one, *OTHER_END], pinned=340).reused >= 340


def test_where_there_is_no_room_for_both_the_beginning_in_common_is_used() -> None:
    made = Made(max_length=1024, budget=1024)
    beginning = [*range(40)]
    made.answer([*beginning, *SKILLS[0]], pinned=340)
    assert made.answer([*beginning, *SKILLS[1]], pinned=340).reused == 40


def test_a_somewhat_longer_document_still_fits_behind_its_instructions() -> None:
    made = Made()
    made.answer([*SKILLS[0], *PROMPT], pinned=300)
    assert made.answer([*SKILLS[0], *range(70_000, 70_000 + len(PROMPT) + STEP)], pinned=300).reused == 300


def test_a_much_longer_one_gets_a_larger_generator_in_place_of_the_old() -> None:
    made = Made()
    made.answer([*SKILLS[0], *PROMPT], pinned=300)
    assert made.answer([*SKILLS[0], *PROMPT, *range(70_000, 71_500)], pinned=300).reused == 0
    assert len(made.cache.kept) == 1


@given(st.lists(st.tuples(st.lists(st.integers(1, 2), min_size=2, max_size=40), st.integers(1, 600)), max_size=12))
def test_the_runtime_always_holds_exactly_the_prompt(requests: list[tuple[list[int], int]]) -> None:
    made = Made()
    beginning = PROMPT[:MIN_SHARED]
    for end, room in requests:
        kept = made.answer(beginning + end, room)
        held = made.generators[-1].sequence
        assert held[:-1] == beginning + end
        assert len(end) + MIN_SHARED - kept.reused >= MIN_REST
        assert made.capacities[-1] >= len(beginning + end) + room
