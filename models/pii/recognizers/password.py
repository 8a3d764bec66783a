# ruff: noqa: E501 (word lists)
"""Passwords, passphrases and PINs: in settings, connection strings, command lines and sentences."""

import re
from collections.abc import Iterator

from models.pii.finding import Finding
from models.pii.recognizers.pattern import CONTEXT, compiled, lowered, regions
from models.pii.recognizers.placeholder import is_placeholder

_WORD = (
    r"pass ?words?|passwd|pass ?phrase|pass ?code|passwort|kennwort|mot de passe|mdp|contraseña|clave|"
    r"wachtwoord|senha|parola d'ordine"
    r"|password temporanea|pwd|psw|pswd|passw|[_-]pw|(?<![^\W_])pw"
)
_NOUNS = (
    r"wi-?fi|wpa2?|admin|root|user|default|temporary|temp|new|old|current|initial|login|e-?mail|database|db|"
    r"account|portal|vpn|network|router"
)
_SETTING = (
    rf"(?P<word>{_WORD}|[_-]pass|(?<![a-z])pass)(?P<tail>[\"'`\])]{{0,3}})[ \t]{{0,4}}(?P<sep>:=|=>|==?|:|"
    rf"[-–—](?=[ ]))[ \t]{{0,4}}"
    r"(?:\"(?P<double>[^\"\n]{1,128})\"|'(?P<single>[^'\n]{1,128})'|`(?P<tick>[^`\n]{1,128})`|(?P<bare>(?:[^\s\"'`;,&|<>]|&(?![\w.-]{1,30}=)){3,128}))"
)
_SENTENCE = (
    rf"(?<![^\W_])(?:{_WORD})(?![^\W\d_])(?:[ ](?:for|to|of|on|at|für|pour|"
    rf"para)[ ](?:[\w.@/'’-]{{1,40}}[ ]){{1,6}}?|[ ]\([^)\n]{{1,40}}\)[ ]?|[ ])?"
    r"(?:is|was|lautet|ist|est|es|now|to|:)(?:[ ]now|[ ]still|[ ]set to|[ ]changed to|[ ]currently)?[ :]{1,2}"
    r"(?:\"(?P<double>[^\"\n]{3,128})\"|'(?P<single>[^'\n]{3,128})'|`(?P<tick>[^`\n]{3,128})`|“(?P<curly>[^”\n]{3,128})”|(?P<bare>[^\s\"'`;<>]{4,128}))"
)
_COMMAND = (
    r"(?:--pass(?:word|wd)?[ =]|sshpass[ ]-p[ ]?|identified by[ ]|</?password>(?=[^<\s]{4,64}</password>)|"
    r"(?:mysql|mysqldump|mysqladmin|mongo|mongosh|docker[ ]login|az[ ]login|smbclient|rabbitmqadmin)[ ][^\n]{0,160}?(?<=[ ])-p[ ]?(?=\S{0,40}[\d!@#$%^&*])|"
    r"redis-cli[ ][^\n]{0,100}?(?<=[ ])-a[ ]|PGPASSWORD=|net[ ]use[ ][^\n]{0,100}?/user:\S{1,60}[ ]|"
    r"(?<![^\W_])(?:with|and|using|mit|und|avec|con|y)[ ](?:the[ ])?(?:password|passwort|pwd|mot[ ]de[ ]passe|contraseña)[ ](?=\S{0,40}[\d!@#$%^&*])|"
    r"(?<![A-Za-z])(?:login|user(?:name)?)[ ]\S{1,64}\s{1,4}pass(?:word)?[ ]|curl[^\n]{0,200}?[ ](?:-u|"
    r"--user)[ ]?['\"]?[^\s:'\"]{1,64}:)"
    r"['\"]?(?P<bare>[^\s\"'`;<]{4,128})"
)
_LOGIN = (
    r"(?<![^\W_])(?:credentials?|creds|login|log ?in|zugangsdaten)(?![^\W\d_])[^\n:]{0,30}[:=][ ]{0,3}[^\s/:|"
    r"]{2,64}[ ]{0,2}[/:|][ ]{0,2}(?P<bare>[^\s/,;]{4,128})"
)
_PIN = (
    r"(?<![^\W_])(?:(?P<upper>PIN|OTP|CVV2?|CVC2?)|(?i:pin ?codes?|pin number|pass ?code|"
    r"one[- ]time (?:code|password)|(?:verification|security|access|confirmation|authentication|2fa|door|"
    r"alarm|gate|safe|unlock) (?:code|pin)))"
    r"(?![^\W\d_])(?i:[ ](?:for|to|of|on)[ ](?:[\w'’-]{1,30}[ ]){1,4}?)?(?i:[\s:=#\"'*|-]|\bis\b|\bcode\b|"
    r"\bnumber\b|\bwas\b|\bto\b){1,5}?(?<![^\W_])(?P<bare>\d{3,8})(?![\w-])(?!\.\d)(?!:\d)"
)
_RECOVERY = (
    r"(?<![^\W_])(?i:(?:recovery|backup|rescue|scratch|unlock|emergency|activation|license|product) (?:codes?|keys?))"
    r"(?i:[\s:=#\"'-]|is|are){1,6}(?P<bare>(?=[A-Za-z0-9-]{0,20}\d)[A-Za-z0-9]{4,8}(?:-[A-Za-z0-9]{4,8}){1,7})(?![\w-])"
)
_SETTING_TRIGGERS = (
    "pass",
    "pwd",
    "psw",
    "kennwort",
    "mdp",
    "contraseña",
    "clave",
    "wachtwoord",
    "senha",
    "parola",
    "pw",
)
_COMMAND_TRIGGERS = (
    "user", "--pass", "sshpass", "identified by", "login", "curl", "<password>", "mysql", "mongo", "smbclient", "redis-cli", "pgpassword",
    "net use", " password ", " passwort ", " pwd ", "mot de passe ", "contraseña ",
)  # fmt: skip
_LOGIN_TRIGGERS = ("credential", "creds", "login", "log in", "zugangsdaten")
_PIN_TRIGGERS = ("pin", "otp", "cvv", "cvc", "code")
_QUOTES = ("double", "single", "tick", "curly")


class PasswordRecognizer:
    """Every form needs a word for a password before it; stand-ins, code and ordinary words are passed over."""

    name = "password"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the secret itself, without quotes."""
        lower = lowered(text)
        for start, end in regions(lower, _SETTING_TRIGGERS):
            for match in compiled(_SETTING, re.IGNORECASE).finditer(text, start, end):
                yield from self._setting(match, text)
            for match in compiled(_SENTENCE, re.IGNORECASE).finditer(text, start, end):
                yield from self._sentence(match)
        for start, end in regions(lower, _COMMAND_TRIGGERS):
            for match in compiled(_COMMAND, re.IGNORECASE).finditer(text, start, end):
                if match[0][:1] not in "-sSiI<rRpPmMdDcC" and not looks_like_password(match["bare"]):
                    continue  # "the user or password part" is a sentence
                yield from self._value(match, "bare", "It stands where a command takes a password.")
        for start, end in regions(lower, _LOGIN_TRIGGERS):
            for match in compiled(_LOGIN, re.IGNORECASE).finditer(text, start, end):
                if looks_like_password(match["bare"]) and not match["bare"].startswith("//"):
                    yield from self._value(match, "bare", "It follows a login name.")
        for start, end in regions(
            lower,
            ("recovery", "backup", "rescue", "scratch", "unlock", "emergency", "activation", "license", "product key"),
        ):
            for match in compiled(_RECOVERY).finditer(text, start, end):
                yield from self._value(match, "bare", "It follows words for a recovery code.")
        for start, end in regions(lower, _PIN_TRIGGERS):
            for match in compiled(_PIN).finditer(text, start, end):
                yield from self._value(match, "bare", "A short number after a word for a PIN or a code.")

    def _setting(self, match: re.Match[str], text: str) -> Iterator[Finding]:
        group = _filled(match)
        value = match[group]
        if group == "bare":
            following = text[match.end() : match.end() + 40].split("\n", 1)[0].strip()
            if (
                _is_code(value)
                or text[match.end() : match.end() + 1] == "("
                or value.startswith(("//", "[", "(", "@", "?", "\\", "{"))
            ):
                return
            # An ordinary word is a password only if nothing follows it: "Password: must be …" is a rule.
            if not looks_like_password(value) and (following[:1].isalpha() or match["sep"] in ("==", "-")):
                return
        elif " " in value and not looks_like_password(value) and any(is_placeholder(part) for part in value.split()):
            return
        yield from self._value(match, group, "It follows a word for a password.")

    def _sentence(self, match: re.Match[str]) -> Iterator[Finding]:
        group = _filled(match)
        value = match[group].rstrip(".,!?)")
        if group == "bare" and (not looks_like_password(value) or _is_code(value)):
            return
        if " " in value and group != "bare" and not looks_like_password(value) and value.count(" ") < 3:
            return
        yield from self._value(match, group, "The sentence says that it is a password.")

    def _value(self, match: re.Match[str], group: str, reason: str) -> Iterator[Finding]:
        start, end = match.span(group)
        if group == "bare":
            end = start + len(match[group].rstrip(".,)")) or end
        if end - start >= 3 and not is_placeholder(match.string[start:end]):
            yield Finding(start, end, "PASSWORD", CONTEXT, self.name, reason)


def _filled(match: re.Match[str]) -> str:
    return next((name for name in _QUOTES if name in match.re.groupindex and match[name] is not None), "bare")


def looks_like_password(value: str) -> bool:
    """True when ``value`` is no ordinary word, number or date: letters mixed with digits, signs or inner capitals."""
    core = value.strip(".,!?()")
    if len(core) < 4 or re.fullmatch(r"[\d.,:/%-]+|\d+(?:st|nd|rd|th|px|ms|s|d|h|min|days?|chars?)", core):
        return bool(re.fullmatch(r"\d{6,12}", core))
    has_letter = any(char.isalpha() for char in core)
    has_digit = any(char.isdigit() for char in core)
    has_sign = re.search(r"[!@#$%^&*+=?~_]", core) is not None
    inner_capital = re.search(r"[a-z][A-Z]", core) is not None
    return has_letter and (has_digit or has_sign or inner_capital)


def _is_code(value: str) -> bool:
    return (
        re.match(
            r"(?:self|this|os|process|config|settings|env|request|req|data|user|args|form|params|ctx|input|getenv|System)[.\[(]",
            value,
        )
        is not None
        or re.search(r"\w\(|\[['\"]|=>|->|\)$|^\w+\.\w+\.\w+$", value) is not None
    )
