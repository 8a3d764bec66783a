"""The gate: what it clears, what it blocks, and that its seal cannot be made elsewhere."""

import copy
import dataclasses
import gc
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.messages import Message
from models.pii.analyzer import Analyzer
from models.pii.finding import Finding, Scan
from models.pii.gate import Blocked, ClearedText, Dismissal, PrivacyGate
from models.pii.registry import pattern_analyzer

GATE = PrivacyGate(pattern_analyzer())
IBAN = "DE89 3704 0044 0532 0130 00"
HARMLESS = (Message("system", "You write replies."), Message("user", "Thank them for the parcel."))


class Raises:
    name = "raises"

    def find(self, text: str) -> list[Finding]:
        raise ValueError(text)


def user(*texts: str) -> list[Message]:
    return [Message("user", text) for text in texts]


def test_a_harmless_payload_is_cleared_as_it_is() -> None:
    cleared = GATE.clear(HARMLESS)
    assert cleared.messages == HARMLESS
    assert cleared.scan.verdict == "clear"


@pytest.mark.parametrize("role", ["system", "user", "assistant"])
def test_a_finding_in_any_message_blocks(role: str) -> None:
    with pytest.raises(Blocked) as caught:
        GATE.clear([*HARMLESS, Message(role, f"Pay {IBAN}.")])
    assert caught.value.scan.counts() == {"IBAN": 1}


@pytest.mark.parametrize("cut", range(2, len(IBAN) - 1))
def test_an_iban_split_over_two_messages_blocks(cut: int) -> None:
    with pytest.raises(Blocked):
        GATE.clear(user("Send it to " + IBAN[:cut], IBAN[cut:] + " today."))


def test_a_card_split_over_four_messages_blocks() -> None:
    with pytest.raises(Blocked):
        GATE.clear(user("4111", "1111", "1111", "1111"))


def test_an_incomplete_scan_blocks_and_says_so() -> None:
    with pytest.raises(Blocked, match="could not be finished") as caught:
        PrivacyGate(Analyzer([Raises()])).clear(HARMLESS)
    assert caught.value.scan.failures == ("raises",)
    assert "parcel" not in str(caught.value)


def test_a_dismissal_does_not_make_up_for_an_incomplete_scan() -> None:
    with pytest.raises(Blocked):
        PrivacyGate(Analyzer([Raises()])).clear(HARMLESS, [Dismissal("PERSON", "parcel")])


def test_the_sentence_names_kinds_and_counts_and_never_text() -> None:
    with pytest.raises(Blocked) as caught:
        GATE.clear(user(f"{IBAN} jane@example.org joe@example.org"))
    message = caught.value.message
    assert "2 e-mail addresses, 1 IBAN" in message
    assert "jane" not in message
    assert "3704" not in message


@pytest.mark.parametrize("scan", [Scan(()), Scan((), complete=False, failures=("phone",))])
def test_every_blocked_has_a_sentence(scan: Scan) -> None:
    assert Blocked(scan).message.startswith("Nothing was sent, because ")


def test_a_dismissal_of_exactly_this_text_clears() -> None:
    cleared = GATE.clear(user("Write to info@shop.example."), [Dismissal("EMAIL", "info@shop.example")])
    assert cleared.messages[0].content == "Write to info@shop.example."
    assert cleared.scan.counts() == {"EMAIL": 1}


@pytest.mark.parametrize(
    "dismissal",
    [
        Dismissal("PHONE", "info@shop.example"),
        Dismissal("EMAIL", "shop.example"),
        Dismissal("EMAIL", "INFO@shop.example"),
    ],
)
def test_a_dismissal_of_another_entity_or_text_does_not_clear(dismissal: Dismissal) -> None:
    with pytest.raises(Blocked):
        GATE.clear(user("Write to info@shop.example."), [dismissal])


def test_one_dismissal_does_not_cover_a_second_finding() -> None:
    with pytest.raises(Blocked) as caught:
        GATE.clear(user("info@shop.example or jane@example.org"), [Dismissal("EMAIL", "info@shop.example")])
    assert len(caught.value.scan.findings) == 1


def test_a_dismissed_address_at_the_start_of_a_message_clears_after_any_message() -> None:
    messages = [Message("system", "Answer the mail to"), Message("user", "info@shop.example wrote.")]
    assert GATE.clear(messages, [Dismissal("EMAIL", "info@shop.example")]).messages == tuple(messages)


PLANTS = [IBAN, "jane.doe@example.org", "4111 1111 1111 1111", "5555555555554444", "GB29NWBK60161331926819"]
PLAIN = st.text(st.characters(codec="utf-8", categories=("Ll", "Zs", "Po")), max_size=40)


@given(PLAIN, PLAIN, st.sampled_from(PLANTS), st.integers(0, 2))
def test_no_text_with_a_planted_identifier_is_cleared(before: str, after: str, plant: str, place: int) -> None:
    messages = user("Good day", "Please help", "Thank you")
    messages[place] = Message("user", f"{before} {plant} {after}")
    with pytest.raises(Blocked):
        GATE.clear(messages)


def test_cleared_text_cannot_be_constructed() -> None:
    with pytest.raises(TypeError):
        ClearedText()
    with pytest.raises(TypeError):
        ClearedText(HARMLESS, Scan(()))


def test_an_object_made_around_the_constructor_holds_nothing() -> None:
    forged = object.__new__(ClearedText)
    with pytest.raises(TypeError):
        _ = forged.messages
    with pytest.raises(TypeError):
        _ = forged.scan
    for name in ("messages", "scan", "_messages"):
        with pytest.raises(AttributeError):
            object.__setattr__(forged, name, HARMLESS)


def test_cleared_text_cannot_be_subclassed() -> None:
    with pytest.raises(TypeError):
        type("Forged", (ClearedText,), {"messages": HARMLESS})


def test_cleared_text_cannot_be_changed() -> None:
    cleared = GATE.clear(HARMLESS)
    with pytest.raises(AttributeError):
        cleared.messages = ()
    with pytest.raises(AttributeError):
        del cleared.messages


@pytest.mark.parametrize("act", [copy.copy, copy.deepcopy, pickle.dumps, dataclasses.replace])
def test_cleared_text_cannot_be_copied_pickled_or_replaced(act: object) -> None:
    assert callable(act)
    with pytest.raises(TypeError):
        act(GATE.clear(HARMLESS))


def test_a_message_changed_by_force_after_the_scan_does_not_change_what_was_cleared() -> None:
    message = Message("user", "Thank them.")
    cleared = GATE.clear([message])
    object.__setattr__(message, "content", IBAN)
    object.__setattr__(cleared.messages[0], "content", IBAN)
    assert cleared.messages == (Message("user", "Thank them."),)


def test_text_that_could_change_after_the_scan_is_refused() -> None:
    class Sly(str):
        __slots__ = ()

    with pytest.raises(TypeError):
        GATE.clear([Message("user", Sly("hello"))])
    with pytest.raises(TypeError):
        GATE.clear([Message("tool", "hello")])


def test_neither_cleared_text_nor_a_dismissal_shows_text_in_a_log() -> None:
    assert "parcel" not in repr(GATE.clear(HARMLESS))
    assert "info@" not in repr(Dismissal("EMAIL", "info@shop.example"))


def test_nothing_is_kept_once_the_cleared_text_is_gone() -> None:
    from models.pii import gate

    cleared = GATE.clear(HARMLESS)
    gc.collect()  # what other tests left
    before = len(gate._SEALED)
    del cleared
    gc.collect()
    assert len(gate._SEALED) == before - 1
