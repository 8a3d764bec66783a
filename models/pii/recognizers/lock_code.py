"""Codes of doors, alarms and locks, and one-time codes, where words stand between them or they are set in groups.

Those right behind their word are in ``access_code``. A row of digits that might be a year or a count needs a link such
as "is" or a colon; a code with a letter, a hash sign, in pairs or spelled out in words does not.
"""

import re
from collections.abc import Iterator

from models.pii.recognizers.pattern import WORD_START, compiled, matches, merged, places_of

_THING = (
    r"door|gate|garage|alarm|safe|key ?safe|lock ?box|key ?box|padlock|keypad|locker|entrance|entry|building|lobby|front|back door|burglar alarm|"
    r"cellar|shed|barrier|lift|bike lock|suitcase|vault|tür|haustür|tor|alarmanlage|tresor|schlüsselsafe|schlüsselkasten|zahlenschloss|portail|porte|"
    r"(?:medicine|drugs?) (?:cabinet|cupboard|trolley)|medi(?:catie|cijn)kast|medikamentenschrank|coffre|alarme|cadenas|digicode|puerta|portal|alarma|caja fuerte|candado|porta|cancello|allarme|cassaforte|lucchetto|cofre|portão|deur|poort|kluis|slot"
)
_LOCK = (
    r"safe|key ?safe|lock ?box|key ?box|padlock|keypad|bike lock|tresor|schlüsselsafe|schlüsselkasten|zahlenschloss|coffre-fort|cadenas|digicode|caja fuerte|candado|"
    r"cassaforte|lucchetto|cofre|kluis|hangslot|cijferslot"
)
_OPENS = r"opens?|unlocks?|open it|si apre|öffnet(?: sich)?|geht auf|s['’]ouvre|se abre|abre|gaat open|locked"
_CODE_WORD = r"codes?|pin|pincode|combination|combo|keypad|passcode|kombination|zahlenkombination|combinación|combinaison|combinazione|combinatie|código|codice"
_ONE_TIME = (
    r"one[- ]time (?:pass)?(?:code|word|pin)|otp|2fa code|sms code|verification code|security code|login code|einmalcode|bestätigungscode|"
    r"code (?:de vérification|à usage unique)|código de (?:verificación|un solo uso|verificação)|codice (?:di verifica|monouso)|verificatiecode"
)
_NAME = (
    rf"(?<![^\W_])(?:(?:{_THING})(?:['’]s)?[ -]?(?:{_CODE_WORD})|code[ ](?:{_THING})|(?:{_CODE_WORD})[ ](?:for|to|of|on|für|zum|zur|du|de|della|del|da|van|voor)[ ](?:the[ ]|la[ ]|le[ ]|die[ ]|den[ ]|das[ ]|de[ ]|het[ ]|our[ ]|my[ ]|l['’])?(?:[a-zà-ü]{{2,12}}[ ])?(?:{_THING})|"
    rf"(?:{_OPENS})[ ](?:(?:with|by|using|on|con|mit|avec|met)[ ])?(?:(?:the|a|la|il|le|el|dem|der|de|den)[ ])?(?:{_CODE_WORD})|"
    rf"{_ONE_TIME}|tür-?code|torcode|alarmcode|(?P<lock>(?:{_LOCK})(?=[^\n.!?;:\d]{{0,30}}(?::|[ ](?:is|c['’]est|ist|es|è)[ ]|[ ]opens?[ ](?:with|on|by)|[ ]geht[ ]mit)))|(?P<pin>pin|geheimzahl)s?)(?![^\W\d_])"
)
_WORD = r"(?:zero|oh|null|one|two|three|four|five|six|seven|eight|nine|eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zéro|un|deux|trois|quatre|cinq|sept|huit|neuf|cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve)"
_SURE = (
    rf"\d{{3,6}}#[A-Z](?!\w)|[A-Z]{{1,2}}\d{{3,6}}[A-Z]?[#*]?|\d{{2,6}}[A-Z]{{1,2}}\d{{0,4}}[#*]?|[#*]\d{{3,8}}[#*]?|\d{{3,8}}[#*]|\d\d(?:[ -]\d\d){{2,3}}|\d{{1,2}}(?:-\d{{1,2}}){{2,3}}|\d(?:[ -]\d){{3,7}}|\d{{3}}[ -]\d{{3}}|"
    rf"(?i:{_WORD}(?:[ ,-]{{1,2}}{_WORD}){{3,7}})"
)
_PLAIN = r"\d{4,8}"
_VALUE = rf"(?<![\w.,/#-])(?P<value>{_SURE}|{_PLAIN})(?![\w%€$£]|[-.,/:]\d|[ ]?(?:€|\$|£|%|digits?|stellig|chars?|characters|people|units|times|days|hours|years|users|pcs)|[ ]\d)"
_GAP = r"(?P<gap>[^\n\d.!?;]{0,44}?)"
_LINK = (
    r"(?:[:=#(\"'“„→]|^['’]s[ ]|\b(?:is|it['’]?s|are|ist|lautet|est|c['’]est|es|è|é|to|with|now|mit)[ ]?)[ \"'(]{0,3}\Z"
)
_TRIGGERS = (
    "code", "pin", "combin", "combo", "kombin", "keypad", "código", "codice", "otp", "one-time", "one time", "safe", "lockbox", "lock box", "keybox",
    "key box", "padlock", "bike lock", "geheimzahl", "tresor", "schlüssel", "schloss", "coffre", "cadenas", "fuerte", "candado", "cassaforte", "lucchetto",
    "cofre", "kluis", "slot",
)  # fmt: skip
_DIGIT = r"[^\n\d.!?;]{0,72}(?:\d|(?<![^\W_])(?:zero|one|two|three|four|five|six|seven|eight|nine|null|eins|zwei|drei|vier|fünf|deux|trois|quatre|cinq|uno|dos|tres|cuatro|cinco)[ ,-])"
"""What must follow the words on which a code is told."""
_BEFORE_TRIGGER_CHARS, _AFTER_TRIGGER_CHARS = 24, 16
_OTHER = (
    r"(?:error|status|exit|zip|post\w*|area|country|dial\w*|promo\w*|discount|voucher|coupon|source|product|dress|response|bar|qr|tax|sort|branch|bank|swift|"
    r"return|colou?r|item|part|order|fault|morse|binary|building|highway|civil|penal|gpio|led)[ -]?(?:code|codes|pin)"
)
_NEAR_CHARS, _BESIDE_CHARS = 20, 3
_YEARS = range(1900, 2100)
_ENTER = r"(?<![^\W_])(?:enter|punch(?:[ ]in)?|key[ ]in|type|eingeben|tapez|marca|digita)[ :]{1,2}(?P<value>[#*]?\d{3,8}[#*])(?![\w#*])"
_KEYPAD = r"codes?(?<![^\W_]code)(?<![^\W_]codes)(?![^\W\d_])[^\n\d.!?;#*]{0,44}?(?<![\w#*])(?P<value>[#*]?\d{3,8}[#*])(?![\w#*])"
_KEYPAD_CHARS = 60
_ENTER_TRIGGERS = ("enter ", "enter:", "punch", "key in", "type ", "eingeben", "tapez", "marca ", "digita ")
_REASON = "A code soon after words for what it opens."


def find(text: str, lower: str) -> Iterator[tuple[int, int, str]]:
    """Yield the codes: start, end and the reason. ``lower`` is ``text`` in lower case, of the same length."""
    told = (place for place in places_of(lower, _TRIGGERS) if compiled(_DIGIT).match(lower, place))
    spans = merged((max(0, place - _BEFORE_TRIGGER_CHARS), place + _AFTER_TRIGGER_CHARS) for place in told)
    regex = compiled(rf"(?i:{_NAME}){_GAP}{_VALUE}")
    for begin, end in spans:
        starts = [start.start() for start in compiled(WORD_START).finditer(lower, begin, min(end, len(lower)))]
        for match in matches(regex, text, [s for s in starts if compiled(_NAME).match(lower, s)], len(text)):
            if _is_code(match):
                yield *match.span("value"), _REASON

    for place in places_of(lower, ("code",)):
        ahead = lower[place : place + _KEYPAD_CHARS]
        given = compiled(_KEYPAD).match(lower, place) if "#" in ahead or "*" in ahead else None
        if given and not compiled(_OTHER).search(lower, max(0, place - _NEAR_CHARS), given.start("value")):
            yield *given.span("value"), _REASON
    for place in places_of(lower, _ENTER_TRIGGERS):
        if entered := compiled(_ENTER).match(lower, place):
            yield *entered.span("value"), "It is to be entered, and ends with the sign of a keypad."


def _is_code(match: re.Match[str]) -> bool:
    value, gap = match["value"], match["gap"]
    text, begin = match.string, match.start()
    if compiled(_OTHER, re.IGNORECASE).search(text, max(0, begin - _NEAR_CHARS), match.start("value")):
        return False
    linked = compiled(_LINK, re.IGNORECASE).search(gap) is not None
    if match["pin"]:
        return compiled(r"[ ]?[(:=][ ]?\Z|[^\W\d_]{0,1}[ ]?(?:is|was|ist|est|es|è)[ ]\Z").search(
            gap
        ) is not None and _has_digits(value)
    if not value.isdigit():
        return linked or not value.isalnum()  # a letter and digits may name a part or a fault
    if match["lock"] and match["lock"].lower() == "safe" and ":" in gap:
        return False  # "Is it safe: …"
    return (linked and (int(value) not in _YEARS or len(gap) <= _BESIDE_CHARS)) or (
        len(gap) == 1 and int(value) not in _YEARS
    )


def _has_digits(value: str) -> bool:
    return any(map(str.isdigit, value))
