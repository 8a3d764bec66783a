"""Names in running prose: a known given name before a surname, or two capitalised words of which a person's act is told.

Evidence is added up: how sure the given name is (``Will`` less than ``Wilhelmina``), whether the surname is listed, and what
stands before and after ("spoke with …", "… called this morning"). Names of firms, places, streets, laws and universities, and of
people whom everybody knows, are passed over.
"""

import re
from collections.abc import Iterator

from models.pii.finding import Finding
from models.pii.recognizers import name_words as words
from models.pii.recognizers.name_lists import folded, is_doubtful, is_given, is_public, is_surname
from models.pii.recognizers.pattern import CONTEXT, compiled
from models.pii.recognizers.person import UPPER
from models.pii.recognizers.public_names import NOT_SURNAMES, THINGS

_WORD = (
    rf"(?:(?:[Dd]['’]|O['’]|L['’]|Mc|Mac|Al-|El-|De|Le|La|Di|Du|Fitz)?[{UPPER}][^\W\d_A-Z]{{1,20}}(?:['’-][^\W\d_]{{1,20}}){{0,2}}"
    rf"|[{UPPER}]{{2,20}}(?:['’-][{UPPER}]{{1,20}}){{0,2}})(?![^\W\d_])"
)
_INITIAL = rf"[{UPPER}]\.(?:[ ]?-?[{UPPER}]\.)?"
_PARTICLE = rf"(?:{words.PARTICLES}|die|ter|Van|Von|De|Der|Den|Di|Da|Del|Della|La|Le|Bin|Ibn|of)"
_RUN = rf"{_WORD}(?:[ ](?:(?:{_PARTICLE})[ ]){{0,2}}(?:{_INITIAL}[ ]?){{0,2}}{_WORD}){{1,4}}"
_START = (
    rf"[{UPPER}](?<![^\W_].)(?=[^\W\d_]{{1,20}}(?:['’-][^\W\d_]{{1,20}})?[ ](?:(?:{_PARTICLE})[ ]){{0,2}}[{UPPER}])"
)
_TOKEN = rf"{_INITIAL}|(?:{_PARTICLE})(?=[ ])|[^\s]+"
# What only a person does or has done, and what firms and authorities do as well.
_HUMAN_ACT = (
    r"[ ](?:(?:has |had |just |also |then |again |never |later )?(?:called (?:me|us|in|back|this|yesterday|again|about|to)|phoned|rang|"
    r"texted|emailed|e-mailed|asked (?:me|if she|if he|whether (?:she|he))|told (?:me|us|her|him)|lives|lived|resides|resided|"
    r"was (?:born|diagnosed|admitted|discharged|hired|fired|absent|late|prescribed|referred|arrested|married)|"
    r"is (?:married|pregnant|divorced|single|aged|a patient|on (?:sick |maternity |parental )?leave|allergic|my|\d\d)|"
    r"were married|suffers|suffered from|complains|complained of|presented with|died|passed away|stopped by|came (?:in|by|over)|"
    r"wohnt|hat (?:mich|uns|heute|gestern)|rief|m'a appelé|habite|vive en|me llamó|mi ha chiamato|abita|woont|belde|mieszka|"
    r"dzwonił|ligou|mora em)"
    r"|(?:and|und|et|y|e|en) (?:she|he|his|her|I|ich|sie|je)\b|who (?:is|was|has|lives|works)\b)"
    r"|['’]s (?:wife|husband|son|daughter|mother|father|doctor|salary|medical|health|condition|diagnosis|birthday|surgery)\b"
    r"|,? ?\((?:age|aged|born|m|f|he|she|they|\d\d)\b|,[ ]\d\d[ ,.]|,[ ](?:aged|born|a resident|who)\b"
)
_ACT = (
    r"[ ](?:(?:has |had |have |just |also |then |again |never |later |kindly |recently )?(?:called|wrote|complained|apologi[sz]ed|"
    r"asked|told|wants|wanted|would like|works (?:as|for|in|at)|worked (?:as|for|in|at)|joined|left|resigned|"
    r"attended|signed|paid|owes|owed|booked|ordered|requested|confirmed|agreed|disagreed|declined|mentioned|explained|"
    r"replied|answered|thanked|visited|moved|can be reached|prefers|needs|said (?:she|he|that|they|it|so)|"
    r"sent|gave|takes|took|picked up|dropped off|reported|submitted|received|will (?:be|call|send|join|pay|see|attend|need|take)|"
    r"is (?:due|coming|joining|leaving|out|the|our|available|unavailable)|was (?:here|there|treated|seen|promoted|dismissed|charged)|"
    r"hat|ist|arbeitet|schrieb|möchte|souhaite|travaille|trabaja|quiere|lavora|werkt|pracuje|trabalha)\b)"
    r"|['’]s (?:file|account|address|phone|number|email|request|complaint|application|appointment|order|case|claim|desk|laptop)\b"
)
_BEFORE = (
    r"(?:(?:spoke|talked|speak|talk|chatted|meeting|appointment|interview|dinner|lunch|coffee|call|catch up|checked in) (?:with|to)|"
    r"call(?: back)?|called|phone|ask|asked|told|tell|contact|emailed|email|cc|ccing|met|invite|invited|hired|fired|"
    r"remind|visited|saw|seen by|signed by|sign(?:ed)? off by|witnessed by|written by|prepared by|reviewed by|approved by|paid by|"
    r"owed (?:by|to)|sent by|on behalf of|married to|"
    r"married|engaged to|divorced from|wife of|husband of|son of|daughter of|mother of|father of|care of|c/o|attn:?|"
    r"assigned to|reports to|reporting to|treated by|referred by|represented by|"
    r"request from|message from|email from|letter from|note from|complaint from|payment (?:from|by|to)|transfer to|"
    r"refund(?:ed)? (?:to|for)|invoice for|booked for|reservation for|appointment for|results for|prescription for|record of|"
    r"file of|account of|estate of|behalf of|custody of|known as|née|named|names?|friend|colleague|neighbou?r|sister|brother|"
    r"mother|father|wife|husband|son|daughter|boss|manager|patient|client|customer|tenant|employee|nurse|witness|"
    r"I am|I'm|I’m|this is|je suis|ich bin|soy|sono|mit|von|avec|con|z|pan|pani|mgr|inż\.|hab\.|dott\.|dr|ing\.|sig\.|for|with)"
    r"[ :]{1,2}$"
)
_WEAK_BEFORE = ("for ", "with ", "mit ", "von ", "avec ", "con ", "z ")
# A part that is played in public; the name after it is in the papers.
_PRESS = (
    r"(?<![^\W_])(?i:coach|actor|actress|singer|rapper|guitarist|drummer|striker|midfielder|goalkeeper|quarterback|pitcher|forward|"
    r"captain|novelist|author|poet|composer|conductor|pianist|painter|sculptor|architect|philosopher|physicist|mathematician|"
    r"chemist|economist|filmmaker|director|comedian|presenter|senator|sen\.|congress(?:man|woman)|rep\.|minister|president|"
    r"chancellor|governor|gov\.|mayor|king|queen|prince|princess|emperor|pope|laureate|champion|billionaire|designer|"
    r"schauspieler(?:in)?|trainer|sänger(?:in)?|minister(?:in)?|kanzler(?:in)?|präsident(?:in)?|stürmer|autor(?:in)?|acteur|"
    r"chanteur|écrivain|président|ministre|entraîneur|actor|cantante|presidente|ministr[oa]|entrenador|allenatore|scrittore),?[ ]$"
)
LISTED = CONTEXT + 0.01
"""Score of a name that only the lists bear out."""
TOLD = CONTEXT + 0.04
"""Score of a name of which the words around it speak as of a person."""

_AFTER_TOKENS = 28
_ENOUGH = 3.0
_HUMAN = 2.5
_MAX_WORDS = 4


class KnownNameRecognizer:
    """Adds up what speaks for a name; see the module."""

    name = "known name"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield full names (given name and surname)."""
        reached = 0
        run = compiled(_RUN)
        for start in compiled(_START).finditer(text):
            begin = start.start()
            if begin < reached or (begin and text[begin - 1] in "_@/&'’-"):
                continue
            match = run.match(text, begin)
            if match is None:
                continue
            reached = match.end()
            yield from self._judge(text, match)

    def _judge(self, text: str, run: re.Match[str]) -> Iterator[Finding]:
        tokens = [(m.start(), m.end(), m[0]) for m in compiled(_TOKEN).finditer(text, run.start(), run.end())]
        capital = [folded(token[2].strip(".,'’")) for token in tokens]
        if any(word in THINGS for word in capital) or (run[0].isupper() and len(tokens) > 3):
            return
        after = text[run.end() : run.end() + _AFTER_TOKENS]
        if compiled(rf"[ ](?:{_LOWER_THINGS})\b|[ ](?:& |[A-Z]{{2,}}\b|GmbH|KGaA|eG\b)|[®™/@_\d(]|\.\w").match(after):
            return
        for index, (begin, _, word) in enumerate(tokens[:-1]):
            if capital[index] in words.NOT_NAMES or capital[index] in NOT_SURNAMES:
                continue
            if word.endswith(".") or compiled(_PARTICLE).fullmatch(word) or capital[index] in _PLACE_OPENINGS:
                continue
            last = _last_name(tokens, capital, index)
            if last <= index:
                continue
            end = tokens[last][1]
            if text[end - 2 : end] in ("'s", "’s"):
                end -= 2
            points = _points(
                tokens[index][2], [token[2] for token in tokens[index + 1 : last + 1] if not token[2].islower()]
            )
            if points == 0 or _is_noun(tokens[last][2]):
                continue
            strong_before, weak_before = _stands_after(text, begin)
            act = _HUMAN if compiled(_HUMAN_ACT).match(text, end) else 1.5 if compiled(_ACT).match(text, end) else 0.0
            particles = [token[2] for token in tokens[index + 1 : last] if token[2].islower()]
            if particles:
                points += 0.7 if particles != ["von"] or _may_take_particle(word, tokens[last][2]) else -0.5
            points += act + 1.5 * strong_before + 0.5 * weak_before
            if points >= _ENOUGH and act < _HUMAN and compiled(_PRESS).search(text, max(0, begin - 24), begin):
                continue
            # "Rival John Lewis": the first word may only stand before the name.
            inner = tokens[index + 1][0] if last > index + 1 and not is_given(word) else begin
            if points >= _ENOUGH and not _is_public(text[begin:end]) and not _is_public(text[inner:end]):
                why = "A known given name before a surname" if is_given(word) else "Two capitalised words"
                told = (
                    " of whom an act is told" if act else " after words that speak of a person" if strong_before else ""
                )
                score = TOLD if act or strong_before else LISTED
                yield Finding(begin, end, "PERSON", score, self.name, f"{why}{told}.")
                return


_LOWER_THINGS = (
    r"syndrome|disease|theorem|equation|algorithm|law|effect|scale|test|method|distribution|process|award|prize|trophy|"
    r"museum|university|college|school|hospital|stadium|airport|street|road|avenue|bridge|park|church|palace|castle|"
    r"foundation|institute|brand|jeans|shoes|bag|guitars?|sauce|whisk(?:e)?y|beer|wine|pizza|ice cream|album|song|novel|film|movie|"
    r"series|franchise|store|stores|shares|stock|restaurants?|hotels?|cars?|bikes?|trucks?|tractors?|era|dynasty|style"
)


_PLACE_OPENINGS = frozenset({"santa", "santo", "san", "sao", "saint", "fort", "port", "mount", "lake"})
_NOUN = r"\w{2,}(?:tion|tions|ment|ments|ness|ency|ities|ship|ism|heit|keit|heiten|keiten|schaft|schaften)"


def _is_noun(word: str) -> bool:
    """Whether a word that no list of names has ends like a noun of an idea: Frustration, Gewohnheiten."""
    plain = folded(word)
    return compiled(_NOUN).fullmatch(plain) is not None and not is_surname(word) and not is_given(word)


def _may_take_particle(first: str, last: str) -> bool:
    """Anna von Stein, but not "Art von Bau": of a word that is hardly a name, only before a listed surname."""
    return is_given(first) and (not is_doubtful(first) or is_surname(last))


def _last_name(tokens: list[tuple[int, int, str]], capital: list[str], index: int) -> int:
    """Index of the last token of a name that starts at ``index``; ``index`` itself when no surname follows."""
    last = index
    for place in range(index + 1, min(len(tokens), index + _MAX_WORDS + 2)):
        word = tokens[place][2]
        if word.endswith(".") or compiled(_PARTICLE).fullmatch(word):
            continue
        if capital[place] in words.NOT_NAMES or capital[place] in NOT_SURNAMES:
            break
        last = place
        if word.endswith(("'s", "’s")):
            break
    return last


def _points(first: str, rest: list[str]) -> float:
    """How much the words themselves speak for a name; 0 when nothing does."""
    if not rest:
        return 0.0  # nothing but initials and particles follows
    given = 0.0
    if is_given(first):
        given = 1.5 if is_doubtful(first) or len(first) < 3 else 2.5 if first.isupper() else 3.0
    tail = rest[-1].removesuffix("'s").removesuffix("’s")
    family = 0.0
    if is_surname(tail):
        family = 0.5 if is_doubtful(tail) else 1.5
    elif is_given(tail) and not is_doubtful(tail):
        family = 1.0
    if not given:
        # An unknown first word: a listed surname and an act of a person must make up for it.
        return (
            family + 0.3
            if family >= 1.0
            else 0.8
            if len(rest) == 1 and not first.isupper() and tail[1:].islower()
            else 0.0
        )
    capitals = len(first) > 2 and first.isupper() and not any(word.isupper() for word in rest)
    if capitals and not (is_given(rest[0]) or is_surname(rest[0])):
        return 0.5 + family  # an abbreviation before words of a title, unless a person's act is told
    if len(tail) < 2 or (first.isupper() != tail.isupper() and len(tail) > 1 and tail.isupper() and not family):
        return 0.0
    return given + family


def _stands_after(text: str, begin: int) -> tuple[bool, bool]:
    """Whether strong words or weak ones (a preposition only) for a person stand right before ``begin``."""
    match = compiled(rf"(?<![^\W_])(?i:{_BEFORE})").search(text, max(0, begin - 26), begin)
    if match is None:
        return False, False
    weak = match[0].lower() in _WEAK_BEFORE
    return not weak, weak


def _is_public(name: str) -> bool:
    return is_public(name) or folded(name.split()[-1].strip(".,'’")) in words.FAMOUS
