# ruff: noqa: E501 (word lists)
"""What the parts of a postal address look like in many countries: streets, units, postcodes, and words between them."""

import re

from models.pii.recognizers.pattern import compiled
from models.pii.recognizers.placeholder import listed

STREET_WORD = (
    r"(?:street|avenue|ave|road|boulevard|blvd|lane|drive|court|place|way|terrace|circle|highway|hwy|parkway|pkwy|square|close|crescent|"
    r"gardens?|grove|row|mews|trail|walk|hill|rise|loop|alley|ridge|turnpike|wharf|quay|estate|nagar|marg|chowk|colony|layout|sector|"
    r"rue|chemin|allée|impasse|quai|route|cours|calle|avenida|avda|paseo|plaza|carrer|camino|pasaje|ronda|glorieta|urbanización|via|viale|corso|piazza|"
    r"vicolo|strada|contrada|borgo|largo|stretto|rotonda|canale|incrocio|rua|travessa|alameda|praça|rodovia|estrada|ladeira|"
    r"ulica|ul|aleja|al|plac|pl|osiedle|os|ulice|utca|út|gatan|vägen|gade|vej|gata|veien|katu|tie|sokak|cadde\w*|mahalle\w*|jalan|jl)\b"
    r"|str(?:aße|asse|\.)|(?:weg|platz|allee|gasse|ring|damm|ufer|steig|pfad|chaussee|stieg|straat|laan|gracht|plein|kade|dijk|singel|hof|steeg|"
    r"gatan|vägen|gade|vej|katu|utca)\b"
)
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


def readable_part(part: str) -> str:
    """The beginning of ``part`` that can belong to an address: capitalised words, numbers and the small words between.

    Empty when it begins otherwise. The small words are dropped from its end.
    """
    end = kept = 0
    for word in _WORD.finditer(part):
        bare = word[0].strip("().\"'*")
        small = (
            word[0].lower() in _SMALL
            or compiled(rf"(?:{STREET_WORD}|{UNIT})", re.IGNORECASE).fullmatch(bare) is not None
        )
        if bare and not (bare[0].isupper() or bare[0].isdigit() or bare[0] == "#" or small):
            break
        end = word.end()
        if not small or any(char.isdigit() for char in bare) or bare[:1].isupper():
            kept = end
        if (
            word[0].endswith(".")
            and len(bare) > 4
            and bare[0].isupper()
            and not compiled(rf"(?:\S*(?:{STREET_WORD}))\.?", re.IGNORECASE).fullmatch(bare + ".")
        ):
            break  # the end of a sentence
        if word[0].endswith(".") and bare.isdigit():
            break
    return part[:kept].rstrip(" .\"'*") if kept else ""


def has_street(text: str) -> bool:
    """True when a word for a street stands in ``text``."""
    return compiled(rf"(?:(?<![^\W\d_])|(?<=[a-zäöüß]))(?:{STREET_WORD})", re.IGNORECASE).search(text) is not None


def has_postcode(text: str) -> bool:
    """True when something in the form of a postcode stands in ``text``."""
    regex = rf"(?<![\w])(?:\d{{8}}|{UK_POSTCODE}|{US_POSTCODE}|{CA_POSTCODE}|(?!(?:19|20)\d\d(?!\d)){TOWN_POSTCODE}|\d{{3}}[ ]\d{{3}})(?![\w-])"
    return compiled(regex).search(text) is not None
