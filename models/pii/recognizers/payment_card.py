"""Payment card numbers (primary account numbers)."""

import re
from collections.abc import Iterator

from models.pii.finding import Finding
from models.pii.recognizers.checksum import luhn
from models.pii.recognizers.pattern import (
    CHECKSUM,
    CONTEXT,
    Context,
    around,
    compiled,
    digit_regions,
    has_plain_cases,
    lowered,
)
from models.pii.recognizers.placeholder import listed

# What stands before is looked at behind the first digit, so that the engine skips to digits.
# One separator at most between digits; a line break counts as one, since numbers wrap.
_CANDIDATE = r"\d(?<![\d.-].)(?<!\d .)(?<![^\W\d_].)(?:[ .\-/\t\n]?\d){11,18}(?!\d)(?![.-]\d)(?![^\W\d_])"
_SPACED_OUT = r"\d(?<!\d.)[ -]{1,3}(?:\d[ -]{1,3}){11,17}\d(?!\d)"
_CONTEXT = Context(
    (
        "cards?", "credit", "debit", "visa", "master ?card", "amex", "american express", "discover", "diners", "jcb",
        "maestro", "unionpay", "pan", "cc", "ccn", "card ?number", "kreditkarte\\w{0,12}", "carte", "tarjeta", "carta",
        "expir\\w{1,6}", "exp", "cvv", "cvc", "paid", "pay", "pays", "paying", "payments?", "charged?", "charges",
        "purchase\\w?", "refund\\w{0,3}", "billed", "billing", "checkout", "bezahl\\w{0,3}", "zahl\\w{1,5}", "karte",
        "kartennummer", "payé\\w?", "paiement", "pago", "pagad[oa]", "pagamento", "pagato", "kaart", "betaald",
        "betaling", "cartão", "kart[aęyą]", "płatno\\w{1,4}", "kort(?:nummer|et)?", "valid (?:thru|until|to)", "elo", "hipercard", "troy", "mir", "rupay", "verve", "cart[õo]es",
    ),
)  # fmt: skip

_SCRIPT_WORDS = "卡号|卡號|银行卡|信用卡|储蓄卡|銀聯|银联|カード|카드|карт|بطاقة|כרטיס"

# A card by name, then its number: a slip in the number does not make it another thing.
_NAMED = (
    r"(?<![^\W_])(?P<before>(?:[^\W\d_]{2,14}[ ]){0,2})(?i:(?:credit|debit|bank|payment|prepaid|visa|master|atm|virtual|corporate|company|charge)[ -]?cards?|cards?|cc|ccn|visa|master ?card|amex|"
    r"american express|maestro|discover|diners club|unionpay|kreditkarten?\w{0,8}|kartennummer|carte (?:bancaire|bleue|de crédit|visa)|numéro de carte|tarjeta(?: de (?:crédito|débito))?|carta di credito|"
    r"carta prepagata|cartão(?: de (?:crédito|débito))?|creditcard(?:nummer)?|betaalkaart|karta (?:kredytowa|płatnicza)|karty)(?![^\W\d_])"
    r"[ ]?(?:(?:is|number|numbers|no\.?|nr\.?|num|nummer|#|:|=|ist|est|es|è|of|mine|details|\(|n[°º]|with|pan|visa|mastercard|the)[ ]?){0,3}(?P<value>(?!(?:19|20)\d\d-\d\d-)\d(?:[ -]?\d){11,18})(?![\w]|[-.,]\d)"
)
# One of these stands in every such name.
_CARD_WORDS = (
    "card", "cart", "kart", "kaart", "cc", "visa", "amex", "american", "maestro", "discover", "diners", "union", "tarjeta",
)  # fmt: skip
_OTHER_CARDS = listed(
    """
    loyalty gift sim library graphics sound memory video sd id identity business membership member health insurance report score ration
    green phone calling network punch store reward rewards discount voucher donor residence national voter clipper oyster travel fuel
    medicare transit student staff access key club bonus aadhaar pan tax resident
    """
)

# Issuer identification numbers: first digits from, to, and the lengths in use (ISO/IEC 7812; the schemes' own tables).
_ISSUERS: tuple[tuple[int, int, tuple[int, ...]], ...] = (
    (4, 4, (13, 16, 19)),  # Visa
    (51, 55, (16,)),  # Mastercard
    (2221, 2720, (16,)),  # Mastercard
    (34, 34, (15,)),  # American Express
    (37, 37, (15,)),  # American Express
    (6011, 6011, (16, 17, 18, 19)),  # Discover
    (644, 659, (16, 17, 18, 19)),  # Discover, RuPay
    (300, 305, (14, 15, 16)),  # Diners Club
    (3095, 3095, (14, 15, 16)),  # Diners Club
    (36, 36, (14, 15, 16)),  # Diners Club
    (38, 39, (14, 15, 16)),  # Diners Club
    (35, 35, (16, 17, 18, 19)),  # JCB (3528 to 3589; its neighbours are not issued to others)
    (2131, 2131, (15,)),  # JCB, older
    (1800, 1800, (15,)),  # JCB, older
    (60, 60, (16,)),  # RuPay
    (81, 82, (16,)),  # RuPay
    (508, 508, (16,)),  # RuPay
    (9792, 9792, (16,)),  # Troy
    (8600, 8600, (16,)),  # Uzcard
    (9860, 9860, (16,)),  # Humo
    (401178, 401179, (16,)),  # Elo, with those below
    (504175, 504175, (16,)),
    (506699, 506778, (16,)),
    (509000, 509999, (16,)),
    (627780, 627780, (16,)),
    (636297, 636297, (16,)),
    (636368, 636369, (16,)),
    (637095, 637095, (16,)),  # Hiper
    (506099, 506198, (16, 18, 19)),  # Verve
    (62, 62, (16, 17, 18, 19)),  # UnionPay
    (5018, 5018, (12, 13, 14, 15, 16, 17, 18, 19)),  # Maestro
    (5020, 5020, (12, 13, 14, 15, 16, 17, 18, 19)),  # Maestro
    (5038, 5038, (12, 13, 14, 15, 16, 17, 18, 19)),  # Maestro
    (5893, 5893, (12, 13, 14, 15, 16, 17, 18, 19)),  # Maestro
    (6304, 6304, (12, 13, 14, 15, 16, 17, 18, 19)),  # Maestro
    (6759, 6763, (12, 13, 14, 15, 16, 17, 18, 19)),  # Maestro
    (2200, 2204, (16, 17, 18, 19)),  # Mir
    (5019, 5019, (16,)),  # Dankort
    (1, 1, (15,)),  # UATP, for air travel
)
_USUAL_LENGTHS = (15, 16)


def known_issuer(digits: str) -> bool:
    """True when a card scheme issues numbers that start like ``digits`` and are as long."""
    return any(
        low <= int(digits[: len(str(low))]) <= high and len(digits) in lengths for low, high, lengths in _ISSUERS
    )


class PaymentCardRecognizer:
    """Known prefix, length and Luhn digit; unusual writing needs a word about cards nearby."""

    name = "payment card"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield card numbers; in context also one whose check digit is wrong (a slip of the pen is still a card)."""
        for start, end in digit_regions(text):
            for regex in (_CANDIDATE, _SPACED_OUT):
                for match in compiled(regex).finditer(text, start, end):
                    finding = self._judge(match[0], match.start(), match.end(), text)
                    if finding is not None:
                        yield finding

        yield from self._named(text)

    def _named(self, text: str) -> Iterator[Finding]:
        lower, is_plain = lowered(text), has_plain_cases(text)
        for start, end in _near_digits(text):
            if is_plain and not any(word in lower[start:end] for word in _CARD_WORDS):
                continue
            for match in compiled(_NAMED).finditer(text, start, end):
                words = match["before"].lower().split()
                if _OTHER_CARDS.isdisjoint(words) and len(set(match["value"])) > 3:
                    reason = "Digits right behind a name for payment cards."
                    yield Finding(*match.span("value"), "PAYMENT_CARD", CONTEXT, self.name, reason)

    def _judge(self, value: str, start: int, end: int, text: str) -> Finding | None:
        groups = re.findall(r"\d+", value)
        digits = "".join(groups)
        if not known_issuer(digits):
            return None
        if "\n" in value and _is_column(text, start, end):
            return None
        near = _CONTEXT.found(text, start, end) is not None or (
            not text.isascii() and compiled(_SCRIPT_WORDS).search(text, max(0, start - 20), end + 12) is not None
        )
        usual = len(digits) in _USUAL_LENGTHS and digits[0] != "1" and _grouped_as_cards_are(groups, value)
        if luhn(digits):
            if near:
                reason = "The card check digit is right and a word about cards stands nearby."
                return Finding(start, end, "PAYMENT_CARD", CHECKSUM + 0.02, self.name, reason)
            if usual:
                reason = "Card prefix, length and check digit are right."
                return Finding(start, end, "PAYMENT_CARD", CHECKSUM, self.name, reason)
        elif near and usual:
            reason = (
                "It is written like a card number and a word about cards stands nearby, though its check digit is off."
            )
            return Finding(start, end, "PAYMENT_CARD", CONTEXT, self.name, reason)
        return None


def _is_column(text: str, start: int, end: int) -> bool:
    """Whether lines of nothing but a few digits go on before or after: a column of numbers, not a card number."""
    return (
        re.match(r"\s{0,3}\n\s{0,3}\d{1,6}\s{0,3}(?:\n|$)", text[end : end + 16]) is not None
        or re.search(r"(?:^|\n)\s{0,3}\d{1,6}\s{0,3}\n\s{0,3}$", text[max(0, start - 16) : start]) is not None
    )


def _near_digits(text: str) -> Iterator[tuple[int, int]]:
    """Spans around runs of twelve digits or more, with room for the words before them."""
    return around(text, r"\d(?:[ -]?\d){11,18}", 64, 4)


def _grouped_as_cards_are(groups: list[str], value: str) -> bool:
    if len(groups) == 1:
        return True
    if "\n" in value:
        return [len(group) for group in groups] == [4, 4, 4, 4]
    return all(len(group) >= 3 for group in groups)
