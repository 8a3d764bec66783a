"""Organisations told by the words around them, by being known to all, or by standing in capitals over a page."""

import re
from collections.abc import Iterator

from models.engines.starter.capitals import CAPITAL, GAP, NOT_NAMES, STEP, TOKEN, WORD
from models.engines.starter.gazetteer import is_given_name, single_places

Span = tuple[int, int]

_KIND = (
    "company|firm|manufacturer|supplier|vendor|contractor|subcontractor|utility|charity|agency|insurer|retailer|"
    "wholesaler|startup|start-up|provider|carrier|airline|publisher|distributor|operator|bank|lender|consultancy|"
    "brewery|bakery|bookshop|garage|hospital|clinic|university|think tank|foundation|association|union|newspaper|"
    "broadcaster|law firm|software house|estate agent|builder|co-op|cooperative|trust|fund|network|initiative|chain|"
    "maker|producer|developer|restaurant|hotel|shop|"
    r"school|college|institute|museum|authority|regulator|operator|brand|studio|theatre|publishing house|"
    r"société|entreprise|firma|empresa|compañía|verein|association"
)
_RUN = rf"{TOKEN}(?:{STEP}{TOKEN}){{0,4}}"
_CALLED = re.compile(
    rf"\b(?:[Tt]he|[Oo]ur|[Tt]heir|[Hh]is|[Hh]er|[Mm]y|[Aa]n?|[a-z]{{3,12}}){GAP}(?:{_KIND})(?:,|{GAP}called)?{GAP}"
    rf"(?P<name>{_RUN})"
)
_IS_A = re.compile(
    rf"(?<![\w'’@./\-])(?P<name>{WORD}(?:{STEP}{WORD}){{0,3}})"
    rf"(?:,{GAP}(?:an?|our|its|their)|{GAP}is{GAP}(?:an?|our))(?:{GAP}[\w\-]{{2,20}}){{0,3}}?{GAP}(?:{_KIND})\b"
)
_LABELLED = re.compile(
    r"(?:^|\n|(?<! )[ ]{2,40}|\t|[|.;][ ])[ \t*|\-]{0,8}"
    r"(?i:supplier|vendor|carrier|employer|company(?: name)?|insurer|manufacturer|provider|contractor|school|hospital|"
    r"airline|organi[sz]ation|firm|bank(?: name)?|payee|dealer|publisher|lieferant|firma|arbeitgeber|bank|versicherer|"
    r"fournisseur|employeur|entreprise|société|banque|proveedor|empresa|banco)"
    rf"(?:[ ]?:|[ ]?\.{{3,}}|[ ]*\||[ ]{{2,}})[ \t.]{{0,30}}(?P<name>{_RUN})"
)
_SHOUTED_WORD = r"[A-ZÄÖÜÉÈ][A-ZÄÖÜÉÈß'’&\-]{1,20}"
_SHOUTED = re.compile(
    rf"(?:^|\n)[ \t#*]{{0,8}}(?P<name>(?:ST\. |THE )?(?:{_SHOUTED_WORD} ){{1,5}}(?:HOSPITAL|UNIVERSITY|COLLEGE|SCHOOL|"
    r"BANK|CLINIC|COUNCIL|INSTITUTE|ACADEMY|SURGERY|PHARMACY|FOUNDATION|TRUST|SOCIETY|ASSOCIATION|HOTEL|CREDIT UNION|"
    r"POLICE|AIRLINES|MUSEUM|LABORATORIES|SOLICITORS|ARCHITECTS|KLINIK|KLINIKUM|SPARKASSE))(?![\w'’])"
)
_HEAD_NATIVE = re.compile(
    rf"(?<![\w'’@./\-])(?:(?:Kreis|Stadt)?[Ss]parkasse|Volksbank|Raiffeisenbank|Deutsche|Landgericht|Amtsgericht|"
    rf"Finanzamt|"
    rf"Landratsamt|Kanzlei|Krankenkasse|Gymnasium|Caisse|Mairie|Clinique|Mutuelle|Lycée|Clínica|Ayuntamiento|Hospital|"
    rf"Tribunal|Colegio|Caja|Hotel|Pension|Gasthof|Restaurant|Ristorante|Galerie|Apotheke|Praxis){GAP}(?:(?:de|del|"
    rf"de la|d['’]|des|du|für|der){GAP})?{WORD}(?:{GAP}{WORD})?"
)
_KNOWN_NAMES = """
Accenture|Adidas|Airbus|Aldi|Alibaba|Allianz|AstraZeneca|Audi|Aviva|BASF|BMW|BNP Paribas|Barclays|Bayer|Boeing|Bosch|
Capgemini|Carrefour|Citibank|Citigroup|Coca-Cola|Commerzbank|Credit Suisse|DHL|Daimler|Danone|Deloitte|Disney|Ericsson|
Facebook|FedEx|Ferrari|Fujitsu|General Electric|General Motors|GlaxoSmithKline|Goldman Sachs|Google|HSBC|Heineken|
Hewlett-Packard|Hitachi|Honda|Huawei|Hyundai|IBM|IKEA|JPMorgan|JPMorgan Chase|KPMG|Lidl|LinkedIn|Lloyds|Lufthansa|
Maersk|Mastercard|McDonald's|McKinsey|Mercedes-Benz|Merck|Microsoft|Mitsubishi|Morgan Stanley|NatWest|Nestlé|Netflix|
Nike|Nintendo|Nissan|Nokia|Novartis|Nvidia|OpenAI|PayPal|Peugeot|Pfizer|Philips|Porsche|PricewaterhouseCoopers|PwC|
Qualcomm|Renault|Revolut|Rolls-Royce|Ryanair|SAP|Sainsbury's|Samsung|Sanofi|Santander|Siemens|Sony|Spotify|Starbucks|
Telefónica|Tesco|Tesla|Toshiba|Toyota|UBS|Uber|Unilever|Verizon|Vodafone|Volkswagen|Volvo|Walmart|Wells Fargo|WhatsApp|
Zalando|eBay
"""
_KNOWN = re.compile(
    rf"(?<![\w'’@./\-])(?:{'|'.join(map(re.escape, ''.join(_KNOWN_NAMES.splitlines()).split('|')))})(?![\w@]|-\w)"
)


def organisations_by_cue(text: str) -> Iterator[Span]:
    """Yield spans of organisations, those with the surest evidence first; they may overlap."""
    for match in _HEAD_NATIVE.finditer(text):
        if not NOT_NAMES.intersection(match[0].split()[1:]):
            yield match.span()
    for pattern in (_SHOUTED, _KNOWN):
        for match in pattern.finditer(text):
            yield match.span("name" if pattern is _SHOUTED else 0)
    for pattern in (_LABELLED, _CALLED, _IS_A):
        for match in pattern.finditer(text):
            if _may_be_one(match["name"]):
                yield match.span("name")


def _may_be_one(name: str) -> bool:
    words = name.split()
    if words[0] in NOT_NAMES or words[-1] in NOT_NAMES or is_given_name(words[0].removesuffix("'s")):
        return False
    return re.match(CAPITAL, words[0]) is not None and not all(word in single_places() for word in words)
