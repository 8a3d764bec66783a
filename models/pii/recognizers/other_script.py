"""Passages in a script that the check for names does not read: the gate stays closed where it cannot look.

Names, addresses and what is said of a person are found by a model and lists that know Latin letters only. Identifiers
are found in any script.
"""

import unicodedata
from collections.abc import Iterator

from models.pii.finding import Finding
from models.pii.recognizers.pattern import CONTEXT, compiled

LEAST_LETTERS = 16
"""Letters of a passage in an alphabet; a short word among Latin ones (a greeting, a loan word) is let through."""
LEAST_SIGNS = 8
"""Signs of a passage in a script that writes a syllable or a word with one."""

_LATIN = (
    "A-Za-zªº\u00c0-\u024f\u0250-\u02af\u1d00-\u1dbf\u1e00-\u1eff\u2c60-\u2c7f\ua720-\ua7ff\uab30-\uab6f\ufb00-\ufb06"
)
_STRETCH = rf"[^{_LATIN}]{{{LEAST_SIGNS},}}"
_LETTER = rf"[^\W\d_{_LATIN}]"
_SIGN = "[\u1100-\u11ff\u1200-\u137f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua48f\uac00-\ud7af\uf900-\ufaff]"


class OtherScriptRecognizer:
    """Finds passages without Latin letters that are long enough to hold a name."""

    name = "script"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield each passage from its first letter to its last."""
        if text.isascii():
            return
        for stretch in compiled(_STRETCH).finditer(text):
            letters = [match.start() for match in compiled(_LETTER).finditer(stretch[0])]
            if len(letters) < LEAST_SIGNS:
                continue
            if len(letters) >= LEAST_LETTERS or len(compiled(_SIGN).findall(stretch[0])) >= LEAST_SIGNS:
                end = stretch.start() + letters[-1] + 1
                while end < len(text) and unicodedata.category(text[end]).startswith("M"):
                    end += 1  # vowel signs and accents belong to their letter
                yield Finding(
                    stretch.start() + letters[0],
                    end,
                    "OTHER_SCRIPT",
                    CONTEXT,
                    self.name,
                    "The check for names and addresses reads Latin letters only: one could stand here unseen.",
                )


def is_other_script(value: str) -> bool:
    """Whether most letters of ``value`` are none that the check for names reads."""
    if value.isascii():
        return False
    other = len(compiled(_LETTER).findall(value))
    return 2 * other > sum(char.isalpha() for char in value)
