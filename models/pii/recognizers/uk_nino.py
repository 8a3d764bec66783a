"""United Kingdom National Insurance numbers."""

from models.pii.recognizers.pattern import CONTEXT, PATTERN, Context, Pattern, PatternRecognizer, labelled

_WORDS = r"national insurance(?: (?:no|number|num))?|ni (?:no|number|num)|nino|n\.i\.(?: (?:no|number))?|ni"
_FORM = (
    r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?:(?P<s>[ -]?)\d{2}(?P=s)\d{2}(?P=s)\d{2}[ -]?|(?P<t>[ -])\d{6}(?P=t))[A-D]"
)
_LOOSE = r"(?i:[A-Z]{2}[ -]?\d{2}[ -]?\d{2}[ -]?\d{2}(?:[ -]?[A-Z])?)(?![\w-])"
_NOT_USED = frozenset({"BG", "GB", "NK", "KN", "TN", "NT", "ZZ"})


def _valid(value: str) -> bool:
    return value[:2].upper() not in _NOT_USED


def uk_nino_recognizer() -> PatternRecognizer:
    """By its form and prefixes (HMRC National Insurance Manual NIM39110); any letters after words that name it."""
    return PatternRecognizer(
        "uk national insurance",
        "UK_NINO",
        (
            Pattern(
                rf"(?<![\w-]){_FORM}(?![\w-])",
                PATTERN,
                "It has the form and prefix of a UK National Insurance number",
                _valid,
                has_digit_run=True,
            ),
            Pattern(
                labelled(_WORDS, _LOOSE),
                CONTEXT + 0.05,
                "Two letters and six digits after words for National Insurance",
                None,
                ("national ins", "nino", "ni ", "ni:", "n.i."),
            ),
        ),
        Context((_WORDS,), after_chars=0),
    )
