"""Links and connection strings with a user name and a password in them."""

import re
from collections.abc import Iterator

from models.pii.finding import Finding
from models.pii.recognizers.pattern import PATTERN, compiled
from models.pii.recognizers.placeholder import is_placeholder
from models.pii.recognizers.secret_value import looks_random

_HOST = r"[^\s@\"'<>`,;)\]}]{1,512}"
_URL = (
    r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9+.-]{1,30}://(?:[^\s/:@\"'<>]{0,128}:(?P<password>[^\s/\"'<>]{1,256})|"
    rf"(?P<token>[A-Za-z0-9_-]{{20,256}}))@(?=[\w\[${{]){_HOST}"
)
_MAX_SCHEME = 31


class UrlCredentialsRecognizer:
    """Looks around every ``://``."""

    name = "link with password"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the whole link, unless its password is a stand-in."""
        regex = compiled(_URL)
        at = text.find("://")
        while at >= 0:
            start = at
            while start > 0 and at - start < _MAX_SCHEME and (text[start - 1].isalnum() or text[start - 1] in "+.-"):
                start -= 1
            match = regex.match(text, start)
            if match and _is_secret(match):
                end = match.start() + len(match[0].rstrip("."))
                reason = "A link with a user name and a password before the host."
                yield Finding(match.start(), end, "URL_CREDENTIALS", PATTERN + 0.1, self.name, reason)
            at = text.find("://", at + 3)


def _is_secret(match: re.Match[str]) -> bool:
    if match["token"] is not None:
        return looks_random(match["token"], 20) and not is_placeholder(match["token"])
    return not is_placeholder(match["password"])
