"""SQLite: what each run did, took and cost; never text."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Outcome = Literal["done", "cut", "cancelled", "failed", "blocked"]


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One row of the ledger. Times in milliseconds, money in USD, sizes in bytes; never content.

    ``findings`` counts findings by entity. ``cost_avoided_usd`` is what the same tokens would have cost in the cloud.
    """

    at: datetime.datetime
    skill: str
    task: str
    engine: str
    model: str
    outcome: Outcome
    reason: str
    prompt_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    first_token_ms: float | None = None
    total_ms: float = 0.0
    cost_usd: float = 0.0
    cost_avoided_usd: float = 0.0
    bytes_sent: int = 0
    findings: Mapping[str, int] = field(default_factory=dict)
    id: int | None = None
