"""Short numbers that open something: PINs, door and alarm codes, one-time codes, recovery codes."""

import re
from collections.abc import Iterator

from models.pii.recognizers.pattern import compiled, matches, openings, regions

_THING = (
    r"door|gate|garage|alarm|safe|building|lock|lockbox|key ?box|house|flat|apartment|lobby|unlock|office|entrance|barrier|bike shed|shed|locker|lift|"
    r"cabin|phone|tablet|padlock|front|back|entry|parking|pool|gym|room|store|storage|vault|briefcase|suitcase|ipad|iphone|card|sim|voicemail"
)
_ENGLISH = (
    r"(?P<upper>PIN|OTP|CVV2?|CVC2?|TAN|mTAN)|(?i:pin[ -]?codes?|pin number|pass ?code|one[- ]time[ ](?:code|password|pin)|"
    rf"(?:verification|security|access|confirmation|authentication|2fa|mfa|login|log-in|sign-in|entry|door|auth|{_THING})"
    r"[ -]?(?:code|pin|combination|combo)|key ?safe(?: code)?|key ?box(?: code)?|lock ?box(?: code)?|entry code|safe combination|"
    rf"(?:code|combination|pin|number)[ ](?:for|to|of|on)[ ](?:the|our|my|your|this|his|her)?[ ]?(?:[a-z]{{2,12}}[ ])?(?:{_THING})|"
    r"(?:my|your|the|his|her|our|card|sim|phone|bank|debit|credit)(?:'s)?[ ](?:new[ ]|card[ ]|sim[ ]|bank[ ])?pin(?:'s|’s)?|pin(?=[ ]?[:=#])|pin(?=[ ](?:is|for|was)[ ])|pin['’]s|"
    r"your[ ](?:[a-z]{2,16}[ ]){0,2}code|use[ ]code)"
)
_OTHERS = (
    r"(?i:geheimzahl|pin-code|türcode|zugangscode|alarmcode|zahlencode|sicherheitscode|bestätigungscode|einmalcode|"
    r"code[ ](?:für|zu|vom|zur|zum)[ ](?:die|das|der|den|dem)?[ ]?(?:haus)?(?:tür|tor|alarm\w*|garage|safe|tresor|schloss|keller\w*)|"
    r"meine?[ ]pin|die[ ]pin|code[ ]pin|digicode|code[ ](?:secret|d['’]accès|de[ ]vérification|confidentiel|de[ ]sécurité)|"
    r"(?:le|mon|ton|votre)[ ]code(?:[ ](?:de|du|d['’])[ ]?(?:la[ ]|l['’])?[\wé]{3,14})?|"
    r"c[óo]digo[ ](?:pin|secreto|de[ ](?:verificaci[óo]n|seguridad|acceso|la[ ]puerta|verificação|segurança|acesso))|"
    r"(?:mi|tu|su|el|o|seu|meu)[ ](?:pin|c[óo]digo)|codice[ ](?:pin|di[ ](?:verifica|sicurezza|accesso)|segreto)|"
    r"(?:il|mio|tuo)[ ](?:pin|codice)|pincode|(?:de|mijn|je)[ ]pin(?:code)?|toegangscode|verificatiecode|de[ ]code[ ](?:van|voor)[ ]\w{2,12}[ ]?\w{0,12}|"
    r"kod[ ](?:pin|do[ ]\w{3,14}|dostępu|weryfikacyjny)|mój[ ](?:pin|kod)|пин-?код|код|kod|pin-?kod)"
)
_GAP = (
    r"(?:[ ](?:for|to|of|on|für|fürs|zu|pour|para|per|van|voor|do|na|от)[ ](?:[\w'’-]{1,30}[ ]){1,4}?)?"
    r"(?P<link>[\s:=#\"'*|–→-]|\b(?:is|code|number|was|to|set|now|changed|ist|lautet|est|es|è|é|le|jest|to|still|currently|combo|combination)\b){1,7}?"
)
_CODE = rf"(?<![^\W_])(?:{_ENGLISH}|{_OTHERS})(?![^\W\d_])(?i:{_GAP})(?<![^\W_])(?P<value>\d{{3,8}}|\d{{3}}[ -]\d{{3}})(?![\w-])(?!\.\d)(?!:\d)(?![ ]?(?:%|€|\$|°|x\b))"
# "Code 4821, third floor": the code of a house, beside words that say so.
_HOUSE_CODE = r"(?<![^\W_])(?i:code|codes|safe)[ ]?[:=]?[ ]{0,2}(?P<value>\d{4,6}[AB]?)(?![\w-])(?!\.\d)"
_HOUSE = (
    r"key ?safe|keys?[ ](?:are[ ])?in|door|gate|alarm|garage|buzzer|intercom|étage|interphone|digicode|immeuble|bâtiment|"
    r"haustür|schlüssel|stock\b|piso|portero|citofono|piano|verdieping|piętro|domofon"
)
_BEFORE = r"(?<![\w.,-])(?:G-)?(?P<value>\d{3}(?:\d{1,5}|[ -]\d{3}))(?=[ ]is[ ](?:your|the|my)[ ](?i:[\w-]{0,20}[ ]){0,3}?(?i:otp|code|pin|passcode|password)\b)"
_USE = (
    r"(?i:use|enter|type|input|quote)[ ](?i:code[ ]|the code[ ]|otp[ ])?(?P<value>\d{3}(?:\d{1,5}|[ -]\d{3}))[ ](?i:to|for|as)[ ](?i:your[ ]|the[ ]|a[ ])?"
    r"(?i:log|sign|verif|confirm|authenticat|complete|access|unlock|reset|one-time|otp|code)"
)
_RECOVERY = (
    r"(?<![^\W_])(?i:(?:recovery|backup|back-up|rescue|scratch|unlock|emergency|activation|license|licence|product|2fa|wiederherstellungs|"
    r"récupération|recuperación)[ -]?(?:codes?|keys?|phrases?))(?i:[\s:=\"'-]|is|are){1,6}"
)
_RECOVERY_VALUE = r"[\s,;|.)*•-]{0,6}(?:\d{1,2}[.)][ ])?(?<![\w-])(?P<value>(?=[A-Za-z0-9-]{0,20}\d)[A-Za-z0-9]{4,8}(?:[- ]?[A-Za-z0-9]{4,8}){0,7})(?![\w-])"
_RECOVERY_TRIGGERS = ("recovery", "backup", "back-up", "rescue", "scratch", "unlock", "emergency", "activation", "licen", "product key", "2fa", "wiederherstellung", "récupération", "recuperación")  # fmt: skip
_TRIGGERS = ("pin", "otp", "cvv", "cvc", "code", "tan", "safe", "box", "geheimzahl", "código", "codigo", "codice", "kod", "код", "combination", "combo", "number")  # fmt: skip
_BEFORE_TRIGGER_CHARS = 40
_MAX_CODES = 24
_YEAR = range(1900, 2100)


def find(text: str, lower: str) -> Iterator[tuple[int, int, str]]:
    """Yield the codes: start, end and the reason. ``lower`` is ``text`` in lower case, of the same length."""
    for starts, end in openings(lower, _TRIGGERS, _BEFORE_TRIGGER_CHARS):
        if compiled(r"\d{3}").search(text, starts[0], end) is None:
            continue
        for match in matches(compiled(_CODE), text, starts, end):
            if _is_code(match):
                yield *match.span("value"), "A short number after a word for a PIN or a code."
    for start, end in regions(lower, ("code", "safe")):
        for match in compiled(_HOUSE_CODE).finditer(text, start, end):
            near = text[max(0, match.start() - 70) : match.end() + 40]
            if compiled(_HOUSE, re.IGNORECASE).search(near):
                yield *match.span("value"), "A short number after the word for a code, beside a word for a house."
    for start, end in regions(lower, ("is your", "is the", "is my", "enter ", "use ")):
        if compiled(r"\d{3}[ -]?\d").search(text, start, end) is None:
            continue
        for regex in (_BEFORE, _USE):
            for match in compiled(regex).finditer(text, start, end):
                yield *match.span("value"), "The sentence says that the number is a code."
    for start, end in regions(lower, _RECOVERY_TRIGGERS):
        for head in compiled(_RECOVERY).finditer(text, start, end):
            yield from _list(text, head.end())


def _is_code(match: re.Match[str]) -> bool:
    value = match["value"]
    if len(value) == 3 and not match["upper"]:
        return False
    gap = match.string[match.start() : match.start("value")].lower()
    if re.search(
        r"(?:error|status|exit|zip|post\w*|area|country|promo|discount|source|product|dress|color|colour|response|bar|qr|tax)[ -]?code",
        gap,
    ):
        return False
    before = match.string[max(0, match.start() - 12) : match.start()].lower()
    if re.search(
        r"(?:error|status|exit|zip|area|country|promo|discount|source|response|return|postal|dial\w*|gpio)[ -]$", before
    ):
        return False
    said = (
        re.search(r"(?:[:=#→]|\bis|\bist|\blautet|\best|\bes|è|é|\bjest|'s|’s|\bto|\bis now)[\s\"'*]*$", gap)
        is not None
    )
    if len(value) == 4 and int(value) in _YEAR and not said and "safe" not in gap and "box" not in gap:
        return False
    return match["upper"] is not None or said or len(value) >= 4


def _list(text: str, position: int) -> Iterator[tuple[int, int, str]]:
    """The codes that follow one another after words for recovery codes."""
    for count in range(_MAX_CODES):
        match = compiled(_RECOVERY_VALUE).match(text, position)
        if match is None:
            return
        value = match["value"]
        if not (
            "-" in value or (value.isdigit() and len(value) >= 6) or (len(value) >= 8 and any(map(str.isalpha, value)))
        ):
            return
        if count == 0 and value.isdigit() and len(value) < 8:
            return
        yield *match.span("value"), "It follows words for a recovery code."
        position = match.end()
