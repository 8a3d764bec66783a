"""Ways to wrap an identifier so that a machine, or a patient reader, still gets it out. Test data only."""

import base64
import quopri
from collections.abc import Callable
from urllib.parse import quote


def _wrapped(text: str, width: int) -> str:
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


def _percent(value: str) -> str:
    return "".join(f"%{byte:02X}" for byte in value.encode())


def _base64(value: str) -> str:
    return base64.b64encode(value.encode()).decode()


def _between(mark: str) -> Callable[[str], str]:
    return lambda value: mark.join(value)


ENCODINGS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "base64": _base64,
    "base64 for URLs, unpadded": lambda value: base64.urlsafe_b64encode(value.encode()).decode().rstrip("="),
    "base64 over lines": lambda value: _wrapped(_base64(f"The value is {value}, as agreed."), 20),
    "base64 of UTF-16": lambda value: base64.b64encode(value.encode("utf-16-le")).decode(),
    "base64 twice": lambda value: _base64(_base64(value)),
    "base64 after other letters": lambda value: f"blob{_base64(value)}",
    "base32": lambda value: base64.b32encode(value.encode()).decode(),
    "hexadecimal": lambda value: value.encode().hex(),
    "hexadecimal with spaces": lambda value: value.encode().hex(" ").upper(),
    "character codes": lambda value: " ".join(str(byte) for byte in value.encode()),
    "percent, every character": _percent,
    "percent, as browsers do": lambda value: quote(value, safe=""),
    "percent twice": lambda value: quote(_percent(value), safe=""),
    "JSON escapes": lambda value: "".join(f"\\u{ord(char):04x}" for char in value),
    "JSON in JSON": lambda value: "".join(f"\\\\u{ord(char):04x}" for char in value),
    "escapes of C": lambda value: "".join(f"\\x{byte:02x}" for byte in value.encode()),
    "HTML references": lambda value: "".join(f"&#{ord(char)};" for char in value),
    "HTML references, hexadecimal": lambda value: "".join(f"&#x{ord(char):X};" for char in value),
    "quoted-printable": lambda value: "".join(f"={byte:02X}" for byte in value.encode()),
    "quoted-printable, soft line break": lambda value: quopri.encodestring(
        f"{value[: len(value) // 2]}=\n{value[len(value) // 2 :]}".encode()
    ).decode().replace("=3D\n", "=\n"),
    "spaced out": lambda value: " ".join(value.replace(" ", "")),
    "spaced out widely": lambda value: "  ".join(value.replace(" ", "")),
    "a hyphen after each": lambda value: "-".join(value.replace(" ", "").replace("-", "")),
    "zero-width spaces": _between("\u200b"),
    "soft hyphens": _between("\u00ad"),
    "full width": lambda value: "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in value),
    "mathematical digits": lambda value: "".join(
        chr(0x1D7CE + int(char)) if char.isascii() and char.isdigit() else char for char in value
    ),
    "base64 of percent": lambda value: _base64(_percent(value)),
    "percent of base64": lambda value: quote(_base64(value), safe=""),
}  # fmt: skip
assert len(ENCODINGS) >= 20
