"""Words that give a sentence its part in a meeting, a ticket or a compliance document."""

import datetime
import re
from dataclasses import dataclass

from models.engines.starter.dates import find_dates

DECISION = re.compile(
    r"\b(?:(?:was|were|is|has been|have been|it was) (?:agreed|decided|resolved|approved|rejected|adopted|"
    r"chosen)|decided|"
    r"(?:we|all|everyone|the (?:team|group|board|committee|parties)) agreed to|"
    r"agreed(?:(?=[:,])| (?:that|on|not|the|with|a)\b)|"
    r"we(?:'ll| will)? (?:go|going) (?:with|ahead)|resolved (?:that|to)|approved|"
    r"voted|decision|signed off|carried|postponed|unanimous(?:ly)?|motion)\b",
    re.IGNORECASE,
)
UNDECIDED = re.compile(
    r"\bno (?:formal |final |firm )?(?:decisions?|agreement|resolution)\b|"
    r"(?:\b(?:not|never|nothing|neither)|n['’]t)(?: yet)?(?: been| was| be)? (?:decided|agreed|resolved|approved)\b|"
    r"\bundecided\b|\bwithout (?:a )?decision\b",
    re.IGNORECASE,
)
"""Says that nothing was decided; takes back what ``DECISION`` finds in the same sentence."""
_NAME = r"[^\W\d_a-zß-öø-ÿ][\w'’.\-]*(?: [^\W\d_a-zß-öø-ÿ][\w'’.\-]*){0,2}"
_ACTION = re.compile(
    rf"^(?:(?i:action(?: item| point)?|todo|to do|task|"
    rf"ai)s?[ ]?[:\-–][ ]?)?(?:\[[ xX]?\] ?)?@?(?P<owner>{_NAME}(?: and {_NAME})?|We|The team)"
    rf"(?: \((?P<aside>[^)]{{1,40}})\))?(?:,)? (?:(?:will|shall|to|must|should|needs? to|is to|are to|has to|"
    rf"have to|agreed to|"
    r"promised to|volunteered to|offered to|undertook to|is going to|are going to|takes on|"
    r"is responsible for)(?: then| also| now)?) "
    r"(?P<what>[^\s].*)$",
    re.DOTALL,
)
_ASSIGNED = re.compile(
    r"^(?:\[[ xX]?\] ?)?(?:(?P<label>(?i:action(?: item| point)?|todo|to do|task)s?)[ ]?[:\-–][ ]?)?"
    rf"(?P<owner>{_NAME})[ ]?[:–—][ ]?(?P<what>\S.*)$",
    re.DOTALL,
)
_PROMISE = re.compile(r"\b(?:I(?:'|’)ll|I will|I can|I am going to|I'm going to|let me|on it)\b", re.IGNORECASE)
_LABELLED = re.compile(
    r"^(?:action(?: item| point)?|todo|to do|task)s?[ ]?[:\-–][ ]?(?P<what>\S.*)$", re.IGNORECASE | re.DOTALL
)
_NOT_OWNER = frozenset(
    [
        "This",
        "That",
        "It",
        "There",
        "The",
        "These",
        "Those",
        "They",
        "What",
        "Which",
        "Nothing",
        "Everyone",
        "Who",
        "If",
    ]
)
_DUE = re.compile(
    r"(?:,? ?\(?(?:due(?: date)?:?|by|before|until|no later than|on|for)) (?:the )?$", re.IGNORECASE
)  # stands right before the date
_DUE_WORDS = re.compile(
    r",? ?\(?\b(?:due|by|before|until) (?P<when>(?:the )?(?:end of (?:the )?(?:day|week|month|quarter|year)|"
    r"next meeting|EOD|COB|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|then|noon))\)?",
    re.IGNORECASE,
)

PROBLEM = re.compile(
    r"\b(?:errors?|fail(?:s|ed|ing|ure)?|can(?:not|'t|’t)|unable|does(?: not|n't|n’t)|did(?: not|n't|n’t)|"
    r"wo(?:n't|n’t)|crash\w*|"
    r"broken|bug|issue|problem|stuck|freez\w*|froze|hang\w*|lost|missing|wrong|slow\w*|outage|down|blank|denied|"
    r"refus\w*|"
    r"rejected|no longer|stopped|double|twice|leak\w*|noise|damaged|late)\b",
    re.IGNORECASE,
)
STEPS = re.compile(
    r"\b(?:tried|restart\w*|reinstall\w*|reset|clear(?:ed|ing)|reboot\w*|check(?:ed|ing)|replac(?:ed|ing)|"
    r"swapp(?:ed|ing)|"
    r"updat(?:ed|ing)|upgrad(?:ed|ing)|logg(?:ed|ing) (?:out|in|off)|test(?:ed|ing)|unplugg\w*|switched|"
    r"disabl(?:ed|ing)|"
    r"enabl(?:ed|ing)|re-?connect\w*|followed|attempt\w*|changed|deleted|removed|rolled back|already (?:did|done))\b",
    re.IGNORECASE,
)
STATUS = re.compile(
    r"\b(?:still|offline|is now|are now|"
    r"now works|works (?:now|again)|resolved|fixed|solved|escalat\w*|pending|waiting|open|closed|"
    r"persists?|remains?|"
    r"workaround|reproduc\w*|confirmed|in progress|on hold|under investigation|investigating|assigned|so far|"
    r"currently|at present|"
    r"no change|helped|did not help|restored|monitoring)\b",
    re.IGNORECASE,
)
REQUEST = re.compile(
    r"\b(?:please|could you|can you|would like|asks? (?:for|that|us|to)|asked for|requests?|let (?:me|us) know|"
    r"send (?:me|us)|next step)\b",
    re.IGNORECASE,
)
NEXT = re.compile(
    r"\b(?:please|will|need(?:s|ed)? to|could you|can you|would like|next|must|should|asks?|asked for|requests?|"
    r"expects?|wants?|"
    r"call back|get back|send (?:me|us)|let (?:me|us) know|schedul\w*|technician|refund|replacement|deadline|"
    r"urgent\w*|by tomorrow)\b",
    re.IGNORECASE,
)
OBLIGATION = re.compile(
    r"\b(?:shall|must|is required to|are required to|required|obliged|obligation|may not|is prohibited|"
    r"are prohibited|prohibited|"
    r"has to|have to|ensures?|undertakes? to|is responsible for|are responsible for|needs? to|not permitted|"
    r"forbidden)\b",
    re.IGNORECASE,
)
DEADLINE = re.compile(
    r"\b(?:within|no later than|not later than|at the latest|deadline|by the end of|before the end of|annually|"
    r"every|each|per) "
    r"(?:[\w\-]+ ){0,3}(?:hours?|days?|weeks?|months?|quarters?|years?)\b|\bwithout undue delay\b|"
    r"\bimmediately\b|\bannually\b|"
    r"\bquarterly\b|\b(?:by|until|before|from|on|no later than|not later than|effective|"
    r"as of) (?:the )?[0-9]{1,2}(?:st|nd|rd|th)? \w+ [0-9]{4}\b|"
    r"\b(?:by|until|before|from|on|no later than|not later than|effective|"
    r"as of) [A-Z][a-z]+ [0-9]{1,2}, [0-9]{4}\b|\bdeadline\b",
    re.IGNORECASE,
)
PENALTY = re.compile(
    r"\b(?:fines?|fined|penalt(?:y|ies)|liable|liability|sanctions?|imprison\w*|terminat\w*|(?<!data )breach(?:es)?|"
    r"revo(?:ke|ked|cation)|"
    r"suspen(?:d|ded|sion)|damages|forfeit\w*|prosecut\w*|disciplin\w*|dismissal|interest of|surcharge|"
    r"withdraw\w* of)\b",
    re.IGNORECASE,
)
PARTIES = re.compile(
    r"\b(?:between .{2,120} and |applies to|apply to|hereinafter|\(the [\"“']|data controller|controller is|"
    r"processor is|parties|"
    r"supervisory authority|regulator|on behalf of|for the purposes? of this \w+, the)",
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


def find_action(sentence: str, *, listed: bool) -> Action | None:
    """The action that a sentence gives to someone, if any; ``listed``: it stands under a heading for actions."""
    match = _ACTION.match(sentence)
    if match is not None and match["owner"].split()[0] not in _NOT_OWNER:
        what, due = _due(match["what"])
        return Action(match["owner"], what, due)
    match = _ASSIGNED.match(sentence)
    if (
        match is not None
        and (listed or match["label"] or _PROMISE.search(match["what"]))
        and match["owner"][0].isupper()
    ):
        what, due = _due(match["what"])
        return Action(match["owner"], what, due)
    match = _LABELLED.match(sentence)
    if match is not None or listed:
        what, due = _due(match["what"] if match else sentence)
        return Action("", what, due)
    return None


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
