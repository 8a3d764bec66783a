"""No text with a planted valid identifier becomes ClearedText, however the identifier is written.

Out of scope, because a reader does not read them either: encodings that need a tool (base64, hexadecimal, compression,
encryption), values in another order, and digits swapped for letters that resemble them ("4lll").
"""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pii_plants import OBFUSCATIONS, PLANTS, Plant, carriers, pairs

from models.messages import Message
from models.pii.analyzer import Analyzer
from models.pii.gate import Blocked, PrivacyGate
from models.pii.registry import default_recognizers
from models.pii.search import CORE_CHARS

GATE = PrivacyGate(Analyzer(default_recognizers(), timeout_s=120))
BY_NAME = {plant.name: plant for plant in PLANTS}
PROSE = "The quarterly report shows that revenue grew, and the meeting on Tuesday will go through the plan. "
WINDOW = CORE_CHARS


def assert_blocked(text: str) -> None:
    with pytest.raises(Blocked) as blocked:
        GATE.clear([Message("user", text)])
    assert blocked.value.scan.complete
    assert blocked.value.scan.findings


def test_there_are_at_least_twenty_obfuscations() -> None:
    assert len(OBFUSCATIONS) >= 20


@pytest.mark.parametrize(("obfuscation", "name"), pairs())
def test_an_obfuscated_identifier_is_kept(obfuscation: str, name: str) -> None:
    plant = BY_NAME[name]
    value = OBFUSCATIONS[obfuscation][1](plant.make(random.Random(f"{obfuscation} {name}")))
    assert_blocked(f"Please note the {plant.label} {value} for later.")


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(pairs()), st.integers(0, 2**32))
def test_any_identifier_in_any_obfuscation_is_kept(pair: tuple[str, str], seed: int) -> None:
    plant = BY_NAME[pair[1]]
    value = OBFUSCATIONS[pair[0]][1](plant.make(random.Random(seed)))
    assert_blocked(f"Please note the {plant.label} {value} for later.")


@pytest.mark.parametrize("carrier", carriers(PLANTS[0], ""))
@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.name)
def test_an_identifier_is_kept_in_every_kind_of_text(plant: Plant, carrier: str) -> None:
    assert_blocked(carriers(plant, plant.make(random.Random(carrier)))[carrier])


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.name)
def test_an_identifier_is_kept_in_the_middle_of_long_prose(plant: Plant) -> None:
    half = PROSE * (45_000 // len(PROSE))
    assert_blocked(f"{half}Please note the {plant.label} {plant.make(random.Random(1))} for later. {half}")


@pytest.mark.parametrize("shift", [-60, -25, -12, -5, -1, 0, 1, 6])
@pytest.mark.parametrize("plant", PLANTS[:5], ids=lambda plant: plant.name)
def test_an_identifier_is_kept_at_the_border_of_two_windows(plant: Plant, shift: int) -> None:
    sentence = f"Please note the {plant.label} {plant.make(random.Random(2))} for later. "
    before = (PROSE * (WINDOW // len(PROSE) + 1))[: WINDOW + shift - len(sentence) // 2]
    assert_blocked(before + " " + sentence + PROSE * (WINDOW // 2 // len(PROSE)))


@pytest.mark.parametrize(
    "text",
    [
        "jane at example dot com", "jane [at] example [dot] com", "jane(at)example(dot)com", "jane AT example DOT com",
        "j a n e @ e x a m p l e . c o m", "write to jane@example,com please", "hans ät beispiel punkt de",
        "jean arobase exemple point fr", "juan arroba ejemplo punto es", "janeATexampleDOTcom",
        "jane.doe at gmail.com",
        "jane -at- example -dot- com", "jane{at}example{dot}com", "jane@example[.]com",
        "e-mail me: jane at example.org",
        "oh seven seven double-oh nine, zero zero four six one",
        "plus four four twenty seven nine four six oh nine five",
        "zéro six douze trente-quatre cinquante-six soixante-dix-huit", "null eins sieben sechs zwölf vierunddreißig",
        "4111 / 1111 / 1111 / 1111", "4111.1111.1111.1111", "4111_1111_1111_1111", "4111\t1111\t1111\t1111",
        "four one one one, one one one one, one one one one, one one one one",
    ],
)  # fmt: skip
def test_it_is_read_like_a_person_reads_it(text: str) -> None:
    assert_blocked(text)


@pytest.mark.parametrize(
    "text",
    [
        "We meet at noon dot. Be there.", "Meet us at example.com today and look at the dot in the middle.",
        "Look at the polka dot in this picture.", "It arrives at amazon.com in a week; sign up at gmail.com.",
        "One, two, three, four, five, six, seven, eight, nine, ten.", "ten twenty thirty forty fifty sixty seventy",
        "She bought three apples, four pears and five plums at the market.", "In 1999, 2000, 2001 and 2002 it rained.",
        "Sizes: 12/14/16/18/20/22", "The score was 3-1, 4-2, 5-3 and 6-4.", "1, 22, 333, 4444, 55555, 666666",
        "id;count;sum\n1;20;300\n2;30;400\n", "Row 12\n34 of the table\n56 is empty", "a b c d e f g h i j k l m n",
        "Привет, как дела? Мы едем в Москву в 12 часов.", "Η Αθήνα είναι πρωτεύουσα.", "x² + y² = z², see notes¹ and ²",
        "10%20off and 100% more", "Tom &amp; Jerry &nbsp; &copy; 2020", "well-\nknown words",
        "Versions 1.2.3.4, 10.4.11 and 2024.05.14-10:22:33", "https://example.com/a%20b?c=1&d=2", "lunch@noon, it was",
    ],
)  # fmt: skip
def test_ordinary_text_is_not_read_into_something(text: str) -> None:
    assert {finding.entity for finding in Analyzer(default_recognizers(), timeout_s=120).scan(text).findings} <= {
        "OTHER_SCRIPT"
    }
