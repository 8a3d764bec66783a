"""Guards what a host sends back: an answer of a sane size, and never the key, whatever the host does."""

from collections.abc import Callable, Iterator
from typing import Any

MOST_BYTES = 8_000_000
"""Of an answer on the wire; 800 tokens take some 250,000."""


def capped(stream: Any, too_much: Callable[[], Exception]) -> Any:
    """``stream``, the body of a response, which raises ``too_much()`` after MOST_BYTES.

    Made of the HTTP client's own kind of stream, which it insists on.
    """
    kind = next(base for base in type(stream).__mro__ if base.__name__ == "SyncByteStream")

    class Capped(kind):  # type: ignore[misc, valid-type]
        def __iter__(self) -> Iterator[bytes]:
            received = 0
            for untrusted_piece in stream:
                received += len(untrusted_piece)
                if received > MOST_BYTES:
                    raise too_much()
                yield untrusted_piece

        def close(self) -> None:
            stream.close()

        @property
        def elapsed(self) -> object:
            """Which the client asks of its own stream."""
            return stream.elapsed

    return Capped()


class KeyWatch:
    """Looks for the key in an answer that comes in pieces, and holds back what may be its beginning."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._held = ""

    def feed(self, text: str) -> str | None:
        """What can be given out; None if the key came back."""
        if not self._key:
            return text
        text = self._held + text
        if self._key in text:
            return None
        longest = min(len(self._key) - 1, len(text))
        keep = next((n for n in range(longest, 0, -1) if self._key.startswith(text[-n:])), 0)
        self._held = text[len(text) - keep :]
        return text[: len(text) - keep]

    def rest(self) -> str:
        """What was held back, at the end of the answer."""
        held, self._held = self._held, ""
        return held
