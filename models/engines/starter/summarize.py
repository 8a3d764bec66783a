"""Extractive summaries: the sentences that say most, taken from the text as they stand, in the document's order."""

import re
import threading
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.engines.starter.cues import (
    DEADLINE,
    DECISION,
    NEXT,
    OBLIGATION,
    PARTIES,
    PENALTY,
    PROBLEM,
    REQUEST,
    STATUS,
    STEPS,
    UNDECIDED,
    find_action,
)
from models.engines.starter.embedding import Cancelled
from models.engines.starter.organisations import find_organisations
from models.engines.starter.ranking import centrality, choose_diverse
from models.engines.starter.sentences import split_sentences
from models.engines.starter.windows import windows

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
_ACTION_HEADING = re.compile(
    r"\b(?:actions?|action items?|to[- ]?dos?|next steps|follow[- ]ups?|tasks)\b", re.IGNORECASE
)
_DECISION_HEADING = re.compile(r"\b(?:decisions?|resolutions?|agreed)\b", re.IGNORECASE)
_SALUTATION = re.compile(
    r"^(?:dear|hi|hello|hey|good (?:morning|afternoon)|thanks|thank you|kind regards|best regards|regards|"
    r"yours|from|to|cc|"
    r"subject|sent|present|attendees|apologies|cheers)\b",
    re.IGNORECASE,
)

Embed = Callable[[list[str]], "Vectors"]
Check = Callable[[], None]
"""Called now and then while a text is read; raises ``Cancelled`` to stop."""


@dataclass(frozen=True, slots=True)
class _Passage:
    """A sentence as shown, its place in the document, and the heading that it stands under."""

    text: str
    index: int
    heading: str


@dataclass(frozen=True, slots=True)
class _Reading:
    """The passages of a text, and those of them that were compared, with their scores and vectors."""

    passages: Sequence[_Passage]
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

    passages = _passages(text, check)
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


def _passages(text: str, check: Check) -> list[_Passage]:
    passages: list[_Passage] = []
    heading = ""
    for sentence in split_sentences(text, check):
        check()
        shown = " ".join(text[sentence.start : sentence.end].split())
        if sentence.heading:
            heading = shown.strip("#*: ")
        elif len(shown) > 2:
            passages.append(_Passage(shown, len(passages), heading))
    if passages:
        return passages
    shown_lines = (" ".join(text[item.start : item.end].split()) for item in split_sentences(text))
    return [_Passage(line, index, "") for index, line in enumerate(shown_lines)]


def _spread(count: int, limit: int) -> list[int]:
    """Up to ``limit`` of ``count`` indices, evenly spread, the first and last among them."""
    if count <= limit:
        return list(range(count))
    return [round(step * (count - 1) / (limit - 1)) for step in range(limit)]


def _place(passage: _Passage) -> float:
    """What position and form add to the centrality of a sentence: openings say more, greetings and scraps less."""
    words = len(passage.text.split())
    score = 0.25 if passage.index == 0 else 0.12 if passage.index < 3 else 0.0
    if _is_courtesy(passage.text) or words < 4:
        score -= 0.8
    return score - (0.3 if words > 60 else 0.0)


def _is_courtesy(sentence: str) -> bool:
    return len(sentence.split()) <= 6 and _SALUTATION.match(sentence) is not None


def _best(reading: _Reading, count: int, leave_out: Iterable[int] = ()) -> list[_Passage]:
    """The sentences that say most, diverse, in the document's order."""
    left_out = set(leave_out)
    kept = [row for row, index in enumerate(reading.compared) if index not in left_out]
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
    decisions: list[str] = []
    actions: list[str] = []
    used: set[int] = set()
    for passage in reading.passages:
        check()
        action = find_action(passage.text, listed=bool(_ACTION_HEADING.search(passage.heading)))
        decided = bool(DECISION.search(passage.text) or _DECISION_HEADING.search(passage.heading))
        decided = decided and not UNDECIDED.search(passage.text)
        # "We agreed to keep the price": what all of them agreed on is a decision, and nobody's task.
        if action is not None and not (decided and action.owner.casefold() in ("", "we", "the team")):
            actions.append(action.line())
            used.add(passage.index)
        elif decided:
            decisions.append(f"- {_clip(passage.text)}")
            used.add(passage.index)
    summary = _best(reading, 3, used) or _best(reading, 2)
    return _join(
        _section("Summary", [_clip(" ".join(passage.text for passage in summary), 3 * MAX_SHOWN)]),
        _section("Decisions", decisions),
        _section("Action items", actions),
    )


def _ticket(reading: _Reading, check: Check) -> str:
    parts: dict[str, list[_Passage]] = {"Problem": [], "Steps tried": [], "Status": [], "Next": []}
    for passage in reading.passages:
        check()
        if _is_courtesy(passage.text):
            continue
        if STEPS.search(passage.text) and not passage.text.rstrip().endswith("?"):
            parts["Steps tried"].append(passage)
        elif REQUEST.search(passage.text):
            parts["Next"].append(passage)
        elif STATUS.search(passage.text):
            parts["Status"].append(passage)
        elif PROBLEM.search(passage.text):
            parts["Problem"].append(passage)
        elif NEXT.search(passage.text):
            parts["Next"].append(passage)
    used = {passage.index for name in ("Steps tried", "Next", "Status") for passage in parts[name]}
    if not parts["Problem"]:
        # A ticket opens with its problem, whatever words it uses.
        others = [
            passage for passage in reading.passages if passage.index not in used and not _is_courtesy(passage.text)
        ]
        parts["Problem"] = others[:1] or _best(reading, 1)
    if not parts["Status"]:
        # What a step led to ("that did not help") is the status where nothing else says it.
        parts["Status"] = [passage for passage in parts["Steps tried"] + parts["Next"] if STATUS.search(passage.text)][
            -1:
        ]
    return _join(*(_section(name, _bullets(reading, found, 5)) for name, found in parts.items()))


def _compliance(reading: _Reading, text: str, check: Check) -> str:
    groups: dict[str, list[_Passage]] = {"Obligations": [], "Deadlines": [], "Penalties": [], "Parties": []}
    for passage in reading.passages:
        check()
        if PENALTY.search(passage.text):
            groups["Penalties"].append(passage)
        elif OBLIGATION.search(passage.text):
            groups["Obligations"].append(passage)
        if DEADLINE.search(passage.text):
            groups["Deadlines"].append(passage)
        if PARTIES.search(passage.text):
            groups["Parties"].append(passage)
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
    """Names of the organisations in the text, each once and in its longest form, in the text's order."""
    names: dict[str, None] = {}
    for window in windows(text):
        check()
        piece = text[window.begin : window.end]
        spans = sorted(span for span in find_organisations(piece) if window.owns(span[0]))
        names |= dict.fromkeys(" ".join(piece[start:end].split()) for start, end in spans)
    return [name for name in names if not any(other.startswith(f"{name} ") for other in names)]


def _bullets(reading: _Reading, found: Sequence[_Passage], count: int) -> list[str]:
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
    taken = "Extractive: put together from the text's own words; nothing is reworded."
    if compared == total:
        return f"*{taken} Read all {total:,} sentences.*" if total > 1 else f"*{taken} Read its one sentence.*"
    return f"*{taken} Read {compared:,} of {total:,} sentences, evenly spread, to choose what matters most.*"
