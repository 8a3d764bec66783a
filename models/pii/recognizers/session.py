"""What opens an account without a password being typed: session cookies, basic-auth headers, hashes, one-time seeds."""

import base64
import binascii
import re
from collections.abc import Iterator

from models.pii.finding import Finding
from models.pii.recognizers.pattern import CONTEXT, PATTERN, compiled, long_words, lowered, regions
from models.pii.recognizers.placeholder import entropy_bits, is_placeholder

_HEADER = r"(?<![A-Za-z0-9])(?:set-)?cookie2?[\"']?[ ]?[:=][ \"']{0,3}(?P<pairs>[^\n\r]{4,2000})"
_PAIR = r"(?P<name>[\w.$-]{2,64})=(?P<value>[^;\s\"',]{8,1500})"
_SESSION_NAME = re.compile(
    r"sess|sid|auth|token|jwt|remember|login|user|csrf|xsrf|connect|identity|ticket|secure|account|key", re.IGNORECASE
)
_LOOSE = (
    r"(?<![A-Za-z0-9_])(?:JSESSIONID|PHPSESSID|ASP\.NET_SessionId|sessionid|session_id|connect\.sid|_session|laravel_session|"
    r"csrftoken|XSRF-TOKEN|__Host-[\w-]{2,30}|__Secure-[\w-]{2,30})[\"']?[ ]?[:=][ \"']{0,3}(?P<value>[^;\s\"',&<>]{12,1500})"
)
_BASIC = r"(?<![A-Za-z])basic[ ]{1,2}(?P<value>[A-Za-z0-9+/]{8,400}={0,2})"
_MIN_CRYPT_CHARS = 26
_CRYPT = (
    r"(?P<value>\$(?:2[abxy]?\$\d\d\$[./A-Za-z0-9]{53}|(?:1|5|6|7|apr1|y|gy)\$(?:[\w=,]{1,40}\$)?[./A-Za-z0-9]{1,86}\$[./A-Za-z0-9]{22,90}|"
    r"argon2(?:id|i|d)\$v=\d+\$[\w=,]{5,40}\$[A-Za-z0-9+/]{8,90}\$[A-Za-z0-9+/]{16,120})|"
    r"(?:pbkdf2_sha256|bcrypt_sha256|scrypt)\$[\w$,=]{2,60}\$[\w+/=.$]{20,200}|\{S?SHA(?:256|512)?\}[A-Za-z0-9+/=]{28,120}|"
    r"(?<=:)(?:[0-9A-Fa-f]{32}:[0-9A-Fa-f]{32})(?=:::))"
)
_SEED = r"otpauth://(?:totp|hotp)/[^\s?]{0,200}\?[^\s\"'<>]{0,200}?secret=(?P<value>[A-Za-z2-7]{8,128})"

_SEED_KEY = (
    r"(?<![^\W_])(?:2fa|mfa|totp|otp|authenticator|two-factor)(?![^\W_])[^\n:=]{0,30}(?:secret|seed|key|code)[^\n:=]{0,12}[:=]?[ ]{1,2}"
    r"(?P<value>[A-Za-z2-7]{16,64}(?![A-Za-z0-9])|[A-Za-z2-7]{4}(?:[ -][A-Za-z2-7]{4}){3,15}(?![A-Za-z0-9]))"
)


class SessionRecognizer:
    """Each kind by its own mark; values that are short, plain words or stand-ins are passed over."""

    name = "session secret"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the secret part alone."""
        lower = lowered(text)
        for start, end in regions(lower, ("cookie:", 'cookie"', "cookie'", "cookie =", "cookie=")):
            for header in compiled(_HEADER, re.IGNORECASE).finditer(text, start, end):
                for pair in compiled(_PAIR).finditer(text, *header.span("pairs")):
                    named = _SESSION_NAME.search(pair["name"]) is not None
                    if _is_random(pair["value"], 10 if named else 20):
                        yield self._finding(pair, PATTERN, "A value in a cookie header.")
        for start, end in regions(lower, ("sessid", "session", "connect.sid", "csrf", "xsrf", "__host-", "__secure-")):
            for match in compiled(_LOOSE, re.IGNORECASE).finditer(text, start, end):
                if _is_random(match["value"], 12):
                    yield self._finding(match, CONTEXT + 0.1, "It follows the name of a session cookie.")
        for start, end in regions(lower, ("basic ",)):
            for match in compiled(_BASIC, re.IGNORECASE).finditer(text, start, end):
                if _is_login(match["value"]):
                    yield self._finding(match, PATTERN + 0.05, "It decodes to a user name and a password.")
        for start, end in long_words(text, _MIN_CRYPT_CHARS):
            for match in compiled(_CRYPT).finditer(text, start, end):
                yield self._finding(match, PATTERN, "It has the form of a stored password's hash.")
        if "otpauth://" in lower:
            for match in compiled(_SEED, re.IGNORECASE).finditer(text):
                yield self._finding(match, PATTERN + 0.05, "The seed of one-time passwords.")
        for start, end in regions(lower, ("2fa", "mfa", "otp", "authenticator", "two-factor")):
            for match in compiled(_SEED_KEY, re.IGNORECASE).finditer(text, start, end):
                if any(char.isdigit() for char in match["value"]) or match["value"].isupper():
                    yield self._finding(match, PATTERN, "The seed of one-time passwords.")

    def _finding(self, match: re.Match[str], score: float, reason: str) -> Finding:
        return Finding(*match.span("value"), "API_TOKEN", score, self.name, reason)


def _is_random(value: str, least_chars: int) -> bool:
    if len(value) < least_chars or is_placeholder(value):
        return False
    has_digit = any(char.isdigit() for char in value)
    return has_digit and any(char.isalpha() for char in value) and entropy_bits(value) >= 2.8


def _is_login(value: str) -> bool:
    try:
        plain = base64.b64decode(value + "=" * (-len(value) % 4), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return False
    user, colon, password = plain.partition(":")
    return bool(colon) and plain.isprintable() and bool(user) and not is_placeholder(password)
