"""What a person is told about one finding: what it is, which recognizer says so, on what evidence."""

import re

from models.pii.entities import entity_words
from models.pii.finding import Finding
from models.pii.policy import DEFAULT_POLICY, Policy, sensitivity

_SENTENCES = re.compile(r"\.\s+(?=[A-Z])")
_KINDS = {
    "identifier": "Identifier",
    "contact": "Contact detail",
    "person": "About a person",
    "special category": "Specially protected",
    "secret": "Secret",
    "context only": "Context only",
}


def kind(entity: str) -> str:
    """The sensitivity of ``entity`` in a person's words."""
    return _KINDS[sensitivity(entity)]


def explain(finding: Finding) -> str:
    """One sentence: the recognizer, its score, and the evidence. Never the text."""
    evidence = "; ".join(_clause(part) for part in _SENTENCES.split(finding.reason.strip().rstrip(".")))
    because = f": {evidence}" if evidence else ""
    return f"Found by “{finding.recognizer}” with a score of {finding.score:.2f}{because}."


def _clause(sentence: str) -> str:
    """``sentence`` without its capital, unless that belongs to a name."""
    first = sentence.split(" ", 1)[0]
    plain = first[:1].isupper() and (len(first) == 1 or first[1:].islower())
    return sentence[:1].lower() + sentence[1:] if plain else sentence


def consequence(finding: Finding, policy: Policy = DEFAULT_POLICY) -> str:
    """What a finding means for the text, in one sentence."""
    if not policy.blocks(finding.entity):
        return "It does not keep the text on this device on its own."
    if finding.needs_confirmation:
        return "It keeps the text on this device; marking it as not personal asks you twice."
    return "It keeps the text on this device."


def summary(finding: Finding, policy: Policy = DEFAULT_POLICY) -> str:
    """Title, kind, sentence and consequence, for a tooltip or a screen reader."""
    title = entity_words(finding.entity).title
    return f"{title} · {kind(finding.entity).lower()}\n{explain(finding)}\n{consequence(finding, policy)}"
