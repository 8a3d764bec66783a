"""What the parts of a postal address look like in many countries: streets, units, postcodes, and words between them."""

import re

from models.pii.recognizers.placeholder import listed

_STREETS = listed(
    """
    street avenue ave road rd boulevard blvd lane drive court place way terrace circle highway hwy parkway pkwy square close crescent
    garden gardens grove row mews trail walk hill rise loop alley ridge turnpike wharf quay estate nagar marg chowk colony layout sector
    rue chemin allée impasse quai route cours calle avenida avda paseo plaza carrer camino pasaje ronda glorieta urbanización via viale corso piazza
    vicolo strada contrada borgo largo stretto rotonda canale incrocio rua travessa alameda praça rodovia estrada ladeira
    ulica ul aleja al plac pl osiedle os ulice utca út gatan vägen gade vej gata veien katu tie sokak jalan jl
    straße strasse str weg platz allee gasse ring damm ufer steig pfad chaussee stieg straat laan gracht plein kade dijk singel hof steeg
    """
)
# What a word of its own may end in: Hauptstraße, Keizersgracht, Kingsway.
_STREET_ENDS = (
    "straße", "strasse", "str", "weg", "platz", "allee", "gasse", "ring", "damm", "ufer", "steig", "pfad", "chaussee", "stieg",
    "straat", "laan", "gracht", "plein", "kade", "dijk", "singel", "hof", "steeg", "gatan", "vägen", "gade", "vej", "katu", "utca",
    "gata", "veien", "way", "street", "road", "lane", "court", "gardens", "terrace", "hill", "grove", "drive", "place", "close", "walk",
)  # fmt: skip
_STREET_STARTS = ("cadde", "mahalle")
UNIT = r"(?:apt|apartment|suite|ste|unit|flat|floor|fl|room|rm|bldg|building|studio|block|blok|house|villa|plot|door|h\.? ?no|no|nr|apto|appartamento|piso|puerta|planta|interno|piano|bloco|andar|casa|lote|stiege|top|wohnung|etage|bp|po box|p\.o\. box|postfach|c/o|box)\b\.?"
US_STATES = listed(
    """
    AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI
    SC SD TN TX UT VT VA WA WV WI WY DC PR VI GU AS MP FM MH PW AA AE AP
    """
)
UK_POSTCODE = r"(?:[A-PR-UWYZ]\d[A-HJKPSTUW\d]?|[A-PR-UWYZ][A-HK-Y]\d[ABEHMNPRVWXY\d]?|GIR)[ ]?\d[ABD-HJLNP-UW-Z]{2}"
US_POSTCODE = r"[A-Z]{2}[ ]\d{5}(?:-\d{4})?"
CA_POSTCODE = r"[ABCEGHJ-NPRSTVXY]\d[A-Z][ -]?\d[A-Z]\d"
# Four to six digits beside a town; each is believed only next to a street with a house number.
TOWN_POSTCODE = r"(?:[A-Z]{1,2}-)?(?:\d{5}-\d{3}|\d{4}-\d{3}|\d{2}-\d{3}|\d{3}[ ]\d{2}|\d{4}[ ]?[A-Z]{2}\b|\d{4,6})"
_SMALL = listed(
    """
    de la le les du des d l del della delle dei di da do dos das e y i el los las al van der den ter ten het 't von vom zum zur am
    an auf in im bei der die das dem bis ter the of near off opp opposite behind next to at and ul ul. al al. pl pl. os os. m nr no
    no. n n. nº apt apt. bis quater bloque piso puerta esc esc. dcha izq c/ floor rue avenue boulevard place chemin allée impasse quai route
    cours calle avenida paseo plaza via viale corso piazza rua travessa largo praça aleja ulica plac osiedle s/n sur lès sous
    saint sainte st. gmina kolonia
    """
)
_WORD = re.compile(r"[^\s,;|]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_UNITS = re.compile(UNIT, re.IGNORECASE)
_POSTCODE = re.compile(
    rf"(?<![\w])(?:\d{{8}}|{UK_POSTCODE}|{US_POSTCODE}|{CA_POSTCODE}|(?!(?:19|20)\d\d(?!\d)){TOWN_POSTCODE}|"
    r"\d{3}[ ]\d{3})(?![\w-])"
)


def readable_part(part: str) -> str:
    """The beginning of ``part`` that can belong to an address: capitalised words, numbers and the small words between.

    Empty when it begins otherwise. The small words are dropped from its end.
    """
    end = kept = 0
    for word in _WORD.finditer(part):
        bare = word[0].strip("().\"'*")
        small = word[0].lower() in _SMALL or _names_street(bare.lower()) or _UNITS.fullmatch(bare) is not None
        if bare and not (bare[0].isupper() or bare[0].isdigit() or bare[0] == "#" or small):
            break
        end = word.end()
        if not small or any(char.isdigit() for char in bare) or bare[:1].isupper():
            kept = end
        if word[0].endswith(".") and len(bare) > 4 and bare[0].isupper() and not has_street(bare):
            break  # the end of a sentence
        if word[0].endswith(".") and bare.isdigit():
            break
    return part[:kept].rstrip(" .\"'*") if kept else ""


def _names_street(word: str) -> bool:
    """True when ``word``, in lower case, is a word for a street."""
    return word.rstrip(".") in _STREETS or word.startswith(_STREET_STARTS)


def has_street(text: str) -> bool:
    """True when a word for a street stands in ``text``, alone or as the end of a longer one (Hauptstraße)."""
    words = _LETTERS.findall(text.lower())
    return any(_names_street(word) or (len(word) > 4 and word.endswith(_STREET_ENDS)) for word in words)


def has_postcode(text: str) -> bool:
    """True when something in the form of a postcode stands in ``text``."""
    return _POSTCODE.search(text) is not None
