"""Crypto wallet addresses, proven by their checksums."""

import hashlib
from collections.abc import Iterator

from models.pii.finding import Finding
from models.pii.recognizers.keccak import keccak_256
from models.pii.recognizers.pattern import CHECKSUM, CONTEXT, PATTERN, Context, compiled, long_words

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BASE58_ADDRESS = rf"(?<![A-Za-z0-9])[13LMDT][{_BASE58}]{{25,34}}(?![A-Za-z0-9])"
_BASE58_VERSIONS = {"1": (0x00,), "3": (0x05,), "L": (0x30,), "M": (0x32,), "D": (0x1E,), "T": (0x41,)}
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_BECH32_ADDRESS = r"(?<![A-Za-z0-9])(?i:bc1|tb1|ltc1)[A-Za-z0-9]{11,87}(?![A-Za-z0-9])"
# Cardano, Cosmos and its kin, and others whose addresses are longer than Bitcoin's or have prefixes of their own.
_OTHER_BECH32 = r"(?<![A-Za-z0-9])(?:addr|stake|cosmos|osmo|juno|terra|inj|sei|kava|axelar|celestia|dydx|thor|akash|bnb|erd|one|zil|iotx|ckb)1[02-9ac-hj-np-z]{38,110}(?![A-Za-z0-9])"
_BECH32_CONSTANTS = (1, 0x2BC830A3)
_ETHEREUM = r"(?<![A-Za-z0-9])0x[0-9a-fA-F]{40}(?![A-Za-z0-9])"
_RIPPLE = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"
_RIPPLE_ADDRESS = rf"(?<![A-Za-z0-9])r[{_RIPPLE}]{{24,34}}(?![A-Za-z0-9])"
_MONERO_ADDRESS = rf"(?<![A-Za-z0-9])[48][0-9AB][{_BASE58}]{{93}}(?:[{_BASE58}]{{11}})?(?![A-Za-z0-9])"
_SOLANA_ADDRESS = rf"(?<![A-Za-z0-9])[{_BASE58}]{{43,44}}(?![A-Za-z0-9])"
_SOLANA_BYTES = 32
_SOLANA_CONTEXT = Context(("sol", "solana", "phantom", "wallets?", "spl"), before_chars=40)
_MIN_CHARS = 14
_LONG_CHARS = 40
_CONTEXT = Context(
    ("wallets?", "eth", "ethereum", "ether", "erc-?20", "0x", "send to", "usdt", "usdc", "metamask", "crypto")
)


def base58check(value: str) -> bytes | None:
    """The payload (version byte first) of a Base58Check text, or None when its checksum (double SHA-256) is wrong."""
    number = 0
    for char in value:
        digit = _BASE58.find(char)
        if digit < 0:
            return None
        number = number * 58 + digit
    zeros = len(value) - len(value.lstrip("1"))
    raw = bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")
    payload, check = raw[:-4], raw[-4:]
    digest = hashlib.sha256(hashlib.sha256(payload).digest()).digest()
    return payload if payload and digest[:4] == check else None


def bech32(value: str) -> bool:
    """BIP-173 and BIP-350: the polymod of the expanded prefix and the data is 1 (bech32) or 0x2bc830a3 (bech32m)."""
    if value != value.lower() and value != value.upper():
        return False
    prefix, _, data = value.lower().rpartition("1")
    if any(char not in _BECH32 for char in data):
        return False
    values = [ord(char) >> 5 for char in prefix] + [0] + [ord(char) & 31 for char in prefix]
    values += [_BECH32.index(char) for char in data]
    check = 1
    for item in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ item
        for bit, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= generator if (top >> bit) & 1 else 0
    return check in _BECH32_CONSTANTS


def eip55(value: str) -> bool:
    """EIP-55: a letter is a capital where the Keccak-256 digest of the lower-case address has a nibble of 8 or more."""
    address = value[2:]
    digest = keccak_256(address.lower().encode("ascii")).hex()
    return all(
        char.isdigit() or char.isupper() == (int(nibble, 16) >= 8)
        for char, nibble in zip(address, digest, strict=False)
    )


class CryptoWalletRecognizer:
    """Bitcoin, Litecoin, Dogecoin, Tron, XRP, Monero, Solana, Cardano, Cosmos and Ethereum."""

    name = "crypto wallet"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield addresses whose checksum holds, and Ethereum addresses that carry none."""
        for start, end in long_words(text, _MIN_CHARS):
            if compiled(rf"[A-Za-z0-9]{{{_MIN_CHARS}}}").search(text, start, end) is None:
                continue
            for match in compiled(_BASE58_ADDRESS).finditer(text, start, end):
                payload = base58check(match[0])
                if payload and len(payload) == 21 and payload[0] in _BASE58_VERSIONS[match[0][0]]:
                    yield self._finding(*match.span(), CHECKSUM, "The checksum of a wallet address is right.")
            for match in compiled(_BECH32_ADDRESS).finditer(text, start, end):
                if bech32(match[0]):
                    yield self._finding(*match.span(), CHECKSUM, "The checksum of a wallet address is right.")
            for match in compiled(_OTHER_BECH32).finditer(text, start, end) if end - start > _LONG_CHARS else ():
                if bech32(match[0]):
                    yield self._finding(*match.span(), CHECKSUM, "The checksum of a wallet address is right.")
            for match in compiled(_RIPPLE_ADDRESS).finditer(text, start, end):
                if base58check(match[0].translate(str.maketrans(_RIPPLE, _BASE58))):
                    yield self._finding(*match.span(), CHECKSUM, "The checksum of a wallet address is right.")
            if end - start > _LONG_CHARS:
                yield from self._long(text, start, end)
            for match in compiled(_ETHEREUM).finditer(text, start, end):
                yield from self._ethereum(match[0], match.start(), match.end(), text)

    def _long(self, text: str, start: int, end: int) -> Iterator[Finding]:
        """Monero by its form; Solana, which has no checksum, by its length in bytes and beside words for a wallet."""
        for match in compiled(_MONERO_ADDRESS).finditer(text, start, end):
            yield self._finding(*match.span(), PATTERN, "It has the form of a Monero address.")
        for match in compiled(_SOLANA_ADDRESS).finditer(text, start, end):
            number = 0
            for char in match[0]:
                number = number * 58 + _BASE58.index(char)
            fits = (number.bit_length() + 7) // 8 == _SOLANA_BYTES and any(char.isdigit() for char in match[0])
            if fits and _SOLANA_CONTEXT.found(text, *match.span()):
                reason = "It has the form of a Solana address beside words for a wallet."
                yield self._finding(*match.span(), CONTEXT, reason)

    def _ethereum(self, value: str, start: int, end: int, text: str) -> Iterator[Finding]:
        letters = [char for char in value[2:] if char.isalpha()]
        if len(set(value[2:].lower())) < 4:
            return
        if all(char.islower() for char in letters) or all(char.isupper() for char in letters):
            yield self._finding(start, end, PATTERN, "It has the form of an Ethereum address.")
        elif eip55(value):
            yield self._finding(start, end, CHECKSUM, "The checksum of an Ethereum address is right.")
        elif _CONTEXT.found(text, start, end):
            reason = "It has the form of an Ethereum address beside words for one, though a capital is off."
            yield self._finding(start, end, CONTEXT, reason)

    def _finding(self, start: int, end: int, score: float, reason: str) -> Finding:
        return Finding(start, end, "CRYPTO_WALLET", score, self.name, reason)
