"""Organisations: names with a legal form, and names whose first or last word says what they are."""

import re
from collections.abc import Iterator

from models.engines.starter.capitals import GAP, NOT_NAMES, RUNS, STEP, TOKEN, WORD, is_capitalised
from models.engines.starter.organisation_cues import organisations_by_cue

Span = tuple[int, int]

_LEGAL = (
    r"Pty\.?(?: Ltd\.?)?|Pte\.?(?: Ltd\.?)?|Pvt\.?(?: Ltd\.?)?|Co\.,? Ltd\.?|GmbH(?: & Co\. KG)?|Ltd\.?|Limited|Inc\.?|"
    r"Incorporated|LLC|L\.L\.C\.|LLP|L\.P\.|LP|PLC|plc|Corp\.?|Corporation|AG|SE|KGaA|KG|OHG|UG|e\.V\.|eG|S\.A\.S\.|SAS|"
    r"S\.A\.R\.L\.|SARL|Sàrl|S\.A\.|SA|S\.L\.|SL|S\.p\.A\.|SpA|S\.r\.l\.|Srl|SRL|B\.V\.|BV|N\.V\.|NV|ApS|A/S|ASA|AS|AB|"
    r"Oyj|Oy|Kft\.?|Zrt\.?|Sp\. z o\.o\.|d\.o\.o\.|s\.r\.o\.|a\.s\.|K\.K\.|Sdn Bhd|Bhd|Lda\.?|Ltda\.?|CIC|"
    r"INC\.?|LTD\.?|CORP\.?|LIMITED|GMBH|S\.A\.U\.|S\.L\.U\.|e\.K\.|mbH|gGmbH|EURL|SCI|ehf\.?|hf\.?|OÜ|UAB|SIA|d\.d\.|"
    r"Sp\. k\.|Unipessoal Lda\.?"
)
_LEGAL_FORM = re.compile(rf"(?<![\w'’@./\-])(?P<name>{TOKEN}(?:{STEP}{TOKEN}){{0,6}}?),?{GAP}(?:{_LEGAL})(?![\w'’])")
_LAST = """
Bank University College School Hospital Clinic Institute Foundation Trust Council Agency Authority Commission
Association Society Museum Library Group Holdings Holding Partners Associates Solutions Systems Technologies Technology
Logistics Pharmaceuticals Pharma Insurance Assurance Airlines Airways Motors Energy Industries Consulting Architects
Solicitors Laboratories Labs Laboratory Robotics Software Networks Ventures Capital Securities Estates Properties
Surgery Academy Federation Mutual Bakery Brewery Pharmacy Tribunal Parliament Senate Infirmary Polytechnic Electronics
Analytics Studios Studio Publishing Telecom Utilities Charity Cooperative Co-operative Company Corporation Enterprises
International Hotel Hotels Center Centre Nursery Constabulary Orchestra Universität Klinik Klinikum Bundesbank
Sparkasse Stiftung Verlag Werke Management Catering Supplies Gardens Union Fund Police Surveyors Foods Relocations
Freight Electric Electrical Plumbing Builders Construction Constructions Contractors Brothers Bros Transport Express
Travel Tours Theatre Theater Opera Garage Rentals Printers Printing Press Media Interiors Joinery Healthcare Dental
Veterinary Optical Optics Lines Ferries Railway Railways Shipping Steel Chemicals Ceramics Textiles Furniture Kitchens
Nurseries Farms Dairy Winery Vineyards Outfitters Appliances Instruments Diagnostics Biotech Biosciences Semiconductors
Versicherung Versicherungen Apotheke Verein Verband Genossenschaft Brauerei Spedition Werkstatt Assurances Assicurazioni
Seguros Components Materials Packaging Metals Plastics Fabrics Timber Jewellers Opticians Removals Advisers Advisors
Consultants Engineering Engineers Designers Cycles Roofing Flooring Glazing Carpets Landscaping Cleaning Scaffolding
Heating Recruitment Staffing Seafood Fisheries
Inspectorate Directorate Registry Secretariat Embassy Consulate Observatory Archives Choir Philharmonic
Services Office Unit Care Practice Bureau Ombudsman Watch Alliance League Forum Network Initiative
"""
_LAST_WORDS = frozenset(_LAST.split())
_WEAK = """
Management Catering Supplies Gardens Company Capital Energy Insurance Services Office Unit Care Practice Network Union
Fund Lines Express Transport Travel Press Media Printing Construction Dental Watch Forum Garage
"""
_WEAK_LAST = frozenset(_WEAK.split())
_HEAD = (
    "University|Ministry|Bank|Department|Institute|City|Council|Court|Bureau|Chamber|Church|Museum|Academy|Faculty|"
    "Federation|Association|Society|Borough|College|Office"
)
_HEAD_FIRST = re.compile(
    rf"(?<![\w'’@./\-])(?:(?P<before>{WORD}){GAP})?(?:{_HEAD}){GAP}(?:of|for){GAP}(?:the{GAP})?{WORD}"
    rf"(?:{GAP}(?:(?:of|&){GAP})?{WORD}|(?<=[a-z]){GAP}and{GAP}(?:the{GAP})?(?!(?:\w+{GAP})?(?:{_HEAD})){WORD}){{0,4}}"
)
_HEAD_NATIVE = re.compile(
    rf"(?<![\w'’@./\-])(?:Banco|Banca|Banque|Université|Universidad|Università|Hôpital|Ministère|Ministerio|Crédit|"
    rf"Bundesamt|Stadtwerke|Universitätsklinikum)(?:{STEP}{WORD}){{1,4}}"
)


def find_organisations(text: str) -> Iterator[Span]:
    """Yield spans of organisations, those with the surest evidence first; they may overlap."""
    for match in _LEGAL_FORM.finditer(text):
        start = _start_of_name(text, _after_of(text, *match.span("name")), match.end("name"))
        if start is not None:
            yield start, _end(text, start, match.end())
    for match in _HEAD_FIRST.finditer(text):
        begin = match.start()
        if match["before"] in NOT_NAMES:
            begin = match.end("before") + 1
        yield begin, _before_and(text, begin, match.end())
    for match in _HEAD_NATIVE.finditer(text):
        yield match.span()
    for match in RUNS.finditer(text):
        yield from _by_last_word(text, *match.span())
    yield from organisations_by_cue(text)


def _by_last_word(text: str, start: int, end: int) -> Iterator[Span]:
    """The part of a run up to a word such as Hospital, where a name stands before it."""
    begin = start
    words = list(re.finditer(r"[^ \u00a0]+", text[start:end]))
    for index, word in enumerate(words):
        if word[0] not in _LAST_WORDS or word[0].isupper():
            continue
        following = words[index + 1][0] if index + 1 < len(words) else ""
        if following in _LAST_WORDS:
            continue
        first = _start_of_name(text, _after_of(text, begin, start + word.start()), start + word.start())
        if first is not None and not (word[0] in _WEAK_LAST and _starts_sentence(text, first)):
            yield first, start + word.end()
        begin = start + word.end() + 1


def _start_of_name(text: str, start: int, end: int) -> int | None:
    """Where the name begins once words that only open a sentence or a label are left out; None if nothing stays."""
    for word in re.finditer(r"[^ \u00a0]+", text[start:end]):
        if is_capitalised(word[0]) and word[0].rstrip(".") not in NOT_NAMES:
            return start + word.start()
        if is_capitalised(word[0]) and word[0] in _LAST_WORDS and start + word.end() < end:
            return start + word.start()
    return None


def _after_of(text: str, start: int, end: int) -> int:
    """Where "Wei Ling Tan of Straits Robotics" turns from the person to the company; "Bank of" stays together."""
    head, of, _ = text[start:end].rpartition(" of ")
    if not of or re.search(rf"(?:{_HEAD}|Friends|Sons|Daughters|Sisters|House|Knights|League)$", head):
        return start
    return start + len(head) + len(of)


def _before_and(text: str, start: int, end: int) -> int:
    """Only what governs by subject is joined by "and", such as a Ministry of Food and Farming."""
    name = text[start:end]
    head, joined, _ = name.partition(" and ")
    if joined and not re.match(
        r"(?:\w+ )?(?:Ministry|Department|Faculty|Institute|Office|Chamber|Society|Bureau)\b", name
    ):
        return start + len(head)
    return end


def _starts_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 3) : start].rstrip(" ")
    return not before or before[-1] in ".!?\n"


def _end(text: str, start: int, end: int) -> int:
    """Leave out the full stop that ends the sentence rather than the abbreviation."""
    if text[end - 1] == "." and text[start:end].count(".") == 1:
        rest = text[end : end + 3]
        if not rest.strip() or rest[:1] == "\n" or (rest[:1] == " " and rest[1:2].isupper()):
            return (
                end - 1
                if not text[start : end - 1].endswith(("Inc", "INC", "Corp", "CORP", "Co", "CO", "Pty"))
                else end
            )
    return end
