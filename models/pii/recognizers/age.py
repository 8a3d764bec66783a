"""Ages of people, in figures or words: "aged 43", "43 y/o", "34F", "nine years old", "de 67 años".

A number of years is said of whisky, houses and firms too, and of groups ("aged 18 to 25", "over 65s"): it counts where
the words around it speak of one person.
"""

import re
from collections.abc import Iterator, Sequence

from models.pii.finding import Finding
from models.pii.kin import KIN
from models.pii.recognizers.age_words import ages_in_words
from models.pii.recognizers.name_lists import is_given, is_public
from models.pii.recognizers.pattern import CONTEXT, compiled, has_any, lowered

_OLDEST = 115
_LABEL_CHARS = 60
_LABEL_WORDS = (
    "age",
    "alter",
    "edad",
    "âge",
    "età",
    "leeftijd",
    "idade",
    "wiek",
    "ålder",
    "ikä",
    " lat ",
    "di anni",
    "alder",
)
"""Each label for an age holds one of these."""
_BEFORE_CHARS, _AFTER_CHARS = 72, 40
# What stands before is looked at behind the first character, so that the engine skips to digits.
_DIGITS = r"\d(?<![\w.,:/$€£¥%#+=-].)(?<!\d .)\d{0,2}(?![\d%°:]|/(?![MFmf](?![^\W_]))|[.,]\d|[-–]\d)"
# "y/o", "years old" and what other languages say; groups ("18-year-olds") are nobody's.
_UNIT = (
    r"[ ]?-?(?:y/o|y\.o\.|yo|yrs?[. -]{1,2}old|years?[ -]old|years? of age|-?jähriger?[nmrs]?|-?jährige|-?jarige|jaar oud|jahre alt|anni|annetti|ans|años|añitos|anos|aninhos?|jahre|jaar|jr|år gammal|år gammel|lata?|vuotias|-?letni\w{0,3}|-?årige?|-?åring|enne)"
    r"(?![^\W_]|[ ]?\+)"
)
_UNIT_OPENINGS = frozenset("yYjJaAåÅlLvVeE\u212b")
_OLD = r"[ ]?-?(?:y/o|y\.o\.|yo|yrs?[. -]{1,2}old|years?[ -]old|years? of age|-?jähriger?[nmrs]?|-?jährige|-?jarige|jaar oud|jahre alt|-?letni\w{0,3}|-?årige?|-?åring|enne)(?![^\W_])"
_CLINICAL = r"[ ]?(?:y/o|y\.o\.|yo)(?![^\W_])"
_PERSON = (
    r"man|woman|male|female|boy|girl|child|patient|pt|lady|gentleman|son|daughter|mother|father|mum|mom|dad|husband|wife|brother|sister|"
    r"grandson|granddaughter|grandmother|grandfather|nephew|niece|cousin|student|pupil|teacher|victim|suspect|defendant|applicant|claimant|"
    r"driver|nurse|widow|widower|resident|tenant|client|baby|teenager|self|partner|girlfriend|boyfriend|caucasian|smoker|m|f|"
    r"mann|frau|patientin|junge|mädchen|sohn|tochter|vater|mutter|rentner(?:in)?|schüler(?:in)?|"
    r"homme|femme|patiente|garçon|fille|fils|hombre|mujer|varón|paciente|niñ[oa]|hij[oa]|señora?|uomo|donna|paziente|ragazz[oa]|figli[oa]|"
    r"vrouw|patiënt|jongen|meisje|zoon|dochter|homem|mulher|filh[oa]|mężczyzna|kobieta|pacjent(?:ka)?|syn|córka"
)
_NEIGHBOUR = r"tenant|mw|dhr|mieterin?|nachbar(?:in)?|bewohner(?:in)?|pensionat[oa]|inquilin[oa]|vizinh[oa]|vicin[oa]|signora|signore|senhora?|voisine?|locataire|buurvrouw|buurman|bewoner|bewoonster|sąsiadk?a?|pani|pan|chłopiec|dziewczyn\w+"
_GRANDPARENT = r"oma|opa|omi|opi|bompa|bomma|gro(?:ß|ss)(?:mutter|vater)|nonn[oa]|abuel[oa]|av[óô]|babcia|dziadek|mamie|mémé|papi|pépé|gran(?:d(?:ma|pa|ad))?|nan|uncle|aunt(?:ie)?|onkel|tante|nonkel"
_OF_PERSON = rf"[ ]?(?:[^\W\d_]{{2,12}}(?:-[^\W\d_]{{2,12}})?[ ]){{0,2}}?(?:{_PERSON})(?![^\W_])"
_OF_ONE = rf"{_OF_PERSON}|[ ](?:with|who|presenting|w/|c/o|known)(?![^\W_])"
_RELATIVE = (
    r"(?:son|daughter|mother|father|mum|mom|dad|husband|wife|brother|sister|grandson|granddaughter|grandmother|grandfather|nan|gran|"
    r"nephew|niece|cousin|partner|girlfriend|boyfriend|uncle|aunt|auntie|eldest|youngest|oldest|kid|baby|boy|girl|twins|fiancée?|stepson|stepdaughter)"
)
_SUBJECT = rf"(?:(?<![^\W_])(?:I|[Hh]e|[Ss]he|[Ww]ho|[Pp]atient|[Pp]t)|(?:[Mm]y|[Hh]is|[Hh]er|[Oo]ur)[ ](?:[a-z]{{2,9}}[ ]){{0,2}}{_RELATIVE}|(?:Mr|Mrs|Ms|Miss|Dr)\.?[ ][^\W\d_]{{2,20}})"
_IS = r"(?:'m|’m|'s|’s|[ ](?:am|is|was))(?:[ ](?:only|just|now|about|nearly|almost|already|still|a|an|currently))?"
_TURNS = r"(?:'ll|’ll|'m|’m|'s|’s)?(?:[ ](?:will|just|have|has|had|am|is|was|recently|be|only))*[ ]turn(?:s|ed|ing)?"
# What may come after the bare number of "she is 43"; anything else could be a unit.
_CLOSES = r"[ ]?(?:$|[;!?)\n]|[.,](?!\d)|\\n|(?:and|but|when|now|at the time|next|this|last|on|in|with|today|tomorrow|yesterday|from|years|yrs|or so)(?![^\W_])(?![ ](?:\d|years? (?:in|at|of (?!age)|into|and|with)|a row|front)))"
_SAYS = rf"(?:{_SUBJECT}(?:{_IS}|{_TURNS})|(?i:(?<![^\W_])(?:ich bin|bin|er ist|sie ist|ist|ik ben|hij is|zij is|ze is|jag är|jeg er|han er|hun er)))[ ]$"
# What that ends in, before the blank.
_SAYS_ENDINGS = tuple(
    f"{word} "
    for word in (
        *("'m", "’m", "'s", "’s", "am", "is", "was", "only", "just", "now", "about", "nearly", "almost", "already"),
        *("still", " a", " an", "currently", "turn", "turns", "turned", "turning"),
        *("bin", "ist", "ben", "är", "er"),
    )
)
_SAYS_YEARS = (
    r"(?i:(?<![^\W_])(?:j['’]ai|il a|elle a|qui a|j['’]avais|avait|âgée?s? de|tengo|tiene|tenía|cumpl\w{1,4}|ho|ha|aveva|compio|di anni|tenho|tem|tinha|mam|ma|miał\w?|ukończył\w?)(?:[ ](?:s[oó]lo|só|apenas|seulement|même pas|à peine|déjà|ya|já|appena|già|już|tylko|około|circa|quasi|casi|quase|presque))?"
    r"|(?:hombre|mujer|paciente|varón|niñ[oa]|señora?|homem|mulher|uomo|donna|paziente|ragazz[oa]|bambin[oa]|homme|femme|patiente?|enfant|fils|fille|hij[oa]|filh[oa]|figli[oa]|utente|menor|signor[ae]?|senhora?|pani?)[,]? d[ei]|,[ ]d[ei])[ ]$"
)
_HAS = (
    r"(?i:(?:j['’]ai|(?<!qu['’])(?:il|elle) a|tengo|tiene|tenía|ho|ha|aveva|tenho|tem|tinha)(?:[ ][^\W\d_]{2,10})?)[ ]$"
)
_HAD_OF_A_THING = r"[ ](?:d[ei]|d['’]|en|nell[ao]|in)[ ]?(?!edad|idade|età|âge)"
"""Behind "has so many years": of experience, of guarantee."""
_ADDRESSED = r"(?<![^\W_])(?:Monsieur|Madame|M\.|Mme|Mlle|Herr|Frau|Signora?|Señora?|Senhora?|Dhr\.?|Mevr?(?:ouw|\.)?|Pani?),[ ]$"
_APPOSED = r"(?<![\d%€$])[,][ ]$"
_NOUN_APPOSED = rf"(?<![^\W_])(?i:{_PERSON}|{_NEIGHBOUR})(?:[ ][^\W\d_][\w-]{{0,20}}){{0,3}},[ ]$"
_NOUN_IS = rf"(?<![^\W_])(?i:{_PERSON}|{_NEIGHBOUR}|{_GRANDPARENT})(?:[ ][^\W\d_][\w-]{{0,20}}){{0,3}}[ ](?i:is|ist|wird|wordt|was|war|turns?)(?:[ ](?i:jetzt|nu|now|schon|al|bald|already|just|only|nur|erst|over|fast|bijna)){{0,2}}[ ]$"
_NOUN_IS_CLOSES = ("", " ", ",", ".", ";", "!", "?", "\n")
_AND = r"[ ](?:und|en|et|y|e|i|geworden)(?![^\W_])"
_APPOSED_CLOSES = r"[ ]?(?:,|//|\)|;|$)"
_KIN_HAS = rf"(?i:{KIN}[ ](?:a|ha|tiene|tem|ma|avait|aveva|tinha|tenía|miał\w?)(?:[ ][^\W\d_]{{2,10}})?)[ ]$"
_OF_PATIENT = r"(?<![^\W_])(?i:pat(?:ient(?:in)?)?\.?|pt\.?),?[ ]$"
_SHORT_YEARS = r"[ ]?[Jj]\.(?![^\W_])"
_AGED = r"(?<![^\W_-])(?i:aged|(?:at|of|,|\()[ ]?(?:the )?age(?: of)?|im alter von|à l['’]âge de|a la edad de|all['’]età di|op \w{2,8}ige leeftijd van|w wieku|au? âgée?|,[ ]lat|,[ ]di anni)[ ]$"
_LABEL = r"(?:^|[\n|,;{(\t]|[.][ ]|[ ]{2}|\\n|(?i:patient|current|his|her|my)[ ])[ \t\"'*]{0,8}(?i:age|alter|edad|âge|età|leeftijd|idade|wiek|ålder|alder|ikä)[\"'*]{0,2}(?:[ \t]{0,4}[:=|\t][ \t\"'*]{0,4}|[ ]?\.{3,40}[ ]?|[ ]{1,3})$"
_LABEL_CLOSES = r"[ \t]?(?:$|[,;)|\n}\"'*<]|\.(?!\d)|\\n|(?i:y|yrs?|years?|jahre|años|ans|anni|jaar|lat|anos|male|female|[mf])(?![^\W_]))"
_GROUP = r"[ ]?(?:to|until|bis|à|a|and (?:over|above|under|older|up|\d)|or (?:over|older|under|above|younger|more)|months?|weeks?|days?|hours?|minutes?|\+|[-–]|years? in|years? (?:or|and) (?:over|older|above))(?![^\W_])"
_GROUP_BEFORE = r"(?i:over|under|between|above|below|least|than|to|and|children|people|adults|those|men|women|pupils|anyone|persons|everyone|kids|workers|players)[ ](?:are |is )?(?:the )?(?:aged?|age of|ages)[ ]$"
_ABOUT_ONE = rf"(?<![^\W_])(?i:{_PERSON}|{_NEIGHBOUR}|he|she|his|her|i|my|who|died|mr|mrs|ms|patient|defendant|deceased|mother|father|son|daughter|wife|husband|er|sie|il|elle|él|ella|lui|lei)(?![^\W_])"
_SEX = r"[ ]?(?P<sex>[MF]|/[MF]|[mf])(?![^\W_])"
_SEX_BEFORE = r"(?:^|\n|\\n|[.]\s|(?i:(?<![^\W_])(?:i|i'm|me|my (?:[a-z]{2,9} ){0,2}[a-z]{2,12}|husband|wife|bf|gf|partner|pt|patient|old))[ ]?[(\[]?|[(\[])$"
_SEX_AFTER = r"[)\],]|[ ](?:w/|c/o|h/o|s/p|with|presents|presenting|admitted|pmh|known|here|brought|found|complain)"
_SEX_OF = r"(?i:(?<![^\W_])(?:i|i'm|me|pt|patient)|(?:my|his|her)[ ](?:[a-z]{2,9} ){0,2}[a-z]{2,12})[ ]?[(\[]$"
_THINGS = (
    r"(?i:house|home|building|whisk(?:e)?y|wine|car|truck|bike|company|firm|business|tree|church|bridge|castle|law|building|software|system|bug|code|tradition|"
    r"record|laptop|computer|phone|boiler|roof|engine|machine|vehicle|ship|boat|hotel|pub|school|institution|club|festival|magazine|newspaper|movie|film|song|"
    r"story|dog|cat|horse|haus|gebäude|auto|wagen|wein|firma|maison|bâtiment|voiture|vin|casa|edificio|coche|vino|garant[íi]\w{1,3}|huis|gebouw)"
)
_NAMED = r"(?<![^\W_])(?P<name>[^\W\d_a-z][^\W\d_]{1,20}(?:-[^\W\d_]{2,20})?(?:[ ](?:[^\W\d_a-z]\.|\"[^\"\n]{2,14}\"|[^\W\d_a-z][^\W\d_]{1,20}(?:[-'’][^\W\d_]{1,20})?)){1,3})(?P<mark>,[ ]|[ ]\()$"
_TITLED = r"(?<![^\W_])(?:M\.|Mme|Mlle|Mr\.?|Mrs\.?|Ms\.?|Miss|Herrn?|Frau|Hr\.|Fr\.|Sra?\.|Sig\.(?:ra)?|Dhr\.|Mevr?\.|Mw\.)[ ][^\W\d_a-z][^\W\d_]{1,20}(?:[-'’ ][^\W\d_a-z][^\W\d_]{1,20}){0,2}(?P<mark>,[ ]|[ ]\()$"
_NAMED_CLOSES = {
    ",": r",[ ](?:of|from|a |an |was|is|who|has|had|and|died|said|told|aus|von|de |die|der|di |uit|war|z )",
    "(": r"\)(?!:)",  # with a colon behind it, a count of what follows
}
_KIN = rf"(?<![^\W_])(?i:my|his|her|our)[ ](?:[a-z]{{2,9}}[ ]){{0,2}}(?i:{_RELATIVE})(?:[ ][^\W\d_a-z][^\W\d_]{{1,20}})?(?:,[ ](?:now |aged |who is )?|[ ]\((?:aged )?)$"
_MY = r"(?<![^\W_])(?i:my|his|her|our|their)[ ](?:[a-z]{2,9}[ ])?$"


class AgeRecognizer:
    """Looks at every number of years that a person can have, and at the words around it."""

    name = "age"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the numbers, with "years" where that stands behind them."""
        lower = lowered(text)
        labels = [word for word in _LABEL_WORDS if has_any(lower, (word,))]
        for match in _numbers(text):
            before = text[max(0, match.start() - _BEFORE_CHARS) : match.start()]
            after = text[match.end() : match.end() + _AFTER_CHARS]
            end = _end(before, after, labels)
            if end is not None:
                reason = "A number of years where a person's age is said."
                yield Finding(match.start(), match.end() + end, "AGE", CONTEXT, self.name, reason)


def _numbers(text: str) -> Iterator[re.Match[str]]:
    """Numbers of years that a person can have, in figures and in words."""
    for match in compiled(_DIGITS).finditer(text):
        if 0 < int(match[0]) <= _OLDEST:
            yield match
    yield from ages_in_words(text)


def _end(before: str, after: str, labels: Sequence[str]) -> int | None:
    """How many characters after the number belong to the age; None when it is none, or nobody's own.

    ``labels``: those of ``_LABEL_WORDS`` that stand in the text.
    """
    unit = compiled(_UNIT, re.IGNORECASE).match(after) if after.lstrip(" -")[:1] in _UNIT_OPENINGS else None
    if unit is not None:
        return unit.end() if _is_said_in_years(before, after, unit.end()) else None
    last = before[-1:]
    tail = before[-_LABEL_CHARS:].lower() if labels else ""
    if last and last in " :=|\t\"(.,'*" and any(word in tail for word in labels):
        if compiled(_LABEL).search(before) and compiled(_LABEL_CLOSES).match(after):
            return 0
        if compiled(_AGED).search(before[-36:]):
            return 0 if _is_one_person(before, after) else None
    if last == " " and before[-12:].lower().endswith(_SAYS_ENDINGS) and compiled(_SAYS).search(before[-56:]):
        return 0 if compiled(_CLOSES).match(after) else None
    if last == " " and after[:1] in _NOUN_IS_CLOSES and compiled(_NOUN_IS).search(before):
        return 0 if compiled(_CLOSES).match(after) or compiled(_AND).match(after) else None
    if last in (" ", "(") and after[:1] in (",", ")"):
        apposed = before.endswith(", ") and compiled(r",[ ](?!\d)").match(after)
        if _is_named(before, after) or (apposed and compiled(_NOUN_APPOSED).search(before)):
            return 0
    short = compiled(_SHORT_YEARS).match(after) if after[:2].strip()[:1] in ("J", "j") else None
    if short is not None and (compiled(_OF_PATIENT).search(before) or compiled(_TITLED).search(before)):
        return short.end()
    sex = compiled(_SEX).match(after) if after.lstrip(" /")[:1] in ("M", "F", "m", "f") else None
    if sex is None:
        return None
    stands = compiled(_SEX_BEFORE).search(before) and compiled(_SEX_AFTER, re.IGNORECASE).match(after, sex.end())
    closed = before[-1:] not in ("(", "[") or compiled(_SEX_OF).search(before)
    return sex.end() if stands and closed else None


def _is_said_in_years(before: str, after: str, end: int) -> bool:
    rest = after[end:]
    if compiled(rf"[ ]?(?:{_THINGS})").match(rest) or compiled(
        r"s(?![^\W_])|[ ]+(?:and|or) (?:over|older|under)"
    ).match(rest):
        return False
    if compiled(_CLINICAL, re.IGNORECASE).match(after) or compiled(_OF_ONE, re.IGNORECASE).match(rest):
        return True
    about_thing = compiled(rf"(?<![^\W_]){_THINGS}(?![^\W_])").search(before[-36:])
    if about_thing:
        return False
    if compiled(_HAS).search(before) and compiled(_HAD_OF_A_THING, re.IGNORECASE).match(rest):
        return False
    old = compiled(_OLD, re.IGNORECASE).match(after) is not None
    said = compiled(_SAYS).search(before[-56:]) or compiled(_SAYS_YEARS).search(before) or compiled(_KIN).search(before)
    said = (
        said
        or compiled(_LABEL).search(before)
        or compiled(_ADDRESSED).search(before)
        or compiled(_KIN_HAS).search(before)
    )
    if said or _is_named(before, ","):
        return True
    if compiled(_APPOSED).search(before) and compiled(_APPOSED_CLOSES).match(rest):
        return compiled(_ABOUT_ONE).search(before[-56:]) is not None
    if compiled(_AGED).search(before[-36:]):
        return _is_one_person(before, rest)
    return old and (compiled(_MY).search(before) is not None or compiled(_ABOUT_ONE).search(before[-24:]) is not None)


def _is_one_person(before: str, after: str) -> bool:
    if compiled(_GROUP, re.IGNORECASE).match(after) or compiled(_GROUP_BEFORE).search(before[-36:]):
        return False
    if compiled(r"(?i)(?:,|\()[ ]?(?:aged?|lat|di anni) $|^[\"'*]{0,3}aged? $").search(before):
        return True
    return compiled(_ABOUT_ONE).search(before) is not None


def _is_named(before: str, after: str) -> bool:
    """Whether a name with a listed first name or a title stands right before it: "Ann Lee, 34, of …", "Mr Lee (34)"."""
    if compiled(_KIN).search(before):
        return compiled(r"[,)]").match(after) is not None
    titled, named = compiled(_TITLED).search(before), compiled(_NAMED).search(before)
    mark = titled or named
    if mark is None or (after != "," and not compiled(_NAMED_CLOSES[mark["mark"].strip()]).match(after)):
        return False
    if titled or named is None:
        return True
    words = named["name"].split()
    return any(map(is_given, words[:-1])) and not is_public(" ".join(words)) and not is_public(" ".join(words[-2:]))
