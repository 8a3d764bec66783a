"""Numbers of years in words, as ages are written in eight languages: "seventeen", "zweiunddreißig", "trinta e dois"."""

import re
from collections.abc import Iterator

from models.pii.recognizers.number_words import values
from models.pii.recognizers.pattern import compiled, lowered, near

_POLISH = (
    "jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście trzynaście czternaście "
    "piętnaście szesnaście siedemnaście osiemnaście dziewiętnaście dwadzieścia trzydzieści czterdzieści pięćdziesiąt "
    "sześćdziesiąt siedemdziesiąt osiemdziesiąt dziewięćdziesiąt"
)
_MORE = (
    "vent trent quarant cinquant sessant settant ottant novant undici dodici tredici quattordici quindici sedici "
    "diciassette diciotto diciannove tré veinti dós trés séis dieci onze doze treze catorze quatorze quinze dezesseis "
    "dezasseis dezessete dezassete dezoito dezenove dezanove dertien veertien vijftien zestien zeventien achttien "
    "negentien duas uma una quatre-vingts vingts"
)
"""Parts of compounds (vent-uno, veinti-dós), and what ``number_words`` leaves out."""
_LANGUAGES = ("de", "es", "fr", "it", "pt", "nl")
_PARTS = sorted(
    {
        word
        for language in _LANGUAGES
        for word, digits in values(language).items()
        if digits.isdecimal() and digits != "0"
    }
    | {*_POLISH.split(), *_MORE.split()},
    key=len,
    reverse=True,
)
_PART = f"(?:{'|'.join(map(re.escape, _PARTS))})"
_JOINED = r"(?:[ -](?:et|y|e)[ -]|und|en|ën|[ -]?)"
_YEARS = r"(?=[ ](?:anni|ans|años|anos|jahre?n?|jaar|lata?)(?![^\W_]))"
_IN_YEARS = rf"(?<![^\W_]){_PART}(?:{_JOINED}{_PART}){{0,3}}{_YEARS}"
_YEAR_TRIGGERS = (" anni", " ans", " años", " anos", " jahr", " jaar", " lat")
_BEFORE, _AFTER = 40, 8

_ONES = "one|two|three|four|five|six|seven|eight|nine"
_FROM_ELEVEN = (
    r"eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    rf"(?:[- ](?:{_ONES}))?"
)
_ENGLISH_YEARS = (
    rf"(?<![\w.,:/$€£¥%#+=-])(?<!\d )(?:{_FROM_ELEVEN}|{_ONES}|ten)(?=[ -](?:years?|yrs?)[ -](?:old|of age))"
)
_ENGLISH_TRIGGERS, _ENGLISH_CHARS = (" year", "-year", " yr", "-yr"), 16
_GERMANIC = (
    r"(?:elf|zwölf|(?:drei|vier|fünf|sech|sieb|acht|neun)zehn|twaalf|(?:der|veer|vijf|zes|zeven|acht|negen)tien|"
    r"(?:[^\W\d_]{3,8}(?:und|en|ën))?(?:zwanzig|dreißig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig|twintig|dertig|"
    r"veertig|vijftig|zestig|zeventig|tachtig|negentig))"
)
_BARE = rf"(?<=[mnst,][ ])(?:{_FROM_ELEVEN}|{_GERMANIC})(?![^\W_]|-|[ ](?:years?|jahre?|jaar)(?![^\W_]))"
"""Behind a comma, or "am", "ben", "is", "ist" and the like, which the recognizer looks at."""
_BARE_TRIGGERS = (
    *("eleven", "twelve", "teen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
    *("elf", "zwölf", "zehn", "zig", "dreißig", "twaalf", "tien", "tig"),
)


def ages_in_words(text: str) -> Iterator[re.Match[str]]:
    """Numbers in words before "years", and alone from eleven on."""
    lower = lowered(text)
    for start, end in near(lower, _ENGLISH_TRIGGERS, _ENGLISH_CHARS, _ENGLISH_CHARS):
        yield from compiled(_ENGLISH_YEARS, re.IGNORECASE).finditer(text, start, end)
    for start, end in near(lower, _YEAR_TRIGGERS, _BEFORE, _AFTER):
        yield from compiled(_IN_YEARS, re.IGNORECASE).finditer(text, start, end)
    for start, end in near(lower, _BARE_TRIGGERS, 20, 16):
        yield from compiled(_BARE, re.IGNORECASE).finditer(text, start, end)
