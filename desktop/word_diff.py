"""Where two drafts differ, word by word."""

import difflib
import re

Span = tuple[int, int]
_WORD = re.compile(r"\w+|[^\w\s]")
_MOST_WORDS = 4_000
"""Longer drafts are not compared word by word: that would take seconds."""


def changed_words(left: str, right: str) -> tuple[list[Span], list[Span]]:
    """Spans, in code points, of what stands in only one of the two texts; case counts, white space does not."""
    words_left, words_right = list(_WORD.finditer(left)), list(_WORD.finditer(right))
    if max(len(words_left), len(words_right)) > _MOST_WORDS:
        return [], []
    matcher = difflib.SequenceMatcher(
        None, [word[0] for word in words_left], [word[0] for word in words_right], autojunk=False
    )
    changed: tuple[list[Span], list[Span]] = ([], [])
    for tag, left_from, left_to, right_from, right_to in matcher.get_opcodes():
        if tag == "equal":
            continue
        for spans, words, begin, end in (
            (changed[0], words_left, left_from, left_to),
            (changed[1], words_right, right_from, right_to),
        ):
            if begin < end:
                spans.append((words[begin].start(), words[end - 1].end()))
    return changed
