"""Numbers behind words that name them: accounts, passports, licences, devices, vehicles, records.

Most such numbers carry no check digit, or one that differs by state or firm; the label is the evidence. A labelled
number whose check digit is wrong counts too: people mistype, scanners misread, and it still leads to a person.
"""

import re
from collections.abc import Iterator
from functools import cache

from models.pii.finding import Finding
from models.pii.recognizers import number_labels as labels
from models.pii.recognizers.pattern import CONTEXT, compiled, lowered
from models.pii.recognizers.placeholder import listed

_SORT_CODE, _BOOKING = "sort code", "booking"
_ENTITIES = {_SORT_CODE: "BANK_ACCOUNT", _BOOKING: "ID_NUMBER"}
_TABLES: tuple[tuple[str, bool, tuple[str, ...]], ...] = (
    ("BANK_ACCOUNT", True, labels.BANK_ACCOUNT_STRONG),
    (_SORT_CODE, True, labels.ROUTING_STRONG),
    ("PASSPORT", True, labels.PASSPORT_STRONG),
    ("DRIVING_LICENCE", True, labels.LICENCE_STRONG),
    ("DEVICE_ID", True, labels.DEVICE_STRONG),
    ("VEHICLE", True, labels.VEHICLE_STRONG),
    ("PAYMENT_CARD", True, labels.CARD_STRONG),
    (_BOOKING, True, labels.BOOKING),
    ("NATIONAL_ID", True, labels.NATIONAL_STRONG),
    ("ID_NUMBER", True, labels.ID_STRONG),
    ("NATIONAL_ID", False, labels.NATIONAL_WEAK),
    ("BANK_ACCOUNT", False, labels.BANK_ACCOUNT_WEAK),
    ("DRIVING_LICENCE", False, labels.LICENCE_WEAK),
    ("DEVICE_ID", False, labels.DEVICE_WEAK),
    ("ID_NUMBER", False, labels.ID_WEAK),
)
_REASONS = {
    "BANK_ACCOUNT": "A number after words for a bank account.",
    _SORT_CODE: "A number after words for the code of a bank.",
    _BOOKING: "A code after words for a booking.",
    "PAYMENT_CARD": "Digits after words for a payment card.",
    "NATIONAL_ID": "A number after words for a national identity number, though no check digit proves it.",
    "PASSPORT": "A document number after a word for passport.",
    "DRIVING_LICENCE": "A document number after words for a driving licence.",
    "DEVICE_ID": "A number after words for a device.",
    "VEHICLE": "Letters and digits after words for a vehicle.",
    "ID_NUMBER": "A number after words for a personal record.",
}
_SEPARATORS = r"[ \t:=#|*()_\"'.,?\[\]/–—-]{0,6}(?:\.{2,60}[ \t]{0,3}|[ \t]{2,40})?"
_GAP = (
    rf"{_SEPARATORS}(?:(?:(?P<kind>{labels.KINDS})|(?:{labels.FILLERS}|yes)(?!\d))(?![^\W\d_]){_SEPARATORS}){{0,4}}"
    rf"(?:\r?\n[ \t]{{0,8}}[\"'#*]?)?"
)
_WRITTEN = r"[a-z0-9](?:[-/.:*]{0,2}[a-z0-9]){0,31}|[xX*•]{2,12}[ -]?\d{3,6}"
_COURT_FILE = r"(?:\d{1,4}|[ivx]{1,4}) [a-z]{1,4} \d{1,5}/\d{2,4}(?![\w/-])"
_MAX_OPENING_LETTERS = 3
_GROUP_CHARS = 6
_MAX_GROUPS = 7
_UUID_CHARS = 36
_NUMBERS_ALONE = 6
_DATE_CHARS = 8
"""A weak label needs this many digits where no word for a number stands behind it."""
_EVERYDAY = (
    r"(?:19|20)\d\d|(?:\d{1,3}|(?:19|20)\d\d)[./-]\d{1,2}[./-]\d{1,4}|\d{1,3}(?:[.,]\d{3}){0,4}[.,]\d{1,2}|\d{1,2}:\d\d(?::\d\d)?|\d{1,4}(?:st|nd|rd|th|[a-z]{1,3})|"
    r"(?:19|20)\d\d[-/](?:\d\d|(?:19|20)\d\d)|\d{1,3}(?:\.\d{1,3}){2,3}|\d{1,3}(?:[.]\d{3}){1,3}|(?:19|20)\d\d-?[01]\d-?[0-3]\d(?:t\d{4,6}z?)?|[a-z]{3,9}[-/.]?(?:19|20)\d\d|\d{1,2}[ -]?[a-z]{3,9}[ -]?(?:\d\d|\d{4})|[a-z]{3,9} \d{1,2} (?:19|20)\d\d"
)
_NOT_NUMBERS = r"[ctf]-\d{1,4}/\d\d|(?:iso|din|covid|rfc|cve|en|ieee|utf|sha|aes|rsa|usd|eur|gbp|inr)[-/.]?\d{1,5}(?:[:.-]\d{1,5})?"


_Entry = tuple[str, str, bool]


@cache
def _scanner() -> tuple[re.Pattern[str], tuple[tuple[str, bool], ...]]:
    """One regex for all labels, and what its numbered groups stand for.

    It begins with what stands before a word, so that the engine skips the insides of words; labels with the same
    first letters share them.
    """
    entries = [
        (rest, entity, strong) for entity, strong, words in _TABLES for word in words for rest in _openings(word)
    ]
    meanings: list[tuple[str, bool]] = []
    regex = _shared(entries, meanings)
    return re.compile(f"[\\W_]{regex}(?![^\\W\\d_])"), tuple(meanings)


def _shared(entries: list[_Entry], meanings: list[tuple[str, bool]]) -> str:
    """Alternatives with common first letters written once; each ends in an empty group that names its meaning."""
    by_letter: dict[str, list[_Entry]] = {}
    for regex, entity, strong in entries:
        plain = regex[:1].isalpha() and regex[1:2] not in ("?", "*", "{", "+")
        by_letter.setdefault(regex[0] if plain else f"={regex}", []).append((regex, entity, strong))
    branches = []
    letters = sorted(by_letter, key=lambda opening: not opening[0].isascii())
    for opening in letters:
        group = by_letter[opening]
        if opening.startswith("="):
            branches.append(f"{opening[1:]}()")
            meanings.append(group[0][1:])
        else:
            rests = [(regex[1:], entity, strong) for regex, entity, strong in group]
            branches.append(opening + _shared(rests, meanings))
    others = sum(not opening[0].isascii() for opening in letters)
    if others > 1:  # most words begin with none of them, which one look tells
        branches[-others:] = [rf"(?=[^\x00-\x7f])(?:{'|'.join(branches[-others:])})"]
    return f"(?:{'|'.join(branches)})"


def _openings(regex: str) -> Iterator[str]:
    """``regex`` as alternatives that each begin with a plain letter."""
    if not regex.startswith("(?:"):
        yield compiled(r"(?<=[|:])no(?=[|)])").sub(r"no\\b", regex)  # and not "notes"
        return
    depth, cuts, place = 0, [3], 0
    for place, char in enumerate(regex):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            break
        if char == "|" and depth == 1:
            cuts.append(place + 1)
    rest = regex[place + 1 :]
    parts = [regex[cut : stop - 1] for cut, stop in zip(cuts, [*cuts[1:], place + 1], strict=True)]
    if rest.startswith("?"):
        rest = rest[1:]
        parts.append("")
    for part in parts:
        yield from _openings(part + rest)


def entity_of(label: str) -> str | None:
    """What numbers under ``label`` (in lower case) are, when it is nothing but a strong label and words for a number."""
    regex, meanings = _scanner()
    match = regex.match(f"\n{label}")
    if match is None:
        return None
    entity, strong = meanings[(match.lastindex or 1) - 1]
    rest = compiled(rf"(?:[ .:#/_-]{{0,3}}(?:{labels.KINDS}))?[ .:#]{{0,3}}")
    return _ENTITIES.get(entity, entity) if strong and rest.fullmatch(label, match.end() - 1) else None


class LabelledNumberRecognizer:
    """Finds the label first, then reads the number behind it; each label costs the same, whatever follows it."""

    name = "labelled number"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the numbers, not the words before them."""
        lower = lowered(text)
        regex, meanings = _scanner()
        read_to = 0
        for match in regex.finditer(f"\n{lower}"):
            entity, strong = meanings[(match.lastindex or 1) - 1]
            label_start, label_end = match.start(), match.end() - 1
            if label_start < read_to:
                continue  # part of what stood between an earlier label and its number
            if lower[label_end : label_end + 1] == "(" and lower[label_start - 1 : label_start] == "_":
                continue  # the name of a function
            gap = compiled(_GAP).match(lower, label_end)
            if gap is None:
                continue
            span = _value(lower, gap.end())
            if span is None or not any(char.isdigit() for char in lower[span[0] : span[1]]):
                span = _further(lower, label_end, entity, lower[label_start:label_end], strong=strong)
            if span is None:
                continue
            sign = any(char in ":#=|" for char in gap[0])
            any_label = not strong and lower[label_start:label_end] in _ANY_LABEL
            if any_label and not _is_field(lower, label_start, label_end, sign, span):
                continue
            if not strong and not _is_meant(lower, label_start, entity, gap["kind"] is not None, sign, span):
                continue
            if entity == "DEVICE_ID" and _is_certificate(lower, label_start, span[1]):
                continue
            value = lower[span[0] : span[1]]
            if value.startswith(("no", "nr")) and gap["kind"] is None and len(value) > _NUMBERS_ALONE:
                span = (span[0] + 2, span[1])  # "Passport NoX1234567"
                value = value[2:]
            is_sort_code = entity == _SORT_CODE and compiled(r"\d\d([ -])\d\d\1\d\d").fullmatch(value) is not None
            is_code = (
                entity == _BOOKING and compiled(r"(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{5,8}").fullmatch(value) is not None
            )
            is_told = strong and gap["kind"] is not None and value.isdigit() and len(value) == _DATE_CHARS
            if not (is_sort_code or is_code or is_told) and not _is_number(value, 3 if strong and gap["kind"] else 4):
                continue
            read_to = span[1]
            score = CONTEXT + (
                -0.05 if not strong else 0.01 if entity in ("ID_NUMBER", "NATIONAL_ID", _BOOKING) else 0.05
            )
            known = _ENTITIES.get(entity, entity)
            yield Finding(*span, known, score, self.name, _REASONS[entity])


def _is_certificate(lower: str, label_start: int, end: int) -> bool:
    """Whether a serial number is that of a certificate, which is public."""
    if compiled(r"(?:[0-9a-f]{2}:){7,}").search(lower, label_start, end):
        return True  # longer than the number of any device
    near = lower[max(0, label_start - 160) : end + 80]
    return compiled(r"fingerprint|certificat|x\.?509|issuer").search(near) is not None


def _is_meant(lower: str, label_start: int, entity: str, kind: bool, sign: bool, span: tuple[int, int]) -> bool:
    """Whether a label with an everyday meaning names the number behind it."""
    before = compiled(r"[^\W\d_]+$").search(lower[max(0, label_start - 20) : label_start].rstrip(" _-'\""))
    if before and before[0] in labels.NOT_PERSONAL:
        return False
    value = lower[span[0] : span[1]]
    digits = sum(char.isdigit() for char in value)
    is_code = digits >= 4 and (any(char.isalpha() for char in value) or "/" in value)
    opening = value.split(" ")[0]
    if not any(char.isdigit() for char in opening) and not (sign and len(opening) == 1):
        return False
    return kind or sign or (entity != "DEVICE_ID" and (is_code or digits >= _NUMBERS_ALONE))


def _is_field(lower: str, label_start: int, label_end: int, sign: bool, span: tuple[int, int]) -> bool:
    """Whether "no", "id" and the like, which can name anything, head a field of a form with a long number in it."""
    digits = sum(char.isdigit() for char in lower[span[0] : span[1]])
    is_key = lower[max(0, label_start - 1) : label_start] in ('"', "'", "`", "_", "<", ".", "?", "&")
    if is_key or span[1] - span[0] == _UUID_CHARS or compiled(r"[0-9a-f]{20,64}").fullmatch(lower, *span):
        return False
    if sign:
        return digits >= _NUMBERS_ALONE
    if lower[label_start:label_end] not in ("no", "nr"):
        return False
    is_code = compiled(r"[a-z]{1,4}[-/]\d{4,8}").fullmatch(lower, *span) is not None
    return digits >= _NUMBERS_ALONE or is_code


def _value(lower: str, start: int) -> tuple[int, int] | None:
    """Span of the number that begins at ``start``: one token, or short groups with single spaces between."""
    court = compiled(_COURT_FILE).match(lower, start)
    if court:
        return court.span()
    token = compiled(_WRITTEN).match(lower, start)
    if token is None or (start and (lower[start - 1].isalnum())):
        return None
    end, count = token.end(), 1
    while count < _MAX_GROUPS and token.end() - token.start() <= _GROUP_CHARS and lower[end : end + 1] == " ":
        token = compiled(_WRITTEN).match(lower, end + 1)
        if token is None or token.end() - token.start() > _GROUP_CHARS + 4 or not _is_group(token[0]):
            break
        end, count = token.end(), count + 1
    if lower[end : end + 1] == "@" or lower[end : end + 3] == "://":
        return None
    return start, end


_BEFORE_VERB = (
    r"(?:[ ][^\W\d_]{1,12}){1,5}[ ](?:is|was|reads?|says?|ist|war|est|es|era|è|era|jest|to)[ :]{1,2}(?:now )?"
)
_BEHIND_NAME = r"s?[ ]{0,2}[:=-]?[ \t]{1,4}(?:[^\W\d][^\s\d()]{0,20}[ \t]{1,2}){1,5}[(\[][ ]{0,2}(?:(?:id|no|nr|ref|#)[ .:#]{0,3})?"
_WHOSE = (
    r"[ ](?:der|des|beim|vom|von|bei|de la|de l['’]|de|du|del|della|dell['’]|do|da|van de|van het|van|of the|at the|from the)[ ]?"
    r"[^\W\d_]{3,24}(?:[ -][^\W\d_]{3,24})?[ ]?[:=#][ ]{0,3}"
)
"""Whose number a strong label names: "Aktenzeichen der Familienkasse: …"."""
_ASIDE = rf"[ ]{{0,2}}(?:{labels.KINDS}[ ]{{0,2}}){{0,2}}\([^()\n]{{2,40}}\)[ ]?[:=#]?[ ]{{1,3}}"
_ASIDE_CHARS = 24
_NAMED = listed(
    "employee patient student member customer client claimant applicant resident tenant user subject participant beneficiary insured"
)
_ANY_LABEL = listed("id ids no nr number")
_SAID = listed("mrn npi dea hicn mbi pnr upn uln")


def _further(lower: str, label_end: int, entity: str, label: str, *, strong: bool) -> tuple[int, int] | None:
    """Span of a number behind a few more words: "the passport he showed us was …", "Employee: Ann Lee (…)"."""
    if label in _NAMED:
        gap = compiled(_BEHIND_NAME).match(lower, label_end)
        sure = gap is not None
    else:
        gap = compiled(_BEFORE_VERB).match(lower, label_end) if entity != "ID_NUMBER" or label in _SAID else None
        sure = False
    if gap is None and strong:
        aside = "(" in lower[label_end : label_end + _ASIDE_CHARS]
        gap = compiled(_ASIDE if aside else _WHOSE).match(lower, label_end)
    span = _value(lower, gap.end()) if gap else None
    if span is None:
        return None
    digits = sum(char.isdigit() for char in lower[span[0] : span[1]])
    return span if digits >= (4 if sure else 5) else None


def _is_group(token: str) -> bool:
    digits = sum(char.isdigit() for char in token)
    return digits > 0 and (digits == len(token) or len(token) - digits <= 3) and "/" not in token and ":" not in token


def _is_number(value: str, least_digits: int) -> bool:
    """Enough digits, and neither a date, a time, an amount nor the name of a standard."""
    if sum(char.isdigit() for char in value) < least_digits:
        return False
    letters = sum(char.isalpha() for char in value)
    opening = value.split(" ")[0]
    if len(opening) > _MAX_OPENING_LETTERS and opening.isalpha():
        return False
    if letters > 12 or compiled(r"[a-z]{8}").search(value):
        return False
    return compiled(_EVERYDAY).fullmatch(value) is None and compiled(_NOT_NUMBERS).fullmatch(value) is None
