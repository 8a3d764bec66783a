"""Tells stand-ins in manuals and templates from real secrets."""

import math
import re
from collections import Counter

_MARKS = re.compile(
    r"[<>{}…]|\.\.\.|\*\*\*|•••|\$\(|\$[A-Za-z_]|%\(|%[A-Z_]+%|[xX]{4}|^[-_.*#?x•]+$"
    r"|your[-_ ]?|my[-_]?(?:secret|password|token|api|key)|changeme|change[-_]me|placeholder|replace[-_ ]?(?:me|with|this)|"
    r"insert[-_ ]|redacted|masked|dummy|goes[-_ ]?here|todo|fixme|^example|^sample|_here$|-here$",
    re.IGNORECASE,
)
_WORDS = frozenset(
    ["password", "passwd", "passwort", "passphrase", "passcode", "pass", "pwd", "pin", "secret", "token", "key", "apikey", "api_key", "changeit", "change_me", "none", "null", "nil", "undefined", "true", "false", "yes", "no", "on", "off", "empty", "blank", "unset", "default", "required", "optional", "mandatory", "missing", "invalid", "incorrect", "wrong", "expired", "correct", "valid", "secure", "insecure", "weak", "strong", "forgotten", "reset", "protected", "hidden", "encrypted", "hashed", "string", "str", "text", "int", "integer", "number", "boolean", "bool", "char", "varchar", "object", "any", "bytes", "value", "env", "environment", "see", "must", "should", "can", "cannot", "may", "will", "is", "are", "was", "not", "never", "and", "or", "the", "a", "an", "this", "that", "your", "my", "our", "his", "her", "their", "here", "there", "below", "above", "n/a", "na", "tbd", "todo", "test", "example", "sample", "demo", "foo", "bar", "baz", "qux", "abc", "xyz", "username", "user", "please", "enter", "type", "use", "contact", "field", "input", "hint", "prompt", "label", "login", "only", "for", "with", "at", "in", "to", "of", "from", "if", "when", "policy", "manager", "management", "requirements", "rules", "strength", "length", "minimum", "maximum", "hash", "salt"]
)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def is_placeholder(value: str) -> bool:
    """True when ``value`` stands for a secret to be filled in: ``<password>``, ``${VAR}``, ``xxxx``, ``changeme``."""
    bare = value.strip().strip("\"'`,;.")
    return not bare or bare.lower() in _WORDS or len(set(bare)) <= 2 or _MARKS.search(bare) is not None


def is_uuid(value: str) -> bool:
    """True for the 8-4-4-4-12 form of a UUID."""
    return _UUID.fullmatch(value) is not None


def entropy_bits(value: str) -> float:
    """Shannon entropy of ``value``'s characters, in bits a character."""
    if not value:
        return 0.0
    total = len(value)
    return -sum(count / total * math.log2(count / total) for count in Counter(value).values())
