"""Reads and writes messages of Protocol Buffers field by field, without a library of tens of megabytes."""

from collections.abc import Iterator

BYTES = 2
"""The wire type of texts, messages and raw data."""

Field = tuple[int, bytes, bytes]
"""Number, the whole field as it stands, and what is inside (of numbers: the number's bytes)."""


class NotEditable(ValueError):
    """The file is not what is known here."""


def texts(message: bytes, wanted: int) -> list[bytes]:
    """The contents of all fields of one number."""
    return [message[inside:stop] for number, _, inside, stop in spans(message, 0, len(message)) if number == wanted]


def fields(message: bytes) -> Iterator[Field]:
    """The fields of a message, one after the other. Raises NotEditable: it is none."""
    for number, start, inside, stop in spans(message, 0, len(message)):
        yield number, message[start:stop], message[inside:stop]


def spans(message: bytes, position: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """Number, start, start of what is inside, and end of each field between two places; nothing is copied.

    Raises:
        NotEditable: there are none.
    """
    while position < end:
        start = position
        tag, position = varint(message, position)
        inside = position
        match tag & 7:
            case 0:
                _, position = varint(message, position)
            case 1:
                position += 8
            case 2:
                size, inside = varint(message, position)
                position = inside + size
            case 5:
                position += 4
            case _:
                raise NotEditable("not a Protocol Buffers message")
        if position > end:
            raise NotEditable("the file breaks off")
        yield tag >> 3, start, inside, position


def varint(message: bytes, position: int) -> tuple[int, int]:
    """A number, and the position behind it. Raises NotEditable."""
    value = shift = 0
    while True:
        if position >= len(message) or shift > 63:
            raise NotEditable("not a Protocol Buffers message")
        byte = message[position]
        position += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, position


def encoded(value: int) -> bytes:
    """A number as it is written."""
    done = bytearray()
    while value > 0x7F:
        done.append(value & 0x7F | 0x80)
        value >>= 7
    done.append(value)
    return bytes(done)


def field(number: int, content: bytes) -> bytes:
    """A field of text, a message or raw data."""
    return encoded(number << 3 | BYTES) + encoded(len(content)) + content


def number(number: int, value: int) -> bytes:
    """A field that is a number."""
    return encoded(number << 3) + encoded(value)


def only(message: bytes, wanted: int) -> bytes:
    """The content of the one field of a number. Raises NotEditable where there is none, or more."""
    found = texts(message, wanted)
    if len(found) != 1:
        raise NotEditable("a part is missing, or there twice")
    return found[0]


def replaced(message: bytes, wanted: int, content: bytes) -> bytes:
    """The message with another content in the fields of one number."""
    return b"".join(field(number, content) if number == wanted else whole for number, whole, _ in fields(message))
