"""Words for a password in many languages, and words that follow them without giving one away."""

from models.pii.recognizers.placeholder import listed

# In sentences: whole words only. The short ones (pw, pass, ww) count where a value that looks like a password follows.
SPOKEN = (
    r"pass ?words?|passwd|pass ?phrases?|pass ?codes?|passw|pswd|pwd|psw|pw|pass|pin/password|"
    r"passw[oö]rt|kennwort|wlan-(?:schlüssel|passwort|kennwort)|schlüsselwort|mots? de passe|mdp|phrase secr[èe]te|"
    r"contrase[ñn]as?|clave|wachtwoord|ww|wachtwoordzin|senha|palavra[- ]passe|"
    r"parola(?: d'ordine| chiave| d’ordine)?|has[łl]a|has[łl]o|l[öo]senord(?:et)?|adgangskoden?|passord(?:et)?|"
    r"salasana|heslo|jelsz[óo]|[şs]ifre(?:si)?|parol[aă]|пароль|пароля|κωδικός"
)
# Scripts written without spaces: inside other words too.
SCRIPTS = r"密码|密碼|口令|パスワード|暗証番号|비밀번호|암호|كلمة المرور|كلمة السر|סיסמה|סיסמא|पासवर्ड|รหัสผ่าน"
_HUMP_PW, _HUMP_PASS = r"(?-i:(?<=[a-z])P[Ww](?![a-z]))", r"(?-i:(?<=[a-z])Pass(?![a-z]))"
# In names of settings: parts of identifiers.
SETTING = (
    r"pass[_ -]?words?|passwd|pass[_ -]?phrase|pass[_ -]?code|passwort|kennwort|mot[_ ]de[_ ]passe|(?<![a-z])mdp(?![a-z])|"
    r"contrase[ñn]a|(?<![a-z])clave(?![a-z])|wachtwoord|senha|parola(?: d'ordine| chiave)?|has[łl]o(?![a-z])|l[öo]senord|adgangskode|passord|"
    r"salasana|(?<![a-z])heslo|jelszó|şifre|пароль|密码|密碼|パスワード|비밀번호|كلمة المرور|סיסמה|κωδικός|"
    rf"pwd|pswd|(?<![a-z])psw|(?<![a-z])passw(?![a-z])|{_HUMP_PW}|(?<![a-z])pw(?![a-z])|"
    rf"(?<![a-z])pass(?![a-z])|{_HUMP_PASS}|(?<=db)pass(?![a-z])|(?<![a-z])psk(?![a-z])|requirepass|"
    r"(?:root|bind|user|admin|login)p(?:w|ass)(?![a-z])|secret"
)
SETTING_IN_LOWER_CASE = SETTING.replace(_HUMP_PW, "pw").replace(_HUMP_PASS, "pass")
"""Matches text in lower case wherever ``SETTING`` matches, and at more places."""
TRIGGERS = (
    "pass", "pwd", "psw", "pw", "kennwort", "mdp", "contrase", "clave", "wachtwoord", "senha", "parola", "haslo", "hasło", "hasła", "hasla",
    "lösenord", "losenord", "adgangskode", "salasana", "heslo", "jelsz", "şifre", "sifre", "parolă", "пароль", "пароля", "密码", "密碼",
    "口令", "パスワード", "暗証番号", "비밀번호", "암호", "كلمة", "סיסמ", "पासवर्ड", "รหัสผ่าน", "κωδικός", "psk", "secret", " ww", "ww:",
    "ww is", "schlüssel", "secrète",
)  # fmt: skip
# Ends of identifiers whose value is about the secret, not the secret.
ABOUT = (
    r"(?:^|[_.-]|(?<=[a-z]))(?:id|name|file|path|dir|ur[li]|endpoint|type|length|len|size|count|limit|max|min|ttl|expir\w*|"
    r"lifetime|timeout|policy|rotation|algorithm|alg|format|version|label|field|column|hint|prompt|placeholder|title|"
    r"message|msg|error|reset\w*|forgot\w*|confirm\w*|required|enabled|disabled|valid\w*|strength|manager|provider|"
    r"generator|factory|cmd|command|service|store|storage|vault|variable|var|ref|arn|alias|issuer|audience|scope|hash\w*|salt|"
    r"encoder|input|form|page|view|button|icon|regex|pattern|rules?|index|code|board|frame|words?|press\w*|down|up|left|"
    r"right|ring|pair|stone|selector|mesh|usage|date|time|at|age|host|port|user|username|group|role|header|prefix|"
    r"suffix|param|parameter|class|object|map|list|table|bucket|bytes|bits|chars|kind|attempts|history|location|request|"
    r"response|info|mode|state|status|source|method|backend|dialog|screen|link|through|less|ary|aries|"
    r"authentication|grant|properties|check|changed?|updated?|set|created?|last|ized?|izer\w*|s_per\w*|verif\w*)s?$"
)
# After "the password is", none of these is one; nor is a participle, an adverb or an adjective by its ending.
NOT_PASSWORDS = listed(
    """
    also always another back bad blank both broken case common correct dead different done down due easy encrypted enough
    entered expired fine good gone great hard here hidden important in incorrect invalid just kept known like long lost
    mandatory masked missing more my necessary needed new no not now obsolete off ok okay old on one only optional our
    out part passed pretty private public random ready required right safe same secret secure sent set shared short
    simple so soon something still stored strong that the there this too true unique unknown up used valid very visible
    way weak what where working wrong yours being case-sensitive never nothing probably really usually falsch richtig
    abgelaufen gesperrt ungültig leer geheim sicher unsicher zu nicht geändert incorrecta correcta obligatoria secreta
    segura incorrect oublié perdu invalide requis obligatoire errata corretta scaduta sbagliata obbligatoria onjuist
    verlopen fout juist verplicht inválida errada expirada nieprawidłowe błędne wymagane puste wygasło mindestens at from
    to of and or as if by for with when which because since until after before a an
    """
)
NOT_ENDINGS = r"(?:ed|ing|ly|ble|ive|al|ary|ous|ful|less|ent|ant|ten|ised|ized|able|t\'t|n't)"
