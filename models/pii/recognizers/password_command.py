"""Passwords on command lines, in statements of databases and in calls that take a user name and a password."""

import re
from collections.abc import Iterator

from models.pii.recognizers.pattern import around, compiled, has_any, regions
from models.pii.recognizers.placeholder import is_placeholder
from models.pii.recognizers.secret_value import is_code, is_place, looks_like_password

_V = r"['\"]?(?P<value>[^\s\"'`;<>|]{3,128})"
# What must stand in the line, the form, and whether the value must look like a password.
_FORMS: tuple[tuple[tuple[str, ...], str, bool], ...] = (
    (("--pass", "password", "passwd", "-pass"), rf"--?[\w-]{{0,20}}pass(?:word|wd|phrase)?[ =]{_V}", True),
    (("sshpass",), rf"sshpass[ ]-p[ ]?{_V}", False),
    (("identified by", "password", "set password"), r"(?:identified[ ]by|with[ ](?:encrypted[ ])?password|(?:role|user)[ ]\S{1,60}[ ]password)[ ]?=?[ ]?'(?P<value>[^'\n]{3,128})'", False),
    (("identified by",), rf"identified[ ]by[ ]{_V}", True),
    (("set password",), r"set[ ]password[^\n'\"]{0,80}['\"](?P<value>[^'\"\n]{3,128})['\"]", False),
    (("mysql", "mongo", "docker login", "az login", "smbclient", "rabbitmqadmin", "registry login", "psexec", "impacket", "helm", "podman login", "oc login", "influx", "sqlcmd", "bcp", "ldapsearch", "winexe", "rpcclient", "xfreerdp"),
     rf"(?:mysql\w*|mongo\w*|(?:docker|podman|az|oc|registry)[ ]login|smbclient|rabbitmqadmin|psexec(?:\.exe)?|influx|sqlcmd|bcp|ldapsearch|winexe|xfreerdp)[ ][^\n]{{0,160}}?(?<=[ ])(?:-[pPw][ ]?|/p:){_V}", True),
    ((" -p ", "-p "), r"(?<![^\s])-p[ ](?P<value>[^\s\"'`;<>|]{5,64})[ ]{1,3}-u[ ]\S{2,40}", True),
    ((" -u ", "-u "), r"(?<![^\s])-u[ ][^\s:]{2,60}[ ]{1,3}-p[ ]?(?P<value>[^\s\"'`;<>|]{5,64})", True),
    (("redis-cli",), rf"redis-cli[ ][^\n]{{0,100}}?(?<=[ ])-a[ ]{_V}", False),
    (("net use", "/user:"), rf"net[ ]use[ ][^\n]{{0,100}}?/user:\S{{1,60}}[ ]{_V}", False),
    (("net user",), rf"net[ ]user[ ]\S{{1,60}}[ ]{_V}", True),
    (("curl",), r"curl[^\n]{0,200}?[ ](?:-u|--(?:proxy-)?user)[ =]?['\"]?[^\s:'\"$]{1,64}:(?P<value>[^\s\"'`;<]{3,128})", False),
    (("--proxy-user", "--user"), r"--(?:proxy-)?user[ =]['\"]?[^\s:'\"$]{1,64}:(?P<value>[^\s\"'`;<]{3,128})", True),
    (("tlspassword",), rf"--(?:proxy-)?tlspassword[ =]{_V}", True),
    (("sudo -s", "passwd --stdin", "chpasswd"), r"echo[ ](?:-n[ ])?['\"]?(?:[\w.-]{1,32}:)?(?P<value>[^\s\"':]{3,64})['\"]?[ ]{0,3}\|[ ]{0,3}(?:sudo[ ](?:-\w[ ]){0,3}|\S{0,12}passwd|chpasswd)", False),
    (("htpasswd",), rf"htpasswd[ ]-\w{{0,4}}b\w{{0,4}}[ ]\S{{1,80}}[ ]\S{{1,60}}[ ]{_V}", False),
    (("jdbc:oracle",), r"jdbc:oracle:\w{1,8}:[^\s/:@]{1,40}/(?P<value>[^\s@/]{3,64})@", False),
    (("machine ", "login "), rf"(?:login|user)[ ]\S{{1,64}}\s{{1,20}}password[ ]{_V}", True),
    (("networkcredential", "usernamepassword", "basicauth", "basic_auth"), r"(?:NetworkCredential|UsernamePasswordCredentials?|HTTPBasicAuth|BasicAuth|basic_auth|Credentials?)\s{0,3}\(\s{0,3}['\"][^'\"\n]{2,60}['\"]\s{0,3},\s{0,20}['\"](?P<value>[^'\"\n]{3,64})['\"]", False),
    (("connect(", "mysqli(", "getconnection(", "pdo(", "login("), r"(?:connect|mysqli|getConnection|PDO|login)\(\s{0,20}['\"][^'\"\n]{1,200}['\"]\s{0,3},\s{0,20}(?:['\"][^'\"\n]{1,60}['\"]\s{0,3},\s{0,20})?['\"](?P<value>[^'\"\s]{5,64})['\"]", True),
    (("directoryentry",), r"DirectoryEntry\s{0,3}\(\s{0,20}['\"][^'\"\n]{3,100}['\"]\s{0,3},\s{0,20}['\"][^'\"\n]{2,60}['\"]\s{0,3},\s{0,20}['\"](?P<value>[^'\"\n]{3,64})['\"]", False),
    (("convertto-securestring",), r"ConvertTo-SecureString[ ](?:-String[ ])?['\"](?P<value>[^'\"\n]{3,128})['\"]", False),
    (("snmp-server community",), r"snmp-server[ ]community[ ](?P<value>\S{4,64})[ ]R[OW]", True),
    ((" secret ", " password ", "enable "), r"(?:enable|username[ ]\S{1,40}(?:[ ]privilege[ ]\d{1,2})?)[ ](?:secret|password)[ ](?:\d[ ])?(?P<value>\S{4,64})", True),
    (("option key", "passphrase"), r"option[ ]key[ ]['\"](?P<value>[^'\"\n]{8,63})['\"]", False),
    (("<administratorpassword>", "<password>"), r"<(?:Administrator)?Password>\s{0,40}(?:<Value>\s{0,40})?(?P<value>[^<\s]{3,64})\s{0,40}</", False),
    (("format(", "!= password", "== password"), r"['\"](?P<value>[^'\"\s]{6,64})['\"]\)?[ ](?:!=|==)[ ](?:[a-z_.]{0,20})(?i:password|passwd|secret|token)\b", True),
    (("rootpw",), rf"rootpw[ ](?:--plaintext[ ])?{_V}", True),
    (("passwd/",), rf"passwd/\S{{0,30}}password(?:-again)?[ ]password[ ]{_V}", False),
    (("password:s:",), rf"password:s:{_V}", False),
    (("<<<",), r"(?:login|passw\w{0,6}|kinit|sudo|openssl|gpg|cryptsetup|chpasswd|docker|az|gh|vault|token)[^\n]{0,120}<<<[ ]?['\"]?(?P<value>[^\s\"'`;<>|]{6,256})", True),
    (("jenkins", "{aqaa"), r"(?P<value>\{AQAA[A-Za-z0-9+/=]{20,400}\})", False),
)  # fmt: skip
_PORT, _MOST_HOST_CHARS, _MOST_REST_CHARS = r":(?:\d{2,5}|\*):", 84, 200
_PGPASS = (
    r"(?<![^\s\"'])[\w.*-]{1,80}:(?:\d{2,5}|\*):[\w.*-]{1,60}:[\w.*-]{1,60}:(?P<value>[^\s:\"']{4,64})(?![^\s\"'])"
)


def find(text: str, lower: str) -> Iterator[tuple[int, int, str]]:
    """Yield the passwords: start, end and the reason. ``lower`` is ``text`` in lower case, of the same length."""
    for triggers, form, must_look in _FORMS:
        if not has_any(lower, triggers):
            continue
        for start, end in regions(lower, triggers):
            for match in compiled(form, re.IGNORECASE).finditer(text, start, end):
                value = match["value"]
                if _is_literal(value) and (not must_look or looks_like_password(value)):
                    yield *match.span("value"), "It stands where a command takes a password."
    if text.count(":") >= 4:
        for start, end in around(text, _PORT, _MOST_HOST_CHARS, _MOST_REST_CHARS):
            for match in compiled(_PGPASS).finditer(text, start, end):
                if looks_like_password(match["value"]):
                    yield *match.span("value"), "It stands where a file of database passwords has it."


def _is_literal(value: str) -> bool:
    return (
        not is_placeholder(value)
        and not is_place(value)
        and not re.match(r"[$%&]\w|\\|-", value)
        and not (is_code(value) and "(" in value)
    )
