# ruff: noqa: E501 (word lists)
"""User names and handles, after words that name them."""

import re
from collections.abc import Iterator

from models.pii.finding import Finding
from models.pii.recognizers.pattern import CONTEXT, compiled, lowered, regions
from models.pii.recognizers.placeholder import is_placeholder, listed

_ACCOUNT = (
    r"(?<![^\W_])(?P<word>(?i:user ?-?_?names?|user ?-?_?id|login(?: ?-?_?name| id)?|log-?in|screen ?name|account name|nick(?:name)?|"
    r"benutzername|benutzerkennung|nutzername|nom d'utilisateur|identifiant|nombre de usuario|usuario|nome utente|gebruikersnaam|"
    r"nazwa użytkownika|gamertag|handle))"
    r"(?P<sep>[\"']?[ \t]{0,3}(?:[:=]|(?i:is|was|ist|lautet|est|es|è))[ \t\"'`]{0,4})(?P<value>@?[A-Za-z0-9][\w.@#\\-]{2,39})(?![\w(\[])"
)
_SOCIAL = (
    r"(?<![^\W_])(?i:twitter|instagram|insta|ig|tiktok|snapchat|snap|telegram|discord|skype|mastodon|bluesky|threads|reddit|twitch|"
    r"github|gitlab|steam|psn|xbox|kik|wechat|line id|linkedin|facebook|fb|youtube|venmo|cash ?app|paypal\.me)"
    r"(?i:[ ](?:handle|user ?name|account|id|name|profile|tag|is|at|under|as|me on|me at))*[ ]?[:=]?[ (\"'`]{0,3}"
    r"(?P<value>@[A-Za-z0-9][\w.]{1,30}|u/[\w-]{3,24}|[A-Za-z][\w.]{2,31}#\d{4}|live:[\w.]{3,40}|(?<=[:=] )[A-Za-z0-9][\w.]{2,30}|\$[a-z]\w{2,20}(?<=\w))(?!\w)"
)
_PROFILE = (
    r"(?i:(?:https?://)?(?:www\.)?(?:twitter\.com|x\.com|instagram\.com|facebook\.com|tiktok\.com/@|linkedin\.com/in|t\.me|github\.com|"
    r"reddit\.com/u(?:ser)?)/(?!(?:home|search|share|login|intent|groups|pages|hashtag|explore|about|help|orgs|features|watch)\b)"
    r"(?P<value>[\w.-]{3,40}))/?(?![\w/.-])"
)
_SOCIAL_TRIGGERS = (
    "twitter", "insta", "ig:", "ig @", "tiktok", "snap", "telegram", "discord", "skype", "mastodon", "bluesky", "threads", "reddit",
    "twitch", "github", "gitlab", "steam", "psn", "xbox", "kik", "wechat", "line id", "linkedin", "facebook", "fb", "youtube", "venmo",
    "cash",
)  # fmt: skip
_ACCOUNT_TRIGGERS = (
    "user", "login", "log-in", "screen", "account name", "nick", "benutzer", "nutzer", "utilisateur", "identifiant", "usuario",
    "utente", "gebruiker", "użytkownik", "gamertag", "handle",
)  # fmt: skip
_NOBODY = listed(
    """
    admin administrator root guest anonymous postgres mysql sa system service support info test tester testuser demo
    everyone nobody www-data ubuntu ec2-user daemon public all none self auth basic oauth page button form screen failed
    failure success successful successfully error errors required optional unique unknown attempt attempts shell details
    information prompt script window session sessions the this that your her his their our case sensitive used using
    taken available already missing blank wrong correct displayed shown stored checked same different changed not set
    """
)


class UsernameRecognizer:
    """Labels for an account, names of networks before a handle, and links to a profile."""

    name = "user name"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield names of accounts. Those of roles (admin, root) and variables of programs are none."""
        lower = lowered(text)
        for start, end in regions(lower, _ACCOUNT_TRIGGERS):
            for match in compiled(_ACCOUNT).finditer(text, start, end):
                if _is_account(match["value"], match["sep"]):
                    yield self._finding(match, "It follows a word for a user name.")
        for start, end in regions(lower, _SOCIAL_TRIGGERS):
            for match in compiled(_SOCIAL).finditer(text, start, end):
                if match["value"].lstrip("@").lower() not in _NOBODY and not is_placeholder(match["value"]):
                    yield self._finding(match, "A handle after the name of a network.")
            for match in compiled(_PROFILE).finditer(text, start, end):
                if "github" not in match[0].lower() and "/status" not in match[0]:
                    yield self._finding(match, "A link to a person's page in a network.")

    def _finding(self, match: re.Match[str], reason: str) -> Finding:
        start, end = match.span("value")
        end -= len(match["value"]) - len(match["value"].rstrip(".-"))
        return Finding(start, end, "USERNAME", CONTEXT - 0.05, self.name, reason)


def _is_account(value: str, separator: str) -> bool:
    name = value.lstrip("@").rstrip(".-").lower()
    if name in _NOBODY or is_placeholder(name) or len(name) < 3:
        return False
    if re.match(r"(?:self|os|config|settings|env|request|req|data|args|form|params|ctx|input|user|session)\.", name):
        return False
    distinct = re.search(r"\d|_|\.|@|-\w", value) is not None
    return distinct or (":" in separator and "=" not in separator and separator.strip() == ":")
