"""Passwords that answer a question: "temp pw?", and a line or two later "yep Autumn!Leaf88"."""

from collections.abc import Iterator

from models.pii.recognizers.password_words import SPOKEN, TRIGGERS
from models.pii.recognizers.pattern import compiled, places_of
from models.pii.recognizers.secret_value import is_code, is_place, is_strong_password, is_surely_password

_QUESTION = r"what['’]?s|what (?:is|was)|send|need|remind|forgot|wie (?:ist|war|lautet)|quel est|c['’]est quoi|cuál es|qual è|qual é"
_ASKED = (
    rf"(?<!\w)(?:{SPOKEN}|(?:wi-?fi|wlan|alarm|door|gate) ?(?:code|key))(?!\w)[^\n]{{0,60}}\?[^\n]{{0,8}}\n|"
    rf"(?<!\w)(?:{_QUESTION})[^\n]{{1,40}}(?<!\w)(?:{SPOKEN})(?!\w)[^\n]{{0,12}}\n"
)
_LINE_CHARS = 120
_LINES = 2
_OPENING = r"[ \t>]{0,6}(?:\[[^\]\n]{1,24}\][ ]?)?(?:[^\W\d][\w .-]{0,24}:[ ]|<[\w .-]{1,24}>[ ])?"


def find(text: str, lower: str) -> Iterator[tuple[int, int, str]]:
    """Yield the passwords: start, end and the reason. ``lower`` is ``text`` in lower case, of the same length."""
    asked_to = -1
    for place in places_of(lower, TRIGGERS):
        if place < asked_to:
            continue
        line_end = lower.find("\n", place, place + _LINE_CHARS)
        if line_end < 0:
            continue
        begin = lower.rfind("\n", max(0, place - _LINE_CHARS), place) + 1
        if "?" not in lower[place:line_end] and compiled(_QUESTION).search(lower, begin, place) is None:
            continue
        asked = compiled(_ASKED).search(lower, max(begin, place - _LINE_CHARS), line_end + 1)
        if asked is None:
            continue
        asked_to = position = asked.end()
        for _ in range(_LINES):
            end = text.find("\n", position, position + _LINE_CHARS)
            end = end if end >= 0 else len(text)
            if end - position > _LINE_CHARS:
                break
            opening = compiled(_OPENING).match(text, position, end)
            found = next(_passwords(text, opening.end() if opening else position, end), None)
            if found:
                yield *found, "It answers a question for a password."
                break
            position = end + 1


def _passwords(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for word in compiled(r"[^\s\"'`,;<>()]{6,64}").finditer(text, start, end):
        value = word[0].rstrip(".,:?")
        if is_surely_password(value) and is_strong_password(value) and not is_code(value) and not is_place(value):
            yield word.start(), word.start() + len(value)
