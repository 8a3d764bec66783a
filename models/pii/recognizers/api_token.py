"""Access tokens and API keys: known formats, authorization headers, and random-looking values after a secret's name."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from models.pii.finding import Finding
from models.pii.recognizers.pattern import CONTEXT, PATTERN, compiled, long_words, lowered, places_of, regions
from models.pii.recognizers.placeholder import is_placeholder
from models.pii.recognizers.secret_value import looks_random
from models.pii.recognizers.token_assignment import find_assigned
from models.pii.recognizers.token_formats import TOKEN_FORMATS
from models.pii.recognizers.token_sentence import find_said

_HEADER = (
    r"(?:authorization|x-api-key|x-auth-token|x-access-token|x-[\w-]{1,24}-(?:key|token)|"
    r"private-token)[\"']?[ \t]{0,3}[:=][ \t\"']{0,4}(?:(?:Bearer|Token|Basic|SSWS|GoogleLogin[ ]auth|"
    r"ApiKey)[ =]{1,2}(?:[\w.@-]{1,64}:)?)?(?P<value>[A-Za-z0-9+/_=.~:-]{12,2000})"
)
_BEARER = r"(?<![A-Za-z])Bearer[ ]{1,2}(?P<value>[A-Za-z0-9+/_=.~-]{20,2000})"
# The secret key of AWS has no mark of its own; it stands near the key's identifier.
_AWS_PAIR = r"(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])[^A-Za-z0-9+/]{1,40}(?:[\w.-]{1,40}[\"' \t:=,]{1,8}){0,2}(?P<value>[A-Za-z0-9+/]{40})(?![A-Za-z0-9+/=])"
_HEADER_TRIGGERS = ("authorization", "x-", "private-token", "bearer")
_MIN_FORMAT_CHARS = 15
_STAND_IN = re.compile(r"[xX]{6}|\.\.\.|your[-_]|0{10}|1234567890abcdef|abcdefghijkl|EXAMPLE")


class ApiTokenRecognizer:
    """A known format is enough; any other value needs a secret's name before it and the look of chance."""

    name = "access token"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield tokens. Stand-ins, UUIDs without a secret's name and hashes of commits are none."""
        lower = lowered(text)
        yield from self._formats(text, lower)
        for start, end in regions(lower, _HEADER_TRIGGERS):
            for regex in (_HEADER, _BEARER):
                for match in compiled(regex, re.IGNORECASE).finditer(text, start, end):
                    value = match["value"]
                    if looks_random(value) and not is_placeholder(value):
                        yield self._finding(match, PATTERN, "It stands in an authorization header.")
        for start, end in regions(lower, ("akia", "asia")):
            for match in compiled(_AWS_PAIR).finditer(text, start, end):
                if looks_random(match["value"]) and not is_placeholder(match["value"]):
                    yield self._finding(match, PATTERN, "It follows the identifier of an AWS access key.")
        for find, reason in (
            (find_assigned, "A random-looking value after a name for a secret."),
            (find_said, "A random-looking value near words for a secret."),
        ):
            for start, end in find(text, lower):
                yield Finding(start, end, "API_TOKEN", CONTEXT + 0.05, self.name, reason)

    def _formats(self, text: str, lower: str) -> Iterator[Finding]:
        spans = list(long_words(text, _MIN_FORMAT_CHARS))
        if not spans:
            return
        starts = [start for start, _ in spans]
        hits = set()
        for number, (triggers, _, _) in enumerate(TOKEN_FORMATS):
            for place in places_of(lower, triggers):
                word = bisect_right(starts, place) - 1
                if word >= 0 and place < spans[word][1]:
                    hits.add((word, number))
        for word, number in sorted(hits):
            _, regex, what = TOKEN_FORMATS[number]
            for match in compiled(regex).finditer(text, *spans[word]):
                yield from self._known(match, what)

    def _known(self, match: re.Match[str], what: str) -> Iterator[Finding]:
        value = match["value"] if "value" in match.re.groupindex else match[0]
        if len(set(value[4:])) > 5 and not _STAND_IN.search(value[4:]):
            yield self._finding(match, PATTERN + 0.05, f"It has the form of {what}.")

    def _finding(self, match: re.Match[str], score: float, reason: str) -> Finding:
        start, end = match.span("value" if "value" in match.re.groupindex else 0)
        end -= len(match.string[start:end]) - len(match.string[start:end].rstrip(".,"))
        return Finding(start, end, "API_TOKEN", score, self.name, reason)
