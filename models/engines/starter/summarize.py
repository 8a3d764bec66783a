"""Extractive summaries: the sentences that say most, taken from the text as they stand, in the document's order."""

import re
import threading
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.engines.starter.cues import STATUS
from models.engines.starter.embedding import Cancelled
from models.engines.starter.organisations import find_organisations
from models.engines.starter.persons import find_persons
from models.engines.starter.ranking import centrality, choose_diverse
from models.engines.starter.summary_parts import compliance_parts, meeting_parts, ticket_parts
from models.engines.starter.summary_passages import Check, Passage, read_passages
from models.engines.starter.windows import windows
from models.skills.support import EXTRACTIVE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

MAX_COMPARED = 400
"""Sentences that are embedded at most (about 4 s on two cores), spread evenly over a longer text."""
BATCH = 16
MAX_LISTED = 20
"""Lines of one section; what a longer section leaves out is counted in its last line."""
MAX_SHOWN = 400
_NOTHING = "Not stated in the text."

_CALLED_A_PARTY = re.compile(r"[^.;:\n(]{0,60}\((?:[^)\n]{0,30}[\"“„«]|(?:Mieter|Vermieter|Auftrag|Käufer|Verkäufer))")
"""What makes a person a party of a contract: "Dr Oyelaran of 5 Wharf Lane (“the Consultant”)"."""

Embed = Callable[[list[str]], "Vectors"]


@dataclass(frozen=True, slots=True)
class _Reading:
    """The passages of a text, and those of them that were compared, with their scores and vectors."""

    passages: Sequence[Passage]
    compared: Sequence[int]
    scores: Sequence[float]
    vectors: "Vectors"


def summarize(
    text: str,
    style: str,
    embed: Embed,
    *,
    on_progress: Callable[[int, int], None] | None = None,
    cancel: threading.Event | None = None,
) -> str:
    """Summarize ``text`` in the form of ``style``: "meeting", "ticket", "compliance", or else an article.

    Every sentence is the text's own, with line breaks made spaces. ``embed`` gives normalised vectors (n, 384);
    ``on_progress`` hears how many sentences of how many were compared. The last line says what was read. Empty
    when there is no sentence.

    Raises:
        Cancelled: ``cancel`` was set.
    """
    steps = summarize_steps(text, style, embed, cancel)
    while True:
        try:
            done, total = next(steps)
        except StopIteration as finished:
            return str(finished.value)
        if on_progress is not None:
            on_progress(done, total)


def summarize_steps(
    text: str, style: str, embed: Embed, cancel: threading.Event | None = None
) -> Generator[tuple[int, int], None, str]:
    """As ``summarize``: yields (sentences compared, to be compared) and returns the summary."""

    def check() -> None:
        if cancel is not None and cancel.is_set():
            raise Cancelled

    passages = read_passages(text, check)
    if not passages:
        return ""
    compared = _spread(len(passages), MAX_COMPARED)
    batches: list[Vectors] = []
    for start in range(0, len(compared), BATCH):
        check()
        yield start, len(compared)
        batches.append(embed([passages[index].text[:1000] for index in compared[start : start + BATCH]]))
    yield len(compared), len(compared)
    import numpy as np

    vectors = np.concatenate(batches)
    scores = [
        float(score) + _place(passages[index]) for score, index in zip(centrality(vectors), compared, strict=True)
    ]
    reading = _Reading(passages, compared, scores, vectors)
    if style == "compliance":
        body = _compliance(reading, text, check)
    elif style in ("meeting", "ticket"):
        body = (_meeting if style == "meeting" else _ticket)(reading, check)
    else:
        body = _article(reading)
    return f"{body}\n\n{_read_line(len(compared), len(passages))}"


def _spread(count: int, limit: int) -> list[int]:
    """Up to ``limit`` of ``count`` indices, evenly spread, the first and last among them."""
    if count <= limit:
        return list(range(count))
    return [round(step * (count - 1) / (limit - 1)) for step in range(limit)]


def _place(passage: Passage) -> float:
    """What position and form add to the centrality of a sentence: openings say more, greetings and scraps less."""
    words = len(passage.text.split())
    score = 0.25 if passage.index == 0 else 0.12 if passage.index < 3 else 0.0
    if _says_nothing(passage) or words < 4:
        score -= 0.8
    return score - (0.3 if words > 60 else 0.0)


def _says_nothing(passage: Passage) -> bool:
    """Whether it is a greeting, or a line about the document."""
    return passage.is_courtesy or passage.is_meta


def _best(reading: _Reading, count: int, leave_out: Iterable[int] = ()) -> list[Passage]:
    """The sentences that say most, diverse, in the document's order."""
    left_out = set(leave_out)
    kept = [row for row, index in enumerate(reading.compared) if index not in left_out]
    said = [row for row in kept if not _says_nothing(reading.passages[reading.compared[row]])]
    kept = said or kept
    if not kept:
        return []
    scores = [reading.scores[row] for row in kept]
    return [
        reading.passages[reading.compared[kept[row]]] for row in choose_diverse(scores, reading.vectors[kept], count)
    ]


def _article(reading: _Reading) -> str:
    count = min(5, max(1, len(reading.passages) // 3))
    lead, *points = _best(reading, count + 1)
    return _join(
        _clip(lead.text), _section("Key points", [f"- {_clip(point.text)}" for point in points]) if points else ""
    )


def _meeting(reading: _Reading, check: Check) -> str:
    parts = meeting_parts(reading.passages, check)
    summary = _best(reading, 3, parts.used) or _best(reading, 2)
    told = " ".join(passage.text for passage in summary)
    again = " ".join(passage.text for passage in parts.again)
    return _join(
        _section("Summary", [line for line in (_clip(told, 3 * MAX_SHOWN), _clip(again)) if line]),
        _section("Decisions", [f"- {_clip(passage.text)}" for passage in parts.decisions]),
        _section("Action items", [action.line() for action in parts.actions]),
    )


def _ticket(reading: _Reading, check: Check) -> str:
    parts = ticket_parts(reading.passages, check)
    used = {passage.index for name in ("Steps tried", "Next", "Status") for passage in parts[name]}
    if not parts["Problem"]:
        # A ticket opens with its problem, whatever words it uses.
        others = [
            passage
            for passage in reading.passages
            if passage.index not in used and not passage.is_courtesy and not passage.is_meta
        ]
        parts["Problem"] = others[:1] or _best(reading, 1)
    if not parts["Status"]:
        # What a step led to ("that did not help") is the status where nothing else says it.
        parts["Status"] = [passage for passage in parts["Steps tried"] + parts["Next"] if STATUS.search(passage.text)][
            -1:
        ]
    return _join(*(_section(name, _bullets(reading, found, 5)) for name, found in parts.items()))


def _compliance(reading: _Reading, text: str, check: Check) -> str:
    groups = compliance_parts(reading.passages, check)
    used = {passage.index for name in ("Obligations", "Penalties") for passage in groups[name]}
    overview = _best(reading, 3, used) or _best(reading, 2)
    names = _organisations(text, check)
    parties = [f"- {name}" for name in names[:MAX_LISTED]] + _bullets(reading, groups["Parties"], 3)
    return _join(
        _section("Overview", [_clip(" ".join(passage.text for passage in overview), 3 * MAX_SHOWN)]),
        _section("Obligations", _bullets(reading, groups["Obligations"], 8)),
        _section("Deadlines", _bullets(reading, groups["Deadlines"], 6)),
        _section("Penalties", _bullets(reading, groups["Penalties"], 6)),
        _section("Parties", parties),
    )


def _organisations(text: str, check: Check) -> list[str]:
    """Names of the organisations, and of the people who are called a party, in the text.

    Each once and in its longest form, in the text's order.
    """
    names: dict[str, None] = {}
    for window in windows(text):
        check()
        piece = text[window.begin : window.end]
        parties = (span for span in find_persons(piece) if _CALLED_A_PARTY.match(piece, span[1]))
        spans = sorted(span for span in (*find_organisations(piece), *parties) if window.owns(span[0]))
        names |= dict.fromkeys(" ".join(piece[start:end].split()) for start, end in spans)
    return [name for name in names if not any(other.startswith(f"{name} ") for other in names)]


def _bullets(reading: _Reading, found: Sequence[Passage], count: int) -> list[str]:
    """The ``count`` passages that say most, in the document's order, and a line on how many more there are."""
    scores = dict(zip(reading.compared, reading.scores, strict=True))
    best = sorted(found, key=lambda passage: scores.get(passage.index, 0.0), reverse=True)[:count]
    lines = [f"- {_clip(passage.text)}" for passage in sorted(best, key=lambda passage: passage.index)]
    more = len(found) - len(best)
    return [*lines, f"- … and {more:,} more in the text"] if more else lines


def _section(title: str, lines: Sequence[str]) -> str:
    shown = list(lines[:MAX_LISTED])
    if len(lines) > MAX_LISTED:
        shown.append(f"- … and {len(lines) - MAX_LISTED:,} more in the text")
    return f"## {title}\n" + ("\n".join(shown) or _NOTHING)


def _clip(sentence: str, limit: int = MAX_SHOWN) -> str:
    """A sentence without end is shown in part, and the mark says so."""
    if len(sentence) <= limit:
        return sentence
    space = sentence.rfind(" ", limit // 2, limit)
    return sentence[: space if space > 0 else limit] + " […]"


def _join(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _read_line(compared: int, total: int) -> str:
    """What was read, so that nothing is left out silently."""
    taken = EXTRACTIVE
    if compared == total:
        return f"*{taken} Read all {total:,} sentences.*" if total > 1 else f"*{taken} Read its one sentence.*"
    return f"*{taken} Read {compared:,} of {total:,} sentences, evenly spread, to choose what matters most.*"
