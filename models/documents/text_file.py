"""Plain text in whatever encoding it comes."""

import codecs
import re

from models.documents.document import Document, normal_lines

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_MAX_CONTROL_SHARE = 0.02
_SAMPLE_BYTES = 200_000
# Those that real files have; the whole list of Python guesses EBCDIC and the like for a short note.
_CANDIDATES = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "iso8859_15", "koi8_r",
    "mac_roman", "cp932", "euc_jp", "gb18030", "big5", "cp949",
]  # fmt: skip


def read_text(data: bytes) -> Document | None:
    """Decode by byte order mark, as UTF-8, or by what the bytes look like; None for what is no text."""
    text, notice = _decode(data)
    if len(_CONTROL.findall(text)) > _MAX_CONTROL_SHARE * len(text):
        return None
    text = normal_lines(text)
    return Document(text, None, "text", notice) if text.strip() else None


def _decode(data: bytes) -> tuple[str, str]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], encoding)
    wide = _wide_encoding(data)
    if wide:
        return _decode_as(data, wide)
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        return _decode_mixed(data) or _decode_guessed(data)


def _decode_as(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        return data.decode(encoding), ""
    except UnicodeDecodeError:
        return data.decode(encoding, "replace"), "Some characters are damaged and show as �."


def _wide_encoding(data: bytes) -> str:
    """UTF-16 without a mark: nearly every other byte of a Western text is zero."""
    sample = data[:4096]
    half = max(1, len(sample) // 2)
    if sample[1::2].count(0) > 0.7 * half and sample[0::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if sample[0::2].count(0) > 0.7 * half and sample[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return ""


def _decode_mixed(data: bytes) -> tuple[str, str] | None:
    """Line by line, for files pasted together: UTF-8 where a line is UTF-8, Windows-1252 elsewhere.

    None if no line with other than ASCII characters is UTF-8: then the whole file is in one other encoding.
    """
    lines = []
    has_utf8 = False
    for line in data.splitlines(keepends=True):
        try:
            lines.append(line.decode("utf-8"))
            has_utf8 = has_utf8 or not line.isascii()
        except UnicodeDecodeError:
            lines.append(line.decode("cp1252", "replace"))
    if not has_utf8:
        return None
    return "".join(lines), "The file mixes encodings; look whether accented letters are right."


def _decode_guessed(data: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE_BYTES], cp_isolation=_CANDIDATES).best()
    encoding = best.encoding if best is not None else "cp1252"
    return (
        data.decode(encoding, "replace"),
        f"The file does not say its encoding and was read as {encoding}; look whether accented letters are right.",
    )
