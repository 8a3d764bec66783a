"""Small parts of how an answer is written: stop strings, field confidences, and how long a silence is."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from phi_support import make_task

from models.engines.stop_strings import STOPS, StopStrings
from models.engines.structured_output import StructuredOutput
from models.engines.worker_client import Silence
from models.skills.answer import RecordsAnswer
from models.skills.parsing import parse_answer

EXTRACT = make_task("extract")
PIECES = [
    ('{"items":[{"', 1.0), ("text", 1.0), ('":"', 1.0), ("3 M", 0.9), ("ay", 0.6), ('","day":"', 0.8), ("2026", 0.5),
    ('-05-03"', 0.99), ("},", 0.7), ('{"text":"a, \\"b\\"","day":""}', 0.4), ("]}", 1.0),
]  # fmt: skip


def test_each_value_is_as_sure_as_the_least_sure_of_its_pieces() -> None:
    output = StructuredOutput(EXTRACT)
    text = "".join(output.feed(piece, probability) for piece, probability in PIECES)
    assert json.loads(text)["confidence"] == [[0.6, 0.5], [0.4, 0.4]]
    answer = parse_answer(EXTRACT, text, "on 3 May")
    assert isinstance(answer, RecordsAnswer)
    assert answer.records[0].confidence == {"text": 0.6, "day": 0.5}


@pytest.mark.parametrize("pieces", range(len(PIECES)))
def test_an_answer_that_breaks_off_keeps_the_confidences_of_its_whole_items(pieces: int) -> None:
    output = StructuredOutput(EXTRACT)
    text = "".join(output.feed(piece, probability) for piece, probability in PIECES[:pieces]) + output.finish()
    answer = json.loads(text)
    assert len(answer.get("confidence", [])) == len(answer["items"])


def test_an_engine_that_does_not_say_how_sure_it_is_says_nothing_of_it() -> None:
    output = StructuredOutput(EXTRACT)
    text = "".join(output.feed(piece) for piece, _ in PIECES)
    assert text == "".join(piece for piece, _ in PIECES)


@given(st.text(alphabet="<>/documentExaple :\n", max_size=60), st.integers(1, 7), st.sampled_from(STOPS))
def test_text_is_passed_on_up_to_a_stop_string_however_it_is_cut(text: str, size: int, stop: str) -> None:
    stops = StopStrings()
    whole = text + stop + "rest"
    shown = "".join(stops.feed(whole[start : start + size]) for start in range(0, len(whole), size) if not stops.hit)
    assert stops.hit
    assert whole.startswith(shown)
    assert not any(other in shown for other in STOPS)


def test_what_only_looked_like_a_stop_string_is_passed_on_at_the_end() -> None:
    stops = StopStrings()
    assert stops.feed("a <docu") == "a "
    assert stops.rest() == "<docu"
    assert stops.feed("<document") == ""
    assert stops.feed("ary>") == "<documentary>"


class World:
    """A clock, and a worker that computes or does not."""

    def __init__(self) -> None:
        self.now = 0.0
        self.computing = True

    def silence(self) -> Silence:
        return Silence(100.0, 10.0, lambda: self.now if self.computing else 5.0, lambda: self.now)

    def pass_by(self, silence: Silence, seconds: float, step: float = 0.5) -> bool:
        for _ in range(int(seconds / step)):
            self.now += step
            if silence.too_long():
                return True
        return False


def test_a_worker_that_computes_has_long_patience() -> None:
    world = World()
    silence = world.silence()
    assert not world.pass_by(silence, 99)
    assert world.pass_by(silence, 3)


def test_a_worker_that_does_not_compute_has_hung_much_sooner() -> None:
    world = World()
    world.computing = False
    silence = world.silence()
    assert not world.pass_by(silence, 9)
    assert world.pass_by(silence, 4)


def test_a_sign_of_life_starts_the_wait_anew() -> None:
    world = World()
    world.computing = False
    silence = world.silence()
    assert not world.pass_by(silence, 9)
    silence.broken()
    assert not world.pass_by(silence, 9)


def test_the_time_that_the_computer_slept_does_not_count() -> None:
    world = World()
    world.computing = False
    silence = world.silence()
    world.now += 8 * 3600
    assert not silence.too_long()
    assert not world.pass_by(silence, 6)
