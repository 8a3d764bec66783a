"""What every recognizer is: a name, and a function from text to findings."""

from collections.abc import Iterable
from typing import Protocol

from models.pii.finding import Finding


class Recognizer(Protocol):
    """Finds one kind of personal or secret data. Stateless and safe to call from any thread."""

    name: str

    def find(self, text: str) -> Iterable[Finding]:
        """Yield findings with offsets into ``text``; may overlap, the analyzer resolves that."""
        ...
