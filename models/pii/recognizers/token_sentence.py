"""Tokens in sentences, tables and chat: a random-looking word soon after words for one, whatever stands between."""

import re
from collections.abc import Iterator

from models.pii.recognizers.pattern import compiled, has_any, long_words
from models.pii.recognizers.placeholder import entropy_bits, is_placeholder, is_uuid
from models.pii.recognizers.secret_value import is_code, is_place, looks_random

_NAME = (
    r"(?<![^\W_])(?:api[ _-]?(?:keys?|tokens?|secrets?|schlüssel|ключ\w{0,2}|sleutel)|"
    r"(?:access|auth|secret|private|service|license|licence|"
    r"encryption|signing|deploy|client|consumer|shared|session|refresh|bearer|webhook|personal|leaked|exposed|this|the|my|new|old|our|"
    r"datadog|openai|stripe|heroku|github|gitlab|aws|azure|google|maps|twilio|slack|sentry|okta|npm|databricks|snyk|cloudflare)"
    r"(?:[ _-](?:access|api|private|secret|auth))?[ _-](?:keys?|tokens?|secrets?)|tokens?|secrets?|bearer|credentials?|x-auth|"
    r"(?:api|zugangs|zugriffs)-?schlüssel|cl[ée]s?[ ](?:d['’])?(?:api|acc[èe]s|secr[èe]te)|jeton|(?:clave|chave|llave)s?(?:[ ]de)?[ ]api|"
    r"chiave[ ](?:api|segreta|di[ ]accesso)|api-sleutel|klucz[ ]api|api[ ]?密[钥鑰]|api[ ]?キー|apiキー|otp[ ]seed|totp[ ]seed|2fa[ ]secret|"
    r"pat|sas[ ]token|client[ ]secret)(?![^\W\d_])"
)
_OTHER = re.compile(
    r"(?<![^\W_])(?:commit|sha\d{0,3}|hash|checksum|digest|md5|revision|rev|uuid|guid|id|fingerprint|public[ _-]key|version|v|build|"
    r"merge|branch|path|file|url|image|integrity|etag|nonce|trace|request|class|style|href|src|certificate|public)"
    r"(?![^\W_])[^A-Za-z]{0,4}$|h1:$|sha\d{3}[-:]$|#$|/$|@$",
    re.IGNORECASE,
)
_TRIGGERS = (
    "key",
    "token",
    "secret",
    "bearer",
    "credential",
    "x-auth",
    "schlüssel",
    "cl",
    "jeton",
    "chave",
    "llave",
    "chiave",
    "api",
    "seed",
    "pat",
)
_BEFORE_CHARS = 72
_MIN_CHARS = 16
_LEAST_DIGITS = 2
_CORE = re.compile(r"[A-Za-z0-9][A-Za-z0-9+/_=.~-]{14,511}")


def find_said(text: str, lower: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of the values. ``lower`` is ``text`` in lower case, of the same length."""
    if not has_any(lower, _TRIGGERS):
        return
    name = compiled(_NAME, re.IGNORECASE)
    for start, end in long_words(text, _MIN_CHARS):
        core = _CORE.search(text, start, end)
        if core is None or core.start() - start > 40 or core.end() - core.start() < _MIN_CHARS:
            continue
        value = core[0].rstrip(".=") if core[0].endswith(".") else core[0]
        if not _is_surely_random(value) or text[core.end() : core.end() + 1] == "(":
            continue  # a word, or the name of a function
        begin = max(0, start - _BEFORE_CHARS)
        near = text[begin : core.start()]
        names = list(name.finditer(near))
        if not names:
            continue
        named = names[-1]
        if near.count("\n", named.end()) > 2 or "\n\n\n" in near[named.end() :]:
            continue
        if _OTHER.search(near) or is_placeholder(value) or re.search(r"https?://|\d{8,}", near[named.end() :]):
            continue
        yield core.start(), core.start() + len(value)


def _is_surely_random(value: str) -> bool:
    if is_uuid(value):
        return True
    if sum(map(str.isdigit, value)) < _LEAST_DIGITS or not looks_random(value, _MIN_CHARS):
        return False
    return not is_code(value) and not is_place(value) and entropy_bits(value) >= 3.2
