"""User names and handles, after words that name them."""

import re
from collections.abc import Iterator

from models.pii.finding import Finding
from models.pii.recognizers.handle import find as find_handles
from models.pii.recognizers.pattern import CONTEXT, compiled, lowered, matches, openings, regions
from models.pii.recognizers.placeholder import is_placeholder, listed

_ACCOUNT = (
    r"(?<![^\W_])(?P<word>(?i:user[ _-]{0,2}names?|user[ _-]{0,2}id|users?(?=[\"']?[ ]?[:=])|logname|login(?: ?-?_?name| id)?|log-?in|screen[ _]?name|account name|nick(?:name)?|"
    r"benutzername|benutzerkennung|nutzername|nom d'utilisateur|identifiant|nombre de usuario|usuario|nome utente|gebruikersnaam|"
    r"nome de usuário|nazwa użytkownika|gamertag|(?:psn|xbox|battle|battle\.net|steam|riot|nintendo)[ -]?(?:tag|id|name)|player ?name|handle|report(?:er|ed)(?=[ ]?:)|(?:up)?loader(?=[ ]?:)|poster(?=[ ]?:)|moderator(?=[ ]?:)|assignee(?=[ ]?:)|op(?=[ ]?:)|maintainers?(?=[ ]?:)))"
    r"(?P<sep>[\"']?(?:['’]s|[ \t]{0,3}(?:[:=>?]|(?i:is|was|ist|lautet|est|es|è|é|to)(?![^\W_]))|[ ](?=\S{0,30}[\d_.]))[ \t\"'`\[]{0,4})(?P<value>@?_?[A-Za-z0-9][\w.@#\\-]{2,39})(?![\w(\[]|\.\w{1,30}\()"
)
_SOCIAL = (
    r"(?<![^\W_])(?<!\\)(?i:twitter|instagram|insta|ig|tiktok|snapchat|snap|telegram|discord|skype|mastodon|bluesky|threads|reddit|twitch|"
    r"github|gitlab|steam|psn|xbox|kik|wechat|line id|linkedin|facebook|fb|youtube|venmo|cash ?app|paypal\.me)"
    r"(?i:[ ](?:handle|user ?name|account|id|name|profile|tag|is|at|under|as|me on|me at))*[ ]?[:=]?[ (\"'`]{0,3}"
    r"(?P<value>@[A-Za-z0-9][\w.]{1,30}|(?<=\bis )[a-z][\w.-]{2,30}(?=[\s,;]|[.!](?:\s|$)|$)|u/[\w-]{3,24}|[A-Za-z][\w.]{2,31}#\d{4}|live:[\w.]{3,40}|(?<=[:=] )[A-Za-z0-9][\w.]{2,30}|\$[A-Za-z]\w{2,20}(?<=\w))(?!\w)"
)
_PROFILE = (
    r"(?i:(?<![\w-])(?:https?://)?(?:www\.)?(?:twitter\.com|x\.com|instagram\.com|facebook\.com|tiktok\.com/@|linkedin\.com/in|t\.me|gitlab\.com|bsky\.app/profile|paypal\.me|twitch\.tv|pinterest\.com|medium\.com/@|youtube\.com/@|venmo\.com|"
    r"reddit\.com/u(?:ser)?)/(?!(?:home|search|share|login|intent|groups|pages|hashtag|explore|about|help|orgs|features|watch)\b)"
    r"@?(?P<value>[\w.-]{3,40}))/?(?![\w/.-])"
)
_REPOSITORY = (
    r"(?i:github\.com/(?!(?:features|about|login|join|pricing|topics|trending|orgs|settings|marketplace|sponsors|explore|search|apps|"
    r"security|enterprise|collections|events|contact|site|team|readme|customer-stories)\b)(?P<value>[A-Za-z\d](?:[A-Za-z\d-]{1,38})))(?![\w.-])"
)
_PROFILE_TRIGGERS = (
    "twitter.com/", "x.com/", "instagram.com/", "facebook.com/", "tiktok.com/", "linkedin.com/", "t.me/", "gitlab.com/", "bsky.app/",
    "paypal.me/", "twitch.tv/", "pinterest.com/", "medium.com/", "youtube.com/", "venmo.com/", "reddit.com/",
)  # fmt: skip
_SOCIAL_TRIGGERS = (
    "twitter", "insta", "ig:", "ig @", "tiktok", "snap", "telegram", "discord", "skype", "mastodon", "bluesky", "threads", "reddit",
    "twitch", "github", "gitlab", "steam", "psn", "xbox", "kik", "wechat", "line id", "linkedin", "facebook", "fb", "youtube", "venmo",
    "cash", "t.me/", "paypal.me", "x.com/", "bsky.app", "pinterest", "medium.com", "venmo",
)  # fmt: skip
_ACCOUNT_TRIGGERS = (
    "user", "login", "log-in", "screen", "account name", "nick", "benutzer", "nutzer", "utilisateur", "identifiant", "usuario",
    "usuário", "logname", "utente", "gebruiker", "użytkownik", "gamertag", "psn", "xbox", "battle", "steam", "riot", "nintendo", "player", "handle", "report", "loader", "poster", "moderator", "assignee", "op:", "op :", "maintainer",
)  # fmt: skip
_BEFORE_TRIGGER_CHARS = 12
"""Most that may stand before the literal that a label is found by: "nombre de usuario"."""
_NOBODY = listed(
    """
    admin administrator root guest anonymous postgres mysql sa system service support info test tester testuser demo
    everyone nobody www-data ubuntu ec2-user daemon public all none self auth basic oauth page button form screen failed
    failure success successful successfully error errors required optional unique unknown attempt attempts shell details
    information prompt script window session sessions the this that your her his their our case sensitive used using
    taken available already missing blank wrong correct displayed shown stored checked made required
    hash null none true false string text field fields input label agent group groups roles role list count data info here
    there who whose what which will can may must should has had was were are admins members profile profiles settings same different changed not set
    """
)


_ORDINARY = listed(
    """
    await async new return func lambda still stock very quite down free open closed good great bad better best also only just like more most much many full broken
    working slow fast public private active available based linked owned made used worth growing huge dead back here away
    still where what when how full part being getting going having doing under over about above unusable useful fine okay
    """
)
_OF_ANYTHING = listed(
    "user users reporter reported uploader loader poster moderator assignee op maintainer maintainers"
)
"""Labels behind which names of people, firms and teams stand as well."""
_NAMED = ("ing", "ed", "ly", "able", "ful", "ous", "ive")


class UsernameRecognizer:
    """Labels for an account, names of networks before a handle, and links to a profile."""

    name = "user name"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield names of accounts. Those of roles (admin, root) and variables of programs are none."""
        lower = lowered(text)
        for starts, end in openings(lower, _ACCOUNT_TRIGGERS, _BEFORE_TRIGGER_CHARS):
            for match in matches(compiled(_ACCOUNT), text, starts, end):
                if _is_account(match["value"], match["sep"], match["word"]) and not _is_other(match, text):
                    yield self._finding(match, "It follows a word for a user name.")
        for starts, end in openings(lower, _SOCIAL_TRIGGERS, 0):
            for match in matches(compiled(_SOCIAL), text, starts, end):
                if _is_social(match["value"]):
                    yield self._finding(match, "A handle after the name of a network.")
        for start, end in regions(lower, ("github.com/",)):
            for match in compiled(_REPOSITORY).finditer(text, start, end):
                if re.search(r"\d", match["value"]) or not re.match(r"/[\w.-]", text[match.end() : match.end() + 2]):
                    yield self._finding(match, "A link to a person's page in a network.")
        for start, end in regions(lower, _PROFILE_TRIGGERS):
            for match in compiled(_PROFILE).finditer(text, start, end):
                if "/status" not in match[0]:
                    yield self._finding(match, "A link to a person's page in a network.")

        for begin, stop in find_handles(text, lower):
            reason = "It stands where a handle or an account name does."
            yield Finding(begin, stop, "USERNAME", CONTEXT - 0.05, self.name, reason)

    def _finding(self, match: re.Match[str], reason: str) -> Finding:
        start, end = match.span("value")
        end -= len(match["value"]) - len(match["value"].rstrip(".-"))
        return Finding(start, end, "USERNAME", CONTEXT - 0.05, self.name, reason)


_SET_BEFORE = (
    r"(?i)(?<![^\W_])(?:set|sets|setting|chang\w{1,3}|renam\w{1,3}|updat\w{1,3}|switch\w{0,3}|reset)\b[^.\n]{0,40}$"
)


def _is_other(match: re.Match[str], text: str) -> bool:
    """A variable of a program with an expression, or "to" that does not say what the name became."""
    start = match.start("word")
    separator = match["sep"]
    if text[max(0, start - 1) : start] in tuple("$@%") and not separator.rstrip(" ").endswith(("'", '"', "`")):
        return True
    word = match["word"].lower()
    if word in ("handle", "handles") and (separator.isspace() or compiled(r"[ ]?[{(]").match(text, match.end())):
        return True  # the verb, or a part of a window
    is_to = separator.strip().lower() == "to"
    return is_to and compiled(_SET_BEFORE).search(text, max(0, start - 60), start) is None


def _is_social(value: str) -> bool:
    name = value.lstrip("@").rstrip(".-").lower()
    if name in _NOBODY or is_placeholder(value):
        return False
    return (
        value[0] in "@$"
        or re.search(r"[\d_./:#-]", name) is not None
        or (name not in _ORDINARY and len(name) >= 4 and name.endswith(tuple(_NAMED)) is False)
    )


def _is_account(value: str, separator: str, word: str) -> bool:
    name = value.lstrip("@").rstrip(".-").lower()
    if (
        name in _NOBODY
        or is_placeholder(name)
        or len(name) < 3
        or "@" in name
        or re.fullmatch(r"(?:guest|user|test|admin)[_-]?\d*", name)
    ):
        return False
    if value.isupper() and value.isalpha() and len(value) < 5:
        return False
    if name in _ORDINARY or (
        ":" not in separator and "=" not in separator and ">" not in separator and name.endswith(_NAMED)
    ):
        return False
    if re.match(r"(?:self|os|config|settings|env|request|req|data|args|form|params|ctx|input|user|session)\.", name):
        return False
    if re.fullmatch(r"[0-9a-f]{16,40}", name) or name.isdigit():
        return False  # a number of a record
    distinct = re.search(r"\d|_|\.|@|-\w", value) is not None
    if "?" in separator:
        return (
            compiled(r"[\d_.@]|-\w").search(value.rstrip(".-")) is not None
        )  # the answer to a question may be any word
    if word.lower() in _OF_ANYTHING and "=" not in separator:
        return distinct and (word.lower().startswith("user") or re.search(r"[\d_.]", value) is not None)
    return (
        distinct
        or separator.strip(" \t\"'`") in (":", "=", ">")
        or (name.isascii() and name.islower() and len(name) >= 4)
    )
