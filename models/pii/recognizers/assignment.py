"""A name and the value given to it, in the syntaxes of settings, programs, markup and command lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.pii.recognizers.pattern import compiled, has_plain_cases, openings

_CLOSE = r"(?:\[\])?(?:\\{0,2}[\"'`\])}]){0,3}"
_TYPE = r"(?:[ \t]?:?[ ](?:string|str|char|text)\b[?\]]{0,2}|[ ]type=[\"']?string[\"']?)?"
_SEPARATOR = (
    r"(?P<sep>[:?+.!<>~|]{0,3}={1,3}>?|:(?!:)|[-–=~]{1,4}>|→|[-–—]{1,4}(?=[ ])|,|\(|>|\|"
    r"|</[\w:.-]{1,40}>\s{0,40}<[\w:.-]{1,40}>"
    r"|[\"']?[ \t,]{0,4}\s{0,40}[\"']?value[\"']?[ \t]{0,3}[=:]"
    r"|\{\s{0,20}(?:[a-z][^\n]{0,80}\n\s{0,20}){0,3}?default[ \t]{0,10}="
    r"|[ \t]{1,8})"
)
# A block of YAML, or an element of markup, may begin its value on the next line.
_BLOCK = r"(?:[|>][-+]?[ \t]{0,4}\r?\n[ \t]{1,20}|(?<=>)\s{1,40})?(?:!!str[ ])?"
# A text that is decoded where it stands: bytes.fromhex("…"), base64.b64decode("…"), Buffer.from("…").
_DECODED = r"(?:[\w.:]{0,24}(?:hex|decode|decode64|b64|from|atob|unhexlify|fromBase64|FromBase64String)!?\(\s?(?=[bru]?[\"']))?"
_VALUE = _DECODED + (
    r"(?:[@fbrLuN]{1,2}(?=[\"'`]))?(?:\\{1,2}\"(?P<escaped>[^\"\\\n]{1,256})|\"(?P<double>[^\"\n]{1,256})\"|'(?P<single>[^'\n]{1,256})'|"
    r"`(?P<tick>[^`\n]{1,256})`|(?P<bare>(?:[^\s\"'`;,&|<>]|&(?![\w.-]{1,30}=)){3,512}))"
)
_QUOTES = ("escaped", "double", "single", "tick")
_NAME_CHARS = 40
_BEFORE_TRIGGER_CHARS = 8
"""Most of a word that may stand before the literal it is found by: "mot de passe" by "pass"."""
_MAX_NESTED = 6
_SETTINGS = re.compile(r"[=:][ ]?[^\s=:]|^[A-Za-z][\w.-]*$")


@dataclass(frozen=True, slots=True)
class Assignment:
    """``name`` is the whole identifier, ``word`` what of it was looked for and ``tail`` what follows that within it.

    ``separator`` is what stood between, without white space; ``start`` and ``end`` give the value without its quotes.
    """

    name: str
    word: str
    tail: str
    separator: str
    quoted: bool
    value: str
    start: int
    end: int


def assignments(
    text: str, lower: str, words: str, triggers: Sequence[str], in_lower_case: str = ""
) -> Iterator[Assignment]:
    """Yield every value given to a name that holds one of ``words`` (a regular expression, any case).

    Whether it is a secret is for the caller to judge. ``lower`` is ``text`` in lower case, ``triggers`` are literals.
    ``in_lower_case`` finds, in lower case, all that ``words`` does, where ``words`` itself asks for capitals.
    """
    regex = compiled(
        rf"(?P<word>{words})(?P<tail>[\w.-]{{0,40}}){_CLOSE}{_TYPE}[ \t]{{0,40}}{_SEPARATOR}[ \t]{{0,40}}{_BLOCK}{_VALUE}",
        re.IGNORECASE,
    )
    # In lower case a pattern tells much sooner that none of its words stands at a place.
    word = compiled(in_lower_case or words) if not in_lower_case or has_plain_cases(text) else None
    for starts, stop in openings(lower, triggers, _BEFORE_TRIGGER_CHARS, words=False):
        position, nested_in, depth = 0, 0, 0
        for begin in starts:
            if begin < position or (word and not word.match(lower, begin, stop)):
                continue
            if not (match := regex.match(text, begin, stop)):
                continue
            position = match.end("word")
            if match.start() >= nested_in:
                nested_in, depth = match.end(), 0
            depth += 1
            if depth > _MAX_NESTED:  # a value may hold settings, but no endless row of them
                position = max(position, nested_in)
                continue
            found = _read(match, text)
            if found is not None:
                yield found
                if found.quoted:  # a text in quotes may hold settings of its own
                    position = found.start if _SETTINGS.search(found.value) else found.end


def _read(match: re.Match[str], text: str) -> Assignment | None:
    group = next((name for name in _QUOTES if match[name] is not None), "bare")
    start, end = match.span(group)
    value = match[group]
    if group != "bare":
        trimmed = value.strip(" \t\"'\\")
        start += value.find(trimmed) if trimmed else 0
        end = start + len(trimmed)
    elif match["tail"].endswith((".", "-")) and not match["sep"].strip():
        return None
    head = match.start()
    while head > 0 and match.start() - head < _NAME_CHARS and (text[head - 1].isalnum() or text[head - 1] in "_.-$"):
        head -= 1
    name = text[head : match.end("tail")]
    if match["sep"].startswith(">") and text[head - 1 : head] == " ":
        return None  # "<your password>" stands for a value; no element of markup is called so
    return Assignment(
        name, match["word"], match["tail"], match["sep"].strip(), group != "bare", text[start:end], start, end
    )
