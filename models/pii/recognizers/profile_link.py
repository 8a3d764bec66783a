"""Links that end in a person's name; those of networks, with any user name, are in ``username``."""

import re
from collections.abc import Iterator

from models.pii.finding import Finding
from models.pii.recognizers.name_lists import is_doubtful, is_given, is_public, is_surname
from models.pii.recognizers.pattern import CONTEXT, compiled, lowered, regions
from models.pii.recognizers.public_names import NOT_SURNAMES, THINGS

_TRIGGERS = ("://", "www.")
_LINK = r"(?<![a-z0-9.-])(?:https?://|www\.)?[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){1,4}(?P<path>(?:/[^\s/<>\"'()\[\]|,;]{1,80}){1,6})"
_NAME = re.compile(r"@?([a-z]{2,20}[-._][a-z]{2,20}(?:[-._][a-z]{2,20})?)(?:[-._]?[0-9a-f]{1,8})?", re.IGNORECASE)
_LEAST_CHARS = 5
"""Of a surname that is on no list."""


class ProfileLinkRecognizer:
    """Looks at links only."""

    name = "profile link"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the last part of links where it is somebody's name."""
        for start, end in regions(lowered(text), _TRIGGERS):
            for match in compiled(_LINK, re.IGNORECASE).finditer(text, start, end):
                path = match["path"].rstrip(".,!?:")
                last = path.rsplit("/", 1)[1]
                end_of_link = match.start("path") + len(path)
                if _is_name(last):
                    reason = "A link that ends in a person's name."
                    yield Finding(end_of_link - len(last), end_of_link, "USERNAME", CONTEXT, self.name, reason)


def _is_name(part: str) -> bool:
    """Whether words joined by "-", "." or "_" are a first name from the lists, no word besides, and a surname."""
    match = _NAME.fullmatch(part.split("?")[0].split("#")[0])
    if match is None:
        return False
    words = re.split(r"[-._]", match[1])
    last = words[-1].lower()
    ordinary = not is_surname(last) and (len(last) < _LEAST_CHARS or last in THINGS or last in NOT_SURNAMES)
    return is_given(words[0]) and not is_doubtful(words[0]) and not ordinary and not is_public(" ".join(words))
