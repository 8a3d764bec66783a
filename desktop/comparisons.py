"""Was the cloud worth it? The score of drafts that a person saw side by side; figures only, in the ledger's file."""

import datetime
from dataclasses import dataclass
from typing import Literal

from desktop.ledger import Ledger

Better = Literal["local", "cloud", "same"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One pair of drafts and the person's word. Times in milliseconds, cost in USD."""

    at: datetime.datetime
    task: str
    model: str
    local_ms: float
    cloud_ms: float
    cloud_usd: float
    better: Better


@dataclass(frozen=True, slots=True)
class Score:
    """Over all comparisons: how often which was better, and what the cloud drafts cost in USD."""

    local: int = 0
    cloud: int = 0
    same: int = 0
    cloud_usd: float = 0.0

    @property
    def total(self) -> int:
        """How many pairs were judged."""
        return self.local + self.cloud + self.same


def add(ledger: Ledger, comparison: Comparison) -> None:
    """Store one judgement. Raises StorageError."""
    with ledger.connection() as connection, connection:
        connection.execute(
            "INSERT INTO comparison (at, task, model, local_ms, cloud_ms, cloud_usd, better) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                comparison.at.astimezone(datetime.UTC).isoformat(timespec="microseconds"),
                comparison.task,
                comparison.model,
                comparison.local_ms,
                comparison.cloud_ms,
                comparison.cloud_usd,
                comparison.better,
            ),
        )


def score(ledger: Ledger) -> Score:
    """The sums. Raises StorageError."""
    with ledger.connection() as connection:
        rows = connection.execute("SELECT better, count(*), sum(cloud_usd) FROM comparison GROUP BY better").fetchall()
    counts = {better: number for better, number, _ in rows}
    return Score(**counts, cloud_usd=sum(usd for _, _, usd in rows))
