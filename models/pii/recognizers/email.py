"""E-mail addresses, plain and written out with "at" and "dot"."""

import re
from collections.abc import Iterator

from models.pii.finding import Finding
from models.pii.recognizers.pattern import PATTERN, around, compiled, has_any, lowered
from models.pii.recognizers.placeholder import listed

_DOMAIN = r"@(?P<domain>(?:[^\W_](?:[\w-]{0,62})\.){1,8}(?P<top>[^\W\d_]{2,24}|xn--[a-z0-9-]{2,30}))(?![\w-])"
_WRITTEN_OUT = (
    r"(?<![\w.+-])[\w.+-]{1,64}\s?(?:\(|\[|\{)\s?(?:at|@)\s?(?:\)|\]|\})\s?"
    r"[\w-]{1,63}(?:\s?(?:(?:\(|\[|\{)\s?(?:dot|\.)\s?(?:\)|\]|\})\s?|\.)[\w-]{1,63}){1,4}"
)
_BRACKETED_AT = r"[(\[{]\s?(?:[aA][tT]|@)"
_LOCAL = frozenset(".!#$%&'*+-/=?^_`|~")
_LOCAL_EDGE = frozenset(".!#$%&'*/=?^`|~-")
_FILE_ENDINGS = frozenset({"png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "css", "js", "ico"})
_EXAMPLE_DOMAIN = r"(?:[\w-]{1,63}\.)?(?:example|domain|yourdomain|mydomain|yourcompany|your-domain|your-company)\.(?:com|org|net|edu|tld)|[\w.-]{1,80}\.(?:example|invalid|test)"
_EXAMPLE_MAILBOX = listed(
    """
    user username name yourname your.name your_name your-name you me someone somebody anyone nobody mail email e-mail your.email youremail
    myemail address account recipient sender to from foo bar baz foobar test tester testuser example sample demo dummy
    first.last firstname.lastname first_last first-last firstname_lastname firstname lastname f.last flast firstlast
    vorname.nachname vorname nachname v.nachname prenom.nom prénom.nom p.nom nombre.apellido nombre nome.cognome nome.sobrenome
    voornaam.achternaam imie.nazwisko imię.nazwisko fornavn.etternavn fornamn.efternamn utilisateur usuario utente benutzer
    """
)
"""Names of people at such domains are found: made-up documents give them there."""
_MAX_LOCAL = 64
_MAX_DOMAIN = 400
"""More than a domain written out has."""


class EmailRecognizer:
    """Looks at every ``@``, forward for a domain and backward for the mailbox, so that time stays linear."""

    name = "email"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield addresses. ``git@host:path`` and image names such as ``icon@2x.png`` are none."""
        if "@" in text:
            for match in compiled(_DOMAIN, re.IGNORECASE).finditer(text):
                start = _mailbox_start(text, match.start())
                if start == match.start():
                    start = _quoted_start(text, start)
                elif _is_file_or_repository(text, start, match) or _is_example(text[start : match.start()], match):
                    continue
                if start < match.start():
                    yield Finding(
                        start, match.end(), "EMAIL", PATTERN + 0.03, self.name, "It has the form of an e-mail address."
                    )
        if not has_any(lowered(text), ("(at", "[at", "{at", "( at", "[ at", "(@", "[@")):
            return
        for start, end in around(text, _BRACKETED_AT, _MAX_LOCAL + 4, _MAX_DOMAIN):
            for match in compiled(_WRITTEN_OUT, re.IGNORECASE).finditer(text, start, end):
                yield Finding(
                    match.start(),
                    match.end(),
                    "EMAIL",
                    PATTERN,
                    self.name,
                    "It is an e-mail address written out in words.",
                )


def _mailbox_start(text: str, at: int) -> int:
    start = at
    while start > 0 and at - start < _MAX_LOCAL and (text[start - 1].isalnum() or text[start - 1] in _LOCAL):
        start -= 1
    # What a sentence or a query string puts in front (quotes, slashes, equals signs) is not part of a mailbox.
    for index in range(at - 1, start - 1, -1):
        if text[index] in "/=?&'`|*":
            start = index + 1
            break
    while start < at and text[start] in _LOCAL_EDGE:
        start += 1
    return start


def _quoted_start(text: str, at: int) -> int:
    """Where a mailbox in quotes (RFC 5322, 3.2.4) that ends at ``at`` begins; ``at`` when none does."""
    quoted = compiled(r"\"[^\"\s@<>=]{1,64}\"$").search(text, max(0, at - _MAX_LOCAL - 2), at)
    return quoted.start() if quoted else at


def _is_example(mailbox: str, match: re.Match[str]) -> bool:
    """``user@example.com``: a stand-in at a domain for examples (RFC 2606)."""
    name = compiled(r"[+]?\d{0,3}$").sub("", mailbox.lower())
    return name in _EXAMPLE_MAILBOX and compiled(_EXAMPLE_DOMAIN, re.IGNORECASE).fullmatch(match["domain"]) is not None


def _is_file_or_repository(text: str, start: int, match: re.Match[str]) -> bool:
    if match["top"].lower() in _FILE_ENDINGS:
        return True
    return text[start : match.start()].lower() == "git" and text[match.end() : match.end() + 1] in (":", "/")
