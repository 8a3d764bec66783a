"""Postcodes behind a word for one, post-office boxes, and addresses of the armed forces."""

from collections.abc import Iterator

from models.pii.finding import Finding
from models.pii.recognizers.address_parts import CA_POSTCODE, UK_POSTCODE
from models.pii.recognizers.pattern import CONTEXT, PATTERN, compiled, lowered, regions

_LETTERS_TOO = rf"(?:{UK_POSTCODE}|{CA_POSTCODE}|\d{{4}}[ ]?[A-Z]{{2}}|[AC-FHKNPRTV-Y]\d[\dW][ ]?[AC-FHKNPRTV-Y\d]{{4}}|[A-Z]{{1,2}}-\d{{4,5}}|LV-\d{{4}}|MD-?\d{{4}})"
_DIGITS = r"(?:\d{5}-\d{3,4}|\d{4}-\d{3}|\d{2}-\d{3}|\d{3}[ -]\d{2,4}|\d{4,6}|\d{3}(?=[ ]?(?:$|\n|\\n)))"
_CODE = rf"(?P<value>{_LETTERS_TOO}|{_DIGITS})(?![\w/%]|[-.,:]\d)"
_WORDS = (
    r"(?<![\w.@/-])(?i:(?:zip(?:[ -]?code)?|zipcode|post[ -]?code|postal[ -]?code|plz|postleitzahl|code postal|código postal|codigo postal|codice postale|postnummer|postnr\.?|kod pocztowy|cep|eircode|psč|irányítószám|postinumero)"
    r"[\"']?[ ]{0,3}(?:(?:is|was|ist|est|es|è|number|no|of|:|=|#|\|)[ ]{0,3}){0,2}[\"']?)"
)
_LEAST_BARE = 5
_SHORT = r"C(?<![\w.@/-]C)(?:\.?P\.?|AP)[ ]?:?[ ]?(?P<value>\d{5,6})(?!\w|[-.,:]\d)"
_TRIGGERS = ("zip", "post", "plz", "kod pocz", "cep", "eircode", "psč", "irányító", "codice")
_BOX = (
    r"(?<![^\W_])(?i:p\.?[ ]?o\.?[ ]?box|post office box|postfach|postbus|boîte postale|b\.?p\.(?=[ ]\d)|apartado(?: de correos| postal)?|casella postale|caixa postal|skrytka pocztowa|postboks|private bag)"
    r"[ ](?:no\.?[ ]|n\.?[º°][ ])?[A-Z]?\d{1,6}(?!\w|[.,]\d)(?P<town>,?[ \n][A-ZÀ-Þ][^\W\d_]{2,20})?"
)
_ARMED = (
    r"(?:(?:PSC|CMR|Unit|UNIT|OMC|Psc)[ ]\d{1,5},?[ \n](?:Box|BOX|box)[ ]\d{1,6}|(?:USS|USNS|USCGC|USCG)[ ][A-Z][\w.' -]{1,24}(?=,?[ \n]{1,2}(?:APO|FPO|DPO)))"
    r"(?:,?[ \n]{1,2}(?:APO|FPO|DPO)[ ,]{1,2}A[AEP])?(?:,?[ ]\d{5}(?:-\d{4})?)?|(?<![^\W_])(?:APO|FPO|DPO)[ ,]{1,2}A[AEP],?[ ]\d{5}(?:-\d{4})?"
)


class PostcodeRecognizer:
    """Short parts of an address that a word or a fixed form gives away."""

    name = "postcode"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield postcodes without the word before them, and boxes with the town behind them."""
        lower = lowered(text)
        for start, end in regions(lower, _TRIGGERS):
            for match in compiled(_WORDS + _CODE).finditer(text, start, end):
                label = text[match.start() : match.start("value")].strip().lower()
                if label != "zip" or len(match["value"]) >= _LEAST_BARE:  # "zip 4000 pages"
                    yield Finding(
                        *match.span("value"), "ADDRESS", CONTEXT, self.name, "A postcode behind a word for one."
                    )
        for match in compiled(_SHORT).finditer(text):
            yield Finding(*match.span("value"), "ADDRESS", CONTEXT, self.name, "A postcode behind a word for one.")
        for start, end in regions(
            lower,
            (
                "box",
                "postfach",
                "postbus",
                "postale",
                "postal",
                "b.p.",
                "bp ",
                "apartado",
                "skrytka",
                "postboks",
                "private bag",
            ),
        ):
            for match in compiled(_BOX).finditer(text, start, end):
                yield Finding(*match.span(), "ADDRESS", CONTEXT, self.name, "A post-office box.")
        for start, end in regions(lower, ("apo", "fpo", "dpo", "psc ", "cmr ", "unit ")):
            for match in compiled(_ARMED).finditer(text, start, end):
                yield Finding(*match.span(), "ADDRESS", PATTERN, self.name, "An address of the armed forces.")
