"""Look-alikes are read as what they imitate, genuine words stay, and offsets point at the original."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.pii.normalize import normalize


@pytest.mark.parametrize(
    ("original", "read"),
    [
        ("４１１１", "4111"), ("𝟒𝟏", "41"), ("٤١१৪๔", "41144"), ("jаne@ехаmple", "jane@example"), ("ΒΕ68", "BE68"),
        ("АВ 12 34", "AB 12 34"), ("ᎪᏴ12", "AB12"), ("ⓙⓐⓝⓔ 🅹🅰", "jane JA"), ("ᴊᴀɴᴇ", "JANE"), ("𝓳𝓪𝓷𝓮", "jane"),
        ("a\u200bb\u2060c\u00add", "abcd"), ("\u202eab\u202c", "ab"), ("4\u03321\u0336", "41"), ("e\u0301", "é"),
        ("j\u0321\u0337a", "ja"), ("a\u00a0b\u2009c\u3000d", "a b c d"), ("1‑2–3−4", "1-2-3-4"), ("1·2•3", "1.2.3"),
        ("a。com", "a.com"), ("oﬃce ﬁx", "office fix"), ("&#64;&#x40;&commat;&nbsp;&amp;", "@@@ &"),
        ("\x1b[31mred\x1b[0m", "red"), ("a\x00b\x85c", "ab\nc"), ("⁰¹²³⁴⁵⁶", "0123456"), ("①②③④⑤", "12345"),
    ],
)  # fmt: skip
def test_it_is_read_as_what_it_looks_like(original: str, read: str) -> None:
    assert normalize(original).text == read


@pytest.mark.parametrize(
    "text",
    [
        "Привет, Сара! В 12 часов на Арбате", "Η Αθήνα και ο Νίκος", "ქართული", "José Müller, Łódź, kadın",
        "m², x³ and note¹", "&copy; and AT&T; a&b", "北京。上海", "नमस्ते", "col·lecció", "µm",
    ],
)  # fmt: skip
def test_genuine_words_stay(text: str) -> None:
    assert normalize(unicodedata.normalize("NFC", text)).text.replace("μ", "µ") == text


PIECES = st.lists(
    st.sampled_from([*"aе4４\u200b\u00ad\u0301\u0332ﬃé ", "&#64;", "&#8203;", "&nbsp;", "&",
                     "\x1b[0m", "\x00", "\ud800", "😀", "²", "ΑB"]),
    max_size=30,
)  # fmt: skip


@settings(deadline=None)
@given(st.one_of(st.text(max_size=60), PIECES.map("".join)))
def test_every_character_points_into_the_original_in_order(original: str) -> None:
    normalized = normalize(original)
    reach = 0
    for index in range(len(normalized.text)):
        start, end = normalized.original_span(index, index + 1)
        assert 0 <= start < end <= len(original)
        assert start >= reach or normalized.text[index - 1 : index + 1].isascii()
        reach = max(reach, start)
    if normalized.text:
        assert normalized.original_span(0, len(normalized.text))[1] <= len(original)


@settings(deadline=None)
@given(st.text(max_size=40), st.text(max_size=40), st.integers(1, 3))
def test_a_plain_word_is_found_at_its_place_between_any_text(before: str, after: str, gap: int) -> None:
    original = f"{before}\n<jane>\n{after}"
    normalized = normalize(original)
    start = normalized.text.rindex("<jane>") if "<jane>" not in after else normalized.text.index("<jane>")
    span = normalized.original_span(start, start + 6)
    assert original[slice(*span)] == "<jane>"
