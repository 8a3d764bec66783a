"""A text that holds nothing but a number: no word says what it is, and none says that it is harmless.

People paste the bare number and ask about it. In such a text a form and its check digit are enough, though in running
text they would not be; a number of no known form, or one whose check digit is wrong, is still left alone.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from models.pii.finding import Finding
from models.pii.recognizers.checksum import aba_routing, luhn, nhs
from models.pii.recognizers.national.form import Form, valid
from models.pii.recognizers.pattern import CONTEXT, compiled, digits_of
from models.pii.recognizers.payment_card import known_issuer
from models.pii.recognizers.plate_forms import PLATE_FORMS, is_measure
from models.pii.recognizers.us_ssn import valid_itin

_MAX_CHARS = 120
_BETWEEN = r"\s+and\s+|\s*[,;\n]\s*|\s+"
_INDIAN_STATES = r"(?:AN|AP|AR|AS|BH|BR|CG|CH|DD|DL|DN|GA|GJ|HP|HR|JH|JK|KA|KL|LA|LD|MH|ML|MN|MP|MZ|NL|OD|OR|PB|PY|RJ|SK|TN|TR|TS|UK|UP|WB)"


def _card(value: str) -> bool:
    digits = digits_of(value)
    return known_issuer(digits) and luhn(digits)


def _nhs(value: str) -> bool:
    return nhs(digits_of(value))


def _plate(value: str) -> bool:
    return not is_measure(value)


def _routing(value: str) -> bool:
    return aba_routing(digits_of(value))


# Entity, form in capitals, check, and what completes "It has the form of …".
_OTHERS: tuple[tuple[str, str, Callable[[str], bool] | None, str], ...] = (
    ("PAYMENT_CARD", r"\d(?:[ -]?\d){11,18}", _card, "a payment card, with the right check digit"),
    ("UK_NHS", r"\d{3}[ -]?\d{3}[ -]?\d{4}", _nhs, "an NHS number, with the right check digit"),
    ("UK_NINO", r"(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][ -]?\d\d[ -]?\d\d[ -]?\d\d[ -]?[A-D]", None, "a National Insurance number"),
    ("BANK_ACCOUNT", r"\d{4}-?\d{4}-?\d", _routing, "a US routing number, with the right check digit"),
    ("US_ITIN", r"9\d\d-?\d\d-?\d{4}", valid_itin, "a US taxpayer number"),
    ("VEHICLE", r"[A-HJ-PR-Y]{1}[A-HJ-PR-Y](?:0[1-9]|[12]\d|5[1-9]|[67]\d)[ -]?[A-HJ-PR-Z]{3}", None, "a United Kingdom number plate"),
    ("VEHICLE", r"[A-HJ-NPR-TV-Y]\d{1,3}[ ]?[A-HJ-PR-Z]{3}|[A-HJ-PR-Z]{3}[ ]?\d{1,3}[A-HJ-NPR-TV-Y]", None, "a United Kingdom number plate"),
    ("VEHICLE", rf"{_INDIAN_STATES}[ -]?\d{{2}}[ -]?[A-Z]{{1,3}}[ -]?\d{{4}}", None, "an Indian number plate"),
    ("VEHICLE", r"[A-ZÄÖÜ]{1,3}[ -][A-Z]{1,2}[ -]\d{2,4}[EH]?", None, "a German number plate"),
    *(("VEHICLE", regex, _plate, f"a number plate of {country}") for country, regex, lone in PLATE_FORMS if lone),
    ("NATIONAL_ID", r"\d{2,3}/\d{3,4}/\d{4,5}|(?:0[1-9]|1[0-6])81\d{9}", None, "a German tax office number"),
)  # fmt: skip


class LoneNumberRecognizer:
    """Looks at texts of one line or a few numbers only."""

    name = "lone number"

    def __init__(self, forms: Sequence[Form]) -> None:
        self._forms = tuple(form for form in forms if form.lone or form.alone)

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the whole text, or each part of a list, when it has the form of an identifier."""
        begin = len(text) - len(text.lstrip())
        end = len(text.rstrip(" \t\r\n.,;"))
        if not 4 < end - begin <= _MAX_CHARS or not any(char.isdigit() for char in text):
            return
        spans = [(begin, end)]
        found = self._judge(text, spans[0])
        if found is None:
            spans = _parts(text, begin, end)
            every = [self._judge(text, span) for span in spans]
            if len(spans) < 2 or not all(every):
                return
            yield from (finding for finding in every if finding is not None)
        else:
            yield found

    def _judge(self, text: str, span: tuple[int, int]) -> Finding | None:
        value = text[span[0] : span[1]].upper()
        if len(set(value)) < 2:
            return None
        for entity, regex, check, what in _OTHERS:
            if compiled(regex).fullmatch(value) and (check is None or check(value)):
                return self._finding(span, entity, f"The text is nothing but a number in the form of {what}.")
        for form in self._forms:
            if compiled(form.regex).fullmatch(value) and (form.check is None or valid(form.check, value)):
                return self._finding(span, form.entity, f"The text is nothing but a number in the form of {form.what}.")
        return None

    def _finding(self, span: tuple[int, int], entity: str, reason: str) -> Finding:
        return Finding(*span, entity, CONTEXT, self.name, reason)


def _parts(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    spans, start = [], begin
    for between in re.finditer(_BETWEEN, text[begin:end]):
        spans.append((start, begin + between.start()))
        start = begin + between.end()
    return [*spans, (start, end)]
