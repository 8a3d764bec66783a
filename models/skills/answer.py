"""What a task answers, once parsed and checked against the text."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class LabelAnswer:
    """Answer of a classify or route task.

    ``labels`` is empty when the engine abstained. ``confidence`` (0 to 1) is that of the first label, None where the
    engine does not give one. ``reason`` is short; it may quote the text.
    """

    labels: tuple[str, ...]
    confidence: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One extracted row: field name to value, and where the grounding value stands in the text.

    ``span`` is (start, end) in characters, or None when the value does not occur in the text.
    """

    values: Mapping[str, str]
    span: tuple[int, int] | None
    confidence: Mapping[str, float] = field(default_factory=dict)
    """How sure the engine is of each value (0 to 1), where it says so."""
    places: Mapping[str, tuple[int, int] | None] = field(default_factory=dict)
    """Where each value stands that should stand in the text, None where it does not; fields that are not copied from
    the text (a type, a date in ISO form) are left out."""


@dataclass(frozen=True, slots=True)
class RecordsAnswer:
    """Answer of an extract task."""

    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class TextAnswer:
    """Answer of a summarize or draft task: plain text with light Markdown (headings, bullets).

    ``unsupported`` are the places in a summary, (start, end) in characters, of names, figures and dates that the
    document does not have.
    """

    text: str
    unsupported: tuple[tuple[int, int], ...] = ()


Answer = LabelAnswer | RecordsAnswer | TextAnswer
