"""How one country's number is written and checked, and the recognizer that reads a table of them."""

import importlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from models.pii.finding import Finding
from models.pii.recognizers.pattern import CHECKSUM, CONTEXT, Context, compiled, digit_regions, lowered

_ANY_WORDS = (
    "national id", "identity", "identification", "id number", "id no", "id nr", "id card", "tax id", "tax number",
    "tax no",
    "tin", "ausweis\\w{0,12}", "identité", "identidad", "identità", "identidade",
)  # fmt: skip
_ANY_TRIGGERS = ("ident", "id n", "id card", "tax ", "tin", "ausweis")
_LEFT, _RIGHT = r"(?<![\w.-])(?<!\d/)", r"(?![\w-])(?![.,/]\d)"


@dataclass(frozen=True, slots=True)
class Form:
    """One line of a table.

    ``what`` completes "The check digit of …". ``check`` is a module of python-stdnum (``"de.idnr"``) or a function, or
    None for a number without a check digit, which then needs one of its own ``words``. ``words`` are lower-case and
    stand near the number; with a check any general word for an identity number will do too. ``alone`` means that form
    and check are proof enough. ``run``: six digits at least stand together in it, which makes the search quicker.
    """

    what: str
    regex: str
    check: str | Callable[[str], bool] | None
    words: tuple[str, ...] = ()
    alone: bool = False
    run: bool = True
    entity: str = "NATIONAL_ID"


def valid(check: str | Callable[[str], bool], value: str) -> bool:
    """Whether ``value`` passes. python-stdnum's own check of form and digits; it works offline."""
    if callable(check):
        return check(value)
    module = importlib.import_module(f"stdnum.{check}")
    try:
        return bool(module.is_valid(value))
    except (LookupError, ValueError):  # letters or regions that its tables do not know
        return False


class NumberRecognizer:
    """Tries each line of a table whose words stand in the text, and those that need none."""

    def __init__(self, name: str, forms: Sequence[Form]) -> None:
        self.name = name
        self._forms = tuple(forms)

    def find(self, text: str) -> Iterator[Finding]:
        """Yield numbers that pass their check and stand near a word that names them, where they need one."""
        lower = lowered(text)
        general = any(trigger in lower for trigger in _ANY_TRIGGERS)
        spans: list[tuple[int, int]] | None = None
        for form in self._forms:
            own = any(word in lower for word in form.words)
            if not (form.alone or own or (general and form.check)):
                continue
            if spans is None:
                spans = list(digit_regions(text))
            for start, end in spans if form.run else ((0, len(text)),):
                flags = 0 if form.alone else re.IGNORECASE
                for match in compiled(f"{_LEFT}(?:{form.regex}){_RIGHT}", flags).finditer(text, start, end):
                    finding = self._judge(form, match, text)
                    if finding is not None:
                        yield finding

    def _judge(self, form: Form, match: re.Match[str], text: str) -> Finding | None:
        value, (start, end) = match[0], match.span()
        if len(set(value) - set(" .-/")) < 3 or (form.check is not None and not valid(form.check, value)):
            return None
        latin = tuple(re.escape(word) for word in form.words if word[0] < "\u0370")
        other = tuple(re.escape(word) for word in form.words if word[0] >= "\u0370")
        near = Context(latin, anywhere=other).found(text, start, end) if form.words else None
        if (
            near is None
            and not form.alone
            and (
                form.check is None
                or Context(_ANY_WORDS, before_chars=40, after_chars=0).found(text, start, end) is None
            )
        ):
            return None
        named = {"before": " and a word that names it stands before it", "after": " and a word that names it follows"}
        if form.check is None:
            reason = f"It has the form of {form.what}{named[near] if near else ''}."
            return Finding(start, end, form.entity, CONTEXT, self.name, reason)
        reason = f"The check digit of {form.what} is right{named[near] if near else ''}."
        return Finding(start, end, form.entity, CHECKSUM - (0.0 if near else 0.02), self.name, reason)
