"""Runs recognizers over a text, window by window, and says which of them came to their end."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from models.pii.finding import Finding
from models.pii.recognizer import Recognizer
from models.pii.recognizers.window_text import WindowText

# A regex cannot be interrupted, so time is looked at between windows. A window is a core, whose findings count, with
# some text on either side of it for context and for findings that run past its end.
CORE_CHARS = 65_536
LEAD_CHARS = 512
TAIL_CHARS = 6_144


@dataclass(frozen=True, slots=True)
class Window:
    """Findings that start in ``text[core_begin:core_end]`` count; recognizers see ``text[begin:end]``."""

    begin: int
    core_begin: int
    core_end: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """What recognizers found, overlaps and all, and the names of those that broke or ran out of time."""

    findings: tuple[Finding, ...]
    failures: tuple[str, ...] = ()


def search(
    recognizers: Sequence[Recognizer], text: str, windows: Sequence[Window], is_over: Callable[[], bool]
) -> Found:
    """Run every recognizer over every window; those that follow the whole text (see ``Recognizer``) over all of it."""
    findings: list[Finding] = []
    failures: list[str] = []
    # Made once for all recognizers, with what they compute from it.
    pieces = [(window, WindowText(text[window.begin : window.end])) for window in windows]
    for recognizer in recognizers:
        try:
            finished = _run(recognizer, text, pieces, is_over, findings)
        # Whatever a recognizer does, the scan must say "not complete" rather than break off: the gate then
        # stays shut. The exception itself may quote the text, so nothing of it is kept.
        except Exception:  # noqa: BLE001
            finished = False
        if not finished:
            failures.append(recognizer.name)
    return Found(tuple(findings), tuple(failures))


def follows_whole_text(recognizer: Recognizer) -> bool:
    """Whether ``recognizer`` is given the whole text at once."""
    return getattr(recognizer, "follow", None) is not None


def _run(
    recognizer: Recognizer,
    text: str,
    pieces: Sequence[tuple[Window, WindowText]],
    is_over: Callable[[], bool],
    findings: list[Finding],
) -> bool:
    """Run one recognizer, adding to ``findings``; False when it was over before it was through.

    Raises whatever the recognizer raises, and ValueError for a finding outside the text.
    """
    follow: Callable[[str], Iterable[Finding | None]] | None = getattr(recognizer, "follow", None)
    if follow is not None:
        for followed in follow(text):
            if followed is not None:
                _check(followed, len(text))
                findings.append(followed)
            if is_over():
                return False
        return not is_over()
    for window, piece in pieces:
        if is_over():
            return False
        for finding in recognizer.find(piece):
            _check(finding, window.end - window.begin)
            start = finding.start + window.begin
            if window.core_begin <= start < window.core_end:
                findings.append(
                    replace(finding, start=start, end=finding.end + window.begin) if window.begin else finding
                )
            if is_over():
                return False
    return not is_over()


def _check(finding: Finding, length: int) -> None:
    if not 0 <= finding.start < finding.end <= length:
        raise ValueError("a finding lies outside the text")


def windows_of(text: str) -> Iterator[Window]:
    """Cut ``text``; the cores follow on one another and cover it all."""
    core_begin = 0
    while True:
        core_end = core_begin + CORE_CHARS
        if core_end + TAIL_CHARS >= len(text):
            core_end = len(text)
        yield window_around(text, core_begin, core_end)
        if core_end == len(text):
            return
        core_begin = core_end


def window_around(text: str, core_begin: int, core_end: int) -> Window:
    """The window with this core: with a lead that starts on a line or at least a word, and a tail."""
    begin = _line_start(text, max(0, core_begin - LEAD_CHARS), core_begin)
    return Window(begin, core_begin, core_end, min(len(text), core_end + TAIL_CHARS))


def _line_start(text: str, low: int, high: int) -> int:
    """First offset in [low, high] after a line break, else after a space, so that a window starts on a whole word."""
    if low == 0:
        return 0
    for separator in ("\n", " "):
        found = text.find(separator, low, high)
        if found >= 0:
            return found + 1
    return low
