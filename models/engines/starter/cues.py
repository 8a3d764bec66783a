"""Words that give a sentence its part in a meeting, a ticket or a compliance document."""

import re

from models.engines.starter import cues_foreign as foreign


def _cue(english: str, others: str = "") -> re.Pattern[str]:
    """A pattern of whole words, in any case."""
    return re.compile(rf"\b(?:{english}{'|' if others else ''}{others})(?!\w)", re.IGNORECASE)


DECISION = _cue(
    r"(?:was|were|is|has been|have been|it was) (?:agreed|decided|resolved|approved|rejected|adopted|chosen|accepted|"
    r"dropped|declined|refused|withdrawn|deferred|shelved|scrapped|turned down|confirmed)|"
    r"decided|settled on|let['’]s go (?:with|for|ahead)|"
    r"(?:we|all|everyone|the (?:team|group|board|committee|parties|council|members|meeting)) "
    r"(?:agreed to|chose|opted for|accepted|rejected|adopted|turned down|dismissed|settled)|"
    r"agreed(?:(?=[:,])| (?:that|on|not|the|with|a)\b)|"
    r"we(?:'ll| will)? (?:go|going) (?:with|ahead)|resolved (?:that|to)|approved|"
    r"(?:rejected|turned down|adopted) the (?:proposal|motion|request|offer|budget|plan|draft)|"
    r"voted|decision|signed off|carried|postponed|unanimous(?:ly)?|motion",
    foreign.DECISION,
)
UNDECIDED = _cue(
    r"no (?:formal |final |firm )?(?:decisions?|agreement|resolution)|"
    r"(?:(?:not|never|nothing|neither)|(?<=n['’])t)(?: yet)?(?: been| was| be)? (?:decided|agreed|resolved|approved)|"
    r"undecided|without (?:a )?decision|(?:nicht|nichts|keine?n?) (?:beschlossen|entschieden|entscheidung|beschluss)|"
    r"aucune décision|pas (?:été )?décidé|ninguna decisión|no se (?:decidió|acordó)"
)
"""Says that nothing was decided; takes back what ``DECISION`` finds in the same sentence."""
BARE_DECISION = re.compile(
    r"\W*(?:\w+\W+){0,2}(?:agreed|decided|approved|carried|einverstanden|d['’]accord)\W*(?:then)?\W*", re.IGNORECASE
)
"""Says that something was decided and not what."""
PROBLEM = _cue(
    r"errors?|fail(?:s|ed|ing|ure)?|can(?:not|'t|’t)|unable|does(?: not|n't|n’t)|did(?: not|n't|n’t)|"
    r"wo(?:n't|n’t)|crash\w*|broken|bug|issue|problem|stuck|freez\w*|froze|hang\w*|lost|loses?|missing|wrong|slow\w*|"
    r"outage|down|blank|denied|incorrect|instead of|empty|faulty|defective|"
    r"since (?:this morning|yesterday|last \w+|\w+day)|there (?:is|are|was|were) no|nothing (?:happens|works)|"
    r"refus\w*|rejected|no longer|stopped|double|twice|leak\w*|noise|damaged|late",
    foreign.PROBLEM,
)
STEPS = _cue(
    r"(?<!be )(?<!being )(?<!to )(?:tried|restart\w*|reinstall\w*|reset|clear(?:ed|ing)|reboot\w*|check(?:ed|ing)|"
    r"replac(?:ed|ing)|swapp(?:ed|ing)|updat(?:ed|ing)|upgrad(?:ed|ing)|logg(?:ed|ing) (?:out|in|off)|test(?:ed|ing)|"
    r"unplugg\w*|switched|disabl(?:ed|ing)|enabl(?:ed|ing)|re-?connect\w*|followed|attempt\w*|changed|deleted|removed|"
    r"rolled back|lowered|raised|cleaned|tightened|power-?cycl\w*|uninstall\w*)|already (?:did|done|\w+ed)|"
    r"(?:I|we|customer|user|technician) (?:have |has |had )?(?:also |already |then )?"
    r"(?:called|phoned|contacted|e-?mailed)|"
    r"(?:I|we)(?: have| had|['’]ve)? \w+(?: \w+){0,6} (?:twice|several times|repeatedly|(?:two|three|four|"
    r"five) times)|"
    r"without success|to no avail|(?:was|were) sent to the",
    foreign.STEPS,
)
STATUS = _cue(
    r"still|offline|is now|are now|"
    r"now works|works (?:now|again)|resolved|fixed|solved|escalat\w*|pending|waiting|open|closed|"
    r"persists?|remains?|"
    r"workaround|reproduc\w*|confirmed|in progress|on hold|under investigation|investigating|assigned|so far|"
    r"currently|at present|no change|helped|did not help|restored|monitoring|unused|in the meantime|meanwhile|"
    r"at the moment|right now|(?:is|are) being \w+|"
    r"on (?:the|its|his|her|their) way|has been (?:sent|ordered|informed|assigned|passed on)|"
    r"(?:in|under) review|corrected|patched|identified|it has(?: still)? not|nothing (?:has )?happened|"
    r"no (?:reply|answer|response)|looking into|(?:root )?cause (?:is|was)|waits",
    foreign.STATUS,
)
REQUEST = _cue(
    r"please|could you|can you|would like|asks? (?:for|that|us|to)|asked for|requests?|let (?:me|us) know|"
    r"send (?:me|us)|next step",
    foreign.REQUEST,
)
NEXT = _cue(
    r"please|will|need(?:s|ed)? to|could you|can you|would like|next(?! to)|must|should|asks?|asked for|requests?|"
    r"expects?|wants?|call back|get back|send (?:me|us)|let (?:me|us) know|schedul\w*|technician|refund|replacement|"
    r"deadline|by tomorrow"
)
_BEARER = (
    "party|parties|tenant|landlord|lessee|lessor|customer|client|provider|supplier|vendor|buyer|seller|purchaser|"
    "employee|employees|employer|staff|contractor|licensee|licensor|borrower|lender|insurer|insured|policyholder|"
    "processor|controller|institutions?|compan(?:y|ies)|operators?|members?|officer|manufacturers?|importers?|"
    "consultant"
)
OBLIGATION = _cue(
    r"shall|must|is required to|are required to|required|obliged|obligation|may not|is prohibited|are prohibited|"
    r"prohibited|has to|have to|ensures?|undertakes? to|is responsible for|are responsible for|needs? to|"
    r"not permitted|"
    r"forbidden|no [\w\- ]{2,40} (?:is|are) (?:allowed|permitted)|not allowed|agrees? to|"
    r"(?:is|are) to (?:be )?[a-z]{3,}|"
    rf"(?:{_BEARER}) (?:is|are) to|(?:{_BEARER}|(?:each|every) [a-z]+) (?:also |then )?"
    r"(?:pays?|provides?|delivers?|notif(?:y|ies)|bears?|returns?|keeps?|maintains?|informs?|reports?|submits?|"
    r"insures?|indemnif(?:y|ies)|grants?|appoints?)",
    foreign.OBLIGATION,
)
_NUMBER = (
    r"(?:[0-9]{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|fifteen|twenty|thirty|"
    r"forty-eight|sixty|ninety)(?: \([0-9]{1,3}\))?"
)
_UNIT = r"(?:(?:working|business|calendar|full) )?(?:hours?|days?|weeks?|months?|quarters?|years?)"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_DATE = (
    rf"(?:the )?(?:[0-9]{{1,2}}(?:st|nd|rd|th)? {_MONTH}(?: [0-9]{{4}})?|"
    rf"{_MONTH} [0-9]{{1,2}}(?:st|nd|rd|th)?(?:, [0-9]{{4}})?|"
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{4})"
)
DEADLINE = _cue(
    rf"within (?:[\w\-()]+ ){{0,4}}{_UNIT}|(?:no|not) later than|at the latest|without (?:undue )?delay|immediately|"
    r"promptly|forthwith|deadline|annually|yearly|quarterly|"
    r"(?:by|before|until) the (?:end|first|last|beginning|[0-9]{1,2}(?:st|nd|rd|th)?) (?:[\w]+ ){0,2}of|"
    r"by (?:noon|midnight|[0-9]{1,2}(?:[:.][0-9]{2})? ?(?:am|pm|a\.m|p\.m|o['’]clock))|(?:due|payable) (?:on|by|in|"
    r"within|at)|"
    r"on the (?:first|last|next|following|[0-9]{1,2}(?:st|nd|rd|th)?) (?:working |business )?day|"
    rf"(?:at least|not less than|minimum of) {_NUMBER} {_UNIT}|{_NUMBER} {_UNIT}['’]? (?:\w+ ){{0,2}}notice|"
    rf"for (?:a (?:period|term) of )?(?:at least )?{_NUMBER} {_UNIT}|"
    rf"{_NUMBER} {_UNIT} (?:from|after|before|prior to|ahead|in advance)|"
    rf"(?:once|twice|{_NUMBER} times) (?:a|per|every|each) {_UNIT}|"
    rf"(?<!percent of )(?<!% of )(?:every|each) (?:{_NUMBER} )?{_UNIT}|"
    rf"(?:by|until|before|from|effective|as of|(?<!made )(?<!signed )(?<!dated )(?<!held )(?<!place )on) {_DATE}",
    foreign.DEADLINE,
)
PENALTY = _cue(
    r"(?<!is )(?<!are )(?<!be )fines?(?! (?:print|arts?|grain|mesh))|a fine|fined|penalt(?:y|ies)|penali[sz]ed|"
    r"liable|liability|sanctions?|imprison\w*|late (?:charge|fee)s?|"
    r"surcharges?|service credits?|default interest|interest of|(?:in|for|of a|material) breach|"
    r"(?<!data )breach(?:es)? (?:of (?:this|the|these|any)|may|will|can)|"
    r"terminat\w*(?!(?:[ ,]+[^\s.;]+){0,6} notice)|revo(?:ke|ked|cation)|suspen(?:d|ded|sion)|damages|forfeit\w*|"
    r"(?:fee|price|payment|rent|bonus) (?:is|are|shall be|will be) (?:reduced|withheld)|deducted|"
    r"prosecut\w*|disciplin\w*|dismissal|withdraw\w* of",
    foreign.PENALTY,
)
MEETS_AGAIN = re.compile(
    rf"(?:(?:the )?next (?:meeting|call|session|review|date)|{foreign.MEETS_AGAIN})\b", re.IGNORECASE
)
"""Begins a sentence that says when people meet again: nobody's task."""
PARTIES = re.compile(
    r"\b(?:between .{2,120} and |applies to|apply to|hereinafter|\(the [\"“']|data controller|controller is|"
    r"processor is|parties|"
    r"supervisory authority|regulator|on behalf of|for the purposes? of this \w+, the)",
    re.IGNORECASE,
)
