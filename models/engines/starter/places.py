"""Places: a gazetteer of countries, regions and cities, streets with their number, and towns beside a postcode."""

import functools
import re
from collections.abc import Iterator

from models.engines.starter.capitals import GAP, NOT_NAMES, STEP, STREET_WORDS, WORD
from models.engines.starter.gazetteer import is_given_name, long_places, single_places

Span = tuple[int, int]

_SINGLE = re.compile(r"(?<![\w'’@./\-])[^\W\d_a-zß-öø-ÿ][^\W\d_]{3,14}(?:-[^\W\d_]{2,14})?(?![\w@]|['’][^s\s]|\.\w)")
_STREET = re.compile(
    rf"(?<![\w/.\-])[0-9]{{1,4}}(?:[a-zA-Z]|[-–][0-9]{{1,4}})?,?{GAP}(?:{WORD}{GAP}){{1,3}}?(?:{'|'.join(sorted(STREET_WORDS))})\b"
)
_STREET_NATIVE = re.compile(
    rf"(?<![\w/.\-])(?:{WORD}{GAP})?{WORD}(?:straße|strasse|str\.|weg|platz|allee|gasse|gatan|straat|laan)"
    rf"{GAP}[0-9]{{1,4}}[a-z]?(?![\w])"
    rf"|(?<![\w/.\-])[0-9]{{1,4}},?{GAP}(?:rue|avenue|boulevard|place|quai|chemin){GAP}(?:(?:de|du|des|la|le|l['’]){GAP}?){{0,2}}"
    rf"{WORD}(?:{STEP}{WORD}){{0,3}}"
    rf"|(?<![\w])(?:Calle|Via|Rua|Avenida|Piazza|Plaza){GAP}(?:{WORD}|de|del|la|di|da){GAP}?(?:{WORD}{GAP}?){{0,3}},?{GAP}?[0-9]{{1,4}}"
)
_BESIDE_POSTCODE = re.compile(
    rf"(?<![\w'’])(?P<uk>{WORD}(?:{GAP}{WORD}){{0,2}}),?{GAP}[A-Z]{{1,2}}[0-9][0-9A-Z]?{GAP}[0-9][A-Z]{{2}}(?!\w)"
    rf"|(?<![\w'’])(?P<us>{WORD}(?:{GAP}{WORD}){{0,2}}),{GAP}[A-Z]{{2}}{GAP}[0-9]{{5}}(?:-[0-9]{{4}})?(?!\w)"
    rf"|(?<=[,\n]{GAP})(?:[A-Z]{{1,2}}-)?[0-9]{{4,5}}{GAP}(?P<eu>{WORD}(?:{STEP}{WORD})?)(?=[\n,.]|$)"
)
_CUED = re.compile(
    rf"\b(?:based|located|registered|living|lives|lived|resident|born|raised|offices?|branch|plant|headquartered|farm|village|"
    rf"town|clinic|site){GAP}(?:in|at|near|of){GAP}(?P<place>{WORD}(?:{GAP}{WORD})?)(?=[\s,.;)]|$)"
)
_UNSURE_PLACES = """
Nice Essen Cork Mali Turkey Jordan Lincoln Chester Austin Florence Sofia Derby Kent Devon Bergen Split Bari
Orlando Hamilton Hesse Chad Valencia Victoria Milan Virginia Georgia Carolina Paris Dallas Houston Lima
Regina Durham Richmond Columbus Darwin Toledo León Tours Faro Santander Halle Biel Thun Vitoria Buffalo
Providence Savannah Jacksonville Cleveland Raleigh Hobart Stirling Lorraine Dayton Slough Trier Ulm Chur Vigo Parma
Modena Siena Ravenna Trento Nancy Metz Dijon Angers Orléans Pacific Atlantic Arctic Mediterranean Highlands Crimea Savoy
Ennis Truro Albany Galicia Aragon Cartagena Córdoba Murcia Lleida Burgos Omaha Tulsa Boise Faro
Norfolk Maine York Wellington Worcester Bradford Salford Perth Pisa Pune Riga Verona Linz Graz Kiel Brest
"""
_UNSURE = frozenset(_UNSURE_PLACES.split())
_BEFORE = re.compile(
    r"(?:\b(?:in|from|near|at|to|of|and|outside|around|via|for|within|across|throughout|"
    r"nach|aus|von|bei|à|en|de|desde|hacia)|[,(])[ \u00a0]$"
)
_COMMON = frozenset(
    [
        "Nice",
        "Essen",
        "Cork",
        "Derby",
        "Turkey",
        "Split",
        "Lima",
        "Lincoln",
        "Jordan",
        "Providence",
        "Buffalo",
        "Tours",
        "Slough",
        "Halle",
    ]
)


@functools.cache
def _long() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'’@./\-])(?:{'|'.join(map(re.escape, long_places()))})(?![\w@]|-\w)")


def find_places(text: str) -> Iterator[Span]:
    """Yield spans of places, streets first; they may overlap."""
    for pattern in (_STREET, _STREET_NATIVE):
        for match in pattern.finditer(text):
            yield match.start(), match.start() + len(match[0].rstrip(" ,\u00a0"))
    for match in _BESIDE_POSTCODE.finditer(text):
        group = match.lastgroup or ""
        yield _last_words(text, *match.span(group))
    for match in _long().finditer(text):
        yield match.span()
    for match in _SINGLE.finditer(text):
        if _is_place(text, match):
            yield match.start(), match.end()
    for match in _CUED.finditer(text):
        words = match["place"].split()
        if not NOT_NAMES.intersection(words) and not is_given_name(words[0]):
            yield match.span("place")


def _is_place(text: str, match: re.Match[str]) -> bool:
    word = match[0]
    if word not in single_places():
        # A dateline or an address in capitals: "LISBON, 12 August".
        return (
            word.isupper()
            and word.title() in single_places()
            and text[match.end() : match.end() + 1] in {",", "(", "\n"}
        )
    if word not in _UNSURE:
        return True
    return _BEFORE.search(text, max(0, match.start() - 12), match.start()) is not None or (
        word not in _COMMON and text[match.end() : match.end() + 1] == ","
    )


def _last_words(text: str, start: int, end: int) -> Span:
    """Drop a street that runs into the town without a comma ("Mill Lane Leeds LS1 4AB")."""
    for word in reversed(list(re.finditer(r"\w+", text[start:end]))):
        if word[0] in STREET_WORDS and word.end() < end - start:
            rest = text[start + word.end() : end]
            return start + word.end() + len(rest) - len(rest.lstrip()), end
    return start, end
