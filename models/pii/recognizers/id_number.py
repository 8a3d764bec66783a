"""Numbers that stand for one person in some file: bank accounts, policies, records, members. Only after their names."""

import re

from models.pii.recognizers.checksum import aba_routing
from models.pii.recognizers.iban import BANK_COUNTRIES
from models.pii.recognizers.pattern import CHECKSUM, CONTEXT, Pattern, PatternRecognizer, digits_of, labelled

_NUMBER = r"(?:[ ]?(?:no|nr|num|number|#|id|code)\.?)"
_ACCOUNT = (
    rf"(?:bank |checking |savings |current |deposit |brokerage |loan |credit )?(?:account|acct|"
    rf"a/c)\.?{_NUMBER}|acct|(?:bank|checking|savings|brokerage|loan) account(?: ending in)?|"
    r"kontonummer|konto-?nr|kto\.?(?:-?nr)?|numéro de compte|número de cuenta|numero di conto|rekeningnummer"
)
_RECORD = (
    rf"mrn|medical record{_NUMBER}?|patient{_NUMBER}|chart{_NUMBER}|health (?:card|plan|insurance|"
    rf"record){_NUMBER}|(?:insurance|health) id|policy ?holder{_NUMBER}|policy{_NUMBER}|"
    rf"member(?:ship)?{_NUMBER}|subscriber{_NUMBER}|beneficiary{_NUMBER}|claim{_NUMBER}|group{_NUMBER}|employee{_NUMBER}|staff{_NUMBER}|personnel{_NUMBER}|badge{_NUMBER}|student{_NUMBER}|"
    rf"customer{_NUMBER}|client{_NUMBER}|case{_NUMBER}|file{_NUMBER}|docket{_NUMBER}|loyalty{_NUMBER}|"
    rf"frequent flyer{_NUMBER}|hospital{_NUMBER}|medicare{_NUMBER}?|medicaid{_NUMBER}?|"
    rf"licen[cs]e plate{_NUMBER}?|number plate|registration plate|vehicle registration{_NUMBER}?|"
    rf"vin{_NUMBER}?|green card{_NUMBER}?|alien registration{_NUMBER}?|visa{_NUMBER}|npi{_NUMBER}?|"
    rf"dea{_NUMBER}?|"
    r"kundennummer|kunden-?nr|versicher(?:ungs|ten)nummer|personalnummer|patientennummer|matrikelnummer|"
    r"aktenzeichen|kennzeichen|numéro de (?:dossier|client|sécurité sociale)|número de (?:cliente|póliza|"
    r"expediente)"
)
_RECORD_TRIGGERS = (
    "mrn", "record", "patient", "chart", "health", "insurance", "policy", "member", "subscriber", "benefici",
    "claim", "group", "employee", "staff", "personnel", "badge", "student",
    "customer", "client", "case", "file", "docket", "loyalty", "flyer", "hospital", "medica", "plate", "vin",
    "vehicle", "green card", "alien", "visa", "npi", "dea", "nummer", "kunden", "akten", "kennz", "numéro",
    "número",
)  # fmt: skip
_VALUE = (
    r"(?=[A-Z0-9/ .-]{0,12}\d)[A-Z0-9](?:[/.-]?[A-Z0-9]){3,23}(?:[ ][A-Z0-9]*\d[A-Z0-9]*){0,3}(?![\w-])"
    r"|\d(?:[ ]?\d){6,20}(?![\w-])"
)
_TIGHT_GAP = r"(?:[\s:=#|*()_\"'.-]|\b(?i:no|nr|number|num|id|is|was|ending in|ending|the)\b|№|º|°){0,10}?"


def _is_number(value: str) -> bool:
    digits = digits_of(value)
    return len(digits) >= 4 and not re.fullmatch(
        r"(?:19|20)\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|(?:19|20)\d\d[./-]\d\d[./-]\d\d|\d{1,3}\.\d{2}", value
    )


def _is_routing(value: str) -> bool:
    return aba_routing(digits_of(value))


def bank_account_recognizer() -> PatternRecognizer:
    """Account numbers, US routing numbers and UK sort codes after words that name them."""
    return PatternRecognizer(
        "bank account",
        "BANK_ACCOUNT",
        (
            Pattern(
                labelled(_ACCOUNT, r"(?:[A-Z]{0,4}\d[\d -]{4,22}\d|[xX*]{2,12}[ -]?\d{4})(?![\w-])", _TIGHT_GAP),
                CONTEXT,
                "A number after words for a bank account",
                _is_number,
                ("acc", "a/c", "konto", "kto", "compte", "cuenta", "conto", "rekening"),
            ),
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
                labelled(r"sort[ -]?code", r"\d{2}[ -]?\d{2}[ -]?\d{2}(?![\w-])", _TIGHT_GAP),
                CONTEXT,
                "Six digits after the words sort code",
                None,
                ("sort code", "sort-code", "sortcode"),
            ),
            Pattern(
                labelled(
                    r"swift(?:/bic)?(?: code)?|bic(?:/swift)?",
                    r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?(?![\w-])",
                    _TIGHT_GAP,
                ),
                CONTEXT - 0.1,
                "A bank code after the word that names it",
                lambda value: value.isupper() and value[4:6] in BANK_COUNTRIES,
                ("swift", "bic"),
            ),
        ),
    )


def id_number_recognizer() -> PatternRecognizer:
    """Policy, member, patient, employee, customer and case numbers, and vehicle plates, after words that name them."""
    return PatternRecognizer(
        "record number",
        "ID_NUMBER",
        (
            Pattern(
                labelled(_RECORD, rf"(?i:{_VALUE})", _TIGHT_GAP),
                CONTEXT - 0.05,
                "A number after words for a personal record",
                _is_number,
                _RECORD_TRIGGERS,
            ),
        ),
    )
