"""Which sentence belongs in which part of a summary: of a meeting, a ticket, a compliance document."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from models.engines.starter.actions import Action, find_action
from models.engines.starter.cues import (
    BARE_DECISION,
    DEADLINE,
    DECISION,
    MEETS_AGAIN,
    NEXT,
    OBLIGATION,
    PARTIES,
    PENALTY,
    PROBLEM,
    REQUEST,
    STATUS,
    STEPS,
    UNDECIDED,
)
from models.engines.starter.cues_foreign import ACTION_HEADING, DECISION_HEADING
from models.engines.starter.summary_passages import Check, Passage

_ACTIONS = re.compile(
    rf"\b(?:actions?|action items?|to[- ]?dos?|next steps|follow[- ]ups?|tasks|{ACTION_HEADING})\b", re.IGNORECASE
)
_DECISIONS = re.compile(rf"\b(?:decisions?|resolutions?|agreed|resolved|{DECISION_HEADING})\b", re.IGNORECASE)
_ATTENDEES = re.compile(
    r"(?:present|on the call|taking part|attendees|participants|attending|in attendance|teilnehmer\w*|anwesend\w*|"
    r"présents?|asistentes)",
    re.IGNORECASE,
)
_NAME_WORD = re.compile(r"[^\W\d_a-zß-öø-ÿ][^\W\d_]+(?:[-'’][^\W\d_]+)?")
_PROGRESS = re.compile(r"\b(?:is|are) being\b", re.IGNORECASE)
_TICKET_LABELS = (
    (
        "Problem",
        r"problem|issue|description|symptoms?|summary|what happened|fehler|störung|problème|problema|incidencia",
    ),
    (
        "Steps tried",
        r"(?:steps|actions|measures)(?: (?:already )?(?:taken|tried|done))?|tried|troubleshooting|"
        r"(?:already|what (?:i|we)) tried|bisherige \w+|maßnahmen|actions? (?:effectuées?|menées?)|pasos \w+|acciones",
    ),
    (
        "Status",
        r"(?:current )?(?:status|state)|findings?|analysis|diagnosis|(?:root )?cause|stand|état|statut|estado|"
        r"diagnóstico",
    ),
    (
        "Next",
        r"next(?: steps?)?|plan|resolution|requested?(?: action)?|to do|follow-up|nächste schritte?|"
        r"prochaines? étapes?|próximos? pasos?|request|expected",
    ),
)
_LABELS = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _TICKET_LABELS)
TICKET = tuple(name for name, _ in _TICKET_LABELS)


@dataclass(frozen=True, slots=True)
class Meeting:
    """The parts of a meeting; ``used`` are the passages in one of them."""

    decisions: list[Passage] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    again: list[Passage] = field(default_factory=list)
    used: set[int] = field(default_factory=set)


def meeting_parts(passages: Sequence[Passage], check: Check) -> Meeting:
    """Decisions, actions and when they meet again."""
    parts = Meeting()
    people = _attendees(passages)
    before: Passage | None = None
    for passage in passages:
        check()
        listed = bool(_ACTIONS.search(passage.heading) or _ACTIONS.fullmatch(passage.label))
        if MEETS_AGAIN.match(passage.text):
            parts.again.append(passage)
            parts.used.add(passage.index)
            continue
        action = _action(passage, people, listed=listed)
        if _is_decision(passage, action):
            what = passage
            if BARE_DECISION.fullmatch(passage.body) and not parts.decisions and before is not None:
                what = before  # "OK, decided then.": what was said right before
            if not BARE_DECISION.fullmatch(what.body) and what.index not in parts.used:
                parts.decisions.append(what)
                parts.used.add(what.index)
        elif action is not None and len(action.what.split()) > 1:
            parts.actions.append(action)
            parts.used.add(passage.index)
        before = passage
    return parts


def _action(passage: Passage, people: set[str], *, listed: bool) -> Action | None:
    if passage.speaker:
        said = find_action(passage.body, listed=False, speaker=passage.speaker, people=people)
        if said is not None:
            return said
    return find_action(passage.text, listed=listed, people=people)


def _is_decision(passage: Passage, action: Action | None) -> bool:
    if UNDECIDED.search(passage.text) or passage.text.endswith("?"):
        return False
    bare = BARE_DECISION.fullmatch(passage.body)
    decided = (
        bare
        or DECISION.search(passage.body)
        or _DECISIONS.search(passage.heading)
        or _DECISIONS.fullmatch(passage.label)
    )
    # "We agreed to keep the price": what all of them agreed on is a decision, and nobody's task.
    return bool(decided) and (action is None or action.owner.casefold() in ("", "we", "the team"))


def _attendees(passages: Iterable[Passage]) -> set[str]:
    """Names and parts of names of those who take part."""
    listed = (passage.body for passage in passages if _ATTENDEES.fullmatch(passage.label))
    speakers = (passage.speaker for passage in passages if passage.speaker)
    return {word for names in (*listed, *speakers) for word in _NAME_WORD.findall(names)}


def ticket_parts(passages: Sequence[Passage], check: Check) -> dict[str, list[Passage]]:
    """The sentences of ``TICKET``'s parts: by the label that they stand under, else by their words."""
    parts: dict[str, list[Passage]] = {name: [] for name in TICKET}
    for passage in passages:
        check()
        if passage.is_courtesy or passage.is_meta:
            continue
        part = _by_label(passage) or _by_words(passage)
        if part:
            parts[part].append(passage)
    return parts


def _by_label(passage: Passage) -> str:
    for told in (passage.label, passage.heading):
        for name, pattern in _LABELS:
            if told and pattern.fullmatch(told):
                return name
    return ""


def _by_words(passage: Passage) -> str:
    text = passage.body or passage.text
    if STEPS.search(text) and not text.rstrip().endswith("?") and not _PROGRESS.search(text):
        return "Steps tried"
    if REQUEST.search(text):
        return "Next"
    if STATUS.search(text):
        return "Status"
    if PROBLEM.search(text):
        return "Problem"
    return "Next" if NEXT.search(text) else ""


def compliance_parts(passages: Sequence[Passage], check: Check) -> dict[str, list[Passage]]:
    """Obligations, deadlines, penalties and sentences on the parties; a deadline may be an obligation too."""
    groups: dict[str, list[Passage]] = {"Obligations": [], "Deadlines": [], "Penalties": [], "Parties": []}
    for passage in passages:
        check()
        if PENALTY.search(passage.text):
            groups["Penalties"].append(passage)
        elif OBLIGATION.search(passage.text):
            groups["Obligations"].append(passage)
        if DEADLINE.search(passage.text):
            groups["Deadlines"].append(passage)
        if PARTIES.search(passage.text):
            groups["Parties"].append(passage)
    return groups
