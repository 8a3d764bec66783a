"""What kind of thing each entity is, and which kinds keep a text on this device."""

from dataclasses import dataclass
from typing import Literal, get_args

Sensitivity = Literal["identifier", "contact", "person", "special category", "secret", "context only"]

SENSITIVITIES: tuple[Sensitivity, ...] = get_args(Sensitivity)

SENSITIVITY: dict[str, Sensitivity] = {
    "PAYMENT_CARD": "identifier",
    "IBAN": "identifier",
    "BANK_ACCOUNT": "identifier",
    "US_SSN": "identifier",
    "US_ITIN": "identifier",
    "UK_NHS": "identifier",
    "UK_NINO": "identifier",
    "NATIONAL_ID": "identifier",
    "PASSPORT": "identifier",
    "DRIVING_LICENCE": "identifier",
    "ID_NUMBER": "identifier",
    "VEHICLE": "identifier",
    "DEVICE_ID": "identifier",
    "IP_ADDRESS": "identifier",
    "MAC_ADDRESS": "identifier",
    "CRYPTO_WALLET": "identifier",
    "DENY_LISTED": "identifier",
    "EMAIL": "contact",
    "PHONE": "contact",
    "ADDRESS": "contact",
    "LOCATION": "contact",
    "USERNAME": "contact",
    "OTHER_SCRIPT": "person",
    "PERSON": "person",
    "DATE_OF_BIRTH": "person",
    "AGE": "person",
    "HEALTH": "special category",
    "RELIGION": "special category",
    "ETHNICITY": "special category",
    "POLITICS": "special category",
    "SEXUAL_LIFE": "special category",
    "UNION": "special category",
    "PRIVATE_KEY": "secret",
    "API_TOKEN": "secret",
    "PASSWORD": "secret",
    "URL_CREDENTIALS": "secret",
    "ORGANISATION": "context only",
    "PLACE": "context only",
}
"""Sensitivity by entity. "Special category" follows Article 9 of the GDPR."""


def sensitivity(entity: str) -> Sensitivity:
    """What kind of thing ``entity`` is; one that is not listed (from a later recognizer) counts as an identifier."""
    return SENSITIVITY.get(entity, "identifier")


@dataclass(frozen=True, slots=True)
class Policy:
    """Which sensitivities block. Everything blocks that is not expressly let through, unknown entities too."""

    passes: frozenset[Sensitivity] = frozenset({"context only"})

    def blocks(self, entity: str) -> bool:
        """Whether a finding of ``entity`` keeps a text on this device."""
        return sensitivity(entity) not in self.passes


DEFAULT_POLICY = Policy()
"""Anything but context blocks."""

CLOSED_POLICY = Policy(frozenset())
"""Everything found blocks; holds where the person's own policy cannot be read."""

ALWAYS_BLOCK: frozenset[Sensitivity] = frozenset({"identifier", "secret"})
"""No policy lets these through."""


def read_policy(content: str) -> Policy:
    """The policy of a TOML file with a table ``blocks``, such as ``contact = false`` or ``"context only" = true``.

    What the table does not name stays as in the default.

    Raises:
        ValueError: no such table, an unknown key or value, or one that lets identifiers or secrets through.
    """
    import tomllib

    table = tomllib.loads(content)
    blocks = table.get("blocks")
    if set(table) != {"blocks"} or not isinstance(blocks, dict):
        raise ValueError('a policy is one table, "blocks"')
    passes = set(DEFAULT_POLICY.passes)
    for kind, answer in blocks.items():
        if kind not in SENSITIVITIES or not isinstance(answer, bool):
            raise ValueError("an unknown sensitivity, or neither true nor false")
        if not answer and kind in ALWAYS_BLOCK:
            raise ValueError("identifiers and secrets always block")
        passes.discard(kind)
        if not answer:
            passes.add(kind)
    return Policy(frozenset(passes))
