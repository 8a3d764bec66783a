"""Names of people where the text itself says so: a title, a field label, a greeting, a signature, a mail header.

Names in running prose need a model; these rules do not guess at them.
"""

import re
from collections.abc import Iterator

from models.pii.finding import Finding
from models.pii.recognizers import name_words as words
from models.pii.recognizers.pattern import CONTEXT, compiled

_UPPER = r"A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶŁĻŃŅŇŌŐŘŚŞŠŤŪŮŰŲŹŻŽŞȘȚΑ-ΩА-ЯЁ"
_WORD = rf"(?:(?:[Dd]['’]|O['’]|L['’]|Mc|Mac|Al-|El-)?[{_UPPER}][^\W\d_A-Z]{{1,20}}(?:['’-][^\W\d_]{{1,20}}){{0,2}}|[{_UPPER}]{{2,20}}(?:['’-][{_UPPER}]{{1,20}}){{0,2}})"
_INITIAL = rf"[{_UPPER}]\.(?:[ ]?-?[{_UPPER}]\.)?"
_PARTICLE = rf"(?:{words.PARTICLES})"
NAME = rf"(?:{_INITIAL}[ ]?)?{_WORD}(?:[ ](?:{_PARTICLE}[ ]){{0,2}}(?:{_INITIAL}[ ]?)?{_WORD}){{0,3}}"
_FULL = rf"(?:{_INITIAL}[ ]?{_WORD}|{_WORD}[ ](?:{_PARTICLE}[ ]){{0,2}}(?:{_INITIAL}[ ]?)?{_WORD})(?:[ ](?:{_PARTICLE}[ ]){{0,2}}{_WORD}){{0,2}}"
_REVERSED = rf"{_WORD}(?:[ ]{_WORD})?,[ ]{_WORD}(?:[ ](?:{_INITIAL}|{_WORD}))?"
_TITLE = rf"(?:(?:{words.HONORIFICS})\.?[ ]{{1,2}}(?:(?:Dr|Prof|med|Ing|Doktor|Professor)\.?[ ]{{1,2}}){{0,3}})"

_HONORIFIC = rf"(?<![^\W_])(?:{words.HONORIFICS})\b\.?[ \u00a0\n]{{1,2}}(?:(?:Dr|Prof|med|Ing|Doktor|Professor|h\.c|jur|phil|rer\.|nat)\.?[ ]{{1,2}}){{0,4}}(?P<value>{NAME})"
_LINE = r"(?:^|(?<=[|;,(\[{\t>*#•\"])|(?<=[-–—.] )|(?<=  ))[ \t*_>\"'#|-]{0,8}"
_SURE = rf"{_LINE}(?i:{words.SURE_LABELS})[\"'*_ \t]{{0,4}}(?:\([^)\n]{{1,20}}\)[ ]?)?[:=|\t][\"'*_ \t|]{{0,6}}\n?[ \t]{{0,4}}(?=(?P<list>[^\n]{{2,200}}))"
_LABEL = rf"{_LINE}(?i:{words.NAME_LABELS})[\"'*_ \t]{{0,4}}(?:\([^)\n]{{1,20}}\)[ ]?)?[:=|\t][\"'*_ \t|]{{0,6}}(?=(?P<list>[^\n]{{2,400}}))"
_LIST_ITEM = rf"[ \t]*(?:and|und|et|y|e|en|&)?[ \t]*{_TITLE}?(?P<value>{_REVERSED}|{NAME})(?P<rest>[ \t]*\([^)\n]{{1,40}}\))?(?P<sep>[ \t]*(?:[,;/&]|$|\band\b|\bund\b|\bet\b|\by\b)|(?=[\"'<|*_\t]|  | [-–—(]))"
_SALUTATION = rf"^[ \t>*]{{0,6}}(?i:{words.SALUTATIONS})[ ]{{1,2}}{_TITLE}?(?P<value>{NAME}(?:(?:[ ]and[ ]|[ ]&[ ])(?:{NAME}))?)[ ]?(?:[,:!;–—\n-]|$)"
_CLOSING = rf"^[ \t>*]{{0,6}}(?i:{words.CLOSINGS})[ ]?[,.!]?[ \t]*\n[ \t>*]*(?:\n[ \t>*]*){{0,2}}[-–—~]{{0,2}}[ ]?{_TITLE}?(?P<value>{NAME})[ \t]*(?:,[^\n]{{0,60}})?(?:\n|$)"
_CLOSING_INLINE = rf"(?i:(?<![^\W_])(?:{words.CLOSINGS})),[ ]{{1,2}}(?P<value>{NAME})[ \t]*[.]?[ \t]*(?:\n|$)"
_MAILBOX = rf"(?P<value>{_REVERSED}|{NAME})[\"']?[ ]?(?:<|\()[\w.+'-]{{1,64}}@"
_INTRODUCTION = rf"(?<![^\W_])(?i:{words.INTRODUCTIONS})[ ]{{1,2}}{_TITLE}?(?P<value>{_FULL})"
_OWN_NAME = (
    rf"(?<![^\W_])(?i:my name is|mein name ist|ich heiße|je m'appelle|me llamo|mi chiamo|ik heet)[ ](?P<value>{NAME})"
)
_ROLE = rf"(?<![^\W_])(?:{words.ROLES})(?:,)?[ ]{_TITLE}?(?P<value>{_FULL})"
_SLASH_S = rf"/s/[ ]{{0,3}}(?P<value>{NAME})"


class PersonRecognizer:
    """Rules, each with the reason it gives; every name passes the same check against words that are none."""

    name = "name"

    _rules = (
        (_HONORIFIC, 0.1, 1, "A title stands before it."),
        (_SALUTATION, 0.05, 1, "It stands in a greeting."),
        (_CLOSING, 0.05, 1, "It stands in a signature."),
        (_CLOSING_INLINE, 0.05, 1, "It stands in a signature."),
        (_OWN_NAME, 0.08, 1, "The text introduces a person by it."),
        (_INTRODUCTION, 0.02, 2, "The text introduces a person by it."),
        (_ROLE, 0.02, 2, "A word for a person's part stands before it."),
        (_SLASH_S, 0.05, 2, "It stands in a signature."),
    )

    def find(self, text: str) -> Iterator[Finding]:
        """Yield names without their titles and labels."""
        for regex, weight, least_words, reason in self._rules:
            for match in compiled(regex, re.MULTILINE).finditer(text):
                yield from self._named(match.start("value"), match["value"], least_words, weight, reason)
        for regex, sure in ((_SURE, True), (_LABEL, False)):
            for match in compiled(regex, re.MULTILINE).finditer(text):
                yield from self._labelled(match, sure)
        if "@" in text:
            for match in compiled(_MAILBOX).finditer(text):
                yield from self._named(match.start("value"), match["value"], 1, 0.1, "It stands before a mail address.")

    def _labelled(self, label: re.Match[str], sure: bool) -> Iterator[Finding]:
        """Names after a label; a list of them is followed to its end ("Attendees: Ana, Raj and Tom")."""
        line, offset = label["list"], label.start("list")
        position = 0
        while item := compiled(_LIST_ITEM).match(line, position):
            value = item["value"]
            several = position > 0 or bool(item["sep"].strip())
            least_words = 1 if sure or (several and _is_list_label(label[0])) else 2
            found = list(
                self._named(
                    offset + item.start("value"), value, least_words, 0.07, "It stands after a field label for a name."
                )
            )
            if not found:
                return
            yield from found
            if not item["sep"].strip() or item.end() == position:
                return
            position = item.end()

    def _named(self, start: int, value: str, least_words: int, weight: float, reason: str) -> Iterator[Finding]:
        value = _trim(value)
        if value and _is_name(value, least_words):
            yield Finding(start, start + len(value), "PERSON", CONTEXT + weight, self.name, reason)


def _is_list_label(label: str) -> bool:
    return re.search(r"attend|particip|present|absent|apolog|names", label, re.IGNORECASE) is not None


def _trim(value: str) -> str:
    """``value`` up to the first word that cannot be in a name ("Jane Doe Department" keeps nothing useful, so goes)."""
    return value.rstrip(" ,.-") if not re.search(rf"(?:^|[ ])[{_UPPER}]\.$", value) else value


def _is_name(value: str, least_words: int) -> bool:
    parts = [part.strip(".,'’") for part in re.split(r"[ ,]+", value) if part]
    full = [part for part in parts if len(part) > 1 and part[0].isupper()]
    if len(full) < least_words and not (least_words == 2 and len(full) == 1 and len(parts) >= 2 and len(parts[0]) == 1):
        return False
    lower = [part.lower() for part in full]
    if any(part in words.NOT_NAMES for part in lower):
        return False
    return not any(part in words.FAMOUS for part in (lower[0], lower[-1]))
