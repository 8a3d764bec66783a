"""How texts are compared throughout the skills: without case and with white space collapsed."""


def fold(text: str) -> str:
    """The form in which two texts count as equal: case-folded, runs of white space as one space, none at the ends."""
    return " ".join(text.casefold().split())
