"""United Kingdom NHS numbers."""

from models.pii.recognizers.checksum import nhs
from models.pii.recognizers.pattern import (
    CHECKSUM,
    CONTEXT,
    PATTERN,
    Context,
    Pattern,
    PatternRecognizer,
    digits_of,
    labelled,
)

_WORDS = r"nhs(?: (?:no|number|num|id))?|national health(?: service)?"

_CLINIC = Context(
    (
        "patients?", "pts?", "wards?", "clinics?", "clinical", "gp", "surgery", "hospital", "nhs", "consultant", "registrar", "outpatients?", "inpatient",
        "referr(?:ed|al)", "diagnos\\w{2,4}", "admitted", "discharged", "review(?:ed)?", "mg", "mcg", "prescri\\w{2,6}", "medication", "bloods?", "x-?ray",
        "scan", "mri", "biopsy", "dob", "mrn", "hosp", "a&e", "triage", "nurse", "midwife", "syndrome", "disease", "diabetes", "asthma",
    ),
    before_chars=100,
    after_chars=60,
)  # fmt: skip


def _valid(value: str) -> bool:
    digits = digits_of(value)
    return nhs(digits) and len(set(digits)) > 1


def uk_nhs_recognizer() -> PatternRecognizer:
    """In the spaced 3-3-4 form by its check digit; otherwise after words that name it."""
    return PatternRecognizer(
        "uk nhs number",
        "UK_NHS",
        (
            Pattern(
                labelled(_WORDS, r"\d{3}[ -]?\d{3}[ -]?\d{4}(?![\w-])"),
                CHECKSUM,
                "The check digit (mod 11) is right",
                _valid,
                ("nhs", "national health"),
            ),
            Pattern(
                labelled(_WORDS, r"\d{3}[ -]?\d{3}[ -]?\d{4}(?![\w-])"),
                CONTEXT + 0.05,
                "Ten digits after the words for an NHS number",
                None,
                ("nhs", "national health"),
            ),
            Pattern(
                r"\d(?<![\w.+-].)(?<!\d .)(?<!\) .)\d{2} \d{3} \d{4}(?![\w-])(?! \d)",
                PATTERN + 0.01,
                "It has the form of an NHS number and its check digit (mod 11) is right",
                _valid,
                has_digit_run=True,
            ),
        ),
        Context((_WORDS,), after_chars=0),
    )


def clinical_nhs_recognizer() -> PatternRecognizer:
    """Written in one piece or with dashes, by its check digit among words of a clinic."""
    return PatternRecognizer(
        "nhs number in clinical text",
        "UK_NHS",
        (
            Pattern(
                r"\d(?<![\w.+-].)(?<!\) .)(?:\d{9}|\d{2}-\d{3}-\d{4})(?![\w-])(?!\.\d)",
                PATTERN + 0.01,
                "The check digit of an NHS number (mod 11) is right",
                _valid,
                needs_context=True,
                has_digit_run=True,
            ),
        ),
        _CLINIC,
    )
