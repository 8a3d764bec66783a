"""Rules that a person wrote for a label: what a text must say for it to be certain, before any model is asked."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models.skills.text import fold

MAX_PATTERN = 300
"""Characters of a pattern."""
SEARCH_SECONDS = 0.2
"""How long a pattern may search; one that takes longer does not apply, and the model is asked."""
_HEAD_LINES = 30
"""Lines in which a sender may stand."""
_SENDER = re.compile(r"^\s*(?:from|von|de|da|van|od)\s*:\s*(.+)$", re.IGNORECASE)
_AMOUNT = re.compile(
    r"(?:[$€£¥]|\b(?:USD|EUR|GBP|CHF|JPY|AUD|CAD)\b)\s?(\d[\d.,'’  ]*)"
    r"|(\d[\d.,'’  ]*)\s?(?:[$€£¥]|\b(?:USD|EUR|GBP|CHF|JPY|AUD|CAD|euros?|dollars?|pounds?)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Rule:
    """Gives ``label`` to a text for which every condition that is set holds.

    ``contains``: one of these words or phrases stands in it, whole, without regard to case. ``pattern``: this regular
    expression is found. ``sender``: the line "From:" holds this. ``amount_over``: an amount of money above this.
    """

    label: str
    contains: tuple[str, ...] = ()
    pattern: str = ""
    sender: str = ""
    amount_over: float | None = None


def pattern_problem(pattern: str) -> str:
    """Why a pattern cannot be used, or ""."""
    import regex

    try:
        regex.compile(pattern, regex.IGNORECASE)
    except regex.error as error:
        return f"this is not a regular expression ({error.msg})"
    return ""


def first_rule(rules: Sequence[Rule], text: str) -> tuple[Rule, str] | None:
    """The first rule that holds for ``text``, with the reason in words; None if none does."""
    for rule in rules:
        reasons = _reasons(rule, text)
        if reasons:
            return rule, "Your rule: " + " and ".join(reasons) + "."
    return None


def _reasons(rule: Rule, text: str) -> list[str]:
    """Why the rule holds, condition by condition; empty if one does not."""
    checks: list[Callable[[], str]] = []
    if rule.contains:
        checks.append(lambda: _contained(rule.contains, text))
    if rule.pattern:
        checks.append(lambda: _found(rule.pattern, text))
    if rule.sender:
        checks.append(lambda: _sent(rule.sender, text))
    least = rule.amount_over
    if least is not None:
        checks.append(lambda: _amount(least, text))
    reasons: list[str] = []
    for check in checks:
        said = check()
        if not said:
            return []
        reasons.append(said)
    return reasons


def _contained(phrases: Sequence[str], text: str) -> str:
    folded = fold(text)
    for phrase in phrases:
        words = re.escape(fold(phrase))
        start = r"(?<!\w)" if words[:1].isalnum() else ""
        end = r"(?!\w)" if words[-1:].isalnum() else ""
        if re.search(f"{start}{words}{end}", folded):
            return f"the text contains “{phrase}”"
    return ""


def _found(pattern: str, text: str) -> str:
    import regex

    try:
        found = regex.search(pattern, text, regex.IGNORECASE, timeout=SEARCH_SECONDS)
    except TimeoutError:
        return ""
    return "its pattern was found" if found else ""


def _sent(sender: str, text: str) -> str:
    for line in text.splitlines()[:_HEAD_LINES]:
        match = _SENDER.match(line)
        if match and fold(sender) in fold(match[1]):
            return f"the sender is “{sender}”"
    return ""


def _amount(least: float, text: str) -> str:
    amounts = [_number(match[1] or match[2]) for match in _AMOUNT.finditer(text)]
    above = [amount for amount in amounts if amount is not None and amount > least]
    return f"an amount is above {least:g}" if above else ""


def _number(written: str) -> float | None:
    """The number, whichever of point and comma parts the thousands."""
    digits = re.sub(r"[\s'’  ]", "", written).rstrip(".,")
    last = max(digits.rfind("."), digits.rfind(","))
    if last >= 0 and len(digits) - last - 1 in (1, 2):
        whole, part = digits[:last], digits[last + 1 :]
    else:
        whole, part = digits, ""
    whole = re.sub(r"[.,]", "", whole)
    return float(f"{whole}.{part or '0'}") if whole.isdigit() else None
