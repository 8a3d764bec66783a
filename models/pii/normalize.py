"""Makes look-alike characters plain before matching, and maps offsets back to the original text.

People paste from PDFs, chats and word processors, where a number may hold full-width digits, no-break spaces, soft
hyphens or zero-width characters. Recognizers see plain ASCII in their place; findings point at the original.
"""

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

# Marks that change how a character looks but not what it says: variation selectors, keycap, grapheme joiner,
# and letters that are drawn as nothing at all.
_INVISIBLE = frozenset(
    chr(code) for code in (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x20E3, 0x3164, 0xFFA0)
) | frozenset(chr(code) for code in range(0xFE00, 0xFE10))
_BLANK = frozenset("\u2800")
_LINE_BREAKS = frozenset("\u0085\u2028\u2029\v\f")
_DASHES = frozenset("\u2212\u2043\u02d7")
_PLAIN_CATEGORIES = frozenset({"Lu", "Ll", "Lm", "Pd", "Po", "Ps", "Pe", "Pc", "Sm", "Sc"})


def _plain(char: str) -> str | None:
    """What ``char`` is read as: one character, "" when it is not seen at all, None when it stands for itself."""
    if char in _INVISIBLE:
        return ""
    if char in _LINE_BREAKS:
        return "\n"
    if char in _BLANK:
        return " "
    if char in _DASHES:
        return "-"
    if ord(char) < 0x80:
        return None
    category = unicodedata.category(char)
    if category == "Cf":
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


@dataclass(frozen=True, slots=True)
class Normalized:
    """``text`` to match on, and where characters were left out of the original.

    ``_kept_until[i]`` is the offset in ``text`` at which the ``i``-th left-out character of the original fell.
    """

    text: str
    _kept_until: tuple[int, ...] = ()

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that ``text[start:end]`` was read from (``start < end``), in code points."""
        if not self._kept_until:
            return start, end
        return self._original(start), self._original(end - 1) + 1

    def _original(self, offset: int) -> int:
        return offset + bisect_right(self._kept_until, offset)


def normalize(text: str) -> Normalized:
    """Read look-alike characters as plain ones; the text itself is not kept anywhere. Linear in its length."""
    if text.isascii() and "\v" not in text and "\f" not in text:
        return Normalized(text)
    table: dict[int, str] = {}
    dropped: set[str] = set()
    for char in set(text):
        plain = _plain(char)
        if plain == "":
            dropped.add(char)
        if plain is not None:
            table[ord(char)] = plain
    if not table:
        return Normalized(text)
    if not dropped:
        return Normalized(text.translate(table))
    kept_until: list[int] = []
    for index, char in enumerate(text):
        if char in dropped:
            kept_until.append(index - len(kept_until))
    return Normalized(text.translate(table), tuple(kept_until))
