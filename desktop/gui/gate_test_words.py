"""What the test of the gate says, and shows of a text; pure functions."""

from desktop.gui.wording import count
from models.pii.entities import ENTITIES, entity_words
from models.pii.measure import KINDS, MarkedText, Measurement, Rate
from models.pii.policy import SENSITIVITY
from models.pii.threshold import Threshold

KEPT = (
    "The set is held in memory until Strongroom closes. It is kept only if you save it: in the file that you choose, "
    "with your texts in it as they are, not encrypted, readable by you only. Strongroom remembers neither the file nor "
    "its name."
)
EMPTY_SET = (
    "No texts yet. Open a set (.jsonl, a text and its marks on each line), or open a document in the window, let it be "
    "checked, and add it here: its findings become the marks, which you then put right."
)
THRESHOLD_HELP = (
    "How sure the small model must be where nothing else speaks for a finding. Lower finds more, and stops more texts "
    "without reason. Built-in: calibrated for each kind of detail."
)
NOT_MEASURED = "Nothing has been measured yet. Press Measure: it runs on this device, and nothing is sent or stored."
HEADINGS = ("What", "Marked", "Found", "Named right", "False alarms")
AROUND = 300
"""Characters shown on either side of a miss."""

_NOT_MARKED = frozenset({"DENY_LISTED", "OTHER_SCRIPT"})
"""Found by what stands on a list or cannot be read, not by what it is."""


def title(entity: str) -> str:
    """An entity in words; one that the gate does not know keeps its own name."""
    return entity_words(entity).title if entity in ENTITIES else entity


def entity_choices() -> list[tuple[str, str]]:
    """What a person can mark: title and entity, people first, then by title. Context cannot be marked."""
    entities = [each for each, kind in SENSITIVITY.items() if kind != "context only" and each not in _NOT_MARKED]
    return sorted(((title(each), each) for each in entities), key=lambda choice: (choice[1] != "PERSON", choice[0]))


def set_line(texts: int, marks: int, *, saved: bool) -> str:
    """Such as "12 texts, 48 marks · not saved"."""
    if not texts:
        return "The set is empty"
    return f"{count(texts, 'text')}, {count(marks, 'mark')} · {'saved' if saved else 'not saved'}"


def text_line(number: int, marked: MarkedText) -> str:
    """A row of the list of texts: no words of it, which may be on a shared screen."""
    return f"{number}  ·  {count(len(marked.text), 'character')}, {count(len(marked.spans), 'mark')}"


def threshold_words(threshold: Threshold) -> str:
    """Such as "0.5"."""
    return "built-in" if threshold is None else f"{threshold:g}"


def rows(measured: Measurement) -> list[tuple[str, str, str, str, str]]:
    """The table: all, then the kinds, then a row an entity, most frequent first."""
    entities = [
        (
            title(entity),
            f"{measured.recall(entity).total:,}",
            str(measured.recall(entity)),
            str(measured.exactness(entity)),
            f"{measured.alarms[entity]:,}",
        )
        for entity in measured.entities
    ]
    whole = measured.recall()
    table = [("All", f"{whole.total:,}", str(whole), str(measured.exactness()), f"{measured.alarms.total():,}")]
    for kind in KINDS:
        rate = measured.kind_recall(kind)
        if rate.total:
            table.append((f"All {kind}", f"{rate.total:,}", str(rate), "", ""))
    return [*table, *entities]


def verdict(measured: Measurement) -> str:
    """Texts blocked, in two lines or three."""
    lines = [
        f"Texts with marks that are blocked: {_of(measured.blocked_personal())}",
        f"Texts without marks that are blocked: {_of(measured.blocked_plain())}",
    ]
    if measured.incomplete:
        lines.append(f"{count(measured.incomplete, 'check')} could not be finished; such a text counts as blocked.")
    return "\n".join(lines)


def effect(present: Measurement, other: Measurement, in_use: Threshold, threshold: Threshold) -> str:
    """What another threshold changes, in a sentence."""

    def change(name: str, before: int, after: int) -> str:
        return f"{name} {before:,} → {after:,}"

    if other is present:
        return f"This is the threshold in use: {threshold_words(in_use)}."
    parts = [
        change("marks found", present.recall().hits, other.recall().hits),
        change("false alarms", present.alarms.total(), other.alarms.total()),
        change("texts with marks blocked", present.blocked[True], other.blocked[True]),
        change("without marks blocked", present.blocked[False], other.blocked[False]),
    ]
    return f"In use: {threshold_words(in_use)}. At {threshold_words(threshold)}: {'; '.join(parts)}."


def excerpt(text: str, start: int, end: int) -> tuple[str, int, int]:
    """The surroundings of a span, and where it stands in them."""
    begin, after = max(0, start - AROUND), min(len(text), end + AROUND)
    before = "… " if begin else ""
    behind = " …" if after < len(text) else ""
    offset = len(before) - begin
    return f"{before}{text[begin:after]}{behind}", start + offset, end + offset


def _of(rate: Rate) -> str:
    return f"{rate.hits:,} of {rate.total:,}, {rate}" if rate.total else "there are none"
