"""Small files for the tests, made on the spot: PDFs by hand, one of them encrypted, and Word files."""

import hashlib
import io
import zipfile
from collections.abc import Sequence
from typing import Any

_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def pdf(pages: Sequence[str], password: str | None = None, extra: Sequence[bytes] = (), catalog: bytes = b"") -> bytes:
    """A PDF with one line of text a page (an empty string gives a page with a drawing only).

    With a password it is encrypted with 40-bit RC4 (ISO 32000-1, 7.6.3, revision 2).
    """
    count = len(pages)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %s>>" % catalog,
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (count, b" ".join(b"%d 0 R" % (4 + 2 * i) for i in range(count))),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    identifier = b"0123456789abcdef"
    key = b""
    trailer = b""
    if password is not None:
        owner = _rc4(hashlib.md5(_pad(password)).digest()[:5], _pad(password))
        permissions = (-4).to_bytes(4, "little", signed=True)
        key = hashlib.md5(_pad(password) + owner + permissions + identifier).digest()[:5]
        encrypt = b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >>" % (
            owner.hex().encode(),
            _rc4(key, _PADDING).hex().encode(),
        )
        trailer = b"/Encrypt %s /ID [<%s> <%s>] " % (encrypt, *[identifier.hex().encode()] * 2)
    for index, text in enumerate(pages):
        number = 5 + 2 * index
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        content = f"BT /F1 12 Tf 72 700 Td ({escaped}) Tj ET" if text else "0 0 100 100 re f"
        stream = content.encode("cp1252")
        if key:
            stream = _rc4(hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10], stream)
        annotations = b"/Annots [%s] " % b" ".join(b"%d 0 R" % (4 + 2 * count + i) for i in range(len(extra)))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> "
            b"%s/Contents %d 0 R >>" % (annotations if extra else b"", number)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    objects += extra
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def form_pdf(value: str) -> bytes:
    """A PDF form with one text field that was filled in."""
    appearance = f"/Tx BMC BT /F1 12 Tf 2 5 Td ({value}) Tj ET EMC".encode("cp1252")
    field = (
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /F 4 /Rect [72 600 372 620] /V (%s) /P 4 0 R "
        b"/AP << /N 7 0 R >> >>" % value.encode("cp1252")
    )
    stream = (
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 300 20] /Resources << /Font << /F1 3 0 R >> >> /Length %d >>\n"
        b"stream\n%s\nendstream" % (len(appearance), appearance)
    )
    return pdf(["Name:"], extra=[field, stream], catalog=b"/AcroForm << /Fields [6 0 R] >> ")


def packed(members: dict[str, bytes]) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def saved(document: Any) -> bytes:
    """The bytes of a python-docx document."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _pad(password: str) -> bytes:
    return (password.encode("latin-1") + _PADDING)[:32]


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
