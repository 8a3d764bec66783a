"""The one door to the network: only ``PrivacyGate.clear`` makes ``ClearedText``."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from models.errors import StrongroomError
from models.messages import Message
from models.pii.analyzer import Analyzer
from models.pii.finding import Scan


@dataclass(frozen=True, slots=True)
class Dismissal:
    """A person's word that this text, found as this entity, is not personal. Kept in memory for one document only."""

    entity: str
    text: str


class Blocked(StrongroomError):
    """The gate did not clear a text; ``scan`` says what stood in the way."""

    def __init__(self, scan: Scan) -> None:
        super().__init__("Kept on this device", "…")
        self.scan = scan


class ClearedText:
    """An exact outbound payload in which a complete scan found nothing. Only the gate can make one."""

    messages: tuple[Message, ...]
    scan: Scan


class PrivacyGate:
    """Decides whether an exact outbound payload may leave."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer

    def clear(self, messages: Sequence[Message], dismissed: Collection[Dismissal] = ()) -> ClearedText:
        """Scan all messages together; return the sealed payload or raise ``Blocked``."""
        raise NotImplementedError
