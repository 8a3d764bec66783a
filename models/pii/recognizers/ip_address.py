"""IPv4 and IPv6 addresses, and the hardware addresses of network devices.

What counts: an address that can point at a person's device or network. Loopback, unspecified, broadcast, multicast,
net masks, network ranges (``/24``) and the well-known public resolvers cannot. Private and documentation addresses
are flagged like public ones: a log line with 192.168.1.57 in it singles out a colleague, and a false "clear" costs
more than a look. Four small numbers (a version, a section) need a word for an address nearby.
"""

import ipaddress
import re
from collections.abc import Iterator

from models.pii.finding import Finding
from models.pii.recognizers.pattern import CONTEXT, PATTERN, Context, Pattern, PatternRecognizer, compiled

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
        for match in compiled(_IPV4).finditer(text):
            if match["range"] is None and self._is_device(match[0], match.start(), match.end(), text):
                yield Finding(
                    match.start(), match.end(), "IP_ADDRESS", PATTERN, self.name, "It has the form of an IPv4 address."
                )
        if "::" in text or text.count(":") > 6:
            for match in compiled(_IPV6).finditer(text):
                if match["range"] is None and _is_ipv6_device(match[0]):
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
        if _VERSION.found(text, start, end):
            return False
        return max(octets) >= _SMALL_OCTET or _CONTEXT.found(text, start, end) is not None


def _is_ipv6_device(value: str) -> bool:
    if value.count(":") < 2 or sum(char.isdigit() for char in value) < 2 or len(value.strip(":")) < 6:
        return False
    try:
        address = ipaddress.IPv6Address(value)
    except ValueError:
        return False
    return not (address.is_loopback or address.is_unspecified or address.is_multicast)


def _is_hardware(value: str) -> bool:
    pairs = set(re.findall(r"[0-9a-f]", value.lower()))
    return len(pairs) > 1 and (":" in value or any(char.isalpha() for char in value))


def mac_address_recognizer() -> PatternRecognizer:
    """Six pairs with colons or dashes; the dotted form of some makers only where words name it."""
    return PatternRecognizer(
        "mac address",
        "MAC_ADDRESS",
        (
            Pattern(
                r"(?<![\w:-])[0-9A-Fa-f]{2}(?P<sep>[:-])(?:[0-9A-Fa-f]{2}(?P=sep)){4}[0-9A-Fa-f]{2}(?![\w:-])",
                PATTERN,
                "Six pairs of hexadecimal digits, as devices on a network have them",
                _is_hardware,
            ),
            Pattern(
                r"(?<![\w.])[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}(?![\w.])",
                CONTEXT,
                "Three groups of hexadecimal digits",
                needs_context=True,
            ),
            Pattern(
                r"(?<!\w)[0-9A-Fa-f]{12}(?!\w)",
                CONTEXT,
                "Twelve hexadecimal digits",
                needs_context=True,
                triggers=("mac addr", "mac:", "hardware addr", "ethernet addr"),
            ),
        ),
        Context(
            (r"mac(?:[ _-]?addr(?:ess)?)?", "hwaddr", "ether", "bssid", "hardware address", "ethernet address"),
            before_chars=30,
            after_chars=0,
        ),
    )
