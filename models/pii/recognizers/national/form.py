"""How one country's number is written and checked, and the recognizer that reads a table of them."""

import importlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from models.pii.finding import Finding
from models.pii.recognizers.pattern import (
    CHECKSUM,
    CONTEXT,
    Context,
    compiled,
    digit_regions,
    has_any,
    long_words,
    lowered,
    regions,
)

_ANY_WORDS = (
    "national id", "identity", "identification", "id number", "id no", "id nr", "id card", "tax id", "tax number",
    "tax no",
    "tin", "ausweis\\w{0,12}", "identité", "identidad", "identità", "identidade",
)  # fmt: skip
_ANY_CONTEXT = Context(_ANY_WORDS, before_chars=40, after_chars=0)
_ANY = "ident|ausweis|(?<![^\\W_])(?:id (?:n|card)|tax |tin(?![^\\W_]))"
_ANY_MARKS = ("ident", "ausweis", "id n", "id card", "tax ", "tin")
_WORD = r"[^\W_]+"
_BEFORE_CHARS, _AFTER_CHARS = 64, 36
_CAPITALS_CHARS = 15
_OTHER_SCRIPTS = "\u0370"
_LEFT, _RIGHT = r"(?<![\w.-])(?<!\d/)", r"(?![\w-])(?![.,/]\d)"


@dataclass(frozen=True, slots=True)
class Form:
    """One line of a table.

    ``what`` completes "The check digit of …". ``check`` is a module of python-stdnum (``"de.idnr"``) or a function, or
    None for a number without a check digit, which then needs one of its own ``words``. ``words`` are lower-case and
    stand near the number; with a check any general word for an identity number will do too. ``alone`` means that form
    and check are proof enough; ``lone``: they are where the text holds nothing else. ``run``: six digits at least stand
    together in it, which makes the search quicker.
    """

    what: str
    regex: str
    check: str | Callable[[str], bool] | None
    words: tuple[str, ...] = ()
    alone: bool = False
    run: bool = True
    entity: str = "NATIONAL_ID"
    lone: bool = False


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
    """Looks around runs of digits, and around words that name numbers without one; tries lines that can fit only."""

    def __init__(self, name: str, forms: Sequence[Form]) -> None:
        self.name = name
        self._checked = tuple(form for form in forms if form.check and form.run)
        self._alone = tuple(form for form in forms if form.alone and form.run)
        self._alone_words = tuple(form for form in forms if form.alone and not form.run)
        self._worded = tuple(form for form in forms if not form.run and not form.alone)
        self._by_token: dict[str, list[Form]] = {}
        self._by_part: dict[str, list[Form]] = {}
        for form in forms:
            for word in form.words if form.run else ():
                if word[0] < _OTHER_SCRIPTS:
                    self._by_token.setdefault(re.findall(_WORD, word)[0], []).append(form)
                else:
                    self._by_part.setdefault(word, []).append(form)

    def find(self, text: str) -> Iterator[Finding]:
        """Yield numbers that pass their check and stand near a word that names them, where they need one."""
        lower = lowered(text)
        alone = "|".join(f"(?:{form.regex})" for form in self._alone)
        for start, end in digit_regions(text):
            forms: dict[int, Form] = {}
            named: set[int] = set()
            if alone and compiled(f"{_LEFT}(?:{alone}){_RIGHT}").search(text, start, end):
                forms = {id(form): form for form in self._alone}
            window = lower[max(0, start - _BEFORE_CHARS) : end + _AFTER_CHARS]
            for token in self._by_token.keys() & compiled(_WORD).findall(window):
                forms.update((id(form), form) for form in self._by_token[token])
                named.update(id(form) for form in self._by_token[token])
            if not window.isascii():
                for part, group in self._by_part.items():
                    if part in window:
                        forms.update((id(form), form) for form in group)
            if any(mark in window for mark in _ANY_MARKS) and compiled(_ANY).search(window):
                forms.update((id(form), form) for form in self._checked)
            for form in forms.values():
                yield from self._matches(form, text, start, end, named=id(form) in named)
        for form in self._alone_words:  # in lower case too, where a word names them
            for start, end in regions(lower, form.words) if form.words and has_any(lower, form.words) else ():
                yield from self._matches(form, text, start, end, named=True)
        for start, end in long_capitals(text) if self._alone_words else ():
            for form in self._alone_words:
                yield from self._matches(form, text, start, end)
        for form in self._worded:
            for start, end in regions(lower, form.words) if has_any(lower, form.words) else ():
                yield from self._matches(form, text, start, end)

    def _matches(self, form: Form, text: str, start: int, end: int, *, named: bool = False) -> Iterator[Finding]:
        flags = 0 if form.alone and not named else re.IGNORECASE
        for match in compiled(f"{_LEFT}(?:{form.regex}){_RIGHT}", flags).finditer(text, start, end):
            finding = self._judge(form, match, text)
            if finding is not None:
                yield finding

    def _judge(self, form: Form, match: re.Match[str], text: str) -> Finding | None:
        value, (start, end) = match[0], match.span()
        in_capitals = value == value.upper()
        if form.alone:
            value = value.upper()
        if len(set(value) - set(" .-/")) < 3 or (form.check is not None and not valid(form.check, value)):
            return None
        near = _context(form.words).found(text, start, end) if form.words else None
        if (
            near is None
            and not (form.alone and in_capitals)
            and (form.check is None or _ANY_CONTEXT.found(text, start, end) is None)
        ):
            return None
        named = {"before": " and a word that names it stands before it", "after": " and a word that names it follows"}
        if form.check is None:
            reason = f"It has the form of {form.what}{named[near] if near else ''}."
            return Finding(start, end, form.entity, CONTEXT + 0.02, self.name, reason)
        reason = f"The check digit of {form.what} is right{named[near] if near else ''}."
        return Finding(start, end, form.entity, CHECKSUM - (0.0 if near else 0.02), self.name, reason)


@cache
def _context(words: tuple[str, ...]) -> Context:
    latin = tuple(re.escape(word) for word in words if word[0] < _OTHER_SCRIPTS)
    other = tuple(re.escape(word) for word in words if word[0] >= _OTHER_SCRIPTS)
    return Context(latin, after_chars=32, anywhere=other)


def long_capitals(text: str) -> Iterator[tuple[int, int]]:
    """Spans of fifteen capitals and digits or more in a row."""
    for start, end in long_words(text, _CAPITALS_CHARS):
        for match in compiled(rf"[A-Z0-9]{{{_CAPITALS_CHARS},24}}").finditer(text, start, end):
            yield match.span()
