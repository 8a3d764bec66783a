"""Passwords, passphrases and PINs: in settings, connection strings, command lines and sentences."""

import re
from collections.abc import Iterator

from models.pii.finding import Finding
from models.pii.recognizers import (
    access_code,
    licence_key,
    lock_code,
    password_answer,
    password_command,
    password_sentence,
)
from models.pii.recognizers.assignment import Assignment, assignments
from models.pii.recognizers.password_words import ABOUT, NOT_PASSWORDS, SETTING, SETTING_IN_LOWER_CASE, TRIGGERS
from models.pii.recognizers.pattern import CONTEXT, compiled, lowered
from models.pii.recognizers.placeholder import is_placeholder
from models.pii.recognizers.secret_value import is_code, is_place, looks_like_password

_ABOUT = re.compile(ABOUT, re.IGNORECASE)
_READS = re.compile(r"(?:get|input|prompt|read|fetch|find|check|valid\w*|load|ask|has|is)_?$", re.IGNORECASE)
_DECLARES = re.compile(
    r"(?m:^)[ \t]{0,40}(?:(?:public|final|export|abstract|data|sealed|internal|static)[ ]){0,3}"
    r"(?:class|struct|interface|enum|trait)[ ][\w<>, ]{1,100}[:(][ ]{0,3}(?:public[ ])?$"
)
_LINE_CHARS = 160
_COMPARES = frozenset({"==", "===", "!=", "!==", "<=", ">="})
_SENTENCE_END = (":", "?", "!", ".")
_MIN_CHARS = 3
# Words that mean more than a password: a plain word after them is none.
_PHRASES = frozenset({"passphrase", "pass_phrase", "pass-phrase", "pass phrase"})
_ATTRIBUTE = (
    r"(?:name|user(?:name)?|login|id|type|min\w{0,9}|max\w{0,9}|size|length|required|autocomplete|placeholder|value|class|style|href|src|for|title|"
    r"aria-\w{1,16}|data-[\w-]{1,24}|service|profile|host|port|on\w{3,10})=\S"
)
_AMBIGUOUS = frozenset({"clave", "parola", "pass", "secret", "psk", "psw"})


class PasswordRecognizer:
    """Every form needs a word for a password before it; stand-ins, code and ordinary words are passed over."""

    name = "password"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the secret itself, without quotes."""
        yield from dict.fromkeys(self._found(text, lowered(text)))

    def _found(self, text: str, lower: str) -> Iterator[Finding]:
        for given in assignments(text, lower, SETTING, TRIGGERS, SETTING_IN_LOWER_CASE):
            if _is_password(given, text):
                yield from self._value(text, given.start, given.end, "It follows a word for a password.")
        for find in (password_sentence.find, password_command.find, password_answer.find):
            for start, end, reason in find(text, lower):
                yield from self._value(text, start, end, reason)
        for find in (access_code.find, lock_code.find, licence_key.find):
            for start, end, reason in find(text, lower):
                yield Finding(start, end, "PASSWORD", CONTEXT, self.name, reason)

    def _value(self, text: str, start: int, end: int, reason: str) -> Iterator[Finding]:
        value = text[start:end]
        if compiled(_ATTRIBUTE, re.IGNORECASE).match(value):
            return  # of markup, or another setting of the same line
        if compiled(r"\barn:[\w-]{2,10}:\S{0,200}\Z").search(text, max(0, start - _LINE_CHARS), start):
            return  # the name of a resource in a cloud
        if end - start >= _MIN_CHARS and not is_placeholder(value) and "\\f" not in value[-4:]:
            yield Finding(start, end, "PASSWORD", CONTEXT, self.name, reason)


def _is_password(given: Assignment, text: str) -> bool:
    value, separator = given.value, given.separator
    if len(value) < _MIN_CHARS or _ABOUT.search(given.tail) or value.lower() == given.name.lower():
        return False
    if given.word.lower() == "secret" and text[max(0, given.start - 60) : given.start].lower().rstrip().endswith(
        ":secret:"
    ):
        return False  # the name of a secret in a vault
    if value.isupper() and value.replace("_", "").isalpha() and "_" in value:
        return False  # the name of a variable
    if _DECLARES.search(text, max(0, given.start - _LINE_CHARS), given.start) and given.separator in (":", "(", ""):
        return False
    if given.separator == ":" and password_sentence.is_verdict(given.name, text, given.start - 2):
        return False  # the verdict of a test, and its name
    if given.quoted:
        return _is_quoted_password(given)
    if given.word.lower() == "secret" and not (looks_like_password(value) and len(value) >= 8):
        return False
    if value.startswith(("[", "\\f")):
        return False  # the options of a setting, or markup of a manual page
    if separator in _COMPARES or separator in (",", "(", "") or is_place(value):
        return separator == "" and _is_directive(given, text) and looks_like_password(value)
    following = text[given.end : given.end + 40].split("\n", 1)[0].strip()
    if text[given.end : given.end + 1] == "(" or value.startswith(("//", "[", "(", "@", "?", "\\", "!", "</")):
        return False
    if is_code(value) and not (looks_like_password(value) and separator == "=" and re.search(r"[#?^~$]", value)):
        return False
    if looks_like_password(value):
        return separator != "|" or any(char.isdigit() for char in value)
    if given.word.lower() in _AMBIGUOUS or value.lower() in NOT_PASSWORDS:
        return False
    # An ordinary word is a password only if nothing follows it: "Password: must be …" is a rule.
    if separator.startswith("-") or separator in (">", "|", "->", "→") or value[0] in "-_.*" or value.endswith(":"):
        return separator == ">" and following.startswith("</") and value.isalnum()
    return not following[:1].isalpha() and not re.fullmatch(r"[\d.,:/%-]{1,3}|[^\w]+|\d+[.,]\d+%?|[a-z]+ed", value)


def _is_quoted_password(given: Assignment) -> bool:
    value = given.value
    if re.match(r"\$\w", value) and " " in value:
        return False  # a text with a variable in it
    if given.separator in (",", "(", "") and (not looks_like_password(value) or " " in value or is_place(value)):
        return False
    if given.separator == "(" and _READS.search(given.name[: len(given.name) - len(given.word) - len(given.tail)]):
        return False
    if given.word.lower() == "secret" and not (looks_like_password(value) and len(value) >= 6):
        return False
    if is_place(value) or value[0] in "#.-/" or (value.endswith(_SENTENCE_END) and " " in value):
        return (
            not is_place(value) and value[0] == "#" and looks_like_password(value) and any(c.isdigit() for c in value)
        )
    if " " not in value:
        return not re.search(r"\w\(\w*\)|^\w+(?:[./#]\w+){2,}$", value)
    parts = value.split()
    common = sum(is_placeholder(part) for part in parts)
    return looks_like_password(value) or common == 0 or (given.word.lower() in _PHRASES and common * 3 < len(parts))


def _is_directive(given: Assignment, text: str) -> bool:
    """``ENV DB_PASSWORD x``, ``requirepass x``, ``--password x``: words that take the next one as their value."""
    begin = max(text.rfind("\n", max(0, given.start - _LINE_CHARS), given.start) + 1, given.start - _LINE_CHARS, 0)
    line = text[begin : given.start].strip().lower()
    head = line[: len(line) - len(given.word) - len(given.tail)]
    if re.search(r"(?:^|\s)--?[\w-]*$", head) and given.name.startswith("-"):
        return True
    return re.fullmatch(r"(?:env|arg|setx|set|export|enable|d-i passwd/user-|option)?\s*[\w.-]*", head) is not None
