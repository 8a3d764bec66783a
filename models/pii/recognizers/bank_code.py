"""Codes of banks and branches that stand beside an account number."""

from models.pii.recognizers.checksum import aba_routing
from models.pii.recognizers.iban import BANK_COUNTRIES
from models.pii.recognizers.pattern import CHECKSUM, CONTEXT, Context, Pattern, PatternRecognizer, digits_of, labelled
from models.pii.recognizers.placeholder import listed

_TIGHT_GAP = r"(?:[\s:=#|*()_\"'.-]|\b(?i:no|nr|number|num|id|is|was|ending in|ending|the)\b|№|º|°){0,10}?"

_OTHER_COUNTRIES = listed(
    """
    AF AG AI AM AO AR AS AU BB BD BF BI BJ BM BN BO BS BT BW BZ CA CD CF CG CI CL CM CN CO CU CV CW DM DZ EC ER ET FJ FM GA GD GH GM
    GN GQ GU GW GY HK HN HT ID IN IR JM JP KE KG KH KI KM KN KR KY LA LK LR LS MA MG MH ML MM MN MO MS MV MW MX MY MZ NA NE NG NI NP
    NR NZ OM PA PE PG PH PR PW PY RW SB SG SL SN SR SS SY SZ TC TD TG TH TJ TM TO TT TV TW TZ UG US UY UZ VE VN VU WS YE ZA ZM ZW
    """
)
"""Countries with banks and without IBANs."""

_PAYING = Context(
    (
        "bank", "standing orders?", "account", "acc", "a/c", "sort", "bacs", "chaps", "faster payment\\w?", "direct debit", "paid", "pay", "payment", "payee",
        "salary", "wages", "net", "transfer\\w{0,4}", "refund\\w{0,3}", "deposit\\w{0,3}", "remit\\w{0,6}", "into", "to", "send", "credit",
    ),
    before_chars=40,
    after_chars=0,
)  # fmt: skip


def _is_routing(value: str) -> bool:
    return aba_routing(digits_of(value))


def bank_code_recognizer() -> PatternRecognizer:
    """US routing numbers by their check digit, a sort code with its account, bank codes. Others: see ``labelled_number``."""
    return PatternRecognizer(
        "bank code",
        "BANK_ACCOUNT",
        (
            Pattern(
                labelled(
                    r"(?:aba|routing|transit|rtn)(?: (?:transit|routing|number|no))?", r"\d{9}(?![\w-])", _TIGHT_GAP
                ),
                CHECKSUM - 0.05,
                "The check digit of a US routing number is right",
                _is_routing,
                ("aba", "routing", "transit", "rtn"),
            ),
            Pattern(
                r"(?<![\w-])\d{2}([ -])\d{2}\1\d{2}[ ,/;|-]{1,3}(?:(?i:acc?(?:oun)?t?|a/c)[.: ]{0,3}(?:(?i:no|number)[.: ]{0,3})?)?"
                r"(?:\d{8,14}|\d{4}[ ]\d{4}|\d{4}[ ]\d{3}[ ]\d{4}|\d{6}-\d{7})(?![\w-])",
                CONTEXT,
                "A sort code and an account number",
                needs_context=True,
                has_digit_run=True,
            ),
            Pattern(
                r"(?<![\w-])\d{8,10}[ ]?[,/;|-][ ]?\d{2}([ -])\d{2}\1\d{2}(?![\w-])",
                CONTEXT,
                "An account number and a sort code",
                needs_context=True,
                has_digit_run=True,
            ),
            Pattern(
                labelled(
                    r"swift(?:/bic)?(?: code)?(?!_(?-i:[A-Z]{6}))(?: for [\w' ]{3,40}? is)?|bic(?:/swift)?(?: for [\w' ]{3,40}? is)?",
                    r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?(?![\w-])",
                    _TIGHT_GAP,
                ),
                CONTEXT - 0.1,
                "A bank code after the word that names it",
                lambda value: value.isupper() and (value[4:6] in BANK_COUNTRIES or value[4:6] in _OTHER_COUNTRIES),
                ("swift", "bic"),
            ),
        ),
        _PAYING,
    )
