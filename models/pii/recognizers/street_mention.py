"""Streets with a house number in the middle of sentences that speak of a person: "drop it at 12 mill lane", in any case.

A street alone is talked about in any newspaper; one that leads to a place must stand before it, and a word for a person
in the same sentence.
"""

import re
from collections.abc import Iterator

from models.pii.finding import Finding
from models.pii.recognizers.pattern import CONTEXT, compiled, has_any, lowered, matches, merged, near
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
_NUMBERED = rf"\d{{1,5}}[a-zA-Z]?(?:[-/]\d{{1,4}})?,?[ ]{_NO_NAME}(?:(?:{_WORD}[ ]){{1,3}}?(?i:{_SURE_END})|(?:[^\W\d_a-z][\w'’.-]{{0,20}}[ ]){{1,3}}?(?:{_ANY_END}))(?![^\W_])\.?"
_ENGLISH = rf"{_UNIT}{_NUMBERED}"
_JOINED_ENDS = (
    "straße", "strasse", "str.", "weg", "gasse", "allee", "platz", "damm", "ufer", "ring", "kamp", "stieg", "pfad", "siedlung", "chaussee", "straat", "laan", "gracht", "plein", "kade", "dijk", "singel",
    "gatan", "vägen", "veien", "gata", "vej", "gade", "katu", "tie", "utca",
)  # fmt: skip
_JOINED = rf"[^\W\d_][\w-]{{1,28}}(?:{'|'.join(map(re.escape, _JOINED_ENDS))})[ ]\d{{1,4}}(?:[ ]?[a-z](?!\w))?"
_APART_ENDS = ("Straße", "Strasse", "Str.", "Gasse", "Allee", "Weg", "Platz", "Damm", "Ufer", "Chaussee", "Landstraße")
_APART = (
    r"[^\W\d_a-z][\w'’-]{1,28}(?:er|e|en)[ ](?:[^\W\d_a-z][\w'’-]{1,28}[ ])?"
    rf"(?:{'|'.join(map(re.escape, _APART_ENDS))})[ ]\d{{1,4}}(?:[ ]?[a-z](?!\w))?"
)
"""Berliner Straße 28b, Alte Kölner Landstraße 3."""
_FRONT_WORDS = (
    "calle", "c/", "avenida", "av.", "avda.", "avda", "paseo", "plaza", "carrer", "camino", "via", "viale", "corso", "piazza", "vicolo", "rua", "travessa",
    "praça", "largo", "ul.", "ulica", "ulicy", "al.", "aleja", "os.", "pl.", "jalan", "jl.", "rue",
)  # fmt: skip
_FRONT = rf"(?i:{'|'.join(map(re.escape, _FRONT_WORDS))})[ ](?:{_WORD}[ ]){{0,4}}{_WORD},?[ ](?:n[.º°][ ]?)?\d{{1,4}}(?:[a-z](?!\w))?(?!\w)"
_BACK = r"\d{1,4}(?:[ ]?(?:bis|ter))?,?[ ](?i:rue|avenue|boulevard|bd|place|chemin|allée|impasse|quai|route|cours)[ ](?:(?:de|du|des|la|le|les|l['’]|d['’])[ ]?){0,2}[^\W\d_][\w'’-]{1,20}(?:[ -][^\W\d_a-z][\w'’-]{1,20}){0,3}"
_LAST_ENDS = ("utca", "út", "u.", "tér", "sokak", "cad.", "katu", "bulvár", "tn.", "tn", "iela")
_LAST = rf"(?:{_WORD}[ ]){{1,3}}(?:{'|'.join(map(re.escape, _LAST_ENDS))})[ ]\d{{1,4}}\.?"
_STREET = rf"(?:{_ENGLISH}|{_BACK}|{_FRONT}|{_JOINED}|{_APART}|{_LAST})"
_LEADS = r"(?i:at|of|r/o|in|from|to|near|on|opposite|outside|is|visit(?:ed)?|attend(?:ed)?|address:|=|@|bei|in d(?:er|ie|en)|an d(?:ie|er)|aus der|von der|zu[rm]|nach|en|à|au|du|de la|chez|in|a|na|przy|op|aan|em|no|på|ved)"
_MENTION = rf"(?<![^\W_]){_LEADS}[ ](?:the[ ]|number[ ]|my place,[ ])?(?P<value>{_STREET})"
_SOMEONE = (
    r"(?<![^\W_])(?i:i|i'm|me|my|mine|we|us|our|he|she|his|her|him|they|their|mum|mom|dad|nan|gran|mother|father|parents?|wife|husband|partner|daughter|son|sister|brother|aunt|uncle|patient|tenant|client|"
    r"mr|mrs|ms|miss|dame|monsieur|madame|señora?|signora?|senhora?|pani?|herr|frau|liefern|geliefert|schicken|bringen|lives?|living|lived|resid\w{2,6}|home|flat|apartment|keys?|parcel|package|paket|päckchen|colis|paquete|pacco|encomenda|pakket|paczk\w|pick(?:ed)?|drop(?:ped)?|send|deliver\w{0,4}|ship|address|occupant|suspect|victim|defendant|caller|arrested|suspicious|neighbou?rs?|landlord|rent|"
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
    "kamp ", "stieg ", "pfad ", "siedlung", "chaussee", "straße", "strasse", "str.", "weg ", "gasse", "allee", "platz", "damm", "ufer", "ring ", "straat", "laan", "gracht", "plein", "kade", "dijk", "gatan", "vägen", "veien", "gata ",
    "vej ", "gade ", "katu", "calle", "c/ ", "aven", "av. ", "avda", "paseo", "plaza", "carrer", "camino", "via", "corso", "piazza", "rua ", "trav", "praça", "ul. ", "ulic",
    "aleja", "rue ", "chemin", "impasse", "quai", "jalan", "jl.",
)  # fmt: skip
# House numbers stand behind a blank or the sign for "number".
_HOUSE = r"\d(?<=[ .º°].)"
_FRONT_TRIGGERS = tuple(f"{word} " for word in _FRONT_WORDS)
_LAST_WORDS = (*_JOINED_ENDS, *_APART_ENDS, *_LAST_ENDS)
_LAST_WORD_CHARS = 8
_LEAD_CHARS, _UNIT_CHARS, _NAME_CHARS = 24, 56, 160
"""More than a mention has up to its street, its number, and its number behind the street."""
_REACH_CHARS = 90


class StreetMentionRecognizer:
    """A preposition, then a street with a house number; in the same sentence a word that speaks of a person."""

    name = "street in a sentence"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the street with its number, and the unit before it."""
        if not has_any(lowered(text), _TRIGGERS):
            return
        starts = (
            lead.start()
            for begin, end in merged(sorted(_before_streets(text)))
            for lead in compiled(rf"(?<![^\W_])(?={_LEADS}[ ]).").finditer(text, begin, end)
        )
        for match in matches(compiled(_MENTION), text, starts, len(text)):
            value = match["value"].rstrip(" .")
            before = text[max(0, match.start() - _REACH_CHARS) : match.end() - len(match["value"])]
            sentence = compiled(r"[.!?][ ]|\n\n").split(before)[-1]
            sentence += compiled(r"[.!?](?:[ ]|$)|\n\n").split(text[match.end() : match.end() + _REACH_CHARS])[0]
            plain = "_".join(value.lower().replace(",", "").split())
            if plain in _FAMOUS or not compiled(_SOMEONE).search(sentence):
                continue
            start = match.start("value")
            reason = "A street with a house number in a sentence about a person."
            yield Finding(start, start + len(value), "ADDRESS", CONTEXT, self.name, reason)


def _before_streets(text: str) -> Iterator[tuple[int, int]]:
    """Where a mention of any street may begin: trying the whole pattern everywhere takes ten times as long."""
    numbered = compiled(f"{_NUMBERED}|{_BACK}")
    for house in compiled(_HOUSE).finditer(text):
        place = house.start()
        if text.endswith(_LAST_WORDS, max(0, place - 1 - _LAST_WORD_CHARS), place - 1):
            yield max(0, place - _NAME_CHARS), place
        elif numbered.match(text, place):
            yield max(0, place - _UNIT_CHARS), place
    for begin, end in near(lowered(text), _FRONT_TRIGGERS, _LEAD_CHARS, 0):
        if compiled(r"\d").search(text, end, end + _NAME_CHARS):
            yield begin, end
