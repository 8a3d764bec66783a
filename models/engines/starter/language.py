"""Whether a text is in a language that the built-in model was not made for, told by its commonest little words."""

import re

SAMPLE = 4_000
"""Characters looked at."""
LEAST_WORDS = 6
"""Words below which nothing is said: a name or a number is in no language."""
_WORD = re.compile(r"[^\W\d_]+")
_LITTLE = {
    "English": "the and of to in is was for that with you are have not this but from they were been",
    "German": "der die und das ist nicht ich mit den ein eine sie auf für wir haben wird dem auch zu",
    "French": "le la les et des est pas une que pour dans vous nous avec sur qui sont été cette au je ne mon ma du",
    "Spanish": "el la los las que una por con para está pero como más su del es muy ha lo y",
    "Italian": "il di che non per una sono della con anche come più gli del questo nel ho mi alla è",
    "Dutch": "de het een van en is niet dat op te zijn voor met ik wij aan er maar bij naar",
    "Portuguese": "o os que não uma com para mas como mais seu ao dos foi está são muito pelo na em",
    "Polish": "nie się na jest że do to jak ale za przez dla są od po czy już tylko oraz może",
}
_LISTS = {name: frozenset(words.split()) for name, words in _LITTLE.items()}


def foreign_language(text: str) -> str:
    """The language of a text, by its English name, if it is surely not English; "another language" by its script; "".

    Only says so where little words of the other language are at least twice as many as English ones.
    """
    words = [word.casefold() for word in _WORD.findall(text[:SAMPLE])]
    if len(words) < LEAST_WORDS:
        return ""
    letters = "".join(words)
    if sum(character > "\u024f" for character in letters) > len(letters) / 2:
        return "another language"
    counts = {name: sum(word in little for word in words) for name, little in _LISTS.items()}
    english = counts.pop("English")
    best = max(counts, key=lambda name: counts[name])
    enough = counts[best] >= max(2, len(words) / 12)
    return best if enough and counts[best] >= 2 * english + 1 else ""


def remark(text: str) -> str:
    """A sentence for the answer, or "" for a text in English."""
    language = foreign_language(text)
    if not language:
        return ""
    return f"The text seems to be in {language}; the built-in model was made for English, so look twice."
