"""Checksums against published examples, words for entities, and normalizing."""

import pytest

from models.pii.entities import ENTITIES, describe, entity_words
from models.pii.normalize import normalize
from models.pii.recognizers.checksum import isbn, luhn, mod97, nhs, verhoeff
from models.pii.recognizers.crypto_wallet import base58check, bech32, eip55
from models.pii.recognizers.keccak import keccak_256
from models.pii.recognizers.placeholder import is_placeholder
from models.pii.registry import pattern_analyzer


@pytest.mark.parametrize(
    ("data", "digest"),
    [
        (b"", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"),
        (b"abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"),
    ],
)
def test_keccak_gives_the_published_digests(data: bytes, digest: str) -> None:
    assert keccak_256(data).hex() == digest


def test_keccak_takes_more_than_one_block() -> None:
    assert len({keccak_256(b"a" * size) for size in (135, 136, 137, 272)}) == 4


def test_published_examples_of_check_digits_hold() -> None:
    assert luhn("79927398713")
    assert not luhn("79927398710")
    assert mod97("GB82WEST12345698765432")
    assert nhs("9434765919")
    assert isbn("9783161484100")
    assert verhoeff("2363")
    assert not verhoeff("2364")
    assert base58check("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa") is not None
    assert bech32("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0")
    assert eip55("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359")


def test_counts_read_as_words() -> None:
    assert describe({"EMAIL": 2, "IBAN": 1}) == "2 e-mail addresses, 1 IBAN"
    assert describe({}) == ""
    assert describe({"SHOE_SIZE": 1}) == "1 shoe size"


def test_every_entity_that_is_found_has_words_of_its_own() -> None:
    text = "jane@x.org +44 20 7946 0958 4111 1111 1111 1111 DE89 3704 0044 0532 0130 00 Mr. Featherstone"
    for finding in pattern_analyzer().scan(text).findings:
        assert finding.entity in ENTITIES
        assert entity_words(finding.entity).title


def test_a_plain_text_is_not_copied() -> None:
    text = "plain"
    assert normalize(text).text is text


def test_spans_of_a_normalized_text_point_at_the_original() -> None:
    original = "a\u200bb\u00ad\u00adc d"
    normalized = normalize(original)
    assert normalized.text == "abc d"
    assert normalized.original_span(0, 1) == (0, 1)
    assert normalized.original_span(1, 3) == (2, 6)
    assert normalized.original_span(4, 5) == (7, 8)


@pytest.mark.parametrize(
    "value", ["<password>", "${VAR}", "xxxxxx", "changeme", "...", "YOUR_KEY", "********", "{{ secret }}"]
)
def test_a_stand_in_is_known_as_one(value: str) -> None:
    assert is_placeholder(value)


@pytest.mark.parametrize("value", ["hunter2", "Tr0ub4dor&3", "4f9c1d2e7b8a4c6d"])
def test_a_real_value_is_not_taken_for_a_stand_in(value: str) -> None:
    assert not is_placeholder(value)
