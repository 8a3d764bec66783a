# ruff: noqa: E501 (word lists)
"""E-mail addresses and telephone numbers written out in words: "jane at example dot com", "oh seven seven, double two"."""

import re
from collections.abc import Iterator

from models.pii.finding import Finding
from models.pii.recognizers.pattern import CONTEXT, PATTERN, compiled, lowered, regions

_TLDS = "com|org|net|edu|gov|io|co|info|biz|me|app|dev|eu|uk|de|fr|es|it|nl|be|ch|at|pl|pt|br|mx|ar|cl|in|cn|jp|kr|au|nz|ca|us|se|no|dk|fi|ie|cz|gr|tr|ru|za|ng|ke"
_AT = r"[ ]?(?:[\[({<][ ]?(?:at|@|ät|arroba|chez|chiocciola)[ ]?[\])}>]|[ ](?:at|@|ät|arroba|chiocciola)[ ])[ ]?"
_DOT = (
    r"(?:[ ]?[\[({<][ ]?(?:dot|\.|punkt|point|punto|ponto)[ ]?[\])}>][ ]?|[ ](?:dot|punkt|punto|ponto)[ ]|[ ]?\.[ ]?)"
)
_EMAIL = (
    rf"(?<![\w.+-])(?P<local>[\w+-]{{1,40}}(?:(?:[ ](?:dot|punkt|underscore|dash|hyphen|minus)[ ]|[._-])[\w+-]{{1,40}}){{0,3}}){_AT}"
    rf"(?P<domain>[\w-]{{1,40}}(?:{_DOT}[\w-]{{1,40}}){{0,3}}{_DOT}(?:{_TLDS}))(?![\w-])"
)
_TRIGGERS = (" dot ", " punkt ", " punto ", " ponto ", "[dot]", "(dot)", "{dot}", "<dot>", "[.]", "(.)", "[at]", "(at)", "{at}", "<at>", " @ ", "[@]", "(@)", " arroba ", " chiocciola ", "(ät)", "[ät]")  # fmt: skip
_DIGITS = {
    "en": r"zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple|plus|hundred",
    "de": r"null|eins|zwei|zwo|drei|vier|fünf|sechs|sieben|acht|neun|plus",
    "es": r"cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|más",
    "fr": r"zéro|un|deux|trois|quatre|cinq|six|sept|huit|neuf|plus",
    "it": r"zero|uno|due|tre|quattro|cinque|sei|sette|otto|nove|più",
    "pt": r"zero|um|dois|três|quatro|cinco|seis|meia|sete|oito|nove|mais",
    "nl": r"nul|een|twee|drie|vier|vijf|zes|zeven|acht|negen|plus",
}
_DIGIT_TRIGGERS = {
    "en": ("three", "four", "five", "seven", "eight"),
    "de": ("drei", "vier", "fünf", "sechs", "sieben"),
    "es": ("cuatro", "cinco", "siete", "ocho"),
    "fr": ("trois", "quatre", "cinq", "sept"),
    "it": ("quattro", "cinque", "sette", "otto"),
    "pt": ("quatro", "cinco", "sete", "oito"),
    "nl": ("vier", "vijf", "zeven", "negen"),
}
_LEAST_DIGITS = 7


class WrittenOutRecognizer:
    """Words for "at" and "dot" between the parts of an address, and seven words for digits or more in a row."""

    name = "written out"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield addresses and numbers."""
        lower = lowered(text)
        for start, end in regions(lower, _TRIGGERS):
            for match in compiled(_EMAIL, re.IGNORECASE).finditer(text, start, end):
                if _is_written_out(match):
                    reason = "It is an e-mail address written out in words."
                    yield Finding(match.start(), match.end(), "EMAIL", PATTERN - 0.01, self.name, reason)
        for language, words in _DIGITS.items():
            pair = rf"(?:{words})[ ,.-]{{1,4}}(?:{words})(?![^\W_])"
            for start, end in regions(lower, _DIGIT_TRIGGERS[language]):
                if not compiled(pair).search(lower, start, end):
                    continue
                regex = (
                    rf"(?<![^\W_])(?:(?:{words}|\d)[ ,.…-]{{1,4}}){{{_LEAST_DIGITS - 1},24}}(?:{words}|\d)(?![^\W_])"
                )
                for match in compiled(regex, re.IGNORECASE).finditer(text, start, end):
                    if (
                        len(re.findall(r"[^\W\d_]{2,}", match[0])) >= _LEAST_DIGITS - 1
                        and len(set(match[0].lower().split())) > 2
                    ):
                        reason = "A long row of digits written out in words."
                        yield Finding(match.start(), match.end(), "PHONE", CONTEXT + 0.05, self.name, reason)


def _is_written_out(match: re.Match[str]) -> bool:
    """Sure with brackets or a written "dot"; "meet at noon. me" is a sentence."""
    value = match[0].lower()
    if re.search(r"[\[({<]", value) or re.search(r" (?:dot|punkt|punto|ponto) ", value):
        return True
    return (
        " @ " in value
        and re.fullmatch(r"\S+", match["domain"].replace(" ", "")) is not None
        and ". " not in match["domain"]
    )
