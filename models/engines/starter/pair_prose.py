"""Values that a sentence names: "invoice no. 4471", "the total of $318.00", "my name is Rosalind Carver"."""

import re
from collections.abc import Iterator

from models.engines.starter.amounts import find_amounts
from models.engines.starter.capitals import GAP, WORD
from models.engines.starter.identifiers import NAMED

Named = tuple[str, int, int]
"""(key as written, start and end of the value in the line)."""

_SUM = re.compile(
    r"\b(?P<key>(?:(?:grand|sub|net|gross|outstanding|closing|opening|monthly|annual|yearly|hourly|daily|minimum|total|"
    r"final|unpaid|remaining|current|late|security|liquidated|administrative|base|gross|purchase|service|repair|rental)"
    r"[ -]?)?(?:total|amount(?:[ ](?:due|payable|paid|owed))?|balance(?:[ ]due)?|price|fee|fees|rent|"
    r"deposit|salary|cost|costs|premium|excess|deductible|refund|tax|VAT|wage|fine|penalty|budget|discount|charge|"
    r"damages))"
    r"(?:[ ](?:of|is|was|at|to|due|comes[ ]to|amounts[ ]to|totals|now|will[ ]be|set|up|about|around|only)){0,3}:?[ ]?$",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?:^|[|\t]|(?<! )[ ]{2,})[ \t#*>]{0,4}(?P<key>invoice|order|ticket|case|claim|incident|request|policy|file|"
    r"matter|booking|quote|receipt)[ ](?P<value>(?-i:[A-Z]{1,5}[-/])?[0-9][0-9A-Z/\-]{3,20})(?=[ ]*(?:$|[|:,–(]| - ))",
    re.IGNORECASE,
)
"""A title over a page: "Ticket 48213", "Invoice INV-2093: overdue"."""
_MONTH = r"[A-Z][a-z]{2,8}\.?"
_VALUE = (
    rf"(?:{WORD}(?:{GAP}{WORD}){{0,3}}(?![\w@])(?<![0-9])(?=[ ]*(?:$|[.,;)]|and\b|or\b))"
    r"|[\w.+%\-]{1,64}@[\w.\-]{3,80}\w|\+?[0-9(][0-9 ()/.\-]{5,20}[0-9]"
    rf"|[0-9]{{1,2}}(?:st|nd|rd|th|\.)?[ ]{_MONTH}(?:,?[ ][0-9]{{4}})?"
    rf"|{_MONTH}[ ][0-9]{{1,2}}(?:st|nd|rd|th)?(?:,?[ ][0-9]{{4}})?"
    r"|[0-9]{1,4}[./\-][0-9]{1,2}[./\-][0-9]{2,4}|[A-Z]{1,2}[0-9][0-9A-Z]?[ ][0-9][A-Z]{2})"
)
_SAID = re.compile(
    r"\b(?i:my|his|her|their|our|the|your|\w+['’]s)[ ]"
    r"(?P<key>(?:(?:first|last|full|maiden|contact|company)[ ])?name"
    r"|(?:(?:work|home|private|mobile|direct|phone|telephone|cell|fax|e-?mail)[ ])?"
    r"(?:number|address|phone|e-?mail|extension)"
    r"|date[ ]of[ ]birth|birthday|deadline|due[ ]date|postcode|zip[ ]code)"
    rf"[ ](?:is|was)[ ](?:still[ ]|now[ ]|on[ ])?(?P<value>{_VALUE})",
)


def named_values(text: str) -> Iterator[Named]:
    """Yield the values that a line of prose names, in order and without overlaps."""
    end = 0
    for key, start, stop in sorted(_all(text), key=lambda found: (found[1], -found[2])):
        if start >= end:
            yield key, start, stop
            end = stop


def _all(text: str) -> Iterator[Named]:
    for pattern in (NAMED, _BARE, _SAID):
        for match in pattern.finditer(text):
            start = match.start("value")
            yield match["key"], start, start + len(match["value"].rstrip(".-/ "))
    for amount in find_amounts(text):
        sum_before = _SUM.search(text, max(0, amount.start - 48), amount.start)
        if sum_before is not None:
            yield sum_before["key"], amount.start, amount.end
