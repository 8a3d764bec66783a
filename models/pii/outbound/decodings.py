"""What the bytes of a request body can be read as: as they are, and decoded from what they may be wrapped in.

A body is JSON, and a person's text may itself hold JSON escapes, percent or base64 encoding, and so on, in layers.
"""

import base64
import binascii
import contextlib
import html
import json
import quopri
import re
from collections.abc import Callable, Iterator
from typing import Any

LAYERS = 3
"""Encodings inside encodings that are looked through."""
_MOST_READINGS = 64
_MOST_CHARS = 40_000_000
_LEAST_BYTES = 6
_TEXT_SHARE = 0.6
_LONG_RUN = 12
_AROUND = 160
"""Characters on either side of what was decoded that are read with it."""

_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{8,}={0,2}")
_BASE64_LINES = re.compile(
    r"(?<![A-Za-z0-9+/_-])(?:[A-Za-z0-9+/_-]{8,}[ \t]{0,2}\r?\n[ \t>]{0,4})+[A-Za-z0-9+/_-]{1,}={0,2}"
)
_BASE32 = re.compile(
    r"(?<![A-Za-z0-9])[A-Z2-7]{8,}={0,6}(?![A-Za-z0-9])|(?<![A-Za-z0-9])[a-z2-7]{8,}={0,6}(?![A-Za-z0-9])"
)
_HEX = re.compile(r"(?:(?:0x|\\x|%|=)?[0-9A-Fa-f]{2}[ :,;-]?\s?){4,}")
_HEX_BYTE = re.compile(r"(?:0x)?([0-9A-Fa-f]{2})")
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_PERCENT_U = re.compile(r"%u([0-9A-Fa-f]{4})")
_SOFT_BREAK = re.compile(r"=[ \t]{0,8}\r?\n")
_CODES = re.compile(r"(?<!\d)(?:\d{2,3}[ ,;]{1,2}){4,}\d{2,3}(?!\d)")
_ESCAPE = re.compile(
    r"\\(?:u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|x([0-9A-Fa-f]{2})|([0-3][0-7]{2})|(.))"
)
_RUN = re.compile(r"[\t\n\r -~\xa0-\u0fff\u1e00-\u2fff\u3000-\ufffc\U00010000-\U000e01ef]{6,}")
_ESCAPED = {"n": "\n", "r": "\n", "t": "\t", "b": " ", "f": " "}


class TooMuch(Exception):
    """The body can be read in more ways than can be looked at."""


def readings(body: bytes) -> tuple[str, ...]:
    """All readings of ``body``, the body itself first.

    Raises:
        ValueError: it is not UTF-8, or not JSON.
        TooMuch: there are too many to look at; nothing may be sent then.
    """
    text = body.decode("utf-8")
    # The texts in it hold all that the body does, less JSON's own escapes, and are what is decoded further.
    texts = "\n".join(_strings(json.loads(text)))
    found = dict.fromkeys((text, texts))
    layer = [texts]
    for _ in range(LAYERS):
        deeper: dict[str, None] = {}
        for reading in layer:
            flat = _flattened(reading)
            ways = dict.fromkeys((reading, flat, _spaced_by_pluses(reading), _spaced_by_pluses(flat)))
            found |= dict.fromkeys(filter(None, (escape(each) for each in ways for escape in _ESCAPES)))
            decoded = (decode(each) for each in ways for decode in _DECODERS)
            deeper |= {each: None for each in (flat, *decoded) if each and each not in found}
        found |= deeper
        layer = list(deeper)
        if len(found) > _MOST_READINGS or sum(map(len, found)) > _MOST_CHARS:
            raise TooMuch
    return tuple(found)


def _flattened(text: str) -> str:
    """``text`` with every kind of escape resolved, one after the other; "" if it has none."""
    flat = text
    for resolve in (_unescaped, _unquoted, _unreferenced, _printable, _without_soft_breaks):
        flat = resolve(flat) or flat
    return flat if flat != text else ""


def _strings(value: Any) -> Iterator[str]:
    """Every text in a JSON value, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)
    elif value is not None:
        yield str(value)


def _unescaped(text: str) -> str:
    """Backslash escapes of JSON, JavaScript, Python and C."""
    return _ESCAPE.sub(_character, text) if "\\" in text else ""


def _character(match: re.Match[str]) -> str:
    *hexadecimal, octal, other = match.groups()
    for digits in hexadecimal:
        if digits:
            return _char(int(digits, 16))
    return _char(int(octal, 8)) if octal else _ESCAPED.get(other, other)


def _char(code: int) -> str:
    # Half of a surrogate pair is left out: no identifier has one.
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else ""


def _unquoted(text: str) -> str:
    """Percent encoding, also the older kind with four digits."""
    if "%" not in text:
        return ""
    text = _PERCENT_U.sub(lambda match: _char(int(match[1], 16)), text)
    return _PERCENT.sub(lambda match: bytes.fromhex(match[0].replace("%", "")).decode("utf-8", "replace"), text)


def _unreferenced(text: str) -> str:
    return html.unescape(text) if "&" in text else ""


def _spaced_by_pluses(text: str) -> str:
    return text.replace("+", " ") if "+" in text else ""


def _printable(text: str) -> str:
    if "=" not in text:
        return ""
    return quopri.decodestring(text.encode("utf-8", "replace")).decode("utf-8", "replace")


def _without_soft_breaks(text: str) -> str:
    return _SOFT_BREAK.sub("", text)


def _from_base64(text: str, pattern: re.Pattern[str] = _BASE64) -> str:
    """All that is base64 or base64url, at any offset: what stands right before a run may shift it."""

    def decode(match: re.Match[str]) -> Iterator[bytes]:
        run = re.sub(r"[\s>=]", "", match[0]).replace("-", "+").replace("_", "/")
        for offset in range(4):
            piece = run[offset:]
            if len(piece) % 4 == 1:  # no such length: a letter too many at the end
                piece = piece[:-1]
            yield base64.b64decode(piece + "=" * (-len(piece) % 4))

    return _replaced(pattern, decode, text)


def _from_base64_lines(text: str) -> str:
    return _from_base64(text, _BASE64_LINES) if "\n" in text else ""


def _from_base32(text: str) -> str:
    def decode(match: re.Match[str]) -> Iterator[bytes]:
        run = match[0].rstrip("=").upper()
        with contextlib.suppress(binascii.Error):  # not a length that base32 has
            yield base64.b32decode(run + "=" * (-len(run) % 8))

    return _replaced(_BASE32, decode, text)


def _from_hex(text: str) -> str:
    return _replaced(_HEX, lambda match: iter([bytes.fromhex("".join(_HEX_BYTE.findall(match[0])))]), text)


def _from_codes(text: str) -> str:
    """Character codes in decimal, such as "52 49 49 49"."""

    def decode(match: re.Match[str]) -> Iterator[bytes]:
        codes = [int(code) for code in re.findall(r"\d+", match[0])]
        if max(codes) < 127:
            yield bytes(codes)

    return _replaced(_CODES, decode, text)


def _replaced(pattern: re.Pattern[str], decode: Callable[[re.Match[str]], Iterator[bytes]], text: str) -> str:
    """What could be decoded, each with the words around it, which may explain it; "" if nothing could."""
    parts: list[str] = []
    position = 0
    for match in pattern.finditer(text):
        found = [part for data in decode(match) if (part := _text_of(data))]
        if not found:
            continue
        start = match.start()
        if parts and start - position <= 2 * _AROUND:
            parts.append(text[position:start])
        else:
            parts += (text[position : position + _AROUND] if parts else "", "\n", text[max(0, start - _AROUND) : start])
        parts += (" ", " ".join(found), " ")
        position = match.end()
    return "".join((*parts, text[position : position + _AROUND])) if parts else ""


def _text_of(data: bytes) -> str:
    """What in ``data`` people write: all runs of it if it is text, else only long ones, which are no chance."""
    if len(data) < _LEAST_BYTES:
        return ""
    if data.count(0) * 3 >= len(data):  # UTF-16, of which every other byte is empty in most alphabets
        data = data.replace(b"\0", b"")
    text = data.decode("utf-8", "replace")
    runs: list[str] = _RUN.findall(text)
    if sum(map(len, runs)) < _TEXT_SHARE * len(text):
        runs = [run for run in runs if len(run) >= _LONG_RUN]
    return "\n".join(runs)


_ESCAPES: tuple[Callable[[str], str], ...] = (
    _unescaped,
    _unquoted,
    _unreferenced,
    _spaced_by_pluses,
    _printable,
    _without_soft_breaks,
)
_DECODERS: tuple[Callable[[str], str], ...] = (
    _from_base64,
    _from_base64_lines,
    _from_base32,
    _from_hex,
    _from_codes,
)
