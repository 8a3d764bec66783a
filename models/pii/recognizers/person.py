"""Names of people where the text itself says so: a title, a field label, a greeting, a signature, a mail header.

Names in running prose need a model; these rules do not guess at them.
"""

import re
from collections.abc import Iterator

from models.pii.finding import Finding
from models.pii.recognizers import name_words as words
from models.pii.recognizers.pattern import CONTEXT, compiled, lowered, regions

UPPER = r"A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶŁĻŃŅŇŌŐŘŚŞŠŤŪŮŰŲŹŻŽŞȘȚΑ-ΩА-ЯЁ"
_WORD = (
    rf"(?:(?:[Dd]['’]|O['’]|L['’]|Mc|Mac|Al-|El-)?[{UPPER}][^\W\d_A-Z]{{1,20}}(?:['’-][^\W\d_]{{1,20}}){{0,2}}"
    rf"|[{UPPER}]{{2,20}}(?:['’-][{UPPER}]{{1,20}}){{0,2}})"
)
_INITIAL = rf"[{UPPER}]\.(?:[ ]?-?[{UPPER}]\.)?"
_PARTICLE = rf"(?:{words.PARTICLES})"
NAME = rf"(?:{_INITIAL}[ ]?)?{_WORD}(?:[ ](?:{_PARTICLE}[ ]){{0,2}}(?:{_INITIAL}[ ]?)?{_WORD}){{0,3}}"
_FULL = (
    rf"(?:{_INITIAL}[ ]?{_WORD}|{_WORD}[ ](?:{_PARTICLE}[ ]){{0,2}}(?:{_INITIAL}[ ]?)?{_WORD})(?:[ ](?:"
    rf"{_PARTICLE}[ ]){{0,2}}{_WORD}){{0,2}}"
)
_REVERSED = rf"{_WORD},[ ]{_WORD}(?:[ ](?:{_INITIAL}|{_WORD}))?"
_TITLE = (
    rf"(?:(?:{words.HONORIFICS})\.?[ ]{{1,2}}(?:(?:Dr|Prof|med|Ing|Doktor|Professor|Dipl\.-\w{{2,6}}|Mr|Mrs|Ms)\.?[ ]"
    rf"{{1,2}}){{0,3}}|Dipl\.-\w{{2,6}}\.?[ ])"
)

# The first item of a pattern that runs over whole texts is a plain set of characters or words: the engine then skips
# to them. Word boundaries before it are checked afterwards.
_HONORIFIC = (
    rf"(?:{words.HONORIFICS})\b\.?[ \n]{{1,2}}(?:(?:Dr|Prof|med|Ing|Doktor|Professor|h\.c|jur|phil|rer|"
    rf"nat|Dipl\.-\w{{2,6}}|Mr|Mrs|Ms)\.?[ ]{{1,2}}){{0,4}}"
    rf"(?P<value>(?:(?:{_PARTICLE}|die|ten)[ ]){{0,2}}{NAME})"
)
# A whole word with a full stop behind it ends a sentence.
_FULL_TITLE = (
    r"(?:Herrn?|Frau|Miss|Monsieur|Madame|Mademoiselle|Señora?|Señorita|Signora?|Meneer|Mevrouw|Senhora?|"
    r"Nurse|Officer|Detective)\.[ \n]"
)
# A high public office in the text makes the last name a public one ("President Jane Doe … Ms Doe").
_OFFICIAL = rf"(?:{words.PUBLIC_OFFICES})[ ](?:{_WORD}[ ]){{0,2}}(?P<last>{_WORD})"
_PAIR_START = (
    rf"[{UPPER}](?<![^\W_].)(?=(?:[^\W\d_]{{0,20}}(?:['’-][^\W\d_]{{1,20}})?|\.)[ ]"
    rf"(?:(?:{_PARTICLE})[ ]){{0,2}}[{UPPER}])"
)
_BEFORE_FULL = (
    rf"(?<![^\W_])(?:(?P<introduction>(?i:{words.INTRODUCTIONS}))|(?P<role>{words.ROLES})),?[ ]{{1,2}}{_TITLE}?$"
)
_OWN_NAME = (
    rf"(?<![^\W_])(?i:my name is|mein name ist|ich heiße|je m'appelle|me llamo|mi chiamo|ik heet)[ ](?P<value>{NAME})"
)
_OWN_NAME_OPENINGS = (" name is ", " name ist ", "heiße ", "m'appelle ", "me llamo ", "mi chiamo ", "ik heet ")
_SPEAKING = rf"(?<![^\W_])(?i:this is)[ ](?P<value>{_FULL}),?[ ](?:from|calling|speaking|here|writing)\b"
_AFTER_FULL = (
    r",?[ ]{1,2}\(?(?i:residing|resident of|whose address|d\.?o\.?b\b|ssn|date of birth|mrn|passport n|"
    r"geboren|geb\.|née)"
)
_LABEL_EDGE = r"[|;,(\[{\t>\n]|[.–—-][ ]|[ ]{2}"
_PRODUCT = r"[a-z] (?:AI|API|CD|CI|CLI|DB|GUI|HQ|HR|IDE|IO|IT|OS|PC|SDK|TV|UI|VM)$"
_LABEL = rf"(?:(?P<sure>{words.SURE_LABELS})|(?:{words.NAME_LABELS}))(?:[ ]?\([^)]{{1,20}}\))?"
# Behind something that can be a label, and before something that can be a name, on the next line if need be.
_LABEL_MARK = (
    rf"[:=|\t](?<=[^|;,(\[{{\t>\n].)"
    rf"(?=(?:[*_ \t]{{0,4}}\n)?[\"'*_ \t|]{{0,6}}(?:[{UPPER}d \t]|(?:and|und|et|y|e|en|&)[ ]))"
)
_LABEL_CHARS = 48
_LIST_ITEM = (
    rf"[\"'*_ \t|]{{0,6}}(?:and |und |et |y |e |en |& )?[ \t]*{_TITLE}?(?P<value>REVERSED{NAME})(?P<rest>[ "
    rf"\t]*\([^)\n]{{1,40}}\))?"
    r"(?P<sep>[ \t]*(?:[,;/&]|$|(?=\n)|(?=(?:and|und|et|y)[ ]))|(?=[ \t]{0,3}[\"'<|*_\t.]|[ ][ ]|[ ][-–—(a-z\d]))"
)
# How such a line begins, of text in lower case.
_LINE_OPENING = rf"\n[ \t>*]{{0,7}}+(?:{words.SALUTATIONS.lower()}|{words.CLOSINGS})"
_SALUTATION = (
    rf"[ \t>*]{{0,6}}(?i:{words.SALUTATIONS})[ ]{{1,2}}{_TITLE}?(?P<value>{NAME}(?:(?:[ ]and[ ]|"
    rf"[ ]&[ ]){NAME})?)[ ]?(?:[,:!;–—-]|$)"
)
_CLOSING = (
    rf"[ \t>*]{{0,6}}(?i:{words.CLOSINGS})[ ]?[,.!]?[ \t]*\n[ \t>*]*(?:\n[ \t>*]*){{0,2}}[-–—~]{{0,2}}[ ]?{_TITLE}?"
    rf"(?P<value>{NAME})[ \t]*(?:,[^\n]{{0,60}})?$"
)
_CLOSING_INLINE = rf"(?<![^\W_])(?i:{words.CLOSINGS}),[ ]{{1,2}}(?P<value>{NAME})[ \t]*[.]?[ \t]*$"
# The last comma of a line that ends with a capitalised word or a few.
_LAST_COMMA = rf", (?=[{UPPER}][^,\n]{{0,57}}(?:\n|\Z))"
_SLASH_S = rf"/s/[ ]{{0,3}}(?P<value>{NAME})"
_MAILBOX = rf"(?<![^\W_])(?P<value>{_REVERSED}|{NAME})[\"']?[ ]?$"
_MAILBOX_CHARS = 64
TITLED = "A title stands before it."
_PREFIX_CHARS = 48


class PersonRecognizer:
    """Rules, each with the reason it gives; every name passes the same check against words that are none."""

    name = "name"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield names without their titles and labels."""
        for match in compiled(_HONORIFIC).finditer(text):
            starts_word = match.start() == 0 or not text[match.start() - 1].isalnum()
            if starts_word and not compiled(_FULL_TITLE).match(text, match.start()):
                yield from self._named(match, 1, 0.1, TITLED)
        yield from self._introduced(text)
        yield from self._lines(text)
        for mark in compiled(_LABEL_MARK).finditer(text):
            yield from self._labelled(text, mark.start())
        for mark in compiled(r"[<(][\w.+'-]{1,64}@").finditer(text):
            line = max(0, mark.start() - _MAILBOX_CHARS, text.rfind("\n", 0, mark.start()) + 1)
            if mailbox := compiled(_MAILBOX).search(text, line, mark.start()):
                yield from self._named(mailbox, 1, 0.1, "It stands before a mail address.")

    def _introduced(self, text: str) -> Iterator[Finding]:
        """Full names after a person's part ("the tenant Jane Doe") or an introduction ("my name is Jane Doe")."""
        reached = 0
        for start in compiled(_PAIR_START).finditer(text):
            begin = start.start()
            match = compiled(rf"(?P<value>{_FULL})").match(text, begin) if begin >= reached else None
            if match is None:
                continue
            before = None
            if text.endswith((" ", " \n"), 0, begin):
                before = compiled(_BEFORE_FULL).search(text, max(0, begin - _PREFIX_CHARS), begin)
            if before is None:
                if compiled(_AFTER_FULL).match(text, match.end()) and _is_name(match["value"], 2):
                    reached = match.end()
                    yield from self._named(match, 2, 0.02, "Particulars of a person follow it.")
            elif before["introduction"]:
                yield from self._named(match, 2, 0.02, "The text introduces a person by it.")
            else:
                yield from self._named(match, 2, 0.02, "A word for a person's part stands before it.")
        for match in compiled("[Tt][Hh][Ii][Ss] [Ii][Ss] ").finditer(text):
            if speaking := compiled(_SPEAKING).match(text, match.start()):
                yield from self._named(speaking, 2, 0.05, "The text introduces a person by it.")
        for begin, end in regions(lowered(text), _OWN_NAME_OPENINGS):
            for match in compiled(_OWN_NAME).finditer(text, begin, end):
                yield from self._named(match, 1, 0.08, "The text introduces a person by it.")

    def _lines(self, text: str) -> Iterator[Finding]:
        """Greetings and signatures, looked for at the start and the end of each line."""
        for opening in compiled(_LINE_OPENING).finditer(f"\n{lowered(text)}"):
            begin = opening.start()
            end = text.find("\n", begin)
            end = len(text) if end < 0 else end
            if match := compiled(_SALUTATION).match(text, begin, end):
                yield from self._named(match, 1, 0.05, "It stands in a greeting.")
            if match := compiled(_CLOSING, re.MULTILINE).match(text, begin):
                yield from self._named(match, 1, 0.05, "It stands in a signature.")
        for last in compiled(_LAST_COMMA).finditer(text):
            begin = max(0, last.start() - _PREFIX_CHARS)
            begin = max(begin, text.rfind("\n", begin, last.start()) + 1)
            end = text.find("\n", last.end())
            end = len(text) if end < 0 else end
            if match := compiled(_CLOSING_INLINE).search(text, begin, end):
                yield from self._named(match, 1, 0.05, "It stands in a signature.")
        for match in compiled(rf"(?m:^){_SLASH_S}").finditer(text) if "/s/" in text else ():
            yield from self._named(match, 1, 0.05, "It stands in a signature.")

    def _labelled(self, text: str, mark: int) -> Iterator[Finding]:
        """Names after a label; a list of them is followed to its end ("Attendees: Ana, Raj and Tom")."""
        before = text[max(0, mark - _LABEL_CHARS) : mark]
        words_before = compiled(_LABEL_EDGE).split(before)[-1].strip(" *_\"'#>-•")
        if not words_before or not words_before[0].isalpha():
            return
        label = compiled(_LABEL).fullmatch(words_before.lower())
        if label is None:
            return
        position = mark + 1
        if text[mark] != ":" and not label["sure"] and words_before.islower():
            return  # an assignment in a program
        if label["sure"] and compiled(r"[*_ \t]{0,4}\n[ \t]{0,4}\S").match(text, position):
            position = text.index("\n", position) + 1
        line_end = text.find("\n", position)
        line_end = len(text) if line_end < 0 else line_end
        first = True
        several = _is_list_label(label[0])
        item_regex = _LIST_ITEM.replace("REVERSED", "" if several else f"{_REVERSED}|")
        while item := compiled(item_regex).match(text, position, line_end):
            more = bool(item["sep"].strip()) or not first
            least_words = 1 if label["sure"] or (more and several) else 2
            if least_words == 2 and compiled(_PRODUCT).search(item["value"]):
                return
            found = list(self._named(item, least_words, 0.07, "It stands after a field label for a name."))
            yield from found
            if not found or (item["sep"] == "" and not text.startswith((" and ", " und ", " et ", " y "), item.end())):
                return
            position, first = item.end(), False

    def _named(self, match: re.Match[str], least_words: int, weight: float, reason: str) -> Iterator[Finding]:
        start = match.start("value")
        value = match["value"]
        if _is_name(value, least_words):
            yield Finding(start, start + len(value), "PERSON", CONTEXT + weight, self.name, reason)


def office_holders(text: str) -> frozenset[str]:
    """Last names of people in high public offices, where the text names the office: theirs are public names in it."""
    return frozenset(match["last"] for match in compiled(_OFFICIAL).finditer(text))


def _is_list_label(label: str) -> bool:
    return re.search(r"attend|particip|present|absent|apolog|names", label, re.IGNORECASE) is not None


def _is_name(value: str, least_words: int) -> bool:
    parts = [part.strip(".,'’") for part in re.split(r"[ ,]+", value) if part]
    full = [part for part in parts if len(part) > 1 and part[0].isupper()]
    if len(full) < least_words and not (least_words == 2 and len(full) == 1 and len(parts) >= 2 and len(parts[0]) == 1):
        return False
    lower = [part.lower() for part in full]
    if any(part in words.NOT_NAMES or part.endswith(("'s", "’s")) for part in lower):
        return False
    return not any(part in words.FAMOUS for part in lower)
