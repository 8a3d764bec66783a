"""IPv4 and IPv6 addresses, and the hardware addresses of network devices.

What counts: an address that can point at a person's device or network. Loopback, unspecified, broadcast, multicast,
net masks, network ranges (``/24``) and the well-known public resolvers cannot. Private and documentation addresses
(RFC 1918, 4193, 5737, 3849) are the same in a million homes and in every manual: they count only beside words that tie
them to somebody ("logged in from", "her IP"). Four small numbers (a version, a section) need a word for an address.
"""

import ipaddress
import re
from collections.abc import Iterator

from models.pii.finding import Finding
from models.pii.recognizers.pattern import CONTEXT, PATTERN, Context, Pattern, PatternRecognizer, around, compiled

_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_IPV4 = rf"(?<![\w.\-])(?<!\d,)(?:{_OCTET}\.){{3}}{_OCTET}(?P<range>/\d{{1,2}})?(?!\.?\w)(?!-[A-Za-z\d])"
_IPV6 = (
    r"(?<![\w:.])(?=[0-9A-Fa-f:]{0,40}:)[0-9A-Fa-f:]{3,39}(?:\.\d{1,3}\.\d{1,3}\.\d{1,3})?(?:%\w{1,15})?(?P<ra"
    r"nge>/\d{1,3})?(?![\w:])"
)
_RESOLVERS = frozenset({"8.8.8.8", "8.8.4.4", "1.1.1.1", "1.0.0.1", "9.9.9.9", "208.67.222.222", "208.67.220.220"})
_SMALL_OCTET = 32
_CONTEXT = Context(
    (
        "ip", "ips", "ipv4", "ipv6", "ip[- ]?address\\w{0,3}", "ip-adresse\\w?", "adresse ip", "host", "server",
        "client", "gateway", "login",
        "logged in", "session", "connection", "connected", "network", "subnet", "dns", "ping", "ssh", "remote_addr",
        "source", "src", "dst", "from",
    ),
    before_chars=40,
    after_chars=12,
)  # fmt: skip
_SOMEBODY = Context(
    (
        "(?:my|his|her|their|your|user|users?'s|client|customer|visitor|employee|patient|caller|login|sender|attacker|suspect|personal|home)(?: ipv?[46]?)?",
        "log(?:ged|s|ging)?[ -]?(?:in|on)", "signed[ -]?in", "sign[ -]?in", "last seen", "session", "accessed", "connected from", "connecting from",
        "posted from", "sent from", "came from", "originat\\w{2,4}", "traced", "remote_addr", "x-forwarded-for", "ip[ _]address of",
    ),
    before_chars=40,
    after_chars=0,
)  # fmt: skip
_VERSION = Context(
    (
        "versions?", "ver", "v", "release[sd]?", "build", "firmware", "sections?", "chapters?",
        "clauses?", "§", "paragraphs?", "articles?", "kapitel", "abschnitt", "chrome", "firefox", "mask",
        "netmask", "oid",
    ),
    before_chars=20,
    after_chars=0,
)  # fmt: skip


class IpAddressRecognizer:
    """IPv4 by form and neighbours, IPv6 by the parser of the standard library."""

    name = "ip address"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield addresses that can point at a device."""
        for match in _within(text, _IPV4, r"\.\d{1,3}\.\d", 6, 20):
            if match["range"] is None and self._is_device(match[0], match.start(), match.end(), text):
                yield Finding(
                    match.start(), match.end(), "IP_ADDRESS", PATTERN, self.name, "It has the form of an IPv4 address."
                )
        if "::" in text or text.count(":") > 6:
            for match in _within(text, _IPV6, r":[0-9A-Fa-f]{0,4}:", 44, 80):
                if match["range"] is None and _is_ipv6_device(match[0], match.start(), match.end(), text):
                    yield Finding(
                        match.start(),
                        match.end(),
                        "IP_ADDRESS",
                        PATTERN,
                        self.name,
                        "It has the form of an IPv6 address.",
                    )

    def _is_device(self, value: str, start: int, end: int, text: str) -> bool:
        octets = [int(octet) for octet in value.split(".")]
        if octets[0] in (0, 127) or octets[0] >= 224 or value in _RESOLVERS:
            return False
        if _VERSION.found(text, start, end) or len(set(octets)) == 1 or _is_among_decimals(text, start, end):
            return False
        if not ipaddress.IPv4Address(value).is_global:
            if text[start - 2 : start] in ("@'", '@"', "@`"):
                return False  # where an account of a database may log in from
            return _SOMEBODY.found(text, start, end) is not None
        return max(octets) >= _SMALL_OCTET or _CONTEXT.found(text, start, end) is not None


def _is_among_decimals(text: str, start: int, end: int) -> bool:
    """Whether decimals stand on both sides, as in the outline of a picture: ``1.5-.87 3.51.98.32 2.03``."""
    before = text[max(0, start - 16) : start].rpartition(" ")[0].rpartition(" ")[2]
    after = text[end : end + 16].lstrip(" ").partition(" ")[0]
    decimal = compiled(r"[-\d.]*\d?\.\d+[-\d.]*")
    return decimal.fullmatch(before) is not None and decimal.fullmatch(after) is not None and "\n" not in before + after


def _within(text: str, regex: str, mark: str, before_chars: int, after_chars: int) -> Iterator[re.Match[str]]:
    """Matches of ``regex``, which holds a ``mark``, looked for around the marks only."""
    for start, end in around(text, mark, before_chars, after_chars):
        yield from compiled(regex).finditer(text, start, end)


def _is_ipv6_device(value: str, start: int, end: int, text: str) -> bool:
    if value.count(":") < 2 or sum(char.isdigit() for char in value) < 2 or len(value.strip(":")) < 6:
        return False
    try:
        address = ipaddress.IPv6Address(value)
    except ValueError:
        return False
    if address.is_loopback or address.is_unspecified or address.is_multicast:
        return False
    inner = address.ipv4_mapped or address
    return inner.is_global or _SOMEBODY.found(text, start, end) is not None


_NO_DEVICE = ("00005e0053", "01005e", "0180c2", "3333")
"""Opening digits of addresses for documentation (RFC 7042, 2.1.2) and of groups of devices (IPv4, bridges, IPv6)."""


def _is_hardware(value: str) -> bool:
    digits = set(re.findall(r"[0-9a-f]", value.lower()))
    plain = re.sub(r"[^0-9a-f]", "", value.lower())
    if plain.startswith(_NO_DEVICE):
        return False
    return len(digits) > 1 and (":" in value or any(char.isalpha() for char in value))


def mac_address_recognizer() -> PatternRecognizer:
    """Six pairs with colons or dashes; the dotted form of some makers only where words name it."""
    return PatternRecognizer(
        "mac address",
        "MAC_ADDRESS",
        (
            Pattern(
                r"[0-9A-Fa-f](?<![\w:-].)[0-9A-Fa-f](?P<sep>[:-])(?:[0-9A-Fa-f]{2}(?P=sep)){4}[0-9A-Fa-f]{2}(?![\w:-])",
                PATTERN,
                "Six pairs of hexadecimal digits, as devices on a network have them",
                _is_hardware,
                word_chars=17,
            ),
            Pattern(
                r"(?<![\w.])[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}(?![\w.])",
                CONTEXT,
                "Three groups of hexadecimal digits",
                _is_hardware,
                needs_context=True,
                triggers=("mac", "hwaddr", "ether", "bssid", "hardware addr", "physical addr", "wifi", "wi-fi"),
            ),
            Pattern(
                r"(?<!\w)(?:[0-9A-Fa-f]{12}|[0-9A-Fa-f]{2}(?:[ ][0-9A-Fa-f]{2}){5}|[0-9A-Fa-f]{4}([:-])[0-9A-Fa-f]{4}\1[0-9A-Fa-f]{4}|[0-9A-Fa-f]{6}[:-][0-9A-Fa-f]{6})(?![\w-])",
                CONTEXT,
                "Twelve hexadecimal digits",
                lambda value: len(set(value.lower())) > 3,
                needs_context=True,
                triggers=("mac", "hardware addr", "physical addr", "ethernet addr", "bssid"),
            ),
        ),
        Context(
            (
                r"mac(?:[ _-]?addr(?:ess)?)?",
                "hwaddr",
                "ether",
                "macs",
                "bssid",
                "hardware address",
                "physical address",
                "ethernet address",
                "wi-?fi",
            ),
            before_chars=30,
            after_chars=0,
        ),
    )
