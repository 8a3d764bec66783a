"""What the model half sees counts where somebody is surely meant.

That a person is ill, believes or belongs is mostly said in few plain words ("on home oxygen", "ten o'clock Mass"),
which the model, asked about any text, rightly doubts. Beside a name or another sure sign of a person they are far
likelier about that person, and the text is kept on this device anyway; so less is enough there, and still less for
words that mostly speak of such things.
"""

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from models.pii.cues import cued
from models.pii.finding import Finding
from models.pii.policy import sensitivity
from models.pii.recognizers.pattern import CONTEXT
from models.pii.tagger.labels import ENTITIES, RECOGNIZER

if TYPE_CHECKING:
    from models.pii.tagger.tagger import Reading

_SPECIAL = tuple(entity for entity in ENTITIES if sensitivity(entity) == "special category")
_LEAST, _ENOUGH = 0.02, 0.25
"""Probabilities: of every word of a finding, and of its likeliest one, if none of its words is a cue. Of the marks in
benchmarks/texts/documents.jsonl, 90 % were found with these instead of 83 %, with 1.2 further findings at no mark in a
document."""
_REACH = 1500
"""Characters between the word and the sign of a person, at most."""
_LEAST_LETTERS = 4
_SAID = {
    "HEALTH": "something about somebody's health",
    "RELIGION": "somebody's religion",
    "ETHNICITY": "somebody's origin",
    "POLITICS": "somebody's political views",
    "SEXUAL_LIFE": "somebody's sexual life or orientation",
    "UNION": "membership in a union",
}


def faint(text: str, findings: Sequence[Finding], reading: "Reading") -> list[Finding]:
    """Further findings of special categories, apart from ``findings``. Linear, sorting apart."""
    areas = _areas(findings)
    if not areas:
        return []
    starts = [start for start, _ in areas]
    result = []
    for start, end, entity, score in reading.runs(_SPECIAL, _LEAST, [(f.start, f.end) for f in findings]):
        place = bisect_right(starts, end) - 1
        if place < 0 or areas[place][1] <= start:
            continue
        words = text[start:end]
        cue = cued(words)
        if cue or (score >= _ENOUGH and sum(map(str.isalpha, words)) >= _LEAST_LETTERS):
            entity = cue or entity
            reason = f"Near a sure sign of a person, the model half reads this as {_SAID[entity]} (score {score:.2f})."
            result.append(Finding(start, end, entity, CONTEXT, RECOGNIZER, reason))
    return result


def _areas(findings: Sequence[Finding]) -> list[tuple[int, int]]:
    """Where somebody is surely meant: spans around signs of a person, in order, none touching another."""
    areas: list[tuple[int, int]] = []
    for finding in sorted(findings):
        if sensitivity(finding.entity) in ("context only", "secret"):
            continue
        start, end = finding.start - _REACH, finding.end + _REACH
        if areas and start <= areas[-1][1]:
            areas[-1] = (areas[-1][0], max(end, areas[-1][1]))
        else:
            areas.append((start, end))
    return areas
