"""How number plates are arranged, by country: capitals and digits as one country sets them."""

from models.pii.recognizers.pattern import compiled
from models.pii.recognizers.placeholder import listed

_SOUTH_AFRICA = r"(?:GP|ZN|WP|EC|FS|MP|NW|NC|LP|L)"
PLATE_FORMS: tuple[tuple[str, str, bool], ...] = (
    ("the United Kingdom", r"[A-Z]{2}\d{2}[ -]?[A-Z]{3}", False),  # since 2001
    ("the United Kingdom", r"[A-HJ-NPR-TV-Y]\d{1,3}[ ]?[A-HJ-PR-Z]{3}|[A-HJ-PR-Z]{3}[ ]?\d{1,3}[A-HJ-NPR-TV-Y]", False),  # and before
    ("India", r"[A-Z]{2}[ -]?\d{2}[ -]?[A-Z]{1,3}[ -]?\d{4}", False),
    ("Germany", r"[A-ZÄÖÜ]{1,3}-[A-Z]{1,2}[ -]?\d{1,4}[EH]?|[A-ZÄÖÜ]{1,3}[ ][A-Z]{1,2}[ ]\d{2,4}[EH]?", False),
    ("France or Italy", r"[A-Z]{2}[ -]\d{3}[ -][A-Z]{2}|[A-Z]{2}\d{3}[A-Z]{2}", True),
    ("Spain or the Philippines", r"\d{4}[ -]?[BCDFGHJKLMNPRSTVWXYZ]{3}|\d{4}[ -][A-Z]{3}", True),
    ("the Netherlands or Portugal", r"\d{2}-[A-Z]{2,3}-\d{1,2}|[A-Z]{2}-\d{2,3}-[A-Z]{1,2}|[A-Z]-\d{3}-[A-Z]{2}|[A-Z]{2}-[A-Z]{2}-\d{2}|\d-[A-Z]{3}-\d{2}", True),
    ("Poland", r"[A-Z]{2,3}[ ]\d{4,5}|[A-Z]{2,3}[ ]\d{3}[A-Z]{2}", False),
    ("South Africa", rf"[A-Z]{{2}}[ ]?\d{{2}}[ ]?[A-Z]{{2}}[ ]?{_SOUTH_AFRICA}|[A-Z]{{3}}[ ]?\d{{3}}[ ]?{_SOUTH_AFRICA}|\d{{3}}[ ]?[A-Z]{{3}}[ ]?{_SOUTH_AFRICA}", True),
    ("South Africa", r"N[A-Z]{1,3}[ ]\d{2,3}[- ]\d{3}|C[A-Z]{1,2}[ ]\d{2,3}[- ]\d{3}", False),
    ("Nigeria", r"[A-Z]{3}[ -]?\d{3}[ -]?[A-Z]{2}", True),
    ("Turkey", r"(?:0[1-9]|[1-7]\d|8[01])[ ]?(?:[A-Z][ ]?\d{4,5}|[A-Z]{2}[ ]?\d{3,4}|[A-Z]{3}[ ]?\d{2,4})", True),
    ("Turkey", r"(?:0[1-9]|[1-7]\d|8[01])[ ](?:[A-Z][ ]\d{2,4}|[A-Z]{2}[ ]\d{2})", True),
    ("Brazil", r"[A-Z]{3}\d[A-Z]\d{2}", False),
    ("Kenya or the Philippines", r"K[A-Z]{2}[ ]?\d{3}[A-Z]|[A-Z]\d{2}[A-Z]\d{3,4}", True),
    ("the Philippines", r"[A-Z]{3}[ -]?\d{4}|[A-Z]{2}[ -]\d{4}", True),
    ("the United States and many others", r"\d[A-Z]{3}[ -]?\d{3}|[A-Z]{3}[ -]?\d{3,4}|\d{3}[ -]?[A-Z]{3}|[A-Z]{2}[ ]?\d{5}", False),
    ("Ireland", r"(?:\d{2}[12]|[089]\d|1[0-3])-(?:C|CE|CN|CW|D|DL|G|KE|KK|KY|L|LD|LH|LK|LM|LS|MH|MN|MO|OY|RN|SO|T|TN|TS|W|WD|WH|WX|WW|WN)-\d{1,6}", False),
)  # fmt: skip
"""Country, form, and whether a text that holds nothing else is taken for one."""
_NO_PLATE = listed(
    """
    ISO DIN RFC CVE UTC GMT USB RTX GTX COVID SARS HTTP SHA AES RSA PIN PO VAT USD EUR GBP PLN CHF INR AUD CAD NYC MIL SKU REF NO TV HD LP CD
    DVD CPU GPU RAM SSD JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC MON TUE WED THU FRI SAT SUN THE AND FOR NOT ALL ANY YES TOP ACT LAW SEC
    ART FIG TAB PAR VOL IN ON AT TO OF BY OR AS IS IT IF WE HE SO UP DO GO KG KGS LBS MHZ GHZ KWH KMH MPH KM MB GB TB RPM PPM BPM PCS MIN HRS DAY
    BCE CST PST EST CET BST MST ML MG NEW WWW RS ID
    """
)


def is_measure(value: str) -> bool:
    """True for a word or unit and a number: ISO 9001, 500 MHZ, UP TO 10."""
    parts = compiled(r"[ -]").split(value)
    return 1 < len(parts) < 4 and not _NO_PLATE.isdisjoint(parts)
