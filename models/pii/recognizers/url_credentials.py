"""Links and connection strings with a user name and a password in them."""

from collections.abc import Iterator

from models.pii.finding import Finding
from models.pii.recognizers.pattern import PATTERN, compiled
from models.pii.recognizers.placeholder import is_placeholder

_URL = r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9+.-]{1,30}://[^\s/:@\"'<>]{0,128}:(?P<password>[^\s/@\"'<>]{1,256})@[^\s\"'<>`,;)\]}]{1,512}"
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
            if match and not is_placeholder(match["password"]):
                end = match.start() + len(match[0].rstrip("."))
                reason = "A link with a user name and a password before the host."
                yield Finding(match.start(), end, "URL_CREDENTIALS", PATTERN + 0.1, self.name, reason)
            at = text.find("://", at + 3)
