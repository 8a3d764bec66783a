"""Handles and account names by where they stand: paths, chats, logs, threads and commands."""

import re
from collections.abc import Iterator

from models.pii.recognizers.pattern import compiled, has_any, regions
from models.pii.recognizers.placeholder import listed

_U = r"(?P<value>[A-Za-z][\w.-]{1,31}\w)"
_LOW = r"(?P<value>[a-z][A-Za-z\d._-]{1,30}[A-Za-z\d])"
# What must stand near, the form, and whether the name must have a mark of a made-up name (digit, dot, underscore).
_FORMS: tuple[tuple[tuple[str, ...], str, bool], ...] = (
    (("/home/", "/users/", "\\users\\"), rf"(?i:(?:/home|/users|(?<=[a-z]:)/users|\\users|\\\\users)[/\\]{{1,2}}){_U}(?=[/\\\s\"':]|$)", False),
    (("public_html", "~"), rf"(?<![\w/])~{_LOW}(?=/)", False),
    (("uid=", "gid="), rf"uid=\d{{1,10}}\({_U}\)", False),
    (("password for ", "publickey for ", "opened for user", "closed for user", "invalid user", "sudo:", "by user", "for user"),
     rf"(?:(?:password|publickey)[ ]for[ ](?:invalid[ ]user[ ]|(?=[\w.-]{{3,33}}(?:[ ]?(?:$|[\n:'\"(])|[ ](?:from|is|was|on|at)\b|[.][ \n]|[.]$)))|(?:opened|closed)[ ]for[ ]user[ ]|invalid[ ]user[ ]|sudo:[ ]{{1,8}}|(?:by|for)[ ]user[ ](?:['\"]|(?=[\w.-]{{3,33}}(?:[ ]?(?:$|[\n.,;:(])|[ ](?:on|at|from|in|via|was|has|by|\d)\b)))){_U}(?=[ \"'(:.,;]|$)", False),
    ((" -u ", " -l ", " -l", "--user", "-u "), r"(?:mysql\w*|ssh|su|sudo|psql|mongo\w*|rsync|login|docker[ ]login|-p[ ]\S{3,64})[ ](?:[^\n]{0,60}[ ])?(?:-[ulU]|--user(?:name)?)[ =](?P<value>[a-z][\w.-]{1,31})(?=[ \n]|$)", False),
    (("uid=", "cn="), r"(?<![\w-])(?:uid|cn)=(?P<value>[a-z][\w.-]{1,31})(?=,[ ]?(?:ou|cn|dc|o)=)", False),
    (("samaccountname", "userprincipalname", "sshuser", "ssh_user"), r"(?i:sAMAccountName|userPrincipalName|ssh_?user)[\"']?[ ]?[:=][ ]?[\"']?(?P<value>[A-Za-z][\w.-]{1,31})", False),
    (("instagram ", "insta ", "twitter ", "tiktok ", "snapchat ", "telegram ", "reddit ", "twitch ", "skype ", "ig ", "snap "), r"(?<![\w-])(?i:instagram|insta|twitter|tiktok|snapchat|telegram|reddit|twitch|skype|ig|snap)[ ](?P<value>(?=[a-z._]{0,24}[a-z]{3})[a-z][a-z._]{2,24}\d{1,4}|[a-z]{3,20}_[a-z]{2,20}\d{1,4})(?=$|[\s,;)]|\.(?:\s|$))", True),
    ((" on insta", " on ig", " on tiktok", " on twitter", " on discord", " on snap", " on telegram", " on twitch", " on reddit", " on steam", " on psn", " on venmo"), r"(?<![\w@./-])@?(?P<value>[A-Za-z][\w.-]{2,30})[ ]on[ ](?i:instagram|insta|ig|tiktok|twitter|discord|snapchat|snap|telegram|twitch|reddit|steam|psn|venmo)(?![^\W_])", True),
    (("chown", "chgrp"), rf"chown[ ](?:-R[ ])?{_LOW}(?=[:. ])", False),
    (("psql",), rf"psql[ ][^\n]{{0,60}}-U[ ]{_LOW}", False),
    (("user ", "nutzer ", "seller ", "buyer ", "member ", "account ", "benutzer ", "usuario "), r"(?<![\w-])(?:[Uu]ser|[Nn]utzer|[Ss]eller|[Bb]uyer|[Mm]ember|(?:the|an?)[ ]account|[Aa]ccount|[Bb]enutzer)[ ]['\"]?(?P<value>[A-Za-z][A-Za-z\d._-]{2,31})['\"]?[ ](?=(?:logged|logs|log|cannot|can't|could|signed|from|has[ ]been|was[ ](?:locked|disabled|deleted|created|blocked|banned|logged|removed|added)|is[ ](?:locked|logged|banned|not[ ]in)|connected|disconnected|reported|tried|failed|created|deleted|hat[ ]sich|kann|schrieb|wrote|never|posted|replied|sent)\b)", False),
    (("logged in as", "login as", "signed in as", "log in as", "authenticated as", "running as", "posting as"), r"(?:(?:logged|signed|log|sign)[ ]in[ ]as|login[ ]as:?|authenticated[ ]as|posting[ ]as)[ :]{1,2}['\"]?(?P<value>[a-z][\w.-]{2,31})", False),
    (("joined", "left the", "has left", "changed nick", "is now known"), r"(?m:^|(?<=[*>] )|(?<=\] ))(?P<value>[A-Za-z][\w.-]{2,31})[ ](?:has[ ])?(?:joined|left)[ ](?:the[ ])?(?:channel|chat|room|server|group|conversation|#)(?![ ][a-z])", False),
    (("posted by", "submitted by", "reported by", "edited by", "commented by", "uploaded by", "created by", "asked by", "answered by", "reviewed by", "approved by"),
     r"(?i:(?:posted|submitted|reported|edited|commented|uploaded|created|asked|answered|reviewed|approved)[ ]by:?[ ])(?:/?u/|@)?(?P<value>[a-z][a-z\d._-]{2,31})(?=[ ]?(?:$|[\n,(]|[ ](?:on|at|in|\d|yesterday|today|last|ago)\b))", False),
    ((" wrote:", " replied:", " said:", " writes:", "schrieb:", "a écrit", "antwortete:", "escribió:", "ha scritto", "schreef:"), r"(?m:^|(?<=> ))(?P<value>[a-z][a-z\d._-]{2,31})[ ](?:wrote|replied|said|writes|schrieb|antwortete|a écrit|escribió|ha scritto|schreef)[ ]?:", False),
    (("quoting", "replying to", "in reply to", "mentioned by"), r"(?i:quoting|replying[ ]to|in[ ]reply[ ]to|mentioned[ ]by)[ ]@?(?P<value>[a-z][a-z\d._-]{2,31})(?=[ ]?[:,])", False),
    (("todo(", "fixme(", "xxx(", "hack("), rf"(?:TODO|FIXME|XXX|HACK|NOTE)\({_LOW}\)", False),
    (("u/",), r"(?<![\w/.])/?u/(?P<value>[A-Za-z][\w-]{2,19})(?![\w/])", False),
    (("<",), r"(?m:^)(?=[^\n<]{0,20}\d[:.]?\d\d)\[?[\d.:, -]{4,20}(?:hrs)?\]?[ ]<[@+%~]?(?!U[\dA-F]{4,6}>)(?P<value>[A-Za-z_\[][\w\[\]`^|-]{2,24})>[ ](?=[^<\s][^<\n])(?!(?:is[ ]an?|are|must|may|specifies|denotes)[ ])(?![^\n]{0,400}</)", False),
    # Without a time, a word in brackets before a capital may open an entry of a dictionary: more must show the chat.
    (("<",), r"(?m:^)<[@+%~]?(?!U[\dA-F]{4,6}>)(?P<value>[A-Za-z_\[][\w\[\]`^|-]{2,24})>[ ](?=[^<\s][^<\n])(?:(?<=[\d_|^`]>[ ])|(?=[a-z])|(?=[^\n]{0,400}\n[ \t]{0,4}<[@+%~]?[\w\[\]`^|-]{2,24}>[ ]))(?!(?:is[ ]an?|are|must|may|specifies|denotes)[ ])(?![^\n]{0,400}</)", False),
    (("]",), r"(?m:^\[(?:\d{1,2}[:.]\d\d(?:[:.]\d\d)?|[\d.:, -]{4,20}|\d{4}hrs|\d{1,2}:\d\d[ ]?[apAP][mM])\][ ])(?P<value>[a-z][\w.-]{2,24})(?=:[ ]\S)", False),
    ((" - ",), r"(?m:^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-fA-F:]{3,39})[ ]\S{1,30}[ ])(?P<value>[a-z][\w.-]{2,31})(?=[ ]\[)", False),
    (("mastodon", "fosstodon", "mstdn", "@"), r"(?<![\w@./])@(?P<value>[\w.]{2,30}@(?:[\w-]{1,30}\.){1,3}[a-z]{2,12})(?![\w@])", False),
    (("ping ", "dm ", "pm "), r"(?<![\w-])(?:ping|DM|dm|PM|pm)[ ](?P<value>[a-z][\w.-]{2,31})(?=[ ](?:on|about|if|for|when)\b)", True),
    (("\\",), r"(?<![\w\\:])[A-Z][A-Z\d-]{1,14}\\{1,2}(?P<value>[a-z][a-z\d._-]{2,20})(?![\w\\])", False),
    (("it does", "pm me", "dm me"), r"(?m:^)(?P<value>[a-z][a-z\d._-]{2,31})(?=:[ ][^\n]{0,80}\b(?:PM|DM)[ ]me\b)", True),
    (("add me", "find me", "follow me", "message me", "reach me", "hit me up"), r"(?i:(?:add|find|follow|message|reach|hit)[ ]me[ ](?:up[ ])?(?:on[ ][a-z]{2,12}|at|as)?[ ]?:?[ ]?(?:as[ ]|at[ ])?)@?(?P<value>[A-Za-z][\w.]{2,30})(?![\w@])", True),
)  # fmt: skip
_AT = r"@(?<![\w@./+:=\"'`<>\[-]@)(?P<value>[A-Za-z][\w.]{1,29}\w(?!-\w)|[A-Za-z][\w-]{2,29})(?![\w/@(=$]|\.\w|[ ]?\{|[ ]?\()"
_NOT_HANDLES = listed(
    """
    here channel everyone all team media import charset font font-face keyframes page supports namespace layer container property apply
    tailwind include mixin extend use forward function return returns param params throws throw see since version author deprecated
    override test before after beforeeach aftereach beforeall afterall autowired bean component service repository controller
    restcontroller entity table column id generatedvalue nullable nonnull notnull nullable inject module input output viewchild
    property staticmethod classmethod dataclass cached_property abstractmethod pytest fixture wraps lru_cache contextmanager app
    requestmapping getmapping postmapping suppresswarnings functionalinterface safevarargs target retention documented inherited
    example code link inheritdoc type typedef callback private public protected internal todo license copyright ignore alpha beta
    default constant enum export file fileoverview global interface kind lends memberof mixes name noon next latest home work
    main master dev prod selector swagger api event slot emits ts-ignore ts-expect-error ts-nocheck babel types node vue angular react
    another escape end if else foreach for while php section yield extends csrf method error auth guest endif endforeach gmail yahoo hotmail
    """
)
_SYSTEM = listed(
    """
    admin administrator root guest anonymous postgres mysql sa system service support info test tester testuser demo everyone nobody
    www-data ubuntu ec2-user daemon public all none self shared default runner node app user users vagrant jenkins git gitlab circleci
    travis pi centos debian fedora deploy docker data bin local linuxbrew azureuser appuser vscode coder codespace name username your
    the editor hand us me you him her them reuters staff moderator moderators mod owner author bot automod someone anyone everybody
    noone nginx apache redis oracle mongodb elasticsearch kafka hdfs spark airflow backup operator sshd nfsnobody sync mail news
    he she they it i we who and or group role agent account accounts interface code guide manual error html body head div span script style
    title link meta table string int str list dict object any true false null undefined void optional required
    """
)
_NOUN = re.compile(r"^[A-Za-z][a-z]*(?:tion|ment|ness|ity|ance|ence|[a-z]{3}ing|space|ware)s?$")
_STAND_IN = re.compile(
    r"(?i)(?:my|your|some|the)[_-]?(?:org|scope|corp|company|user|name|team|handle|account|bot)(?:name|id)?\d?"
)
_DOMAIN = re.compile(r"\.(?:com|org|net|edu|gov|io|de|fr|uk|example)$", re.IGNORECASE)
"""What stands behind the sign of an address without its mailbox."""
_MARK = re.compile(r"\d|_|\.|[a-z]-[a-z]")


def find(text: str, lower: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of the names. ``lower`` is ``text`` in lower case, of the same length."""
    for triggers, form, must_have_mark in _FORMS:
        if not has_any(lower, triggers):
            continue
        for start, end in regions(lower, triggers):
            for match in compiled(form).finditer(text, start, end):
                name = match["value"].rstrip(".-")
                if compiled(r"\(\d[a-z]?\)").match(text, match.end("value")):
                    continue  # a page of a manual
                marked = _MARK.search(name) is not None
                if is_person(name) and (marked or not (must_have_mark or _NOUN.search(name))):
                    yield match.start("value"), match.start("value") + len(name)
    for match in compiled(_AT).finditer(text):
        name = match["value"].rstrip(".-")
        line = text[max(0, match.start() - 80) : match.start()]
        begins = not line.rpartition("\n")[2].strip()
        alone = begins and not text[match.end() : match.end() + 40].partition("\n")[0].strip()
        # "Follow @acme" is said of firms; of a person where the name looks made up.
        firm = compiled(r"(?i)\bfollow $").search(line) and not _MARK.search(name)
        if name.lower() in _NOT_HANDLES or alone or firm or len(name) < 3 or _is_short_capitals(name):
            continue
        if _STAND_IN.fullmatch(name) or _DOMAIN.search(name):
            continue
        if not _is_code(text, *match.span()):
            yield match.start("value"), match.start("value") + len(name)


_LINE_CHARS = 120
# What stands before a name in a line of a program: a comment's tag, a declared variable, a list of options.
_CODE_BEFORE = re.compile(
    r"^[ \t]+\*[ \t]+$|^[ \t]*(?:///?!?|--|/\*\*?|;+|dnl|\"|#[:!]?)[ \t]*$|=\S{0,80},$|[^\s,],\S{1,60},$|[a-z_]\w{0,40}\($|^[ \t]*syn(?:tax)?[ ]|(?:^|[^=!<>])=[ ]{1,2}$|[$%]\w{1,40}[ ]?,[ ]?$"
    r"|(?<![^\W_])(?:my|our|local|push|unshift|splice)[ ]?\(?$|[)}][ ](?:if|unless|for|foreach|and|or)[ ]$"
)
_CODE_AFTER = re.compile(
    r"[ \t]{0,4}(?:[-+*/.|&]{0,2}=(?!=)|->|=~|\)[ ]?(?:[;{]|->)|;[ \t]*(?:#|//|$)|[#\\]|//|\[[$\d]|:\w{2,30}=)"
)
# What makes a whole line one of a program: sigils, arrows, scopes, and a statement's end.
_CODE_LINE = re.compile(
    r"\$[a-z_{]\w{0,40}[ ]?(?:[-=,;)\[{]|$)|\w::\w|\w->[\w\[{]|[ ]=~[ ]|[)}\]\"'];[ \t]*$|\{[ \t]*$|\\n\""
)


_COMMENT = re.compile(r"^[ \t]+\*[ ]|^[ \t]*/\*")


def _is_code(text: str, start: int, end: int) -> bool:
    """Whether the sign before ``text[start:end]`` is one of a program: of an array, a tag in a comment, a decorator."""
    before = text[max(0, start - _LINE_CHARS) : start].rpartition("\n")[2]
    after = text[end : end + _LINE_CHARS].partition("\n")[0]
    if "`" in after and before.count("`") % 2:
        return True
    if _COMMENT.search(before) and not _MARK.search(text, start, end):
        return True
    if _CODE_BEFORE.search(before) or _CODE_LINE.search(before + text[start:end] + after):
        return True
    follows = _CODE_AFTER.match(after)
    return follows is not None and (follows[0].strip() not in ("#", "//", "\\") or not before.strip(" \t>."))


def _is_short_capitals(name: str) -> bool:
    """``INC``, ``ARGV``, ``NASA``: a variable or a body, no person."""
    return name.isupper() and ("_" in name or (name.isalpha() and len(name) <= 6))


def is_person(name: str) -> bool:
    """False for accounts of systems and roles, and for words that are no account."""
    return (
        name.lower() not in _SYSTEM
        and len(name) > 2
        and not re.fullmatch(r"(?:guest|user|test)[_-]?\d*", name.lower())
        and not _STAND_IN.fullmatch(name)
    )
