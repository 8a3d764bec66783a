"""Access tokens and API keys: known formats, authorization headers, and random-looking values after a secret's name."""

import re
from collections.abc import Iterator
from itertools import pairwise

from models.pii.finding import Finding
from models.pii.recognizers.pattern import CONTEXT, PATTERN, compiled, long_words, lowered, regions
from models.pii.recognizers.placeholder import entropy_bits, is_placeholder, is_uuid
from models.pii.recognizers.token_formats import TOKEN_FORMATS

_NAME = (
    r"(?:api|app|admin|snyk|vercel|ci|deploy|registry|npm|github|gitlab|slack|user|refresh|id|csrf|reset|bearer|publishable|storage|license|app|access|secret|private|auth|client|consumer|encryption|signing|session|master|account|service|webhook|bot|license|shared)"
    r"[ _.-]?(?:access[ _.-]?)?(?:key|token|secret|credential)s?|secret|token|credentials?|apikey|bearer|"
    r"passkey|jwt|auth|signature|otp_seed|hmac[ _-]?key"
)
_KEYED = (
    rf"(?P<name>{_NAME})(?:_?(?:id|base|value|string))?[\"'`\])]{{0,3}}[ \t]{{0,4}}(?P<sep>:=|=>|=|:|"
    rf"\bis\b|\bwas\b|-{{1,2}}>|\|)[ \t]{{0,4}}"
    r"(?:(?:Bearer|Token|Basic)[ ])?(?P<quote>[\"'`]?)(?P<value>[A-Za-z0-9+/_=.~%$!@#^&*-]{12,512})"
)
_HEADER = (
    r"(?:authorization|x-api-key|x-auth-token|x-access-token|"
    r"private-token)[\"']?[ \t]{0,3}[:=][ \t\"']{0,4}(?:(?:Bearer|Token|Basic|"
    r"ApiKey)[ ]{1,2})?(?P<value>[A-Za-z0-9+/_=.~-]{12,2000})"
)
_BEARER = r"(?<![A-Za-z])Bearer[ ]{1,2}(?P<value>[A-Za-z0-9+/_=.~-]{20,2000})"
_NAME_TRIGGERS = ("key", "token", "secret", "credential", "bearer", "jwt", "auth", "signature", "otp_seed")
_MIN_FORMAT_CHARS = 15
_MIN_BITS = 3.0
_STRONG_NAME = re.compile(r"api|secret|client|private|access|credential|master|snyk|refresh|deploy|auth", re.IGNORECASE)
_WORDLIKE = re.compile(r"[a-z]{2,}(?:[-_./][a-z]{2,}){1,8}|[A-Za-z]+|[A-Z][A-Z_]+|[\d.,:/-]+")


class ApiTokenRecognizer:
    """A known format is enough; any other value needs a secret's name before it and the look of chance."""

    name = "access token"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield tokens. Stand-ins, UUIDs without a secret's name and hashes of commits are none."""
        lower = lowered(text)
        spans = list(long_words(text, _MIN_FORMAT_CHARS))
        words = " ".join(lower[start:end] for start, end in spans)
        formats = [entry for entry in TOKEN_FORMATS if any(trigger in words for trigger in entry[0])]
        for start, end in spans:
            word = lower[start:end]
            for triggers, regex, what in formats:
                if any(trigger in word for trigger in triggers):
                    for match in compiled(regex).finditer(text, start, end):
                        yield from self._known(match, what)
        for start, end in regions(lower, _NAME_TRIGGERS):
            for regex in (_HEADER, _BEARER):
                for match in compiled(regex, re.IGNORECASE).finditer(text, start, end):
                    value = match["value"]
                    if looks_random(value) and not is_placeholder(value):
                        yield self._finding(match, PATTERN, "It stands in an authorization header.")
            for match in compiled(_KEYED, re.IGNORECASE).finditer(text, start, end):
                if _is_secret(match, text):
                    yield self._finding(match, CONTEXT + 0.05, "A random-looking value after a name for a secret.")

    def _known(self, match: re.Match[str], what: str) -> Iterator[Finding]:
        value = match["value"] if "value" in match.re.groupindex else match[0]
        if len(set(value[4:])) > 5 and not re.search(r"[xX]{6}|\.\.\.|your[-_]|0{10}", value[4:]):
            yield self._finding(match, PATTERN + 0.05, f"It has the form of {what}.")

    def _finding(self, match: re.Match[str], score: float, reason: str) -> Finding:
        start, end = match.span("value" if "value" in match.re.groupindex else 0)
        end -= len(match.string[start:end]) - len(match.string[start:end].rstrip(".,"))
        return Finding(start, end, "API_TOKEN", score, self.name, reason)


def looks_random(value: str) -> bool:
    """True for a value no person would write as a word: mixed kinds of characters with enough entropy."""
    if _WORDLIKE.fullmatch(value) and not (len(value) >= 20 and _mixed_case(value)):
        return False
    kinds = sum(bool(re.search(kind, value)) for kind in (r"[a-z]", r"[A-Z]", r"\d"))
    return kinds >= 2 and entropy_bits(value) >= _MIN_BITS


def _mixed_case(value: str) -> bool:
    changes = sum(a.isupper() != b.isupper() for a, b in pairwise(value))
    return value.isalpha() and changes >= len(value) * 0.3


def _is_secret(match: re.Match[str], text: str) -> bool:
    value, name = match["value"].rstrip(".,"), match["name"]
    if is_placeholder(value) or not looks_random(value):
        return False
    following = text[match.end() : match.end() + 1]
    if following == "(" or (not match["quote"] and re.match(r"[A-Za-z_]+(?:\.[A-Za-z_]+)+", value)):
        return False  # a call or an attribute in a program
    if is_uuid(value):
        return _STRONG_NAME.search(name) is not None
    if match["sep"].isalpha() or match["sep"] == "|":
        return any(char.isdigit() for char in value) and len(value) >= 16
    return any(char.isdigit() for char in value) or len(value) >= 24
