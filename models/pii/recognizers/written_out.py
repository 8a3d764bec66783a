"""E-mail addresses and telephone numbers in words: "jane at example dot com", "oh seven seven, double two"."""

import re
from collections.abc import Iterator

from models.pii.finding import Finding
from models.pii.recognizers.number_words import rows
from models.pii.recognizers.pattern import CONTEXT, PATTERN, compiled, lowered, merged, regions
from models.pii.recognizers.placeholder import listed

_TLDS = (
    "com|org|net|edu|gov|mil|int|io|co|info|biz|me|app|dev|ai|tech|online|shop|site|email|eu|uk|de|fr|es|it|nl|be|ch|at|pl|"
    "pt|br|mx|ar|cl|pe|in|cn|jp|kr|au|nz|ca|us|se|no|dk|fi|ie|cz|sk|hu|ro|bg|hr|si|gr|tr|ru|ua|za|ng|ke|il|sg|hk|tw|example|test"
)
# Endings that are also words: "look at the dot in the middle" names no mailbox in India.
_WORD_TLDS = listed("in it me at be no us is so to co my am do app site online email test example")
_SURE_AT = r"@|arobase|arroba|chiocciola|apen?staartje|ma[łl]pa|kukac|zavin[áa][čc]|snabel-?a|krullalfa|klammeraffe|собак[аи]|ät"
_SURE_DOT = r"dot|punkt|punto|ponto|kropka|te[čc]ka|punktum|точка|nokta"
_LOOSE_DOT = r"point|punt|piste|prik"
_OPEN, _CLOSE = r"[\[({<*_|~-]{1,2}[ ]?", r"[ ]?[\])}>*_|~-]{1,2}"
_AT = rf"(?:[ ]?{_OPEN}(?:at|{_SURE_AT}){_CLOSE}[ ]?|[ ](?:at|{_SURE_AT})[ ])"
_DOT = rf"(?:[ ]?{_OPEN}(?:{_SURE_DOT}|{_LOOSE_DOT}|\.){_CLOSE}[ ]?|[ ](?:{_SURE_DOT}|{_LOOSE_DOT})[ ]|[ ]?\.[ ]?)"
_PART = r"[^\W_](?:[\w+-]{0,38}[^\W_])?"
_EMAIL = (
    rf"(?<![\w.+-])(?P<local>{_PART}(?:(?:[ ](?:{_SURE_DOT}|underscore|underline|dash|hyphen|minus|plus)[ ]|"
    rf"[ ]?{_OPEN}(?:{_SURE_DOT}|\.){_CLOSE}[ ]?|[._-]){_PART}){{0,3}})(?P<at>{_AT})"
    rf"(?P<domain>{_PART}(?:{_DOT}{_PART}){{0,3}}(?P<dot>{_DOT})(?P<top>{_TLDS}))(?![\w-])"
)
_TRIGGERS = (
    " dot ", " punkt ", " punto ", " ponto ", " kropka ", "ečka ", "ecka ", " punktum ", " точка ", " nokta ", "dot]",
    "dot)", "dot}", "dot>", "[.]", "(.)", "{.}", "at]", "at)", "at}", "at>", " @ ", "[@]", "(@)", "{@}", "<@>", "arroba",
    "arobase", "chiocciola", "staartje", "-at-", "_at_", "*at*", "|at|", "~at~", "ät)", "ät]", " ät ", "собак",
    "klammeraffe", "snabel", "małpa", "malpa", "kukac",
)  # fmt: skip
# At the start of a line the words of a mail programme; elsewhere what people say before they spell an address.
_LABEL = (
    r"(?:e-?mails?|mails?|mailto|mail me|write(?: to)?(?: me)?|reach (?:me|him|her|us)|contact|address|adresse|correo|"
    r"courriel|indirizzo|posta|adres|my (?:e-?mail|address) is|is)[ ]?[:=]?[ ]?(?:is |at |under |an |en |to )?$"
)
# Words that stand before "at" and after it in sentences, and are no mailbox and no host.
_NO_LOCALS = listed(
    """a able all also am an and are arrive arrived available away back based be been best bought buy by call came check
    come cost costs down end find free get good he her here him home i in is it join land later least live look looked
    looking looks meet met more not now of off on only open or order out over page people price priced right see sell
    shop sign site sold start starts stay stop that the them there they this time up us visit was we week were work
    worked working works you"""
)
_NO_HOSTS = listed("the a an this that these those each every one its my your our their his her noon night")
_PLAIN_HOST = rf"[ ]at[ ](?:[^\W_][\w-]{{0,40}}\.){{1,3}}(?:{_TLDS})(?![\w-])"
_CAPITALS = rf"(?<![\w.+-])[a-z0-9](?:[a-z0-9._+-]{{0,38}}[a-z0-9])?AT[a-z0-9](?:[a-z0-9-]{{0,38}}[a-z0-9])?(?:(?:DOT|\.)[a-z0-9-]{{1,40}}){{0,2}}(?:DOT|\.)(?:{_TLDS})(?![\w-])"
_GAP = r"[ ]{0,2}"
_POINT = rf"(?:{_GAP}[.,]{_GAP}|[ ]?[\[({{](?:\.|dot)[\])}}][ ]?|[ ]dot[ ])"
_GAPS = (
    rf"(?<![\w.+-])(?P<local>{_PART}(?:[._-]{_PART}){{0,3}})(?P<at>{_GAP}@{_GAP})"
    rf"(?P<domain>{_PART}(?:{_POINT}{_PART}){{0,2}}?)(?P<dot>{_POINT})(?P<top>{_TLDS})(?![\w-])"
)
_LEAST_WORDS = 6
_LEAST_DIGITS = 7


class WrittenOutRecognizer:
    """Words for "at" and "dot" between the parts of an address, and six words for digits or more in a row."""

    name = "written out"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield addresses and numbers."""
        lower = lowered(text)
        plain_hosts = compiled(_PLAIN_HOST).finditer(lower)
        near_hosts = ((max(0, host.start() - 80), min(len(text), host.end() + 1)) for host in plain_hosts)
        for start, end in (*regions(lower, _TRIGGERS), *merged(near_hosts)):
            for match in compiled(_EMAIL, re.IGNORECASE).finditer(text, start, end):
                if _is_written_out(match, text):
                    reason = "It is an e-mail address written out in words."
                    yield Finding(match.start(), match.end(), "EMAIL", PATTERN - 0.01, self.name, reason)
        for start, end in merged((max(0, at.start() - 80), at.end() + 160) for at in compiled("@").finditer(text)):
            for match in compiled(_GAPS, re.IGNORECASE).finditer(text, start, min(end, len(text))):
                if _is_gapped(match, text):
                    reason = "It is an e-mail address with spaces or a comma in it."
                    yield Finding(match.start(), match.end(), "EMAIL", PATTERN - 0.01, self.name, reason)
        if "AT" in text:
            for start, end in regions(text, ("AT",)):
                for match in compiled(_CAPITALS).finditer(text, start, end):
                    reason = "It is an e-mail address with capital letters for its signs."
                    yield Finding(match.start(), match.end(), "EMAIL", PATTERN - 0.05, self.name, reason)
        for start, end, digits, words in rows(lower):
            if words >= _LEAST_WORDS and len(digits) >= _LEAST_DIGITS and len(set(digits)) > 2:
                reason = "A long row of digits written out in words."
                yield Finding(start, end, "PHONE", CONTEXT + 0.05, self.name, reason)


def _is_written_out(match: re.Match[str], text: str) -> bool:
    """Sure with brackets, a written "dot" or a word that only means the sign; "meet at noon. me" is a sentence."""
    local, domain, top = match["local"].lower(), match["domain"].lower(), match["top"].lower()
    at, dot = match["at"].lower(), match["dot"].lower()
    host = re.findall(r"\w+", domain)[0]
    bracketed = re.search(r"[\[({<*_|~]", at) is not None
    sure_at = bracketed or re.search(_SURE_AT, at) is not None
    sure_dot = re.search(rf"(?<!\w)(?:{_SURE_DOT})(?!\w)|[\[({{<*_|~]", dot) is not None
    named = _is_named(match, text)
    marked = re.search(r"[\d._]|[ ](?:dot|punkt|punto|underscore)[ ]", local) is not None
    ends = re.match(r"\s*(?:$|[\n.,;:!?)\]}>\"'|]|(?:or|and|und|et|y|for|if|any|with|to)\b)", text[match.end() :][:8])
    if bracketed and ". " not in domain:
        return True
    if host in _NO_HOSTS or (not sure_at and local in _NO_LOCALS):
        return False
    if top in _WORD_TLDS and not (sure_at or named or marked or (sure_dot and ends)):
        return False
    if sure_dot:
        return True
    if re.search(rf"(?<!\w)(?:{_LOOSE_DOT})(?!\w)", dot):
        return sure_at
    # What is left has a plain full stop before its ending.
    return ". " not in domain and " ." not in domain and (sure_at or named or marked)


def _is_named(match: re.Match[str], text: str) -> bool:
    return compiled(_LABEL, re.IGNORECASE).search(text[max(0, match.start() - 32) : match.start()]) is not None


def _is_gapped(match: re.Match[str], text: str) -> bool:
    """Spaces around the sign or the full stop, or a comma for it; not a handle ("us @example.com") nor a new sentence."""
    at, dot, top = match["at"], match["dot"], match["top"]
    if at == "@" and dot == "." and " " not in match["domain"]:
        return False
    if " " in dot and (not top.islower() or top in _WORD_TLDS):
        return False
    if at.startswith(" ") and (match["local"].lower() in _NO_LOCALS or not at.endswith(" ")):
        return _is_named(match, text) or re.search(r"[\d._]", match["local"]) is not None
    return True
