"""Characters that are drawn like ASCII ones: what each is read as, and where.

Letters of other scripts count as imitations only inside words that also hold ASCII letters or digits; a Russian or
Greek word stays what it is. Pairs are chosen after Unicode Technical Standard 39 (confusables), by eye.
"""

import unicodedata
from functools import cache

_IMITATIONS = (
    # Cyrillic
    "аa еe оo рp сc уy хx іi јj ѕs ԁd һh ԛq ԝw ѵv ӏl кk мm тt вb нh гr пn ьb ꙇi "
    "АA ВB ЕE КK МM НH ОO РP СC ТT ХX УY ЅS ІI ЈJ ԌG ԚQ ԜW ҮY ӀI ѴV З3 ЬB ԀD "
    # Greek and Coptic
    "αa οo νv ρp υu ιi κk τt χx γy ηn ωw εe σo ϲc ϳj ͻc ϹC ͿJ ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX ϒY "
    "ⲟo ⲣp ⲥc ⲁa ⲓi ⲔK ⲢP ⲤC ⲦT ⲞO ⲘM ⲚN ⲎH ⲂB ⲀA "
    # Armenian
    "օo ոn սu հh ցg զq յj աw ԱU ՕO ՏS ԼL ՍU "
    # Cherokee
    "ᎪA ᏴB ᏟC ᎠD ᎬE ᏀG ᎻH ᎫJ ᏦK ᏞL ᎷM ᏢP ᏒR ᏚS ᎢT ᏙV ᎳW ᎩY ᏃZ ᎥI ꭰd ꮪs ꮩv ꮃw ꮓz ꮯc ꭱr ꭵi "
    # Lisu
    "ꓮA ꓐB ꓚC ꓓD ꓰE ꓝF ꓖG ꓧH ꓲI ꓙJ ꓗK ꓡL ꓟM ꓠN ꓳO ꓑP ꓣR ꓢS ꓔT ꓴU ꓦV ꓪW ꓫX ꓬY ꓜZ"
)
IMITATIONS: dict[int, str] = {ord(pair[0]): pair[1] for pair in _IMITATIONS.split()}
"""Letters of other scripts, by code point; to be read so only in mixed words."""

_ALWAYS = (
    # Latin letters that no language writes among plain ones: phonetic letters and small capitals
    "ɑa ɡg ɩi ʋv ᴀA ʙB ᴄC ᴅD ᴇE ꜰF ɢG ʜH ɪI ᴊJ ᴋK ʟL ᴍM ɴN ᴏO ᴘP ꞯQ ʀR ꜱS ᴛT ᴜU ᴠV ᴡW ʏY ᴢZ "
    # Punctuation: bars, dots, slashes, colons, commas
    "−- ⁃- ˗- ‐- ‑- ⸺- ⸻- ー- ㅡ- ─- ━- ∙. ⸱. ꓸ. ۔. ∕/ ⁄/ ⟋/ ╱/ ː: ∶: ꞉: ‚, ＿_ "
)
_ALWAYS_TABLE: dict[str, str] = {pair[0]: pair[1] for pair in _ALWAYS.split()} | {"\u2800": " "}
# The long-vowel mark and the bars of tables are dashes between digits only.
DASHES_BETWEEN_DIGITS = "ーㅡ─━"
DOTS_BETWEEN_LETTERS = "。｡"
DOTS_BETWEEN_DIGITS = "·•∙⸱。｡"
for _char in DASHES_BETWEEN_DIGITS + "∙⸱":
    del _ALWAYS_TABLE[_char]

_ENCLOSED = (range(0x24B6, 0x24EA), range(0x1F130, 0x1F14A), range(0x1F150, 0x1F16A), range(0x1F170, 0x1F18A))
_LIGATURES = range(0xFB00, 0xFB07)
_LINE_BREAKS = frozenset("\u0085\u2028\u2029\v\f")
# Marks that change how a character looks but not what it says: variation selectors, keycap, grapheme joiner,
# and letters that are drawn as nothing at all.
_INVISIBLE = frozenset(
    chr(code)
    for codes in (
        (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x20E3, 0x3164, 0xFFA0, 0x180B, 0x180C, 0x180D, 0x180F),
        range(0xFE00, 0xFE10),
        range(0xE0100, 0xE01F0),
    )
    for code in codes
)
_PLAIN_CATEGORIES = frozenset({"Lu", "Ll", "Lm", "Pd", "Po", "Ps", "Pe", "Pc", "Sm", "Sc", "Nl"})
_MARKS = (
    range(0x0300, 0x0370), range(0x0483, 0x048A), range(0x1AB0, 0x1B00), range(0x1DC0, 0x1E00),
    range(0x20D0, 0x2100), range(0xFE20, 0xFE30),
)  # fmt: skip


@cache
def plain(char: str) -> str | None:
    """What ``char`` is read as wherever it stands: "" when it is not seen at all, None when it stands for itself."""
    code = ord(char)
    if char in _LINE_BREAKS:
        return "\n"
    if code < 0x80:
        return None if 0x20 <= code < 0x7F or char in "\t\n\r\x1b" else " " if 0x1C <= code < 0x20 else ""
    if char in _INVISIBLE:
        return ""
    if char in _ALWAYS_TABLE:
        return _ALWAYS_TABLE[char]
    if code in _LIGATURES:
        return unicodedata.normalize("NFKC", char)
    for letters in _ENCLOSED:
        if code in letters:
            offset = (code - letters.start) % 26
            return chr((0x61 if letters.start == 0x24B6 and code >= 0x24D0 else 0x41) + offset)
    category = unicodedata.category(char)
    if category in ("Cf", "Cc"):
        return ""
    if category == "Zs":
        return " "
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category == "Pd":
        return "-"
    if category in _PLAIN_CATEGORIES:
        compatible = unicodedata.normalize("NFKC", char)
        if len(compatible) == 1 and compatible.isascii():
            return compatible
    return None


@cache
def is_mark(char: str) -> bool:
    """Whether ``char`` is drawn over or under the one before it, in the blocks that any script shares."""
    return any(ord(char) in marks for marks in _MARKS)


@cache
def raised_digit(char: str) -> str | None:
    """The digit that a raised, lowered or enclosed one stands for (²; ₂; ②), else None."""
    digit = unicodedata.digit(char, None) if unicodedata.category(char) == "No" else None
    return None if digit is None else str(digit)
