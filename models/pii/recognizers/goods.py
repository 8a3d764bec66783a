"""Words right before a number that say it counts or names things: orders, parcels, goods, parts, programs, firms."""

import re

from models.pii.recognizers.pattern import compiled

_WORDS = (
    # orders, parcels and payments
    r"orders?|bestell\w*|auftrag\w*|commandes?|pedidos?|encomendas?|ordin[ei]|zam[óo]wieni\w*|bestelling\w*|track\w*|parcels?|pa(?:k|kk|ck)et\w*|sendung\w*|colis|spedizione|shipments?|awb|waybill|"
    r"consignment|ups|dhl|fedex|hermes|gls|dpd|invoices?|rechnung\w*|factures?|facturas?|fattur[ae]|transactions?|txn|trx|"
    # goods and parts
    r"ean|ean-?13|gtin|upc|isbn|issn|ismn|asin|barcode|code-barres|c[oó]digo de barras|codice a barre|sku|parts?|pieces?|artikel\w*|article|items?|batch|lots?|charge|chargen\w*|serials?|s/n|seriennummer|"
    r"pallet\w*|palette|container|sscc|hs[ -]code|cas|oem|pe[çc]a|pieza|pi[èe]ce|pezzo|teile?n\w*|produ[ck]t\w*|prodotto|model|modell|typ|din|iso|"
    # programs, measures, papers, firms
    r"builds?|commits?|revert|cherry-pick|sha|md5|timestamps?|epoch|counter|meter|odometer|z[äa]hler\w*|compteur|contador|contatore|seq\w*|hash|checksum|msg|message-?id|base32|base64|"
    r"oclc|doi|pmid|pmc|arxiv|patent|lei|duns|naics|nace|sic|cpv|nuts|isin|cpt|icd|icd-10|hcpcs|drg|loinc|snomed|atc|pzn|cusip|sedol|wkn|figi"
)
_BEFORE = rf"(?<![^\W_])(?:{_WORDS})(?![^\W_])[^\d\n]{{0,12}}\Z"
_BEFORE_CHARS = 40
_AFTER = (
    r"[ ](?:records?|rows?|items?|units?|files?|bytes|entries|views|lines|times|copies|pieces|euros?|dollars?|pounds?|people|users|votes|shares|tonnes|"
    r"datensätze|einträge|stück|euro|lignes|fichiers|euros|unidades|registros|pezzi|stuks|sztuk)(?![^\W_])"
)


def counts_goods(text: str, start: int) -> bool:
    """Whether a word for goods and the like stands right before the number at ``start``, in the same line."""
    return compiled(_BEFORE, re.IGNORECASE).search(text, max(0, start - _BEFORE_CHARS), start) is not None


def is_count(text: str, end: int) -> bool:
    """Whether a word for what is counted follows the number that ends at ``end``."""
    return compiled(_AFTER, re.IGNORECASE).match(text, end) is not None
