"""Tells stand-ins in manuals and templates from real secrets."""

import math
import re
from collections import Counter

_MARKS = re.compile(
    r"…|\.\.\.|\*\*\*|•••|[xX]{4}|^[-_.*#?x•]+$"
    r"|(?<![a-z])your[-_ ]?|^my[-_]?(?:secret|password|token|api|key)s?(?:[-_]?key)?$|^change[-_]?(?:me|it)|placeholder|"
    r"replace[-_ ]?(?:me|with|this)|insert[-_ ]|redacted|masked|dummy|goes[-_ ]?here|^todo|fixme|^examples?(?![0-9a-z])|"
    r"^sample|[_-](?:here|ici|hier|aqu[ií]|qui|tutaj|här)$|^(?:some|the)[-_](?:secret|password|token|key)|^fake|fake[-_]?(?:secret|password|token|key)",
    re.IGNORECASE,
)
# The same in other languages: votre_mot_de_passe, dein-passwort, inserisci_la_password.
_FOREIGN_MARKS = re.compile(
    r"^(?:(?:votre|ihr(?:e[nrs]?)?|dein(?:e[nrs]?)?|mein(?:e[nrs]?)?|jouw|mijn|twoje)[-_ ]?|(?:vos|ton|mon|su|tu|mi|sua|seu|tua|tuo|mio|mia|meu|minha|uw|je|tw[oó]j|moje|din|ditt|mitt)[-_ ])"
    r"(?:mot|mdp|pass|passwort|kenn|contra|clave|senha|parola|wacht|has[lł]o|l[oö]senord|token|secret|geheim|jeton|cl[eé]|schl|chave|chiave|api|key|code)"
    r"|^(?:la[-_ ]|il[-_ ])?(?:inserisci|insert?a|inserir|ins[eé]rer|einf[uü]e?gen|eintragen|saisir|ingrese|introduzca|introduce|escriba|digite|coloque|vul|voer|invullen|wpisz|zmie[nń]|"
    r"cambia|cambiar|mudar|[aä]e?ndern|changer|changez|remplacer|remplacez|ersetzen|ersetze|sustituir|sostituire|vervang|hier|platzhalter|beispiel|exemple|ejemplo|esempio|exemplo|voorbeeld)(?:[-_ ]|$)",
    re.IGNORECASE,
)
# Documentation marks its examples in capitals, whatever surrounds them: AKIAIOSFODNN7EXAMPLE, …/bPxRfiCYEXAMPLEKEY.
_EXAMPLE = re.compile(r"EXAMPLE(?:KEY|TOKEN|SECRET)?$|(?<![A-Za-z])EXAMPLE|EXAMPLE(?![A-Za-z])")
_TEMPLATE = re.compile(
    r"^<[^>\n]{0,80}>?$|<[a-z][\w -]{0,40}>|<%|%>|^\$\$?\{?\(?[A-Za-z_][\w.:-]*[})]?$|\$\{[\w.:-]*\}?$|\$\{[\w.:-]+\}|\$\(|\{\{[-\s]*[\w.$][\w .|$-]*\}\}"
    r"|^\{{1,3}[\s\w.:|$-]*\}{0,3}$|\{[\w.]*\}|#\{|%\([\w.]+\)|^%[\w-]+%?$|^@[A-Z_]+@$|^!(?:[A-Z]\w*|vault|secret|env_var)\b|"
    r"^\[[\w -]{0,40}\]$|^&lt;|\$[A-Z_]{2,}$|^__\w+__$|^:[a-z_]+$",
)


def listed(words: str) -> frozenset[str]:
    """The words of a list that is written as running text."""
    return frozenset(words.split())


_WORDS = listed(
    """
    a abc above access admin-password an and any api_key apikey are as at bar basic baz bearer below blank bool boolean
    bytes can cannot change_me changeit char char* changed check confirm contact correct credentials default delete demo
    digest disabled edit empty enabled encrypted enter env environment example expired false field file files foo for
    forgot forgotten from hash hashed he her here hidden hint his if ignore in incorrect input insecure int integer
    internal invalid is it keep key label length local login management manager mandatory maximum may minimum missing
    must my n/a na never new next nil no none not null nullable number object of off old on only optional or our pass
    passcode passphrase passwd password passwords passwort please policy pop previous private prod prompt protected
    public pwd qux read ref required requirements reset retry rules salt same sample save scope secret secrets secure
    see self session set she should show some store stored str strength string strong submit system tbd test testing
    text than that the their them then there they this to todo token true type undefined unset update use used user
    username valid validate value values varchar view void was we weak when will with wrong write xyz yes you your
    """
)
_JUDGED_CHARS = 160
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def is_placeholder(value: str) -> bool:
    """True when ``value`` stands for a secret to be filled in: ``<password>``, ``${VAR}``, ``xxxx``, ``changeme``."""
    bare = value.strip().strip("\"'`,;.")[:_JUDGED_CHARS]
    if not bare or bare.lower() in _WORDS or len(set(bare)) <= 2:
        return True
    if _MARKS.search(bare) or _FOREIGN_MARKS.search(bare) or _EXAMPLE.search(bare):
        return True
    is_strewn = len(bare) >= 16 and len({char for char in bare if not char.isalnum() and char not in " ._"}) >= 7
    return not is_strewn and _TEMPLATE.search(bare) is not None


def is_uuid(value: str) -> bool:
    """True for the 8-4-4-4-12 form of a UUID."""
    return _UUID.fullmatch(value) is not None


def entropy_bits(value: str) -> float:
    """Shannon entropy of ``value``'s characters, in bits a character."""
    if not value:
        return 0.0
    total = len(value)
    return -sum(count / total * math.log2(count / total) for count in Counter(value).values())
