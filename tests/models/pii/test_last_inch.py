"""The last look at the bytes: it finds what the gate did not see, in every wrapping, and lets plain drafts go."""

import contextlib
import json
import random
import time

import pytest
from pii_plants import PLANTS, Plant
from wrappings import ENCODINGS

from models.messages import Message
from models.pii.analyzer import Analyzer
from models.pii.gate import Blocked, ClearedText, Dismissal, PrivacyGate
from models.pii.outbound.last_inch import LastInch, StoppedAtTheDoor
from models.pii.own_lists import AllowEntry, OwnLists
from models.pii.personal import OwnRules
from models.pii.policy import Policy

BLIND = PrivacyGate(Analyzer([]))
LOOK = LastInch()
IBAN = "DE89 3704 0044 0532 0130 00"
PLAIN = (
    "Answer that the parcel arrives on Thursday, 26 November 2026, at 07.36, and that we are sorry.",
    "Tell them that order 4711 costs 1,200.50 USD, ships from hall 12, and that the office has 5437 seats.",
    "The password must be unique and may not contain an @ sign. See https://example.org/help?page=2&lang=en for more.",
    "Versions 3.12.4 and 3.13.0 differ by 1 2 3 4 5 6 points; the table is in base64, hex and JSON.",
)


def cleared(text: str, *, dismissed: tuple[str, ...] = (), withheld: tuple[str, ...] = ()) -> ClearedText:
    said = tuple(Dismissal("IBAN", each, confirmed=True) for each in dismissed)
    return BLIND.clear([Message("system", "Write a short reply."), Message("user", text)], said, withheld)


def body(text: str) -> bytes:
    messages = [{"role": "system", "content": "Write a short reply."}, {"role": "user", "content": text}]
    return json.dumps({"model": "gpt-4o", "messages": messages, "stream": True}, ensure_ascii=False).encode()


def stopped(text: str, look: LastInch = LOOK, **words: tuple[str, ...]) -> StoppedAtTheDoor:
    with pytest.raises(StoppedAtTheDoor) as raised:
        look.check(body(text), cleared(text, **words))
    return raised.value


PAIRS = [
    (PLANTS[(number + step) % len(PLANTS)], encoding) for number, encoding in enumerate(ENCODINGS) for step in (0, 4, 8)
]


@pytest.mark.parametrize(("plant", "encoding"), PAIRS, ids=[f"{plant.name}, {encoding}" for plant, encoding in PAIRS])
def test_an_identifier_is_found_in_every_wrapping(plant: Plant, encoding: str) -> None:
    value = plant.make(random.Random(f"{plant.name} {encoding}"))
    stopped(f"Please note the {plant.label} {ENCODINGS[encoding](value)} for later.")


@pytest.mark.parametrize("text", PLAIN)
def test_a_plain_draft_may_leave(text: str) -> None:
    LOOK.check(body(text), cleared(text))


def test_a_stop_is_a_block_that_names_kinds_and_no_text() -> None:
    told = stopped(f"Pay to {IBAN}.")
    assert isinstance(told, Blocked)
    assert "1 IBAN" in told.message
    assert "3704" not in f"{told.title} {told.message} {told.scan}"


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_what_was_redacted_is_found_in_every_wrapping(encoding: str) -> None:
    value = ("Amara Okafor", "Blue Falcon 7", "K-2291-X")[len(encoding) % 3]
    told = stopped(f"Write about {ENCODINGS[encoding](value)} today.", withheld=(value,))
    assert "REDACTED_VALUE" in told.scan.counts()


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_what_is_on_the_deny_list_is_found_in_every_wrapping(encoding: str) -> None:
    look = LastInch(OwnRules(OwnLists(deny=("Blue Falcon",))))
    assert "DENY_LISTED" in stopped(f"Write about {ENCODINGS[encoding]('blue falcon')} today.", look).scan.counts()


@pytest.mark.parametrize("text", ["AMARAOKAFOR", "amara-okafor", "Amara\n\nOkafor", "amara_okafor@", "xAmaraOkaforx"])
def test_what_was_redacted_is_found_whatever_stands_between_its_parts(text: str) -> None:
    stopped(f"Write to {text}.", withheld=("Amara Okafor",))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They will mark it.", "Will"),
        ("They will mark it.", "Mark"),
        ("Room 34 is free.", "34"),
        ("A spectator", "Peck"),
    ],
)
def test_an_ordinary_word_is_not_taken_for_a_redacted_name(text: str, value: str) -> None:
    LOOK.check(body(text), cleared(text, withheld=(value,)))


def test_what_the_person_dismissed_may_leave() -> None:
    text = f"Pay to {IBAN}."
    LOOK.check(body(text), cleared(text, dismissed=(IBAN,)))
    stopped(f"Pay to {IBAN} or GB33 BUKB 2020 1555 5555 55.", dismissed=(IBAN,))


def test_what_is_always_allowed_may_leave_and_a_proven_number_only_if_confirmed() -> None:
    def rules(*, confirmed: bool) -> OwnRules:
        return OwnRules(OwnLists(allow=(AllowEntry("help@example.org"), AllowEntry(IBAN, confirmed))))

    text = f"Write to help@example.org, pay to {IBAN}."
    LastInch(rules(confirmed=True)).check(body(text), cleared(text))
    assert list(stopped(text, LastInch(rules(confirmed=False))).scan.counts()) == ["IBAN"]


def test_rules_hold_from_the_next_body_on() -> None:
    look = LastInch()
    look.check(body("About Blue Falcon."), cleared("About Blue Falcon."))
    look.set_rules(OwnRules(OwnLists(deny=("Blue Falcon",))))
    stopped("About Blue Falcon.", look)


def test_what_the_policy_lets_through_may_leave() -> None:
    text = "Write to help@example.org."
    LastInch(OwnRules(policy=Policy(frozenset({"contact"})))).check(body(text), cleared(text))
    stopped(text)


@pytest.mark.parametrize("data", [b"\xff\xfe{}", b"not JSON", b""], ids=["not UTF-8", "not JSON", "empty"])
def test_a_body_that_cannot_be_read_is_not_sent(data: bytes) -> None:
    with pytest.raises(StoppedAtTheDoor, match="could not be finished"):
        LOOK.check(data, cleared("x"))


def test_a_look_that_takes_too_long_stops() -> None:
    with pytest.raises(StoppedAtTheDoor, match="could not be finished"):
        LastInch(limit_s=0.0).check(body("Plain."), cleared("Plain."))


def test_rules_that_cannot_be_read_stop_everything() -> None:
    with pytest.raises(StoppedAtTheDoor):
        LastInch(OwnRules(missing=("your lists",))).check(body("Plain."), cleared("Plain."))


def test_a_recognizer_that_breaks_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    look = LastInch()
    monkeypatch.setattr(look, "_glued", (None,))
    monkeypatch.setattr(look, "_recognizers", (None,))
    assert not stopped("Plain.", look).scan.complete


def test_layers_without_end_stop_instead_of_taking_all_day() -> None:
    bomb = "".join(f"%25{index:x}&amp;\\\\u0025=3D" for index in range(3000))
    started = time.monotonic()
    with contextlib.suppress(StoppedAtTheDoor):
        LOOK.check(body(bomb), cleared(bomb))
    assert time.monotonic() - started < 40


def test_a_payload_that_the_gate_did_not_make_is_refused() -> None:
    with pytest.raises(TypeError):
        LOOK.check(body("x"), object.__new__(ClearedText))


def test_a_long_ordinary_text_has_few_readings() -> None:
    from models.pii.outbound.decodings import readings

    text = body("\n".join(f"{line} {each}" for line in range(300) for each in PLAIN))
    assert len(readings(text)) <= 12
    assert sum(map(len, readings(text))) < 6 * len(text)
