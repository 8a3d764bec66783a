"""Names of accounts in chats, by where they stand: before what they say, again and again, or before a time."""

import re
from collections.abc import Iterable, Iterator

from models.pii.finding import Finding
from models.pii.recognizers.handle import is_person
from models.pii.recognizers.pattern import CONTEXT, compiled, line_matches, lowered, matches, openings
from models.pii.recognizers.placeholder import listed

_TIME = r"(?:\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:[ ]?[ap]\.?m\.?)?|\d{4}hrs)"
_STAMP = rf"(?:[\[(]?(?:\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{2,4}},?[ T])?{_TIME}[\])]?[ ]?(?:[-–][ ])?)"
_SAYS = rf"[ \t>]{{0,4}}(?P<stamp>{_STAMP})?[<@]?(?P<value>[A-Za-z][\w.-]{{2,24}})>?:[ ](?=[^\s:=]\S*[ ]?\S)"
_AT_TIME = rf"[ \t>]{{0,4}}(?P<value>[a-z][\w.]{{2,31}})[ ]+(?:(?:[—–-][ ])?(?:(?:[Tt]oday|[Yy]esterday)[ ]at[ ])?|\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{2,4}},?[ ]){_TIME}[ \t]*(?m:$)"
_ACCOUNT = r"(?<![\w-])[Aa]ccount[ ]['\"]?(?P<value>[a-z][\w.-]{3,31})['\"]?(?=,[ ](?:phone|tel|e-?mail|born|registered|reg|mobile|dob|last)|[ ](?:\(|was|is|has)[ ]?(?:locked|disabled|deleted|suspended|banned|hacked|compromised|closed))"
_GAME = r"(?<![^\W_])(?i:gamer ?tag|ign|in-game name|summoner name|battle ?tag|epic id|steam(?: id)?|psn(?: id)?|xbox(?: live)?|riot id|minecraft name|roblox(?: user(?:name)?)?)[ ]?(?:is|:|=|-)[ ]?(?P<value>[A-Za-z0-9][\w-]{2,24}(?:#\d{3,5})?)(?![\w.])"
_GAME_TRIGGERS = (
    "gamer", "ign", "in-game", "summoner", "battle", "epic id", "steam", "psn", "xbox", "riot", "minecraft", "roblox",
)  # fmt: skip
_LAST_TIME = r"(?m)[:.h](?:\d\d(?:[ ]?[ap]\.?m\.?)?|rs)[ \t]*$"
"""The end of a time at the end of a line."""
_MOST_BEFORE_CHARS = 96
"""More than the time and name before the colon have."""
_NOT_SPEAKERS = listed(
    """
    note warning error info debug trace fatal todo example step line http https question answer agent caller interviewer interviewee speaker user
    holder holders number numbers owner manager kernel systemd cron sshd
    bot assistant system title name date from subject cc bcc re fwd sha256 sha512 sha1 md5 utf8 utf16 int32 int64 eth0 eth1 ipv4 ipv6 mp3 mp4 h264 h265 base64 x86 win32
    """
)
_KEY_LIKE = r"(?i)(?:[a-z]+[-_]){0,3}(?:step|line|page|port|item|part|test|key|id|col|row|level|phase|day|week|item|address|file|host|node|server|task|unit|section|chapter|version|v|q|a|option|value|field|name|size|url|path|type|date|time|num|no|eth|cpu|gpu|disk|sd[a-z]|vol|var|arg|param|x|y)[-_]?\d{0,4}"
_LEAST_TIMES = 2


class ChatLineRecognizer:
    """Counts who speaks: a prefix with a figure or underscore in it that comes again is a person."""

    name = "chat line"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the account names before what was said."""
        said = line_matches(compiled(_SAYS), text, (": ",), _MOST_BEFORE_CHARS)
        lines = [m for m in said if is_person(m["value"]) and _may_speak(m["value"])]
        counts: dict[str, int] = {}
        for match in lines:
            counts[match["value"]] = counts.get(match["value"], 0) + 1
        speakers = len(counts)
        for match in lines:
            name = match["value"]
            marked = _is_marked(name)
            again = counts[name] >= _LEAST_TIMES
            # Logs of machines have seconds in their times.
            stamped = match["stamp"] is not None and compiled(r"\d[:.]\d\d[:.]\d\d").search(match["stamp"]) is None
            if (marked and ((again and speakers > 1) or stamped)) or (
                stamped and again and speakers > 1 and name.islower()
            ):
                yield self._finding(match, "Someone speaks under this name in a chat.")
        for regex, found in _stand_alone(text):
            for match in found:
                sure = regex == _ACCOUNT or (
                    regex == _GAME and match[0][: match.start("value") - match.start()].rstrip()[-1] in ":="
                )
                if is_person(match["value"]) and _may_speak(match["value"]) and (sure or _is_marked(match["value"])):
                    yield self._finding(match, "It stands where the name of an account does.")

    def _finding(self, match: re.Match[str], reason: str) -> Finding:
        return Finding(*match.span("value"), "USERNAME", CONTEXT - 0.05, self.name, reason)


def _stand_alone(text: str) -> Iterator[tuple[str, Iterable[re.Match[str]]]]:
    """The patterns of names that count by themselves, and what they match."""
    times = (text.rfind("\n", 0, time.start()) + 1 for time in compiled(_LAST_TIME).finditer(text))
    yield _AT_TIME, (match for start in times if (match := compiled(_AT_TIME).match(text, start)))
    for regex, triggers in ((_ACCOUNT, ("account ",)), (_GAME, _GAME_TRIGGERS)):
        for starts, end in openings(lowered(text), triggers, 0, words=False):
            yield regex, matches(compiled(regex), text, starts, end)


def _is_marked(name: str) -> bool:
    """Whether it looks made up: figures or an underscore in it."""
    return compiled(r"\d{2}|_|[a-z]\d").search(name) is not None


def _may_speak(name: str) -> bool:
    return name.lower() not in _NOT_SPEAKERS and compiled(_KEY_LIKE).fullmatch(name) is None
