"""Private keys and the words or strings that stand for one."""

import re
from collections.abc import Iterator

from models.pii.finding import Finding
from models.pii.recognizers.crypto_wallet import base58check
from models.pii.recognizers.pattern import CHECKSUM, PATTERN, compiled, long_words, lowered, regions
from models.pii.recognizers.seed_phrase import find_seed_phrases

_BEGIN = r"-{3,5}[ ]?BEGIN[ ](?:[A-Z0-9]{1,12}[ ]){0,4}PRIVATE[ ]KEY(?:[ ]BLOCK)?[ ]?-{3,5}"
_END = r"-{3,5}[ ]?END[ ](?:[A-Z0-9]{1,12}[ ]){0,4}PRIVATE[ ]KEY(?:[ ]BLOCK)?[ ]?-{3,5}"
_PUTTY = (
    r"PuTTY-User-Key-File-\d:[^\n]{1,80}\n(?:[^\n]{0,200}\n){1,60}?Private-Lines:[ ]?\d{1,3}(?:\n[A-Za-z0-9+/="
    r"]{1,80}){1,60}"
)
_AGE = r"AGE-SECRET-KEY-1[0-9A-Z]{58}"
_BASE58_KEY = (
    r"(?<![A-Za-z0-9])(?:[5KLc9][1-9A-HJ-NP-Za-km-z]{50,51}|[xyzt]prv[1-9A-HJ-NP-Za-km-z]{100,112})(?![A-Za-z0-9])"
)
_SEED = (
    r"(?i:seed phrase|recovery phrase|mnemonic(?: phrase)?|seed words)[\s:=\"'is-]{1,12}(?P<value>(?:[a-z]{3,8"
    r"}[ ,]{1,2}){11,23}[a-z]{3,8})"
)
# How the base64 of a private key begins: PKCS 8 (RSA, EC, Ed25519), PKCS 1, SEC 1, OpenSSH, and PEM encoded once more.
_DER = (
    r"(?<![A-Za-z0-9+/=_-])(?:MII[A-Za-z0-9+/]{3}(?:IBADANBgkqhkiG9w0BAQEFAASC|AgEAAoI|IBAAKC)|MIICXAIBAAKBg|MIICX[A-Q]IBAAKBg|MIIEp[A-Q]IBAAKCAQEA|"
    r"MIIJK[A-Q]IBAAKCAgEA|MHcCAQEEI|MIGkAgEBBD|MIHcAgEBBEI|MIGHAgEAMBMGByqGSM49|MC4CAQAwBQYDK2V|b3BlbnNzaC1rZXktdjEA|"
    r"LS0tLS1CRUdJTi[A-Za-z0-9+/]{0,24}(?:UFJJVkFURSBLRVkt|BSSVZBVEUgS0VZ|QUklWQVRFIEtFW))(?:[A-Za-z0-9+/=]|\\?[\r\n][ \t]{0,16}|\\n){20,20000}"
)
_DER_MARKS = ("MII", "MHcCAQEEI", "MIGkAgEB", "MIHcAgEB", "MIGHAgEA", "MC4CAQAw", "b3BlbnNzaC1rZXkt", "LS0tLS1CRUdJTi")
# RFC 7517: "d" is the private part of an RSA, EC or OKP key, "k" the value of a symmetric one.
_JWK = r"[\"'](?P<name>d|k|p|q|dp|dq|qi)[\"'][ ]?:[ \n]{0,4}[\"'](?P<value>[A-Za-z0-9_-]{22,1400})[\"']"
_XML = r"<(?:D|P|Q|DP|DQ|InverseQ)>(?P<value>[A-Za-z0-9+/=\s]{40,1500})</(?:D|P|Q|DP|DQ|InverseQ)>"
_WIREGUARD = (
    r"(?i:private|preshared|pre-?shared)[ _-]?(?i:key)[ ]?[:=][ ]?[\"']?(?P<value>[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=)"
)
_STATIC = r"-----BEGIN OpenVPN Static key V1-----\s{1,4}(?:[0-9a-fA-F]{16,64}\s{1,4}){4,40}"
_NSEC = r"(?<![A-Za-z0-9])nsec1[02-9ac-hj-np-z]{58}(?![A-Za-z0-9])"
_HEX = (
    r"(?i:private[ _-]?key|priv[ _-]?key|secret[ _-]?key|signing[ _-]?key|mnemonic|wallet[ _-]?key|\bsk)(?i:[ _-]?hex)?[^\n]{0,16}?[:= (\"'x]"
    r"(?P<value>(?:0x)?[0-9a-fA-F]{64})(?![0-9a-fA-F])"
)
_LISTED = (
    ("nsec1", _NSEC, "A Nostr private key."),
    ("OpenVPN Static key", _STATIC, "A static key of OpenVPN."),
    ("<RSAKeyValue>", _XML, "The private part of an RSA key."),
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
        lower = lowered(text)
        if any(word in lower for word in ("seed phrase", "recovery phrase", "mnemonic", "seed words")):
            for match in compiled(_SEED).finditer(text):
                reason = "A row of words after the words for a wallet's seed phrase."
                yield Finding(*match.span("value"), "PRIVATE_KEY", PATTERN, self.name, reason)

        yield from self._encoded(text)
        yield from find_seed_phrases(text, self.name)

    def _encoded(self, text: str) -> Iterator[Finding]:
        """Keys without the lines of PEM: base64 of DER, JSON web keys, XML, WireGuard, OpenVPN, hexadecimal."""
        if any(mark in text for mark in _DER_MARKS):
            for match in compiled(_DER).finditer(text):
                yield self._finding(*match.span(), "It begins as the base64 of a private key does.")
        if '"kty"' in text or "'kty'" in text:
            for match in compiled(_JWK).finditer(text):
                yield self._finding(*match.span("value"), "The private part of a JSON web key.")
        for mark, regex, reason in _LISTED:
            if mark in text:
                for match in compiled(regex).finditer(text):
                    yield self._finding(*match.span("value" if "value" in match.re.groupindex else 0), reason)
        lower = lowered(text)
        for start, end in regions(lower, ("private", "preshared", "priv", "secret", "signing", "wallet")):
            for regex in (_WIREGUARD, _HEX):
                for match in compiled(regex).finditer(text, start, end):
                    if len(set(match["value"])) > 6:
                        yield self._finding(*match.span("value"), "A key after the words for a private one.")

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
