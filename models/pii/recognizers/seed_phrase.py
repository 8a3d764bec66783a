"""Seed phrases of wallets: 12 to 24 words of the BIP-39 list, found by the list and its checksum, whatever introduces them."""

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from models.pii.finding import Finding
from models.pii.recognizers.pattern import CHECKSUM, PATTERN

_FILE = Path(__file__).resolve().parents[3] / "resources" / "words" / "bip39_english.txt"
_WORD = re.compile(r"[A-Za-z]+")
_GAP = re.compile(r"[\s,;|\"'\]\[]{0,8}(?:\d{1,2}[.):]?[\s]{0,4})?[\"']?")
# Letters of ASCII in lower case, and blanks for all else.
_LETTERS = bytes(byte | 0x20 if chr(byte).isalpha() and byte < 0x80 else 0x20 for byte in range(256))
_LENGTHS = (24, 21, 18, 15, 12)
_BITS = 11


@lru_cache(maxsize=1)
def _numbers() -> dict[str, int]:
    """The 2,048 words of BIP-39 (English, MIT licence) with their numbers. Raises OSError when the list is missing."""
    return {word: number for number, word in enumerate(_FILE.read_text(encoding="utf-8").split())}


@lru_cache(maxsize=1)
def _encoded() -> frozenset[bytes]:
    return frozenset(word.encode("ascii") for word in _numbers())


def find_seed_phrases(text: str, recognizer: str) -> Iterator[Finding]:
    """Yield rows of words whose checksum holds, or of exactly 12, 15, 18, 21 or 24 different ones."""
    numbers = _numbers()
    if not _may_hold(text):
        return
    row: list[re.Match[str]] = []
    for word in _WORD.finditer(text):
        joined = not row or _GAP.fullmatch(text, row[-1].end(), word.start()) is not None
        if word[0].lower() in numbers and joined:
            row.append(word)
            continue
        yield from _phrase(row, numbers, recognizer)
        row = [word] if word[0].lower() in numbers else []
    yield from _phrase(row, numbers, recognizer)


def _may_hold(text: str) -> bool:
    """Whether twelve words of the list follow one another: one in twelve is looked at, and its neighbours if need be."""
    words = text.encode("ascii", "replace").translate(_LETTERS).split()
    known = _encoded()
    least = _LENGTHS[-1]
    for place in range(least - 1, len(words), least):
        if words[place] in known:
            begin, end = place, place + 1
            while begin > place - least and words[begin - 1] in known:
                begin -= 1
            while end < min(len(words), place + least) and words[end] in known:
                end += 1
            if end - begin >= least:
                return True
    return False


def _phrase(row: list[re.Match[str]], numbers: dict[str, int], recognizer: str) -> Iterator[Finding]:
    if len(row) < _LENGTHS[-1]:
        return
    words = [numbers[word[0].lower()] for word in row]
    for length in _LENGTHS:
        for start in range(min(len(row) - length + 1, 16)):
            if _checksum_holds(words[start : start + length]):
                reason = "Words of the list for seed phrases, and their checksum is right."
                span = (row[start].start(), row[start + length - 1].end())
                yield Finding(*span, "PRIVATE_KEY", CHECKSUM + 0.02, recognizer, reason)
                return
    if len(row) in _LENGTHS and len(set(words)) >= len(row) - 2:
        reason = "A row of words of the list for seed phrases."
        yield Finding(row[0].start(), row[-1].end(), "PRIVATE_KEY", PATTERN, recognizer, reason)


def _checksum_holds(words: list[int]) -> bool:
    """BIP-39: the last bits (one of 33) are the first of the SHA-256 of the others."""
    total = len(words) * _BITS
    check_bits = total // 33
    value = 0
    for word in words:
        value = value << _BITS | word
    entropy = (value >> check_bits).to_bytes((total - check_bits) // 8, "big")
    return hashlib.sha256(entropy).digest()[0] >> (8 - check_bits) == value & ((1 << check_bits) - 1)
