"""What every recognizer is: a name, and a function from text to findings."""

from collections.abc import Iterable
from typing import Protocol

from models.pii.finding import Finding


class Recognizer(Protocol):
    """Finds one kind of personal or secret data. Stateless and safe to call from any thread.

    ``find`` is given windows of a long text. A recognizer that must see all of it, such as one that remembers the
    heading of a table, has a method ``follow(text)`` besides, which yields findings and None now and then, so that
    time can be looked at; it must be quick, since it is called with the whole text after every edit.
    """

    name: str

    def find(self, text: str) -> Iterable[Finding]:
        """Yield findings with offsets into ``text``; may overlap, the analyzer resolves that."""
        ...
