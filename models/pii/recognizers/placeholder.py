"""Tells stand-ins in manuals and templates from real secrets."""

import math
import re
from collections import Counter

_MARKS = re.compile(
    r"[<>{}…]|\.\.\.|\*\*\*|•••|\$\(|\$[A-Za-z_]|%\(|%[A-Z_]+%|[xX]{4}|^[-_.*#?x•]+$"
    r"|your[-_ ]?|my[-_]?(?:secret|password|token|api|key)|changeme|change[-_]me|placeholder|"
    r"replace[-_ ]?(?:me|with|this)|"
    r"insert[-_ ]|redacted|masked|dummy|goes[-_ ]?here|todo|fixme|^example|^sample|_here$|-here$",
    re.IGNORECASE,
)


def listed(words: str) -> frozenset[str]:
    """The words of a list that is written as running text."""
    return frozenset(words.split())


_WORDS = listed(
    """
    a abc above an and any api_key apikey are at bar baz below blank bool boolean bytes can cannot change_me
    changeit char contact correct default demo empty encrypted enter env environment example expired false
    field foo for forgotten from hash hashed her here hidden hint his if in incorrect input insecure int
    integer invalid is key label length login management manager mandatory maximum may minimum missing must my
    n/a na never nil no none not null number object of off on only optional or our pass passcode passphrase
    passwd password passwort pin please policy prompt protected pwd qux required requirements reset rules salt
    sample secret secure see should str strength string strong tbd test text that the their there this to todo
    token true type undefined unset use user username valid value varchar was weak when will with wrong xyz
    yes your
    """
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
