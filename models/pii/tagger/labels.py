"""The tags of the token classifier: O, then B- and I- of every entity (the BIO scheme).

Identifiers with a structure (cards, phones, e-mail addresses …) are left to patterns; their tokens are tagged O.
"""

ENTITIES = (
    "PERSON",
    "ADDRESS",
    "DATE_OF_BIRTH",
    "AGE",
    "HEALTH",
    "RELIGION",
    "ETHNICITY",
    "POLITICS",
    "SEXUAL_LIFE",
    "UNION",
    "ORGANISATION",
    "PLACE",
)
CONTEXT_ONLY = frozenset({"ORGANISATION", "PLACE"})
"""Entities that are personal to nobody on their own."""

TAGS = ("O", *(f"B-{entity}" for entity in ENTITIES), *(f"I-{entity}" for entity in ENTITIES))
OUTSIDE = 0


def begin(entity: str) -> int:
    """Index of the tag that begins ``entity``."""
    return 1 + ENTITIES.index(entity)


def inside(entity: str) -> int:
    """Index of the tag that continues ``entity``."""
    return 1 + len(ENTITIES) + ENTITIES.index(entity)
