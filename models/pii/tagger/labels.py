"""The tags of the token classifier: O, then B- and I- of every entity (the BIO scheme).

A number of a person (ID_NUMBER, PHONE, VEHICLE) and a user name are read where their form does not give them away; what
has a format of its own (e-mail and network addresses, keys, wallets …) is left to patterns, its tokens are tagged O.
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
    "USERNAME",
    "PHONE",
    "ID_NUMBER",
    "VEHICLE",
    "ORGANISATION",
    "PLACE",
)
CONTEXT_ONLY = frozenset({"ORGANISATION", "PLACE"})
"""Entities that are personal to nobody on their own."""

TAGS = ("O", *(f"B-{entity}" for entity in ENTITIES), *(f"I-{entity}" for entity in ENTITIES))
OUTSIDE = 0
RECOGNIZER = "model"
"""What findings of the model name as their recognizer."""


def begin(entity: str) -> int:
    """Index of the tag that begins ``entity``."""
    return 1 + ENTITIES.index(entity)


def inside(entity: str) -> int:
    """Index of the tag that continues ``entity``."""
    return 1 + len(ENTITIES) + ENTITIES.index(entity)
