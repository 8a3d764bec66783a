"""Numbers and codes that name an account, a case, an order: after the word that says so, or by their own shape."""

import re
from collections.abc import Iterator

HEADS = (
    "invoice|order|purchase order|account|policy|claim|customer|client|case|ticket|contract|serial|patient|member|"
    "membership|booking|reservation|tracking|passport|licen[cs]e|tax|VAT|registration|employee|student|file|docket|"
    "confirmation|meter|reference|quote|receipt|payroll|hospital|insurance|National Insurance|Social Security|IBAN|BIC|"
    "SWIFT|routing|sort|card|batch|part|model|product|project|incident|request|transaction|payment|delivery|company|"
    "identification|roll|chassis|vehicle|permit|application|agreement|loan|mortgage|document|certificate|device|item|SKU|"
    "PO|MRN|NHS|UHID|matter|parcel|shipment|asset|RMA|bill|cheque|check|flight"
)
_CODE = (
    r"(?-i:[A-Z]{1,4}[ ](?=[0-9]))?(?=[A-Za-z/.\-]{0,12}[0-9])[A-Za-z0-9][A-Za-z0-9/.\-]{1,33}"
    r"(?:[ ][0-9]{2,4}(?![0-9]|[ ]?[%€£$]|[./\-][0-9])){0,7}"
)
_FOREIGN_HEADS = (
    "(?:rechnung|auftrag|vertrag|angebot|mitglied|versicherung)s?|bestell(?:ung)?|kunden?|lieferschein|steuer|konto|"
    "policen?|akten|vorgang|personal"
)
_FOREIGN_NAMED = (
    rf"(?:{_FOREIGN_HEADS})(?:[ -]?(?:nummer|nr\.?)|[ ]?n[°º])|aktenzeichen|az\.|geschäftszeichen"
    r"|(?:facture|commande|contrat|devis|dossier|client|police|sinistre|référence|compte)[ ](?:n[°º]|num[ée]ro|no\.?)"
    r"|num[ée]ro[ ]de[ ](?:facture|commande|contrat|devis|dossier|client|police|sinistre|compte|série|téléphone)"
    r"|réf(?:érence|\.)(?:[ ][a-zé]{3,12})?"
    r"|(?:factura|pedido|contrato|expediente|cliente|póliza|cuenta|albarán)[ ](?:n[°º]|núm(?:ero|\.)?|no\.?)"
    r"|n[úu]mero[ ]de[ ](?:factura|pedido|contrato|expediente|cliente|póliza|cuenta|serie)"
)
NAMED = re.compile(
    rf"\b(?P<key>(?:(?:{HEADS})[ ](?:number|(?:reg(?:istration)?\.?[ ])?no\.?|nr\.?|ID|id|code|reference|ref\.?|key)"
    rf"|(?:{HEADS})[ ]?#(?=[ ]?[A-Z]{{0,3}}[0-9])"
    rf"|(?:your|our|case)[ ]ref(?:erence)?\.?"
    rf"|(?:reference|number)[ ]of[ ](?:the|your|our)[ ][a-z]+(?:[ ][a-z]+)?(?=[ ](?:is|was)[ ])"
    rf"|{_FOREIGN_NAMED}"
    rf"|reference(?:[ ]number)?|IBAN|BIC|PIN))(?:[ ](?:is|was|of|ist|lautet|est|es)|[ ]?:|[ ]=)?[ ]?#?[ ]?"
    rf"(?P<value>{_CODE})",
    re.IGNORECASE,
)
"""A word that names a code ("invoice no.", "Kundennummer", "numéro de client") and the code after it."""
_LOOSE = re.compile(
    rf"\b(?:{HEADS}|ref|no|nr)(?:[ ](?:number|no|nr|id|code|reference|ref)|s)?\b\.?"
    rf"(?:[ ](?:is|was|of)\b|[ ]?:|[ ]=)?[ \t]{{0,8}}#?"
    rf"(?P<value>(?=(?:[A-Za-z/.\-]*[0-9]){{3}}){_CODE})",
    re.IGNORECASE,
)
_HASH = re.compile(r"(?<!\w)#(?P<value>[A-Z]{0,4}-?[0-9]{3,12})(?![\w\-])")
_SHAPE = re.compile(r"(?<![\w./\-@])(?P<value>[A-Z]{2,5}[-/](?:[0-9A-Z]{1,8}[-/]){0,4}[0-9]{2,12}[A-Z]?)(?![\w/@]|-\w)")
_REACH_BEFORE, _REACH_AFTER = 96, 96


def find_identifiers(text: str) -> Iterator[tuple[int, int]]:
    """Yield spans of codes without the word before them; they may overlap."""
    stretches = list(_near_digits(text))
    for pattern in (NAMED, _LOOSE, _HASH, _SHAPE):
        for begin, end in stretches:
            for match in pattern.finditer(text, begin, end):
                start = match.start("value")
                yield start, start + len(match["value"].rstrip(".-/ "))


def _near_digits(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of the text that reach as far from a digit as a code and the words before it do.

    Every code holds a digit, and most of a long text is far from any: looking here alone takes a third of the time.
    """
    begin = end = 0
    for match in re.finditer(r"[0-9]+", text):
        if match.start() - _REACH_BEFORE > end:
            if end:
                yield begin, end
            begin = max(0, match.start() - _REACH_BEFORE)
        end = min(len(text), match.end() + _REACH_AFTER)
    if end:
        yield begin, end
