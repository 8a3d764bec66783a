"""GPS coordinates precise enough to point at a house: five decimals, or fewer beside words for a place."""

import re
from collections.abc import Iterator

from models.pii.finding import Finding
from models.pii.recognizers.pattern import CONTEXT, PATTERN, Context, around, compiled

_DECIMAL = (
    r"(?<![\w.,-])(?P<lat>[-+]?[1-8]?\d\.\d{4,9})°?[ ]?[NSns]?(?:[ ]?[,;/|][ ]{0,2}|[ ]{1,2})"
    r"(?P<lon>[-+]?(?:1[0-7]\d|\d{1,2})\.\d{4,9})°?[ ]?[EWOew]?(?![\w-])(?!\.\d)(?!,[ ]?[-+]?\d)"
)
_LABELLED = r"(?i:lat(?:itude)?)[\"']?[ ]?[:=]?[ ]{0,2}[\"']?(?P<lat>[-+]?\d{1,2}\.\d{4,9})[\"']?[,;\s]{1,4}[\"']?(?i:lo?ng?(?:itude)?)[\"']?[ ]?[:=]?[ ]{0,2}[\"']?(?P<lon>[-+]?\d{1,3}\.\d{4,9})"
_DEGREES = (
    r"(?<!\d)\d{1,2}°[ ]?\d{1,2}[′'’][ ]?\d{1,2}(?:[.,]\d{1,4})?[″\"”][ ]?[NS][ ,;]{0,3}"
    r"\d{1,3}°[ ]?\d{1,2}[′'’][ ]?\d{1,2}(?:[.,]\d{1,4})?[″\"”][ ]?[EWO](?!\w)"
)
_MINUTES = r"(?<![\w.])(?:[NS][ ]?)?\d{1,2}°[ ]?\d{1,2}(?:\.\d{2,6})[′'’]?[ ]?[NS]?[ ,;]{1,3}(?:[EWO][ ]?)?\d{1,3}°[ ]?\d{1,2}(?:\.\d{2,6})[′'’]?(?:[ ]?[EWO])?(?!\w)"
_LINK = r"(?:geo:|[?&](?:q|ll|sll|query|center|destination|daddr|saddr|point|mlat)=(?:loc:)?|/@|/place/|/dir/(?:[^\s/]{0,60}/)?|#map=\d{1,2}/)(?P<value>[-+]?\d{1,2}\.\d{3,15}(?:,|%2C|/|&mlon=)(?:%20|\+)?[-+]?\d{1,3}\.\d{3,15})"
_PERSONAL = Context(
    (
        "home", "house", "live[sd]?", "resid\\w{2,5}", "gps", "location of", "his location", "her location", "tracked", "found at",
        "last seen", "phone", "device", "user", "patient", "caller", "victim", "suspect", "address", "pinned", "pin", "dropped",
        "exif", "geo-?tag\\w{0,4}", "photo(?:graph)?", "picture", "taken (?:at|in)", "ambulance", "ping(?:ed|s)?", "known", "tag", "beacon", "meet", "my", "i['’]?m at", "we['’]?re at", "i am at", "parked", "rescue\\w?", "standort", "wohnung", "ubicación", "position",
    ),
    before_chars=50,
)  # fmt: skip
_PLACE = Context(
    (
        "coordinates?",
        "coords?",
        "location",
        "located",
        "map",
        "maps",
        "seen",
        "point",
        "site",
        "koordinaten",
        "coordonnées",
    ),
    before_chars=50,
)
_EXACT_DECIMALS = 5
_LEAST_DEGREES = 10
"""Two smaller numbers with no more decimals than that may be anything."""
_ROW = r"(?=[^\n]*\d\.\d)[-+\d.,;eE \t]{5,}"
_ROW_CHARS = 160
_EXACT = r"\.\d{4}"


class LocationRecognizer:
    """Decimal pairs and degrees with seconds."""

    name = "coordinates"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield pairs of latitude and longitude."""
        for match in _within(text, _DECIMAL, _EXACT):
            decimals = min(_decimals(match["lat"]), _decimals(match["lon"]))
            place = decimals >= _EXACT_DECIMALS and _PLACE.found(text, match.start(), match.end()) is not None
            exact = place or ("," in match[0] and _is_exact(match, decimals) and not _is_row(text, match))
            if _is_nowhere(match):
                continue
            if exact or _PERSONAL.found(text, match.start(), match.end()):
                reason = "A latitude and longitude precise to a house."
                yield Finding(match.start(), match.end(), "LOCATION", PATTERN if exact else CONTEXT, self.name, reason)
        if "lat" in text or "Lat" in text or "LAT" in text:
            for match in _within(text, _LABELLED, _EXACT):
                reason = "A latitude and longitude after their names."
                yield Finding(match.start(), match.end(), "LOCATION", PATTERN, self.name, reason)
        if "geo:" in text or "://" in text:
            for match in compiled(_LINK).finditer(text):
                reason = "A latitude and longitude in a link to a map."
                yield Finding(*match.span("value"), "LOCATION", PATTERN, self.name, reason)
        if "°" in text:
            for match in _within(text, _MINUTES, "°"):
                reason = "A latitude and longitude with minutes."
                yield Finding(*match.span(), "LOCATION", PATTERN, self.name, reason)
            for match in _within(text, _DEGREES, "°"):
                reason = "A latitude and longitude with seconds."
                yield Finding(match.start(), match.end(), "LOCATION", PATTERN, self.name, reason)


def _within(text: str, regex: str, mark: str) -> Iterator[re.Match[str]]:
    """Matches of ``regex``, which holds a ``mark``, looked for around the marks only."""
    for start, end in around(text, mark, 60, 80):
        yield from compiled(regex).finditer(text, start, end)


def _is_exact(match: re.Match[str], decimals: int) -> bool:
    far = max(abs(float(match["lat"])), abs(float(match["lon"]))) >= _LEAST_DEGREES
    return decimals > _EXACT_DECIMALS or (decimals == _EXACT_DECIMALS and far)


def _is_row(text: str, match: re.Match[str]) -> bool:
    """Whether a number stands before the pair, or its line and one beside it hold nothing else: a table."""
    if compiled(r"\d[,;]?[ \t]{1,4}$").search(text, max(0, match.start() - 8), match.start()):
        return True
    line_start, line_end = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end())
    line_end = len(text) if line_end < 0 else line_end
    if line_end - line_start > _ROW_CHARS or compiled(_ROW).fullmatch(text, line_start, line_end) is None:
        return False
    above, below = (
        text[max(0, line_start - _ROW_CHARS) : max(0, line_start - 1)],
        text[line_end + 1 : line_end + _ROW_CHARS],
    )
    return any(compiled(_ROW).fullmatch(line) for line in (above.rpartition("\n")[2], below.partition("\n")[0]))


def _is_nowhere(match: re.Match[str]) -> bool:
    """Whether both are zero, as where no fix was had."""
    return float(match["lat"]) == 0 == float(match["lon"])


def _decimals(number: str) -> int:
    return len(re.split(r"\.", number)[1])
