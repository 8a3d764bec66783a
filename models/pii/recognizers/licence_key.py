"""Licence keys and recovery codes: groups of letters and digits with dashes, by their form or near words for them."""

import re
from collections.abc import Iterator

from models.pii.recognizers.pattern import compiled, has_any, long_words, regions

_KEY = r"(?<![\w/.-])(?:[A-Z0-9]{5}-){4}[A-Z0-9]{5}(?![\w-])"
_LEAST_CHARS = 14
_OTHER_KEY = r"(?<![\w/.-])[A-Z0-9]{4,8}(?:-[A-Z0-9]{4,8}){2,7}(?![\w-])"
_WORDS = (
    r"(?<![^\W_])(?:licen[cs]e|product|activation|cd|software|registration|lizenz|produkt|aktivierungs|unlock)[ -]?(?:keys?|codes?|schlüssel)|"
    r"(?<![^\W_])(?:licen[cs]e|lizenz\w{0,10}|your key|the key|clé de (?:licence|produit)|clave de (?:licencia|producto)|chiave (?:di licenza|prodotto)|licentiesleutel)(?![^\W_])"
)
_GOODS = r"(?<![^\W_])(?:models?|parts?|skus?|orders?|tracking|coupons?|vouchers?|gift)(?![^\W_])[^\n]{0,12}\Z"
_TRIGGERS = ("licen", "key", "activation", "lizenz", "schlüssel", "clé de", "clave de", "chiave", "sleutel")
_BEFORE_CHARS = 60
_RECOVERY = (
    r"(?<![^\W_])(?:2fa|mfa|backup|back-up|recovery|rescue|scratch|emergency|wiederherstellungs|notfall)[ -]?(?:codes?|keys?)[^\n\d:]{1,40}:[ \n]{1,3}"
    r"(?P<value>(?=[a-z-]{0,12}\d)[a-z0-9]{4,8}-[a-z0-9]{4,8}(?:-[a-z0-9]{4,8}){0,4})(?![\w-])"
)
_RECOVERY_TRIGGERS = (
    "2fa", "mfa", "backup code", "back-up code", "backup key", "recovery code", "recovery key", "rescue code", "scratch code", "emergency code",
    "wiederherstellung", "notfallcode",
)  # fmt: skip


def find(text: str, lower: str) -> Iterator[tuple[int, int, str]]:
    """Yield the keys: start, end and the reason. ``lower`` is ``text`` in lower case, of the same length."""
    named = has_any(lower, _TRIGGERS)
    for start, end in long_words(text, _LEAST_CHARS):
        if text.count("-", start, end) < 2:
            continue
        for match in compiled(_KEY).finditer(text, start, end):
            before = text[max(0, start - _BEFORE_CHARS) : start]
            if _is_mixed(match[0]) and compiled(_GOODS, re.IGNORECASE).search(before) is None:
                yield *match.span(), "It has the form of a licence key."
        for match in compiled(_OTHER_KEY).finditer(text, start, end) if named else ():
            before = text[max(0, match.start() - _BEFORE_CHARS) : match.start()]
            if _is_mixed(match[0]) and compiled(_WORDS, re.IGNORECASE).search(before):
                yield *match.span(), "It follows words for a licence key."
    for start, end in regions(lower, _RECOVERY_TRIGGERS):
        for match in compiled(_RECOVERY).finditer(lower, start, end):
            yield *match.span("value"), "It follows words for a recovery code."


def _is_mixed(key: str) -> bool:
    """Letters and digits, within most of the groups or by turns: no words, dates or numbers of parts."""
    groups = key.split("-")
    mixed = sum(any(map(str.isdigit, group)) and any(map(str.isalpha, group)) for group in groups)
    return mixed * 2 >= len(groups) and len(set(key)) > 6
