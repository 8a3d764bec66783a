"""Who does what until when: the action that a sentence of a meeting gives to someone."""

import datetime
import re
from collections.abc import Collection
from dataclasses import dataclass

from models.engines.starter.cues import MEETS_AGAIN
from models.engines.starter.dates import find_dates
from models.engines.starter.gazetteer import is_sure_given_name

_NAME = r"[^\W\d_a-zß-öø-ÿ][\w'’.\-]*(?: [^\W\d_a-zß-öø-ÿ][\w'’.\-]*){0,2}"
_KIND = r"(?i:action(?: item| point)?|todo|to do|task|aufgabe|tâche|tarea|acción|ai)s?"
_ROLE = (
    "treasurer|secretary|chair|chairman|chairwoman|caretaker|agent|landlord|tenant|architect|manager|office|board|"
    "committee|supplier|director|engineer|accountant|lawyer|solicitor|contractor|pharmacy|team|union|school|council"
)
_WILL = (
    "will|shall|to|must|should|needs? to|is to|are to|has to|have to|agreed to|promised to|volunteered to|"
    "volunteers to|offered to|offers to|undertook to|is going to|are going to|takes on|took on|is tasked with|"
    "was asked to|is asked to|has been asked to|have been asked to|was told to|has agreed to|has offered to|"
    "is responsible for|wird|werden|soll|sollen|muss|übernimmt|va|doit|devra|"
    "se charge de|se encarga de|va a|debe|deberá"
)
_ACTION = re.compile(
    rf"^(?:{_KIND}[ ]?[:\-–][ ]?)?(?:\[[ xX]?\] ?)?@?"
    rf"(?P<owner>The (?:\w+ )?(?:{_ROLE})(?!\w)|{_NAME}(?: and {_NAME})?|We)"
    rf"(?: \((?P<aside>[^)]{{1,40}})\))?(?:,)? (?:(?:{_WILL})(?: then| also| now)?) (?P<what>[^\s].*)$",
    re.DOTALL,
)
_ASSIGNED = re.compile(
    rf"^(?:\[[ xX]?\] ?)?(?:(?P<label>{_KIND})[ ]?[:\-–][ ]?)?(?P<owner>{_NAME})[ ]?[:–—][ ]?(?P<what>\S.*)$",
    re.DOTALL,
)
_PROMISE = re.compile(r"\b(?:I(?:'|’)ll|I will|I can|I am going to|I'm going to|let me|on it)\b", re.IGNORECASE)
_PROMISED = re.compile(
    r"^(?:(?:ok(?:ay)?|yes|sure|fine|good|great|then|and|alright|right|so|today|tomorrow|first|after that)[,.]? )*"
    r"(?:I(?:'|’)ll|I will|I can|I am going to|I'm going to|let me|ich werde|je vais|voy a) (?P<what>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_ASKED = re.compile(
    rf"^(?:(?i:and|then|ok(?:ay)?|please)[,.]? )*(?P<owner>{_NAME}),? (?i:could|can|would|will) you(?: please)? "
    r"(?P<what>[^?]{8,300})\?",
    re.DOTALL,
)
_DOES = re.compile(r"[a-z]{2,}s\b")
"""Present tense, which is a task where it has a due date: "Hugo sends the note by Friday"."""
_LABELLED = re.compile(rf"^{_KIND}[ ]?[:\-–][ ]?(?P<what>\S.*)$", re.DOTALL)
_OTHERS = """
This That It There The These Those They What Which Nothing Everyone Who If Next He She You I Please Today Yes No Also
When Then
"""
_NOT_OWNER = frozenset(_OTHERS.split())
_DUE = re.compile(
    r"(?:,? ?\(?(?:due(?: date)?:?|by|before|until|no later than|on|for|bis(?: zum)?|vor|avant|d['’]ici|jusqu['’]au|"
    r"hasta|antes del?))(?: the| le| el)? $",
    re.IGNORECASE,
)
"""Stands right before the date."""
_DUE_WORDS = re.compile(
    r",? ?\(?\b(?:due|by|before|until) (?P<when>(?:the )?(?:end of (?:the )?(?:day|week|month|quarter|year)|"
    r"next meeting|EOD|COB|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|then|noon))\)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Action:
    """Who does what until when, in the words of the text; ``owner`` and ``due`` may be empty."""

    owner: str
    what: str
    due: str

    def line(self) -> str:
        """The action as a Markdown bullet."""
        owner = f"{self.owner}: " if self.owner else ""
        return f"- {owner}{self.what}" + (f" (due {self.due})" if self.due else "")


def find_action(sentence: str, *, listed: bool, speaker: str = "", people: Collection[str] = ()) -> Action | None:
    """The action that a sentence gives to someone, if any.

    ``listed``: it stands under a heading for actions. ``speaker`` is who says it, where the text is a conversation.
    ``people`` are names and parts of names of those who take part.
    """
    if MEETS_AGAIN.match(sentence):
        return None
    promise = _PROMISED.match(sentence) if speaker else None
    if promise is not None:
        return _made(speaker, promise["what"])
    asked = _ASKED.match(sentence)
    if asked is not None and asked["owner"] not in _NOT_OWNER:
        return _made(asked["owner"], asked["what"])
    match = _ACTION.match(sentence)
    if match is not None and (match["owner"].split()[0] not in _NOT_OWNER or match["owner"].startswith("The ")):
        return _made(match["owner"], match["what"])
    first, _, rest = sentence.partition(" ")
    if first in people and _DOES.match(rest):
        does = _made(first, rest)
        if does.due:
            return does
    match = _ASSIGNED.match(sentence)
    if match is not None and (listed or match["label"] or _PROMISE.search(match["what"])):
        return _made(match["owner"], match["what"])
    match = _LABELLED.match(sentence)
    if match is None and not listed:
        return None
    what = match["what"] if match else sentence
    first, _, rest = what.partition(" ")
    if rest[:1].islower() and (first in people or is_sure_given_name(first)):
        return _made(first, rest)
    return _made("", what)


def _made(owner: str, what: str) -> Action:
    """The action, with what closes it as its due date: a date, or words for one."""
    what, due = _due(what)
    return Action(owner, what, due)


def _due(what: str) -> tuple[str, str]:
    """The action without its closing date, and that date in the words of the text."""
    what = what.strip()
    bare = what.rstrip(".!; ")
    for date in reversed(find_dates(bare, datetime.date(2000, 1, 1))):  # only the words of the date are used
        before = _DUE.search(bare, max(0, date.start - 24), date.start)
        if (before is not None and before[0].strip(" ,(").lower() not in {"on", "for"}) or (
            before and date.end >= len(bare) - 1
        ):
            return _cut(bare, before.start() if before else date.start, date.end), date.text
    match = _DUE_WORDS.search(bare)
    if match is not None:
        return _cut(bare, *match.span()), match["when"]
    return bare, ""


def _cut(text: str, start: int, end: int) -> str:
    """Leave the due date out where it closes the phrase, keep it inside where words follow."""
    rest = text[end:].strip(" )")
    return text[:start].rstrip(" ,(") if not rest else text
