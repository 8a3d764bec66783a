# ruff: noqa: E501 (patterns and word lists)
"""Streets with a house number in the middle of sentences that speak of a person: "drop it at 12 mill lane", in any case.

A street alone is talked about in any newspaper; a word for a person, and one that leads to a place, must stand before it.
"""

from collections.abc import Iterator

from models.pii.finding import Finding
from models.pii.recognizers.pattern import CONTEXT, compiled, has_any, lowered
from models.pii.recognizers.placeholder import listed

_UNIT = r"(?:(?i:flat|apt\.?|apartment|unit|room|suite|no\.?|house)[ ]?#?[\w-]{1,5},?[ ])?"
_SURE_END = r"street|str?|road|rd|lane|ln|avenue|ave|crescent|cres|terrace|gardens|grove|mews|boulevard|blvd|highway|hwy|parade|close"
_ANY_END = (
    r"Street|Str?|Road|Rd|Lane|Ln|Avenue|Ave|Drive|Dr|Court|Ct|Close|Crescent|Cres|Way|Place|Pl|Terrace|Gardens|Grove|Square|Sq|Row|Walk|Parade|"
    r"Boulevard|Blvd|Highway|Hwy|Circle|Cir|Trail|Mews|Park|Rise|View|Hill|Green|Loop|Crossing"
)
_NO_NAME = (
    r"(?!(?i:lane|way|different|main|busy|more|other|dirt|narrow|gravel|bedroom|bed|stor(?:e?y|ies)|side|back|open|public|major|local|of|new|whole|gig|gb|tb|inch|"
    r"min|minutes?|hours?|days?|weeks?|years?|months?|miles?|km|m|metres?|yards?|people|in|on|at|and|or|to|by|for|per|am|pm|percent|times|the|a|an|from|with|is|was)(?![^\W_]))"
)
_WORD = r"[^\W\d_][\w'’.-]{0,20}"
_ENGLISH = rf"{_UNIT}\d{{1,5}}[a-zA-Z]?(?:[-/]\d{{1,4}})?,?[ ]{_NO_NAME}(?:(?:{_WORD}[ ]){{1,3}}?(?i:{_SURE_END})|(?:[^\W\d_a-z][\w'’.-]{{0,20}}[ ]){{1,3}}?(?:{_ANY_END}))(?![^\W_])\.?"
_JOINED = (
    r"[^\W\d_][\w-]{1,28}(?:straße|strasse|str\.|weg|gasse|allee|platz|damm|ufer|ring|straat|laan|gracht|plein|kade|dijk|singel|gatan|vägen|veien|gata|vej|gade|katu|"
    r"tie|utca|straat)[ ]\d{1,4}(?:[ ]?[a-z](?!\w))?"
)
_FRONT = rf"(?i:calle|c/|avenida|av\.|avda\.?|paseo|plaza|carrer|camino|via|viale|corso|piazza|vicolo|rua|travessa|avenida|praça|largo|ul\.|ulica|ulicy|al\.|aleja|os\.|pl\.|jalan|jl\.|rue)[ ](?:{_WORD}[ ]){{0,4}}{_WORD},?[ ](?:n[.º°][ ]?)?\d{{1,4}}(?:[a-z](?!\w))?(?!\w)"
_BACK = r"\d{1,4}(?:[ ]?(?:bis|ter))?,?[ ](?i:rue|avenue|boulevard|bd|place|chemin|allée|impasse|quai|route|cours)[ ](?:(?:de|du|des|la|le|les|l['’]|d['’])[ ]?){0,2}[^\W\d_][\w'’-]{1,20}(?:[ -][^\W\d_a-z][\w'’-]{1,20}){0,3}"
_LAST = rf"(?:{_WORD}[ ]){{1,3}}(?:utca|út|u\.|tér|sokak|cad\.|katu|bulvár|tn\.?|iela)[ ]\d{{1,4}}\.?"
_STREET = rf"(?:{_ENGLISH}|{_BACK}|{_FRONT}|{_JOINED}|{_LAST})"
_LEADS = r"(?i:at|of|r/o|in|from|to|near|on|opposite|outside|is|visit(?:ed)?|attend(?:ed)?|address:|=|@|bei|in der|nach|en|à|au|chez|in|a|na|przy|op|aan|em|no|på|ved)"
_MENTION = rf"(?<![^\W_]){_LEADS}[ ](?:the[ ]|number[ ]|my place,[ ])?(?P<value>{_STREET})"
_SOMEONE = (
    r"(?<![^\W_])(?i:i|i'm|me|my|mine|we|us|our|he|she|his|her|him|they|their|mum|mom|dad|nan|gran|mother|father|parents?|wife|husband|partner|daughter|son|sister|brother|aunt|uncle|patient|tenant|client|"
    r"mr|mrs|ms|miss|lives?|living|lived|resid\w{2,6}|home|flat|apartment|keys?|parcel|package|pick(?:ed)?|drop(?:ped)?|send|deliver\w{0,4}|ship|address|occupant|suspect|victim|defendant|caller|arrested|suspicious|neighbou?rs?|landlord|rent|"
    r"ich|wir|er|sie|wohn\w{1,3}|meine?r?|je|nous|elle|il|habite|mon|ma|yo|vivo|vive|mi|su|él|ella|abito|abita|mio|mia|lui|lei|ik|mijn|woon\w?|moro|mora|meu|minha|mieszka\w?|jag|bor|jeg)(?![^\W_])"
)
_FAMOUS = listed(
    """
    10_downing_street 221b_baker_street 1600_pennsylvania_avenue 11_downing_street 4_privet_drive 742_evergreen_terrace 12_grimmauld_place
    124_conch_street 11_wall_street 1_infinite_loop 350_fifth_avenue 30_rockefeller_plaza 7_eccles_street 84_charing_cross_road 42_wallaby_way
    """
)
_TRIGGERS = (
    *(f" {end}" for end in ("street", "st", "road", "rd", "lane", "ln", "ave", "drive", "dr", "court", "ct", "close", "cres", "way", "place", "terr", "garden", "grove", "sq", "row",
      "walk", "parade", "blvd", "boul", "hwy", "highw", "circle", "trail", "mews", "park", "rise", "view", "hill", "green", "loop", "utca", "út", "u.", "sokak")),
    "straße", "strasse", "str.", "weg ", "gasse", "allee", "platz", "damm", "ufer", "ring ", "straat", "laan", "gracht", "plein", "kade", "dijk", "gatan", "vägen", "veien", "gata ",
    "vej ", "gade ", "katu", "calle", "c/ ", "aven", "av. ", "avda", "paseo", "plaza", "carrer", "camino", "via", "corso", "piazza", "rua ", "trav", "praça", "ul. ", "ulic",
    "aleja", "rue ", "chemin", "impasse", "quai", "jalan", "jl.",
)  # fmt: skip
_DIGIT_NEAR = r"\d"
_REACH_CHARS = 90


class StreetMentionRecognizer:
    """A preposition, then a street with a house number; before both a word that speaks of a person."""

    name = "street in a sentence"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the street with its number, and the unit before it."""
        if not has_any(lowered(text), _TRIGGERS) or not compiled(_DIGIT_NEAR).search(text):
            return
        for match in compiled(_MENTION).finditer(text):
            value = match["value"].rstrip(" .")
            before = text[max(0, match.start() - _REACH_CHARS) : match.end() - len(match["value"])]
            sentence = compiled(r"[.!?][ ]|\n\n").split(before)[-1]
            plain = "_".join(value.lower().replace(",", "").split())
            if plain in _FAMOUS or not compiled(_SOMEONE).search(sentence):
                continue
            start = match.start("value")
            reason = "A street with a house number in a sentence about a person."
            yield Finding(start, start + len(value), "ADDRESS", CONTEXT, self.name, reason)
