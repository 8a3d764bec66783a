"""Telephone numbers, judged by the phonenumbers library on candidate spans only (it is slow on whole texts).

A number counts when it is valid with its country code, when it is valid and grouped as its country groups it, or when
a word for a telephone stands right before it. GUIDs, dates, prices, versions, ISBNs and order numbers are sorted out
before the library is asked.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from models.pii.finding import Finding
from models.pii.recognizers.checksum import isbn
from models.pii.recognizers.pattern import CONTEXT, PATTERN, Context, around, compiled, lowered, regions

# Every digit is one step and nothing is tried twice (possessive repeat), so time stays linear.
_CANDIDATE = (
    r"(?<![\w$€£¥#@&=%\\+-])(?<!\d[./:])(?:\+[ ]?)?\(?(?:\+[ ]?)?\d(?:[ ]?[()./-]{0,3}[ ]?\d){6,19}+"
    r"(?P<extension>,?[ ]?(?:x|ext\.?|extension|poste|durchwahl|"
    r"#)[ ]{0,2}\d{1,6})?(?!\w)(?![.:/%-]\d)(?!,\d{3}(?!\d))(?!-(?!(?:office|fax|home|work|mobile|cell|desk|direct)(?!\w))[A-Za-z]{2})"
)
# What stands behind numbers in signatures: "… office", "…-Fax", "… (m)".
_BEHIND = (
    r"[ ]?(?:[-–,][ ]?)?\(?(?:office|fax|home|work|mobile|mob|cell|desk|direct|tel|phone|landline|handy|móvil|portable|"
    r"(?<=\()[hwmcof](?=\)))\)?(?=$|[\s\\,;.)])(?![ ][a-z])"
    r"|[ ](?:still[ ])?(?:nobody|no[ -]one|doesn['’]?t|does[ ]not|won['’]?t|isn['’]?t|not|keeps|just|went|goes)[ ](?:picks?[ ]up|pick(?:ing)?[ ]up|answer(?:s|ing)?|ring(?:s|ing)|(?:straight[ ])?to[ ]voicemail)(?![^\W_])"
    r"|[ ](?:zu[ ])?erreich(?:bar|en)(?![^\W_])|[ ](?:te[ ])?berei(?:ken|kbaar)(?![^\W_])"
    r"|[ ](?:is|was)[ ](?:my|his|her|their|our)[ ](?:new[ ]|work[ ]|home[ ]|private[ ]|other[ ])?(?:(?:cell|mobile|phone)(?:[ ]number)?|number)(?![^\W_])"
)
_SAID_TO_BE = (
    r"(?:phone|tel|telephone|mobile|mob|cell|cel|whatsapp|fax|ph|ring|telefon(?:nummer)?|téléphone|teléfono|telefono|móvil|celular|gsm|tlf|puh|handy|"
    r"(?:call|ring|text|reach|phone|dial)[ ](?:(?:me|us|him|her|them|back)[ ])?(?:at|on)|(?:my|his|her|their)[ ](?:new[ ])?(?:phone[ ])?number)"
    r"(?:[ ](?:number|no\.?|nr\.?))?[ ]?(?::|\bis\b|\bist\b|\best\b|\bes\b|#)?[ ]{0,2}$"
)
_DIALLED_FORM = r"\(\d\d\)[ ]?9?\d{4}-\d{4}|0[1-3]\d{3}[ ]\d{6}|0[1-3]\d{2}[ ]\d{3}[ ]\d{4}|02\d[ ]\d{4}[ ]\d{4}|07\d{3}[ ]\d{6}|07\d{3}[ ]\d{3}[ ]\d{3}"
"""How numbers of the United Kingdom and Brazil are written, also those set aside for examples."""
_LABEL = Context(
    (
        "tel", "tel no", "telephone", "phone", "phones", "phone ?(?:no|number|nr)", "mobile", "mob", "cell",
        "cellphone", "cellular", "fax", "call", "calls",
        "called", "calling", "dial", "ring", "text", "texted", "sms", "whatsapp", "signal", "telegram", "hotline",
        "helpline", "landline", "rung", "rang", "phoned", "telephoned", "texts?", "registered (?:phone|mobile|number|on|with)", "dialled", "dialed", "voip",
        "(?:text|ring|phone|message|ping|buzz) (?:me|him|her|us|them)(?: at| on)?", "speak to (?:me|him|her) on", "answer(?:s|ing)? (?:at|on)", "phone(?:d)? (?:me|us) (?:at|on)", "extension", "switchboard", "sms to", "call back",
        "appell?e[rz]?(?:[- ]moi)?(?: au)?", "joignable au", "anrufen", "(?:erreichbar|zu erreichen|r[uü]ckruf|zur[uü]ckrufen)(?: bin| ist)?(?: unter| an)?", "durchwahl", "(?:bizum|yape|nequi|twint|venmo|mb ?way|swish|vipps|blik|paytm|gpay|m-?pesa)(?: al?| an| to| para| na)?", "joindre(?: au)?", "rappel\\w{1,5}(?:[- ]\\w{2,4})?(?: au)?",
        "richiam\\w{1,6}(?: al)?", "raggiung\\w{1,8}(?: al)?", "oddzwo\\w{1,5}(?: pod| na)?", "pod numer\\w{0,3}", "terug ?bel\\w{0,3}(?: op)?", "retorn\\w{1,4}(?: para)?", "ruf mich", "llám\\w{1,6}", "llamar al", "chiam\\w{1,5}(?: al)?", "bel(?:len)?(?: me)?(?: op)?", "bereikbaar op",
        "ligue(?: para)?", "zadzwo\\w{1,4}", "dzwoni\\w{1,3}", "tel[eé]f\\w{0,4}", "móviles", "contacto",
        "reach\\w{0,3}(?: \\w{2,6})?(?: at| on)", "contact(?:\\w{0,3})?", "voicemail", "telefon\\w{0,8}", "tél",
        "téléphone", "portable", "handy", "mobil\\w{0,8}", "rufnummer",
        "móvil", "teléfono", "telefono", "cellulare", "telefoon\\w{0,7}", "mobiel", "telefone", "celular",
        "direct", "desk", "office", "home", "work", "callback", "ph", "numbers?(?: below)?(?: to (?:call|reach|use))",
        "(?:my|his|her|their|our|your|whose|new|best|other|alternative|contact|emergency) (?:\\w{2,9} )?numbers?",
        "(?:meine|seine|ihre|deine|unsere)\\w? (?:neue )?nummer", "(?:mon|son|votre|notre) num[eé]ro",
        "(?:mi|su|tu) n[uú]mero", "(?:mio|suo|tuo) numero", "(?:mijn|zijn|haar) nummer", "(?:meu|seu) n[uú]mero",
        "(?:m[oó]j|jego|jej) numer", "(?:mitt|mit|min) (?:nummer|num[er]o)", "numer tel\\w{0,8}", "komórk\\w{1,4}",
        "puhelin\\w{0,8}", "gsm", "tlf", "telefonnummer", "telem[óo]ve(?:l|is)", "telemobil", "txt", "natel", "h/p", "handphone", "no\\.? (?:hp|telp)", "telp", "nomor (?:hp|telepon)", "điện thoại", "sđt", "komórka", "wa", "電話", "电话", "тел\\w{0,6}", "τηλ\\w{0,6}", "pager", "cel",
        "leave (?:me )?a message (?:at|on)", "imessage", "facetime", "viber", "hit me up (?:at|on)", "back (?:at|on)",
    ),
    before_chars=40,
    after_chars=0,
)  # fmt: skip
_SCRIPT_LABEL = (
    r"手机|手機|携帯|联系电话|聯絡電話|電話|电话|전화|휴대폰|연락처|โทร|هاتف|جوال|موبايل|טלפון|נייד|मोबाइल|फ़ोन"
)
"""In scripts written without spaces, or with other letters joined on."""
_LETTER_LABEL = r"(?:^|[\s(|,;])[TMPFHCtmpfhc][.:][ ]?$|[|,;][ ]?[TMFW][ ]$"
_HANDPHONE, _HANDPHONE_NUMBER = r"(?<![^\W_])hp[:. ]{1,2}$", r"[89]\d{3}[ -]?\d{4}"
"""In Singapore a mobile telephone is a handphone."""
_OTHER_LABEL = Context(
    (
        "orders?", "invoices?", "ref", "reference", "ticket", "case", "tracking", "sku", "part", "item", "model",
        "serial", "isbn", "issn", "ean", "upc", "gtin", "doi",
        "account", "acct", "routing", "policy", "claim", "no\\.?", "nr\\.?", "id", "version", "build", "po", "rfc",
        "iso", "page", "pages", "pp", "vat", "ein", "siret", "mrn", "nhs", "ssn", "passport",
        "licen[cs]e", "rechnung\\w{0,12}", "bestell\\w{0,10}", "kundennummer", "vol", "bestellung", "lot", "batch",
        "timestamp", "epoch", "pmid", "patent", "docket", "transaction", "sort code", "iban", "card", "zip",
        "coordinates", "lat", "lon", "counter", "meter", "odometer", "z[äa]hler\\w*", "compteur", "contador", "contatore",
    ),
    before_chars=22,
    after_chars=0,
)  # fmt: skip
_NOT_PHONES = re.compile(
    r"(?:19|20)\d\d[-./ ]?(?:0[1-9]|1[0-2])[-./ ]?(?:0[1-9]|[12]\d|3[01])(?:\D.*|\d{4,6})?"  # ISO dates and timestamps
    r"|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})(?:[ T,;(].*)?"  # other dates
    r"|(?:19|20)\d\d[ ]?[-/][ ]?(?:19|20)?\d\d"  # spans of years
    r"|\d{1,3}(?:[. ]\d{3}){1,5}"  # thousands
    r"|\d{1,3}(?:\.\d{1,3}){3}"  # IPv4
    r"|\d{5}-\d{4}"  # US postcodes
    r"|\d{3}-\d{2}-\d{4}"  # US Social Security
    r"|\d{4}([ -]?)\d{4}\1\d{4}\1\d{4}"  # payment cards
    r"|\d{1,2}(?:[ ]\d{1,2}){1,3}"  # lottery numbers, scores
    r"|\d{1,6}\.\d+|\d{1,3}[./-]\d{1,3}"
)
_TRUNK_REGIONS = ("GB", "DE", "FR", "NL", "AU", "IT", "IN", "CH", "AT", "BE", "IE", "SE")
_OTHER_REGIONS = ("US", "ES", "IN", "IT", "PT", "PL", "DK", "NO")
_LINK = (
    r"(?<![^\W_])(?:wa\.me/|whatsapp\.com/send/?\?(?:[^\s&]{1,60}&)?phone=|signal\.me/#p/|t\.me/(?=\+)|viber://\w{3,8}\?number=|"
    r"whatsapp://send/?\?phone=|(?:tel|sms|smsto|callto|facetime):)(?P<value>(?:\+|%2B)?\d(?:[-.()]?\d){6,16})(?!\d)"
)
_LINK_MARKS = ("wa.me/", "phone=", "signal.me/", "t.me/+", "number=", "tel:", "sms:", "smsto:", "callto:", "facetime:")
_MIN_DIGITS = 7
_MAX_DIGITS = 15

_RUN = r"\d(?:[ ()./+-]{0,3}\d){6,30}"
"""Seven digits or more with the separators of telephone numbers between them."""


class PhoneRecognizer:
    """Candidates by a pattern, verdicts by phonenumbers; thread-safe, since it keeps no state."""

    name = "phone"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield telephone numbers with their extension."""
        verdicts: dict[str, bool] = {}
        for begin, end in around(text, _RUN, 4, 20):
            for match in compiled(_CANDIDATE, re.IGNORECASE).finditer(text, begin, end):
                value = match[0]
                start = match.start()
                if value.count("(") != value.count(")"):
                    value, start = _balanced(value, start)
                finding = self._judge(value, start, text, verdicts, match["extension"] or "")
                if finding is not None:
                    yield finding
        for begin, end in regions(lowered(text), _LINK_MARKS):
            for match in compiled(_LINK, re.IGNORECASE).finditer(text, begin, end):
                reason = "A telephone number in a link that calls or writes to it."
                yield Finding(*match.span("value"), "PHONE", PATTERN, self.name, reason)

    def _judge(
        self, value: str, start: int, text: str, verdicts: dict[str, bool], extension: str = ""
    ) -> Finding | None:
        dialled = value[: -len(extension)] if extension else value
        digits = "".join(filter(str.isdigit, dialled))
        if not _MIN_DIGITS <= len(digits) <= _MAX_DIGITS + 6 or len(set(digits)) < 3:
            return None
        end = start + len(value)
        named = (
            _LABEL.found(text, start, end) is not None
            or re.search(_LETTER_LABEL, text[max(0, start - 4) : start]) is not None
            or (not text.isascii() and compiled(_SCRIPT_LABEL).search(text, max(0, start - 20), start) is not None)
            or compiled(_BEHIND, re.IGNORECASE).match(text, end, end + 40) is not None
        )
        if not named and compiled(_HANDPHONE_NUMBER).fullmatch(value):
            named = compiled(_HANDPHONE, re.IGNORECASE).search(text, max(0, start - 5), start) is not None
        if named and value.isdigit() and "\n" in text[max(0, start - 40) : start].strip("\n"):
            # Digits in a row are too common for a word on another line to make them a telephone number.
            line = text.rfind("\n", 0, start) + 1
            named = _LABEL.found(text[line:start] + value, start - line, end - line) is not None
        international = value.lstrip("(").startswith(("+", "00"))
        if not (named or international or _looks_dialled(value, digits)):
            return None
        if _is_map_point(value, text[end : end + 24]) or _is_sum(value, text[end : end + 4]):
            return None
        if not international:
            if _are_decimals(value) or (not named and _is_sequence(value)):
                return None
            if _NOT_PHONES.fullmatch(value) and not (
                named and re.fullmatch(r"\d\d(?: \d\d){3,4}|\d{3}[. ]\d{3}[. ]\d{3}|\d\d[ ]\d{3}[ ]\d{3}", value)
            ):
                return None
            if isbn(digits) or (not named and value[0] != "(" and _OTHER_LABEL.found(text, start, end)):
                return None
        if value not in verdicts:
            verdicts[value] = _is_valid(value, digits, international, strict=not named)
        if verdicts[value]:
            reason = "A valid telephone number" + (" after a word for a telephone." if named else ".")
            # Digits in a row could be any number: what else names them counts for more.
            bare = value.isdigit() and not value.startswith("0")
            score = CONTEXT if bare else PATTERN + (0.02 if named else 0.0)
            return Finding(start, end, "PHONE", score, self.name, reason)
        said = value.isdigit() and compiled(_SAID_TO_BE, re.IGNORECASE).search(text[max(0, start - 40) : start])
        if ((named or extension) and _plausible(dialled, digits)) or said or compiled(_DIALLED_FORM).fullmatch(value):
            reason = "A number in the form of a telephone number after a word for a telephone."
            return Finding(start, end, "PHONE", CONTEXT, self.name, reason)
        if international and value.startswith("+") and 9 <= len(digits) <= _MAX_DIGITS:
            return Finding(
                start, end, "PHONE", CONTEXT, self.name, "It is written like an international telephone number."
            )
        return None


_DEGREES = r"[+-](?P<lat>\d\d)[0-5]\d(?:[0-5]\d)?[+-](?P<lon>[01]\d\d)[0-5]\d(?:[0-5]\d)?"


def _is_map_point(value: str, after: str) -> bool:
    """Degrees and minutes of latitude and longitude (ISO 6709), not a country code with a number in two groups."""
    point = compiled(_DEGREES).fullmatch(value)
    if point is None or int(point["lat"]) > 90 or int(point["lon"]) > 180:
        return False
    return point["lon"][0] == "0" or re.match(r"/|\s{1,4}[A-Z][A-Za-z]{2,20}/", after) is not None


def _is_sum(value: str, after: str) -> bool:
    """``06 + 48 + 21``, ``(415) 738 - 2091 = …``: arithmetic."""
    if " + " in value:
        return True
    return (" - " in value or " / " in value) and re.match(r"[ ]?[=×÷*][ ]?[-\d(?]", after) is not None


def _are_decimals(value: str) -> bool:
    """``0.2226 -1.25 0.5``: a fraction below one, or two numbers with a few digits before the point."""
    tokens = value.split()
    decimals = [token for token in tokens if re.fullmatch(r"-?\d{1,3}\.\d+", token)]
    if decimals and len(tokens) > 1 and all(re.fullmatch(r"-?\d{1,2}(?:\.\d{2,})?", token) for token in tokens):
        return True
    return len(decimals) >= 2 or any(re.fullmatch(r"-?0\.\d+", token) for token in decimals)


def _is_sequence(value: str) -> bool:
    """``01 02 03 04 05``: numbers that count up."""
    numbers = [int(group) for group in re.findall(r"\d+", value)]
    return len(numbers) > 3 and all(b - a == 1 for a, b in pairwise(numbers))


def _balanced(value: str, start: int) -> tuple[str, int]:
    if value.startswith("(") and ")" not in value:
        return value[1:], start + 1
    cut = value.rstrip(")") if "(" not in value else value
    return cut, start


def _looks_dialled(value: str, digits: str) -> bool:
    """Without a label: a trunk prefix, a bracketed area code, or three groups with separators."""
    groups = re.findall(r"\d+", value)
    if value.startswith("("):
        return len(groups) >= 2
    if digits.startswith("0"):
        # In a row without separators only as mobile numbers are written in the United Kingdom and France.
        return 9 <= len(digits) <= 12 if len(groups) > 1 else re.fullmatch(r"07\d{9}|0[67]\d{8}", digits) is not None
    if len(groups) < 3 or len(digits) > 11:
        return False
    return len({char for char in value if not char.isdigit()} - {" "}) <= 1 and len(digits) >= 9


def _plausible(value: str, digits: str) -> bool:
    groups = re.findall(r"\d+", value)
    return _MIN_DIGITS <= len(digits) <= _MAX_DIGITS + 5 and (len(groups) > 1 or len(digits) >= 9) and len(groups) <= 7


def _is_valid(value: str, digits: str, international: bool, *, strict: bool) -> bool:
    """Ask phonenumbers: with the country code in the number, or as dialled within one of the regions we know."""
    import phonenumbers
    from phonenumbers import Leniency, PhoneNumberMatcher

    if international:
        dialled = "+" + value.lstrip("(")[2:] if value.lstrip("(").startswith("00") else value
        try:
            return phonenumbers.is_valid_number(phonenumbers.parse(dialled, None))
        except phonenumbers.NumberParseException:
            return False
    leniency = Leniency.STRICT_GROUPING if strict and len(re.findall(r"\d+", value)) > 1 else Leniency.VALID
    regions = _TRUNK_REGIONS if digits.startswith("0") else _OTHER_REGIONS
    return any(PhoneNumberMatcher(value, region, leniency, max_tries=2).has_next() for region in regions)
