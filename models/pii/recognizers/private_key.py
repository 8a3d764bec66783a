"""Private keys and the words or strings that stand for one."""

import re
from collections.abc import Iterator

from models.pii.finding import Finding
from models.pii.recognizers.crypto_wallet import base58check
from models.pii.recognizers.pattern import CHECKSUM, PATTERN, compiled, long_words

_BEGIN = r"-{3,5}[ ]?BEGIN[ ](?:[A-Z0-9]{1,12}[ ]){0,4}PRIVATE[ ]KEY(?:[ ]BLOCK)?[ ]?-{3,5}"
_END = r"-{3,5}[ ]?END[ ](?:[A-Z0-9]{1,12}[ ]){0,4}PRIVATE[ ]KEY(?:[ ]BLOCK)?[ ]?-{3,5}"
_PUTTY = (
    r"PuTTY-User-Key-File-\d:[^\n]{1,80}\n(?:[^\n]{0,200}\n){1,60}?Private-Lines:[ ]?\d{1,3}\n(?:[A-Za-z0-9+/="
    r"]{1,80}\n?){1,60}"
)
_AGE = r"AGE-SECRET-KEY-1[0-9A-Z]{58}"
_BASE58_KEY = (
    r"(?<![A-Za-z0-9])(?:[5KLc9][1-9A-HJ-NP-Za-km-z]{50,51}|[xyzt]prv[1-9A-HJ-NP-Za-km-z]{100,112})(?![A-Za-z0-9])"
)
_SEED = (
    r"(?i:seed phrase|recovery phrase|mnemonic(?: phrase)?|seed words)[\s:=\"'is-]{1,12}(?P<value>(?:[a-z]{3,8"
    r"}[ ,]{1,2}){11,23}[a-z]{3,8})"
)
_MIN_BASE58 = 51
_MAX_BLOCK = 40_000
_MIN_BODY = 24


class PrivateKeyRecognizer:
    """PEM, OpenSSH, PGP, PuTTY, age, wallet keys and seed phrases."""

    name = "private key"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield whole blocks; one whose end is cut off counts as far as its lines go. A bare heading is no key."""
        if "PRIVATE KEY" in text:
            yield from self._blocks(text)
        if "Private-Lines" in text:
            for match in compiled(_PUTTY).finditer(text):
                yield self._finding(*match.span(), "A PuTTY private key.")
        if "AGE-SECRET-KEY-" in text:
            for match in compiled(_AGE).finditer(text):
                yield self._finding(*match.span(), "An age private key.")
        for start, end in long_words(text, _MIN_BASE58):
            key = compiled(_BASE58_KEY).search(text, start, end)
            if key and base58check(key[0]):
                yield self._finding(*key.span(), "The checksum of a wallet's private key is right.")
        lower = text.lower()
        if any(word in lower for word in ("seed phrase", "recovery phrase", "mnemonic", "seed words")):
            for match in compiled(_SEED).finditer(text):
                reason = "A row of words after the words for a wallet's seed phrase."
                yield Finding(*match.span("value"), "PRIVATE_KEY", PATTERN, self.name, reason)

    def _blocks(self, text: str) -> Iterator[Finding]:
        position = 0
        while begin := compiled(_BEGIN).search(text, position):
            limit = min(len(text), begin.end() + _MAX_BLOCK)
            end = compiled(_END).search(text, begin.end(), limit)
            following = compiled(_BEGIN).search(text, begin.end(), limit)
            if end and not (following and following.start() < end.start()):
                stop, body = end.end(), text[begin.end() : end.start()]
            else:
                lines = compiled(r"(?:[\s\\nr]{0,8}[A-Za-z0-9+/=:,. -]{16,120}){0,400}").match(text, begin.end(), limit)
                stop = lines.end() if lines else begin.end()
                body = text[begin.end() : stop]
            position = stop
            if _is_key(body):
                yield self._finding(begin.start(), stop, "A private key block.")

    def _finding(self, start: int, end: int, reason: str) -> Finding:
        return Finding(start, end, "PRIVATE_KEY", CHECKSUM + 0.02, self.name, reason)


def _is_key(body: str) -> bool:
    runs = re.findall(r"[A-Za-z0-9+/=]{16,}", body)
    return sum(map(len, runs)) >= _MIN_BODY and len(set("".join(runs))) > 6
