"""Passwords given away in sentences and chat, in many languages."""

import re
from collections.abc import Iterator

from models.pii.recognizers.password_words import NOT_ENDINGS, NOT_PASSWORDS, SCRIPTS, SPOKEN, TRIGGERS
from models.pii.recognizers.pattern import compiled, has_plain_cases, matches, openings, regions
from models.pii.recognizers.placeholder import is_placeholder, listed
from models.pii.recognizers.secret_value import is_code, is_strong_password, is_surely_password, looks_like_password

Place = tuple[int, int, str]

_NETWORK = (
    r"(?:wi-?fi|wlan|wpa2?|hotspot|guest|router|network|netzwerk|red|réseau|rete)[ -]{0,2}(?:network |net )?(?:keys?|codes?|schlüssel)|"
    r"cl[ée][ -](?:du |de la |de )?(?:wi-?fi|sécurité|wpa)|chiave (?:del )?wi-?fi|"
    r"network (?:security )?key|security answer|secret answer|réponse secrète|sicherheitsantwort|access codes?|codes? d['’]acc[èe]s|"
    r"zugangscode|código de acceso|codice di accesso|secret"
)
_WORD = rf"(?<!\w)(?P<word>{SPOKEN}|{_NETWORK})(?P<is>['’]s)?(?!\w|[.-]\w)"
_TOKEN = re.compile(
    r"(?P<lead>\s{0,40}[(\[*_]{0,3})(?:\"(?P<double>[^\"\n]{3,128})\"|'(?P<single>[^'\n]{3,128})'(?!\w)|`(?P<tick>[^`\n]{3,128})`|"
    r"“(?P<curly>[^”\n]{3,128})”|„(?P<low>[^“”\n]{3,128})[“”]|«[ ]?(?P<angle>[^»\n]{3,128})»|(?P<bare>[^\s]{1,128}))"
)
_QUOTES = ("double", "single", "tick", "curly", "low", "angle")
_LINKS = listed(
    """
    is are was it's its it’s 's lautet ist war est es era è é eh e jest to är er on c'est c’est será sarà equals now at now: below
    follows nach nuova nueva still again currently to: it using use used with called into → => -> - – — = : ： ,
    """
)
_MARKS = (":", "=", "→", "=>", "->", "：", "–", "—")
_MAX_TOKENS = 8
_MAX_CHARS = 80
_NEAR_TOKENS = 3
_SCRIPT = (
    rf"(?:{SCRIPTS})[^\S\n]?(?:[:：=はがを是为為이가은는]|[ ]{{0,2}}){{0,3}}[ ]?(?:“|「|『|')?(?P<bare>[!-~]{{4,64}})"
)
_SAID_OF_IT = (
    r"[ ](?:is|was|as|ist|als|est|es|comme|como)[ ]"
    r"(?:(?:the|a|my|our|your|his|her|das|mein|dein|le|mon|la|mi|tu)[ ])?(?:new[ ]|old[ ]|temporary[ ]|temp[ ])?"
    r"(?:pass ?word|passwort|passphrase|passcode|pw|pwd|kennwort|mot de passe|mdp|contraseña|clave|wachtwoord|senha|hasło)(?![^\W_])"
)
_BEFORE = rf"(?<![^\s\"'“(])(?P<bare>[^\s\"'`;<>,()]{{5,64}})[\"'”)]?{_SAID_OF_IT}"
_OPENS = (
    r"(?<![^\W_])(?:encrypted|protected|unzip|unlocks?|opens?)[ ](?:it[ ]|the[ ][\w.]{1,30}[ ])?(?:with|by|mit)[ ]"
    r"(?P<bare>[^\s\"'`;<>,()]{5,64})"
)
_WIFI = r"(?<![^\W_])(?:wi-?fi|wlan|hotspot)(?![^\W_])[^\n.!?;:]{0,40}?(?:[ ](?:is|ist|est|es|è|é|to)|:)[ ](?P<bare>[^\s,;/]{8,64})"
_NO_MODEL = r"(?!(?i:fritz))(?=.*[a-z])(?=.*\d)(?:(?=.*[!@#$%^&*+?~])[!-~]+|(?=.*[A-Z])[A-Za-z\d]{10,})"
"""Names of networks, standards and devices have letters and digits, too, but none of these signs."""
_WIFI_TRIGGERS = ("wifi", "wi-fi", "wlan", "hotspot")
_LOGIN = (
    r"(?<![^\W_])(?:credentials?|creds|log(?:ged|ging)?[ -]?in|sign[ -]?in|login|zugangsdaten|anmeldedaten|inloggen|identifiants?)"
    r"(?![^\W\d_])(?:[ ](?:is|are|with|as|using|mit|met|avec|con|under|details?|info|data)){0,4}[ ]{0,2}[:=–-]?[ ]{0,3}"
    r"[^\s/:|,;]{2,64}(?:[ ]{0,2}[/:|,][ ]{0,2}|[ ](?:and|und|et|y|e|en|i|&|\+)[ ](?:the[ ])?)(?P<bare>[^\s/,;]{4,128})"
)
_PAIR = (
    r"(?<![^\s(\"'`])(?:[a-z][\w.-]{2,20}(?:@[\w.-]{3,40})?|[\w-]{2,20}[nN]et)[ ]{0,2}/[ ]{0,2}(?P<bare>[^\s/,;]{5,64})"
)
_PAIR_NEAR = (
    r"login|log in|creds|credential|password|passwort|zugang|wi-?fi|wlan|sign in|anmeld|admin panel|account|console"
)
_LOGIN_TRIGGERS = ("credential", "creds", "login", "log in", "logged in", "sign", "zugangsdaten", "anmeldedaten", "inloggen", "identifiant")  # fmt: skip
_NETWORK_TRIGGERS = ("key", "code", "answer", "clé", "chiave", "schlüssel", "antwort", "réponse", "código", "codice")
_WORD_TRIGGERS = (*TRIGGERS, *_NETWORK_TRIGGERS)
_BEFORE_TRIGGER_CHARS = 20
_SAID = "The sentence says that it is a password."
_PLAIN_ENOUGH = ("password", "pw", "pwd", "passphrase")


def find(text: str, lower: str) -> Iterator[Place]:
    """Yield what sentences give as a password: start, end and the reason. ``lower`` is ``text`` in lower case."""
    is_plain, is_ascii = has_plain_cases(text), text.isascii()
    for starts, end in openings(lower, _WORD_TRIGGERS, _BEFORE_TRIGGER_CHARS):
        if is_plain:  # in lower case the engine passes over a word at its first letter
            starts = [start for start in starts if compiled(_WORD).match(lower, start, end)]
        for match in matches(compiled(_WORD, re.IGNORECASE), text, starts, end):
            yield from _after(match, text)
    for start, end in regions(lower, _WORD_TRIGGERS):
        if not is_ascii:
            yield from _matched(_SCRIPT, text, start, end, _SAID)
        if compiled(_SAID_OF_IT, re.IGNORECASE).search(text, start, end):
            yield from _matched(_BEFORE, text, start, end, _SAID)
    for start, end in regions(lower, _WIFI_TRIGGERS):
        for place in _matched(_WIFI, text, start, end, "It is told as that of a wireless network."):
            if compiled(_NO_MODEL).fullmatch(text, place[0], place[1]):
                yield place
    for starts, end in openings(lower, ("encrypted", "protected", "unzip", "unlock", "open"), 0, words=False):
        for match in matches(compiled(_OPENS, re.IGNORECASE), text, starts, end):
            for place in _said(match, "The sentence says that it opens something."):
                if is_strong_password(text[place[0] : place[1]]):
                    yield place
    for start, end in regions(lower, _LOGIN_TRIGGERS):
        yield from _matched(_LOGIN, text, start, end, "It follows a login name.")
    for start, end in regions(lower, (" / ", "admin/", "root/")):
        for place in _matched(_PAIR, text, start, end, "It follows a login name."):
            if compiled(_PAIR_NEAR, re.IGNORECASE).search(text, max(0, place[0] - 60), place[1] + 24):
                yield place


def is_verdict(word: str, text: str, colon: int) -> bool:
    """Whether ``PASS`` with a colon behind it reports on a test: a path, or a name and another colon, follow it."""
    return word == "PASS" and compiled(r":[ ](?:[\w.+-]{1,40}/\S|[^\s:]{2,60}:[ ])").match(text, colon) is not None


def _matched(regex: str, text: str, start: int, end: int, reason: str) -> Iterator[Place]:
    for match in compiled(regex, re.IGNORECASE).finditer(text, start, end):
        yield from _said(match, reason)


def _said(match: re.Match[str], reason: str) -> Iterator[Place]:
    value = match["bare"].rstrip(".,;:)\"'")
    if is_surely_password(value) and not value.startswith("//"):
        yield match.start("bare"), match.start("bare") + len(value), reason


def _after(match: re.Match[str], text: str) -> Iterator[Place]:
    """Read on from the word: the first of the next words that can be a password, if one is."""
    if is_verdict(match["word"], text, match.end()):
        return
    position, said, is_named = match.end(), match["is"] is not None, match["is"] is not None
    for count in range(_MAX_TOKENS):
        token = _TOKEN.match(text, position, position + 180)
        if token is None:
            return
        breaks = token["lead"].count("\n")
        if breaks and (breaks > 2 or not said or "=" in token[0] or text[token.end() : token.end() + 1].strip()):
            return
        group = next((name for name in _QUOTES if token[name] is not None), "bare")
        raw = token[group]
        if count == 1 and not said and match["word"].lower() == "pass":
            return  # the verb: "pass the name to …"
        if "[" in token["lead"] and "=" in raw:
            return  # the options of a setting
        if len(raw) > _MAX_CHARS or raw.lower().lstrip("\"'").startswith(("passw", "pwd", "kennwort")):
            return  # the word itself once more is looked at on its own
        value = raw.rstrip(".,)]*;:") if group == "bare" else raw
        if group == "bare" and count == 0 and raw[0] in ":=：" and len(raw) > 1:
            value, raw = value.lstrip(":=：>"), raw.lstrip(":=：>")
            said = True
        elif count == 0 and not token["lead"] and group == "bare" and raw not in _LINKS:
            return
        following = text[token.end() : token.end() + 2]
        if value and (
            _is_given(value, group == "bare", said, count)
            or (group == "bare" and is_named and _is_lone_word(match["word"], value, following))
        ):
            end = token.start(group) + len(token[group]) - (len(raw) - len(value))
            yield end - len(value), end, _SAID
            return
        if breaks or (raw.endswith((".", "!", "?", ";")) and len(raw) > 1):
            return
        said = raw.lower() in _LINKS or raw.endswith(_MARKS)
        is_named = raw.lower() in ("is", "was", "is:", "=", "ist", "est", "es", "è")
        position = token.end()


def _is_given(value: str, is_bare: bool, said: bool, count: int) -> bool:
    if compiled(SPOKEN, re.IGNORECASE).fullmatch(value):
        return False  # the word itself once more
    if not is_bare:
        if " " in value:
            plain = not any(is_placeholder(part) for part in value.split())
            return said and plain and (looks_like_password(value) or value.count(" ") >= 3)
        return looks_like_password(value) if not said else not is_code(value) and value.lower() not in NOT_PASSWORDS
    if (is_code(value) and not is_strong_password(value)) or compiled(
        r"[A-Za-z_][\w.]{1,60}\([a-z_][\w.]*\)?|\(\w*\)?"
    ).fullmatch(value):
        return False
    if said and is_surely_password(value):
        return True
    return count < _NEAR_TOKENS and is_surely_password(value) and is_strong_password(value)


def _is_lone_word(word: str, value: str, following: str) -> bool:
    """Say whether a word ends its sentence and says nothing about a password: "The password is swordfish."."""
    plain = value.lower()
    if not word.lower().startswith(_PLAIN_ENOUGH) or (following.strip() and not following.startswith("\n")):
        return False
    is_word = plain.isalpha() and plain.isascii() and len(plain) >= 4 and value[1:].islower()
    return (
        is_word
        and plain not in NOT_PASSWORDS
        and not is_placeholder(plain)
        and compiled(NOT_ENDINGS + "$").search(plain) is None
    )
