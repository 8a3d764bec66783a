"""What a value looks like: chance, something a person would choose as a password, or a piece of a program.

The entropy of n characters drawn from an alphabet of k falls short of log2 k by about (k - 1) / (2 n ln 2) bits (Miller
1955): 32 hexadecimal digits come to 3.7 bits, 16 to 3.3, 20 of letters and digits to some 4.0. At 3.0 hardly any value of
12 random characters is lost, and words, versions and dates are told apart by their form, not by entropy.
"""

import re
from itertools import pairwise

from models.pii.recognizers.placeholder import entropy_bits

MIN_BITS = 3.0
_JUDGED_CHARS = 96  # of a long value the beginning tells enough, and the time stays linear
_WORD_PART = re.compile(r"[A-Za-z]{2,}\d{0,2}|v?\d{1,4}|\d{8}|[A-Za-z]\d?", re.ASCII)
_SPLIT = re.compile(r"[-_.:/@+\s]")
_PLAIN = re.compile(r"[a-z]+|[A-Z]?[a-z]+|[A-Z]+|(?:[A-Z]?[a-z]{2,}){1,6}|[\d.,:/-]+")
_NUMBER = re.compile(
    r"[\d.,:/%+-]+|\d+(?:st|nd|rd|th|px|em|ms|s|d|h|m|k|kb|mb|gb|min|days?|hours?|weeks?|years?|months?|chars?|bits?|"
    r"bytes?|x|°|€|\$|£|am|pm|g|kg|ml|mg|cm|mm|km|ghz|mhz|hz|v|w|°c)|[€$£]\d[\d.,]*[kmb]?|v\d+(?:\.\w+)*|\d+(?:\.\d+)+\w*"
    r"|\d{1,2}:\d\d(?:am|pm)?|\d+x\d+|q[1-4]|[a-z]\d{1,2}|#\d+|\d+-\w{2,10}",
    re.IGNORECASE,
)
_TERM = re.compile(
    r"(?:sha|md|aes|rsa|utf|iso|base|wpa|ipv|tls|ssl|http|ecdsa|ed|x|hmac|pbkdf|oauth|mp|h|en|din|bs|win|windows|office|"
    r"python|py|java|es|ios|usb|web|log4j|k|i|s|ec|e|covid|tier|level|page|chapter|section|step|room|line|version|rev|gate)"
    r"[-_]?\d{1,5}[a-z]?|[a-z]\d[a-z]|1password|\d+password|2fa|mfa|keepassx?|keepass2|lastpass|bitwarden|s3|oauth2|n/a|"
    r"e-?mail|e\.g\.?|i\.e\.?|and/or|sign-in|log-in|wi-fi|\w+'\w{1,2}",
    re.IGNORECASE,
)
_OBJECT = re.compile(
    r"(?:self|this|os|process|config|settings|env|environ|request|req|data|user|args|form|params|ctx|input|getenv|"
    r"system|props|state|options|opts|module|var|local|each|vars|secrets?|credentials?|context|event|body|session|"
    r"random_\w+|aws_\w+|azurerm_\w+|google_\w+|kubernetes_\w+|response|res|result|obj|json|values?|new|await|None|null)"
    r"(?:[.\[(]|->)",
    re.IGNORECASE,
)
_EXPRESSION = re.compile(
    r"[A-Za-z_]\(|\w\?\.\w|\[['\"$\w]*\]|=>|->|::|\)$|^&?\w+\.\w+\.\w+$|^\w+\[|;$|^\$_|^&\w+$|\|\||&&|\+\+"
)
_PATH = re.compile(
    r"(?:~|\.{1,2})?/(?:[\w.@%+-]{1,60}/){1,20}[\w.@%+-]{0,80}|[A-Za-z]:\\|(?:https?|s3|file|gs|arn|ldap|vault|ssm)://?|arn:aws|"
    r"[\w./~-]{1,120}\.(?:pem|key|crt|cer|p12|pfx|jks|txt|json|ya?ml|env|py|js|ts|html?|php|conf|cfg|ini|xml|md|sh|com|org|net|io)",
    re.IGNORECASE,
)


def is_wordlike(value: str) -> bool:
    """True for words, versions and dates joined by dots, dashes or underscores: ``user-profile_v2``, ``NEXUS-GPT4``."""
    return all(not part or _WORD_PART.fullmatch(part) for part in _SPLIT.split(value))


def mixed_case(value: str) -> bool:
    """True when the case of the letters changes too often for camel case."""
    changes = sum(a.isupper() != b.isupper() for a, b in pairwise(value) if a.isalpha() and b.isalpha())
    return changes >= len(value) * 0.3


def looks_random(value: str, least_chars: int = 10) -> bool:
    """True for a value no person would write as a word: mixed kinds of characters with enough entropy."""
    if len(value) < least_chars or entropy_bits(value) < MIN_BITS:
        return False
    if not any(char.isdigit() for char in value):
        return len(value) >= 20 and mixed_case(value)
    if is_wordlike(value) or is_place(value):
        return False
    return any(char.isdigit() for char in value) and any(char.isalpha() for char in value)


def looks_like_password(value: str) -> bool:
    """True when ``value`` is no ordinary word, number or date: letters mixed with digits, signs or inner capitals."""
    core = value.strip(".,!?()")
    if len(core) < 4 or _NUMBER.fullmatch(core):
        return bool(re.fullmatch(r"\d{6,12}", core))
    has_letter = any(char.isalpha() for char in core)
    has_digit = any(char.isdigit() for char in core)
    has_sign = re.search(r"[!@#$%^&*+=?~_]", core) is not None
    inner_capital = re.search(r"[a-z][A-Z]", core) is not None
    return has_letter and (has_digit or has_sign or inner_capital)


def is_surely_password(value: str) -> bool:
    """A stricter reading, for a value that merely stands near the word: no term, place, address, version or product."""
    core = value.strip(".,!?()")
    if not 5 <= len(core) <= 64 or not looks_like_password(core) or _TERM.fullmatch(core) or is_place(core):
        return False
    if re.fullmatch(r"[\w.+-]+@[\w-]+\.[\w.-]+|[@#]\w+|[A-Z]+-\d+|\d+[A-Z]{1,3}|[A-Za-z]+\.[a-z]{2,4}", core):
        return False
    digits = sum(char.isdigit() for char in core)
    return digits > 0 or re.search(r"[!@#$%^&*+=?~]", core) is not None


def is_strong_password(value: str) -> bool:
    """Digits beside a sign, inner capitals, or many letters: more than "word2", which may be a version of something."""
    core = value.strip(".,!?()")
    digits = sum(char.isdigit() for char in core)
    sign = re.search(r"[!@#$%^&*+=?~_-]|[.!?](?=[A-Za-z\d])", core) is not None
    mixed = re.search(r"[A-Za-z]\d[A-Za-z]|[a-z][A-Z]", core) is not None
    if digits == 0:
        return re.search(r"[!@#$%^&*+=?~]", core) is not None and mixed and mixed_case(core)
    return sign or digits >= 2 or len(core) >= 10 or mixed


def is_code(value: str) -> bool:
    """True for an expression of a program: a call, an attribute, an element of a list."""
    head = value[:_JUDGED_CHARS]
    return _OBJECT.match(head) is not None or _EXPRESSION.search(head) is not None


def is_place(value: str) -> bool:
    """True for a path, the name of a file or an address on the net."""
    return _PATH.match(value[:_JUDGED_CHARS]) is not None
