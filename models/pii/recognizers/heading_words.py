"""Headings of columns and keys of records that other recognizers know as labels of numbers and plates."""

from functools import cache, lru_cache

from models.pii.recognizers.labelled_number import entity_of
from models.pii.recognizers.national import africa_middle_east, americas, asia_pacific, europe
from models.pii.recognizers.pattern import compiled
from models.pii.recognizers.placeholder import listed
from models.pii.recognizers.vehicle import names_plates

# Words that stand over sums, places and parts of programs too.
_OTHERS = listed(
    """
    pin vat iva tva gst btw moms alv pvn pvm dph áfa ddv mva mwst uid org ddn ci cc bi cf cs in run ni kt team seria mf pf fin arc ine ife
    thai taiwan ghana kuwait saudi mauritius zimbabwe cuba tax nid cin nic vote voters catastro elector finanzamt doctor provider patient
    """
)
_MOST_BLANKS = 4
_LABEL = r"[^\W\d_](?:[^\W\d_]|[ .'’#°º/-]){1,36}"
"""Nearly all that stands between commas is longer or holds other signs."""
_ASCII_LABEL = r"[A-Za-z][A-Za-z .'#/-]{1,36}"
"""The same of ASCII alone, which is judged in a tenth of the time."""


@cache
def _national() -> frozenset[str]:
    tables = (europe.FORMS, americas.FORMS, asia_pacific.FORMS, africa_middle_east.FORMS)
    words = {word for table in tables for form in table if form.entity == "NATIONAL_ID" for word in form.words}
    return frozenset(words) - _OTHERS


def entity_under(heading: str) -> str | None:
    """The entity of the values under ``heading`` (in lower case, single blanks, no marks around it), or None."""
    label = _ASCII_LABEL if heading.isascii() else _LABEL
    if heading.count(" ") > _MOST_BLANKS or compiled(label).fullmatch(heading) is None:
        return None
    return _entity_under(heading)


@lru_cache(maxsize=4096)
def _entity_under(heading: str) -> str | None:
    entity = entity_of(heading)
    if entity is None and names_plates(heading):
        entity = "VEHICLE"
    if entity is None and heading.rstrip(".") in _national():
        entity = "NATIONAL_ID"
    return entity
